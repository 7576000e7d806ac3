/**
 * npm run -s verify:history -- FILE [--anchors FILE]...
 *
 * Checks without asking anybody that every event of a history is as it was written, and that none is missing. FILE is what
 * `GET /v1/cases/{trackingNumber}/proof` answered for a case, `/history` for an agency or officer, or
 * `GET /v1/officer/identity-searches/{officerId}` for the searches of an officer. With the daily copies of newest hashes it also checks that the whole history is the one that was recorded then. Nobody can overwrite those copies.
 *
 * It exits with 0 for an unbroken history, with 1 for a broken one, and with 2 where nothing was checked: the file holds no history,
 * or the arguments are wrong. So a mistake is never taken for a history that somebody changed.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { eventLink, eventProof, flaws } from "../../shared/case/history.ts";
import {
  identitySearchEvent,
  searchesName,
  searchFlaws,
} from "../../shared/case/identity-search/identity-search.ts";
import { anchor } from "../../shared/case/store/anchor.ts";
import { type Flaw, type Head, historyFormat } from "../../shared/chain.ts";
import { entryAnchor, entryEvent, entryFlaws, entryName } from "../../shared/directory/entry-history.ts";
import { Mistake, orUsage, runCommand } from "../../shared/platform/command.ts";

/** The history of a case, an agency, an officer, or of an officer's searches by identity. */
interface History {
  /** Names its owner: "case 7K3MQ-P4X9C", "agency pemkot-balikpapan". */
  of: string;
  /** The lines of the daily copies call it by this. */
  copiedAs: string;
  /** An event that its reader may not know of has no time. */
  events: readonly { at?: string }[];
  /** The last event, as the answer itself names it. */
  head: Head | undefined;
  flaws(heads: readonly Head[]): Flaw[];
}

const ofCase = z
  .object({
    /** A proof that was saved before formats had names has none. It is in this format. */
    format: z.literal(historyFormat).default(historyFormat),
    trackingNumber: z.string(),
    head: z.object({ sequence: z.int(), hash: z.string() }),
    events: z.array(z.union([eventProof, eventLink])).min(1),
  })
  .transform(({ trackingNumber, head, events }): History => ({
    of: `case ${trackingNumber}`,
    copiedAs: trackingNumber,
    events: events.map((event) => ("at" in event ? { at: event.at } : {})),
    head,
    flaws: (heads) => flaws(trackingNumber, events, heads),
  }));

const ofEntry = z
  // Each event has fields beside these, which people read.
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

const ofSearches = z
  .object({ officerId: z.string(), items: z.array(z.object({ event: identitySearchEvent })).min(1) })
  .transform(({ officerId, items }): History => {
    const events = items.map(({ event }) => event);
    return {
      of: `the searches of ${officerId}`,
      copiedAs: searchesName(officerId),
      events,
      head: undefined,
      flaws: (heads) => searchFlaws(officerId, events, heads),
    };
  });

const usage =
  "Usage: npm run -s verify:history -- FILE [--anchors FILE]...\nIt exits with 0 for an unbroken history, with 1 for a broken one, and with 2 where nothing was checked.";

const read = (path: string): Promise<string> =>
  readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Mistake(`${path} cannot be read (${error.code}).`);
  });

const schemaFor = (json: unknown) => {
  if (json === null || typeof json !== "object" || !("items" in json)) return ofCase;
  return "officerId" in json ? ofSearches : ofEntry;
};

async function readHistory(path: string): Promise<History> {
  const text = await read(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Mistake(`${path} is not JSON. Save what GET /v1/cases/{trackingNumber}/proof answers.`);
  }
  const result = schemaFor(json).safeParse(json);
  if (!result.success)
    throw new Mistake(`${path} is not the proof of a history.\n${z.prettifyError(result.error)}`);
  return result.data;
}

const line = z.union([
  anchor.transform(({ trackingNumber, ...head }) => ({ of: trackingNumber, head })),
  entryAnchor.transform(({ entry, ...head }) => ({ of: entry, head })),
]);

/** Reads the lines about one history from a daily copy. One history may have several. */
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

async function main(): Promise<void> {
  const { file, anchors } = orUsage(usage, () => {
    const { values, positionals } = parseArgs({
      options: { anchors: { type: "string", multiple: true, default: [] } },
      allowPositionals: true,
    });
    const [file, ...others] = positionals;
    if (!file || others.length > 0) throw new Mistake("Name one file that holds a history.");
    return { file, anchors: values.anchors };
  });
  const { of, copiedAs, events, head, flaws } = await readHistory(file);
  const recorded = (await Promise.all(anchors.map((path) => readAnchors(path, copiedAs)))).flat();
  const found = flaws(head ? [head, ...recorded] : recorded);
  for (const { what } of found) console.log(`Broken: ${what}.`);
  if (found.length > 0) {
    process.exitCode = 1;
    return;
  }
  const since = events[0]?.at === undefined ? "" : ` since ${events[0].at}`;
  const links = events.filter(({ at }) => at === undefined).length;
  const asLinks = links === 0 ? "" : ` (${links} of them shown by their hashes only)`;
  console.log(
    `Unbroken: ${events.length} events of ${of}${since}${asLinks}, and ${recorded.length} recorded elsewhere.`,
  );
}

await runCommand(main, { failed: 2 });
