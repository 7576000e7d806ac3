import { addDays, isWeekend } from "date-fns";
import dayjs from "dayjs";
import businessDays from "dayjs-business-days2";
import moment from "moment-business-days";
import { nationalCalendar } from "../../shared/deadline/calendar.ts";
import { deadlineOf, explain } from "../../shared/deadline/deadline.ts";
import { dateOf, dayOf } from "../../shared/deadline/local-date.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import { median, table } from "./table.ts";

const days = 60;
const calendar = nationalCalendar();
const holidays = [...calendar.freeDays.keys()].map(dateOf);
const [policy] = shippedPolicies as [(typeof shippedPolicies)[0]];
const limit = {
  ...policy.limits[0],
  clock: "completion",
  days,
  unit: "working-days",
  legalBasis: "Contoh",
  certainty: "own-choice",
} as const;

/** From what to count, spread over the years that have a decree. */
const starts = Array.from({ length: 500 }, (_, index) => dateOf(dayOf("2024-01-02") + index * 2));

const isoDate = (at: Date): string =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;

/** Each gives the due date of 60 working days after a start, with the decrees' holidays. */
const ways: [string, (start: string) => string][] = [
  ["ours", (start) => dateOf(deadlineOf(limit, dayOf(start), calendar).day)],
  [
    "ours, explained",
    (start) => {
      const from = dayOf(start);
      const deadline = deadlineOf(limit, from, calendar);
      return explain(deadline, from, limit, policy, calendar, "id").text.slice(-11, -1);
    },
  ],
  [
    "date-fns, with a set of holidays",
    (() => {
      const free = new Set(holidays);
      return (start: string) => {
        let at = new Date(`${start}T00:00:00`);
        for (let left = days; left > 0;) {
          at = addDays(at, 1);
          if (!isWeekend(at) && !free.has(isoDate(at))) left--;
        }
        return isoDate(at);
      };
    })(),
  ],
  [
    "moment-business-days",
    (() => {
      moment.updateLocale("en", { holidays, holidayFormat: "YYYY-MM-DD" });
      return (start: string) => moment(start, "YYYY-MM-DD").businessAdd(days).format("YYYY-MM-DD");
    })(),
  ],
  [
    "dayjs-business-days2",
    (() => {
      dayjs.extend(businessDays, { holidays, holidayFormat: "YYYY-MM-DD" });
      return (start: string) => dayjs(start).businessDaysAdd(days).format("YYYY-MM-DD");
    })(),
  ],
];

const rounds = 5;

/** Due dates a second, in turns; refuses a way that finds another date than ours. */
export function deadlinesPerSecond(): string {
  const [, ours] = ways[0] as (typeof ways)[0];
  const wrong = new Map<string, number>();
  const times = new Map<string, number[]>(ways.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, due] of ways) {
      const began = performance.now();
      for (const start of starts) due(start);
      if (round > 0) times.get(name)?.push(performance.now() - began); // the first warms up
    }
  for (const [name, due] of ways)
    wrong.set(name, starts.filter((start) => due(start) !== ours(start)).length);
  const perSecond = (name: string) => (starts.length * 1000) / median(times.get(name) ?? []);
  return table(
    ["60 working days with", "a second", "ours/this", "other dates than ours"],
    ways.map(([name]) => [
      name,
      perSecond(name).toFixed(0),
      (perSecond("ours") / perSecond(name)).toFixed(1),
      String(wrong.get(name)),
    ]),
  );
}
