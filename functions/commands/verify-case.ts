/**
 * npm run -s verify:case -- FILE [--anchors FILE]...
 *
 * Checks the proof of a case, as `GET /v1/cases/{trackingNumber}/proof` gave it, without asking anybody: whether every
 * event is as it was written and none is missing. With the daily copies of newest hashes, which nobody can overwrite,
 * also whether the history as a whole is the one that was recorded then. Ends with 0 for an unbroken history, 1 for a
 * broken one, 2 for a file that is no proof.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { anchor } from "../../shared/case/anchor.ts";
import { eventProof, flaws, type Head } from "../../shared/case/history.ts";

/** Said to the person at the keyboard, without a stack trace. */
class Mistake extends Error {}

const proof = z.object({
  trackingNumber: z.string(),
  head: z.object({ sequence: z.int(), hash: z.string() }),
  events: z.array(eventProof).min(1),
});

const usage = "Usage: npm run -s verify:case -- FILE [--anchors FILE]...";

const read = (path: string): Promise<string> =>
  readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${path} cannot be read (${error.code}).`);
  });

async function readProof(path: string): Promise<z.infer<typeof proof>> {
  const text = await read(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Mistake(`${path} is not JSON. Save what GET /v1/cases/{trackingNumber}/proof answers.`);
  }
  const result = proof.safeParse(json);
  if (!result.success)
    throw new Mistake(`${path} is not the proof of a case.\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** The lines about one case in a daily copy; one case may be in several. */
async function readAnchors(path: string, trackingNumber: string): Promise<Head[]> {
  const lines = (await read(path)).split("\n").filter(Boolean);
  return lines.flatMap((line, index) => {
    try {
      const { trackingNumber: of, ...head } = anchor.parse(JSON.parse(line));
      return of === trackingNumber ? [head] : [];
    } catch {
      throw new Mistake(`${path}, line ${index + 1}, is not a line of a daily copy.`);
    }
  });
}

async function main(): Promise<number> {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        options: { anchors: { type: "string", multiple: true, default: [] } },
        allowPositionals: true,
      });
    } catch (error) {
      throw new Mistake(`${(error as Error).message}\n${usage}`);
    }
  })();
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new Mistake(usage);

  const { trackingNumber, head, events } = await readProof(file);
  const recorded = (
    await Promise.all(values.anchors.map((path) => readAnchors(path, trackingNumber)))
  ).flat();
  const found = flaws(trackingNumber, events, [head, ...recorded]);
  for (const { what } of found) console.log(`Broken: ${what}.`);
  if (found.length > 0) return 1;
  console.log(
    `Unbroken: ${events.length} events of case ${trackingNumber} since ${events[0]?.at}, and ${recorded.length} recorded elsewhere.`,
  );
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Mistake ? error.message : error);
    process.exitCode = 2;
  },
);
