import { type Case, hasEnded } from "../case/case.ts";
import { whereItStandsForAll } from "../case/moves/refusals.ts";
import { isHidden } from "../case/views/visibility.ts";
import { Refusal } from "../refusal.ts";

/**
 * Whether supports of a case are shown, to whomever it is shown. Of a case that the public may not read there is none to
 * show.
 */
export const showsSupports = (found: Case): boolean => !isHidden(found);

/**
 * Whether somebody may say that they have this too. An answered case can be supported: that others still have it shows
 * whether the answer helped.
 */
export const canBeSupported = (found: Case): boolean => showsSupports(found) && !hasEnded(found);

/** Refuses an unknown number and a case that the public may not read in the same words, so that nobody learns which it was. */
export const nothingToSupport = () =>
  new Refusal("not-found", {
    id: "Tidak ada laporan untuk publik dengan nomor pelacakan ini. Periksa nomornya, atau kirim laporan Anda sendiri.",
    en: "There is no public report with this tracking number. Check the number, or send a report of your own.",
  });

/** Refuses a support of a case that is closed. */
export const supportedTooLate = (found: Case) =>
  new Refusal(
    "conflict",
    {
      id: "Laporan ini sudah selesai. Bila masalahnya masih ada, kirim laporan baru.",
      en: "This report is closed. If the problem is still there, send a new report.",
    },
    { more: whereItStandsForAll(found) },
  );
