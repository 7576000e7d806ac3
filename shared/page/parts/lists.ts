import { type Hole, type Html, html } from "../html.ts";

/** What was answered to questions, each with a link to change it. */
export const summaryList = (
  rows: readonly { label: string; value: Hole; change?: { address: string; label: string } | undefined }[],
): Html =>
  html`<dl class="answers">${rows.map(
    ({ label, value, change }) =>
      html`<div><dt>${label}</dt><dd>${value}</dd>${change && html`<dd class="change"><a href="${change.address}">${change.label}<span class="unseen">: ${label}</span></a></dd>`}</div>`,
  )}</dl>`;

/** What has happened, in order, with who did it. */
export const journey = (
  entries: readonly { what: string; when: string; who?: string | undefined; more?: Hole }[],
): Html =>
  html`<ol class="line">${entries.map(
    ({ what, when, who, more }) =>
      html`<li><h3>${what}</h3><p class="hint">${when}${who && html` · ${who}`}</p>${more}</li>`,
  )}</ol>`;

/** Cards that lead on. */
export const cards = (entries: readonly Html[]): Html =>
  html`<ul class="cards">${entries.map((entry) => html`<li class="card">${entry}</li>`)}</ul>`;

/** Leads to the next page of a list. */
export const nextPage = (address: string | undefined, label: string): Hole =>
  address !== undefined &&
  html`<nav class="row pager" aria-label="${label}"><a class="button second" href="${address}" rel="next">${label}</a></nav>`;

/** Where a page stands in a series of steps, and the way back. The bar is for the eye: the text says the same. */
export const step = ({
  back,
  text,
  at,
  of,
}: {
  back?: { address: string; label: string } | undefined;
  text: string;
  at: number;
  of: number;
}): Html =>
  html`${back && html`<p><a href="${back.address}" class="back">${back.label}</a></p>`}<p class="where">${text}</p><progress class="bar" max="${of}" value="${at}" aria-hidden="true"></progress>`;
