import * as z from "zod";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { roleText } from "../../shared/case/views/words.ts";
import type { AccountStore } from "../../shared/directory/account-store.ts";
import {
  type AgencyPath,
  deepest,
  idsOf,
  noSuchEntry,
  refuseRole,
  refuseUnlessInCharge,
} from "../../shared/directory/administration/powers.ts";
import { agency, type Officer, officer } from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import {
  afterChange,
  type Change,
  entryEventText,
  type EntryKind,
  type Recorded,
} from "../../shared/directory/entry-history.ts";
import type { EntryStore, Witness } from "../../shared/directory/entry-store.ts";
import { seenVersion } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import type { Outbox } from "../../shared/platform/message-queue.ts";
import { changedSince, Refusal } from "../../shared/refusal.ts";

/** The routes of administrators work with this. */
export interface Registry {
  entries: EntryStore;
  directory: Pick<DirectoryStore, "region">;
  cases: Pick<CaseStore, "openCases">;
  /** Keeps the officers' accounts. It is absent where the issuer is somebody else's. */
  accounts: AccountStore | undefined;
  /** Takes messages for the job that hands over the cases of a closed agency. */
  handOvers: Outbox;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  now: () => Date;
}

export const seen = z.object({ "if-match": seenVersion.optional() });

export const agencyView = z.object(agency.shape);
/** Shows an officer to administrators, without the subject of their account. */
export const officerView = z.object(officer.shape).omit({ subject: true });

/** Reads an agency and all above it as they are recorded now. The path is empty if there is no such agency. */
export async function pathOf({ entries }: Pick<Registry, "entries">, id: string | null): Promise<AgencyPath> {
  const path: Recorded<"agency">[] = [];
  for (let at = id; at !== null && path.length <= deepest;) {
    const found = await entries.find("agency", at);
    if (!found) break;
    path.push(found);
    at = found.entry.parent;
  }
  return path;
}

export const witnesses = (path: AgencyPath): Witness[] => path.map((found) => ({ kind: "agency", ...found }));

/** Finds an entry that this administrator may read, with the path of the agency that it is or works for. */
export async function readable<K extends EntryKind>(
  registry: Registry,
  kind: K,
  id: string,
  who: Officer,
): Promise<{ found: Recorded<K>; path: AgencyPath }> {
  refuseRole("read", who);
  const found = await registry.entries.find(kind, id);
  if (!found) throw noSuchEntry();
  const { entry } = found;
  const path = await pathOf(registry, "agencyId" in entry ? entry.agencyId : entry.id);
  refuseUnlessInCharge("read", who, idsOf(path));
  return { found, path };
}

/** Finds another national administrator. A national administrator may leave only while there is one. */
export async function otherNationalAdmin(
  { entries }: Registry,
  before: Recorded<"officer"> | undefined,
): Promise<Recorded<"officer"> | undefined> {
  if (before?.entry.role !== "national-admin") return undefined;
  return (await entries.nationalAdmins()).find(({ entry }) => entry.id !== before.entry.id);
}

/** Tells the caller which changes overtook theirs. */
async function overtaken(
  { entries }: Registry,
  kind: EntryKind,
  id: string,
  since: number,
  language: Language,
): Promise<Refusal> {
  const events = (await entries.history(kind, id)).filter(({ sequence }) => sequence > since);
  const sentence = (of: Language) =>
    events.map((event) => `${entryEventText(event)[of]} (${roleText[event.by.role][of]})`).join("; ");
  const changes = events.map((event) => ({
    type: event.type,
    text: entryEventText(event)[language],
    at: event.at,
    by: event.by.role,
    fields: event.changes.map(({ field }) => field),
  }));
  const text =
    events.length > 0
      ? {
          id: `Sementara itu data ini berubah: ${sentence("id")}. Buka lagi, lalu putuskan kembali.`,
          en: `This entry has changed in the meantime: ${sentence("en")}. Open it again, then decide anew.`,
        }
      : {
          id: "Sementara itu instansi terkait berubah. Buka lagi, lalu putuskan kembali.",
          en: "An agency that this rests on has changed in the meantime. Open it again, then decide anew.",
        };
  return new Refusal("conflict", text, { more: changedSince({ changes }) });
}

/** Refuses a caller who has seen an older version of the entry. */
export async function refuseIfOvertaken<K extends EntryKind>(
  registry: Registry,
  kind: K,
  before: Recorded<K> | undefined,
  { seen, language }: { seen: number | undefined; language: Language },
): Promise<void> {
  if (before && seen !== undefined && seen !== before.version)
    throw await overtaken(registry, kind, before.entry.id, seen, language);
}

/**
 * Stores a change over the version that it was decided on. If the caller named the version that they have seen, it has to
 * be that one. Returns the entry as it is then. Without a change there is nothing to store and no conflict.
 */
export async function store<K extends EntryKind>(
  registry: Registry,
  before: Recorded<K> | undefined,
  change: Change<K> | undefined,
  { seen, language, rests = [] }: { seen?: number | undefined; language: Language; rests?: Witness[] },
): Promise<Recorded<K>> {
  if (!change) {
    if (!before) throw new Error("There is neither an entry nor a change to store");
    return before;
  }
  const { kind, entry } = change;
  await refuseIfOvertaken(registry, kind, before, { seen, language });
  switch (await registry.entries.record(before, change, rests)) {
    case "recorded":
      return afterChange(change);
    case "overtaken":
      throw await overtaken(registry, kind, entry.id, before?.version ?? 0, language);
    case "subject-taken":
      throw new Refusal("conflict", {
        id: "Akun ini sudah dipakai petugas lain. Pakai alamat e-mail lain, atau ubah petugas yang sudah ada.",
        en: "This account belongs to another officer. Use another e-mail address, or change the officer who is there.",
      });
  }
}
