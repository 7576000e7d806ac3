import * as z from "zod";
import { idsOf } from "../../shared/directory/administration/powers.ts";
import {
  type ChangeRequest,
  changeRequest,
  lapsed,
  mattersInWords,
  mayDecide,
  noSuchRequest,
  requestStateOf,
} from "../../shared/directory/administration/request.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { entryActor, type Recorded } from "../../shared/directory/entry-history.ts";
import type { Language } from "../../shared/language.ts";
import type { AccountNotice } from "../../shared/notification/mail-message.ts";
import { Refusal } from "../../shared/refusal.ts";
import { pathOf, type Registry } from "./registry.ts";

const { id, about, matters, fields, at, until, state, ended } = changeRequest.shape;
const officer = changeRequest.shape.officer.unwrap().omit({ subject: true });

/** A request as whoever asked, and whoever may decide on it, sees it. */
export const requestView = z
  .object({
    id,
    about,
    /** Why it needs a second person. */
    what: matters,
    text: z.string(),
    fields,
    /** What the entry has to be. It is there while the request is open. */
    wanted: z.union([officer, changeRequest.shape.agency.unwrap()]).nullable(),
    askedBy: entryActor,
    askedAt: at,
    expiresAt: until,
    state,
    ended: ended.unwrap().nullable(),
    /** Whether the reader made it. */
    own: z.boolean(),
  })
  .meta({ id: "ChangeRequest" });

/** What a request is about, to its reader. */
export function viewOfRequest(
  request: ChangeRequest,
  who: Officer,
  { at, language }: { at: Date; language: Language },
): z.output<typeof requestView> {
  const state = requestStateOf(request, at);
  const { subject: _, ...officer } = request.officer ?? { subject: "" };
  const wanted = request.officer ? (officer as typeof request.officer) : request.agency;
  return {
    id: request.id,
    about: request.about,
    what: request.matters,
    text: mattersInWords(request, language),
    fields: request.fields,
    wanted: state === "open" ? (wanted ?? null) : null,
    askedBy: request.by,
    askedAt: request.at,
    expiresAt: request.until,
    state,
    ended: request.ended ?? null,
    own: request.by.officerId === who.id,
  };
}

/** Has whoever is concerned told of a request. A message that comes twice is mailed once. */
export async function tell(
  { mails }: Pick<Registry, "mails">,
  { id }: ChangeRequest,
  what: "asked" | "confirmed" | "refused" | "withdrawn",
): Promise<void> {
  if ((await mails.send([{ kind: "request-notice", request: id, what }])).length === 0) return;
  throw new Refusal("unavailable", {
    id: "Permohonan sudah tersimpan, tetapi pemberitahuannya belum terkirim. Kirim lagi permintaan yang sama.",
    en: "The request is stored, but nobody has been told of it. Send the same request again.",
  });
}

/** Has an officer told of what became of their account. A message that comes twice is mailed once. */
export async function tellOfficer(
  { mails }: Pick<Registry, "mails">,
  { entry, version }: Recorded<"officer">,
  what: AccountNotice["what"],
): Promise<void> {
  const message = { kind: "account-notice", officer: entry.id, version, what } as const;
  if ((await mails.send([message])).length === 0) return;
  throw new Refusal("unavailable", {
    id: "Perubahan sudah tersimpan, tetapi petugasnya belum diberi tahu. Kirim lagi permintaan yang sama.",
    en: "The change is stored, but the officer has not been told. Send the same request again.",
  });
}

/** Forgets what an expired request wanted, as soon as anybody meets it. */
export async function withoutExpired(
  { requests, now }: Pick<Registry, "requests" | "now">,
  request: ChangeRequest,
): Promise<ChangeRequest> {
  if (request.state !== "open" || requestStateOf(request, now()) !== "expired") return request;
  const after = lapsed(request);
  await requests.write({ ends: after });
  return after;
}

export const isAsker = ({ by }: ChangeRequest, who: Officer): boolean => by.officerId === who.id;

/** Tells whether an officer may decide on a request now. */
export async function decides(
  registry: Pick<Registry, "entries">,
  request: ChangeRequest,
  who: Officer,
): Promise<boolean> {
  const paths = await Promise.all(request.agencies.map((one) => pathOf(registry, one)));
  return mayDecide(request, who, paths.map(idsOf));
}

/** Finds a request that this officer made or may decide on. */
export async function visibleRequest(
  registry: Registry,
  requestId: string,
  who: Officer,
): Promise<{ request: ChangeRequest; mayDecide: boolean }> {
  const found = await registry.requests.find(requestId);
  if (!found) throw noSuchRequest();
  const mayDecide = await decides(registry, found, who);
  if (!mayDecide && !isAsker(found, who)) throw noSuchRequest();
  return { request: await withoutExpired(registry, found), mayDecide };
}
