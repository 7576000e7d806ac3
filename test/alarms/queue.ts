import type { SQSEvent } from "aws-lambda";
import { ofType, only, prod } from "../infra/synthesised.ts";

interface Waiting {
  id: string;
  body: string;
  sentAt: number;
  visibleAt: number;
  receives: number;
}

const quietSeconds = 6 * 60 * 60;

/** A message queue of the template, with its own times, on the clock of a play. All times are in seconds. */
export function queueOf(worker: string, now: () => number) {
  const { VisibilityTimeout, RedrivePolicy } = only(prod, "AWS::SQS::Queue", `${worker}/Queue`).properties;
  const mapping = ofType(prod, "AWS::Lambda::EventSourceMapping").find(
    ({ properties }) => properties.EventSourceArn === `${worker}/Queue.Arn`,
  );
  if (!mapping) throw new Error(`Nobody works through ${worker}`);
  const waiting: Waiting[] = [];
  const dead: Waiting[] = [];
  let sent = 0;
  let usedAt = Number.NEGATIVE_INFINITY;
  let deadAt = Number.NEGATIVE_INFINITY;
  return {
    path: `${worker}/Queue`,
    deadLetters: `${worker}/DeadLetterQueue`,
    function: String(mapping.properties.FunctionName),
    take(body: string, delay = 0) {
      usedAt = now();
      waiting.push({
        id: `${worker}-${sent++}`,
        body,
        sentAt: now(),
        visibleAt: now() + delay,
        receives: 0,
      });
    },
    /** The next batch for the function; undefined where nothing can be seen now. What it has it hides for the retry. */
    batch(): (SQSEvent & { ids: string[] }) | undefined {
      for (const one of waiting.filter(({ visibleAt }) => visibleAt <= now()))
        if (one.receives >= RedrivePolicy.maxReceiveCount) {
          waiting.splice(waiting.indexOf(one), 1);
          dead.push(one);
          deadAt = now();
        }
      const batch = waiting
        .filter(({ visibleAt }) => visibleAt <= now())
        .slice(0, mapping.properties.BatchSize);
      if (batch.length === 0) return undefined;
      usedAt = now();
      for (const one of batch) {
        one.receives++;
        one.visibleAt = now() + VisibilityTimeout;
      }
      const Records = batch.map(({ id, body, receives }) => ({
        messageId: id,
        receiptHandle: id,
        body,
        attributes: { ApproximateReceiveCount: String(receives) },
      }));
      return { Records, ids: batch.map(({ id }) => id) } as never;
    },
    /** Whether a message can be seen now. */
    hasVisible: () => waiting.some(({ visibleAt }) => visibleAt <= now()),
    /** Takes away what was worked on. */
    done(ids: readonly string[]) {
      for (const id of ids)
        waiting.splice(
          waiting.findIndex((one) => one.id === id),
          1,
        );
    },
    /** Somebody purges what nobody could work on. */
    purgeDead: () => void dead.splice(0),
    isActive: () => now() - usedAt < quietSeconds,
    hasDeadActivity: () => now() - deadAt < quietSeconds || dead.length > 0,
    size: () => waiting.length,
    visible: () => waiting.filter(({ visibleAt }) => visibleAt <= now()).length,
    dead: () => dead.length,
    oldestSeconds: () =>
      Math.max(0, ...waiting.filter(({ receives }) => receives < 3).map(({ sentAt }) => now() - sentAt)),
  };
}
export type SimulatedQueue = ReturnType<typeof queueOf>;
