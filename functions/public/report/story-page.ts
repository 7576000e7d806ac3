import * as z from "zod";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { type Option, radios, selectField, textArea, textField } from "../../../shared/page/parts/form.ts";
import { type CategoryTree, likelyCategories } from "../../../shared/page/report/likely-categories.ts";
import { phoneDrafts, unsentOnPhone } from "../../../shared/page/report/step.ts";
import type { ReportDesk } from "./desk.ts";
import { stepPage } from "./step-page.ts";

const words = {
  title: { id: "Apa yang terjadi?", en: "What happened?" },
  want: { id: "Anda ingin", en: "You want to" },
  heading: { id: "Judul", en: "Title" },
  headingHint: {
    id: "Satu baris, misalnya: Jalan berlubang di depan Pasar Sepinggan.",
    en: "One line, such as: Potholes in front of the Sepinggan market.",
  },
  text: { id: "Ceritakan", en: "Tell it" },
  textHint: {
    id: "Apa, di mana, sejak kapan, dan siapa yang terdampak. Jangan tulis NIK atau nomor telepon di sini. Paling banyak 10.000 karakter.",
    en: "What, where, since when, and whom it affects. Write no NIK and no phone number here. At most 10,000 characters.",
  },
  date: { id: "Tanggal kejadian", en: "Date of the event" },
  dateHint: { id: "Misalnya 23/11/2026.", en: "Such as 23/11/2026." },
  category: { id: "Kategori", en: "Category" },
  categoryHint: {
    id: "Petugas dapat memilihnya untuk Anda.",
    en: "Officers can choose it for you.",
  },
  subcategory: { id: "Subkategori", en: "Subcategory" },
  none: { id: "Tidak tahu", en: "I do not know" },
  suggested: { id: "Saran dari cerita Anda", en: "Suggested by your words" },
  all: { id: "Semua kategori", en: "All categories" },
  refine: { id: "Tampilkan saran dan subkategori", en: "Show suggestions and subcategories" },
  elsewhere: { id: "Bukan di sini", en: "Not here" },
  elsewhereText: {
    id: "Perkara pengadilan, tindak pidana, korupsi, atau keadaan darurat:",
    en: "Court cases, crimes, corruption or an emergency:",
  },
  elsewhereLink: { id: "ke mana saya harus melapor?", en: "where do I report that?" },
  left: { id: "Sisa {n} karakter", en: "{n} characters left" },
  over: { id: "{n} karakter terlalu banyak", en: "{n} characters too many" },
} as const satisfies Record<string, Text>;

const classes = (language: Language): Option[] =>
  [
    {
      value: "complaint",
      label: { id: "Mengadu", en: "Complain" },
      hint: {
        id: "Pelayanan buruk, tidak ada, atau melanggar aturan",
        en: "A service is bad, missing or against the rules",
      },
    },
    {
      value: "aspiration",
      label: { id: "Menyampaikan aspirasi", en: "Propose something (aspirasi)" },
      hint: { id: "Usul atau harapan", en: "A proposal or a wish" },
    },
    {
      value: "information-request",
      label: { id: "Meminta informasi", en: "Ask for information" },
      hint: { id: "Pertanyaan tentang layanan", en: "A question about a service" },
    },
  ].map(({ value, label, hint }) => ({ value, label: label[language], hint: hint[language] }));

const tree = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      subcategories: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
});

const asOption = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name });

/** The choices of a main category: first what the words of the report suggest. */
function mainChoices(items: CategoryTree, values: Readonly<Record<string, string>>, language: Language) {
  const { title = "", text = "" } = values;
  const likely = likelyCategories(items, title, text);
  return [
    { value: "", label: words.none[language] },
    ...(likely.length > 0
      ? [
          {
            label: words.suggested[language],
            options: likely.map(({ id, name, main }) => ({ value: id, label: `${name} (${main})` })),
          },
          { label: words.all[language], options: items.map(asOption) },
        ]
      : items.map(asOption)),
  ];
}

/** `/lapor/cerita`: what happened, when, and what it is about. */
export const reportStoryPage = (desk: ReportDesk): Route[] =>
  stepPage(desk, {
    name: "story",
    title: words.title,
    choosesFurther: true,
    async fields(told, values, visit) {
      const { language } = told;
      const { items } = await visit.ask(desk.asked.categories, {}, tree);
      const chosen = items.find(({ id }) => id === values.category);
      const today = localDate(desk.frame.now(), "Asia/Jayapura");
      return html`${radios(told, { name: "class", label: words.want[language] }, classes(language))}
${textField(told, { name: "title", label: words.heading[language], hint: words.headingHint[language] })}
${textArea(told, { name: "text", label: words.text[language], hint: words.textHint[language] }, { limit: 10_000, rows: 10, left: words.left[language], over: words.over[language] })}
${textField(told, { name: "occurredOn", label: words.date[language], hint: words.dateHint[language], optional: true }, { type: "date", max: today, width: "middle" })}
${selectField(told, { name: "category", label: words.category[language], hint: words.categoryHint[language], optional: true }, mainChoices(items, values, language))}
${
  chosen &&
  chosen.subcategories.length > 0 &&
  selectField(told, { name: "subcategory", label: words.subcategory[language], optional: true }, [
    { value: "", label: words.none[language] },
    ...chosen.subcategories.map(asOption),
  ])
}
<p><button class="button second" name="lanjut" value="#category">${words.refine[language]}</button></p>`;
    },
    below: ({ language }) =>
      html`<h2>${words.elsewhere[language]}</h2><p>${words.elsewhereText[language]} <a href="${pageIn(language, "/lapor/bukan-di-sini")}">${words.elsewhereLink[language]}</a></p>`,
    above: ({ language }) => html`${unsentOnPhone(language)}${phoneDrafts(language)}`,
    back: () => "/lapor",
    next: async () => "/lapor/tempat",
  });
