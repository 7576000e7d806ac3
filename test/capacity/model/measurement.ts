import * as z from "zod";
import type { Measured } from "../measure/life.ts";
import type { Call } from "../measure/wire.ts";

const count = z.int().nonnegative();
const units = z.number().nonnegative();

/** What one step asked for. Units, requests and messages are the same in every run; milliseconds and bytes of logs are not. */
const measuredStep = z.strictObject({
  step: z.string(),
  /** By function: calls, those of them that opened an environment, milliseconds, bytes of log. */
  functions: z.record(
    z.string(),
    z.strictObject({ calls: count, cold: count, milliseconds: units, logged: count }),
  ),
  /** "dynamodb Query", "sqs SendMessageBatch": how often. */
  requests: z.record(z.string(), count),
  /** "Cases", "sealed": how often a table, or a folder of a bucket, is asked. A transaction asks each of its tables. */
  asked: z.record(z.string(), z.strictObject({ reads: count, writes: count })),
  /** "Cases", "Cases/by-queue": by AWS's rules. */
  units: z.record(z.string(), z.strictObject({ read: units, write: units })),
  /** What DynamoDB Local says, for comparison. */
  unitsLocally: units,
  /** What is read and written in partitions that many cases share. */
  shared: z.array(z.strictObject({ place: z.string(), partition: z.string(), read: units, write: units })),
  /** Bytes of mails, of what went into buckets, and of what left for browsers. */
  bytes: z.strictObject({ mails: count, stored: count, toBrowsers: count, files: count }),
  /** Static files that a browser without any of them loads besides. */
  files: count,
});
export type MeasuredStep = z.infer<typeof measuredStep>;

export const measurement = z.strictObject({
  measuredOn: z.iso.date(),
  machine: z.string(),
  stage: z.string(),
  /** Bytes that the tables keep of one report, indexes included. */
  keptOfReport: z.record(z.string(), count),
  /** On a day on which nobody else comes: every step starts its functions. */
  alone: z.array(measuredStep),
  /** On a day on which somebody always comes: functions are there already. */
  busy: z.array(measuredStep),
});
export type Measurement = z.infer<typeof measurement>;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const sorted = <T>(entries: Iterable<[string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Partitions of one case, one draft or one visitor get no hotter with more of them. */
const isShared = ({ place, partition }: Call["units"][number]): boolean =>
  partition !== "" && !/\{(number|hash|id)\}/.test(partition) && !place.startsWith("Drafts");

const isRead = ({ operation }: Call): boolean => /^(Get|BatchGet|Query|Scan|Head|List)/.test(operation);

/** The tables, or the folder, that a request is about. */
const askedBy = ({ units, folder }: Call): string[] => [
  ...new Set(folder ? [folder] : units.map(({ place }) => place.replace(/\/.*$/, ""))),
];

/** Adds up what happened in a step. */
export function summed({ step, invocations, calls, toBrowsers, files }: Measured): MeasuredStep {
  const all = calls.flatMap((call) => call.units);
  const bytesOf = (service: string, operation: string) =>
    sum(
      calls
        .filter((call) => call.service === service && call.operation === operation)
        .map(({ bytesIn }) => bytesIn),
    );
  return {
    step,
    functions: sorted(
      [...Map.groupBy(invocations, ({ by }) => by)].map(([by, of]) => [
        by,
        {
          calls: of.length,
          cold: of.filter(({ cold }) => cold).length,
          milliseconds: Math.round(sum(of.map(({ milliseconds }) => milliseconds))),
          logged: sum(of.map(({ logged }) => logged)),
        },
      ]),
    ),
    requests: sorted(
      [...Map.groupBy(calls, ({ service, operation }) => `${service} ${operation}`)].map(([name, of]) => [
        name,
        of.length,
      ]),
    ),
    asked: sorted(
      [
        ...Map.groupBy(
          calls.flatMap((call) => askedBy(call).map((place) => ({ place, read: isRead(call) }))),
          ({ place }) => place,
        ),
      ].map(([place, of]) => [
        place,
        { reads: of.filter(({ read }) => read).length, writes: of.filter(({ read }) => !read).length },
      ]),
    ),
    units: sorted(
      [...Map.groupBy(all, ({ place }) => place)].map(([place, of]) => [
        place,
        { read: sum(of.map(({ read }) => read)), write: sum(of.map(({ write }) => write)) },
      ]),
    ),
    unitsLocally: sum(calls.map(({ local }) => local)),
    shared: [...Map.groupBy(all.filter(isShared), ({ place, partition }) => `${place} ${partition}`).values()]
      .map(([first, ...more]) => ({
        place: first?.place ?? "",
        partition: first?.partition ?? "",
        read: sum([first, ...more].map((one) => one?.read ?? 0)),
        write: sum([first, ...more].map((one) => one?.write ?? 0)),
      }))
      .sort((a, b) => (`${a.place} ${a.partition}` < `${b.place} ${b.partition}` ? -1 : 1)),
    bytes: {
      mails: bytesOf("ses", "SendEmail"),
      stored: bytesOf("s3", "PutObject"),
      toBrowsers,
      files: files.bytes,
    },
    files: files.requests,
  };
}

/** Which part of a spread index a case is in follows from its random number, and with that what a read of all parts finds. */
function spreadOf({ shared }: MeasuredStep): Set<string> {
  return new Set(shared.filter(({ partition }) => partition.includes("{part}")).map(({ place }) => place));
}

/** What is the same in every run of the same code. */
export const repeatable = (steps: readonly MeasuredStep[]) =>
  steps.map((measured) => {
    const { step, functions, requests, units: used, shared } = measured;
    const spread = spreadOf(measured);
    const withoutSpread = <T extends { read: number; write: number }>(place: string, one: T): T =>
      spread.has(place) ? { ...one, read: 0 } : one;
    return {
      step,
      calls: Object.fromEntries(Object.entries(functions).map(([name, { calls }]) => [name, calls])),
      requests,
      units: Object.fromEntries(
        Object.entries(used).map(([place, one]) => [place, withoutSpread(place, one)]),
      ),
      shared: shared.map((one) => withoutSpread(one.place, one)),
    };
  });
