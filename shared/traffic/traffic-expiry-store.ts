import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";

/** What the Traffic table holds for longer than it may. It takes no key to find it. */
export interface TrafficExpiry {
  /** The names of what has expired, a portion at a time. */
  expired(at: Date): AsyncIterable<string[]>;
  /** Removes one of them. Does nothing where somebody else has removed it, or where it has not expired. */
  remove(name: string, at: Date): Promise<void>;
}

/** Earlier versions kept the secret of a day in the table. Nobody uses it any more, whenever it expires. */
const isOver = "(expiresAt <= :now OR begins_with(pk, :key))";
const values = (at: Date) => ({ ":now": Math.floor(at.getTime() / 1000), ":key": "KEY#" });

/** The table holds what came within minutes, so reading the whole of it is reading little: nothing at all at night. */
export const trafficExpiry = (dynamo: DynamoDBDocumentClient, table: string): TrafficExpiry => ({
  async *expired(at) {
    const pages = paginateScan(
      { client: dynamo },
      {
        TableName: table,
        FilterExpression: isOver,
        ExpressionAttributeValues: values(at),
        ProjectionExpression: "pk",
      },
    );
    for await (const { Items = [] } of pages) yield Items.map(({ pk }) => String(pk));
  },

  async remove(name, at) {
    try {
      await dynamo.send(
        new DeleteCommand({
          TableName: table,
          Key: { pk: name },
          ConditionExpression: isOver,
          ExpressionAttributeValues: values(at),
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
