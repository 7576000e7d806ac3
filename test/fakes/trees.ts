import { BatchWriteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Agency } from "../../shared/directory/directory.ts";
import { changed, type Entries, type EntryKind } from "../../shared/directory/entry-history.ts";
import { recordingItems } from "../../shared/directory/entry-store.ts";
import { sideBySide } from "../../shared/platform/side-by-side.ts";
import { agencies } from "./agencies.ts";

const [, city] = agencies as [Agency, Agency];

/** A province with so many agencies below it: kabupaten with departments, and departments with units. */
export function aProvince(below: number): Agency[] {
  const province: Agency = { ...city, id: "provinsi-contoh", name: "Provinsi Contoh", type: "province" };
  const tree = [province];
  for (let number = 1; number <= below; number++) {
    const above = number <= 12 ? province : tree[1 + ((number * 7) % Math.min(number - 1, 120))];
    const id = `contoh-${String(number).padStart(5, "0")}`;
    tree.push({
      ...city,
      id,
      name: `Instansi ${number}`,
      type: "unit",
      parent: above?.id ?? null,
      alertEmail: `${id}@provinsi.example`,
    });
  }
  return tree;
}

const atOnce = 25;

/** Stores many entries quickly, without their histories. */
export async function storeEntries<K extends EntryKind>(
  { dynamo, table }: { dynamo: DynamoDBDocumentClient; table: string },
  kind: K,
  entries: readonly Entries[K][],
): Promise<void> {
  const act = { type: "created", by: { role: "system" }, at: new Date(0) } as const;
  const items = entries.flatMap((entry) => {
    const change = changed(kind, undefined, entry, act);
    return change ? (recordingItems(table, undefined, change)[0]?.Put?.Item ?? []) : [];
  });
  const batches = Array.from({ length: Math.ceil(items.length / atOnce) }, (_, each) =>
    items.slice(each * atOnce, (each + 1) * atOnce),
  );
  await sideBySide(batches, (batch) =>
    dynamo.send(
      new BatchWriteCommand({ RequestItems: { [table]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
    ),
  );
}
