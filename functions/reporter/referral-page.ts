import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { ofOwnCase, ownFormAt, sentTo } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { daySeen, zoneSeen } from "../../shared/page/case/moments.ts";
import { html } from "../../shared/page/html.ts";

const words = {
  title: { id: "Teruskan ke Ombudsman", en: "Give it to the Ombudsman" },
  intro: {
    id: "Ombudsman Republik Indonesia mengawasi layanan publik dan tidak berada di bawah instansi mana pun. Laporan dapat diteruskan ke sana bila Anda setuju dan batas waktu penyelesaiannya sudah lewat.",
    en: "The Ombudsman of the Republic of Indonesia watches over public services and stands below no agency. A report can be given to it if you agree and its deadline has passed.",
  },
  reads: {
    id: "Ombudsman membaca laporan, jawaban, dan lampiran Anda. Siapa Anda hanya dapat dibuka dengan alasan tertulis, dan Anda membacanya. Bila laporan Anda anonim, izin Anda diperlukan dahulu.",
    en: "The Ombudsman reads your report, the answers and your files. Who you are is opened only for a written reason, which you can read. If you are anonymous, you have to agree to that first.",
  },
  after: {
    id: "Persetujuan Anda dicatat. Petugas meneruskan laporan begitu batas waktu penyelesaiannya lewat. Instansi tetap harus menyelesaikannya. Persetujuan ini tidak dapat ditarik.",
    en: "We note that you agree. Officers give the report on once its deadline has passed. The agency still has to solve it. This cannot be taken back.",
  },
  send: { id: "Saya setuju", en: "I agree" },
  agreed: { id: "Anda sudah menyetujuinya pada", en: "You agreed to this on" },
  notNow: {
    id: "Persetujuan dapat diberikan sesudah laporan diverifikasi, selama tidak diarsipkan atau dicabut.",
    en: "You can agree once the report is verified, unless it is archived or withdrawn.",
  },
} as const satisfies Record<string, Text>;

/** `/saya/{trackingNumber}/ombudsman`: agrees that the case may be given to the Ombudsman. */
export const referralPage = (frame: Frame, see: Endpoint, consent: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "ombudsman",
    path: ofOwnCase,
    title: () => words.title,
    move: "consent",
    notNow: (view, language) =>
      view.consentedAt === undefined
        ? html`<p>${words.notNow[language]}</p>`
        : html`<p>${words.agreed[language]} ${daySeen(view.consentedAt, zoneSeen(view), language)}.</p>`,
    fields: [],
    intro: ({ language }) => html`<p>${words.intro[language]}</p><p>${words.reads[language]}</p>`,
    inputs: () => undefined,
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    send: sentTo(consent, []),
    done: "ombudsman",
  });
