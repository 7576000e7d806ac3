import type { Case } from "../case/case.ts";
import { statusText } from "../case/case.ts";
import type { CaseEvent, EventType } from "../case/history.ts";
import { situationInWords } from "../case/moves/table.ts";
import { endOfDay } from "../deadline/local-date.ts";
import type { CaseClass } from "../deadline/policy.ts";
import type { Agency } from "../directory/directory.ts";
import { escaped } from "../html.ts";
import { dateInWords, inWords, type Language, type Text } from "../language.ts";
import type { ReporterIdentity } from "../reporter/reporter.ts";
import { type Notice, toFollowers, toFormerAddress, toOfficers, toReporter } from "./catalogue.ts";

/** A mail ready to be sent. Its subject never holds personal data: subjects are shown on locked screens and kept in logs. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export const classText: Record<CaseClass, Text> = {
  complaint: { id: "Pengaduan", en: "Complaint" },
  aspiration: { id: "Aspirasi", en: "Aspiration" },
  "information-request": { id: "Permintaan informasi", en: "Information request" },
};

type Fact = [label: string, value: string];
type Link = { label: string; url: string };

/** One of several cases in a mail. */
export interface Entry {
  heading: string;
  facts: Fact[];
  link: Link | undefined;
}

/** What a mail says, before it is laid out as text and as HTML. */
export interface Letter {
  subject: string;
  greeting: string;
  paragraphs: string[];
  facts?: Fact[];
  link?: Link | undefined;
  /** Lists of cases, each under a sentence, with what follows the last of them. */
  lists?: { under: string; entries: Entry[] }[];
  afterLists?: string;
  closing: string;
}

const factsAsText = (facts: readonly Fact[]): string[] => {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  return facts.map(([label, value]) => `${label.padEnd(width)} : ${value}`);
};

const factsAsHtml = (facts: readonly Fact[]): string => {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><th scope="row" style="text-align:left;vertical-align:top;padding:4px 16px 4px 0;font-weight:normal;color:#555">${escaped(label)}</th><td style="padding:4px 0">${escaped(value)}</td></tr>`,
  );
  return rows.length > 0 ? `<table style="border-collapse:collapse">${rows.join("")}</table>` : "";
};

const linkAsHtml = ({ label, url }: Link): string => `<a href="${escaped(url)}">${escaped(label)}</a>`;
const paragraphAsHtml = (text: string): string => `<p>${escaped(text)}</p>`;

const entryAsText = ({ heading, facts, link }: Entry, index: number): string =>
  [
    `${index + 1}. ${heading}`,
    ...[...factsAsText(facts), ...(link ? [`${link.label}: ${link.url}`] : [])].map((line) => `   ${line}`),
  ].join("\n");

const entryAsHtml = ({ heading, facts, link }: Entry): string =>
  `<li style="padding-bottom:12px"><strong>${escaped(heading)}</strong>${factsAsHtml(facts)}${link ? linkAsHtml(link) : ""}</li>`;

export const layOut = (to: string, language: Language, letter: Letter): Mail => {
  const { subject, greeting, paragraphs, facts = [], link, lists = [], afterLists, closing } = letter;
  const text = [
    greeting,
    ...paragraphs,
    factsAsText(facts).join("\n"),
    link && `${link.label}: ${link.url}`,
    ...lists.flatMap(({ under, entries }) => [under, ...entries.map(entryAsText)]),
    afterLists,
    closing,
  ]
    .filter(Boolean)
    .join("\n\n");
  const body = [
    ...[greeting, ...paragraphs].map(paragraphAsHtml),
    factsAsHtml(facts),
    link && `<p>${linkAsHtml(link)}</p>`,
    ...lists.flatMap(({ under, entries }) => [
      paragraphAsHtml(under),
      `<ol>${entries.map(entryAsHtml).join("\n")}</ol>`,
    ]),
    afterLists && paragraphAsHtml(afterLists),
    `<p style="color:#555">${escaped(closing)}</p>`,
  ];
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#222;max-width:38em">
${body.filter(Boolean).join("\n")}
</body></html>`;
  return { to, subject, text, html };
};

/** The page of a case, where this stage has pages at all: no link is better than a dead one. */
export const caseLink = (siteUrl: string | undefined, trackingNumber: string, label: string) =>
  siteUrl === undefined ? undefined : { label, url: new URL(`/cases/${trackingNumber}`, siteUrl).toString() };

/** What the reporter typed as the place is shown only when it cannot point at a person who wants to stay unknown. */
const place = (found: Case, region: string | undefined): string => {
  const address = found.anonymous || found.secret ? undefined : found.location?.address;
  return [address, region].filter(Boolean).join(", ") || "Tidak disebutkan";
};

