import type { Language, Text } from "../../../language.ts";
import { caseForm } from "../../case/own-page.ts";
import { type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { errorSummary, type Summary, textArea, wrongFields } from "../../parts/form.ts";
import { officersCase } from "../move-addresses.ts";

const words = {
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  case: { id: "Laporan", en: "Report" },
  before: { id: "Sebelum Anda membuka", en: "Before you open it" },
  reason: { id: "Alasan", en: "Reason" },
  reasonHint: {
    id: "Untuk apa Anda memerlukannya, dan siapa yang memintanya. Jangan menulis nama atau data orang. Pelapor membacanya.",
    en: "What you need it for, and who asks. Write no names and no data of people. The reporter reads it.",
  },
  left: { id: "Masih {n} huruf", en: "{n} letters left" },
  over: { id: "Terlalu panjang {n} huruf", en: "{n} letters too many" },
  notNow: { id: "Ini tidak dapat dibuka sekarang", en: "This cannot be opened now" },
  unsent: { id: "Alasan yang Anda tulis (belum terkirim)", en: "The reason that you wrote (not sent)" },
} as const satisfies Record<string, Text>;

interface Tried {
  problem: { detail: string; errors?: readonly { path: string; message: string }[] | undefined };
  values: Readonly<Record<string, string | readonly string[]>>;
}

/** The top of a page about something sealed in a case: the way back, what it is, and of which case. */
export const openingHead = (
  title: string,
  trackingNumber: string,
  language: Language,
  back = officersCase(trackingNumber),
): Html =>
  html`<p><a class="back" href="${pageIn(language, back)}">${words.back[language]}</a></p>
<h1>${title}</h1>
<p>${words.case[language]} <span class="number">${trackingNumber}</span></p>`;

/** What is wrong with what was sent. It stands first on the page. */
export const openingSummary = (tried: Tried | undefined, language: Language): Summary | undefined =>
  errorSummary(tried?.problem, language);

/** What an officer knows before they open something sealed, and the form with their reason. */
export const openingForm = (
  language: Language,
  {
    address,
    known,
    seen,
    limit,
    tried,
    consequence,
    button,
  }: {
    address: string;
    /** One sentence each: who reads the reason, who is told, whose consent there is, who else has to agree. */
    known: readonly Text[];
    /** The version of the case that the officer sees. */
    seen: number;
    limit: number;
    tried: Tried | undefined;
    consequence: Hole;
    button: Text;
  },
): Html => html`<h2>${words.before[language]}</h2>
<ul>${known.map((text) => html`<li>${text[language]}</li>`)}</ul>
${caseForm(language, {
  address,
  carried: { seen: String(seen) },
  inputs: textArea(
    { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} },
    { name: "reason", label: words.reason[language], hint: words.reasonHint[language] },
    { limit, rows: 4, left: words.left[language], over: words.over[language] },
  ),
  consequence,
  button: button[language],
  kind: "leave",
})}`;

/** Why something sealed stays closed, and what can be done. A reason that was typed is not lost. */
export function staysClosed(language: Language, why: Text, tried: Tried | undefined): Html {
  const reason = tried?.values.reason;
  return html`<div class="notice"><p><b>${words.notNow[language]}.</b> ${why[language]}</p></div>
${typeof reason === "string" && reason.trim() !== "" && html`<h2>${words.unsent[language]}</h2><div class="card"><p>${reason}</p></div>`}`;
}
