import * as z from "zod";
import type { Route } from "../../../shared/http/endpoint.ts";
import type { Parsed } from "../../../shared/http/input.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { officerFormAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { type PathAndQuery, seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { doneNotice } from "../../../shared/page/administration/done.ts";
import type { namedInHistory } from "../../../shared/page/administration/history.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { errorSummary, hidden, sendButton, type Told, wrongFields } from "../../../shared/page/parts/form.ts";
import { waits } from "../ask-second-person.ts";
import type { AskedRoutes } from "../asked-routes.ts";
import type { Registry } from "../registry.ts";

/** What the pages of administrators work with: the declared routes that they ask, and what these routes work with. */
export interface Room {
  registry: Registry;
  asked: AskedRoutes;
}

const words = {
  meanwhile: { id: "Yang berubah sementara itu", en: "What changed meanwhile" },
  kept: {
    id: "Yang Anda tulis masih ada di bawah dan belum tersimpan. Kirim lagi bila masih perlu.",
    en: "What you wrote is still below and is not stored. Send it again if you still want to.",
  },
} as const satisfies Record<string, Text>;

/** The names in the address of a page that no page of this room reads itself. */
export const doneQuery = { sudah: z.string().max(40).optional() };

interface ShownPage {
  /** It names no case and no person. */
  title: Text;
  main: Hole;
  /** The query of the page that belongs to its address in the other language too. */
  query?: Readonly<Record<string, string | undefined>>;
  back?: { address: string; label: string };
  tried?: Tried | undefined;
  narrow?: boolean;
}

/** An address with those parts of its query that say something. */
export function withQuery(address: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const said = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "",
  );
  return said.length > 0 ? `${address}?${new URLSearchParams(said)}` : address;
}

/** A page of this room, with what was done before at its top. */
export function shown(
  { registry }: Pick<Room, "registry">,
  visit: OfficerVisit,
  { title, main, query, back, tried, narrow = false }: ShownPage,
): Reply {
  const { language, posts } = visit;
  return page(
    deskPage({ language, address: withQuery(visit.address, query), posts }, registry.frame.files, {
      title: title[language],
      summary: errorSummary(tried?.problem, language),
      narrow,
      main: html`${back && html`<p><a class="back" href="${pageIn(language, back.address)}">${back.label}</a></p>`}${doneNotice(visit.query.sudah, language)}${main}`,
    }),
  );
}

/** What agencies are called, by their ids. One that is not known keeps its id. */
export const namesOf = async (
  { registry }: Pick<Room, "registry">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    await Promise.all(
      ids.map(async (id) => [id, (await registry.directory.agency(id))?.name ?? id] as const),
    ),
  );

/** What everything is called that the history of an entry names. What is not known keeps its id. */
export async function namesInHistory(
  room: Pick<Room, "registry">,
  { agencies, regions, officers }: ReturnType<typeof namedInHistory>,
): Promise<ReadonlyMap<string, string>> {
  const { directory } = room.registry;
  const [named, placed, people] = await Promise.all([
    namesOf(room, agencies),
    Promise.all(regions.map(async (code) => [code, (await directory.region(code))?.name ?? code] as const)),
    Promise.all(officers.map(async (id) => [id, (await directory.officer(id))?.name ?? id] as const)),
  ]);
  return new Map([...people, ...placed, ...named]);
}

/** The version of the entry that a form was made from, for `If-Match`. */
export const seenIn = (values: FormValues): { "if-match"?: string } => {
  const version = valueOf(values, "versi");
  return /^\d{1,9}$/.test(version) ? { "if-match": `"${version}"` } : {};
};

/** The version that an answer names. */
export const versionOf = ({ headers = {} }: Reply): number =>
  Number(/\d+/.exec(headers.etag ?? "")?.[0] ?? 0);

/** Leads on, with a word for what was done. */
export const leadOn = ({ language }: OfficerVisit, address: string, word: string): Reply =>
  seeOther(withQuery(address, { sudah: word }), language);

