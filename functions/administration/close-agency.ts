import * as z from "zod";
import { close, closing, type HandOverTask } from "../../shared/directory/administration/agency.ts";
import { noSuchEntry, refuseRole } from "../../shared/directory/administration/powers.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok } from "../../shared/http/reply.ts";
import { Refusal } from "../../shared/refusal.ts";
import { agencyId } from "../../shared/text/id.ts";
import { agencyView, contradictsEntry, pathOf, type Registry, seen, store, witnesses } from "./registry.ts";

/**
 * The cases are looked for a second time after this. A warm function remembers the agency as open for a minute, and may
 * give it a case until then.
 */
const secondLookSeconds = 90;

/** Asks for the cases to be handed over: now, and once more when nobody can give the agency a new case. */
async function handOver({ handOvers }: Registry, task: HandOverTask): Promise<void> {
  const notTaken = await Promise.all([
    handOvers.send([task]),
    handOvers.send([task], { delaySeconds: secondLookSeconds }),
  ]);
  if (notTaken.flat().length > 0)
    throw new Refusal("unavailable", {
      id: "Instansi sudah ditutup, tetapi pengalihan laporannya belum dimulai. Kirim lagi permintaan yang sama.",
      en: "The agency is closed, but the hand-over of its cases has not begun. Send the same request again.",
    });
}

/** `POST /v1/admin/agencies/{id}/closing`: closes an agency. Its open cases go to the successor. */
export const closeAgency = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Tutup instansi; laporan yang terbuka dialihkan ke penggantinya",
        en: "Close an agency; its open cases go to its successor",
      },
      input: { path: z.strictObject({ id: agencyId }), header: seen, body: closing },
      refusals: {
        conflict: contradictsEntry,
        unavailable:
          "The agency is closed, but handing over its cases has not begun. The same request again begins it.",
      },
      output: {
        200: agencyView.extend({
          /** Ids of officers who still belong to the agency. They have to be moved or dismissed. */
          remainingOfficers: z.array(z.string()),
        }),
      },
    },
    async ({ path: { id }, header, body }, { officer, language }) => {
      refuseRole("close-agency", officer);
      const { entries, cases } = registry;
      const path = await pathOf(registry, id);
      const [before] = path;
      if (!before) throw noSuchEntry();
      const [successorPath, openCases, below, officers] = await Promise.all([
        pathOf(registry, body.successor ?? null),
        cases.openCases(id),
        entries.under("agency", id),
        entries.under("officer", id),
      ]);
      const change = close(before, body, {
        who: officer,
        at: registry.now(),
        path,
        successorPath,
        openCases,
        openAgencies: below.filter(({ closedAt }) => !closedAt).map(({ id }) => id),
        verifyingAgency: registry.verifyingAgency,
      });
      const after = await store(registry, before, change, {
        seen: header["if-match"],
        language,
        rests: witnesses(successorPath),
      });
      await handOver(registry, { agencyId: id });
      const remainingOfficers = officers.filter(({ dismissedAt }) => !dismissedAt).map(({ id }) => id);
      return ok({ ...after.entry, remainingOfficers }, etag(after.version));
    },
  );
