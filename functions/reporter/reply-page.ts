import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { type Making, ofOwnCase, ownFormAt, type OwnView, sentTo } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Language, Text } from "../../shared/language.ts";
import { newestAnswer, newestQuestion } from "../../shared/page/case/answer.ts";
import { daySeen, zoneSeen } from "../../shared/page/case/moments.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { textArea } from "../../shared/page/parts/form.ts";

const words = {
  title: { id: "Tanggapi laporan", en: "Reply" },
  complete: { id: "Jawab pertanyaan", en: "Answer the question" },
  dispute: { id: "Bantah jawaban", en: "Dispute the answer" },
  more: { id: "Tambah keterangan", en: "Add information" },
  text: { id: "Tulisan Anda", en: "Your words" },
  textHint: {
    id: "Petugas yang menangani laporan ini membacanya. Publik tidak membacanya.",
    en: "The officers who work on this report read it. The public does not.",
  },
  disputeText: { id: "Apa yang belum beres?", en: "What is not solved?" },
  moreIntro: {
    id: "Tulis yang perlu diketahui petugas. Status laporan tidak berubah.",
    en: "Write what the officers should know. The status of the report does not change.",
  },
  twoWays: { id: "Sudah beres?", en: "Solved?" },
  rate: { id: "Nilai jawaban ini", en: "Rate this answer" },
  higher: {
    id: "Ingin instansi di atasnya yang menjawab?",
    en: "Want the level above to answer?",
  },
  appeal: { id: "Ajukan banding", en: "Appeal" },
  send: { id: "Kirim", en: "Send" },
  afterDispute: {
    id: "Laporan kembali dikerjakan oleh instansi. Hitungan hari penyelesaiannya berjalan lagi, dan tanggalnya tampil di laporan Anda.",
    en: "The agency works on the report again. The count of its days goes on, and your report shows the date.",
  },
  disputeBy: { id: "Anda dapat membantah sampai", en: "You can dispute it until" },
  afterQuestion: {
    id: "Laporan kembali ke petugas. Hitungan hari mereka berjalan lagi, dan tanggalnya tampil di laporan Anda.",
    en: "The report goes back to the officers. The count of their days goes on, and your report shows the date.",
  },
  questionBy: { id: "Jawab paling lambat", en: "Answer by" },
  afterMore: {
    id: "Petugas diberi tahu. Batas waktu mereka tidak berubah.",
    en: "The officers are told. Their deadlines stay as they are.",
  },
  afterAny: {
    id: "Petugas diberi tahu. Bila instansi sudah menjawab, tulisan ini membantah jawabannya dan laporan dikerjakan lagi.",
    en: "The officers are told. If the agency has answered, this disputes the answer, and work goes on.",
  },
  notNow: {
    id: "Menanggapi dapat dilakukan sampai laporan selesai, diarsipkan, atau dicabut. Kembali ke laporan untuk melihat yang masih dapat Anda lakukan.",
    en: "You can reply until the report is closed, archived or withdrawn. Go back to the report to see what you can still do.",
  },
} as const satisfies Record<string, Text>;

const titleOf = (view: OwnView | undefined): Text => {
  if (view === undefined) return words.title;
  if (view.status === "answered") return words.dispute;
  return view.status === "awaiting-reporter" ? words.complete : words.more;
};

const leads = (view: OwnView, page: string, label: Text, language: Language): Hole =>
  html`<a href="${pageIn(language, `/saya/${view.trackingNumber}/${page}`)}">${label[language]}</a>`;

function intro({ view, language }: Making & { view: OwnView }): Hole {
  const zone = zoneSeen(view);
  if (view.status === "awaiting-reporter") return newestQuestion(view.timeline, zone, language);
  if (view.status !== "answered") return html`<p>${words.moreIntro[language]}</p>`;
  return html`${newestAnswer(view.timeline, { zone }, language)}
<p>${words.twoWays[language]} ${leads(view, "nilai", words.rate, language)}. ${words.higher[language]} ${leads(view, "banding", words.appeal, language)}.</p>`;
}

const dueOf = (view: OwnView, clock: string): string | undefined =>
  view.clocks?.find((one) => one.clock === clock && one.endedAt === undefined)?.dueDate ?? undefined;

function consequence({ view, language }: Making): Hole {
  if (view === undefined) return html`<p>${words.afterAny[language]}</p>`;
  const day = (date: string | undefined, said: Text): Hole =>
    date && html` ${said[language]} <b>${daySeen(date, zoneSeen(view), language)}</b>.`;
  if (view.status === "answered")
    return html`<p>${words.afterDispute[language]}${day(dueOf(view, "reply"), words.disputeBy)}</p>`;
  return view.status === "awaiting-reporter"
    ? html`<p>${words.afterQuestion[language]}${day(dueOf(view, "completing-file"), words.questionBy)}</p>`
    : html`<p>${words.afterMore[language]}</p>`;
}

/** `/saya/{trackingNumber}/tanggapan`: answers a question, disputes an answer, or adds information. */
export const replyPage = (frame: Frame, see: Endpoint, reply: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "tanggapan",
    path: ofOwnCase,
    title: titleOf,
    move: "reply",
    leans: true,
    notNow: (_, language) => html`<p>${words.notNow[language]}</p>`,
    fields: ["text"],
    intro,
    inputs: ({ told, view, language }) =>
      textArea(
        told,
        {
          name: "text",
          label: (view?.status === "answered" ? words.disputeText : words.text)[language],
          hint: words.textHint[language],
        },
        { limit: 5_000 },
      ),
    consequence,
    button: (view) => (view?.status === "answered" ? words.dispute : words.send),
    send: sentTo(reply, ["text"]),
    done: "tanggapan",
  });
