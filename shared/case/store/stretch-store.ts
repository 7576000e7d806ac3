import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { readableOf } from "../../platform/read-stored.ts";
import type { Stretch } from "../lists/page.ts";
import { caseFrom } from "./case-item-store.ts";
import type { Filter } from "./filter.ts";

/** An index of cases: the attributes that hold its partition and the order in it, and the part of the order to leave out. */
interface ListIndex {
  name: string;
  partition: string;
  order: string;
  newestFirst?: boolean;
  prefix?: string;
}

/** A page reads at most so much where a filter throws rows away: a short page beats a long search. */
const readsWhenFiltered = 4;
const rowsPerRead = 250;

/** The greatest string that sorts before a position: its last character one less, and then as far as it goes. */
export const before = (position: string): string =>
  `${position.slice(0, -1)}${String.fromCharCode((position.at(-1) ?? "").charCodeAt(0) - 1)}~`;

/** How much is read, from where on. */
interface Reading {
  after: string | undefined;
  limit: number;
  filter: Filter;
  /** Makes one request that looks at `limit` rows, however few of them pass the filter. */
  once?: boolean;
}

/** Reads on in one partition of an index. `span` gives the sort keys that may follow the position `after`, both ends included. */
export async function readStretch(
  { dynamo, table }: { dynamo: DynamoDBDocumentClient; table: string },
  index: ListIndex,
  partition: string,
  span: (after: string | undefined) => [low: string, high: string],
  { after, limit, filter, once = false }: Reading,
): Promise<Stretch> {
  const positionOf = (item: Record<string, unknown>) =>
    String(item[index.order]).slice(index.prefix?.length ?? 0);
  const rows: Stretch["rows"] = [];
  let reached = after;
  const searches = filter.expression !== undefined && !once;
  for (let read = 0; read < (searches ? readsWhenFiltered : 1); read++) {
    const [low, high] = span(reached);
    if (low > high) return { rows, reached: undefined };
    const found = await dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: index.name,
        KeyConditionExpression: "#partition = :partition AND #order BETWEEN :low AND :high",
        FilterExpression: filter.expression,
        ExpressionAttributeNames: { "#partition": index.partition, "#order": index.order, ...filter.names },
        ExpressionAttributeValues: {
          ":partition": partition,
          ":low": low,
          ":high": high,
          ...filter.values,
        },
        ScanIndexForward: !index.newestFirst,
        Limit: searches ? rowsPerRead : limit,
      }),
    );
    rows.push(...readableOf(found.Items, (item) => ({ order: positionOf(item), case: caseFrom(item) })));
    reached = found.LastEvaluatedKey && positionOf(found.LastEvaluatedKey);
    if (reached === undefined || rows.length >= limit) break;
  }
  return { rows, reached };
}
