import * as z from "zod";
import { canonicalHash, chainFlaws, type Flaw, type Head, nextAfter } from "../chain.ts";
import type { Language, Text } from "../language.ts";
import { orElse, unknownFieldsOf, withValuesAsStored } from "../stored.ts";
import { agencyId } from "../text/id.ts";
import { type Agency, agency, type Officer, officer, officerRole } from "./directory.ts";

/** These entries record their changes. */
export interface Entries {
  agency: Agency;
  officer: Officer;
}
export type EntryKind = keyof Entries;
const schemas: Record<EntryKind, z.ZodObject> = { agency, officer };

export const entryEventTypes = [
  "created",
  "changed",
  "closed",
  "invited",
  "dismissed",
  "asked",
  "refused",
  "withdrawn",
  "authenticator-reset",
] as const;
export type EntryEventType = (typeof entryEventTypes)[number];
/** Events of a request that needs a second person, and of an account. They leave what the entry tells as it is. */
export const entryNotes: readonly EntryEventType[] = ["asked", "refused", "withdrawn", "authenticator-reset"];

const value = z.string().nullable().optional();

export const entryActor = z.strictObject({
  /** "system" means that an operator loaded a file. */
  role: z.enum([...officerRole.options, "system"]),
  agencyId: agencyId.optional(),
  officerId: z.string().optional(),
});

/**
 * An event of an agency or an officer. It tells that an officer's name or e-mail address has changed, but holds neither.
 */
export const entryEvent = z.strictObject({
  kind: z.enum(["agency", "officer"]),
  id: z.string(),
  /** Counts 1, 2, 3 ... without gaps. It is the version of the entry that the event made. */
  sequence: z.int().positive(),
  type: orElse(z.enum(entryEventTypes), "changed"),
  at: z.iso.datetime(),
  by: entryActor,
  changes: z.array(z.strictObject({ field: z.string(), from: value, to: value })),
  reason: z.string().optional(),
  /** The request that the event is about. If it made a change, `askedBy` asked for the change and `by` confirmed it. */
  request: z.strictObject({ id: z.string(), askedBy: entryActor.optional() }).optional(),
  /**
   * The officer came to an account that was there already, of these officers. They are posts of one person, for ever: an
   * account never goes to somebody else.
   */
  sharesWith: z.array(z.string()).optional(),
  previousHash: z.string().nullable(),
  hash: z.string(),
});
export type EntryEvent = z.infer<typeof entryEvent>;

/** An entry as it is stored. Its version is the sequence of its last event. */
export interface Recorded<K extends EntryKind> {
  entry: Entries[K];
  version: number;
  /** The hash of the last event. An entry from before there were histories has none. */
  lastHash: string | undefined;
  /** What newer code stored beside the entry. */
  besides?: Readonly<Record<string, unknown>>;
}

/** An entry after a change, and the event that tells of the change. */
export interface Change<K extends EntryKind> {
  kind: K;
  entry: Entries[K];
  event: EntryEvent;
}

/** Says who makes a change, when, and why if a reason has to be given. */
export interface EntryAct {
  type: EntryEventType;
  by: EntryEvent["by"];
  at: Date;
  reason?: string | undefined;
  request?: EntryEvent["request"];
  sharesWith?: readonly string[];
}

const personal: Record<EntryKind, readonly string[]> = {
  agency: [],
  officer: ["name", "email", "subject"],
};

/**
 * Lists the fields in which two versions of an entry differ. It tells the old and the new value unless the field is
 * personal.
 */
function changesBetween<K extends EntryKind>(kind: K, before: Entries[K] | undefined, after: Entries[K]) {
  const [from, to] = [before ?? {}, after] as Record<string, string | null | undefined>[];
  return [...new Set([...Object.keys(from ?? {}), ...Object.keys(after)])]
    .filter((field) => field !== "id" && from?.[field] !== to?.[field])
    .map((field) =>
      personal[kind].includes(field) ? { field } : { field, from: from?.[field], to: to?.[field] },
    );
}

const eventHash = (event: EntryEvent): string => {
  const { hash: _, ...told } = withValuesAsStored(entryEvent, event);
  return canonicalHash(told);
};

/** Builds the change that makes an entry what it has to be. Returns undefined if it is so already. */
export function changed<K extends EntryKind>(
  kind: K,
  before: Recorded<K> | undefined,
  wanted: Entries[K],
  act: EntryAct,
): Change<K> | undefined {
  // Whoever wants it so does not know what newer code stored of it.
  const after: Entries[K] = { ...unknownFieldsOf(schemas[kind], before?.entry), ...wanted };
  const changes = changesBetween(kind, before?.entry, after);
  if (before && changes.length === 0) return undefined;
  return linked(kind, before, after, changes, act);
}

/** Builds an event that leaves the entry as it is. It names the fields that somebody wants to change, and no values. */
export const noted = <K extends EntryKind>(
  kind: K,
  before: Recorded<K>,
  fields: readonly string[],
  act: EntryAct,
): Change<K> =>
  linked(
    kind,
    before,
    before.entry,
    fields.map((field) => ({ field })),
    act,
  );

