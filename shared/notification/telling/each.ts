/** Waits for all attempts. One that fails keeps no other from its end, but has the message come again. */
export async function each(attempts: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(attempts)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
