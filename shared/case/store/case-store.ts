import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { itemsOf, transact, type TransactionItem } from "../../platform/dynamo.ts";
import {
  correctionItem,
  formerAddressItem,
  identityItem,
  removalItem,
  type ReporterSeal,
} from "../../reporter/reporter-store.ts";
import type { Case, CaseFile, Moved, Submitted } from "../case.ts";
import { type RetryRecord, retryRecord } from "../submission/retry.ts";
import { type CaseCounts, caseCounts } from "./case-count-store.ts";
import {
  caseFrom,
  caseItem,
  casePk,
  casePut,
  eventFrom,
  eventSk,
  followableItems,
  moveItems,
} from "./case-item-store.ts";
import { type CaseLists, caseLists } from "./case-list-store.ts";
import { type CaseSweeps, caseSweeps } from "./case-sweep-store.ts";
import { type CaseReturns, caseReturns, returnItems } from "./return-store.ts";

export type SubmissionOutcome =
  | { stored: true }
  /** The same Idempotency-Key has been used before; this is what it was used for. */
  | { stored: false; earlier: RetryRecord }
  /** Somebody else's case has this number already; take another. */
  | { stored: false; earlier?: undefined };

/** Reads and writes cases. A write is conditional on the version that was read. */
export interface CaseStore extends CaseLists, CaseSweeps, CaseCounts, CaseReturns {
  /** Opens a case in one request: state, first event, identity and the record for retries, all or nothing. */
  submit(submitted: Submitted, retry: RetryRecord): Promise<SubmissionOutcome>;
  /** What an Idempotency-Key was used for within its window. */
  earlier(keyHash: string, at: Date): Promise<RetryRecord | undefined>;
  /** The case alone, as it is now. */
  get(trackingNumber: string): Promise<Case | undefined>;
  /**
   * Stores a move in one request: case and event, or neither. False when the case has changed since `before` was read, or
   * when the case that it joins can no longer be followed.
   */
  append(before: Case, moved: Moved): Promise<boolean>;
  /** Sets when a case is looked at next, and nothing else. False when the case has changed since it was read. */
  postpone(found: Case, nextCheckAt: string | undefined): Promise<boolean>;
  /** Stores fields that the history of a case does not tell. False when the case has changed since it was read. */
  restate(found: Case): Promise<boolean>;
  /** The case and its whole history, in one request for up to 1 MB. */
  find(trackingNumber: string): Promise<CaseFile | undefined>;
}

const retryKey = (keyHash: string) => ({ pk: `RETRY#${keyHash}`, sk: "RETRY" });

/** A retry record from the item in which it is stored. */
const retryFrom = ({ pk, sk: _, ...record }: Record<string, unknown>): RetryRecord =>
  retryRecord.parse({ ...record, keyHash: String(pk).slice("RETRY#".length) });

/** The table of identities and what seals them. A function that only removes identities needs no seal. */
export interface Reporters {
  table: string;
  seal?: ReporterSeal;
}

export function caseStore(
  dynamo: DynamoDBDocumentClient,
  tables: { cases: string; reporters?: Reporters },
): CaseStore {
  const reporters = (): Reporters => {
    if (!tables.reporters) throw new Error("This function holds no Reporters table to write an identity to");
    return tables.reporters;
  };
  const seal = (): ReporterSeal => {
    const { seal } = reporters();
    if (!seal) throw new Error("This function holds no key to seal an identity with");
    return seal;
  };

  const submissionItems = async (
    { case: opened, event, identity }: Submitted,
    { keyHash, ...retry }: RetryRecord,
    now: number,
  ): Promise<TransactionItem[]> => {
    const pk = casePk(opened.trackingNumber);
    const items: TransactionItem[] = [
      {
        Put: {
          TableName: tables.cases,
          Item: { ...retryKey(keyHash), ...retry },
          // An expired record counts as absent: DynamoDB removes it days late.
          ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now",
          ExpressionAttributeValues: { ":now": now },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
      {
        Put: {
          TableName: tables.cases,
          Item: caseItem(opened),
          ConditionExpression: "attribute_not_exists(pk)",
        },
      },
      {
        Put: {
          TableName: tables.cases,
          Item: { pk, sk: eventSk(event.sequence), ...event },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      },
    ];
    if (identity) items.push(identityItem(reporters().table, await seal().seal(identity)));
    return items;
  };

  /** What a move changes of the reporter's identity, in the same transaction. */
  const identityItems = async ({ event, identity, former }: Moved): Promise<TransactionItem[]> => {
    if (identity === undefined) return [];
    const { table } = reporters();
    const { trackingNumber } = event;
    return [
      identity === "removed"
        ? removalItem(table, trackingNumber)
        : correctionItem(table, await seal().seal(identity), { newAddress: former !== undefined }),
      ...(former ? [formerAddressItem(table, event, await seal().sealFormer(trackingNumber, former))] : []),
    ];
  };

  return {
    ...caseLists(dynamo, tables.cases),
    ...caseSweeps(dynamo, tables.cases),
    ...caseCounts(dynamo, tables.cases),
    ...caseReturns(dynamo, tables.cases),

    async get(trackingNumber) {
      const { Item } = await dynamo.send(
        new GetCommand({
          TableName: tables.cases,
          Key: { pk: casePk(trackingNumber), sk: "CASE" },
          ConsistentRead: true,
        }),
      );
      return Item && caseFrom(Item);
    },

    async append(before, moved) {
      const items = [
        ...moveItems(tables.cases, before, moved),
        ...followableItems(tables.cases, moved),
        ...returnItems(tables.cases, moved),
        ...(await identityItems(moved)),
      ];
      return (await transact(dynamo, items)) === undefined;
    },

    async postpone(found, nextCheckAt) {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: tables.cases,
            Key: { pk: casePk(found.trackingNumber), sk: "CASE" },
            UpdateExpression: nextCheckAt ? "SET nextCheckAt = :next" : "REMOVE nextCheckAt, #check",
            ConditionExpression: "version = :version",
            ExpressionAttributeNames: nextCheckAt ? undefined : { "#check": "check" },
            ExpressionAttributeValues: {
              ":version": found.version,
              ...(nextCheckAt && { ":next": nextCheckAt }),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async restate(found) {
      return (await transact(dynamo, [{ Put: casePut(tables.cases, found, found) }])) === undefined;
    },

    async submit(submitted, retry) {
      const now = Date.parse(submitted.case.submittedAt) / 1000;
      const items = await submissionItems(submitted, retry, now);
      const refused = await transact(dynamo, items);
      if (!refused) return { stored: true };
      const [used] = refused;
      if (used?.Code !== "ConditionalCheckFailed" || !used.Item) return { stored: false };
      return { stored: false, earlier: retryFrom(unmarshall(used.Item)) };
    },

    async earlier(keyHash, at) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: tables.cases, Key: retryKey(keyHash), ConsistentRead: true }),
      );
      const found = Item && retryFrom(Item);
      return found && found.expiresAt >= at.getTime() / 1000 ? found : undefined;
    },

    async find(trackingNumber) {
      const items = await itemsOf(dynamo, {
        TableName: tables.cases,
        // Other items of the partition sort before or behind these.
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :case AND :last",
        ExpressionAttributeValues: { ":pk": casePk(trackingNumber), ":case": "CASE", ":last": "EVENT#~" },
        ConsistentRead: true,
      });
      const [state, ...events] = items;
      if (!state) return undefined;
      return {
        case: caseFrom(state),
        events: events.map(eventFrom),
      };
    },
  };
}
