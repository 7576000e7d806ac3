import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { readStored } from "../../platform/read-stored.ts";
import { newsCondition, type Returned, returned } from "../../reporter/undeliverable.ts";

/** An address is marked for so long. After that one mail is tried again: mailboxes come back. */
const markedSeconds = 90 * 24 * 60 * 60;

/**
 * The addresses that mails came back from, whoever they belong to, by a name that tells no address. Nothing is sent to them: a
 * service that goes on writing to dead mailboxes is soon heard by none.
 */
export interface AddressMarkStore {
  /** Marks an address, unless as much is known of a later mail. */
  mark(name: string, mark: Returned): Promise<void>;
  /** The mark of an address; undefined once it has expired. */
  find(name: string, at: Date): Promise<Returned | undefined>;
}

/** The front of the keys in the Notifications table. infra/mail-feedback.ts lets the job that marks touch few others. */
const prefix = "ADDRESS#";

const seconds = (at: string | Date): number => Math.floor(new Date(at).getTime() / 1000);

/** Whether a mark that was made then still counts. DynamoDB removes an expired item days late. */
export const isMarked = ({ since }: Returned, at: Date): boolean =>
  seconds(at) < seconds(since) + markedSeconds;

export function addressMarkStore(dynamo: DynamoDBDocumentClient, table: string): AddressMarkStore {
  const keyOf = (name: string) => ({ pk: `${prefix}${name}`, sk: "MARK" });
  return {
    async mark(name, mark) {
      try {
        await dynamo.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(name),
            UpdateExpression: "SET mark = :mark, expiresAt = :expiry",
            ConditionExpression: newsCondition("mark", mark),
            ExpressionAttributeValues: {
              ":mark": mark,
              ":expiry": seconds(mark.since) + markedSeconds,
              ":mailedAt": mark.mailedAt,
              ...(mark.why !== "bounced" && { ":bounced": "bounced" }),
            },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async find(name, at) {
      const { Item } = await dynamo.send(
        new GetCommand({ TableName: table, Key: keyOf(name), ConsistentRead: true }),
      );
      const mark = Item && readStored(returned, Item.mark);
      return mark && isMarked(mark, at) ? mark : undefined;
    },
  };
}
