import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { ofOwnCase, ownFormAt } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { radios } from "../../shared/page/parts/form.ts";
import { refuseFields } from "../../shared/refusal.ts";

const words = {
  title: { id: "Email tentang laporan ini", en: "Emails about this report" },
  intro: {
    id: "Bila Anda memberi alamat email, kami mengabari Anda ketika ada yang baru. Email kami menyebut nomor laporan saja, tanpa isinya.",
    en: "If you gave an email address, we tell you when something happens. Our emails name the number of the report and nothing of what it says.",
  },
  address: { id: "Lihat atau perbaiki alamatnya", en: "See or correct the address" },
  question: { id: "Kirim email?", en: "Send emails?" },
  on: { id: "Ya, kirim email", en: "Yes, send emails" },
  off: { id: "Tidak, hentikan email", en: "No, stop them" },
  offHint: {
    id: "Ikuti laporan di sini. Batas waktu Anda menjawab tetap berjalan.",
    en: "Follow the report here. The deadlines for your answers still run.",
  },
  send: { id: "Simpan", en: "Save" },
  after: {
    id: "Berlaku segera untuk laporan ini saja. Anda dapat mengubahnya kapan saja.",
    en: "It counts at once, for this report alone. You can change it at any time.",
  },
} as const satisfies Record<string, Text>;

const choose: Text = { id: "Pilih salah satu.", en: "Choose one of these." };

/** `/saya/{trackingNumber}/surat`: switches mails about this case on or off. */
export const mailsPage = (frame: Frame, see: Endpoint, chooseMails: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "surat",
    path: ofOwnCase,
    title: () => words.title,
    fields: ["mails"],
    intro: ({ view, language }) =>
      html`<p>${words.intro[language]}</p><p><a class="link" href="${pageIn(language, `/saya/${view.trackingNumber}/surel`)}">${words.address[language]}</a></p>`,
    inputs: ({ told, language }) =>
      radios(told, { name: "mails", label: words.question[language] }, [
        { value: "true", label: words.on[language] },
        { value: "false", label: words.off[language], hint: words.offHint[language] },
      ]),
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    async send({ path, receipt, values, visit }) {
      const mails = valueOf(values, "mails");
      if (mails !== "true" && mails !== "false")
        throw refuseFields([{ in: "body", path: "mails", message: choose }]);
      await visit.reply(chooseMails, { path, receipt, body: { mails: mails === "true" } });
      return undefined;
    },
    done: "surat",
  });
