import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import type { DueEvent } from "../../shared/calendar-feed/due-event.ts";
import { icalendarOf } from "../../shared/calendar-feed/icalendar.ts";
import { cancelledForDays, mostEvents, toldNow } from "../../shared/calendar-feed/told-calendar.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff, type Who } from "../fakes/staff.ts";

const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";

/** What a program reads that subscribed to a calendar. */
function readCalendar(body: string) {
  const calendar = new ICAL.Component(ICAL.parse(body) as unknown[]);
  const value = (of: ICAL.Component, name: string): string | undefined => {
    const found = of.getFirstPropertyValue(name);
    return found === null ? undefined : String(found);
  };
  return {
    value: (name: string) => value(calendar, name),
    events: calendar.getAllSubcomponents("vevent").map((event) => ({
      uid: value(event, "uid") ?? "",
      from: value(event, "dtstart"),
      to: value(event, "dtend"),
      isWholeDay: (event.getFirstPropertyValue("dtstart") as ICAL.Time).isDate,
      summary: value(event, "summary"),
      status: value(event, "status"),
      sequence: Number(value(event, "sequence")),
      at: value(event, "last-modified"),
      url: value(event, "url"),
    })),
  };
}

/** An office in which an officer has subscribed to their deadlines. */
async function subscribed(who: Who, office = anOffice()) {
  const made = await office.ofMine(who, "PUT", "calendar", {});
  expect(made.status).toBe(200);
  const { url } = made.body as { url: string };
  const ask = (headers: Record<string, string> = {}, query: Record<string, string> = {}, method = "GET") =>
    call(office.officerApi, method, new URL(url).pathname, {
      headers,
      ...(Object.keys(query).length > 0 && { query }),
    });
  return {
    office,
    url,
    ask,
    async read() {
      const answer = await ask();
      expect(answer.status).toBe(200);
      return readCalendar(String(answer.body));
    },
    async event(number: string, clock: string) {
      const { events } = await this.read();
      return events.find(({ uid }) => uid.startsWith(`${number}-${clock}@`));
    },
  };
}

