import * as z from "zod";
import { keepsTemplates, placeholders } from "../../../shared/directory/answer-template.ts";
import type { Officer } from "../../../shared/directory/directory.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { notForYou, officerFormAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, type Html, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import {
  errorSummary,
  hidden,
  textArea,
  textField,
  type Told,
  wrongFields,
} from "../../../shared/page/parts/form.ts";
import { agencyId } from "../../../shared/text/id.ts";
import type { Room } from "../kelola/room.ts";
import { templatesView } from "./keep-templates.ts";

const words = {
  title: { id: "Contoh jawaban", en: "Examples of answers" },
  intro: {
    id: "Petugas instansi ini dapat memakai contoh-contoh berikut ketika menjawab laporan.",
    en: "Officers of this agency can use these examples when they answer a report.",
  },
  filled: {
    id: "Terisi sendiri ketika dipakai:",
    en: "Filled in when it is used:",
  },
  none: {
    id: "Belum ada contoh. Tulis yang pertama di bawah.",
    en: "There are none yet. Write the first one below.",
  },
  change: { id: "Ubah", en: "Change" },
  add: { id: "Contoh baru", en: "A new example" },
  changing: { id: "Ubah contoh ini", en: "Change this example" },
  addLink: { id: "Tulis contoh baru", en: "Write a new example" },
  name: { id: "Judul contoh", en: "Name of the example" },
  nameHint: { id: "Misalnya: jalan sudah ditambal.", en: "For example: the road was mended." },
  text: { id: "Isi", en: "Text" },
  textHint: {
    id: "Sebut apa yang dilakukan, kapan, dan apa yang dapat dilakukan pelapor berikutnya.",
    en: "Say what was done, when, and what the reporter can do next.",
  },
  save: { id: "Simpan", en: "Save" },
  remove: { id: "Hapus contoh ini", en: "Remove this example" },
  saved: { id: "Tersimpan.", en: "Saved." },
  left: { id: "Sisa {n} huruf", en: "{n} characters left" },
  over: { id: "{n} huruf terlalu banyak", en: "{n} characters too many" },
} as const satisfies Record<string, Text>;

const address = "/petugas/kelola/jawaban";
const query = z.strictObject({
  instansi: agencyId.optional(),
  ubah: z.string().max(40).optional(),
  sudah: z.string().max(20).optional(),
});
type Query = z.output<typeof query>;
type Kept = z.output<typeof templatesView>;

/** The agency whose examples somebody keeps: the one that they name, or else the first of their posts that keeps any. */
function keeperOf({ posts }: OfficerVisit, { instansi }: Query): Officer {
  const keeper = posts.find((post) => keepsTemplates(post, instansi ?? post.agencyId));
  if (!keeper) throw notForYou();
  return keeper;
}

const queryOf = (agency: string, more: Readonly<Record<string, string>> = {}): string =>
  `?${new URLSearchParams({ instansi: agency, ...more })}`;

/** What is wrong with an example of the list is said at the field of the form. */
const atItsField = (tried: Tried | undefined) =>
  tried && {
    ...tried.problem,
    errors: tried.problem.errors?.map((one) => ({ ...one, path: one.path.split(".").at(-1) ?? "" })),
  };

const listOf = ({ items }: Kept, agency: string, language: Language): Html =>
  items.length === 0
    ? html`<p>${words.none[language]}</p>`
    : html`<ul class="cards">${items.map(
        ({ id, title, text }) =>
          html`<li class="card"><h2 lang="id">${title}</h2><p class="hint" lang="id">${[...text].slice(0, 200).join("")}</p><p><a class="link" href="${`${pageIn(language, address)}${queryOf(agency, { ubah: id })}`}">${words.change[language]}<span class="unseen">: ${title}</span></a></p></li>`,
      )}</ul>`;

