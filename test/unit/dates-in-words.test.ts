import { describe, expect, test } from "vitest";
import type { Submission } from "../../shared/case/submission/submission.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";

const monday = "2026-11-23T09:30:00+08:00";
const byWhen = "Kamis, 26 November 2026, WITA";
const rule = "Langkah-langkah LAPOR! yang dipublikasikan (3 hari kerja)";

/** The text of a mail, without the spaces that align its facts. */
const textTo = (mails: readonly Mail[], who: string): string =>
  (mails.find(({ to }) => to.startsWith(who))?.text ?? "").replaceAll(/ +:/g, ":");

/** A report on a Monday morning, and the mails about it. */
async function reported(change: Partial<Submission> = {}, language = "id") {
  const office = anOffice(monday);
  const room = aMailRoom(office);
  room.at(monday);
  const found = await office.submit(
    { agencyId: "pemkot-balikpapan", ...change },
    { "accept-language": language },
  );
  const mails = await room.deliver(found.number);
  const to = (who: string) => textTo(mails, who);
  return { office, room, ...found, to, mails };
}

describe("Mails of a new case", () => {
  test("tell the mailbox and the administrators by when it has to be verified, and by which rule", async () => {
    const { to } = await reported();
    for (const who of ["lapor@balikpapan", "agency-admin@"])
      expect(to(who)).toContain(`Verifikasi paling lambat: ${byWhen}; dasar: ${rule}`);
  });

  test("tell the reporter the same in their language", async () => {
    const email = "warga@contoh.example";
    const indonesian = await reported({ reporter: { email } });
    expect(indonesian.to(email)).toContain(`Verifikasi paling lambat: ${byWhen}; dasar: ${rule}`);
    const english = await reported({ reporter: { email } }, "en");
    expect(english.to(email)).toContain(
      "Verification by: Thursday, 26 November 2026, WITA; basis: The published steps of LAPOR! (3 working days)",
    );
  });

  test("tell officers of a secret case the date and no rule, and its reporter neither", async () => {
    const email = "warga@contoh.example";
    const { to } = await reported({ secret: true, reporter: { email } });
    expect(to("lapor@balikpapan")).toMatch(new RegExp(`Verifikasi paling lambat: ${byWhen}$`, "m"));
    expect(to(email)).not.toMatch(/2026|hari kerja/);
  });
});

test("A mail about a disposition tells the unit by when it has to respond and to complete the case", async () => {
  const { room, as, number } = await reported();
  await as("admin", "verification", { agencyId: "balikpapan-dinas-pu" });
  const mails = await room.deliver(number);
  const text = textTo(mails, "liaison-officer@");
  expect(text).toMatch(/Tanggapan awal paling lambat: Senin, 30 November 2026, WITA; dasar: .*5 hari kerja/);
  expect(text).toMatch(/Penyelesaian paling lambat: Jumat, 11 Desember 2026, WITA; dasar: .*14 hari kerja/);
});

describe("The explanation of a date", () => {
  test.each([
    [
      "id",
      "3 hari kerja setelah Senin, 23 November 2026, yang tidak ikut dihitung; 0 hari dilewati; jatuh tempo pada akhir Kamis, 26 November 2026.",
      rule,
    ],
    [
      "en",
      "3 working days after Monday, 23 November 2026, which does not count; 0 days skipped; due at the end of Thursday, 26 November 2026.",
      "The published steps of LAPOR! (3 working days)",
    ],
  ])("in %s writes its dates in words, and its basis in that language", async (language, text, basis) => {
    const { office, number } = await reported();
    const headers = { "accept-language": language };
    const clocks = (await office.reads(`/v1/cases/${number}/clocks`, {}, headers)).body.clocks;
    const counted = (await office.reads("/v1/deadlines", { from: "2026-11-23" }, headers)).body.clocks;
    for (const [clock] of [clocks, counted])
      expect([clock.explanation.text, clock.legalBasis]).toEqual([text, basis]);
  });
});

test("A policy whose basis was written in Indonesian alone is read in Indonesian by everybody", async () => {
  const { office } = await reported();
  const { body } = await office.admin("national", "GET", "policies");
  const limits = body.items.at(-1).limits.map((limit: { legalBasis: string | { id: string } }) => ({
    ...limit,
    legalBasis: typeof limit.legalBasis === "string" ? limit.legalBasis : limit.legalBasis.id,
  }));
  const stored = await office.admin("national", "PUT", "policies", { effectiveFrom: "2027-06-01", limits });
  expect(stored.status).toBe(200);
  const counted = await office.reads("/v1/deadlines", { from: "2027-06-07" }, { "accept-language": "en" });
  expect(counted.body.clocks[0].legalBasis).toBe(rule);
});

test("One day that was skipped is one day in English", async () => {
  const { office } = await reported();
  const counted = await office.reads("/v1/deadlines", { from: "2027-01-04" }, { "accept-language": "en" });
  expect(counted.body.clocks[0].explanation.text).toMatch(
    /^3 working days after Monday, 4 January 2027, which does not count; 1 day skipped; /,
  );
});

test.each([
  ["id", "Ketentuan baru berlaku paling awal hari ini, Senin, 23 November 2026."],
  ["en", "New limits take effect today, Monday, 23 November 2026, at the earliest."],
])(
  "In %s the refusal of limits from a day that is over says in words which day it is",
  async (language, message) => {
    const { office } = await reported();
    const { limits } = (await office.admin("national", "GET", "policies")).body.items[0];
    const wanted = { effectiveFrom: "2026-11-20", limits };
    const refused = await office.admin("national", "PUT", "policies", wanted, {
      "accept-language": language,
    });
    expect(refused.body.errors[0].message).toBe(message);
  },
);
