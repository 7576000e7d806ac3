import * as z from "zod";
import { historyFormat } from "../../chain.ts";
import type { CaseFile } from "../case.ts";
import { eventLink, eventProof, isWhollyProven, linkOf, proofOf } from "../history.ts";
import { isByDay } from "./by-day.ts";
import { type Joins, untoldJoins } from "./joins.ts";
import { isTold } from "./timeline.ts";
import { type CaseReader, seenAs } from "./visibility.ts";

/** The history of a case, to be checked without us. */
export const proofView = z
  .object({
    /** Names the format of the hashes, which docs/history-format.md describes. */
    format: z.literal(historyFormat),
    trackingNumber: z.string(),
    /** The last event, as the state of the case names it. */
    head: z.object({ sequence: z.int(), hash: z.string() }),
    events: z
      .array(z.union([eventProof, eventLink]))
      .describe(
        "Every event in order. One of which the reader may not know is a link: its place in the chain, and nothing else.",
      ),
  })
  .meta({ id: "Proof" });

/**
 * The proof as one kind of reader sees it. An event that their timeline leaves out is a link of the chain and no more. So is every
 * event of a case whose times they see by date only: its hash is of the exact time.
 */
export function proofSeenBy(
  { case: found, events }: CaseFile,
  reader: CaseReader,
  joins: Joins,
): z.input<typeof proofView> {
  const as = seenAs(found, reader);
  const untold = untoldJoins(events, joins);
  const isShown = (event: CaseFile["events"][number]) =>
    !isByDay(found, reader) && isTold(event, as, untold) && isWhollyProven(event);
  return {
    format: historyFormat,
    trackingNumber: found.trackingNumber,
    head: { sequence: found.version, hash: found.lastHash },
    events: events.map((event) => (isShown(event) ? proofOf(event) : linkOf(event))),
  };
}