const formOf = ({
  told,
  kept,
  agency,
  ubah,
}: {
  told: Told;
  kept: Kept;
  agency: string;
  ubah: string | undefined;
}): Html => {
  const { language } = told;
  const { left, over } = words;
  return html`<form method="post" action="${`${pageIn(language, address)}${queryOf(agency, ubah === undefined ? {} : { ubah })}`}" data-once novalidate>
<h2>${(ubah === undefined ? words.add : words.changing)[language]}</h2>
${hidden("seen", String(kept.version))}
${textField(told, { name: "title", label: words.name[language], hint: words.nameHint[language] })}
${textArea(told, { name: "text", label: words.text[language], hint: words.textHint[language] }, { limit: 3_000, left: left[language], over: over[language] })}
<p class="row"><button class="button" name="lakukan" value="simpan">${words.save[language]}</button>${ubah !== undefined && html`<button class="button second" name="lakukan" value="hapus">${words.remove[language]}</button>`}</p>
</form>
${ubah !== undefined && html`<p><a class="link" href="${`${pageIn(language, address)}${queryOf(agency)}`}">${words.addLink[language]}</a></p>`}`;
};

/** The list after a form: with the example in its place, at its end, or without it. */
function listAfter({ items }: Kept, ubah: string | undefined, values: FormValues) {
  const typed = { title: valueOf(values, "title"), text: valueOf(values, "text") };
  const removes = valueOf(values, "lakukan") === "hapus";
  const plain = items.map(({ id, title, text }) => ({ id, one: { title, text } }));
  if (ubah === undefined) return [...plain.map(({ one }) => one), typed];
  return plain.flatMap(({ id, one }) => (id !== ubah ? [one] : removes ? [] : [typed]));
}

/** `/petugas/kelola/jawaban`: the examples of answers that an agency keeps, one form at a time. */
export function templatePages({ registry, asked }: Room): Route[] {
  const { frame } = registry;
  const { answerTemplates: see, keepAnswerTemplates: keep } = asked;
  const keptBy = (visit: OfficerVisit, { agencyId: id, id: post }: Officer) =>
    visit.ask(see, { path: { id }, headers: { "officer-post": post } }, templatesView);

  return officerFormAt(frame, address, {
    input: { query },

    async show({ query }, visit, tried): Promise<Reply> {
      const { language } = visit;
      const keeper = keeperOf(visit, query);
      const kept = await keptBy(visit, keeper);
      const chosen = kept.items.find(({ id }) => id === query.ubah);
      const values = tried?.values ?? (chosen && { title: chosen.title, text: chosen.text }) ?? {};
      const problem = atItsField(tried);
      const told = { language, wrong: wrongFields(problem), values };
      const done: Hole =
        query.sudah &&
        !tried &&
        html`<div class="notice" role="status"><p>${words.saved[language]}</p></div>`;
      return page(
        deskPage(visit, frame.files, {
          title: words.title[language],
          narrow: true,
          summary: errorSummary(problem, language),
          main: html`<h1>${words.title[language]}</h1>${done}
<p>${words.intro[language]} ${words.filled[language]} ${placeholders.map((one) => html`<code>{${one}}</code> `)}</p>
${listOf(kept, keeper.agencyId, language)}
${formOf({ told, kept, agency: keeper.agencyId, ubah: chosen?.id })}`,
        }),
      );
    },

    async send({ query }, visit, values) {
      const keeper = keeperOf(visit, query);
      const kept = await keptBy(visit, keeper);
      const seen = /^\d{1,9}$/.exec(valueOf(values, "seen"))?.[0];
      await visit.reply(keep, {
        path: { id: keeper.agencyId },
        headers: { "officer-post": keeper.id, "if-match": seen === undefined ? undefined : `"${seen}"` },
        body: { items: listAfter(kept, query.ubah, values) },
      });
      return seeOther(`${address}${queryOf(keeper.agencyId, { sudah: "jawaban" })}`, visit.language);
    },
  });
}
