import { reporterView } from "../../shared/case/views/schemas.ts";
import type { Endpoint, Route } from "../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../shared/http/page/form.ts";
import { type Making, ofOwnCase, ownFormAt, type OwnView } from "../../shared/http/page/own-case.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import type { Text } from "../../shared/language.ts";
import { asWritten } from "../../shared/page/case/timeline.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { radios, textArea, textField } from "../../shared/page/parts/form.ts";
import { refuseFields } from "../../shared/refusal.ts";

const words = {
  title: { id: "Ubah teks yang dibaca publik", en: "Change what the public reads" },
  intro: {
    id: "Petugas tetap membaca tulisan Anda yang asli. Yang berubah hanya yang dibaca publik.",
    en: "Officers still read your own words. Only what the public reads changes.",
  },
  now: { id: "Yang dibaca publik sekarang", en: "What the public reads now" },
  nothing: {
    id: "Sekarang publik tidak membaca judul dan cerita laporan ini.",
    en: "The public now reads neither the title nor the story of this report.",
  },
  how: { id: "Apa yang Anda inginkan?", en: "What do you want?" },
  reword: { id: "Tulis kata-kata lain untuk publik", en: "Write other words for the public" },
  rewordHint: {
    id: "Hapus nama orang, nomor, dan apa pun yang menunjukkan siapa Anda.",
    en: "Leave out names, numbers and whatever tells who you are.",
  },
  hide: { id: "Sembunyikan judul dan cerita dari publik", en: "Hide title and story from the public" },
  hideHint: {
    id: "Publik hanya melihat bahwa ada laporan, siapa yang menanganinya, dan batas waktunya.",
    en: "The public sees only that there is a report, who has it, and its deadlines.",
  },
  newTitle: { id: "Judul untuk publik", en: "Title for the public" },
  newText: { id: "Cerita untuk publik", en: "Story for the public" },
  after: {
    id: "Perubahan berlaku segera di halaman kami. Hasil pencarian dan salinan di tempat lain dapat tertinggal. Anda dapat mengubahnya lagi kapan saja.",
    en: "It changes on our pages at once. Search results and copies elsewhere may lag behind. You can change it again at any time.",
  },
  send: { id: "Simpan perubahan", en: "Save the change" },
} as const satisfies Record<string, Text>;

const choose: Text = { id: "Pilih salah satu.", en: "Choose one of these." };
const unchanged: Text = {
  id: "Belum ada yang berubah. Tulis kata-kata lain, atau pilih menyembunyikannya.",
  en: "Nothing has changed yet. Write other words, or choose to hide it.",
};

const wrong = (path: string, message: Text) => refuseFields([{ in: "body", path, message }]);

const readNow = ({ publicTitle, publicText }: OwnView, language: Making["language"]): Hole =>
  publicTitle === undefined
    ? html`<p>${words.nothing[language]}</p>`
    : html`<h2>${words.now[language]}</h2><div class="card"><p lang="id"><b>${publicTitle}</b></p>${asWritten(publicText ?? "")}</div>`;

/** What changes for the public. Of what it reads already, nothing is sent again. */
function changeOf(values: FormValues, { publicTitle, publicText }: OwnView): object {
  const how = valueOf(values, "how");
  if (how === "hide") return { hide: true };
  if (how !== "reword") throw wrong("how", choose);
  const [title, text] = [valueOf(values, "title").trim(), valueOf(values, "text").trim()];
  const change = {
    ...(title !== "" && title !== publicTitle && { title }),
    ...(text !== "" && text !== publicText?.trim() && { text }),
  };
  if (Object.keys(change).length === 0 && publicTitle !== undefined) throw wrong("text", unchanged);
  // Of a hidden report the route says which of the two is missing.
  return publicTitle === undefined && Object.keys(change).length === 0 ? { title: " ", text: " " } : change;
}

/** `/saya/{trackingNumber}/teks-publik`: rewords or hides what the public reads. */
export const redactPage = (frame: Frame, see: Endpoint, redact: Endpoint): Route[] =>
  ownFormAt(frame, see, {
    at: "teks-publik",
    path: ofOwnCase,
    title: () => words.title,
    move: "redact",
    fields: ["how", "title", "text"],
    // The words of a hidden report are not filled in: sending them by mistake would show them.
    filled: async ({ publicTitle, publicText }): Promise<Record<string, string>> =>
      publicTitle === undefined ? {} : { title: publicTitle, text: publicText ?? "" },
    intro: ({ view, language }) => html`<p>${words.intro[language]}</p>${readNow(view, language)}`,
    inputs: ({ told, language }) => [
      radios(told, { name: "how", label: words.how[language] }, [
        { value: "reword", label: words.reword[language], hint: words.rewordHint[language] },
        { value: "hide", label: words.hide[language], hint: words.hideHint[language] },
      ]),
      textField(told, { name: "title", label: words.newTitle[language], optional: true }),
      textArea(told, { name: "text", label: words.newText[language], optional: true }, { limit: 10_000 }),
    ],
    consequence: ({ language }) => html`<p>${words.after[language]}</p>`,
    button: () => words.send,
    async send({ path, receipt, values, visit }) {
      const view = await visit.ask(see, { path, receipt }, reporterView);
      await visit.reply(redact, { path, receipt, body: changeOf(values, view) });
      return undefined;
    },
    done: "teks-publik",
  });
