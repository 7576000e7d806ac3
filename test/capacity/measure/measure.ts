import { cpus } from "node:os";
import { type MeasuredStep, type Measurement, summed } from "../model/measurement.ts";
import { measuredStage, openGround } from "./ground.ts";
import { playLife } from "./life.ts";

/** Each life is played on working days far from holidays. */
const startsAt = {
  busy: "2026-09-01T08:00:00+08:00",
  again: "2026-10-06T08:00:00+08:00",
  alone: "2026-11-10T08:00:00+08:00",
};
/** A life has two reports: one that is worked on, and one that waits. */
const reportsOfLife = 2;

/** Plays the life of a busy day. What it asks for is the same in every run of the same code. */
export async function measureBusy(): Promise<MeasuredStep[]> {
  const ground = await openGround();
  try {
    return (await playLife(ground, { cold: false, startsAt: startsAt.busy })).map(summed);
  } finally {
    await ground.close();
  }
}

/** Milliseconds of a life in which nothing had to start. */
const withTimesOf = (steps: readonly MeasuredStep[], again: readonly MeasuredStep[]): MeasuredStep[] =>
  steps.map((step, index) => ({
    ...step,
    functions: Object.fromEntries(
      Object.entries(step.functions).map(([name, calls]) => [
        name,
        again[index]?.functions[name]?.calls === calls.calls ? again[index].functions[name] : calls,
      ]),
    ),
  }));

/** Plays a life on a busy day, the same again for its times, and one on a day on which nobody else comes. */
export async function measure(signal?: AbortSignal): Promise<Measurement> {
  const ground = await openGround({ ...(signal && { signal }) });
  try {
    const before = await ground.stored();
    const busy = await playLife(ground, { cold: false, startsAt: startsAt.busy });
    const after = await ground.stored();
    // Everything has started by now.
    const again = await playLife(ground, { cold: false, startsAt: startsAt.again });
    const alone = await playLife(ground, { cold: true, startsAt: startsAt.alone });
    const [cpu] = cpus();
    return {
      measuredOn: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores (${cpu?.model.trim()}), Node ${process.versions.node}`,
      stage: measuredStage,
      keptOfReport: Object.fromEntries(
        ["Cases", "Reporters", "Notifications"].map((id) => [
          id,
          Math.round(((after[id] ?? 0) - (before[id] ?? 0)) / reportsOfLife),
        ]),
      ),
      alone: alone.map(summed),
      busy: withTimesOf(busy.map(summed), again.map(summed)),
    };
  } finally {
    await ground.close();
  }
}
