import type { Language, Text } from "../language.ts";
import { html } from "./html.ts";
import { layout, pageIn, type StaticFiles } from "./layout.ts";
import { sendButton } from "./parts/form.ts";

interface Problem {
  title: string;
  status: number;
  detail: string;
  errors?: readonly { path: string; message: string }[] | undefined;
}

const words = {
  search: { id: "Cari laporan warga", en: "Search public reports" },
  find: { id: "Cari", en: "Search" },
  home: { id: "Ke halaman awal", en: "To the first page" },
  track: { id: "Lacak laporan Anda", en: "Track your report" },
} as const satisfies Record<string, Text>;

/** What people read where a page cannot be shown: what happened, what to do, and ways on. */
export function problemPage(
  { title, status, detail, errors = [] }: Problem,
  { language, address, files }: { language: Language; address: string; files: StaticFiles },
) {
  return layout({
    language,
    address,
    files,
    title,
    narrow: true,
    main: html`<h1>${title}</h1>
<p>${detail}</p>
${errors.length > 0 && html`<ul>${errors.map(({ message }) => html`<li>${message}</li>`)}</ul>`}
${
  status === 404 &&
  html`<form action="${pageIn(language, "/laporan")}" role="search"><label for="q">${words.search[language]}</label>
<div class="row"><input type="search" id="q" name="q" class="grow">${sendButton(words.find[language], "second")}</div></form>`
}
<p class="row"><a class="link" href="${pageIn(language, "/")}">${words.home[language]}</a> <a class="link" href="${pageIn(language, "/lacak")}">${words.track[language]}</a></p>`,
  });
}
