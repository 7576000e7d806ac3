import * as z from "zod";
import { clocked } from "../../shared/case/clocks/case-clocks.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { check, nextCheckOf } from "../../shared/case/clocks/due.ts";
import { actOf, bySystem } from "../../shared/case/moves/act-flow.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { worker } from "../../shared/platform/message-queue.ts";
import { logger, metrics } from "../../shared/platform/observability.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { UnreadableItem } from "../../shared/stored.ts";

/** A case whose clocks have to be looked at. */
export const checkRequest = z.strictObject({ trackingNumber: z.string() });

/** The case, where this code can read it. The sweep asks for it again every five minutes, until there is code that can. */
async function readableCase(cases: Pick<CaseStore, "get">, trackingNumber: string) {
  try {
    return await cases.get(trackingNumber);
  } catch (error) {
    if (error instanceof UnreadableItem) return undefined;
    throw error;
  }
}

/** More than the moves that can be due on one case at once; the rest is for writers that come in between. */
const attempts = 12;

/**
 * Does what is due on one case. Each move is one conditional write, which also sets the next look. Every move is decided on
 * the case as it is now, so a message may come twice, late, or for a case that was closed long ago.
 */
export const checkDeadline =
  (
    cases: Pick<CaseStore, "get" | "append" | "postpone">,
    directory: DirectoryStore,
    now = () => new Date(),
  ) =>
  async ({ trackingNumber }: z.infer<typeof checkRequest>): Promise<void> => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const at = now();
      const found = await readableCase(cases, trackingNumber);
      if (!found?.nextCheckAt || Date.parse(found.nextCheckAt) > at.getTime()) return;
      const counting = await countingOf(directory, found.holder);
      const due = check(found, actOf(bySystem, at), counting);
      if (!due) {
        if (await cases.postpone(found, nextCheckOf(found, at, counting))) return;
        continue;
      }
      if (await cases.append(found, clocked(found, due, counting))) {
        logger.info("deadline acted on", {
          trackingNumber,
          event: due.event.type,
          sequence: due.event.sequence,
        });
        metrics.addMetric("DeadlineActedOn", "Count", 1);
      }
    }
    throw new Error(`Something was still due on this case after ${attempts} attempts`);
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  DIRECTORY_TABLE: text,
};
const env = settings(variables);

const dynamo = dynamoClient();
export const handler = worker(
  checkRequest,
  checkDeadline(caseStore(dynamo, { cases: env.CASES_TABLE }), directoryStore(dynamo, env.DIRECTORY_TABLE)),
);
