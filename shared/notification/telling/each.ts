/** Waits for all attempts, then fails if one of them failed. Its message comes again; the others are done. */
export async function each(attempts: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(attempts)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
