import type { Route } from "../../../shared/http/endpoint.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { checkbox, hidden, textField } from "../../../shared/page/parts/form.ts";
import { isOfficeMailbox, officeMailboxBefore } from "../../../shared/reporter/office-mailbox.ts";
import type { ReportDesk } from "./desk.ts";
import { stepPage } from "./step-page.ts";

const words = {
  title: { id: "Siapa yang boleh melihat Anda?", en: "Who may see you?" },
  intro: {
    id: "Publik tidak pernah melihat identitas Anda. Di bawah ini Anda menentukan sisanya.",
    en: "The public never sees your identity. Here you decide the rest.",
  },
  anonymous: { id: "Anonim", en: "Anonymous (anonim)" },
  anonymousHint: {
    id: "Tidak ada petugas yang boleh membuka identitas Anda, kecuali Anda mengizinkannya.",
    en: "No officer may open your identity, unless you allow it.",
  },
  secret: { id: "Rahasia", en: "Secret (rahasia)" },
  secretHint: {
    id: "Publik tidak melihat judul, cerita, dan tempatnya. Petugas yang menangani tetap membacanya.",
    en: "The public does not see the title, the story and the place. The officers in charge still read them.",
  },
  table: { id: "Siapa membaca apa", en: "Who reads what" },
  choice: { id: "Pilihan Anda", en: "Your choice" },
  everybody: { id: "Publik", en: "The public" },
  officers: { id: "Petugas yang menangani", en: "Officers in charge" },
  identity: { id: "Identitas Anda", en: "Your identity" },
  law: {
    id: "Setiap pembukaan identitas dicatat dengan alasannya, dan Anda dapat membacanya. Perpres 76/2013 mewajibkan pengelola pengaduan menjaga kerahasiaan. UU 27/2022 melindungi data pribadi Anda.",
    en: "Each opening of an identity is recorded with its reason, and you can read it. Perpres 76/2013 obliges whoever handles complaints to keep them confidential. UU 27/2022 protects your personal data.",
  },
  words: {
    id: "Cerita Anda sendiri dapat menunjukkan siapa Anda: nama, jabatan, atau hal yang hanya Anda ketahui.",
    en: "Your own words can show who you are: names, a post, or what only you know.",
  },
  contact: { id: "Data Anda", en: "Your data" },
  contactText: {
    id: "Semua boleh kosong. Data ini disimpan tersegel, terpisah dari laporan.",
    en: "All of it may stay empty. It is kept sealed, apart from the report.",
  },
  name: { id: "Nama", en: "Name" },
  email: { id: "Email", en: "Email" },
  emailHint: {
    id: "Untuk kabar tentang laporan ini. Tanpa email, ikuti dengan nomornya.",
    en: "For news about this report. Without it, follow the report by its number.",
  },
  phone: { id: "Nomor telepon", en: "Phone number" },
  phoneHint: { id: "Misalnya 0812 3456 7890.", en: "Such as 0812 3456 7890." },
  nik: { id: "NIK", en: "NIK (identity number)" },
  nikHint: {
    id: "16 angka pada KTP. Isi hanya bila laporan ini memerlukannya.",
    en: "16 digits on your KTP. Give it only if this report needs it.",
  },
  mailReceipt: {
    id: "Kirim tanda terima rahasia ke email ini juga",
    en: "Email the secret receipt to this address too",
  },
  mailReceiptHint: {
    id: "Siapa pun yang membaca kotak email itu dapat bertindak sebagai Anda.",
    en: "Whoever reads that mailbox can act as you.",
  },
} as const satisfies Record<string, Text>;

const opened: Text = {
  id: "Kepala instansi dan Ombudsman boleh membukanya dengan alasan tertulis.",
  en: "The head of the agency and the Ombudsman may open it, with a written reason.",
};
const closed: Text = {
  id: "Tidak dibuka, kecuali Anda mengizinkan.",
  en: "It stays closed, unless you allow it.",
};
const onlyState: Text = {
  id: "Nomor, status, instansi, dan batas waktunya saja.",
  en: "Only its number, status, agency and deadlines.",
};
const whole: Text = {
  id: "Judul, cerita, tempat, lampiran.",
  en: "Title, story, place, attachments.",
};
const unnamed: Text = {
  id: "Judul, cerita, tempat, lampiran tanpa nama berkas Anda.",
  en: "Title, story, place, attachments without your names of files.",
};

