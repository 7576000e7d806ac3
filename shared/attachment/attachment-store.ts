import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Case, Moved } from "../case/case.ts";
import { moveItems } from "../case/store/case-item-store.ts";
import { transact, type TransactionItem } from "../platform/dynamo.ts";
import { readableOf, readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { type Attachment, attachment } from "./attachment.ts";

export interface AttachmentStore {
  /** The attachments of a case, and how many uploads were ever asked for. */
  of(trackingNumber: string): Promise<{ attachments: Attachment[]; made: number }>;
  find(trackingNumber: string, attachmentId: string): Promise<Attachment | undefined>;
  /** Adds one. False when somebody else has added one since `made` was read. */
  add(one: Attachment, made: number): Promise<boolean>;
  /** Notes that the upload of one that waits has come: it is no unused form any more. */
  arrived(one: Attachment): Promise<void>;
  /** Counts an inspection that begins. Gives back its number, or undefined when the file no longer waits. */
  begin(one: Attachment): Promise<number | undefined>;
  /** Settles one that waits. The case's history does not change. False when it no longer waits. */
  refuse(one: Attachment): Promise<boolean>;
  /** Stores what stays of one that its sender's side has removed, and the move that tells of it: both or neither. */
  remove(left: Attachment, before: Case, moved: Moved): Promise<boolean>;
  /** Stores what stays of one that is settled. */
  restate(left: Attachment): Promise<void>;
  /** Settles one that waits, and stores the move that adds it to the case: both or neither. */
  accept(
    one: Attachment,
    before: Case,
    moved: Moved,
  ): Promise<"accepted" | "settled-before" | "case-changed">;
}

const pkOf = (trackingNumber: string) => `CASE#${trackingNumber}`;
const skOf = (attachmentId: string) => `ATTACHMENT#${attachmentId}`;
/** The count sorts before the attachments, so one query reads both. */
const countSk = "ATTACHMENT";

const itemOf = (one: Attachment) =>
  asItem({ pk: pkOf(one.trackingNumber), sk: skOf(one.attachmentId), ...one });
const attachmentFrom = ({ pk: _pk, sk: _sk, ...rest }: Record<string, unknown>) =>
  readStored(attachment, rest);

const waits = {
  ConditionExpression: "#state = :waiting",
  ExpressionAttributeNames: { "#state": "state" },
  ExpressionAttributeValues: { ":waiting": "waiting" },
};

/** Attachments lie in the partition of their case and sort before it. */
export function attachmentStore(dynamo: DynamoDBDocumentClient, table: string): AttachmentStore {
  const settled = (one: Attachment): TransactionItem => ({
    Put: { TableName: table, Item: itemOf(one), ...waits },
  });

  return {
    async of(trackingNumber) {
      const { Items = [] } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :attachment)",
          ExpressionAttributeValues: { ":pk": pkOf(trackingNumber), ":attachment": countSk },
          ConsistentRead: true,
        }),
      );
      const count = Items.find(({ sk }) => sk === countSk);
      return {
        attachments: readableOf(
          Items.filter((item) => item !== count),
          attachmentFrom,
        ),
        made: Number(count?.made ?? 0),
      };
    },

    async find(trackingNumber, attachmentId) {
      const { Item } = await dynamo.send(
        new GetCommand({
          TableName: table,
          Key: { pk: pkOf(trackingNumber), sk: skOf(attachmentId) },
          ConsistentRead: true,
        }),
      );
      return Item && attachmentFrom(Item);
    },

    async add(one, made) {
      const refused = await transact(dynamo, [
        {
          Put: {
            TableName: table,
            Item: asItem({ pk: pkOf(one.trackingNumber), sk: countSk, made: made + 1 }),
            ConditionExpression: made === 0 ? "attribute_not_exists(pk)" : "made = :made",
            ...(made > 0 && { ExpressionAttributeValues: { ":made": made } }),
          },
        },
        { Put: { TableName: table, Item: itemOf(one), ConditionExpression: "attribute_not_exists(pk)" } },
      ]);
      return refused === undefined;
    },

    async arrived({ trackingNumber, attachmentId }) {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: pkOf(trackingNumber), sk: skOf(attachmentId) },
            UpdateExpression: "REMOVE unusedAt",
            ...waits,
          }),
        );
      } catch (error) {
        // It was settled in between.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async begin({ trackingNumber, attachmentId }) {
      try {
        const { Attributes } = await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: { pk: pkOf(trackingNumber), sk: skOf(attachmentId) },
            UpdateExpression: "ADD attempts :one",
            ...waits,
            ExpressionAttributeValues: { ...waits.ExpressionAttributeValues, ":one": 1 },
            ReturnValues: "UPDATED_NEW",
          }),
        );
        return Number(Attributes?.attempts);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async refuse(one) {
      return (await transact(dynamo, [settled(one)])) === undefined;
    },

    async remove(left, before, moved) {
      const isThere = {
        ...waits,
        ConditionExpression: "#state IN (:waiting, :clean)",
        ExpressionAttributeValues: { ...waits.ExpressionAttributeValues, ":clean": "clean" },
      };
      const refused = await transact(dynamo, [
        { Put: { TableName: table, Item: itemOf(left), ...isThere } },
        ...moveItems(table, before, moved),
      ]);
      return refused === undefined;
    },

    async restate(left) {
      await dynamo.send(new PutCommand({ TableName: table, Item: itemOf(left) }));
    },

    async accept(one, before, moved) {
      const refused = await transact(dynamo, [settled(one), ...moveItems(table, before, moved)]);
      if (!refused) return "accepted";
      return refused[0]?.Code === "ConditionalCheckFailed" ? "settled-before" : "case-changed";
    },
  };
}
