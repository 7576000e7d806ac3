import { AsyncLocalStorage } from "node:async_hooks";
import { tooBusy } from "./overload.ts";

/** How long a client waits for a service before it gives up: so many attempts, each for so long. */
export interface Patience {
  attempts: number;
  milliseconds: number;
}

/**
 * What the clients of each service may take. Behind a caller the worst case of one call ends before the function does
 * (test/infra/limits.test.ts), so that the caller gets our answer and not the gateway's.
 */
export const patience = {
  /** DynamoDB. */
  tables: { attempts: 3, milliseconds: 1_800 },
  /** KMS. */
  keys: { attempts: 3, milliseconds: 1_800 },
  /** S3, while a caller waits. */
  files: { attempts: 3, milliseconds: 2_400 },
  /** S3, for jobs, which store and fetch files as a whole. */
  wholeFiles: { attempts: 4, milliseconds: 10_000 },
  /** SQS. */
  queues: { attempts: 3, milliseconds: 2_000 },
  /** SES. */
  mails: { attempts: 3, milliseconds: 5_000 },
  /** Cognito. */
  accounts: { attempts: 3, milliseconds: 3_000 },
  /** The issuer that signs officers in. It is asked without a pause between two attempts. */
  issuer: { attempts: 2, milliseconds: 3_000 },
} as const satisfies Record<string, Patience>;

/** After a throttled attempt the SDK pauses for no longer than this, after the next for twice as long, and so on. */
const firstPauseMilliseconds = 500;

/** The longest that one call takes with all its attempts and the pauses between them. */
export const longestMilliseconds = ({ attempts, milliseconds }: Patience): number =>
  attempts * milliseconds + firstPauseMilliseconds * (2 ** (attempts - 1) - 1);

/** The same in the words of a client of AWS. */
export const patientClient = ({ attempts, milliseconds }: Patience) => ({
  maxAttempts: attempts,
  requestHandler: {
    connectionTimeout: Math.min(1_000, milliseconds),
    requestTimeout: milliseconds,
    throwOnRequestTimeout: true,
  },
});

/** A function answers its caller so long before it would be ended. */
export const answersBeforeEnd = 1_000;
/** What a page asks of a route comes back so much earlier still: the page shows what was typed. */
const showsBeforeAnswer = 500;

const running = new AsyncLocalStorage<{ endsAt: number }>();

/** Answers a caller while no more than this time is left to the function. */
export const withTimeLeft = <T>(milliseconds: number, work: () => Promise<T>): Promise<T> =>
  running.run({ endsAt: performance.now() + milliseconds }, work);

/** Waits for work while there is time to show what came of it. Afterwards the work may still be done: its sender tries again. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  const left = running.getStore();
  if (!left) return work;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const milliseconds = left.endsAt - answersBeforeEnd - showsBeforeAnswer - performance.now();
  const timer = setTimeout(() => reject(tooBusy()), Math.max(0, milliseconds));
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
  }
}
