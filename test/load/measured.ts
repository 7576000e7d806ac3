import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";

const count = z.int().nonnegative();
const summary = z.strictObject({
  seconds: count,
  requests: count,
  perSecond: z.number(),
  p50: count,
  p99: count,
  shed: count,
  errors: z.record(z.string(), count),
});

const run = {
  measuredOn: z.iso.datetime(),
  machine: z.string(),
  /** Processes that wanted a processor on average during the run. */
  busyness: z.number(),
};

/** Steadily, and then so many times as much at once. */
const rush = z.strictObject({
  ...run,
  factor: count,
  steady: summary,
  spike: summary,
  /** After the spike, until p99 was within twice the steady one again; absent where it never was. */
  recoverySeconds: z.number().optional(),
});
export type Rush = z.infer<typeof rush>;

const soak = z.strictObject({
  ...run,
  soak: summary,
  /** Megabytes of the process in which gateway and functions run. */
  memory: z.strictObject({
    start: count,
    end: count,
    perMinute: z.number(),
    /** The same of the second half alone: what still grows once all environments are there. */
    perMinuteOfSecondHalf: z.number(),
  }),
});
export type Soak = z.infer<typeof soak>;

/** What `npm run load` measured last. */
const loadMeasured = z.strictObject({ rush: rush.optional(), soak: soak.optional() });
export type LoadMeasured = z.infer<typeof loadMeasured>;

export const loadFile = "docs/load.json";

export const storedLoad = (): LoadMeasured =>
  existsSync(loadFile) ? loadMeasured.parse(JSON.parse(readFileSync(loadFile, "utf8"))) : {};
