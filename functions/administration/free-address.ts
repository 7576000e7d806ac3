import * as z from "zod";
import { freeMailbox, freeOfficersAddress } from "../../shared/directory/administration/address.ts";
import { idsOf, noSuchEntry, type Power, refuseRole } from "../../shared/directory/administration/powers.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { EntryKind, Recorded } from "../../shared/directory/entry-history.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import type { OfficeReader } from "../../shared/notification/addresses/undeliverable-store.ts";
import { mailboxOf } from "../../shared/notification/recipients/recipients.ts";
import { agencyId, officerId } from "../../shared/text/id.ts";
import { agencyView, contradictsEntry, officerView, pathOf, type Registry, seen, store } from "./registry.ts";

/** What decides on the freeing of an address, apart from its entry. */
async function decidingOn(
  registry: Registry,
  { who, agency, reader }: { who: Officer; agency: string; reader: OfficeReader | undefined },
) {
  const [path, marks] = await Promise.all([
    pathOf(registry, agency),
    registry.undeliverables.ofAll(reader ? [reader] : []),
  ]);
  return { who, at: registry.now(), path: idsOf(path), isMarked: marks.size > 0 };
}

async function entryOf<K extends EntryKind>(
  registry: Registry,
  kind: K,
  id: string,
  { who, power }: { who: Officer; power: Power },
): Promise<Recorded<K>> {
  refuseRole(power, who);
  const before = await registry.entries.find(kind, id);
  if (!before) throw noSuchEntry();
  return before;
}

/**
 * `POST /v1/admin/officers/{id}/address-confirmation`: says that an officer's address is right, though mails came back from it. Mails
 * go there again, and the history tells who said so.
 */
export const freeOfficer = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Nyatakan alamat email seorang petugas sudah benar",
        en: "Say that the address of an officer is right",
      },
      input: { path: z.strictObject({ id: officerId }), header: seen },
      output: { 200: officerView },
      refusals: { conflict: contradictsEntry },
    },
    async ({ path: { id }, header }, { officer: who, language }) => {
      const before = await entryOf(registry, "officer", id, { who, power: "change-officer" });
      const { entry } = before;
      const reader = entry.dismissedAt ? undefined : entry;
      const deciding = await decidingOn(registry, { who, agency: entry.agencyId, reader });
      const change = freeOfficersAddress(before, deciding);
      const after = await store(registry, before, change, { seen: header["if-match"], language });
      return ok(officerView.parse(after.entry), etag(after.version));
    },
  );

/** `POST /v1/admin/agencies/{id}/address-confirmation`: says that the mailbox of an agency is right, though mails came back from it. */
export const freeAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Nyatakan kotak email sebuah instansi sudah benar",
        en: "Say that the mailbox of an agency is right",
      },
      input: { path: z.strictObject({ id: agencyId }), header: seen },
      output: { 200: agencyView },
      refusals: { conflict: contradictsEntry },
    },
    async ({ path: { id }, header }, { officer: who, language }) => {
      const before = await entryOf(registry, "agency", id, { who, power: "change-agency" });
      const { entry } = before;
      const reader = entry.closedAt ? undefined : mailboxReader(entry);
      const change = freeMailbox(before, await decidingOn(registry, { who, agency: id, reader }));
      const after = await store(registry, before, change, { seen: header["if-match"], language });
      return ok(agencyView.parse(after.entry), etag(after.version));
    },
  );

/** The mailbox of an agency, as the marks know it. */
export const mailboxReader = (agency: Recorded<"agency">["entry"]): OfficeReader => ({
  ...mailboxOf(agency),
  addressFreedAt: agency.addressFreedAt,
});
