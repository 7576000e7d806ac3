import type { OwnAddress } from "../../../shared/calendar-feed/address.ts";
import type { CalendarAddressStore } from "../../../shared/calendar-feed/address-store.ts";
import type { ToldCalendar } from "../../../shared/calendar-feed/told-calendar.ts";
import type { ToldCalendarStore } from "../../../shared/calendar-feed/told-calendar-store.ts";

/** The addresses of officers' calendars, in memory. */
export function memoryCalendarAddresses(): CalendarAddressStore {
  const owners = new Map<string, OwnAddress>();
  const subjects = new Map<string, string>();
  const isSeen = (subject: string, seen: OwnAddress | undefined) => owners.get(subject)?.hash === seen?.hash;
  return {
    subjectOf: async (hash) => subjects.get(hash),
    of: async (subject) => structuredClone(owners.get(subject)),
    async replace(subject, seen, next) {
      if (!isSeen(subject, seen)) return false;
      if (seen) subjects.delete(seen.hash);
      subjects.set(next.hash, subject);
      owners.set(subject, structuredClone(next));
      return true;
    },
    async revoke(subject, seen) {
      if (!isSeen(subject, seen)) return false;
      subjects.delete(seen.hash);
      owners.delete(subject);
      return true;
    },
  };
}

/** What calendars told last, in memory. */
export function memoryToldCalendars(): ToldCalendarStore {
  const items = new Map<string, ToldCalendar>();
  return {
    last: async (subject) => structuredClone(items.get(subject)),
    async keep(subject, next) {
      if ((items.get(subject)?.version ?? 0) !== next.version - 1) return false;
      items.set(subject, structuredClone(next));
      return true;
    },
  };
}

/** All that calendars are kept in. */
export const memoryCalendars = () => ({
  calendarAddresses: memoryCalendarAddresses(),
  toldCalendars: memoryToldCalendars(),
});
