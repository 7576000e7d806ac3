import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { KeyedHash } from "../platform/encryption.ts";
import { readStored } from "../platform/read-stored.ts";
import { Refusal } from "../refusal.ts";
import { dayLabel, keyFor, type KeyPurpose, nameUnder, openUnder, sealUnder } from "./day-key.ts";
import { type Counted, counterName, countExpiry, dayExpiry, utcDate, windowEnd } from "./load.ts";

/**
 * How much comes from where, for minutes, and what happens once a day. Whoever reads the table finds names and seals under a key that nobody can read out: no
 * network, no case, and nothing that two rows have in common.
 */
export interface TrafficStore {
  /** A key of a day (UTC). All functions have the same. */
  keyOf(purpose: KeyPurpose, day: string): Promise<string>;
  /** How often this has been counted in the window of an instant. */
  countOf(counted: Counted, at: Date): Promise<number>;
  /**
   * Adds to a count, in a request of its own, and gives back the sum. It stays, whatever becomes of the caller's request. A count
   * of -1 takes one back.
   */
  count(counted: Counted, at: Date, more?: number): Promise<number>;
  /** The outlines of what a network reported in the window of an instant; see shared/text/outline.ts. */
  outlinesOf(network: string, at: Date): Promise<string[]>;
  /** Replaces them. They lie under another name than the network's count. */
  keepOutlines(network: string, outlines: readonly string[], at: Date): Promise<void>;
  /** Whether something may be used: nobody has used it, or the same user has. */
  use(what: string, by: string, until: Date): Promise<boolean>;
  /** Whether something happens for the first time on its day (UTC). It is forgotten soon after that day. */
  isFirstOfDay(what: readonly string[], at: Date): Promise<boolean>;
}

const counter = z.looseObject({ tries: z.int().optional() });
const outlineList = z.array(z.string());

/** All sealed outlines are as long as the longest, so that their length does not tell how many reports there were. */
const sealedLength = 5_000;

/** Today's, and yesterday's for what began before midnight. */
const daysRemembered = 2;

const tryAgain = () =>
  new Refusal("unavailable", {
    id: "Permintaan ini sedang tidak dapat diperiksa. Belum ada yang berubah; kirim lagi sebentar lagi, persis seperti tadi.",
    en: "This request cannot be checked right now. Nothing has changed; send it again shortly, just as it was.",
  });

/** `hash` is that of a key of KMS. It is asked once a day, so an ordinary request asks nothing. */
export function trafficStore(dynamo: DynamoDBDocumentClient, table: string, hash: KeyedHash): TrafficStore {
  const secrets = new Map<string, Promise<string>>();

  const secretOf = (day: string): Promise<string> => {
    const known = secrets.get(day);
    if (known) return known;
    const asked = hash(dayLabel(day)).catch((error: unknown) => {
      secrets.delete(day); // a failure is not remembered
      throw error instanceof Refusal ? tryAgain() : error;
    });
    secrets.set(day, asked);
    for (const old of [...secrets.keys()].slice(0, -daysRemembered)) secrets.delete(old);
    return asked;
  };
  const keyOf = async (purpose: KeyPurpose, day: string) => keyFor(await secretOf(day), purpose);

  const countKey = async (counted: Counted, at: Date) => ({
    pk: counterName(await keyOf("counts", utcDate(at)), counted, at),
  });
  const outlinesKey = async (network: string, at: Date) => {
    const key = await keyOf("outlines", utcDate(at));
    return { key, pk: nameUnder(key, [network, windowEnd(at)]) };
  };
  const read = async (pk: string) =>
    (await dynamo.send(new GetCommand({ TableName: table, Key: { pk }, ConsistentRead: true }))).Item;

  return {
    keyOf,

    async countOf(counted, at) {
      const { pk } = await countKey(counted, at);
      return readStored(counter, (await read(pk)) ?? {}).tries ?? 0;
    },

    async count(counted, at, more = 1) {
      const { Attributes } = await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: await countKey(counted, at),
          UpdateExpression: "ADD tries :more SET expiresAt = :expiry",
          ExpressionAttributeValues: { ":more": more, ":expiry": countExpiry(counted, at) },
          ReturnValues: "ALL_NEW",
        }),
      );
      return readStored(counter, Attributes ?? {}).tries ?? more;
    },

    async outlinesOf(network, at) {
      const { key, pk } = await outlinesKey(network, at);
      const sealed: unknown = (await read(pk))?.outlines;
      return sealed instanceof Uint8Array ? readStored(outlineList, JSON.parse(openUnder(key, sealed))) : [];
    },

    async keepOutlines(network, outlines, at) {
      const { key, pk } = await outlinesKey(network, at);
      const sealed = sealUnder(key, JSON.stringify(outlines).padEnd(sealedLength));
      await dynamo.send(
        new PutCommand({ TableName: table, Item: { pk, outlines: sealed, expiresAt: windowEnd(at) } }),
      );
    },

    async use(what, by, until) {
      const key = await keyOf("uses", utcDate(until));
      const usedBy = nameUnder(key, ["by", what, by]);
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            // Not to the second: that would tell when it was given out.
            Item: { pk: nameUnder(key, ["used", what]), usedBy, expiresAt: windowEnd(until) },
            ConditionExpression: "attribute_not_exists(pk) OR usedBy = :by",
            ExpressionAttributeValues: { ":by": usedBy },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async isFirstOfDay(what, at) {
      const key = await keyOf("uses", utcDate(at));
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: { pk: nameUnder(key, ["of-day", ...what]), expiresAt: dayExpiry(at) },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
