import { describe, expect, test } from "vitest";
import { readCalendar } from "../../functions/commands/read-calendar.ts";
import { shippedYears } from "../../shared/deadline/calendar/calendar.ts";

const ics = (...events: string[][]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//contoh//kalender//ID",
    ...events.flatMap((lines, index) => [
      "BEGIN:VEVENT",
      `UID:${index}@contoh.example`,
      ...lines,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ].join("\r\n");
const event = (name: string, from: string, to?: string) => [
  `SUMMARY:${name}`,
  `DTSTART;VALUE=DATE:${from}`,
  ...(to ? [`DTEND;VALUE=DATE:${to}`] : []),
];
const read = (...events: string[][]) => readCalendar(ics(...events), 2027, "SKB Contoh 1/2026");

describe("a calendar that comes as an iCalendar file", () => {
  test("An event of several days gives each of them, up to the day before its end", () => {
    expect(read(event("Idul Fitri", "20270310", "20270312")).days).toEqual([
      { date: "2027-03-10", kind: "national-holiday", name: "Idul Fitri" },
      { date: "2027-03-11", kind: "national-holiday", name: "Idul Fitri" },
    ]);
  });

  test("An event may have no end, or a duration", () => {
    const days = read(event("Tahun Baru", "20270101"), [
      ...event("Cuti Bersama Idul Fitri", "20270312"),
      "DURATION:P2D",
    ]);
    expect(days.days.map(({ date, kind }) => [date, kind])).toEqual([
      ["2027-01-01", "national-holiday"],
      ["2027-03-12", "joint-leave"],
      ["2027-03-13", "joint-leave"],
    ]);
  });

  test("The year that comes with the system, written as such a file, is read back day by day", () => {
    const year = shippedYears().find((one) => one.year === 2026);
    const events = (year?.days ?? []).map(({ name, date }) => event(name, date.replaceAll("-", "")));
    const { days } = readCalendar(ics(...events.reverse()), 2026, year?.decree ?? "");
    expect(days).toEqual(year?.days);
  });

  test.each([
    ["an event that recurs", [...event("Hari Ibu", "20271222"), "RRULE:FREQ=YEARLY"], '"Hari Ibu" recurs'],
    [
      "an event with a time of day",
      ["SUMMARY:Rapat", "DTSTART:20270301T080000Z"],
      '"Rapat" has a time of day',
    ],
    ["a day of another year", event("Tahun Baru", "20271231", "20280102"), '"Tahun Baru" is on 2028-01-01'],
    ["an event without a name", ["DTSTART;VALUE=DATE:20270301"], "no SUMMARY"],
    [
      "an event of two months",
      event("Libur panjang", "20270301", "20270501"),
      '"Libur panjang" lasts 61 days',
    ],
  ])("A file with %s is refused by the name of the event", (_what, lines, sentence) => {
    expect(() => read(lines)).toThrow(sentence);
  });

  test("A file with a date twice, without events, or of another kind is refused", () => {
    expect(() => read(event("Satu", "20270301"), event("Dua", "20270301"))).toThrow();
    expect(() => read()).toThrow("no events");
    expect(() => readCalendar("{}", 2027, "SKB")).toThrow("not an iCalendar file");
  });
});
