import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { itemsOf, transact, type TransactionItem } from "../platform/dynamo.ts";
import { readableOf, readStored } from "../platform/read-stored.ts";
import { asItem, tryStored, withValuesAsStored } from "../stored.ts";
import {
  type Agency,
  agency,
  type Officer,
  officer,
  type UnreadableOfficer,
  unreadableOfficer,
} from "./directory.ts";
import {
  type Change,
  type Entries,
  type EntryAnchor,
  entryAnchor,
  type EntryEvent,
  entryEvent,
  type EntryKind,
  entryName,
  type Recorded,
} from "./entry-history.ts";
import { requestItems, type RequestWrite } from "./request-store.ts";

const schemas: { [K in EntryKind]: z.ZodType<Entries[K]> } = { agency, officer };

/** An entry that a change rests on. The change is stored only if this entry is still on this version. */
export type Witness = { kind: EntryKind } & Pick<Recorded<EntryKind>, "entry" | "version">;

export type RecordOutcome =
  | "recorded"
  /** The entry, or one that the change rests on, has changed in the meantime. */
  | "overtaken"
  /** Another officer has this account, and the change does not say that they are one person. */
  | "subject-taken";

/**
 * Reads and writes agencies and officers for whoever changes them. It never answers from memory, and knows versions and
 * histories.
 */
export interface EntryStore {
  find<K extends EntryKind>(kind: K, id: string): Promise<Recorded<K> | undefined>;
  /**
   * Stores the entry and the event of a change, or neither. It writes only over the version that the change was decided
   * on. A request that the change opens or ends is stored with it, or nothing is.
   */
  record<K extends EntryKind>(
    before: Recorded<K> | undefined,
    change: Change<K>,
    witnesses?: readonly Witness[],
    request?: RequestWrite,
  ): Promise<RecordOutcome>;
  history(kind: EntryKind, id: string): Promise<EntryEvent[]>;
  /** Lists all officers who ever had an account, as they are now. They are posts of one person. */
  holdersOf(subject: string): Promise<Recorded<"officer">[]>;
  /** Lists all entries right under an agency, closed and dismissed ones too. */
  under<K extends EntryKind>(kind: K, agencyId: string): Promise<Entries[K][]>;
  /** Lists the officers of an agency whom `under` leaves out, because newer code wrote what this code does not know. */
  unreadableOfficers(agencyId: string): Promise<UnreadableOfficer[]>;
  /** Reads the newest event of every agency and officer, a portion at a time. */
  heads(): AsyncIterable<EntryAnchor[]>;
  /** Lists all national administrators who have not been dismissed. */
  nationalAdmins(): Promise<Recorded<"officer">[]>;
}

/** The indexes find an agency or officer by these attributes. */
const indexed = (entry: Agency | Officer) =>
  "subject" in entry
    ? { under: entry.agencyId, subject: entry.subject }
    : { under: entry.parent ?? undefined, servedRegion: entry.regionCode };

/** The officers who named an officer as their deputy stand under this. */
export const deputyPk = (deputyId: string) => `deputy#${deputyId}`;
/** The table forgets who named a deputy so many seconds after the last date. By then it is past in every time zone. */
const rememberedAfterwards = 3 * 24 * 60 * 60;
/** The first officer of an account, and those who came to it as further posts of the same person. */
const owners = z.object({ officer: z.string(), posts: z.set(z.string()).optional() });

const historyPk = (kind: EntryKind, id: string) => `history#${kind}#${id}`;
const eventSk = (sequence: number) => String(sequence).padStart(6, "0");

const itemsUnder = (dynamo: DynamoDBDocumentClient, table: string, kind: EntryKind, agencyId: string) =>
  itemsOf(dynamo, {
    TableName: table,
    IndexName: "by-agency",
    KeyConditionExpression: "#under = :agency AND pk = :kind",
    ExpressionAttributeNames: { "#under": "under" }, // a reserved word
    ExpressionAttributeValues: { ":agency": agencyId, ":kind": kind },
  });

