import * as z from "zod";
import type { CalendarAddressStore } from "../../shared/calendar-feed/address-store.ts";
import { mayEver, type Move } from "../../shared/case/moves/table.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { roleText } from "../../shared/case/views/words.ts";
import type { AccountStore } from "../../shared/directory/account-store.ts";
import { accountTaken } from "../../shared/directory/administration/account-flow.ts";
import { isAtDomain } from "../../shared/directory/administration/mail-domain.ts";
import {
  type AgencyPath,
  deepest,
  idsOf,
  noSuchEntry,
  refuseRole,
  refuseUnlessInCharge,
} from "../../shared/directory/administration/powers.ts";
import type { AnswerTemplateStore } from "../../shared/directory/answer-template-store.ts";
import {
  agency,
  type Officer,
  officer,
  type OfficerRole,
  officerRole,
} from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import {
  afterChange,
  type Change,
  entryEventText,
  type EntryKind,
  type Recorded,
} from "../../shared/directory/entry-history.ts";
import type { EntryStore, Witness } from "../../shared/directory/entry-store.ts";
import type { InvitationStore } from "../../shared/directory/invitation-store.ts";
import type { RequestStore, RequestWrite } from "../../shared/directory/request-store.ts";
import type { OfficerFrame } from "../../shared/http/page/officer.ts";
import { seenVersion } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import type { UndeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import type { Outbox } from "../../shared/platform/message-queue.ts";
import type { PracticeStore } from "../../shared/practice/practice-store.ts";
import { changedSince, Refusal } from "../../shared/refusal.ts";
import { undeliverableView, viewOfUndeliverable } from "../../shared/reporter/undeliverable.ts";

/** The routes of administrators work with this. */
export interface Registry {
  entries: EntryStore;
  directory: Pick<DirectoryStore, "agency" | "agencies" | "officer" | "region" | "whoNamed">;
  cases: Pick<CaseStore, "openCases">;
  /** Keeps the officers' accounts. It is absent where the issuer is somebody else's. */
  accounts: AccountStore | undefined;
  invitations: InvitationStore;
  /** The examples of answers that agencies keep. */
  answerTemplates: AnswerTemplateStore;
  /** Takes messages for the job that hands over the cases of a closed agency. */
  handOvers: Outbox;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  /** Changes that wait for a second person. */
  requests: RequestStore;
  /** The officers whom no mail reaches. */
  undeliverables: Pick<UndeliverableStore, "ofAll">;
  /** Takes the messages about such requests for the job that sends mails. */
  mails: Outbox;
  /** A mailbox of an agency outside these domains needs a second person. */
  mailboxDomains: readonly string[];
  /** The roles that open what is sealed, as the table of moves has them. */
  openingRoles: readonly OfficerRole[];
  /** The addresses of officers' calendars. */
  calendarAddresses: CalendarAddressStore;
  /** Tells who has finished which scenario of practice. */
  practice: Pick<PracticeStore, "of">;
  frame: OfficerFrame;
  now: () => Date;
}

/** The moves that open what is sealed: who reported, and what their files tell of them. */
export const openings = ["open-identity", "open-original"] as const satisfies readonly Move[];

/** The roles that may ever open what is sealed. */
export const openingRoles: readonly OfficerRole[] = officerRole.options.filter((role) =>
  openings.some((move) => mayEver(move, { role, own: true })),
);

export const seen = z.object({ "if-match": seenVersion.optional() });

/** Shows an agency to administrators. When its mailbox was said to be right stands in its history. */
export const agencyView = z.object(agency.shape).omit({ addressFreedAt: true });
/** Shows an officer to administrators, without what belongs to their account. */
export const officerView = z
  .object(officer.shape)
  .omit({ subject: true, sessionsEndedAt: true, addressFreedAt: true });

/** Shows an officer to administrators, with a mark where no mail reaches them or their address is none of a listed domain. */
export const reachedOfficerView = officerView.extend({
  undeliverable: undeliverableView.optional(),
  outsideDomains: z
    .boolean()
    .describe("True if the address is outside the mail domains that are listed for agencies")
    .optional(),
});

/** Officers as administrators see them. A dismissed one is not mailed, so no mark says anything of them. */
export async function viewsOfOfficers(
  { undeliverables, mailboxDomains }: Pick<Registry, "undeliverables" | "mailboxDomains">,
  officers: readonly Officer[],
  language: Language,
): Promise<z.input<typeof reachedOfficerView>[]> {
  const marks = await undeliverables.ofAll(officers);
  return officers.map((one) => {
    const mark = one.dismissedAt ? undefined : marks.get(one.id);
    return {
      ...officerView.parse(one),
      ...(mark && { undeliverable: viewOfUndeliverable(mark, language) }),
      ...(!one.dismissedAt && !isAtDomain(mailboxDomains, one.email) && { outsideDomains: true }),
    };
  });
}

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
export async function overtaken(
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
  { seen, language }: Pick<Storing, "seen" | "language">,
): Promise<void> {
  if (before && seen !== undefined && seen !== before.version)
    throw await overtaken(registry, kind, before.entry.id, seen, language);
}

/** What the contract says of changes that others were faster with, or that contradict the state of the directory. */
export const contradictsEntry =
  "Somebody else changed the entry, or an agency that it rests on, or the state of the directory does not allow the change.";

/** What storing a change needs to know besides the change. */
export interface Storing {
  /** The version that the caller has seen, if they named one. */
  seen?: number | undefined;
  language: Language;
  /** The entries that the change rests on. */
  rests?: readonly Witness[];
  /** The request that opens or ends with the change. */
  with?: RequestWrite;
}

/** The entries that a change rests on, each once, and without the one that changes: its own version is checked anyway. */
const others = (rests: readonly Witness[], { kind, entry }: Change<EntryKind>): Witness[] =>
  [...new Map(rests.map((one) => [`${one.kind}#${one.entry.id}`, one])).values()].filter(
    (one) => one.kind !== kind || one.entry.id !== entry.id,
  );

/**
 * Stores a change over the version that it was decided on. If the caller named the version that they have seen, it has to
 * be that one. Returns the entry as it is then. Without a change there is nothing to store and no conflict.
 */
export async function store<K extends EntryKind>(
  registry: Registry,
  before: Recorded<K> | undefined,
  change: Change<K> | undefined,
  { seen, language, rests = [], with: request }: Storing,
): Promise<Recorded<K>> {
  if (!change) {
    if (!before) throw new Error("There is neither an entry nor a change to store");
    return before;
  }
  const { kind, entry } = change;
  await refuseIfOvertaken(registry, kind, before, { seen, language });
  switch (await registry.entries.record(before, change, others(rests, change), request)) {
    case "recorded":
      return afterChange(change);
    case "overtaken":
      throw await overtaken(registry, kind, entry.id, before?.version ?? 0, language);
    case "subject-taken":
      throw accountTaken();
  }
}
