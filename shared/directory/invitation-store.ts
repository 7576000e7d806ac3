import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { invitationHoldsMs, mayInviteFrom, ofTheDay } from "./administration/invitation.ts";

/** Counts the invitations that were mailed again, so that nobody's mailbox is flooded. */
export interface InvitationStore {
  /**
   * Counts one more invitation for an account, unless there were too many. Returns from when on there may be one. Undefined
   * means that it is counted.
   */
  countAgain(subject: string, at: Date): Promise<Date | undefined>;
}

const counted = z.object({ sent: z.array(z.iso.datetime()) });

export function invitationStore(dynamo: DynamoDBDocumentClient, table: string): InvitationStore {
  return {
    async countAgain(subject, at) {
      const Key = { pk: "invitations", sk: subject };
      const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      const seen = Item && counted.parse(Item).sent;
      const sent = (seen ?? []).map((one) => new Date(one));
      const from = mayInviteFrom(sent, at);
      if (from) return from;
      try {
        await dynamo.send(
          new PutCommand({
            TableName: table,
            Item: {
              ...Key,
              sent: [...ofTheDay(sent, at), at].map((one) => one.toISOString()),
              expiresAt: Math.ceil((at.getTime() + invitationHoldsMs) / 1000),
            },
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