describe("the calendar of an officer", () => {
  test("each open clock of a case in the officer's queues is an event of a whole day, with its number and clock and nothing that was reported", async () => {
    const { office, ask, read } = await subscribed("worker");
    const { number, as } = await office.submit({ title: "Jalan rusak, parah; sekali" });
    await as("national", "verification", { class: "complaint", supervised: false });
    await as("national", "assignment", { agencyId: "balikpapan-dinas-pu" });
    const answer = await ask();
    expect(answer.headers).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "cache-control": "private, no-cache",
    });
    const body = String(answer.body);
    for (const told of ["rusak", "Balikpapan", "balikpapan", "Warga"]) expect(body).not.toContain(told);
    const { events, value } = await read();
    expect([value("method"), value("refresh-interval"), value("x-wr-timezone")]).toEqual([
      "PUBLISH",
      "PT1H",
      "Asia/Makassar",
    ]);
    expect(events.map(({ uid }) => uid).sort()).toEqual([
      `${number}-completion@lapor.example`,
      `${number}-response@lapor.example`,
    ]);
    const clocks = (await office.cases.get(number))?.clocks ?? [];
    for (const { uid, from, isWholeDay, summary, status, url } of events) {
      const clock = clocks.find(({ name, endedAt }) => uid.includes(`-${name}@`) && endedAt === undefined);
      expect([from, isWholeDay, status]).toEqual([clock?.due, true, "CONFIRMED"]);
      expect(summary).toMatch(new RegExp(`^${number}: (Tanggapan awal|Penyelesaian)$`));
      expect(url).toBe(`https://lapor.example/petugas/laporan/${number}`);
    }
  });

  test("a date that moves moves the same event, and a pause and an end cancel it", async () => {
    const seen = await subscribed("worker");
    const { office } = seen;
    const { number, as, reporter } = await office.submit();
    await as("national", "verification", { class: "complaint", supervised: false });
    await as("national", "assignment", { agencyId: "balikpapan-dinas-pu" });
    const first = await seen.event(number, "completion");
    office.at("2026-11-25T09:00:00+08:00");
    await as("worker", "question", { text: "Di sebelah mana lubangnya?" });
    const paused = await seen.event(number, "completion");
    expect(paused).toMatchObject({ uid: first?.uid, from: first?.from, status: "CANCELLED" });
    office.at("2026-12-01T09:00:00+08:00");
    await reporter("replies", { text: "Di sebelah kiri gerbang sekolah." });
    const moved = await seen.event(number, "completion");
    expect(moved).toMatchObject({ uid: first?.uid, status: "CONFIRMED" });
    expect(moved?.from).not.toBe(first?.from);
    office.at("2026-12-02T09:00:00+08:00");
    await as("worker", "answer", { text });
    const ended = await seen.event(number, "completion");
    expect(ended).toMatchObject({ uid: first?.uid, from: moved?.from, status: "CANCELLED" });
    const sequences = [first, paused, moved, ended].map((event) => event?.sequence ?? -1);
    expect([...new Set(sequences)].sort((a, b) => a - b)).toEqual(sequences);
    const times = [first, paused, moved, ended].map((event) => Date.parse(event?.at ?? ""));
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    office.at("2027-01-02T09:00:00+08:00");
    expect(await seen.event(number, "completion")).toBeUndefined();
  });

  test("a case that leaves the officer's hands is cancelled, and comes back as the same event with a higher number", async () => {
    const seen = await subscribed("worker");
    const { office } = seen;
    const { number, as } = await office.submit();
    await as("national", "verification", { class: "complaint", supervised: false });
    await as("national", "assignment", { agencyId: "balikpapan-dinas-pu" });
    const here = await seen.event(number, "completion");
    await as("worker", "return", { reason: "Ini jalan nasional, bukan jalan kota." });
    const gone = await seen.event(number, "completion");
    expect(gone).toMatchObject({ uid: here?.uid, from: here?.from, status: "CANCELLED" });
    await as("admin", "assignment", { agencyId: "balikpapan-dinas-pu" });
    await as("national", "assignment", { agencyId: "balikpapan-dinas-pu" });
    const back = await seen.event(number, "completion");
    expect(back).toMatchObject({ uid: here?.uid, status: "CONFIRMED" });
    expect(gone?.sequence).toBeGreaterThan(here?.sequence ?? Infinity);
    expect(back?.sequence).toBeGreaterThan(gone?.sequence ?? Infinity);
  });

  test("a deputy reads the dates of whom they stand in for, as long as they do", async () => {
    const seen = await subscribed("liaison");
    const { office } = seen;
    await office.ofMine("roads", "PUT", "absence", {
      deputyId: staff.liaison.id,
      from: "2026-11-24",
      until: "2026-11-26",
    });
    const { number, as } = await office.submit();
    await as("national", "verification", { class: "complaint", supervised: false });
    await as("national", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    expect(await seen.event(number, "completion")).toMatchObject({ status: "CONFIRMED" });
    office.at("2026-11-27T09:00:00+08:00");
    expect(await seen.event(number, "completion")).toMatchObject({ status: "CANCELLED" });
  });

  test("whoever has the calendar as it is gets nothing again, and asks in the language of the address", async () => {
    const { office, ask } = await subscribed("worker");
    const { as } = await office.submit();
    await as("national", "verification", { class: "complaint", supervised: false });
    await as("national", "assignment", { agencyId: "balikpapan-dinas-pu" });
    const { headers } = await ask();
    const again = await ask({ "if-none-match": headers.etag ?? "" });
    expect([again.status, again.body]).toEqual([304, null]);
    const english = await ask({}, { lang: "en" });
    expect(english.headers["content-language"]).toBe("en");
    expect(
      readCalendar(String(english.body))
        .events.map(({ summary }) => summary)
        .join(),
    ).toContain("Completion");
    expect((await ask({}, {}, "HEAD")).status).toBe(200);
    expect((await ask({}, {}, "POST")).status).toBe(405);
  });
});

