import * as z from "zod";
import { officerAs, officerEntry, refuseOfficer } from "../../shared/directory/administration/officer.ts";
import { idsOf } from "../../shared/directory/administration/powers.ts";
import type { Recorded } from "../../shared/directory/entry-history.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { created, etag, ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import {
  officerView,
  otherNationalAdmin,
  pathOf,
  refuseIfOvertaken,
  type Registry,
  seen,
  store,
  witnesses,
} from "./registry.ts";

/**
 * Tells whether an officer still needs an account. An account is an e-mail address, so a new address needs a new account.
 */
const needsAccount = (before: Recorded<"officer"> | undefined, email: string): boolean =>
  !before || !!before.entry.dismissedAt || before.entry.email.toLowerCase() !== email.toLowerCase();

/**
 * `PUT /v1/admin/officers/{id}`: invites an officer, or makes them what the body says. A dismissed officer comes back.
 */
export const putOfficer = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Daftarkan petugas, atau ubah peran, instansi, dan datanya",
        en: "Invite an officer, or change their role, agency and details",
      },
      input: { path: z.strictObject({ id: officerId }), header: seen, body: officerEntry },
      output: { 200: officerView, 201: officerView },
    },
    async ({ path: { id }, header, body }, { officer: who, language }) => {
      const { entries, accounts, now } = registry;
      const before = await entries.find("officer", id);
      const [path, agency, other] = await Promise.all([
        pathOf(registry, before?.entry.agencyId ?? null),
        pathOf(registry, body.agencyId),
        otherNationalAdmin(registry, before),
      ]);
      refuseOfficer(before, id, body, {
        who,
        at: now(),
        path: idsOf(path),
        agency,
        ownAccounts: accounts !== undefined,
        otherNationalAdmin: other !== undefined,
      });
      const overtaking = { seen: header["if-match"], language };
      let subject = body.subject ?? before?.entry.subject;
      if (accounts && needsAccount(before, body.email)) {
        // The account comes before the entry. A failure in between leaves an account that may do nothing, and the same
        // request again finds it.
        await refuseIfOvertaken(registry, "officer", before, overtaking);
        subject = await accounts.open(body.email);
      }
      if (subject === undefined) throw new Error("The officer has no account");
      const change = officerAs(before, id, body, { who, at: now(), subject });
      const after = await store(registry, before, change, {
        ...overtaking,
        rests: [
          ...witnesses(before?.entry.agencyId === body.agencyId ? [] : agency),
          ...(other && body.role !== "national-admin" ? [{ kind: "officer" as const, ...other }] : []),
        ],
      });
      if (before && before.entry.subject !== subject) await accounts?.close(before.entry.subject);
      const view = officerView.parse(after.entry);
      const version = etag(after.version);
      return before ? ok(view, version) : created(view, `/v1/admin/officers/${id}`, version);
    },
  );
