import { deciders } from "../../shared/case/moves/handing/holder-flow.ts";
import type { HandOverTask } from "../../shared/directory/administration/agency.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { Change, Recorded } from "../../shared/directory/entry-history.ts";
import { logger } from "../../shared/platform/observability.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Registry } from "./registry.ts";

/**
 * The cases are looked for a second time after this. A warm function remembers an agency as open, and its administrators as
 * there, for a minute, and may give it a case until then.
 */
const secondLookSeconds = 90;

/** Asks for the cases of a closed agency to be handed over: now, and once more when nobody can give it a new case. */
export async function askHandOver({ handOvers }: Pick<Registry, "handOvers">, task: HandOverTask) {
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

/** The agency where an officer may decide what waits there: verify reports, or rule on objections. */
const decidesAt = (officer: Officer | undefined): string | undefined =>
  officer && deciders.includes(officer.role) && !officer.dismissedAt ? officer.agencyId : undefined;

/**
 * Stores a change of an officer. Where an administrator or a head leaves their agency with it, the job that hands cases over
 * looks whether anybody is left there who may verify and decide. The later of its two looks is asked for before anything is stored, so that no
 * change is stored of which the job does not hear.
 */
export async function watchingVerification<T>(
  { handOvers }: Pick<Registry, "handOvers">,
  before: Recorded<"officer"> | undefined,
  change: Change<"officer"> | undefined,
  store: () => Promise<T>,
): Promise<T> {
  const left = decidesAt(before?.entry);
  const isSame = change?.entry.role === before?.entry.role && decidesAt(change?.entry) === left;
  if (!change || left === undefined || isSame) return store();
  const task: HandOverTask = { agencyId: left };
  if ((await handOvers.send([task], { delaySeconds: secondLookSeconds })).length > 0)
    throw new Refusal("unavailable", {
      id: "Belum ada yang berubah: pengalihan laporan yang menunggu verifikasi tidak dapat dijadwalkan. Kirim lagi permintaan yang sama.",
      en: "Nothing has changed yet: the hand-over of cases that wait for verification could not be scheduled. Send the same request again.",
    });
  const stored = await store();
  if ((await handOvers.send([task])).length > 0)
    logger.warn("the cases that wait for verification are looked for later only", task);
  return stored;
}
