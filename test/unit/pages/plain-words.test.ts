import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { timeZones } from "../../../shared/deadline/calendar/time-zone.ts";
import { unsubscribeForm } from "../../../shared/notification/addresses/unsubscribe-page.ts";
import { followForm } from "../../../shared/notification/subscribers/following-page.ts";
import { type ClockShown, clocksInWords } from "../../../shared/page/case/clocks.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { readPage } from "./markup.ts";

const clock = (days: Partial<ClockShown>): ClockShown => ({
  clock: "verification",
  name: "Verification",
  state: "paused",
  startedAt: "2026-11-24T01:00:00.000Z",
  workingDays: null,
  calendarDays: null,
  dueDate: null,
  dueAt: null,
  daysLeft: null,
  legalBasis: "Contoh",
  pauses: [],
  moves: [],
  explanation: null,
  ...days,
});
const shown = (days: Partial<ClockShown>) =>
  String(clocksInWords([clock(days)], { today: "2026-11-24", zone: "Asia/Makassar" }, "en"));

describe("the words of pages", () => {
  test.each([
    [{ workingDays: 1 }, "1 working day."],
    [{ workingDays: 3 }, "3 working days."],
    [{ calendarDays: 1 }, "1 calendar day."],
    [{ calendarDays: 30 }, "30 calendar days."],
  ])("%o is %s", (days, words) => {
    expect(shown(days).replace(/<[^>]+>/g, "")).toContain(words);
  });

  test("The calculator names zones by where they hold, and never by a code", async () => {
    const page = readPage(await call(anOffice().publicApi, "GET", "/hitung"));
    for (const zone of timeZones) expect(page).not.toContain(zone);
    expect(page).toContain("WITA (Kalimantan Timur");
    expect(page).toContain("Kotak bergaris putus: dilewati.");
  });

  test("Whoever has read how to report is led to a report", async () => {
    const { body } = await call(anOffice().publicApi, "GET", "/cara");
    expect(String(body)).toMatch(/<a class="button" href="\/lapor">Buat laporan<\/a>/);
  });

  test("A page that a mail leads to shows whose it is, and the way to the site, in its language", () => {
    for (const page of [followForm("id"), unsubscribeForm("id", "reporter")])
      expect(page.text).toMatch(/<header><a href="\/">SP4N-LAPOR!<\/a>/);
    for (const page of [followForm("en"), unsubscribeForm("en", "subscriber")])
      expect(page.text).toMatch(/<header><a href="\/en">SP4N-LAPOR!<\/a>/);
  });

  test("No category writes an acronym as a word", () => {
    const file = readFileSync("shared/directory/data/categories.json", "utf8");
    expect(file).not.toMatch(/"name": "[^"]*\b(?:Wni|Wna|P4gn|Bpjs|Odgj|Psbb|Bbm|Apbd|Nisn|Tki|Dtks)\b/);
  });
});
