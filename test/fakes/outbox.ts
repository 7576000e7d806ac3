import type { Outbox } from "../../shared/platform/message-queue.ts";

/**
 * A message queue that keeps its messages, and each message's delay in seconds. `refuses` says which messages it refuses.
 */
export function memoryOutbox<T>(
  refuses: (message: T) => boolean = () => false,
): Outbox & { messages: T[]; delays: number[]; refuses: (message: T) => boolean } {
  const queue = {
    messages: [] as T[],
    delays: [] as number[],
    refuses,
    async send(sent: readonly unknown[], { delaySeconds = 0 } = {}) {
      return (sent as T[]).flatMap((message, index) => {
        if (queue.refuses(message)) return [index];
        queue.messages.push(message);
        queue.delays.push(delaySeconds);
        return [];
      });
    },
  };
  return queue;
}
