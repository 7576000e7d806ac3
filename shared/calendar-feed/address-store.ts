import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { transact, type TransactionItem } from "../platform/dynamo.ts";
import { readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { type OwnAddress, ownAddress } from "./address.ts";

/** Keeps the addresses of officers' calendars. A person has one at a time, for all their posts. */
export interface CalendarAddressStore {
  /** Whose calendar an address leads to, by the hash of its token: the subject that signs in. Undefined once it is revoked. */
  subjectOf(hash: string): Promise<string | undefined>;
  of(subject: string): Promise<OwnAddress | undefined>;
  /** Stores a new address over the one that was seen, and revokes that. False where somebody changed it in between. */
  replace(subject: string, seen: OwnAddress | undefined, next: OwnAddress): Promise<boolean>;
  /** Revokes the address that was seen. False where somebody changed it in between. */
  revoke(subject: string, seen: OwnAddress, at: Date): Promise<boolean>;
}

const addressKey = (hash: string) => ({ pk: "calendar-address", sk: hash });
const ownerKey = (subject: string) => ({ pk: "calendar-of", sk: subject });

/** What is revoked is emptied, and the table forgets the rest from this second on: whoever writes here can remove nothing. */
const emptied = (at: Date) => ({ expiresAt: Math.floor(at.getTime() / 1000) });

export function calendarAddressStore(dynamo: DynamoDBDocumentClient, table: string): CalendarAddressStore {
  const read = async (Key: { pk: string; sk: string }) => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item;
  };

  /** The owner's entry over the one that was seen, and the address of before without its owner. */
  const overSeen = (
    subject: string,
    seen: OwnAddress | undefined,
    content: Record<string, unknown>,
    at: Date,
  ): TransactionItem[] => [
    {
      Put: {
        TableName: table,
        Item: asItem({ ...ownerKey(subject), ...content }),
        ConditionExpression: seen ? "address.#hash = :seen" : "attribute_not_exists(address)",
        ...(seen && {
          ExpressionAttributeNames: { "#hash": "hash" },
          ExpressionAttributeValues: { ":seen": seen.hash },
        }),
      },
    },
    ...(seen
      ? [{ Put: { TableName: table, Item: asItem({ ...addressKey(seen.hash), ...emptied(at) }) } }]
      : []),
  ];

  return {
    async subjectOf(hash) {
      const found = await read(addressKey(hash));
      return typeof found?.owner === "string" ? found.owner : undefined;
    },

    async of(subject) {
      const found = await read(ownerKey(subject));
      return found?.address === undefined ? undefined : readStored(ownAddress, found.address);
    },

    async replace(subject, seen, next) {
      const refused = await transact(dynamo, [
        ...overSeen(subject, seen, { address: next }, new Date(next.madeAt)),
        {
          Put: {
            TableName: table,
            // An attribute named "subject" would put it among the posts of the officer, by whose index they are found.
            Item: asItem({ ...addressKey(next.hash), owner: subject }),
            ConditionExpression: "attribute_not_exists(pk)",
          },
        },
      ]);
      return !refused;
    },

    async revoke(subject, seen, at) {
      return !(await transact(dynamo, overSeen(subject, seen, emptied(at), at)));
    },
  };
}
