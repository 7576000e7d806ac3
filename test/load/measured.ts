import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";

const count = z.int().nonnegative();
const summary = z.strictObject({
  requests: count,
  perSecond: z.number(),
  p50: count,
  p99: count,
  shed: count,
  errors: z.record(z.string(), count),
});

/** What `npm run load` measured last. */
export const loadMeasured = z.strictObject({
  measuredOn: z.iso.datetime(),
  machine: z.string(),
  /** Processes that wanted the processor on average during the run, besides how many cores there are. */
  busyness: z.number(),
  seconds: z.strictObject({ steady: count, spike: count, soak: count }),
  factor: count,
  steady: summary,
  spike: summary,
  soak: summary,
  /** After the spike, until p99 was within twice the steady one again; absent where it never was. */
  recoverySeconds: z.number().optional(),
  /** Megabytes of the process in which gateway and functions run. */
  memory: z.strictObject({
    before: count,
    after: count,
    atSoakStart: count,
    atSoakEnd: count,
    perMinuteOfSoak: z.number(),
    /** The same of the second half alone: what still grows once all environments are there. */
    perMinuteOfSecondHalf: z.number(),
  }),
});
export type LoadMeasured = z.infer<typeof loadMeasured>;

export const loadFile = "docs/load.json";

export const storedLoad = (): LoadMeasured | undefined =>
  existsSync(loadFile) ? loadMeasured.parse(JSON.parse(readFileSync(loadFile, "utf8"))) : undefined;