/** Reads all officers or all agencies right under an agency. */
export async function entriesUnder<K extends EntryKind>(
  dynamo: DynamoDBDocumentClient,
  table: string,
  kind: K,
  agencyId: string,
): Promise<Entries[K][]> {
  const items = await itemsUnder(dynamo, table, kind, agencyId);
  return readableOf(items, (item) => readStored(schemas[kind], item.entry));
}

/** What can be told of an officer whom this code cannot read. One whom it reads is undefined. */
export function unreadableOfficerFrom(entry: unknown): UnreadableOfficer | undefined {
  if ("value" in tryStored(officer, entry)) return undefined;
  const known = tryStored(unreadableOfficer, entry);
  return "value" in known ? { id: known.value.id, name: known.value.name } : undefined;
}

/**
 * Lists the writes that store a change: the entry, over the version that the change was decided on, its event, and for an
 * officer the owner of the account.
 */
export function recordingItems<K extends EntryKind>(
  table: string,
  before: Recorded<K> | undefined,
  { kind, entry, event }: Change<K>,
): TransactionItem[] {
  const items: TransactionItem[] = [
    {
      Put: {
        TableName: table,
        Item: asItem({
          ...before?.besides,
          pk: kind,
          sk: entry.id,
          version: event.sequence,
          lastHash: event.hash,
          ...indexed(entry),
          entry: withValuesAsStored(schemas[kind], entry),
        }),
        ConditionExpression: before ? "version = :seen" : "attribute_not_exists(pk)",
        ExpressionAttributeValues: before && { ":seen": before.version },
      },
    },
    {
      Put: {
        TableName: table,
        Item: asItem({ pk: historyPk(kind, entry.id), sk: eventSk(event.sequence), event }),
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
  ];
  // Finds whom a deputy stands in for. The entry says whether it holds.
  if ("subject" in entry && entry.deputyId !== undefined && entry.absentUntil !== undefined)
    items.push({
      Put: {
        TableName: table,
        Item: asItem({
          pk: deputyPk(entry.deputyId),
          sk: entry.id,
          expiresAt: Date.parse(entry.absentUntil) / 1000 + rememberedAfterwards,
        }),
      },
    });
  if ("subject" in entry)
    items.push(ownerItem(table, before as Recorded<"officer"> | undefined, entry, event));
  return items;
}

const subjectKey = (subject: string) => ({ pk: "subject", sk: subject });

/**
 * The write that holds whose an account is. An account belongs to one person for ever, so a token never stands for two. A
 * person may be several officers, one for each post. They all stand in one item.
 */
function ownerItem(
  TableName: string,
  before: Recorded<"officer"> | undefined,
  { id, subject }: Officer,
  { sharesWith }: EntryEvent,
): TransactionItem {
  if (before?.lastHash !== undefined && before.entry.subject === subject)
    return {
      ConditionCheck: {
        TableName,
        Key: subjectKey(subject),
        ConditionExpression: "attribute_not_exists(pk) OR officer = :id OR contains(posts, :id)",
        ExpressionAttributeValues: { ":id": id },
      },
    };
  if (sharesWith)
    return {
      Update: {
        TableName,
        Key: subjectKey(subject),
        UpdateExpression: "ADD posts :posts",
        ConditionExpression: `officer IN (${sharesWith.map((_, index) => `:other${index}`).join(", ")}, :id)`,
        ExpressionAttributeValues: {
          ":posts": new Set([id]),
          ":id": id,
          ...Object.fromEntries(sharesWith.map((other, index) => [`:other${index}`, other])),
        },
      },
    };
  return {
    Put: {
      TableName,
      Item: asItem({ ...subjectKey(subject), officer: id }),
      ConditionExpression: "attribute_not_exists(pk) OR (officer = :id AND attribute_not_exists(posts))",
      ExpressionAttributeValues: { ":id": id },
    },
  };
}

/** The attributes beside an entry that this code writes itself. */
const attributes = new Set(["pk", "sk", "under", "subject", "servedRegion", "itemFormat"]);

/** Reads an agency or officer from its item in the table. */
export function recordedFrom<K extends EntryKind>(kind: K, item: Record<string, unknown>): Recorded<K> {
  const { entry, version, lastHash, ...rest } = item;
  const besides = Object.entries(rest).filter(([name]) => !attributes.has(name));
  return {
    entry: readStored(schemas[kind], entry),
    version: Number(version),
    lastHash: lastHash as string | undefined,
    ...(besides.length > 0 && { besides: Object.fromEntries(besides) }),
  };
}

export function entryStore(dynamo: DynamoDBDocumentClient, table: string): EntryStore {
  const query = (input: { pk: string; filter?: string; values?: Record<string, unknown> }) =>
    itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      FilterExpression: input.filter,
      ExpressionAttributeNames: input.filter ? { "#entry": "entry", "#role": "role" } : undefined,
      ExpressionAttributeValues: { ":pk": input.pk, ...input.values },
      ConsistentRead: true,
    });

  return {
    async find(kind, id) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: { pk: kind, sk: id }, ConsistentRead: true }),
      );
      return Item && recordedFrom(kind, Item);
    },

    async record(before, change, witnesses = [], request) {
      const items = [
        ...(request ? requestItems(table, request) : []),
        ...recordingItems(table, before, change),
      ];
      const checks = witnesses.map((witness) => ({
        ConditionCheck: {
          TableName: table,
          Key: { pk: witness.kind, sk: witness.entry.id },
          ConditionExpression: "version = :seen",
          ExpressionAttributeValues: { ":seen": witness.version },
        },
      }));
      const refused = await transact(dynamo, [...checks, ...items]);
      if (!refused) return "recorded";
      const subjectAlone =
        "subject" in change.entry &&
        refused.every(
          ({ Code }, index) => (Code === "ConditionalCheckFailed") === (index === refused.length - 1),
        );
      return subjectAlone ? "subject-taken" : "overtaken";
    },

    async holdersOf(subject) {
      const read = async (Key: { pk: string; sk: string }) =>
        (await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
      const owner = await read(subjectKey(subject));
      if (!owner) return [];
      const { officer: first, posts } = readStored(owners, owner);
      const ids = [...new Set([first, ...(posts ?? [])])];
      const found = await Promise.all(ids.map((id) => read({ pk: "officer", sk: id })));
      return readableOf(
        found.filter((item) => item !== undefined),
        (item) => recordedFrom("officer", item),
      );
    },

    history: async (kind, id) =>
      (await query({ pk: historyPk(kind, id) })).map((item) => readStored(entryEvent, item.event)),

    under: (kind, agencyId) => entriesUnder(dynamo, table, kind, agencyId),

    async unreadableOfficers(agencyId) {
      const items = await itemsUnder(dynamo, table, "officer", agencyId);
      return items.flatMap(({ entry }) => unreadableOfficerFrom(entry) ?? []);
    },

    async *heads() {
      for (const kind of ["agency", "officer"] as const) {
        const pages = paginateQuery(
          { client: dynamo },
          {
            TableName: table,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": kind },
            ProjectionExpression: "sk, version, lastHash",
          },
        );
        for await (const page of pages)
          yield (
            (page.Items ?? [])
              // An entry from before there were histories has no hash.
              .filter(({ lastHash }) => lastHash !== undefined)
              .map(({ sk, version, lastHash }) =>
                readStored(entryAnchor, {
                  entry: entryName(kind, String(sk)),
                  sequence: version as unknown,
                  hash: lastHash as unknown,
                }),
              )
          );
      }
    },

    nationalAdmins: async () =>
      (
        await query({
          pk: "officer",
          filter: "#entry.#role = :role AND attribute_not_exists(#entry.dismissedAt)",
          values: { ":role": "national-admin" },
        })
      ).flatMap((item) => readableOf([item], (one) => recordedFrom("officer", one))),
  };
}
