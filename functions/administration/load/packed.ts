import * as z from "zod";
import { type DirectoryLoad, directoryLoad } from "./rows.ts";

type Rows = DirectoryLoad["agencies"];

/** Stands where a row has no such field. */
const none = 0;

/** Rows column by column: what is alike stands together, so that 2,000 rows are small once they are compressed. */
const packedRows = z.strictObject({
  /** How far each row is behind the one before. */
  steps: z.array(z.int()),
  fields: z.record(z.string(), z.array(z.union([z.string(), z.null(), z.literal(none)]))),
});
const packed = z.strictObject({ agencies: packedRows, officers: packedRows });

function packRows(rows: Rows): z.input<typeof packedRows> {
  const names = [...new Set(rows.flatMap(({ entry }) => Object.keys(entry)))];
  return {
    steps: rows.map(({ row }, at) => row - (rows[at - 1]?.row ?? 0)),
    fields: Object.fromEntries(
      names.map((name) => [
        name,
        rows.map(({ entry }) => {
          const value = entry[name];
          return value === undefined ? none : value;
        }),
      ]),
    ),
  };
}

function unpackRows({ steps, fields }: z.output<typeof packedRows>): Rows {
  let row = 0;
  return steps.map((step, at) => ({
    row: (row += step),
    entry: Object.fromEntries(
      Object.entries(fields).flatMap(([name, values]) => {
        const value = values[at];
        return value === undefined || value === none ? [] : [[name, value]];
      }),
    ),
  }));
}

/** A load as the page of its trial carries it. */
export const packLoad = ({ agencies, officers }: DirectoryLoad): z.input<typeof packed> => ({
  agencies: packRows(agencies),
  officers: packRows(officers),
});

export function unpackLoad(body: unknown): DirectoryLoad {
  const { agencies, officers } = packed.parse(body);
  return directoryLoad.parse({ agencies: unpackRows(agencies), officers: unpackRows(officers) });
}
