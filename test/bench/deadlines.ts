import { addDays, isWeekend } from "date-fns";
import dayjs from "dayjs";
import businessDays from "dayjs-business-days2";
import moment from "moment-business-days";
import { nationalCalendar } from "../../shared/deadline/calendar/calendar.ts";
import { dateOf, dayOf } from "../../shared/deadline/calendar/local-date.ts";
import { deadlineOf, explain } from "../../shared/deadline/deadline.ts";
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

const baseline = "date-fns, with a set of holidays";

/** Each gives the due date of 60 working days after a start, with the decrees' holidays. */
const ways: [string, (start: string) => string][] = [
  ["ours", (start) => dateOf(deadlineOf(limit, dayOf(start), calendar).day)],
  [
    "ours, explained",
    (start) => {
      const { text } = explain(deadlineOf(limit, dayOf(start), calendar), limit, policy, "id");
      return text.slice(-11, -1);
    },
  ],
  [
    baseline,
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
/** Long enough for the fastest way to go through all starts many times. */
const turnMs = 40;

/** Due dates a second, in one turn. */
function pace(due: (start: string) => string): number {
  const began = performance.now();
  let counted = 0;
  while (performance.now() - began < turnMs) {
    for (const start of starts) due(start);
    counted += starts.length;
  }
  return (counted * 1000) / (performance.now() - began);
}

/** Due dates a second, in turns, and how many of each way's dates are not ours. */
export function deadlinesPerSecond(): string {
  const [, ours] = ways[0] as (typeof ways)[0];
  const paces = new Map<string, number[]>(ways.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, due] of ways) {
      const one = pace(due);
      if (round > 0) paces.get(name)?.push(one); // the first warms up
    }
  const perSecond = (name: string) => median(paces.get(name) ?? []);
  return table(
    ["60 working days with", "a second", "times date-fns", "other dates than ours"],
    ways.map(([name, due]) => [
      name,
      perSecond(name).toFixed(0),
      (perSecond(name) / perSecond(baseline)).toFixed(1),
      String(starts.filter((start) => due(start) !== ours(start)).length),
    ]),
  );
}
