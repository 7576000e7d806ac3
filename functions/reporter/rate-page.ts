import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { ofOwnCase, ownFormAt, sentTo } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { newestAnswer } from "../../shared/page/case/answer.ts";
import { zoneSeen } from "../../shared/page/case/moments.ts";
import { html } from "../../shared/page/html.ts";
import { radios, textArea } from "../../shared/page/parts/form.ts";

const words = {
  title: { id: "Nilai jawaban", en: "Rate the answer" },
  stars: { id: "Seberapa beres masalah Anda sekarang?", en: "How well is your problem solved now?" },
  starsHint: {
    id: "Nilai 1 atau 2 berarti belum beres. Kepala instansi lalu harus menanganinya.",
    en: "1 or 2 means that it is not solved. The head of the agency then has to act.",
  },
  comment: { id: "Catatan untuk instansi", en: "A note to the agency" },
  commentHint: {
    id: "Petugas membacanya. Publik hanya melihat nilainya.",
    en: "Officers read it. The public sees the rating only.",
  },
  high: {
    id: "Nilai 3, 4, atau 5 menutup laporan ini. Sesudah itu Anda masih dapat mengajukan banding; batas waktunya tampil di laporan Anda.",
    en: "3, 4 or 5 closes this report. You can still appeal after that; your report shows the deadline.",
  },
  low: {
    id: "Nilai 1 atau 2 membuka laporan ini lagi. Kepala instansi harus menanganinya, dan hitungan hari penyelesaian berjalan lagi.",
    en: "1 or 2 opens this report again. The head of the agency has to act, and the count of days goes on.",
  },
  send: { id: "Kirim penilaian", en: "Send the rating" },
  notNow: {
    id: "Menilai dapat dilakukan sesudah instansi menjawab, sekali untuk setiap jawaban.",
    en: "You can rate once the agency has answered, once for each answer.",
  },
} as const satisfies Record<string, Text>;

const levels: readonly { value: string; label: Text }[] = [
  { value: "5", label: { id: "5: beres sepenuhnya", en: "5: solved altogether" } },
  { value: "4", label: { id: "4: beres", en: "4: solved" } },
  { value: "3", label: { id: "3: cukup", en: "3: well enough" } },
  { value: "2", label: { id: "2: sebagian besar belum beres", en: "2: mostly not solved" } },
  { value: "1", label: { id: "1: belum beres sama sekali", en: "1: not solved at all" } },
];

/** `/saya/{trackingNumber}/nilai`: stars from one to five, with what they do. */
export const ratePage = (frame: Frame, see: Endpoint, confirm: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "nilai",
    path: ofOwnCase,
    title: () => words.title,
    move: "confirm",
    leans: true,
    notNow: (_, language) => html`<p>${words.notNow[language]}</p>`,
    fields: ["stars", "comment"],
    intro: ({ view, language }) => newestAnswer(view.timeline, { zone: zoneSeen(view) }, language),
    inputs: ({ told, language }) => [
      radios(
        told,
        { name: "stars", label: words.stars[language], hint: words.starsHint[language] },
        levels.map(({ value, label }) => ({ value, label: label[language] })),
      ),
      textArea(
        told,
        {
          name: "comment",
          label: words.comment[language],
          hint: words.commentHint[language],
          optional: true,
        },
        { limit: 2_000, rows: 4 },
      ),
    ],
    consequence: ({ language }) => html`<p>${words.high[language]}</p><p>${words.low[language]}</p>`,
    button: () => words.send,
    send: sentTo(confirm, ["stars", "comment"], { numbers: ["stars"] }),
    done: (values) => (["1", "2"].includes(valueOf(values, "stars")) ? "nilai-rendah" : "nilai"),
  });
