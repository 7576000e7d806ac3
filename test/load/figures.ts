/** One request, and when it was sent, in milliseconds since the run began. */
export interface Sample {
  at: number;
  milliseconds: number;
  what: string;
  /** "ok", "shed" where the system said when to come again, or what went wrong. */
  outcome: string;
}

/** The value below which this share (0 to 1) of the values lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** What became of a request. Only an answer that says when to come again is shedding; any other 5xx is an error. */
export function outcomeOf(status: number, retryAfter: string | null): string {
  if (status < 400) return "ok";
  if ((status === 503 || status === 429) && retryAfter !== null) return "shed";
  return `status ${status}`;
}

export interface Summary {
  seconds: number;
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  shed: number;
  /** What went wrong, with how often. */
  errors: Record<string, number>;
}

/** Adds up what came of requests over so many seconds. */
export function summaryOf(samples: readonly Sample[], seconds: number): Summary {
  const times = samples.map(({ milliseconds }) => milliseconds);
  const errors: Record<string, number> = {};
  for (const { outcome, what } of samples)
    if (outcome !== "ok" && outcome !== "shed") {
      const name = `${what}: ${outcome}`;
      errors[name] = (errors[name] ?? 0) + 1;
    }
  return {
    seconds,
    requests: samples.length,
    perSecond: Math.round((samples.length / seconds) * 10) / 10,
    p50: Math.round(quantile(times, 0.5)),
    p99: Math.round(quantile(times, 0.99)),
    shed: samples.filter(({ outcome }) => outcome === "shed").length,
    errors,
  };
}

/**
 * How many seconds after `from` the requests are answered as before again: the beginning of the first of three windows in a row whose
 * p99 is at most twice the usual. Undefined where that never was.
 */
export function recoverySeconds(
  samples: readonly Sample[],
  { from, usualP99, windowSeconds = 5 }: { from: number; usualP99: number; windowSeconds?: number },
): number | undefined {
  const window = windowSeconds * 1000;
  const byWindow = Map.groupBy(
    samples.filter(({ at }) => at >= from),
    ({ at }) => Math.floor((at - from) / window),
  );
  const calm = (index: number) => {
    const inside = byWindow.get(index);
    return (
      inside !== undefined &&
      quantile(
        inside.map(({ milliseconds }) => milliseconds),
        0.99,
      ) <=
        2 * usualP99
    );
  };
  for (let index = 0; index <= Math.max(-1, ...byWindow.keys()) - 2; index++)
    if ([index, index + 1, index + 2].every(calm)) return index * windowSeconds;
  return undefined;
}

/** By how much values rise in a minute, along the straight line that fits them best. */
export function slopePerMinute(points: readonly { at: number; value: number }[]): number {
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [at, value] = [mean((one) => one.at), mean((one) => one.value)];
  const spread = points.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  if (spread === 0) return 0;
  return (points.reduce((sum, one) => sum + (one.at - at) * (one.value - value), 0) / spread) * 60_000;
}
