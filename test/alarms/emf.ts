import * as z from "zod";
import type { MetricBook } from "./metric-book.ts";

/** A line of the embedded metric format, with which functions count: CloudWatch reads them out of the log. */
const emfLine = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
const counted = z.union([z.number(), z.array(z.number())]);

/** Lets something run, and hands every line that it writes out to `read`. Lines that are none of ours go on as they are. */
export async function readingLines<T>(read: (line: string) => boolean, run: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = (chunk: string | Uint8Array, ...more: unknown[]) => {
    const lines = String(chunk).split("\n");
    const others = lines.filter((line) => line !== "" && !read(line));
    if (others.length === 0) return true;
    return Reflect.apply(write, process.stdout, [`${others.join("\n")}\n`, ...more]) as boolean;
  };
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
}

/** Enters what a line counts, with each set of dimensions that it names. Returns whether it counts anything. */
export function enterLine(book: MetricBook, line: string, minute: number): boolean {
  if (!line.startsWith('{"_aws"')) return false;
  const { _aws, ...fields } = emfLine.parse(JSON.parse(line));
  for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics)
    for (const { Name } of Metrics)
      for (const value of [counted.parse(fields[Name])].flat())
        for (const names of Dimensions)
          book.put(
            {
              namespace: Namespace,
              name: Name,
              dimensions: Object.fromEntries(names.map((name) => [name, z.string().parse(fields[name])])),
            },
            value,
            minute,
          );
  return true;
}
