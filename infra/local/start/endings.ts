/** What has been started: it ends in the reverse order, once. */
export type Endings = { add(end: () => unknown): void; stop(): Promise<void> };

export const openEndings = (): Endings => {
  const endings: (() => unknown)[] = [];
  const endAll = async () => {
    const failures: unknown[] = [];
    for (let end = endings.pop(); end; end = endings.pop())
      try {
        await end();
      } catch (error) {
        failures.push(error); // the others still have to end
      }
    if (failures.length) throw new AggregateError(failures, "Not everything could be stopped cleanly.");
  };
  let stopped: Promise<void> | undefined;
  return { add: (end) => endings.push(end), stop: () => (stopped ??= endAll()) };
};

/** Waits for all, whatever happens: the first failure aborts the others, and is thrown once they have ended. */
export const together = async <T extends readonly unknown[] | []>(
  signal: AbortSignal,
  begin: (failure: AbortSignal) => T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> => {
  signal.throwIfAborted();
  const failing = new AbortController();
  const all = begin(AbortSignal.any([signal, failing.signal]));
  for (const each of all) Promise.resolve(each).catch((error) => failing.abort(error));
  await Promise.allSettled(all);
  failing.signal.throwIfAborted();
  signal.throwIfAborted();
  return Promise.all(all);
};
