import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { invitationHoldsMs, mayInviteFrom, mayOpenFrom, ofTheDay } from "./administration/invitation.ts";

/** Counts the invitations that were mailed, so that nobody's mailbox is flooded. */
export interface InvitationStore {
  /**
   * Counts one more invitation for an account, unless there were too many. Returns from when on there may be one. Undefined
   * means that it is counted.
   */
  countAgain(subject: string, at: Date): Promise<Date | undefined>;
  /** From when on another account may be opened for an address. Undefined: now. */
  mayOpenFrom(email: string, at: Date): Promise<Date | undefined>;
  /** Counts a new account of an address. Whoever opens it mails the first invitation. */
  countOpened(email: string, at: Date): Promise<void>;
}

const counted = z.object({ sent: z.array(z.iso.datetime()) });

export function invitationStore(dynamo: DynamoDBDocumentClient, table: string): InvitationStore {
  const pk = "invitations";
  const sentAt = async (Key: { pk: string; sk: string }): Promise<string[] | undefined> => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && readStored(counted, Item).sent;
  };
  /** The key of an address. It is kept as a hash. */
  const addressKey = (email: string) => ({
    pk,
    sk: `address#${createHash("sha256").update(email.toLowerCase()).digest("base64url")}`,
  });
  const expiryAt = (at: Date): number => Math.ceil((at.getTime() + invitationHoldsMs) / 1000);

  return {
    async mayOpenFrom(email, at) {
      const opened = (await sentAt(addressKey(email))) ?? [];
      return mayOpenFrom(
        opened.map((one) => new Date(one)),
        at,
      );
    },

    async countOpened(email, at) {
      await dynamo.send(
        new UpdateCommand({
          TableName: table,
          Key: addressKey(email),
          UpdateExpression: "SET sent = list_append(if_not_exists(sent, :none), :one), expiresAt = :expiry",
          ExpressionAttributeValues: { ":none": [], ":one": [at.toISOString()], ":expiry": expiryAt(at) },
        }),
      );
    },

    async countAgain(subject, at) {
      const Key = { pk, sk: subject };
      const seen = await sentAt(Key);
      const sent = (seen ?? []).map((one) => new Date(one));
      const from = mayInviteFrom(sent, at);
      if (from) return from;
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: asItem({
              ...Key,
              sent: [...ofTheDay(sent, at), at].map((one) => one.toISOString()),
              expiresAt: expiryAt(at),
            }),
            ConditionExpression: seen ? "sent = :seen" : "attribute_not_exists(pk)",
            ...(seen && { ExpressionAttributeValues: { ":seen": seen } }),
          }),
        );
        return undefined;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // Somebody sent one at the same moment.
        return mayInviteFrom([at], at);
      }
    },
  };
}