/**
 * The alert to whoever has to verify a new case. It holds neither title nor text, which may name people, and nothing
 * that points at an anonymous reporter.
 */
export function newCaseAlert(
  found: Case,
  {
    verifier,
    agencyName,
    regionName,
    siteUrl,
  }: {
    verifier: Agency;
    agencyName: string | undefined;
    regionName: string | undefined;
    siteUrl: string | undefined;
  },
): Mail {
  const kind = classText[found.class].id;
  const secrecy = [found.anonymous && "pelapor anonim", found.secret && "isi rahasia"].filter(Boolean);
  return layOut(verifier.alertEmail, "id", {
    subject: `[${found.trackingNumber}] ${kind} baru menunggu verifikasi`,
    greeting: `Yth. Admin SP4N-LAPOR! ${verifier.name},`,
    paragraphs: [
      agencyName
        ? "Ada laporan baru yang ditujukan kepada instansi Anda. Mohon diverifikasi."
        : "Ada laporan baru tanpa instansi tujuan. Mohon diverifikasi dan didisposisikan.",
    ],
    facts: [
      ["Nomor pelacakan", found.trackingNumber],
      ["Klasifikasi", kind],
      ["Instansi tujuan", agencyName ?? "Belum ditentukan"],
      ["Tempat", place(found, regionName)],
      ["Diterima", inWords(found.submittedAt, verifier.timeZone, "id")],
      ["Status", statusText[found.status].id],
      ...(secrecy.length > 0 ? [["Perlindungan", secrecy.join(", ")] as [string, string]] : []),
    ],
    link: caseLink(siteUrl, found.trackingNumber, "Buka laporan"),
    closing:
      "Surat ini dikirim otomatis oleh SP4N-LAPOR!. Jangan meneruskan data pelapor di luar sistem. Jangan membalas surat ini.",
  });
}

const confirmation = {
  id: {
    subject: (trackingNumber: string) => `[${trackingNumber}] Laporan Anda kami terima`,
    greeting: "Terima kasih, laporan Anda sudah kami terima.",
    keep: "Simpan nomor pelacakan ini untuk mengikuti laporan Anda.",
    receipt:
      "Anda meminta tanda terima dikirim lewat e-mail. Siapa pun yang memegangnya dapat bertindak sebagai pelapor: simpan baik-baik dan jangan diteruskan.",
    noReceipt:
      "Tanda terima rahasia sudah ditampilkan saat Anda mengirim laporan dan tidak kami kirim lewat e-mail demi keamanan Anda.",
    facts: {
      trackingNumber: "Nomor pelacakan",
      class: "Klasifikasi",
      agency: "Instansi tujuan",
      received: "Diterima",
      status: "Status",
      receipt: "Tanda terima",
    },
    undecided: "Kami carikan instansi yang berwenang",
    link: "Ikuti laporan",
    closing:
      "Surat ini dikirim otomatis oleh SP4N-LAPOR! karena alamat ini diisi pada sebuah laporan. Bila bukan Anda, abaikan surat ini.",
  },
  en: {
    subject: (trackingNumber: string) => `[${trackingNumber}] We have received your report`,
    greeting: "Thank you, we have received your report.",
    keep: "Keep this tracking number to follow your report.",
    receipt:
      "You asked for your receipt by e-mail. Whoever holds it can act as the reporter: keep it safe and do not pass it on.",
    noReceipt:
      "Your secret receipt was shown when you sent the report; for your safety we do not send it by e-mail.",
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
      "SP4N-LAPOR! sent this mail automatically because this address was given with a report. If it was not you, ignore it.",
  },
} as const;

/** The confirmation to the reporter, in their language. The receipt is in it only if they asked for that. */
export function submissionConfirmation(
  found: Case,
  reporter: ReporterIdentity & { email: string },
  {
    agency,
    timeZone,
    siteUrl,
  }: { agency: string | undefined; timeZone: Agency["timeZone"]; siteUrl: string | undefined },
): Mail {
  const { language } = reporter;
  const words = confirmation[language];
  const { trackingNumber } = found;
  return layOut(reporter.email, language, {
    subject: words.subject(trackingNumber),
    greeting: words.greeting,
    paragraphs: [words.keep, reporter.receiptToMail ? words.receipt : words.noReceipt],
    facts: [
      [words.facts.trackingNumber, trackingNumber],
      ...(reporter.receiptToMail ? [[words.facts.receipt, reporter.receiptToMail] as [string, string]] : []),
      [words.facts.class, classText[found.class][language]],
      [words.facts.agency, agency ?? words.undecided],
      [words.facts.received, inWords(found.submittedAt, timeZone, language)],
      [words.facts.status, statusText[found.status][language]],
    ],
    link: caseLink(siteUrl, trackingNumber, words.link),
    closing: words.closing,
  });
}

