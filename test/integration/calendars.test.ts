import { describe, expect, test } from "vitest";
import { type CalendarAddressStore, calendarAddressStore } from "../../shared/calendar-feed/address-store.ts";
import { mostEvents } from "../../shared/calendar-feed/told-calendar.ts";
import { type ToldCalendarStore, toldCalendarStore } from "../../shared/calendar-feed/told-calendar-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { staff } from "../fakes/staff.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const at = new Date("2026-11-26T05:00:00Z");

interface Stores {
  calendarAddresses: CalendarAddressStore;
  toldCalendars: ToldCalendarStore;
}
const kept = memoryCalendars();
const stores: [string, () => Stores][] = [
  ["in memory", () => kept],
  [
    "on DynamoDB",
    () => ({
      calendarAddresses: calendarAddressStore(database.dynamo, database.table("Directory")),
      toldCalendars: toldCalendarStore(database.dynamo, database.table("Cases")),
    }),
  ],
];

test("an officer who has an address for their calendar is still found by their account", async () => {
  const table = database.table("Directory");
  const directory = directoryStore(database.dynamo, table, Date.now, 0);
  const { subject } = staff.worker;
  await directory.put("officer", staff.worker);
  const address = { hash: "milik-petugas", madeAt: at.toISOString() };
  await calendarAddressStore(database.dynamo, table).replace(subject, undefined, address);
  expect((await directory.postsOf(subject)).map(({ id }) => id)).toEqual([staff.worker.id]);
});

describe.each(stores)("the calendars of officers %s", (where, open) => {
  const one = { hash: `satu-${where}`, madeAt: at.toISOString() };
  const two = { hash: `dua-${where}`, madeAt: new Date(at.getTime() + 1_000).toISOString() };

  test("an address leads to its officer until another one takes its place, or it is revoked", async () => {
    const { calendarAddresses } = open();
    const subject = `petugas-${where}`;
    expect(await calendarAddresses.of(subject)).toBeUndefined();
    expect(await calendarAddresses.replace(subject, undefined, one)).toBe(true);
    expect([await calendarAddresses.subjectOf(one.hash), await calendarAddresses.of(subject)]).toEqual([
      subject,
      one,
    ]);
    expect(await calendarAddresses.replace(subject, one, two)).toBe(true);
    expect([
      await calendarAddresses.subjectOf(one.hash),
      await calendarAddresses.subjectOf(two.hash),
    ]).toEqual([undefined, subject]);
    expect(await calendarAddresses.revoke(subject, two, at)).toBe(true);
    expect([await calendarAddresses.subjectOf(two.hash), await calendarAddresses.of(subject)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(await calendarAddresses.replace(subject, undefined, { ...one, hash: `tiga-${where}` })).toBe(true);
  });

  test("of two addresses that are made at once one is kept, and the other leads nowhere", async () => {
    const { calendarAddresses } = open();
    const subject = `bersamaan-${where}`;
    const made = ["kiri", "kanan"].map((side) => ({ ...one, hash: `${side}-${where}` }));
    const outcomes = await Promise.all(
      made.map((next) => calendarAddresses.replace(subject, undefined, next)),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const lost = made[outcomes.indexOf(false)];
    expect(await calendarAddresses.subjectOf(lost?.hash ?? "")).toBeUndefined();
    expect(await calendarAddresses.revoke(subject, lost ?? one, at)).toBe(false);
  });

  test("what the longest calendar told is remembered, and of two calls at once one remembers it", async () => {
    const { toldCalendars } = open();
    const subject = `panjang-${where}`;
    const events = Array.from({ length: mostEvents }, (_, index) => ({
      trackingNumber: `N${String(index).padStart(5, "0")}-00000`,
      clock: "completing-file" as const,
      date: "2026-12-01",
      sequence: 12,
      at: at.toISOString(),
      ...(index % 2 === 0 && { over: true as const }),
    }));
    expect(await toldCalendars.last(subject)).toBeUndefined();
    expect(await toldCalendars.keep(subject, { version: 1, events }, at)).toBe(true);
    expect(await toldCalendars.last(subject)).toEqual({ version: 1, events });
    const both = await Promise.all(
      [1, 2].map((count) => toldCalendars.keep(subject, { version: 2, events: events.slice(count) }, at)),
    );
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await toldCalendars.keep(subject, { version: 1, events }, at)).toBe(false);
  });
});
