import type * as z from "zod";
import type { Case } from "../../../case/case.ts";
import type { EventContent } from "../../../case/history.ts";
import { stateOf } from "../../../deadline/clock.ts";
import { type ClockReading, type clockView, viewOfClock } from "../../../deadline/clock-view.ts";

type Alert = EventContent<"warned">["alerts"][number];

/** An alert that still holds, with its clock as it stands now. */
export type CurrentAlert = Alert & { view: z.input<typeof clockView> };

/** The alerts whose clock has not ended and still has the date that it was told with. A date that moved is told anew. */
export function currentAlerts(
  { clocks }: Case,
  alerts: readonly Alert[],
  at: Date,
  reading: ClockReading,
): CurrentAlert[] {
  return alerts.flatMap((alert) => {
    const clock = clocks.findLast(({ name }) => name === alert.clock);
    if (clock?.due !== alert.due || clock.endedAt !== undefined) return [];
    return ["running", "missed"].includes(stateOf(clock, at, reading))
      ? [{ ...alert, view: viewOfClock(clock, at, reading, "id") }]
      : [];
  });
}
