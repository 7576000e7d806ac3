/** One metric: its namespace, its name, and all dimensions with which it was counted. Another set of dimensions is another metric. */
export interface MetricName {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

const keyOf = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** What CloudWatch keeps: the values of every metric, by the minute. */
export function metricBook() {
  const metrics = new Map<string, Map<number, number[]>>();
  return {
    /** Counts a value in a minute. */
    put(metric: MetricName, value: number, minute: number) {
      const key = keyOf(metric);
      const minutes = metrics.get(key) ?? new Map<number, number[]>();
      metrics.set(key, minutes);
      const values = minutes.get(minute);
      if (values) values.push(value);
      else minutes.set(minute, [value]);
    },
    /** The values of the minutes from `from` up to `to`, which is not among them. */
    values(metric: MetricName, from: number, to: number): number[] {
      const minutes = metrics.get(keyOf(metric));
      const found: number[] = [];
      if (!minutes) return found;
      for (let minute = from; minute < to; minute++) {
        const values = minutes.get(minute);
        if (values) found.push(...values);
      }
      return found;
    },
    /** The names of all metrics that were counted. */
    names: (): ReadonlySet<string> => new Set(metrics.keys()),
    has: (metric: MetricName) => metrics.has(keyOf(metric)),
  };
}
export type MetricBook = ReturnType<typeof metricBook>;

const statistics: Record<string, (values: readonly number[]) => number> = {
  Sum: (values) => values.reduce((sum, one) => sum + one, 0),
  Average: (values) => values.reduce((sum, one) => sum + one, 0) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  SampleCount: (values) => values.length,
};

/** A statistic of the values of one period; undefined where there are none: CloudWatch calls that a missing data point. */
export function statisticOf(statistic: string, values: readonly number[]): number | undefined {
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(statistic) ?? [];
  const known = statistics[statistic];
  if (percent === undefined && !known) throw new Error(`CloudWatch has no statistic ${statistic}`);
  if (values.length === 0) return undefined;
  if (percent === undefined) return known!(values);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)];
}
