import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { itemsOf, transact, type TransactionItem } from "../platform/dynamo.ts";
import { type Agency, agency, type Officer, officer } from "./directory.ts";
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

const schemas: { [K in EntryKind]: z.ZodType<Entries[K]> } = { agency, officer };

/** Entries that a change rests on: it is stored only if they are still what they were. */
export type Witness = { kind: EntryKind } & Pick<Recorded<EntryKind>, "entry" | "version">;

export type RecordOutcome =
  | "recorded"
  /** The entry, or one that the change rests on, has changed in the meantime. */
  | "overtaken"
  /** The account is another officer's. */
  | "subject-taken";

/** Agencies and officers as whoever changes them has to see them: past every memory, with version and history. */
export interface EntryStore {
  find<K extends EntryKind>(kind: K, id: string): Promise<Recorded<K> | undefined>;
  /** Stores a change, entry and event or neither, on the version that it was decided on. */
  record<K extends EntryKind>(
    before: Recorded<K> | undefined,
    change: Change<K>,
    witnesses?: readonly Witness[],
  ): Promise<RecordOutcome>;
  history(kind: EntryKind, id: string): Promise<EntryEvent[]>;
  /** All that stand right under an agency, also those that were closed or dismissed. */
  under<K extends EntryKind>(kind: K, agencyId: string): Promise<Entries[K][]>;
  /** The newest event of every agency and officer, a portion at a time. */
  heads(): AsyncIterable<EntryAnchor[]>;
  /** All national administrators who have not been dismissed. */
  nationalAdmins(): Promise<Recorded<"officer">[]>;
}

/** What the indexes find an agency or officer by. */
const indexed = (entry: Agency | Officer) =>
  "subject" in entry
    ? { under: entry.agencyId, subject: entry.subject }
    : { under: entry.parent ?? undefined, servedRegion: entry.regionCode };

const historyPk = (kind: EntryKind, id: string) => `history#${kind}#${id}`;
const eventSk = (sequence: number) => String(sequence).padStart(6, "0");

/** All officers or agencies right under an agency. */
export async function entriesUnder<K extends EntryKind>(
  dynamo: DynamoDBDocumentClient,
  table: string,
  kind: K,
  agencyId: string,
): Promise<Entries[K][]> {
  const items = await itemsOf(dynamo, {
    TableName: table,
    IndexName: "by-agency",
    KeyConditionExpression: "#under = :agency AND pk = :kind",
    ExpressionAttributeNames: { "#under": "under" }, // a reserved word
    ExpressionAttributeValues: { ":agency": agencyId, ":kind": kind },
  });
  return items.map((item) => schemas[kind].parse(item.entry));
}

/** What storing a change writes: the entry on the version that it was decided on, its event and, of an officer, whose account it is. */
export function recordingItems<K extends EntryKind>(
  table: string,
  before: Recorded<K> | undefined,
  { kind, entry, event }: Change<K>,
): TransactionItem[] {
  const items: TransactionItem[] = [
    {
      Put: {
        TableName: table,
        Item: {
          pk: kind,
          sk: entry.id,
          version: event.sequence,
          lastHash: event.hash,
          ...indexed(entry),
          entry,
        },
        ConditionExpression: before ? "version = :seen" : "attribute_not_exists(pk)",
        ExpressionAttributeValues: before && { ":seen": before.version },
      },
    },
    {
      Put: {
        TableName: table,
        Item: { pk: historyPk(kind, entry.id), sk: eventSk(event.sequence), event },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
  ];
  // An account is one officer's for ever, so that no two ever answer to one token.
  if ("subject" in entry)
    items.push({
      Put: {
        TableName: table,
        Item: { pk: "subject", sk: entry.subject, officer: entry.id },
        ConditionExpression: "attribute_not_exists(pk) OR officer = :id",
        ExpressionAttributeValues: { ":id": entry.id },
      },
    });
  return items;
}

/** An agency or officer as its item in the table says. */
export const recordedFrom = <K extends EntryKind>(kind: K, item: Record<string, unknown>): Recorded<K> => ({
  entry: schemas[kind].parse(item.entry),
  version: Number(item.version),
  lastHash: item.lastHash as string | undefined,
});

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

    async record(before, change, witnesses = []) {
      const items = recordingItems(table, before, change);
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

    history: async (kind, id) =>
      (await query({ pk: historyPk(kind, id) })).map((item) => entryEvent.parse(item.event)),

    under: (kind, agencyId) => entriesUnder(dynamo, table, kind, agencyId),

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
              // An entry from before there were histories has none.
              .filter(({ lastHash }) => lastHash !== undefined)
              .map(({ sk, version, lastHash }) =>
                entryAnchor.parse({
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
      ).map((item) => recordedFrom("officer", item)),
  };
}
