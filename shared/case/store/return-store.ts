import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { TransactionItem } from "../../platform/dynamo.ts";
import { readableOf, readStored } from "../../platform/read-stored.ts";
import { asItem } from "../../stored.ts";
import type { Moved } from "../case.ts";
import { returnExpiry, type ReturnNote, returnNoted } from "../moves/handing/returns.ts";

/** Which agencies returned cases to which. It is read by whoever has to choose an agency. */
export interface CaseReturns {
  /** What an agency returned since an instant, the newest first, and no more than the newest 500. */
  returnsFrom(agencyId: string, since: string): Promise<ReturnNote[]>;
}

/** One query reads so many. An agency that returns more is read by its newest ones. */
const readAtMost = 500;

const returnPk = (agencyId: string) => `RETURNS#${agencyId}`;

const returnItem = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  to: z.string(),
  category: z.string().optional(),
});

/**
 * The note of a return, written with the move itself. It is an item of its own and no counter: two returns of one agency never wait
 * for each other, and none is counted twice.
 */
export function returnItems(table: string, { case: after, event }: Moved): TransactionItem[] {
  const note = returnNoted(event, after);
  if (!note) return [];
  const { from, at, trackingNumber, to, category } = note;
  return [
    {
      Put: {
        TableName: table,
        Item: asItem({
          pk: returnPk(from),
          sk: `${at}#${trackingNumber}`,
          to,
          ...(category !== undefined && { category }),
          expiresAt: returnExpiry(note),
        }),
      },
    },
  ];
}

export const caseReturns = (dynamo: DynamoDBDocumentClient, table: string): CaseReturns => ({
  async returnsFrom(agencyId, since) {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: "pk = :pk AND sk >= :since",
        ExpressionAttributeValues: { ":pk": returnPk(agencyId), ":since": since },
        ScanIndexForward: false,
        Limit: readAtMost,
      }),
    );
    return readableOf(Items, (item) => {
      const { sk, to, category } = readStored(returnItem, item);
      const [at = "", trackingNumber = ""] = sk.split("#");
      return { from: agencyId, to, at, trackingNumber, ...(category !== undefined && { category }) };
    });
  },
});
