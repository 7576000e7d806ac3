import { type Case, statusText } from "../../case/case.ts";
import { inWords } from "../../deadline/calendar/time-zone.ts";
import type { PolicyVersion } from "../../deadline/policy.ts";
import type { Agency } from "../../directory/directory.ts";
import type { ReporterIdentity } from "../../reporter/reporter.ts";
import { limitFacts, reportersLink } from "./about.ts";
import { discreetConfirmation } from "./discreet.ts";
import { isDiscreet } from "./discretion.ts";
import { layOut, type Mail } from "./mail.ts";
import { classText } from "./words/case.ts";

const confirmation = {
  id: {
    subject: (trackingNumber: string) => `[${trackingNumber}] Laporan Anda kami terima`,
    greeting: "Terima kasih, laporan Anda sudah kami terima.",
    keep: "Simpan nomor pelacakan ini untuk mengikuti laporan Anda.",
    receipt:
      "Anda meminta tanda terima dikirim lewat email. Siapa pun yang memegangnya dapat bertindak sebagai pelapor: simpan baik-baik dan jangan diteruskan.",
    noReceipt:
      "Tanda terima rahasia sudah ditampilkan saat Anda mengirim laporan dan tidak kami kirim lewat email demi keamanan Anda.",
    facts: {
      trackingNumber: "Nomor pelacakan",
      class: "Jenis laporan",
      agency: "Instansi tujuan",
      received: "Diterima",
      status: "Status",
      receipt: "Tanda terima",
    },
    undecided: "Kami carikan instansi yang berwenang",
    link: "Ikuti laporan",
    closing:
      "SP4N-LAPOR! mengirim email ini secara otomatis, karena alamat ini diisi pada sebuah laporan. Bila bukan Anda, abaikan email ini.",
  },
  en: {
    subject: (trackingNumber: string) => `[${trackingNumber}] We have received your report`,
    greeting: "Thank you, we have received your report.",
    keep: "Keep this tracking number to follow your report.",
    receipt:
      "You asked for your receipt by email. Whoever holds it can act as the reporter: keep it safe and do not pass it on.",
    noReceipt:
      "Your secret receipt was shown when you sent the report; for your safety we do not send it by email.",
    facts: {
      trackingNumber: "Tracking number",
      class: "Class",
      agency: "Agency",
      received: "Received",
      status: "Status",
      receipt: "Receipt",
    },
    undecided: "We find the right agency",
    link: "Follow your report",
    closing:
      "SP4N-LAPOR! sent this email automatically because this address was given with a report. If it was not you, ignore it.",
  },
} as const;

/**
 * The confirmation to the reporter, in their language. It holds the receipt only if they asked for that, and of a discreet
 * case nothing else.
 */
export function submissionConfirmation(
  found: Case,
  reporter: ReporterIdentity & { email: string },
  {
    agency,
    timeZone,
    policies,
    siteUrl,
  }: {
    agency: string | undefined;
    timeZone: Agency["timeZone"];
    policies: readonly PolicyVersion[];
    siteUrl: string | undefined;
  },
): Mail {
  const { language, receiptToMail } = reporter;
  if (isDiscreet(found)) {
    const { trackingNumber } = found;
    const asked = receiptToMail === undefined ? undefined : { trackingNumber, receipt: receiptToMail };
    return discreetConfirmation(reporter, { asked, siteUrl });
  }
  const words = confirmation[language];
  const { trackingNumber } = found;
  return layOut(reporter.email, language, {
    subject: words.subject(trackingNumber),
    greeting: words.greeting,
    paragraphs: [words.keep, receiptToMail ? words.receipt : words.noReceipt],
    facts: [
      [words.facts.trackingNumber, trackingNumber],
      ...(receiptToMail ? [[words.facts.receipt, receiptToMail] as [string, string]] : []),
      [words.facts.class, classText[found.class][language]],
      [words.facts.agency, agency ?? words.undecided],
      [words.facts.received, inWords(found.submittedAt, timeZone, language)],
      [words.facts.status, statusText[found.status][language]],
      ...limitFacts(found, { timeZone }, language, policies),
    ],
    link: reportersLink(siteUrl, trackingNumber, { language, label: words.link }),
    closing: words.closing,
  });
}