export const caseWords = {
  id: {
    trackingNumber: "Nomor pelacakan",
    class: "Klasifikasi",
    agency: "Instansi",
    at: "Waktu",
    status: "Status sekarang",
    toReporter: "Bapak/Ibu pelapor,",
    open: "Buka laporan",
    stop: "Surat ini dikirim otomatis oleh SP4N-LAPOR!. Untuk berhenti menerima surat tentang laporan ini, pakai tanda terima Anda pada pengaturan surat laporan ini (mail-settings). Jangan membalas surat ini.",
    last: "Surat ini dikirim otomatis oleh SP4N-LAPOR! dan merupakan surat terakhir tentang laporan ini ke alamat ini. Jangan membalas surat ini.",
    internal:
      "Surat ini dikirim otomatis oleh SP4N-LAPOR!. Jangan meneruskan data pelapor di luar sistem. Jangan membalas surat ini.",
  },
  en: {
    trackingNumber: "Tracking number",
    class: "Class",
    agency: "Agency",
    at: "When",
    status: "Status now",
    toReporter: "Dear reporter,",
    open: "Open the report",
    stop: "SP4N-LAPOR! sent this mail automatically. To stop mails about this report, use your receipt in its mail settings (mail-settings). Do not reply to this mail.",
    last: "SP4N-LAPOR! sent this mail automatically; it is the last one about this report to this address. Do not reply to it.",
    internal:
      "SP4N-LAPOR! sent this mail automatically. Do not pass on a reporter's data. Do not reply to this mail.",
  },
} as const;

/** What a notice is about: the case as it is now, the event, and the agency that the event is about. */
export interface About {
  case: Case;
  event: CaseEvent;
  agency: Agency;
  siteUrl: string | undefined;
}

/** The date that an event tells its readers, in words; "" where it tells none. */
const dateOf = (event: CaseEvent, timeZone: Agency["timeZone"], language: Language): string => {
  switch (event.type) {
    case "answered":
      return dateInWords(event.content.replyUntil, timeZone, language);
    case "closed":
      return dateInWords(event.content.appealUntil, timeZone, language);
    case "extended":
    case "ombudsman-offered":
    case "lapsed":
      return dateInWords(endOfDay(event.content.due, timeZone), timeZone, language);
    default:
      return "";
  }
};

const lettered = (
  to: string,
  language: Language,
  notice: Notice,
  { case: found, event, agency, siteUrl }: About,
  greeting: string,
  closing: string,
): Mail => {
  const words = caseWords[language];
  const until = dateOf(event, agency.timeZone, language);
  const named = event.type === "verified" && event.content.to === undefined ? "" : agency.name;
  const names = { agency: named, until, reason: event.type === "extended" ? event.content.text : "" };
  return layOut(to, language, {
    subject: `[${found.trackingNumber}] ${notice.subject[language]}`,
    greeting,
    paragraphs: [notice.told(names)[language], notice.todo(names)[language]].filter(Boolean),
    facts: [
      [words.trackingNumber, found.trackingNumber],
      [words.class, classText[found.class][language]],
      ...(named ? [[words.agency, named] as [string, string]] : []),
      [words.at, inWords(event.at, agency.timeZone, language)],
      [words.status, situationInWords(found, language)],
    ],
    link: caseLink(siteUrl, found.trackingNumber, words.open),
    closing,
  });
};

/** A mail about an event of a case, as a catalogue has it; undefined where that has nothing to say. */
const noticeFrom =
  (catalogue: Partial<Record<EventType, Notice | null>>, closing: "stop" | "last") =>
  ({ email, language }: { email: string; language: Language }, about: About): Mail | undefined => {
    const notice = catalogue[about.event.type];
    const words = caseWords[language];
    return notice ? lettered(email, language, notice, about, words.toReporter, words[closing]) : undefined;
  };

/** To the reporter about something that happened to their case. */
export const reporterNotice = noticeFrom(toReporter, "stop");
/** The last mail to an address that a reporter's data do not have any more. */
export const formerAddressNotice = noticeFrom(toFormerAddress, "last");
/** To the reporter of a joined case about an event of the first one; `about.case` is their own. */
export const followerNotice = noticeFrom(toFollowers, "stop");

/** A mail to one who works on a case, in Indonesian; undefined where there is nothing to say. */
export function officerNotice(to: { name: string; email: string }, about: About): Mail | undefined {
  const notice = toOfficers[about.event.type];
  const words = caseWords.id;
  return notice ? lettered(to.email, "id", notice, about, `Yth. ${to.name},`, words.internal) : undefined;
}
