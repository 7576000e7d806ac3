import { type Hole, type Html, html } from "../html.ts";

/** How a deadline stands. Words say it too: colour is never the only sign. */
export type Tone = "calm" | "due" | "late";

/** Says first of all whose turn it is, and until when. */
export const turn = (tone: Tone, who: string, until: Hole): Html =>
  html`<div class="${tone === "calm" ? "turn" : `turn ${tone}`}"><h2>${who}</h2><p>${until}</p></div>`;

export const chip = (tone: Tone, text: string): Html =>
  html`<span class="${tone === "calm" ? "chip" : `chip ${tone}`}">${text}</span>`;
