import * as z from "zod";
import { canonicalHash } from "../../chain.ts";
import type { Language, Text } from "../../language.ts";
import { Refusal } from "../../refusal.ts";
import { agencyId } from "../../text/id.ts";
import { written } from "../../text/writing.ts";
import { type Officer, officerRole } from "../directory.ts";
import { entryActor, type EntryEvent, type EntryKind } from "../entry-history.ts";
import { standsInForOther } from "./absence.ts";
import { agencyEntry } from "./agency.ts";
import { officerEntry } from "./officer.ts";
import { actorOf, inExtent, mayAnywhere, type Power, rolesInCharge } from "./powers.ts";
import { matters, matterText } from "./two-people.ts";

const daysOpen = 7;
const dayMs = 24 * 60 * 60 * 1000;
/** So often something is asked for at one entry within a day. Each time everybody in charge above is mailed. */
const asksADay = 10;

/** Refuses to ask where that was done very often at the same entry within a day. Ending a request is never held up. */
export function refuseAskingOften(events: readonly EntryEvent[], at: Date): void {
  const eldest = events.filter(({ type }) => type === "asked").at(-asksADay);
  const waits = eldest ? Date.parse(eldest.at) + dayMs - at.getTime() : 0;
  if (waits <= 0) return;
  throw new Refusal(
    "too-many-requests",
    {
      id: "Untuk data ini sudah terlalu banyak permohonan dalam sehari, dan setiap kali ada yang menerima email. Permohonan ini belum tersimpan; coba lagi sesudah waktu pada Retry-After (dalam detik).",
      en: "Too much was asked for at this entry within a day, and each time people get emails. This has not been stored; try again after the time in Retry-After (in seconds).",
    },
    { headers: { "retry-after": String(Math.ceil(waits / 1000)) } },
  );
}
/** An ended request says for so long how it ended. A second click gets the same answer until then. */
const daysKept = 30;
const day = 24 * 60 * 60 * 1000;

/** A change of an agency or officer that one administrator asked for and that waits for a second one. */
export const changeRequest = z.strictObject({
  id: z.uuid(),
  about: z.strictObject({ kind: z.enum(["agency", "officer"]), id: z.string() }),
  /** The request counts only for this version of the entry. 0 stands for an entry that is not there yet. */
  version: z.int().nonnegative(),
  matters: z.array(z.enum(matters)).min(1),
  /** Whoever decides has to be in charge of all these agencies and roles. */
  agencies: z.array(agencyId),
  roles: z.array(officerRole),
  /** The fields that the change touches. */
  fields: z.array(z.string()),
  by: entryActor,
  at: z.iso.datetime(),
  /** Nobody can confirm it from then on. */
  until: z.iso.datetime(),
  /** What the entry has to be. It is removed when the request ends. */
  officer: officerEntry.optional(),
  agency: agencyEntry.optional(),
  /** The address that the entry had when the request was made. */
  formerAddress: z.email().optional(),
  /** Ids of the officers and mailboxes at the level above, who are told. */
  told: z.array(z.string()),
  state: z.enum(["open", "confirmed", "refused", "withdrawn", "expired"]),
  ended: z.strictObject({ by: entryActor, at: z.iso.datetime(), reason: z.string().optional() }).optional(),
});
export type ChangeRequest = z.infer<typeof changeRequest>;
export type RequestState = ChangeRequest["state"];
/** How people end a request. */
export type Ending = Exclude<RequestState, "open" | "expired">;

/** The body of a refusal or a withdrawal. */
export const requestReason = z.strictObject({ reason: written(2_000) });

/** Opens a request. It ends by itself after seven days. */
export const asks = (
  request: Omit<ChangeRequest, "by" | "at" | "until" | "state" | "ended">,
  who: Officer,
  at: Date,
): ChangeRequest => ({
  ...request,
  by: actorOf(who),
  at: at.toISOString(),
  until: new Date(at.getTime() + daysOpen * day).toISOString(),
  state: "open",
});

/** Ends a request. Nothing of what was wanted stays. */
export function endedAs(
  { officer: _, agency: _a, ...request }: ChangeRequest,
  state: Ending,
  who: Officer,
  { at, reason }: { at: Date; reason?: string | undefined },
): ChangeRequest {
  return {
    ...request,
    state,
    ended: { by: actorOf(who), at: at.toISOString(), ...(reason !== undefined && { reason }) },
  };
}

/** Where a request stands. The time decides whether it has expired, not the table that forgets it later. */
export const requestStateOf = ({ state, until }: ChangeRequest, at: Date): RequestState =>
  state === "open" && Date.parse(until) <= at.getTime() ? "expired" : state;

/** An expired request without what was wanted. */
export const lapsed = ({ officer: _, agency: _a, ...request }: ChangeRequest): ChangeRequest => ({
  ...request,
  state: "expired",
});

/** The second from which the table may forget the request. */
export const forgetAt = ({ until, ended }: ChangeRequest): number =>
  Math.floor((ended ? Date.parse(ended.at) + daysKept * day : Date.parse(until)) / 1000);

/** Tells whether somebody sends the request again that is open already. */
export const isSameRequest = (
  open: ChangeRequest,
  who: Officer,
  wanted: Pick<ChangeRequest, "officer" | "agency">,
): boolean =>
  open.by.officerId === who.id &&
  canonicalHash(open.officer ?? open.agency) === canonicalHash(wanted.officer ?? wanted.agency);

/**
 * Tells whether an officer may decide on a request. `paths` lead from the agencies that it concerns to the top. A request
 * that concerns the place above all agencies has none.
 */
