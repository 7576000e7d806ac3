import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { itemsOf } from "../../platform/dynamo.ts";
import { readableOf, readStored } from "../../platform/read-stored.ts";
import { type Undeliverable, undeliverable } from "../../reporter/undeliverable.ts";

/** That no mail reaches an officer or the mailbox of an agency, at the address that they had then. The address is kept as a hash. */
const officeMark = undeliverable.extend({ to: z.string(), addressHash: z.string() });
export type OfficeMark = z.infer<typeof officeMark>;

/**
 * The officers and mailboxes that no mail reaches, by their ids as recipients. The marks are no part of the directory's entries:
 * nobody changed those, and who sends mails may not write there.
 */
export interface UndeliverableStore {
  /** Notes it. What is noted already for this address and this reason keeps its date. */
  mark(mark: Undeliverable & { to: string; email: string }): Promise<void>;
  /** Forgets it, once the mail service took a mail. What came back may come back again, so that stays. */
  clear(to: string): Promise<void>;
  /** The mark of somebody who has this address. A mark of another address is over. */
  of(reader: { id: string; email: string }): Promise<Undeliverable | undefined>;
  /** The marks of several, by id. */
  ofAll(readers: readonly { id: string; email: string }[]): Promise<ReadonlyMap<string, Undeliverable>>;
}

/** The key of the marks in the Notifications table. infra/api-stack.ts lets officers and administrators read no other. */
const pk = "UNDELIVERABLE";

const hashOf = (email: string): string =>
  createHash("sha256").update(email.toLowerCase()).digest("base64url");

export const asMark = ({ to, email, since, why }: Parameters<UndeliverableStore["mark"]>[0]): OfficeMark => ({
  to,
  since,
  why,
  addressHash: hashOf(email),
});

/** The mark of an address, if it is this one's. */
export const holding = (
  mark: OfficeMark | undefined,
  { email }: { email: string },
): Undeliverable | undefined =>
  mark?.addressHash === hashOf(email) ? { since: mark.since, why: mark.why } : undefined;

export function undeliverableStore(dynamo: DynamoDBDocumentClient, table: string): UndeliverableStore {
  const find = async (to: string): Promise<OfficeMark | undefined> => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { pk, sk: to } }));
    return Item && readStored(officeMark, Item.mark);
  };
  const unlessRefused = async (write: UpdateCommand | DeleteCommand): Promise<void> => {
    try {
      await dynamo.send(write as UpdateCommand);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  return {
    async mark(told) {
      const mark = asMark(told);
      await unlessRefused(
        new UpdateCommand({
          TableName: table,
          Key: { pk, sk: mark.to },
          UpdateExpression: "SET mark = :mark",
          ConditionExpression: "attribute_not_exists(pk) OR mark.addressHash <> :hash OR mark.why <> :why",
          ExpressionAttributeValues: { ":mark": mark, ":hash": mark.addressHash, ":why": mark.why },
        }),
      );
    },

    async clear(to) {
      // Nearly nobody has one, and a read costs less than a write.
      if (!(await find(to))) return;
      await unlessRefused(
        new DeleteCommand({
          TableName: table,
          Key: { pk, sk: to },
          ConditionExpression: "mark.why <> :bounced",
          ExpressionAttributeValues: { ":bounced": "bounced" },
        }),
      );
    },

    of: async (reader) => holding(await find(reader.id), reader),

    async ofAll(readers) {
      const items = await itemsOf(dynamo, {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
      });
      const marks = new Map(
        readableOf(items, (item) => [String(item.sk), readStored(officeMark, item.mark)]),
      );
      return new Map(
        readers.flatMap((reader) => {
          const mark = holding(marks.get(reader.id), reader);
          return mark ? [[reader.id, mark] as const] : [];
        }),
      );
    },
  };
}
