import { createHash } from "node:crypto";
import { dateInWords, inWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import type { Language } from "../../language.ts";
import { inGroups, normaliseCode } from "../../text/code.ts";
import { escaped } from "../../text/html.ts";

/** What is on the sheet of a receipt. Printers and phones are shared, so it says nothing of the report and its reporter. */
export interface ReceiptSheet {
  trackingNumber: string;
  receipt: string;
  /** When the report came. */
  receivedAt?: string | undefined;
  /** Until when the report has to be verified, where the answer says so. */
  dueAt?: string | null | undefined;
  /** That mails about the report wait, where they do. */
  waits?: string | undefined;
  timeZone: TimeZone;
  siteUrl: string | undefined;
}

const words = {
  id: {
    title: "Tanda terima laporan",
    trackingNumber: "Nomor pelacakan",
    receipt: "Tanda terima (rahasia)",
    received: "Diterima",
    due: "Diverifikasi paling lambat",
    readAloud:
      "Bacakan per kelompok, dari kiri ke kanan. Tidak ada huruf I, L, O, S, dan U: yang mirip itu adalah angka 1, 0, 5 atau huruf V. Huruf besar atau kecil sama saja.",
    follow: "Cara mengikuti laporan",
    onSite: (url: string) => `Buka ${url} dan masukkan tanda terima ini.`,
    byHeader: (address: string) =>
      `Panggil GET ${address} dengan tajuk "Authorization: Receipt", diikuti spasi dan tanda terima ini.`,
    keep: "Simpan baik-baik",
    secret:
      "Siapa pun yang memegang tanda terima ini dianggap sebagai pelapor. Jangan tunjukkan atau kirimkan kepada orang lain.",
    once: "Tanda terima ini hanya ditampilkan sekali. Tidak ada yang dapat memberikannya lagi, kami pun tidak.",
    replaceOnSite:
      "Bila orang lain sempat melihatnya, segera ganti di halaman yang sama. Yang lama langsung tidak berlaku.",
    replaceByHeader: (address: string) =>
      `Bila orang lain sempat melihatnya, segera ganti: POST ${address}/receipt-rotation dengan tajuk yang sama dan Idempotency-Key baru. Yang lama langsung tidak berlaku.`,
    shared:
      "Printer dan komputer yang dipakai bersama dapat menyimpan apa yang dicetak atau disalin di sana.",
    copy: "Salin",
    copied: "Sudah disalin. Tempelkan di tempat yang hanya Anda buka.",
    copyByHand: "Tidak dapat menyalin otomatis. Teksnya sudah dipilih di bawah ini: salin sendiri.",
    print: "Cetak",
  },
  en: {
    title: "Receipt of your report",
    trackingNumber: "Tracking number",
    receipt: "Receipt (secret)",
    received: "Received",
    due: "To be verified by",
    readAloud:
      "Read it group by group, from left to right. There is no letter I, L, O, S or U in it: what looks like one is the digit 1, 0 or 5, or the letter V. Upper and lower case are the same.",
    follow: "How to follow the report",
    onSite: (url: string) => `Open ${url} and enter this receipt.`,
    byHeader: (address: string) =>
      `Call GET ${address} with the header "Authorization: Receipt", followed by a space and this receipt.`,
    keep: "Keep it safe",
    secret: "Whoever holds this receipt is treated as the reporter. Do not show or send it to anybody.",
    once: "This receipt is shown only once. Nobody can give it to you again, and neither can we.",
    replaceOnSite:
      "If somebody may have seen it, replace it on the same page at once. The old one stops working.",
    replaceByHeader: (address: string) =>
      `If somebody may have seen it, replace it at once: POST ${address}/receipt-rotation with the same header and a new Idempotency-Key. The old one stops working.`,
    shared: "Shared printers and computers may keep what is printed or copied there.",
    copy: "Copy",
    copied: "Copied. Paste it where only you look.",
    copyByHand: "Copying is not possible here. The text is selected below: copy it yourself.",
    print: "Print",
  },
} as const;

const digits: Record<Language, readonly string[]> = {
  id: ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
};
/** The spelling alphabet of radio and aviation, which is the same in both languages. */
const letters =
  "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel Juliett Kilo Mike November Papa Quebec Romeo Tango Victor Whiskey X-ray Yankee Zulu".split(
    " ",
  );

/** Each character as it is said on the phone: "7K3M" is "tujuh, Kilo, tiga, Mike". */
export const spelled = (code: string, language: Language): string =>
  [...code]
    .map((sign) => digits[language][Number(sign)] ?? letters.find((word) => word.startsWith(sign)) ?? sign)
    .join(", ");

const factsOf = (sheet: ReceiptSheet, language: Language): [label: string, value: string][] => {
  const { receivedAt, dueAt, timeZone } = sheet;
  const { received, due } = words[language];
  return [
    ...(receivedAt ? [[received, inWords(receivedAt, timeZone, language)] as [string, string]] : []),
    ...(dueAt ? [[due, dateInWords(dueAt, timeZone, language)] as [string, string]] : []),
  ];
};

const advice = ({ trackingNumber, siteUrl }: ReceiptSheet, language: Language) => {
  const { onSite, byHeader, secret, once, replaceOnSite, replaceByHeader } = words[language];
  const address = `/v1/cases/${trackingNumber}`;
  return siteUrl === undefined
    ? { follow: byHeader(address), warnings: [secret, once, replaceByHeader(address)] }
    : {
        follow: onSite(
          new URL(`${language === "id" ? "" : "/en"}/lacak?nomor=${trackingNumber}`, siteUrl).toString(),
        ),
        warnings: [secret, once, replaceOnSite],
      };
};

/** The sheet as text, to be copied into notes or into a chat with oneself. */
export function receiptAsText(sheet: ReceiptSheet, language: Language): string {
  const { title, trackingNumber, receipt, follow, keep } = words[language];
  const facts = [
    [trackingNumber, sheet.trackingNumber],
    [receipt, sheet.receipt],
    ...factsOf(sheet, language),
  ];
  const { follow: how, warnings } = advice(sheet, language);
  return [
    `${title} SP4N-LAPOR!`,
    facts.map(([label, value]) => `${label}: ${value}`).join("\n"),
    ...(sheet.waits === undefined ? [] : [sheet.waits]),
    `${follow}: ${how}`,
    `${keep}:\n${warnings.map((warning) => `- ${warning}`).join("\n")}`,
  ]
    .join("\n\n")
    .concat("\n");
}

const style = `
*{box-sizing:border-box}
body{margin:0 auto;padding:16px;max-width:32rem;background:#fff;color:#111;font:1rem/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.25rem;margin:0 0 .75rem}
h2{font-size:1rem;margin:1rem 0 .25rem}
p,ul,dl{margin:0 0 .5rem}
ul{padding-left:1.2rem}
dt{color:#444}
dd{margin:0 0 .4rem;font-weight:600;overflow-wrap:anywhere}
ol{list-style:none;margin:0 0 .5rem;padding:.5rem .75rem;border:2px solid #111;border-radius:4px}
li{break-inside:avoid}
ol li{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:.75rem}
ol span{flex-basis:100%}
code{font:700 1.7rem/1.35 ui-monospace,monospace;letter-spacing:.12em}
dd code{font-size:1.3rem;letter-spacing:.05em}
button{font:inherit;min-height:44px;margin:0 .5rem .5rem 0;padding:0 1.25rem;border:2px solid #0a5c40;border-radius:8px;background:#0a5c40;color:#fff}
button:focus-visible{outline:3px solid #111;outline-offset:2px}
pre{padding:.5rem;border:1px solid #444;white-space:pre-wrap;overflow-wrap:anywhere}
[hidden]{display:none}
@page{margin:7mm}
@media print{.screen{display:none}body{padding:0;max-width:none;font-size:8.5pt;line-height:1.25}
h1{font-size:11pt;margin-bottom:1mm}h2{font-size:8.5pt;margin:1.5mm 0 .5mm}p,ul,dl,ol{margin-bottom:1mm}
dl{display:grid;grid-template-columns:auto 1fr;column-gap:3mm}dd{margin:0}
code{font-size:14pt;line-height:1.15}dd code{font-size:11pt}ol{padding:1mm 2mm;break-inside:avoid}ol span{flex-basis:auto}}
`;

/** Old phones run this script too. Where the clipboard is out of reach, it shows and selects the text. */
const script = `
var part = function (id) { return document.getElementById(id); };
var say = function (text) { part("said").textContent = text; };
var selectText = function () {
  part("text").hidden = false;
  getSelection().selectAllChildren(part("text"));
  say(part("copy").dataset.byHand);
};
part("copy").onclick = function () {
  if (!navigator.clipboard) return selectText();
  navigator.clipboard.writeText(part("text").textContent).then(function () {
    say(part("copy").dataset.copied);
  }, selectText);
};
part("print").onclick = function () { print(); };
part("buttons").hidden = false;
`;

const hashOf = (source: string): string => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;

/** Lets the page run its own style and its own script, by their hashes, and nothing else. */
export const receiptPagePolicy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The sheet as a page that loads nothing else. It prints on paper as small as A6. */
export function receiptAsPage(sheet: ReceiptSheet, language: Language): string {
  const said = words[language];
  const groups = inGroups(normaliseCode(sheet.receipt), 4).split("-");
  const { follow, warnings } = advice(sheet, language);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${said.title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${said.title} SP4N-LAPOR!</h1>
<dl>
<dt>${said.trackingNumber}</dt>
<dd><code translate="no">${escaped(sheet.trackingNumber)}</code></dd>
${factsOf(sheet, language)
  .map(([label, value]) => `<dt>${label}</dt>\n<dd>${escaped(value)}</dd>`)
  .join("\n")}
</dl>${sheet.waits === undefined ? "" : `\n<p>${escaped(sheet.waits)}</p>`}
<h2 id="receipt">${said.receipt}</h2>
<ol aria-labelledby="receipt" translate="no">
${groups
  .map((group) => `<li><code>${escaped(group)}</code> <span>${escaped(spelled(group, language))}</span></li>`)
  .join("\n")}
</ol>
<p>${said.readAloud}</p>
<div class="screen">
<p id="buttons" hidden><button type="button" id="copy" data-copied="${said.copied}" data-by-hand="${said.copyByHand}">${said.copy}</button><button type="button" id="print">${said.print}</button></p>
<p id="said" role="status" aria-live="polite"></p>
<pre id="text" tabindex="0" translate="no" hidden>${escaped(receiptAsText(sheet, language))}</pre>
<p>${said.shared}</p>
</div>
<h2>${said.follow}</h2>
<p>${escaped(follow)}</p>
<h2>${said.keep}</h2>
<ul>
${warnings.map((warning) => `<li>${escaped(warning)}</li>`).join("\n")}
</ul>
</main>
<script>${script}</script>
</body>
</html>
`;
}

/** The sheet as text to copy and as a page to print. */
export const receiptRenderings = (sheet: ReceiptSheet, language: Language) => ({
  "text/plain": () => ({ text: receiptAsText(sheet, language) }),
  "text/html": () => ({
    text: receiptAsPage(sheet, language),
    contentSecurityPolicy: receiptPagePolicy,
  }),
});
