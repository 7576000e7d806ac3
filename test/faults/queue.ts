import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Random } from "./random.ts";
import type { FaultyWire } from "./wire.ts";

interface Waiting {
  id: string;
  body: string;
  visibleAt: number;
  receives: number;
}

/** How often SQS gives a message out before it goes to the dead-letter queue (infra/constructs/queue-worker.ts). */
const mostReceives = 5;
/** Six times the timeout of the functions. */
const visibilityMs = 180_000;

/** Changed at once by every message that SQS delivers twice, late, or in another order. */
const chances = { refused: 0.004, doubled: 0.02, late: 0.05 };

/** A message queue on a clock that tests set. It doubles messages, delivers them late and in any order, and refuses some. */
export function aQueue(name: string, now: () => number) {
  const waiting: Waiting[] = [];
  const dead: Waiting[] = [];
  let sent = 0;
  let deliveries = 0;

  const put = (body: string, random: Random | undefined, seconds: number) => {
    const late = random?.chance(chances.late) ? random.below(600) : 0;
    waiting.push({
      id: `${name}-${sent++}`,
      body,
      visibleAt: now() + (seconds + late) * 1000,
      receives: 0,
    });
  };

  return {
    name,
    dead,
    size: () => waiting.length,
    /** Takes messages. Returns the indexes of those that it refused. */
    take(bodies: readonly { body: string; seconds: number }[], random?: Random): number[] {
      return bodies.flatMap(({ body, seconds }, index) => {
        if (random?.chance(chances.refused)) return [index];
        put(body, random, seconds);
        if (random?.chance(chances.doubled)) put(body, random, seconds);
        return [];
      });
    },
    /** Moves everything in the dead-letter queue back, as `npm run redrive` does. */
    redrive() {
      for (const { body } of dead.splice(0)) put(body, undefined, 0);
    },
    /** Gives out one batch to a function. False where nothing can be seen now. */
    async deliver(
      wire: FaultyWire,
      random: Random,
      handler: (event: SQSEvent) => Promise<SQSBatchResponse>,
      onKill: () => void,
    ): Promise<boolean> {
      const visible = waiting.filter(({ visibleAt }) => visibleAt <= now());
      const batch: Waiting[] = [];
      while (batch.length < 10 && visible.length > 0) {
        const [one] = visible.splice(random.below(visible.length), 1);
        if (one && one.receives >= mostReceives) {
          waiting.splice(waiting.indexOf(one), 1);
          dead.push(one);
        } else if (one) batch.push(one);
      }
      if (batch.length === 0) return false;
      for (const one of batch) {
        one.receives++;
        one.visibleAt = now() + visibilityMs;
      }
      const event = {
        Records: batch.map(({ id, body, receives }) => ({
          messageId: id,
          receiptHandle: id,
          body,
          attributes: { ApproximateReceiveCount: String(receives) },
        })),
      } as never;
      // A function that threw is given the same messages again, as SQS does.
      const answer = await wire
        .run(`${name} ${deliveries++}`, () => handler(event))
        .catch(() => "failed" as const);
      if (answer === "killed") onKill();
      if (typeof answer === "string") return true;
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const one of batch) if (!failed.has(one.id)) waiting.splice(waiting.indexOf(one), 1);
      return true;
    },
  };
}
export type Queue = ReturnType<typeof aQueue>;
