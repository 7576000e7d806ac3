/**
 * npm run replay -- --from INSTANT --to INSTANT [--per-second N (default 20)] [--stage NAME | --local DIR (default .local)]
 *
 * Has all mails sent again that the events between two instants ask for, as far as they were not sent. It reads the histories of the
 * cases, so it makes up for what a message queue or the stream has lost. It may be run twice: marks of mails hold for 90 days.
 */
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { oldestReplayed, replay } from "../../shared/notification/telling/replay-flow.ts";
import { Mistake, orUsage, places, refuseTwoPlaces, runCommand } from "../../shared/platform/command.ts";
import { outbox } from "../../shared/platform/message-queue.ts";
import { systemOf } from "./running-system.ts";

const usage =
  "Usage: npm run replay -- --from INSTANT --to INSTANT [--per-second N (default 20)] [--stage NAME | --local DIR (default .local)]\nAn instant is written like 2026-11-27T08:00:00+08:00.";

const instant = z.iso.datetime({ offset: true });

/** Reads what an operator typed. */
export function readPeriod(
  from: string | undefined,
  to: string | undefined,
  now: Date,
): { from: Date; to: Date } {
  const [begin, end] = [instant.safeParse(from), instant.safeParse(to)];
  if (!begin.success || !end.success) throw new Mistake(`--from and --to take an instant each.\n${usage}`);
  const period = { from: new Date(begin.data), to: new Date(end.data) };
  if (period.from >= period.to) throw new Mistake("--from has to be before --to.");
  const oldest = oldestReplayed(now);
  if (period.from < oldest)
    throw new Mistake(
      `Mails of events before ${oldest.toISOString()} cannot be replayed: nobody remembers any more for certain which were sent.`,
    );
  return period;
}

async function main(): Promise<void> {
  const { values, perSecond } = orUsage(usage, () => {
    const { values } = parseArgs({
      options: {
        ...places,
        from: { type: "string" },
        to: { type: "string" },
        "per-second": { type: "string", default: "20" },
      },
    });
    const perSecond = Number(values["per-second"]);
    if (!Number.isInteger(perSecond) || perSecond < 1)
      throw new Mistake("--per-second takes a whole number from 1 on.");
    refuseTwoPlaces(values);
    return { values, perSecond };
  });
  const period = readPeriod(values.from, values.to, new Date());
  const { dynamo, table, queues, sqs } = await systemOf(values);
  const queue = queues.get("Emails/Queue");
  if (!queue) throw new Mistake("There is no message queue of mails. Deploy the jobs stack first.");

  const { cases, events, messages, unreadable } = await replay(
    caseStore(dynamo, { cases: table("Cases") }),
    outbox(sqs, queue),
    period,
    { pause: (count) => wait((count * 1000) / perSecond) },
  );
  console.log(
    `${messages} messages about ${events} events of ${cases} cases are on the message queue of mails`,
  );
  for (const number of unreadable)
    console.error(`The history of ${number} cannot be read: nobody is told of it`);
  if (unreadable.length > 0) process.exitCode = 1;
}

if (import.meta.main) await runCommand(main);