/** Lists the fields that would differ. */
export const fieldsBetween = <K extends EntryKind>(
  kind: K,
  before: Entries[K] | undefined,
  after: Entries[K],
): string[] => changesBetween(kind, before, after).map(({ field }) => field);

function linked<K extends EntryKind>(
  kind: K,
  before: Recorded<K> | undefined,
  after: Entries[K],
  changes: EntryEvent["changes"],
  { type, by, at, reason, request, sharesWith }: EntryAct,
): Change<K> {
  const head =
    before?.lastHash === undefined ? undefined : { sequence: before.version, hash: before.lastHash };
  const unsigned: EntryEvent = {
    kind,
    id: after.id,
    ...nextAfter(head),
    type,
    at: at.toISOString(),
    by,
    changes,
    ...(reason !== undefined && { reason }),
    ...(request !== undefined && { request }),
    ...(sharesWith !== undefined && { sharesWith: [...sharesWith] }),
    hash: "",
  };
  return { kind, entry: after, event: { ...unsigned, hash: eventHash(unsigned) } };
}

/** Gives the entry as it is once the change is stored. */
export const afterChange = <K extends EntryKind>({ entry, event }: Change<K>): Recorded<K> => ({
  entry,
  version: event.sequence,
  lastHash: event.hash,
});

/**
 * Finds everything wrong with the history of an entry. `heads` are events that were recorded elsewhere: in the entry
 * itself, and in the daily copies.
 */
export const entryFlaws = (
  kind: EntryKind,
  id: string,
  events: readonly EntryEvent[],
  heads: readonly Head[],
): Flaw[] =>
  chainFlaws(events, heads, {
    name: "entry",
    has: (event) => event.kind === kind && event.id === id,
    hash: eventHash,
  });

/**
 * One line of a daily copy: an agency or officer, and the hash of its newest event. The entry's id is hashed, because ids
 * may be names and nobody can remove a line.
 */
export const entryAnchor = z.strictObject({
  /** `entryName` makes this. */
  entry: z.string(),
  sequence: z.int().positive(),
  hash: z.string(),
});
export const entryName = (kind: EntryKind, id: string): string => canonicalHash({ kind, id });
export type EntryAnchor = z.infer<typeof entryAnchor>;

const typeText: Record<EntryEventType, Text> = {
  created: { id: "Dibuat", en: "Created" },
  changed: { id: "Diubah", en: "Changed" },
  closed: { id: "Ditutup", en: "Closed" },
  invited: { id: "Didaftarkan", en: "Invited" },
  dismissed: { id: "Diberhentikan", en: "Dismissed" },
  asked: { id: "Dimohonkan, menunggu persetujuan orang kedua", en: "Asked for, waits for a second person" },
  refused: { id: "Permohonan ditolak", en: "Request refused" },
  withdrawn: { id: "Permohonan ditarik kembali", en: "Request withdrawn" },
  "authenticator-reset": { id: "Autentikator diatur ulang", en: "Authenticator reset" },
};

/** Stands behind a change that two people wanted. */
const byTwoPeople: Text = { id: " (disetujui dua orang)", en: " (agreed by two people)" };
const withKnownAccount: Text = {
  id: " dengan akun yang sudah ada",
  en: " with an account that was there already",
};

const fieldText: Record<string, Text> = {
  name: { id: "nama", en: "name" },
  type: { id: "jenis", en: "type" },
  duty: { id: "tugas", en: "duty" },
  parent: { id: "instansi induk", en: "agency above" },
  regionCode: { id: "wilayah", en: "region" },
  timeZone: { id: "zona waktu", en: "time zone" },
  alertEmail: { id: "kotak email", en: "mailbox" },
  email: { id: "alamat email", en: "email address" },
  role: { id: "peran", en: "role" },
  agencyId: { id: "instansi", en: "agency" },
  subject: { id: "akun", en: "account" },
  mails: { id: "pilihan email", en: "choice of emails" },
  addressFreedAt: { id: "alamat email dinyatakan sudah benar", en: "email address said to be right" },
  deputyId: { id: "wakil", en: "deputy" },
  absentFrom: { id: "mulai tidak di tempat", en: "away from" },
  absentUntil: { id: "tidak di tempat sampai", en: "away until" },
};

/** What a field of an entry is called. Its own name where it has no other. */
export const entryFieldText = (field: string): Text => fieldText[field] ?? { id: field, en: field };

/** Words an event for people: "Diubah: nama, instansi induk". */
export function entryEventText({
  type,
  changes,
  request,
  sharesWith,
}: Pick<EntryEvent, "type" | "changes" | "request" | "sharesWith">): Text {
  const fields = changes.flatMap(({ field }) => fieldText[field] ?? []);
  const named = (type === "changed" || type === "asked") && fields.length > 0;
  const inWords = (of: Language) =>
    `${typeText[type][of]}${sharesWith ? withKnownAccount[of] : ""}${named ? `: ${fields.map((field) => field[of]).join(", ")}` : ""}${request?.askedBy ? byTwoPeople[of] : ""}`;
  return { id: inWords("id"), en: inWords("en") };
}