describe("the address of a calendar", () => {
  test("the address is shown once, its hash alone is kept, and a new one ends it", async () => {
    const { office, url, ask } = await subscribed("worker");
    expect(url).toMatch(/^https:\/\/lapor\.example\/v1\/calendar\/[\w-]{32}\.ics$/);
    const { body } = await office.ofMine("worker", "GET", "calendar");
    expect(body).toEqual({ madeAt: office.now().toISOString() });
    const stored = JSON.stringify(await office.calendarAddresses.of(staff.worker.subject));
    expect(stored).not.toContain(/calendar\/(.*)\.ics/.exec(url)?.[1]);
    office.at("2026-11-24T09:05:00+08:00");
    expect((await office.ofMine("worker", "PUT", "calendar", {})).status).toBe(200);
    expect((await ask()).status).toBe(404);
  });

  test("who made another address meanwhile does not lose it by a form that is sent again", async () => {
    const { office } = await subscribed("worker");
    expect((await office.ofMine("worker", "PUT", "calendar", { replaces: null })).status).toBe(409);
    const { body } = await office.ofMine("worker", "GET", "calendar");
    expect((await office.ofMine("worker", "PUT", "calendar", { replaces: body.madeAt })).status).toBe(200);
  });

  test("a revoked address, one that never was and that of somebody who has left are answered alike", async () => {
    const { office, ask } = await subscribed("worker");
    const left = await subscribed("roads", office);
    await office.admin("admin", "POST", `officers/${staff.roads.id}/dismissal`, {
      reason: "Pindah tugas ke instansi lain.",
    });
    await office.ofMine("worker", "DELETE", "calendar");
    expect((await office.ofMine("worker", "DELETE", "calendar")).body).toEqual({ madeAt: null });
    const never = await call(office.officerApi, "GET", `/v1/calendar/${"A".repeat(32)}.ics`);
    const short = await call(office.officerApi, "GET", "/v1/calendar/x");
    const answers = [await ask(), await left.ask(), never, short];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(JSON.stringify(answers[0]?.body)).not.toContain("VCALENDAR");
  });

  test("who works on no cases gets no address", async () => {
    const office = anOffice();
    for (const who of ["auditor", "observer"] as const)
      expect((await office.ofMine(who, "PUT", "calendar", {})).status).toBe(403);
  });
});

describe("what a calendar tells", () => {
  const at = new Date("2026-11-26T01:00:00Z");
  const place = { site: "https://lapor.example", language: "id", timeZone: "Asia/Makassar" } as const;
  const anEvent = (number: number, more: Partial<DueEvent> = {}): DueEvent => ({
    trackingNumber: `N${String(number).padStart(6, "0")}`,
    clock: "completion",
    date: "2026-12-01",
    sequence: 0,
    at: "2026-11-24T01:00:00.000Z",
    ...more,
  });

  test("every line ends with CRLF and has at most 75 bytes, and a long text is read whole", () => {
    const written = icalendarOf([anEvent(1)], place);
    expect(written.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const lines = written.split("\r\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.filter((line) => line.startsWith(" ")).length).toBeGreaterThan(0);
    expect(readCalendar(written).value("description")).toBe(
      "Batas waktu laporan di antrean Anda: nomor dan hitungannya saja. Paling banyak 1.000, yang terdekat lebih dulu. Yang batal terbaca 30 hari.",
    );
    expect(written).toContain("1.000\\, yang");
  });

  test("at most a thousand events are told, the nearest first", () => {
    const known = Array.from({ length: mostEvents + 5 }, (_, index) =>
      anEvent(index, { date: index === mostEvents + 4 ? "2026-11-27" : "2026-12-01" }),
    );
    const told = toldNow([], known, at);
    expect(told).toHaveLength(mostEvents);
    expect(told[0]?.date).toBe("2026-11-27");
  });

  test("what is over is told for thirty days, and only to whom it was told before", () => {
    const over = anEvent(1, { over: true, sequence: 3, at: at.toISOString() });
    expect(toldNow([], [over], at)).toEqual([]);
    const told = toldNow([anEvent(1)], [over], at);
    expect(told).toEqual([over]);
    const after = (days: number) => new Date(at.getTime() + days * 86_400_000);
    expect(toldNow(told, [over], after(cancelledForDays - 1))).toEqual([over]);
    expect(toldNow(told, [over], after(cancelledForDays))).toEqual([]);
  });

  test("an event whose officer changes without a change of its clock still rises with each change", () => {
    const open = anEvent(1, { sequence: 4 });
    const gone = toldNow([open], [], at);
    expect(gone).toMatchObject([{ sequence: 5, over: true, at: at.toISOString() }]);
    const back = toldNow(gone, [open], new Date(at.getTime() + 1_000));
    expect(back).toMatchObject([{ sequence: 6, date: open.date }]);
    expect(back[0]?.over).toBeUndefined();
    expect(toldNow(back, [open], new Date(at.getTime() + 5_000))).toEqual(back);
    expect(toldNow(back, [{ ...open, date: "2026-12-04", sequence: 5 }], at)).toMatchObject([
      { sequence: 7, date: "2026-12-04" },
    ]);
  });
});
