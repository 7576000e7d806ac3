import * as z from "zod";
import {
  entryEvent,
  entryEventText,
  entryFlaws,
  type EntryKind,
} from "../../shared/directory/entry-history.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { agencyId } from "../../shared/text/id.ts";
import { readable, type Registry } from "./registry.ts";

export const historyShown = z.object({
  items: z.array(entryEvent.extend({ text: z.string() })),
  /** Lists what is wrong with the history. A history that nobody touched has no flaws. */
  flaws: z.array(z.object({ sequence: z.int(), what: z.string() })),
});

/**
 * `GET /v1/admin/agencies/{id}/history` and `/v1/admin/officers/{id}/history`: shows who changed what, checked event by
 * event.
 */
export const showHistory = (registry: Registry, kind: EntryKind) =>
  officerEndpoint(
    {
      summary:
        kind === "agency"
          ? { id: "Riwayat sebuah instansi", en: "The history of an agency" }
          : { id: "Riwayat seorang petugas", en: "The history of an officer" },
      input: { path: z.strictObject({ id: kind === "agency" ? agencyId : officerId }) },
      output: { 200: historyShown },
    },
    async ({ path: { id } }, { officer, language }) => {
      const { found } = await readable(registry, kind, id, officer);
      const events = await registry.entries.history(kind, id);
      // An event that was added since the entry was read is no flaw.
      const head = { sequence: found.version, hash: found.lastHash ?? "" };
      return ok({
        items: events.map((event) => ({ ...event, text: entryEventText(event)[language] })),
        flaws: entryFlaws(kind, id, events, [head]),
      });
    },
  );
