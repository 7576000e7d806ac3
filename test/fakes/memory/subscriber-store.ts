import {
  askedSeconds,
  lookAfter,
  mostSubscribers,
  type Subscriber,
  type SubscriberName,
} from "../../../shared/subscriber/subscriber.ts";
import type { SubscriberStore } from "../../../shared/subscriber/subscriber-store.ts";

/** Who follows which case, in memory. */
export function memorySubscribers(): SubscriberStore {
  const asking = new Map<string, { name: SubscriberName; who: Subscriber; until: number }>();
  const following = new Map<string, Map<string, Subscriber>>();
  const looks = new Map<string, number>();
  const keyOf = ({ trackingNumber, id }: SubscriberName) => `${trackingNumber}#${id}`;
  const of = (trackingNumber: string) => following.get(trackingNumber) ?? new Map<string, Subscriber>();
  const askingNow = (name: SubscriberName, at: Date) => {
    const found = asking.get(keyOf(name));
    return found && found.until > at.getTime() ? found.who : undefined;
  };
  return {
    async ask(name, who, at) {
      asking.set(keyOf(name), { name, who, until: (Math.floor(at.getTime() / 1000) + askedSeconds) * 1000 });
    },
    asking: async (name, at) => askingNow(name, at),
    async confirm(name, at) {
      const { trackingNumber, id } = name;
      const others = of(trackingNumber);
      const who = askingNow(name, at);
      if (others.has(id)) return "following";
      if (!who) return "unknown";
      if (others.size >= mostSubscribers) return "full";
      following.set(trackingNumber, others.set(id, who));
      if (!looks.has(trackingNumber)) looks.set(trackingNumber, lookAfter(at).getTime());
      asking.delete(keyOf(name));
      return "following";
    },
    async forgetAsking(name) {
      asking.delete(keyOf(name));
    },
    isFollowing: async ({ trackingNumber, id }) => of(trackingNumber).has(id),
    find: async ({ trackingNumber, id }) => of(trackingNumber).get(id),
    idsOf: async (trackingNumber) => [...of(trackingNumber).keys()].sort(),
    async forget(name) {
      asking.delete(keyOf(name));
      of(name.trackingNumber).delete(name.id);
    },
    async forgetAll(trackingNumber) {
      following.delete(trackingNumber);
      looks.delete(trackingNumber);
      for (const [key, { name }] of asking) if (name.trackingNumber === trackingNumber) asking.delete(key);
    },
    async *toForget(until) {
      yield [
        ...[...asking.values()]
          .filter((one) => one.until <= until.getTime())
          .map(({ name }) => ({ ...name })),
        ...[...looks]
          .filter(([, look]) => look <= until.getTime())
          .map(([trackingNumber]) => ({ trackingNumber })),
      ];
    },
    async lookAgain(trackingNumber, at) {
      if (looks.has(trackingNumber)) looks.set(trackingNumber, at.getTime());
    },
  };
}
