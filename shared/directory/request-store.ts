import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { transact, type TransactionItem } from "../platform/dynamo.ts";
import { readableOf, readStored } from "../platform/read-stored.ts";
import { asItem } from "../stored.ts";
import { type ChangeRequest, changeRequest, forgetAt } from "./administration/request.ts";
import type { EntryKind } from "./entry-history.ts";

/** A request that opens in place of the last one about its entry, or one that ends. */
export type RequestWrite = { opens: ChangeRequest; insteadOf: string | undefined } | { ends: ChangeRequest };

export interface RequestPage {
  items: ChangeRequest[];
  /** The id after which the next page begins. It is absent on the last page. */
  after: string | undefined;
}

/** Keeps the changes that wait for a second person. It never answers from memory. */
export interface RequestStore {
  find(id: string): Promise<ChangeRequest | undefined>;
  /** The last request about an entry, ended or not. The table may have forgotten all but its id. */
  lastAbout(
    kind: EntryKind,
    entryId: string,
  ): Promise<{ id: string; request: ChangeRequest | undefined } | undefined>;
  page(query: { after?: string | undefined; limit: number }): Promise<RequestPage>;
  /**
   * Stores a request about an entry that is not there, or forgets what an expired one wanted. Returns false if somebody
   * else was first. Other requests are stored with an event of their entry (`EntryStore.record`).
   */
  write(write: RequestWrite): Promise<boolean>;
}

const pk = "request";
const pointerKey = ({ kind, id }: { kind: EntryKind; id: string }) => ({
  pk: "request-about",
  sk: `${kind}#${id}`,
});

const itemOf = (request: ChangeRequest) =>
  asItem({ pk, sk: request.id, request, expiresAt: forgetAt(request) });

/** Lists the writes that store a request. An entry has one open request at a time, and a request ends once. */
export function requestItems(table: string, write: RequestWrite): TransactionItem[] {
  if ("ends" in write)
    return [
      {
        Put: {
          TableName: table,
          Item: itemOf(write.ends),
          ConditionExpression: "#request.#state = :open",
          ExpressionAttributeNames: { "#request": "request", "#state": "state" },
          ExpressionAttributeValues: { ":open": "open" },
        },
      },
    ];
  const { opens, insteadOf } = write;
  return [
    {
      Put: {
        TableName: table,
        Item: itemOf(opens),
        ConditionExpression: "attribute_not_exists(pk)",
      },
    },
    {
      Put: {
        TableName: table,
        Item: asItem({ ...pointerKey(opens.about), request: opens.id }),
        ConditionExpression: insteadOf === undefined ? "attribute_not_exists(pk)" : "#request = :last",
        ...(insteadOf !== undefined && {
          ExpressionAttributeNames: { "#request": "request" },
          ExpressionAttributeValues: { ":last": insteadOf },
        }),
      },
    },
  ];
}

export function requestStore(dynamo: DynamoDBDocumentClient, table: string): RequestStore {
  const read = async (Key: { pk: string; sk: string }) => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item;
  };
  const find: RequestStore["find"] = async (id) => {
    const item = await read({ pk, sk: id });
    return item && readStored(changeRequest, item.request);
  };

  return {
    find,

    async lastAbout(kind, entryId) {
      const pointer = await read(pointerKey({ kind, id: entryId }));
      if (!pointer) return undefined;
      const id = String(pointer.request);
      return { id, request: await find(id) };
    },

    async page({ after, limit }) {
      const { Items = [], LastEvaluatedKey } = await dynamo.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: after === undefined ? "pk = :pk" : "pk = :pk AND sk > :after",
          ExpressionAttributeValues: { ":pk": pk, ...(after !== undefined && { ":after": after }) },
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return {
        items: readableOf(Items, (item) => readStored(changeRequest, item.request)),
        after: LastEvaluatedKey && String(LastEvaluatedKey.sk),
      };
    },

    write: async (write) => !(await transact(dynamo, requestItems(table, write))),
  };
}
