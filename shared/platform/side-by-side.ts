/** A client of AWS has 50 connections. What waits for a free one may run out of time. */
const connectionsUsed = 40;

/** Asks for each of many, a bounded number at once, and keeps their order. */
export async function sideBySide<T, R>(
  all: readonly T[],
  ask: (one: T) => Promise<R>,
  atOnce = connectionsUsed,
): Promise<R[]> {
  const answers: R[] = [];
  const waiting = all.entries();
  const work = async () => {
    for (const [index, one] of waiting) answers[index] = await ask(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, work));
  return answers;
}
