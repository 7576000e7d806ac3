import * as z from "zod";
import type { Agency } from "../../../shared/directory/directory.ts";
import { successorOf } from "../../../shared/directory/succession-flow.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { hidden } from "../../../shared/page/parts/form.ts";
import { posterOf } from "../../../shared/statistics/arrivals.ts";
import { agencyId } from "../../../shared/text/id.ts";
import type { ReportDesk } from "./desk.ts";

/** The query by which other pages, posters and sites of agencies lead to a report. */
export const waysIn = { dari: z.string().optional(), instansi: z.string().optional() };

/** How somebody came in. What says nothing is an empty text. */
export interface WayIn {
  /** The poster that brought them: it is counted. */
  dari: string;
  /** The agency that the link or the poster names, as it was typed. */
  instansi: string;
}

/** What a link tells. A poster names its agency. */
export function wayIn({ dari = "", instansi = "" }: Partial<Record<keyof WayIn, string | undefined>>): WayIn {
  const poster = posterOf(dari);
  return { dari: poster === undefined ? "" : dari, instansi: instansi.trim() || (poster ?? "") };
}

/** The same, as a form of ours brings it. */
export const wayInOf = (sent: FormValues): WayIn =>
  wayIn({ dari: valueOf(sent, "dari"), instansi: valueOf(sent, "instansi") });

/** An address that leads on by the same way. */
export function byWay(address: string, { dari, instansi }: WayIn): string {
  const named = instansi === posterOf(dari) ? "" : instansi;
  const query = new URLSearchParams({ ...(named && { instansi: named }), ...(dari && { dari }) });
  return query.size > 0 ? `${address}?${query.toString()}` : address;
}

/** The hidden fields by which a form brings it. */
export const wayInFields = ({ dari, instansi }: WayIn): Hole =>
  html`${dari && hidden("dari", dari)}${instansi && hidden("instansi", instansi)}`;

/** What a draft keeps of the way in. The agency is taken once, so that no later visit changes what somebody chose. */
export function takenFrom({ dari, instansi }: WayIn, before: Readonly<Record<string, string>>) {
  const named = agencyId.safeParse(instansi).data;
  const isFirst = before.agencyId === undefined && before.instansi === undefined;
  return { ...(dari && { dari }), ...(named && isFirst && { agencyId: named, instansi: named }) };
}

/** The agency that a link named. */
export type Named =
  | { is: "none" | "unknown" }
  | { is: "open"; agency: Agency }
  | { is: "closed"; agency: Agency; successor: Agency | undefined };

/** Looks up the agency that a link named. */
export async function namedBy({ directory }: Pick<ReportDesk, "directory">, typed: string): Promise<Named> {
  if (typed === "") return { is: "none" };
  const id = agencyId.safeParse(typed).data;
  const agency = id && (await directory.agency(id));
  if (!agency) return { is: "unknown" };
  if (!agency.closedAt) return { is: "open", agency };
  const successor = await successorOf(directory, agency.id);
  return { is: "closed", agency, successor: successor?.id === agency.id ? undefined : successor };
}

/** The way in without an agency that cannot get the report. */
export const openWay = (way: WayIn, named: Named): WayIn =>
  named.is === "open" ? way : { ...way, instansi: "" };

const words = {
  to: { id: "Untuk", en: "To" },
  later: { id: "dapat diubah nanti", en: "you can change it later" },
  change: { id: "Ubah tujuan", en: "Change the agency" },
  unknown: {
    id: "Instansi pada tautan ini tidak kami kenal. Anda tetap dapat melapor: kami pilihkan instansinya.",
    en: "We do not know the agency of this link. You can report all the same: we choose the agency.",
  },
  closed: { id: "sudah ditutup.", en: "is closed." },
  weChoose: {
    id: "Anda tetap dapat melapor: kami pilihkan instansinya.",
    en: "You can report all the same: we choose the agency.",
  },
  orTo: { id: "Atau lapor ke penggantinya:", en: "Or report to its successor:" },
} as const satisfies Record<string, Text>;

/** Says that the agency of a link cannot get the report, and that the report goes on. */
export function notToBeHad(named: Named, language: Language): Hole {
  if (named.is === "unknown") return html`<div class="notice"><p>${words.unknown[language]}</p></div>`;
  if (named.is !== "closed") return undefined;
  const { agency, successor } = named;
  const address = successor && byWay("/lapor", { dari: "", instansi: successor.id });
  return html`<div class="notice"><p><b>${agency.name}</b> ${words.closed[language]} ${words.weChoose[language]}</p>${address && html`<p>${words.orTo[language]} <a href="${pageIn(language, address)}">${successor.name}</a></p>`}</div>`;
}

/** Says to whom the report goes. `isChosen`: the step that asks for it is behind, and the line leads back there. */
export const toWhom = (name: string, language: Language, isChosen = false): Hole =>
  html`<p class="hint">${words.to[language]}: <b>${name}</b>${isChosen ? html` <a href="${pageIn(language, "/lapor/tujuan")}">${words.change[language]}</a>` : html`, ${words.later[language]}.`}</p>`;
