import * as z from "zod";
import { unreadableOfficer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import { agencyId } from "../../shared/text/id.ts";
import { reachedOfficerView, readable, type Registry, viewsOfOfficers } from "./registry.ts";

/** An officer whom newer code entered, and what that means for them. */
const unreadableView = unreadableOfficer.extend({ text: z.string() });

export const officersListed = z.object({
  items: z.array(reachedOfficerView),
  unreadable: z
    .array(unreadableView)
    .describe(
      "Officers whom a newer version entered: this one does not know their role, and lets them do nothing",
    ),
  cursor: z.null(),
});

const doesNothing: Text = {
  id: "Peran petugas ini belum dikenal oleh versi sistem yang sekarang berjalan. Untuk sementara petugas ini tidak dapat masuk atau bertindak, dan tidak dapat diubah di sini. Datanya tidak hilang.",
  en: "The version of the system that runs now does not know this officer's role. For the time being the officer cannot sign in or act, and cannot be changed here. Their data are not lost.",
};

/**
 * `GET /v1/admin/officers`: lists everybody who works for an agency, dismissed officers too. Without a named agency it is
 * the administrator's own.
 */
export const listOfficers = (registry: Registry) =>
  officerEndpoint(
    {
      summary: { id: "Daftar petugas sebuah instansi", en: "List the officers of an agency" },
      input: { query: z.strictObject({ agency: agencyId.optional() }) },
      output: { 200: officersListed },
      refusals: { "not-found": "There is no such agency where the administrator may look." },
    },
    async ({ query }, { officer, language }) => {
      const id = query.agency ?? officer.agencyId;
      await readable(registry, "agency", id, officer);
      const [officers, unreadable] = await Promise.all([
        registry.entries.under("officer", id),
        registry.entries.unreadableOfficers(id),
      ]);
      const sorted = officers.sort((a, b) => (a.id < b.id ? -1 : 1));
      return ok({
        items: await viewsOfOfficers(registry, sorted, language),
        unreadable: unreadable.map((one) => ({ ...one, text: doesNothing[language] })),
        cursor: null,
      });
    },
  );
