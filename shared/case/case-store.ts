import { setTimeout as pause } from "node:timers/promises";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { TransactionItem } from "../dynamo.ts";
import { Refusal } from "../refusal.ts";
import { identityItem } from "../reporter/reporter-store.ts";
import { type CaseFile, caseState, type Submitted } from "./case.ts";
import { caseEvent } from "./history.ts";
import { type RetryRecord, retryRecord } from "./retry.ts";

export type SubmissionOutcome =
  | { stored: true }
  /** The same Idempotency-Key has been used before; this is what it was used for. */
  | { stored: false; earlier: RetryRecord }
  /** Somebody else's case has this number already; take another. */
  | { stored: false; earlier?: undefined };

export interface CaseStore {
  /** Opens a case: state, first event, identity and the record for retries, all or nothing, in one request. */
  submit(submitted: Submitted, retry: RetryRecord): Promise<SubmissionOutcome>;
  /** The case and its whole history, in one request for up to 1 MB. */
  find(trackingNumber: string): Promise<CaseFile | undefined>;
}

const casePk = (trackingNumber: string) => `CASE#${trackingNumber}`;
export const eventSk = (sequence: number) => `EVENT#${String(sequence).padStart(6, "0")}`;

const attemptsAtConflict = 6;

export function caseStore(
  dynamo: DynamoDBDocumentClient,
  tables: { cases: string; reporters?: string },
): CaseStore {
  const submissionItems = (
    { case: opened, event, identity }: Submitted,
    { keyHash, ...retry }: RetryRecord,
    now: number,
  ): TransactionItem[] => {
    const pk = casePk(opened.trackingNumber);
    const items: TransactionItem[] = [
      {
        Put: {
          TableName: tables.cases,
          Item: { pk: `RETRY#${keyHash}`, sk: "RETRY", ...retry },
          // DynamoDB removes expired items days late, so an expired one counts as absent.
          ConditionExpression: "attribute_not_exists(pk) OR expiresAt < :now",
          ExpressionAttributeValues: { ":now": now },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
      {
        Put: {
          TableName: tables.cases,
          Item: { pk, sk: "CASE", ...opened },
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
    if (identity) {
      if (!tables.reporters)
        throw new Error("This function holds no Reporters table to write an identity to");
      items.push(identityItem(tables.reporters, identity));
    }
    return items;
  };

  return {
    async submit(submitted, retry) {
      const now = Date.parse(submitted.case.submittedAt) / 1000;
      const items = submissionItems(submitted, retry, now);
      for (let attempt = 1; attempt <= attemptsAtConflict; attempt++) {
        try {
          await dynamo.send(new TransactWriteCommand({ TransactItems: items }));
          return { stored: true };
        } catch (error) {
          if (!(error instanceof TransactionCanceledException)) throw error;
          const reasons = error.CancellationReasons ?? [];
          const used = reasons[0];
          if (used?.Code === "ConditionalCheckFailed" && used.Item) {
            const { pk, sk: _, ...earlier } = unmarshall(used.Item);
            const keyHash = String(pk).slice("RETRY#".length);
            return { stored: false, earlier: retryRecord.parse({ ...earlier, keyHash }) };
          }
          if (reasons.some((reason) => reason.Code === "ConditionalCheckFailed")) return { stored: false };
          if (!reasons.every(({ Code }) => Code === "None" || Code === "TransactionConflict")) throw error;
          // Two equal submissions met; the other one wins or goes, so look again.
          await pause(20 * attempt + Math.random() * 30 * attempt);
        }
      }
      throw new Refusal("unavailable", {
        id: "Sistem sedang sangat sibuk. Laporan Anda belum tersimpan; kirim lagi sebentar lagi dengan Idempotency-Key yang sama.",
        en: "The system is very busy. Your report is not stored yet; send it again shortly with the same Idempotency-Key.",
      });
    },

    async find(trackingNumber) {
      const items: Record<string, unknown>[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await dynamo.send(
          new QueryCommand({
            TableName: tables.cases,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": casePk(trackingNumber) },
            ConsistentRead: true,
            ExclusiveStartKey: from,
          }),
        );
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from);
      const [state, ...events] = items.map(({ pk: _pk, sk: _sk, ...item }) => item);
      if (!state) return undefined;
      return { case: caseState.parse(state), events: events.map((event) => caseEvent.parse(event)) };
    },
  };
}
