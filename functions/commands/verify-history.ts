/**
 * npm run -s verify:history -- FILE [--anchors FILE]...
 *
 * Checks a history without asking anybody, whether every event is as it was written and none is missing: of a case, from
 * what `GET /v1/cases/{trackingNumber}/proof` answered, or of an agency or officer, from what `/history` answered. With the
 * daily copies of newest hashes, which nobody can overwrite, also whether the history as a whole is the one that was recorded
 * then. Ends with 0 for an unbroken history, 1 for a broken one, 2 for a file that is none.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { eventProof, flaws } from "../../shared/case/history.ts";
import { anchor } from "../../shared/case/store/anchor.ts";
import { type Flaw, type Head, historyFormat } from "../../shared/chain.ts";
import { entryAnchor, entryEvent, entryFlaws, entryName } from "../../shared/directory/entry-history.ts";

/** Said to the person at the keyboard, without a stack trace. */
class Mistake extends Error {}

/** A history, whatever it is of. */
interface History {
  /** "case 7K3MQ-P4X9C", "agency pemkot-balikpapan" */
  of: string;
  /** What the lines of the daily copies call it. */
  copiedAs: string;
  events: readonly { at: string }[];
  /** As the answer itself tells it. */
  head: Head | undefined;
  flaws(heads: readonly Head[]): Flaw[];
}

const ofCase = z
  .object({
    /** Absent from proofs that were saved before formats had names; those were of this one. */
    format: z.literal(historyFormat).default(historyFormat),
    trackingNumber: z.string(),
    head: z.object({ sequence: z.int(), hash: z.string() }),
    events: z.array(eventProof).min(1),
  })
  .transform(({ trackingNumber, head, events }): History => ({
    of: `case ${trackingNumber}`,
    copiedAs: trackingNumber,
    events,
    head,
    flaws: (heads) => flaws(trackingNumber, events, heads),
  }));

const ofEntry = z
  // Beside each event stands what people read of it.
  .object({ items: z.array(z.object(entryEvent.shape)).min(1) })
  .transform(({ items }): History => {
    const [{ kind, id } = { kind: "agency" as const, id: "" }] = items;
    return {
      of: `${kind} ${id}`,
      copiedAs: entryName(kind, id),
      events: items,
      head: undefined,
      flaws: (heads) => entryFlaws(kind, id, items, heads),
    };
  });

const usage = "Usage: npm run -s verify:history -- FILE [--anchors FILE]...";

const read = (path: string): Promise<string> =>
  readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${path} cannot be read (${error.code}).`);
  });

async function readHistory(path: string): Promise<History> {
  const text = await read(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Mistake(`${path} is not JSON. Save what GET /v1/cases/{trackingNumber}/proof answers.`);
  }
  const result = (json !== null && typeof json === "object" && "items" in json ? ofEntry : ofCase).safeParse(
    json,
  );
  if (!result.success)
    throw new Mistake(`${path} is not the proof of a history.\n${z.prettifyError(result.error)}`);
  return result.data;
}

const line = z.union([
  anchor.transform(({ trackingNumber, ...head }) => ({ of: trackingNumber, head })),
  entryAnchor.transform(({ entry, ...head }) => ({ of: entry, head })),
]);

/** The lines about one history in a daily copy; one may be in several. */
async function readAnchors(path: string, history: string): Promise<Head[]> {
  const lines = (await read(path)).split("\n").filter(Boolean);
  return lines.flatMap((text, index) => {
    try {
      const { of, head } = line.parse(JSON.parse(text));
      return of === history ? [head] : [];
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

  const { of, copiedAs, events, head, flaws } = await readHistory(file);
  const recorded = (await Promise.all(values.anchors.map((path) => readAnchors(path, copiedAs)))).flat();
  const found = flaws(head ? [head, ...recorded] : recorded);
  for (const { what } of found) console.log(`Broken: ${what}.`);
  if (found.length > 0) return 1;
  console.log(
    `Unbroken: ${events.length} events of ${of} since ${events[0]?.at}, and ${recorded.length} recorded elsewhere.`,
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