/** Leads on after a change: to what was changed, or to the request that waits for a second person. */
export function afterChange(reply: Reply, visit: OfficerVisit, address: string, word: string): Reply {
  const waiting = reply.status === 202 ? waits.parse(reply.body) : undefined;
  return waiting
    ? leadOn(visit, `/petugas/kelola/permintaan/${waiting.request.id}`, "diajukan")
    : leadOn(visit, address, word);
}

const changesTold = z.looseObject({
  changes: z.array(z.looseObject({ text: z.string(), fields: z.array(z.string()).optional() })),
});

/** What others changed meanwhile, each field with what it holds now. */
function meanwhile(
  tried: Tried | undefined,
  now: (field: string) => string | undefined,
  language: Language,
): Hole {
  const told = changesTold.safeParse(tried?.problem);
  if (!told.success) return undefined;
  return html`<div class="notice"><h2>${words.meanwhile[language]}</h2><ul>${told.data.changes.map(
    ({ text, fields = [] }) =>
      html`<li>${text}${fields.map((field) => {
        const value = now(field);
        return value !== undefined && html`<br><small>→ ${value}</small>`;
      })}</li>`,
  )}</ul><p>${words.kept[language]}</p></div>`;
}

/** What a form of this room is made with. */
export interface Making<S, I extends PathAndQuery = PathAndQuery> {
  state: S;
  told: Told;
  language: Language;
  visit: OfficerVisit;
  request: Parsed<I>;
}

/** A page with one form: what it changes, what follows, and the fields. */
export interface RoomForm<I extends PathAndQuery, S> {
  at: string;
  input: I;
  /** What the form is made from. */
  load(request: Parsed<I>, visit: OfficerVisit): Promise<S & { version?: number }>;
  title: Text;
  heading(state: S, language: Language): string;
  back(state: S, language: Language): { address: string; label: string };
  filled?(state: S): Readonly<Record<string, string>>;
  /** The query that the form is sent with, because it chooses what the form shows. */
  query?(request: Parsed<I>): Readonly<Record<string, string | undefined>>;
  /** What stands above the form, and may be a form of its own. */
  intro?(made: Making<S, I>): Hole;
  inputs(made: Making<S, I>): Hole;
  consequence?(made: Making<S, I>): Hole;
  button: Text;
  kind?: "" | "second" | "leave";
  /** Why there is nothing to send now. Then there is no form. */
  notNow?(state: S, visit: OfficerVisit): Text | undefined;
  send(request: Parsed<I>, visit: OfficerVisit, values: FormValues): Promise<Reply>;
}

/** Declares a page with one form. */
export const roomForm = <I extends PathAndQuery, S>(room: Room, form: RoomForm<I, S>): Route[] =>
  officerFormAt<I>(room.registry.frame, form.at, {
    input: form.input,
    async show(request, visit, tried) {
      const { language } = visit;
      const state = await form.load(request, visit);
      const filled = form.filled?.(state) ?? {};
      const told: Told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? filled };
      const made = { state, told, language, visit, request };
      const query = form.query?.(request) ?? {};
      const notNow = form.notNow?.(state, visit);
      return shown(room, visit, {
        title: form.title,
        query,
        back: form.back(state, language),
        tried,
        narrow: true,
        main: html`<h1>${form.heading(state, language)}</h1>
${meanwhile(tried, (field) => filled[field], language)}${
          notNow
            ? html`<p class="notice">${notNow[language]}</p>`
            : html`${form.intro?.(made)}
<form method="post" action="${pageIn(language, withQuery(visit.address, query))}">${state.version !== undefined && hidden("versi", String(state.version))}${form.inputs(made)}${form.consequence?.(made)}${sendButton(form.button[language], form.kind)}</form>`
        }`,
      });
    },
    send: (request, visit, values) => form.send(request, visit, values),
  });
