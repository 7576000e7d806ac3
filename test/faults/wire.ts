import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import {
  type DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import type { SESv2Client } from "@aws-sdk/client-sesv2";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { type Random, randomOf } from "./random.ts";

/** One run of a function. A killed one never comes back from the call that it was in. */
interface Run {
  random: Random;
  dead: boolean;
  die(): void;
}

/** What may happen to a call on its way, and how often. */
const chances = {
  throttled: 0.006,
  failed: 0.004,
  "timed-out": 0.003,
  conflict: 0.006,
  delayed: 0.01,
  killed: 0.002,
  /** The service did it, and nobody hears of that. */
  "answer-lost": 0.003,
  "killed-after": 0.001,
} as const;
type Fault = keyof typeof chances;

const metadata = (httpStatusCode: number) => ({ message: "injected", $metadata: { httpStatusCode } });
const timeout = () => Object.assign(new Error("injected"), { name: "TimeoutError" });
const unavailable = () => new InternalServerError(metadata(500));
const slowDown = () => new ProvisionedThroughputExceededException(metadata(400));

/** Two writers at one item. Calls that only read never collide. */
function collision(command: string): Error | undefined {
  if (command === "TransactWriteItemsCommand")
    return new TransactionCanceledException({
      ...metadata(400),
      CancellationReasons: [{ Code: "TransactionConflict" }],
    });
  return /^(Put|Update|Delete)Item/.test(command)
    ? new TransactionConflictException(metadata(400))
    : undefined;
}

type Client = DynamoDBClient | SQSClient | SESv2Client;
type Answer = { response: unknown; output: object };

/** The way between the clients of AWS and the services. Whatever runs inside `run` meets its faults; all else meets none. */
export function aFaultyWire(seed: number) {
  const runs = new AsyncLocalStorage<Run>();
  const injected = new Map<string, number>();
  let calls = 0;
  let quiet = false;

  const faultOf = ({ random }: Run): Fault | undefined => {
    let draw = random.next();
    for (const [fault, chance] of Object.entries(chances) as [Fault, number][]) {
      if (draw < chance) return fault;
      draw -= chance;
    }
    return undefined;
  };
  const never = new Promise<never>(() => {});

  async function pass(command: string, go: () => Promise<Answer>): Promise<Answer> {
    calls++;
    const run = runs.getStore();
    if (!run || quiet) return go();
    if (run.dead) return never;
    const fault = faultOf(run);
    const count = (what: string) => injected.set(what, (injected.get(what) ?? 0) + 1);
    switch (fault) {
      case undefined:
        break;
      case "throttled":
        count(fault);
        throw slowDown();
      case "failed":
        count(fault);
        throw unavailable();
      case "timed-out":
        count(fault);
        throw timeout();
      case "conflict": {
        const error = collision(command);
        if (!error) break;
        count(fault);
        throw error;
      }
      case "delayed":
        count(fault);
        await wait(1 + run.random.below(8));
        break;
      case "killed":
        count(fault);
        run.die();
        return never;
      case "answer-lost":
      case "killed-after": {
        await go();
        count(fault);
        if (command === "SendEmailCommand") count(`${fault} of a mail`);
        if (fault === "answer-lost") throw run.random.chance(0.5) ? unavailable() : timeout();
        run.die();
        return never;
      }
    }
    const answer = await go();
    return run.dead ? never : answer;
  }

  return {
    injected,
    calls: () => calls,
    /** Whether faults are held back for now. */
    quieten(whether: boolean) {
      quiet = whether;
    },
    /** Lays the wire between a client and its service. `service` stands in for the service itself. */
    lay<C extends Client>(
      client: C,
      service?: (command: string, input: object, random: Random | undefined) => Promise<object>,
    ): C {
      const middleware =
        (next: (args: object) => Promise<Answer>, { commandName = "" }: { commandName?: string }) =>
        (args: { input: object }) =>
          pass(commandName, async () => {
            if (!service) return next(args);
            const chance = quiet ? undefined : runs.getStore()?.random;
            return {
              response: {},
              output: { $metadata: {}, ...(await service(commandName, args.input, chance)) },
            };
          });
      const place = { step: "finalizeRequest", priority: "low", name: "faultyWire" };
      // The clients agree on this, but not on the names of its types.
      (client.middlewareStack as unknown as { add(what: unknown, where: object): void }).add(
        middleware,
        place,
      );
      return client;
    },
    /** Runs a function, with faults that follow from the seed and its name. "killed" where it did not live to its end. */
    async run<T>(name: string, work: () => Promise<T>): Promise<T | "killed"> {
      const killed = Promise.withResolvers<"killed">();
      const run: Run = {
        random: randomOf(seed, name),
        dead: false,
        die() {
          run.dead = true;
          killed.resolve("killed");
        },
      };
      return runs.run(run, () => Promise.race([work(), killed.promise]));
    },
  };
}
export type FaultyWire = ReturnType<typeof aFaultyWire>;

/** The retries of the SDK, without its waits: these are not what is tried here. */
export const promptRetries = (attempts: number) => {
  const token = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
  type Token = ReturnType<typeof token>;
  return {
    acquireInitialRetryToken: async () => token(0),
    refreshRetryTokenForRetry: async (before: Token, { errorType }: { errorType: string }) => {
      const count = before.getRetryCount() + 1;
      if (errorType === "CLIENT_ERROR" || count >= attempts) throw new Error("No attempt is left");
      return token(count);
    },
    recordSuccess: () => {},
  };
};
