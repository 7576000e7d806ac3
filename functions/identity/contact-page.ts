import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../shared/http/page/form.ts";
import { ofOwnCase, ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";
import { checkbox, textField } from "../../shared/page/parts/form.ts";
import { officeMailboxNotice } from "../../shared/reporter/answer-notice.ts";
import { personalData } from "./export-data.ts";

const words = {
  title: { id: "Perbaiki data diri", en: "Correct your personal data" },
  intro: {
    id: "Di bawah ini data yang kami simpan. Kosongkan sebuah isian untuk menghapusnya. Petugas tidak membacanya, kecuali identitas dibuka dengan alasan tertulis.",
    en: "This is what we keep. Empty a field to remove it. Officers do not read it, unless the identity is opened for a written reason.",
  },
  name: { id: "Nama", en: "Name" },
  email: { id: "Alamat email", en: "Email address" },
  emailHint: {
    id: "Misalnya nama@contoh.example. Pakai alamat yang hanya Anda buka.",
    en: "For example name@contoh.example. Use an address that only you open.",
  },
  phone: { id: "Nomor telepon", en: "Phone number" },
  phoneHint: { id: "Misalnya 0812 3456 7890.", en: "For example 0812 3456 7890." },
  nik: { id: "NIK baru", en: "New NIK" },
  nikHint: {
    id: "Enam belas angka. Kosongkan bila NIK tidak berubah: kami tidak menampilkan yang tersimpan.",
    en: "Sixteen digits. Leave it empty if it stays: we do not show the one we keep.",
  },
  noNik: { id: "Hapus NIK yang tersimpan", en: "Remove the NIK that we keep" },
  after: {
    id: "Data lama tidak kami simpan. Bila alamat email berubah, alamat lama diberi tahu sekali. Bila semuanya kosong, identitas Anda dihapus.",
    en: "We do not keep the old data. If the address changes, the old one is told once. If everything is empty, your identity is deleted.",
  },
  send: { id: "Simpan perubahan", en: "Save the changes" },
} as const satisfies Record<string, Text>;

const orNull = (values: FormValues, name: string): string | null => valueOf(values, name).trim() || null;

/** What is corrected. An emptied field is removed; a NIK only where that was asked for, because it is not shown. */
function correctionOf(values: FormValues): object {
  const nik = valueOf(values, "nik").trim();
  const noNik = valueOf(values, "noNik") === "true";
  return {
    name: orNull(values, "name"),
    email: orNull(values, "email"),
    phone: orNull(values, "phone"),
    ...(nik !== "" ? { nik } : noNik && { nik: null }),
  };
}

/** `/saya/{trackingNumber}/surel`: corrects who the reporter is and how to reach them. */
export const contactPage = (
  frame: Frame,
  { see, export: exported, correct }: { see: Endpoint; export: Endpoint; correct: Endpoint },
): Route[] =>
  ownFormAt(frame, see, {
    at: "surel",
    path: ofOwnCase,
    title: () => words.title,
    move: "correct-contact",
    fields: ["name", "email", "phone", "nik", "noNik"],
    async filled(_, { path, receipt, visit }) {
      const { identity } = await visit.ask(exported, { path, receipt }, personalData);
      return { name: identity?.name ?? "", email: identity?.email ?? "", phone: identity?.phone ?? "" };
    },
    intro: ({ language }) => html`<p>${words.intro[language]}</p>`,
    inputs: ({ told, language }) => [
      textField(
        told,
        { name: "name", label: words.name[language], optional: true },
        { autocomplete: "name" },
      ),
      textField(
        told,
        { name: "email", label: words.email[language], hint: words.emailHint[language], optional: true },
        { type: "email", inputmode: "email", autocomplete: "email", autocapitalize: "none" },
      ),
      textField(
        told,
        { name: "phone", label: words.phone[language], hint: words.phoneHint[language], optional: true },
        { type: "tel", inputmode: "tel", autocomplete: "tel", width: "middle" },
      ),
      textField(
        told,
        { name: "nik", label: words.nik[language], hint: words.nikHint[language], optional: true },
        { inputmode: "numeric", width: "middle" },
      ),
      checkbox(told, { name: "noNik", label: words.noNik[language] }),
    ],
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    async send({ path, receipt, values, visit }) {
      await visit.reply(correct, { path, receipt, body: correctionOf(values) });
      return undefined;
    },
    done: (values) =>
      officeMailboxNotice({ email: valueOf(values, "email") }, "id").length > 0 ? "surel-kantor" : "surel",
  });
