import { setTimeout as pause } from "node:timers/promises";
import {
  type CancellationReason,
  DynamoDBClient,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  paginateQuery,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { Refusal } from "../refusal.ts";
import { isOverload } from "./overload.ts";
import { patience, patientClient } from "./patience.ts";
import type { Strain } from "./strain.ts";

export type TransactionItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Has the meter note every attempt of the client, also those that the client repeats by itself. */
function watched(client: DynamoDBClient, strain: Pick<Strain, "note">): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      const began = performance.now();
      const note = (throttled: boolean) =>
        strain.note({ milliseconds: performance.now() - began, throttled });
      try {
        const answer = await next(args);
        note(false);
        return answer;
      } catch (error) {
        note(isOverload(error));
        throw error;
      }
    },
    { step: "finalizeRequest", priority: "low", name: "strainNoted" },
  );
  return client;
}

/**
 * Makes the DynamoDB client of a Lambda. Its waits are bounded, so a citizen gets an answer before the gateway gives up. A meter of
 * strain is told of every attempt.
 */
export function dynamoClient(strain?: Pick<Strain, "note">): DynamoDBDocumentClient {
  const client = new DynamoDBClient(patientClient(patience.tables));
  return DynamoDBDocumentClient.from(strain ? watched(client, strain) : client, {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** Reads everything that a query finds, over all its pages. */
export async function itemsOf(
  dynamo: DynamoDBDocumentClient,
  query: QueryCommandInput,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of paginateQuery({ client: dynamo }, query)) items.push(...(page.Items ?? []));
  return items;
}

const attemptsAtConflict = 6;

/** Several wrote the same at once, and this one lost each time. Whoever wants to can bring it about: it says nothing of the code. */
export class Collision extends Refusal {}

/**
 * Writes all items or none. It tries again if two writers collide. It returns the reasons if a condition refuses the
 * write, and nothing once the write is done.
 */
export async function transact(
  dynamo: DynamoDBDocumentClient,
  TransactItems: TransactionItem[],
): Promise<CancellationReason[] | undefined> {
  for (let attempt = 1; attempt <= attemptsAtConflict; attempt++) {
    try {
      await dynamo.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      if (reasons.some(({ Code }) => Code === "ConditionalCheckFailed")) return reasons;
      if (!reasons.every(({ Code }) => Code === "None" || Code === "TransactionConflict")) throw error;
      await pause(20 * attempt + Math.random() * 30 * attempt);
    }
  }
  throw new Collision("unavailable", {
    id: "Sistem sedang sangat sibuk. Kiriman Anda belum tersimpan; kirim lagi sebentar lagi, persis seperti tadi.",
    en: "The system is very busy. What you sent is not stored yet; send it again shortly, just as it was.",
  });
}
