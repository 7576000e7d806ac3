import type { Alarm, Comparison, Missing, Settings, Tag } from "./alarm.ts";
import type { Value } from "./expression.ts";
import type { MetricBook } from "./metric-book.ts";

const breaches: Record<Comparison, (value: number, threshold: number) => boolean> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * CloudWatch asks for more data points than it looks at, for the case that some are missing. Its documentation shows five for
 * alarms that look at three, and says of others that it depends. Two more is what we count with.
 */
export const rangeOf = ({ periods }: Pick<Settings, "periods">): number => periods + 2;

/**
 * The state that follows from data points, the oldest first, as "How alarm state is evaluated when data is missing" has it:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * Real data points count before missing ones, also where they are older than the periods that the alarm looks at.
 */
export function stateOf(points: readonly Value[], settings: Settings, before: Tag): Tag {
  const { comparison, threshold, periods, toAlarm, missing } = settings;
  const isBreaching = (value: number) => breaches[comparison](value, threshold);
  const real = points.filter((value): value is number => value !== undefined);

  if (real.length >= periods) {
    const looked = real.slice(-periods);
    return looked.filter(isBreaching).length >= toAlarm ? "ALARM" : "OK";
  }
  const bad = real.filter(isBreaching).length;
  const filled = periods - real.length;
  const fillings: Record<Missing, () => Tag> = {
    breaching: () => (bad + filled >= toAlarm ? "ALARM" : "OK"),
    notBreaching: () => (bad >= toAlarm ? "ALARM" : "OK"),
    ignore: () => (bad >= toAlarm ? "ALARM" : sinceLong() || real.length === 0 ? before : "OK"),
    missing: () => {
      if (real.length === 0) return "INSUFFICIENT_DATA";
      return bad >= toAlarm || sinceLong() ? "ALARM" : "OK";
    },
  };
  /** Whether all there is breaches, and the oldest of it is as old as the alarm wants breaches: then it need not wait for more. */
  function sinceLong(): boolean {
    const first = points.findIndex((value) => value !== undefined);
    return first >= 0 && bad === real.length && points.length - first >= toAlarm;
  }
  return fillings[missing]();
}

/** What is counted in a minute is there a minute after it. AWS promises nothing; most of it comes sooner. */
const lagMinutes = 1;

/** CloudWatch looks at an alarm every minute, and once an hour at one that looks back for more than a day. */
const isLookedAt = ({ periods, minutes }: Alarm, minute: number): boolean =>
  periods * minutes <= 24 * 60 || minute % 60 === 0;

/** The state of an alarm after this minute. Its periods slide: they end with the newest minute that was counted. */
export function evaluated(alarm: Alarm, book: MetricBook, minute: number, before: Tag): Tag {
  if (!isLookedAt(alarm, minute)) return before;
  const end = alarm.periods * alarm.minutes <= 24 * 60 ? minute - lagMinutes : minute;
  const points = Array.from({ length: rangeOf(alarm) }, (_, index) => {
    const to = end - (rangeOf(alarm) - 1 - index) * alarm.minutes;
    return alarm.point(book, to - alarm.minutes, to);
  });
  return stateOf(points, alarm, before);
}
