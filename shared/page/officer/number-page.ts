import type { Language, Text } from "../../language.ts";
import { type Html, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { sendButton, textField } from "../parts/form.ts";

const words = {
  title: { id: "Buka laporan dengan nomornya", en: "Open a report by its number" },
  wrong: {
    id: "Nomor ini salah ketik. Periksa huruf demi huruf, lalu coba lagi.",
    en: "This number is mistyped. Check it letter by letter, then try again.",
  },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  hint: {
    id: "Sepuluh huruf dan angka, misalnya 7K3MQ-P4X9C. Besar kecilnya huruf, spasi, dan tanda hubung tidak berpengaruh.",
    en: "Ten letters and digits, such as 7K3MQ-P4X9C. Capitals, spaces and the hyphen do not matter.",
  },
  open: { id: "Buka", en: "Open" },
  noNumber: {
    id: "Tidak punya nomornya? Cari di antrean instansi Anda, atau menurut isinya di antara laporan publik.",
    en: "You do not have the number? Look in the queues of your agency, or search the public reports by what they say.",
  },
  queues: { id: "Buka antrean", en: "Open the queues" },
  search: { id: "Cari laporan publik", en: "Search public reports" },
  desk: { id: "Ke meja Anda", en: "To your desk" },
} as const satisfies Record<string, Text>;

/** Where an officer opens a case whose number they know. */
export const numberAddress = "/petugas/laporan";

export const numberTitle = words.title;

/** How a tracking number looks, a field to type it, and where else to look. `typed`: what is no tracking number. */
export function numberAsked(typed: string | undefined, language: Language): Html {
  const wrong = new Map(typed === undefined ? [] : [["nomor", words.wrong[language]]]);
  const told = { language, wrong, values: { nomor: (typed ?? "").slice(0, 40) } };
  const field = { name: "nomor", label: words.number[language], hint: words.hint[language] };
  const input = textField(told, field, {
    width: "middle",
    autocapitalize: "characters",
    spellcheck: "false",
  });
  return html`<h1>${words.title[language]}</h1>
<form action="${pageIn(language, numberAddress)}">${input}${sendButton(words.open[language])}</form>
<p>${words.noNumber[language]}</p>
<p class="row"><a class="link" href="${pageIn(language, "/petugas/antrean")}">${words.queues[language]}</a><a class="link" href="${pageIn(language, "/laporan")}">${words.search[language]}</a><a class="link" href="${pageIn(language, "/petugas")}">${words.desk[language]}</a></p>`;
}