export function mayDecide(
  { about, roles }: Pick<ChangeRequest, "about" | "roles">,
  who: Officer,
  paths: readonly (readonly string[])[],
): boolean {
  const power: Power = about.kind === "agency" ? "change-agency" : "change-officer";
  const inCharge = rolesInCharge[who.role] ?? [];
  if (!roles.every((role) => inCharge.includes(role))) return false;
  return paths.length === 0 ? mayAnywhere(power, who) : paths.every((path) => inExtent(power, who, path));
}

/** What a request is about, for people: "penunjukan ..., alamat ...". */
export const mattersInWords = (request: Pick<ChangeRequest, "matters">, of: Language): string =>
  request.matters.map((matter) => matterText[matter][of]).join("; ");

/** Answers the same for an unknown id and for a request that is not the caller's to see. */
export const noSuchRequest = (): Refusal =>
  new Refusal("not-found", {
    id: "Tidak ada permohonan dengan nomor ini yang Anda ajukan atau dapat Anda putuskan.",
    en: "There is no request with this id that you made or may decide on.",
  });

const endings: Record<Exclude<RequestState, "open">, Text> = {
  confirmed: {
    id: "Permohonan ini sudah disetujui dan dilaksanakan.",
    en: "This request has been confirmed and carried out.",
  },
  refused: {
    id: "Permohonan ini sudah ditolak, jadi tidak ada yang berubah. Bila masih perlu, ajukan permohonan baru.",
    en: "This request has been refused, so nothing has changed. If it is still needed, ask anew.",
  },
  withdrawn: {
    id: "Permohonan ini sudah ditarik kembali, jadi tidak ada yang berubah. Bila masih perlu, ajukan permohonan baru.",
    en: "This request has been withdrawn, so nothing has changed. If it is still needed, ask anew.",
  },
  expired: {
    id: "Permohonan ini kedaluwarsa sesudah 7 hari, jadi tidak ada yang berubah. Bila masih perlu, ajukan permohonan baru.",
    en: "This request has expired after 7 days, so nothing has changed. If it is still needed, ask anew.",
  },
};

/** Refuses whoever comes too late: the request has ended or expired. */
export function refuseUnlessOpen(request: ChangeRequest, at: Date): void {
  const state = requestStateOf(request, at);
  if (state !== "open") throw new Refusal("conflict", endings[state]);
}

/** The request cannot be confirmed any more, for a reason that has come up since. */
export const outdated = (why: Text): Refusal =>
  new Refusal("conflict", {
    id: `Permohonan ini tidak dapat disetujui lagi: ${why.id} Tidak ada yang berubah.`,
    en: `This request cannot be confirmed any more: ${why.en} Nothing has changed.`,
  });

const sameAddress = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();

/** Whether two entries are one person: the same entry, account or address. */
const isSamePerson = (a: Pick<Officer, "id" | "subject" | "email">, b: Officer): boolean =>
  a.id === b.id || a.subject === b.subject || sameAddress(a.email, b.email);

const isConcerned = ({ about, officer, formerAddress }: ChangeRequest, who: Officer): boolean =>
  about.kind === "officer" &&
  (about.id === who.id ||
    officer?.subject === who.subject ||
    sameAddress(officer?.email, who.email) ||
    sameAddress(formerAddress, who.email));

/**
 * Refuses a confirmation by somebody who is no second person: who asked, whom it concerns, or whose account may be in the
 * same hands as the asker's. `behind` lists who stands behind their accounts.
 */
export function refuseUnlessSecond(
  request: ChangeRequest,
  who: Officer,
  {
    asker,
    behind,
    posts,
  }: {
    asker: Officer;
    behind: Record<"asker" | "confirmer", ReadonlySet<string>>;
    /** All officers that are, or were, the same person. */
    posts: Record<"concerned" | "confirmer", ReadonlySet<string>>;
  },
): void {
  if (isSamePerson(asker, who))
    throw new Refusal("forbidden", {
      id: "Anda sendiri yang mengajukan permohonan ini. Orang lain yang berwenang harus menyetujuinya.",
      en: "You made this request yourself. Somebody else in charge has to confirm it.",
    });
  if (isConcerned(request, who) || [...posts.concerned].some((one) => posts.confirmer.has(one)))
    throw new Refusal("forbidden", {
      id: "Permohonan ini menyangkut diri Anda. Orang lain yang berwenang harus menyetujuinya.",
      en: "This request is about yourself. Somebody else in charge has to confirm it.",
    });
  if (standsInForOther(asker, who, request.at.slice(0, 10)))
    throw new Refusal("forbidden", {
      id: "Anda dan yang mengajukan saling mewakili, jadi dihitung sebagai satu orang. Orang lain yang berwenang harus menyetujuinya.",
      en: "You or the one who asked stands in for the other, so you count as one. Somebody else in charge has to confirm it.",
    });
  if ([...behind.asker].some((one) => behind.confirmer.has(one)))
    throw new Refusal("forbidden", {
      id: "Akun Anda dan akun yang mengajukan berasal dari orang yang sama, jadi dihitung sebagai satu orang. Mintalah admin di tingkat atas atau admin nasional lain menyetujuinya.",
      en: "Your account and the one that asked go back to the same person, so they count as one. Ask an administrator of the level above or another national administrator to confirm it.",
    });
}

/** One request waits at an entry at a time. */
export const anotherWaits = ({ id, about }: { id: string; about: { kind: EntryKind } }): Refusal => {
  const what = about.kind === "agency" ? { id: "instansi", en: "agency" } : { id: "petugas", en: "officer" };
  return new Refusal("conflict", {
    id: `Permohonan lain tentang ${what.id} ini masih menunggu (nomor ${id}). Putuskan atau tarik dulu permohonan itu.`,
    en: `Another request about this ${what.en} is waiting (number ${id}). Decide on it or withdraw it first.`,
  });
};
