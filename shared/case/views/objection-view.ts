import * as z from "zod";
import { endOfDay } from "../../deadline/calendar/local-date.ts";
import { dateInWords } from "../../deadline/calendar/time-zone.ts";
import type { Office } from "../../deadline/office.ts";
import type { Language, Text } from "../../language.ts";
import type { Case } from "../case.ts";
import { endOfObjection, refusalOfObjection, wasRefused } from "../moves/objection/objection.ts";

/** What the reporter of an archived case reads of an objection: that they may make one, that it is decided, or what is left. */
export const objectionView = z
  .object({
    state: z.enum(["possible", "pending", "refused"]),
    /** Until when it may be made, or has to be decided. */
    until: z.iso.datetime({ offset: true }).optional(),
    text: z.string().describe("For people, in the language of the request"),
  })
  .meta({ id: "Objection" });

const texts = {
  possible: (until: string): Text => ({
    id: `Bila Anda tidak setuju laporan ini tidak ditindaklanjuti, ajukan keberatan dengan tanda terima Anda, satu kali, sampai ${until}. Tulis mengapa laporan ini perlu ditindaklanjuti. Yang memutuskan bukan orang yang mengarsipkannya.`,
    en: `If you disagree that this report is not followed up, object with your receipt, once, until ${until}. Write why it has to be followed up. Whoever archived it does not decide.`,
  }),
  pending: (agency: string): Text => ({
    id: `Keberatan Anda diputuskan oleh ${agency}, bukan oleh orang yang mengarsipkan laporan ini.`,
    en: `Your objection is decided by ${agency}, and not by whoever archived this report.`,
  }),
  dueOn: (until: string): Text => ({
    id: ` Batas waktunya ${until}.`,
    en: ` The limit is ${until}.`,
  }),
  refused: {
    id: "Keberatan Anda ditolak, dan putusan itu final. Anda dapat menyampaikan masalah ini kepada Ombudsman Republik Indonesia, misalnya di kantor perwakilannya di provinsi Anda. Sebutkan nomor pelacakan laporan ini.",
    en: "Your objection was refused, and the decision is final. You can take the matter to the Ombudsman of the Republic of Indonesia, for example at its office in your province. Name the tracking number of this report.",
  },
};

/** The same of a case. Undefined where there is nothing to say of an objection. `agency` is the name of the one that has it. */
export function viewOfObjection(
  found: Case,
  when: { at: Date; office: Office },
  agency: string,
  language: Language,
): z.input<typeof objectionView> | undefined {
  const { timeZone } = when.office;
  const inWords = (until: string) => dateInWords(until, timeZone, language);
  if (found.objection) {
    const { due } = found.clocks.findLast(({ name }) => name === "objection-decision") ?? {};
    const until = due === undefined ? undefined : endOfDay(due, timeZone);
    const limit = until === undefined ? "" : texts.dueOn(inWords(until))[language];
    return {
      state: "pending",
      ...(until !== undefined && { until }),
      text: `${texts.pending(agency)[language]}${limit}`,
    };
  }
  if (wasRefused(found)) return { state: "refused", text: texts.refused[language] };
  const until = endOfObjection(found, when.office);
  if (until === undefined || refusalOfObjection(found, when)) return undefined;
  return { state: "possible", until, text: texts.possible(inWords(until))[language] };
}
