import * as z from "zod";
import type { Text } from "../../../language.ts";
import { Refusal, refuseFields } from "../../../refusal.ts";
import { written } from "../../../text/writing.ts";
import { type Act, type Case, type CaseFile, type Moved, moved } from "../../case.ts";
import { type AsRead, asRead } from "../../views/reading/as-read.ts";
import { officersTexts, placesOf } from "../../views/reading/withheld.ts";

export const withholding = z.strictObject({
  /** The number of the entry in the timeline, as officers read it. */
  entry: z.int().min(1).max(1_000_000),
  /** The words to withhold, as they stand there. Without the field all that an officer wrote in this entry is withheld. */
  words: written(10_000).optional(),
  reason: written(2_000),
});

const wrong = (path: string, message: Text) => refuseFields([{ in: "body", path, message }]);

/** Refuses an entry in which no officer wrote anything that somebody outside reads. */
function writtenIn(one: AsRead | undefined): Record<string, string> {
  const texts = one ? officersTexts(one) : {};
  if (Object.keys(texts).length > 0) return texts;
  throw wrong("entry", {
    id: "Pada entri ini tidak ada tulisan petugas yang dibaca publik atau pelapor. Pakai nomor entri (sequence) dari riwayat laporan. Tulisan pelapor diubah oleh pelapor sendiri.",
    en: "This entry holds nothing by an officer that the public or the reporter reads. Use the number (sequence) of the entry in the timeline. What the reporter wrote is for the reporter to change.",
  });
}

const isWithheldAlready = (one: AsRead | undefined, words: string | undefined): boolean =>
  one !== undefined &&
  (one.isWithheldWhole ||
    (words !== undefined && one.withheld.some((before) => before.toLowerCase() === words.toLowerCase())));

/** The words that are withheld in the title from now on, where they stand in it. */
function inTitle({ title, withheldInTitle = [] }: Case, one: AsRead | undefined, words: string | undefined) {
  if (one?.event.type !== "verified") return {};
  const more = words ?? one.event.content.title;
  return placesOf(more, title).length > 0 ? { withheldInTitle: [...withheldInTitle, more] } : {};
}

/**
 * Withholds words of an officer from the public and the reporter. Officers and the Ombudsman still read them, and the history is
 * as it was. Refuses words that do not stand in the entry, and a reason that repeats them: the reporter reads the reason.
 */
export function withholdWords(
  { case: found, events }: CaseFile,
  { entry, words, reason }: z.output<typeof withholding>,
  act: Act,
): Moved {
  const one = asRead(events).get(entry);
  const texts = Object.values(writtenIn(one));
  if (words !== undefined && !texts.some((text) => placesOf(words, text).length > 0))
    throw wrong("words", {
      id: "Kata-kata ini tidak ada dalam entri tersebut. Salin persis seperti tertulis di sana.",
      en: "These words do not stand in this entry. Copy them exactly as they are written there.",
    });
  const repeated = words === undefined ? texts : [words];
  if (repeated.some((text) => placesOf(text, reason).length > 0))
    throw wrong("reason", {
      id: "Alasan ini memuat kata-kata yang hendak ditutup, dan pelapor membacanya. Tulis alasannya tanpa kata-kata itu.",
      en: "This reason holds the words that are to be withheld, and the reporter reads it. Write it without them.",
    });
  if (isWithheldAlready(one, words))
    throw new Refusal("conflict", {
      id: "Kata-kata ini sudah tidak ditampilkan kepada publik dan pelapor.",
      en: "These words are withheld from the public and the reporter already.",
    });
  return moved(
    found,
    act,
    "withheld",
    { entry, ...(words !== undefined && { words }), reason },
    inTitle(found, one, words),
  );
}
