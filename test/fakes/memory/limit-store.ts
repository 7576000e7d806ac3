import type { CalendarVersion } from "../../../shared/deadline/calendar/calendar.ts";
import type { LimitStore } from "../../../shared/deadline/limit-store.ts";
import type { PolicyVersion } from "../../../shared/deadline/policy.ts";

/** Versions of calendars and policies in memory. */
export function memoryLimits(): LimitStore {
  const calendars: CalendarVersion[] = [];
  const policies: PolicyVersion[] = [];
  const add = <T>(all: T[], one: T, isSame: (other: T) => boolean) => {
    if (all.some(isSame)) return false;
    all.push(structuredClone(one));
    return true;
  };
  return {
    calendars: async () => structuredClone(calendars),
    policies: async () => structuredClone(policies),
    addCalendar: async (one) =>
      add(calendars, one, ({ year, version }) => year === one.year && version === one.version),
    addPolicy: async (one) => add(policies, one, ({ version }) => version === one.version),
  };
}
