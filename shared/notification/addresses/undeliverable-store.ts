import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { itemsOf } from "../../platform/dynamo.ts";
import { readableOf, readStored } from "../../platform/read-stored.ts";
import {
  isOver,
  isReturned,
  newsCondition,
  notReturned,
  returnedValues,
  type Undeliverable,
  undeliverable,
} from "../../reporter/undeliverable.ts";

/** Somebody at an office whom we mail, with when an administrator said that their address is right. */
export interface OfficeReader {
  id: string;
  email: string;
  addressFreedAt?: string | undefined;
}

/** That no mail reaches an officer or the mailbox of an agency, at the address that they had then. The address is kept as a hash. */
const officeMark = undeliverable.extend({ to: z.string(), addressHash: z.string() });
export type OfficeMark = z.infer<typeof officeMark>;

/**
 * The officers and mailboxes that no mail reaches, by their ids as recipients. The marks are no part of the directory's entries:
 * nobody changed those, and who sends mails may not write there.
 */
export interface UndeliverableStore {
  /**
   * Notes it. What is noted already for this address and this reason keeps its date. What is told of a mail that came back counts
   * unless as much is known of a later mail.
   */
  mark(mark: OfficeMark): Promise<void>;
  /** Forgets it, once the mail service took a mail. What came back may come back again, so that stays. */
  clear(to: string): Promise<void>;
  /** The mark of somebody who has this address. A mark of another address is over. */
  of(reader: OfficeReader): Promise<Undeliverable | undefined>;
  /** The marks of several, by id. */
  ofAll(readers: readonly OfficeReader[]): Promise<ReadonlyMap<string, Undeliverable>>;
}

/** The key of the marks in the Notifications table. infra/api-stack.ts lets officers and administrators read no other. */
const pk = "UNDELIVERABLE";

/** Tells the addresses of an office apart. They are no secret: the directory holds them in the clear. */
export const officeHash = (email: string): string =>
  createHash("sha256").update(email.toLowerCase()).digest("base64url");

/** The mark of an address, if it is this one's and nobody has said since that the address is right. */
export const holding = (
  mark: OfficeMark | undefined,
  { email, addressFreedAt }: Omit<OfficeReader, "id">,
): Undeliverable | undefined => {
  if (mark?.addressHash !== officeHash(email) || isOver(mark, addressFreedAt)) return undefined;
  const { to: _to, addressHash: _hash, ...told } = mark;
  return told;
};

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
    async mark(mark) {
      const [condition, values] = isReturned(mark)
        ? [
            newsCondition("mark", mark),
            { ":mailedAt": mark.mailedAt, ...(mark.why !== "bounced" && { ":bounced": "bounced" }) },
          ]
        : ["mark.addressHash <> :hash OR mark.why <> :why", { ":hash": mark.addressHash, ":why": mark.why }];
      await unlessRefused(
        new UpdateCommand({
          TableName: table,
          Key: { pk, sk: mark.to },
          UpdateExpression: "SET mark = :mark",
          ConditionExpression: `attribute_not_exists(pk) OR ${condition}`,
          ExpressionAttributeValues: { ":mark": mark, ...values },
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
          ConditionExpression: notReturned("mark.why"),
          ExpressionAttributeValues: returnedValues,
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
