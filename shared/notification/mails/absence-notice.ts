import { dateInWords, inBoth, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Officer } from "../../directory/directory.ts";
import type { AbsenceNotice } from "../mail-message.ts";
import { type Fact, layOut, type Mail } from "./mail.ts";
import { absenceWords } from "./words/absence.ts";

/** A local date in words. Its noon is on the same date in every zone of the country. */
const dayInBoth = (date: string, timeZone: TimeZone): string =>
  inBoth((language) => dateInWords(`${date}T05:00:00Z`, timeZone, language));

/** The mail about an absence, in Indonesian first. `other` is the officer on the other side of it. */
export function absenceNoticeMail(
  { what, as, from, until }: AbsenceNotice,
  { name, email }: Pick<Officer, "name" | "email">,
  other: Pick<Officer, "name">,
  { agency, timeZone }: { agency: string; timeZone: TimeZone },
): Mail {
  const { subject, told, todo } = absenceWords[what];
  const facts: Fact[] = [
    [as === "deputy" ? "Petugas / Officer" : "Wakil / Deputy", other.name],
    ["Instansi / Agency", agency],
    ["Mulai / From", dayInBoth(from, timeZone)],
    ["Sampai dengan / Up to and including", dayInBoth(until, timeZone)],
  ];
  return layOut(email, "id", {
    subject,
    greeting: `Yth. ${name},`,
    paragraphs: [told[as].id, todo[as].id, told[as].en, todo[as].en],
    facts,
    closing:
      "SP4N-LAPOR! mengirim email ini secara otomatis. Jangan membalas email ini. / SP4N-LAPOR! sent this email automatically. Do not reply to it.",
  });
}
