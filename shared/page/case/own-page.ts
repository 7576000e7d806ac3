import type { Language, Text } from "../../language.ts";
import { attributes, type Hole, type Html, html } from "../html.ts";
import { layout, pageIn, type StaticFiles } from "../layout.ts";
import { hidden, sendButton, type Summary, textField, type Told } from "../parts/form.ts";

const words = {
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  leave: { id: "Keluar", en: "Leave" },
  leaveHint: {
    id: "Menutup laporan ini di perangkat ini.",
    en: "Closes this report on this device.",
  },
  busy: { id: "Mengirim…", en: "Sending…" },
  receipt: { id: "Tanda terima rahasia", en: "Secret receipt" },
  receiptHint: {
    id: "Lima kelompok, masing-masing empat huruf atau angka.",
    en: "Five groups of four letters or digits.",
  },
  next: { id: "Yang terjadi sesudah ini", en: "What happens next" },
} as const satisfies Record<string, Text>;

/** The button that closes every case on this device. */
export const leaveButton = (language: Language): Html =>
  html`<form method="post" action="${pageIn(language, "/keluar")}" class="leaving">${sendButton(words.leave[language], "second")} <span class="hint">${words.leaveHint[language]}</span></form>`;

const backToCase = (trackingNumber: string, language: Language): Html =>
  html`<p><a class="back" href="${pageIn(language, `/saya/${trackingNumber}`)}">${words.back[language]}</a></p>`;

/** Opens the case again in the middle of something: nobody has to type twice what they have written. */
export const receiptField = (told: Told): Html =>
  textField(
    told,
    { name: "receipt", label: words.receipt[told.language], hint: words.receiptHint[told.language] },
    { autocapitalize: "characters", spellcheck: "false" },
  );

/** A form about a case: what was typed, then what follows from sending it, then the button. */
export const caseForm = (
  language: Language,
  {
    address,
    carried = {},
    inputs,
    consequence,
    button,
    kind,
  }: {
    address: string;
    /** Values that the form brings back as they are. */
    carried?: Readonly<Record<string, string>>;
    inputs: Hole;
    consequence?: Hole;
    button: string;
    kind?: "" | "leave" | undefined;
  },
): Html =>
  html`<form method="post" action="${pageIn(language, address)}" ${attributes({ "data-once": true, "data-busy": words.busy[language], novalidate: true })}>
${Object.entries(carried).map(([name, value]) => hidden(name, value))}
${inputs}
${consequence && html`<div class="notice"><p><b>${words.next[language]}</b></p>${consequence}</div>`}
${sendButton(button, kind)}
</form>`;

/** A page about one's own case that is not the case itself: one topic, the way back, and the way out. */
export const ownPage = ({
  language,
  address,
  files,
  title,
  trackingNumber,
  summary,
  main,
  buckets = [],
}: {
  language: Language;
  address: string;
  files: StaticFiles;
  /** It stands in the tab too, so it names no case. */
  title: string;
  trackingNumber: string;
  summary?: Summary | undefined;
  main: Hole;
  buckets?: readonly string[];
}) =>
  layout({
    language,
    address,
    files,
    title,
    narrow: true,
    quickExit: true,
    buckets,
    summary,
    main: html`${backToCase(trackingNumber, language)}
<h1>${title}</h1>
${main}
${leaveButton(language)}`,
  });
