import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { itemsOf, type TransactionItem } from "../../platform/dynamo.ts";
import { readableOf, readStored } from "../../platform/read-stored.ts";
import { sideBySide } from "../../platform/side-by-side.ts";
import { asItem } from "../../stored.ts";
import { type Region, region } from "../directory.ts";
import { findableWords, type NameSearch } from "./names.ts";
import { governedPart, isVillage } from "./place.ts";

/** The kinds of regions below a kabupaten or kota. Each kind is a partition of its own, with the code as its order. */
type LowerKind = Extract<Region["type"], "district" | "village">;

/** The partition in which a region stands. */
export const kindOfRegion = (code: string): "region" | LowerKind => {
  if (code === governedPart(code)) return "region";
  return isVillage(code) ? "village" : "district";
};

/** The words of the names of these regions stand in one partition, each followed by the code of the region. */
const wordsPk = "region-word";
const wordSk = (word: string, code: string) => `${word}#${code}`;

/** A search reads at most so many rows for each of its words. */
const rowsPerWord = 200;

/** Lists kecamatan, and kelurahan and desa. */
interface LowerRegions {
  /** Lists the kecamatan of a kabupaten or kota, or the kelurahan and desa of a kecamatan, by code. */
  in(parent: string): Promise<Region[]>;
  /** Lists what may be found by a search: one word of its own name fits. */
  withWords(search: NameSearch): Promise<Region[]>;
}

const parsed = (item: Record<string, unknown>): Region => readStored(region, item.entry);

export function lowerRegions(dynamo: DynamoDBDocumentClient, table: string): LowerRegions {
  const startingWith = (pk: string, sk: string) => ({
    TableName: table,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
    ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
  });

  return {
    in: async (parent) => {
      const kind: LowerKind = kindOfRegion(parent) === "region" ? "district" : "village";
      return readableOf(await itemsOf(dynamo, startingWith(kind, `${parent}.`)), parsed);
    },

    async withWords({ readBy }) {
      const found = await sideBySide(readBy, async (word) => {
        const { Items = [] } = await dynamo.send(
          new QueryCommand({ ...startingWith(wordsPk, word), Limit: rowsPerWord }),
        );
        return readableOf(Items, parsed);
      });
      return [...new Map(found.flat().map((one) => [one.code, one])).values()];
    },
  };
}

/** The writes that let a region be found by the words of its name, and no more by those of the name that it had before. */
export const wordItems = (table: string, before: Region | undefined, entry: Region): TransactionItem[] => {
  const words = findableWords(entry);
  const stale = before ? findableWords(before).filter((word) => !words.includes(word)) : [];
  return [
    ...words.map((word) => ({
      Put: { TableName: table, Item: asItem({ pk: wordsPk, sk: wordSk(word, entry.code), entry }) },
    })),
    ...stale.map((word) => ({
      Delete: { TableName: table, Key: { pk: wordsPk, sk: wordSk(word, entry.code) } },
    })),
  ];
};
