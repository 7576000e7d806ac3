import type * as z from "zod";
import type { publicView } from "../../../case/views/schemas.ts";
import { localDateInWords } from "../../../deadline/calendar/time-zone.ts";
import { caseClass } from "../../../deadline/policy.ts";
import type { Language, Text } from "../../../language.ts";
import { classText } from "../../../notification/mails/words/case.ts";
import { momentSeen, zoneSeen } from "../../case/moments.ts";
import { asWritten } from "../../case/timeline.ts";
import { attributes, type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import { summaryList } from "../../parts/lists.ts";
import { chip } from "../../parts/turn.ts";
import { addressOfMove, officersCase } from "../move-addresses.ts";
import type { OfficerView } from "./case.ts";

type PublicView = z.output<typeof publicView>;

/** A case that may be about the same, as whole as its reader may read it. */
export type AlikeView = OfficerView | PublicView;

/** A likely duplicate, with why. */
export interface Alike {
  score: number;
  reasons: readonly string[];
  case: AlikeView;
}

const words = {
  none: {
    id: "Belum ditemukan laporan yang mungkin sama dalam 14 hari sebelum dan sesudahnya.",
    en: "No report that may be the same was found within 14 days before and after it.",
  },
  untitled: { id: "Laporan", en: "Report" },
  compare: { id: "Bandingkan", en: "Compare" },
  this: { id: "Laporan ini", en: "This report" },
  other: { id: "Laporan lain", en: "The other report" },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  title: { id: "Judul", en: "Title" },
  text: { id: "Isi laporan", en: "What was reported" },
  kind: { id: "Jenis", en: "Kind" },
  category: { id: "Kategori", en: "Category" },
  place: { id: "Tempat", en: "Place" },
  occurredOn: { id: "Tanggal kejadian", en: "Date of what happened" },
  submitted: { id: "Dikirim", en: "Sent" },
  status: { id: "Status", en: "Status" },
  agency: { id: "Instansi", en: "Agency" },
  supports: { id: "Dukungan", en: "Supports" },
  elsewhere: {
    id: "Laporan ini pada instansi lain. Anda melihat yang dilihat publik.",
    en: "This report is with another agency. You see what the public sees.",
  },
  open: { id: "Buka laporan ini", en: "Open this report" },
  joinThis: { id: "Gabungkan laporan ini ke laporan lain itu", en: "Join this report to the other one" },
  joinOther: { id: "Gabungkan laporan lain itu ke laporan ini", en: "Join the other report to this one" },
  joining: {
    id: "Yang digabung mengikuti laporan pertama: statusnya ikut, dan batas waktunya sendiri berhenti. Pelapornya diberi tahu dan dapat memisahkannya lagi.",
    en: "A report that is joined follows the first one: its status goes along, and its own deadlines end. Its reporter is told and can separate it again.",
  },
} as const satisfies Record<string, Text>;

const titleOf = ({ title, trackingNumber }: AlikeView, language: Language): Html =>
  html`<span ${attributes({ lang: title && "id" })}>${title ?? `${words.untitled[language]} ${trackingNumber}`}</span>`;

/** The address that compares a case with another one, without its language. */
const comparingAddress = (trackingNumber: string, other: string): string =>
  `${officersCase(trackingNumber)}/serupa?dengan=${other}`;

const alikeEntry = (one: Alike, trackingNumber: string, language: Language): Html =>
  html`<li class="card"><h3><a href="${pageIn(language, comparingAddress(trackingNumber, one.case.trackingNumber))}">${titleOf(one.case, language)}<span class="unseen">: ${words.compare[language]}</span></a></h3><p>${chip("calm", one.case.statusText)} ${one.case.agency?.name}</p><p class="hint">${one.reasons.join(". ")}</p></li>`;

/** All likely duplicates of a page, the likeliest first. */
export const alikeList = (found: readonly Alike[], trackingNumber: string, language: Language): Html =>
  found.length === 0
    ? html`<p>${words.none[language]}</p>`
    : html`<ul class="cards">${found.map((one) => alikeEntry(one, trackingNumber, language))}</ul>`;

const shownInShort = 3;

/** The likeliest duplicates, for the page of the case itself. */
export const alikeInShort = (found: readonly Alike[], trackingNumber: string, language: Language): Html =>
  alikeList(found.slice(0, shownInShort), trackingNumber, language);

/** A case as one of two that are compared. */
function side(view: AlikeView, heading: Text, language: Language): Html {
  const { location, category, occurredOn, supports, text } = view;
  const zone = zoneSeen(view);
  const rows: { label: Text; value: Hole }[] = [
    { label: words.number, value: html`<span class="number">${view.trackingNumber}</span>` },
    { label: words.title, value: titleOf(view, language) },
    { label: words.text, value: text !== undefined && asWritten(text) },
    { label: words.kind, value: classText[caseClass.parse(view.class)][language] },
    { label: words.category, value: category?.name },
    {
      label: words.place,
      value: location && [location.address, location.regionName].filter(Boolean).join(", "),
    },
    { label: words.occurredOn, value: occurredOn && localDateInWords(occurredOn, language) },
    { label: words.submitted, value: momentSeen(view.submittedAt, zone, language) },
    { label: words.status, value: view.statusText },
    { label: words.agency, value: view.agency?.name },
    { label: words.supports, value: supports && String(supports.count) },
  ];
  return html`<h2>${heading[language]}</h2>${summaryList(rows.flatMap(({ label, value }) => (value ? [{ label: label[language], value }] : [])))}`;
}

/** Two cases side by side. `open`: whether the officer may read the other one whole; `joins`: which of the two can be joined to the other. */
export const compared = (
  view: OfficerView,
  other: { view: AlikeView; open: boolean; reasons: readonly string[] },
  { joins, language }: { joins: { this: boolean; other: boolean }; language: Language },
): Html => {
  const [number, otherNumber] = [view.trackingNumber, other.view.trackingNumber];
  const joinLink = (from: string, to: string, label: Text, kind: string) =>
    html`<a class="${kind}" href="${`${pageIn(language, addressOfMove(from, "join"))}?dengan=${to}`}">${label[language]}</a>`;
  // The first report is the one that others follow.
  const isFirst = view.submittedAt.slice(0, 10) <= other.view.submittedAt.slice(0, 10);
  return html`${other.reasons.length > 0 && html`<p>${other.reasons.join(". ")}.</p>`}
<ul class="cards"><li class="card">${side(view, words.this, language)}</li><li class="card">${side(other.view, words.other, language)}${!other.open && html`<p class="hint">${words.elsewhere[language]}</p>`}<p><a class="link" href="${pageIn(language, other.open ? officersCase(otherNumber) : `/laporan/${otherNumber}`)}">${words.open[language]}<span class="unseen">: ${otherNumber}</span></a></p></li></ul>
${(joins.this || joins.other) && html`<div class="notice"><p>${words.joining[language]}</p><p class="row">${joins.this && joinLink(number, otherNumber, words.joinThis, isFirst && joins.other ? "button second" : "button")}${joins.other && joinLink(otherNumber, number, words.joinOther, isFirst || !joins.this ? "button" : "button second")}</p></div>`}`;
};
