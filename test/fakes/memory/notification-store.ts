import { type Notification, notificationId } from "../../../shared/notification/notification.ts";
import type { NotificationStore } from "../../../shared/notification/notification-store.ts";
import type { PileStore, Turn, Waiting } from "../../../shared/notification/piles/pile-store.ts";

/** Marks of mails and piles of notifications in memory. A notification that is on a pile is marked too. */
export function memoryNotifications(): { notifications: NotificationStore; piles: PileStore } {
  const marks = new Map<
    string,
    { claimedUntil?: number; sentAt?: string; piledAt?: string; droppedAt?: string }
  >();
  const markOf = (one: Notification) => `${one.trackingNumber}#${notificationId(one)}`;
  const untouched = (key: string, now: number): "yes" | "done" | "claimed-elsewhere" => {
    const mark = marks.get(key);
    if (mark?.sentAt || mark?.piledAt) return "done";
    return (mark?.claimedUntil ?? 0) > now ? "claimed-elsewhere" : "yes";
  };
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  const notifications: NotificationStore = {
    async claim(notification, at) {
      const key = markOf(notification);
      const free = untouched(key, seconds(at));
      if (free !== "yes") return free;
      marks.set(key, { claimedUntil: seconds(at) + 60 });
      return "claimed";
    },
    async markSent(notification, at) {
      marks.set(markOf(notification), { sentAt: at.toISOString() });
    },
    async release(notification) {
      marks.delete(markOf(notification));
    },
  };

  const waiting = new Map<string, Waiting>();
  const turns = new Map<string, number>();
  const repeats = new Map<string, number>();
  const turnOf = ({ to, about }: Turn) => JSON.stringify([to, about]);
  const pileClaims = new Map<string, number>();
  const piles: PileStore = {
    async add(one, at) {
      const key = markOf(one.notification);
      const free = untouched(key, seconds(at));
      if (free !== "yes") return free;
      marks.set(key, { piledAt: at.toISOString() });
      waiting.set(key, structuredClone(one));
      return "added";
    },
    async waiting(to) {
      return structuredClone([...waiting.values()].filter(({ notification }) => notification.to === to));
    },
    async takeOff(notifications, outcome, at) {
      for (const one of notifications) {
        const key = markOf(one);
        waiting.delete(key);
        marks.set(key, {
          ...marks.get(key),
          [outcome === "sent" ? "sentAt" : "droppedAt"]: at.toISOString(),
        });
      }
    },
    async putOff(notifications, until) {
      for (const one of notifications) {
        const found = waiting.get(markOf(one));
        if (found) found.flushAt = until.toISOString();
      }
    },
    async *due(until) {
      for (const { notification, flushAt } of waiting.values())
        if (flushAt <= until.toISOString()) yield [notification.to];
    },
    async takeTurn(turn, at, heldBackUntil) {
      const [name, { atOnce = 1 }] = [turnOf(turn), turn];
      const isHeldBack = (turns.get(name) ?? 0) > at.getTime();
      const repeated = isHeldBack ? (repeats.get(name) ?? 0) + 1 : 0;
      if (repeated > atOnce - 1) return false;
      repeats.set(name, repeated);
      if (!isHeldBack) turns.set(name, heldBackUntil.getTime());
      return true;
    },
    async holdBack(turn, until) {
      turns.set(turnOf(turn), Math.max(turns.get(turnOf(turn)) ?? 0, until.getTime()));
    },
    async claim(to, at) {
      if ((pileClaims.get(to) ?? 0) > seconds(at)) return false;
      pileClaims.set(to, seconds(at) + 60);
      return true;
    },
    async release(to) {
      pileClaims.delete(to);
    },
  };

  return { notifications, piles };
}