/** Who reads what, for each of the four choices (shared/case/views/visibility.ts, shared/case/moves/identity.ts). */
const readers: readonly Readonly<Record<"choice" | "everybody" | "officers" | "identity", Text>>[] = [
  {
    choice: { id: "Tanpa centang", en: "Neither" },
    everybody: {
      id: "Judul, cerita, tempat, alamat. Titik peta tidak.",
      en: "Title, story, place, address. Not the point on the map.",
    },
    officers: whole,
    identity: opened,
  },
  {
    choice: { id: "Anonim", en: "Anonymous" },
    everybody: {
      id: "Judul, cerita, wilayah. Alamat dan jam kirim tidak.",
      en: "Title, story, region. Not the address or the hour.",
    },
    officers: unnamed,
    identity: closed,
  },
  { choice: { id: "Rahasia", en: "Secret" }, everybody: onlyState, officers: whole, identity: opened },
  {
    choice: { id: "Anonim dan rahasia", en: "Anonymous and secret" },
    everybody: onlyState,
    officers: unnamed,
    identity: closed,
  },
];

const columns = ["everybody", "officers", "identity"] as const;

const readersTable = (
  language: Language,
): Hole => html`<details><summary>${words.table[language]}</summary><div class="scroll" role="region" aria-label="${words.table[language]}" tabindex="0"><table><caption class="unseen">${words.table[language]}</caption>
<thead><tr><th scope="col">${words.choice[language]}</th><th scope="col">${words.table[language]}</th></tr></thead>
<tbody>${readers.map(
  (row) =>
    html`<tr><th scope="row">${row.choice[language]}</th><td>${columns.map((column) => html`<p><b>${words[column][language]}:</b> ${row[column][language]}</p>`)}</td></tr>`,
)}</tbody></table></div></details>`;

/** What somebody is told whose mailbox belongs to an office. */
export const mailboxWarning = (email: string | undefined, language: Language): Hole =>
  email !== undefined &&
  isOfficeMailbox(email) &&
  html`<div class="notice"><p>${officeMailboxBefore[language]}</p></div>`;

/** `/lapor/identitas`: who sees the report and its reporter. */
export const reportIdentityPage = (desk: ReportDesk): Route[] =>
  stepPage(desk, {
    name: "identity",
    title: words.title,
    intro: words.intro,
    async fields(told, values) {
      const { language } = told;
      return html`${hidden("asked", "yes")}
${checkbox(told, { name: "anonymous", label: words.anonymous[language], hint: words.anonymousHint[language] })}
${checkbox(told, { name: "secret", label: words.secret[language], hint: words.secretHint[language] })}
${readersTable(language)}
<p>${words.law[language]}</p>
<p>${words.words[language]}</p>
<h2>${words.contact[language]}</h2>
<p>${words.contactText[language]}</p>
${textField(told, { name: "reporter.name", label: words.name[language], optional: true }, { autocomplete: "name", spellcheck: "false" })}
${textField(told, { name: "reporter.email", label: words.email[language], hint: words.emailHint[language], optional: true }, { type: "email", autocomplete: "email", spellcheck: "false" })}
${mailboxWarning(values["reporter.email"], language)}
${checkbox(told, { name: "reporter.mailReceipt", label: words.mailReceipt[language], hint: words.mailReceiptHint[language] })}
${textField(told, { name: "reporter.phone", label: words.phone[language], hint: words.phoneHint[language], optional: true }, { type: "tel", autocomplete: "tel", width: "middle" })}
<div data-not-kept>${textField(told, { name: "reporter.nik", label: words.nik[language], hint: words.nikHint[language], optional: true }, { inputmode: "numeric", width: "middle" })}</div>`;
    },
    back: () => "/lapor/tujuan",
    next: async () => "/lapor/periksa",
  });
