import type { Endpoint } from "../../shared/http/endpoint.ts";
import { ofOwnCase, sentTo } from "../../shared/http/page/own-case.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Html, html } from "../../shared/page/html.ts";
import { textArea, type Told } from "../../shared/page/parts/form.ts";

/** What the page of such a move says. `after` is what follows from it. */
type Words = Record<"title" | "text" | "hint" | "after" | "send", Text>;

/** What moves have in common that send one text: say what follows, ask for the text, and send it to their route. */
export const oneText = (
  move: Endpoint,
  words: Words,
  { optional = false, ...size }: { limit: number; rows?: number; optional?: boolean },
) => ({
  path: ofOwnCase,
  title: () => words.title,
  leans: true,
  fields: ["text"],
  inputs: ({ told, language }: { told: Told; language: Language }): Html =>
    textArea(told, { name: "text", label: words.text[language], hint: words.hint[language], optional }, size),
  consequence: ({ language }: { language: Language }): Html => html`<p>${words.after[language]}</p>`,
  button: () => words.send,
  send: sentTo(move, ["text"]),
});
