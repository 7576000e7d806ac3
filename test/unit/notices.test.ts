import { describe, expect, test } from "vitest";
import { sendEmail } from "../../functions/jobs/send-email.ts";
import { type Act, type Case, type Moved, submit } from "../../shared/case/case.ts";
import { eventTypes } from "../../shared/case/history.ts";
import { assign, returnCase, verify } from "../../shared/case/moves/handing/handing.ts";
import { correctContact } from "../../shared/case/moves/identity.ts";
import { addNote, answer, archive, ask, progress } from "../../shared/case/moves/officer.ts";
import { appeal, confirm, reply, withdraw } from "../../shared/case/moves/reporter.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import { nationalCalendar, shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import { shippedPolicies } from "../../shared/deadline/policy.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { messagesOf } from "../../shared/notification/mail-message.ts";
import { toFollowers } from "../../shared/notification/mails/words/to-followers.ts";
import { toFormerAddress } from "../../shared/notification/mails/words/to-former-address.ts";
import { toOfficers } from "../../shared/notification/mails/words/to-officers.ts";
import { toReporter } from "../../shared/notification/mails/words/to-reporter.ts";
import { audienceOf } from "../../shared/notification/recipients/audience.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { memoryMailer } from "../fakes/mailer.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { memoryStores } from "../fakes/stores.ts";

const city = "pemkot-balikpapan";
const department = "balikpapan-dinas-pu";
const unit = "balikpapan-uptd-jalan";
const officers = [
  anOfficer("national-admin", "kemenpanrb"),
  anOfficer("agency-admin", city),
  anOfficer("agency-head", city),
  anOfficer("agency-admin", department),
  anOfficer("liaison-officer", department),
  anOfficer("unit-officer", department),
  anOfficer("agency-head", department),
];
const start = Date.parse("2026-11-24T01:00:00Z");
const marks = {
  title: "PENANDA-JUDUL",
  text: "PENANDA-CERITA yang panjang",
  officer: "PENANDA-PETUGAS sudah kami kerjakan di lapangan",
  reporter: "PENANDA-PELAPOR",
};

/** Opens an office with a case at the department. `mails` are those that each further move causes. */
async function office(change: { people?: readonly Officer[]; language?: "id" | "en" } = {}) {
  const stores = memoryStores();
  const mailer = memoryMailer();
  const directory = memoryDirectory(change.people ?? officers);
  const send = sendEmail(
    { ...stores, directory, mailer },
    {
      verifyingAgency: "kemenpanrb",
      siteUrl: undefined,
      gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600, caseSeconds: 0 },
    },
  );
  const number = "7K3MQ-P4X9C";
  let clock = start;
  const opened = submit(
    {
      ...roadComplaint,
      title: marks.title,
      text: marks.text,
      reporter: { name: "PENANDA-NAMA", email: "warga@contoh.example", phone: "081200001111" },
    },
    {
      trackingNumber: number,
      receipt: "0000-0000-0000-0000-0000",
      salt: "salt",
      language: change.language ?? "id",
      verifyingAgency: "kemenpanrb",
      at: new Date(start),
    },
  );
  await stores.cases.submit(
    opened,
    sealForRetry("k", {}, {}, { at: new Date(start), nonce: new Uint8Array(12) }),
  );

  const by = (officer: Officer | "reporter"): Act => ({
    by:
      officer === "reporter"
        ? { role: "reporter" }
        : { role: officer.role, agencyId: officer.agencyId, officerId: officer.id },
    at: new Date((clock += 60_000)),
    salt: "salt",
  });
  const mails = async (moved: Pick<Moved, "event">) => {
    const from = mailer.sent.length;
    for (const message of messagesOf(moved.event)) await send(message);
    return mailer.sent.slice(from);
  };
  const move = async (decide: (found: Case) => Moved) => {
    const found = await stores.cases.get(number);
    if (!found) throw new Error("no case");
    const moved = decide(found);
    expect(await stores.cases.append(found, moved)).toBe(true);
    return mails(moved);
  };
  const someone = officers[3] as Officer;
  const verified = () =>
    move((found) =>
      verify(
        found,
        { supervised: false, formal: false },
        {
          ...by(someone),
          target: undefined,
          knownCategory: true,
          within: city,
          verifyingAgency: "kemenpanrb",
        },
      ),
    );
  return { ...stores, mailer, send, move, by, verified, opened, mails, number };
}
const addressees = (mails: { to: string }[]) => mails.map(({ to }) => to.replace(".example", "")).sort();
const head = officers[6] as Officer;
const liaison = officers[4] as Officer;
const worker = officers[5] as Officer;
const counting = {
  timeZone: "Asia/Makassar",
  calendar: nationalCalendar(),
  calendars: shippedYears(),
  policies: shippedPolicies,
  agencyPath: [department, city],
} as const;

describe("who is told", () => {
  test("the reporter and the team of the agency are told of a verified case, but not the officer who verified it", async () => {
    const { verified } = await office();
    expect(addressees(await verified())).toEqual([
      "liaison-officer@balikpapan-dinas-pu",
      "unit-officer@balikpapan-dinas-pu",
      "warga@contoh",
    ]);
  });

  test("the mailbox of a unit without officers is told of an assignment to it, and the reporter not of a hop within the agency", async () => {
    const { verified, move, by } = await office();
    await verified();
    const mails = await move((found) =>
      assign(
        found,
        { agencyId: unit },
        { ...by(liaison), target: { id: unit, path: [unit, department], closed: false }, within: department },
      ),
    );
    expect(addressees(mails)).toEqual(["uptd-jalan@balikpapan"]);
  });

  test("the administrators of the level above are told of a return, and the national administrator of a third one", async () => {
    const { verified, move, by } = await office();
    await verified();
    const back = (levelAbove: string) =>
      move((found) =>
        returnCase(
          found,
          { reason: "Bukan kami." },
          { ...by(liaison), levelAbove, verifyingAgency: "kemenpanrb" },
        ),
      );
    expect(addressees(await back(city))).toEqual(["agency-admin@pemkot-balikpapan"]);
    await back(department);
    expect(addressees(await back(city))).toEqual(["national-admin@kemenpanrb"]);
  });

  test("the reporter alone is told of a question and an answer, and the team of their reply and dispute", async () => {
    const { verified, move, by } = await office();
    await verified();
    expect(addressees(await move((found) => ask(found, { text: marks.officer }, by(worker))))).toEqual([
      "warga@contoh",
    ]);
    const team = ["agency-admin", "liaison-officer", "unit-officer"].map((role) => `${role}@${department}`);
    expect(addressees(await move((found) => reply(found, { text: marks.reporter }, by("reporter"))))).toEqual(
      team,
    );
    const answered = await move((found) =>
      answer(found, { text: marks.officer, evidence: [] }, { ...by(worker), counting }),
    );
    expect(addressees(answered)).toEqual(["warga@contoh"]);
    expect(answered[0]?.text).toContain("Selasa, 8 Desember 2026, WITA");
    expect(addressees(await move((found) => reply(found, { text: marks.reporter }, by("reporter"))))).toEqual(
      team,
    );
  });

  test("the head of the agency is told of a low rating, and whoever decides at the level above of an appeal", async () => {
    const { verified, move, by } = await office();
    await verified();
    const answered = () =>
      move((found) => answer(found, { text: marks.officer, evidence: [] }, { ...by(head), counting }));
    await answered();
    const low = await move((found) => confirm(found, { stars: 1 }, { ...by("reporter"), counting }));
    expect(addressees(low)).toEqual(["agency-head@balikpapan-dinas-pu", "warga@contoh"]);
    await answered();
    const appealed = await move((found) =>
      appeal(
        found,
        { text: marks.reporter },
        { ...by("reporter"), levelAbove: city, verifyingAgency: "kemenpanrb" },
      ),
    );
    expect(addressees(appealed)).toEqual([
      "agency-admin@pemkot-balikpapan",
      "agency-head@pemkot-balikpapan",
      "warga@contoh",
    ]);
  });

  test("nobody is told of progress and internal notes", async () => {
    const { verified, move, by } = await office();
    await verified();
    expect(await move((found) => progress(found, { text: marks.officer }, by(worker)))).toEqual([]);
    expect(await move((found) => addNote(found, { text: marks.officer }, by(worker)))).toEqual([]);
  });

  test("nobody who was dismissed is told anything, and no reporter who asked us to stop", async () => {
    const gone = officers.map((one) =>
      one === worker ? { ...one, dismissedAt: "2026-11-23T00:00:00.000Z" } : one,
    );
    const { verified, reporters, number } = await office({ people: gone });
    await reporters.stopMails(number, true);
    expect(addressees(await verified())).toEqual(["liaison-officer@balikpapan-dinas-pu"]);
  });
});

describe("a message about officers", () => {
  test("a message about officers that comes again sends nothing twice, also when one of the mails had failed", async () => {
    const { verified, mailer, opened, mails } = await office();
    await verified();
    const before = mailer.sent.length;
    await mails({ event: { ...opened.event } });
    await mails({ event: { ...opened.event } });
    const fresh = addressees(mailer.sent.slice(before));
    expect(new Set(fresh).size).toBe(fresh.length);
  });
});

describe("what a mail says", () => {
  test("no mail of a whole life holds what anybody wrote or who reported, in either language", async () => {
    for (const language of ["id", "en"] as const) {
      const { verified, move, by, mailer } = await office({ language });
      await verified();
      await move((found) => ask(found, { text: marks.officer }, by(worker)));
      await move((found) => reply(found, { text: marks.reporter }, by("reporter")));
      await move((found) =>
        answer(found, { text: marks.officer, evidence: [] }, { ...by(worker), counting }),
      );
      await move((found) =>
        confirm(found, { stars: 2, comment: marks.reporter }, { ...by("reporter"), counting }),
      );
      await move((found) =>
        archive(
          found,
          { reason: "private-matter", text: marks.officer },
          { ...by(head), original: undefined, objectUntil: "2026-12-08T23:59:59.999+08:00" },
        ),
      );
      await move((found) => withdraw(found, { text: marks.reporter }, by("reporter")));
      expect(mailer.sent.length).toBeGreaterThan(10);
      expect(JSON.stringify(mailer.sent)).not.toMatch(/PENANDA|081200001111|undefined/);
      for (const { subject } of mailer.sent) expect(subject).toMatch(/^\[7K3MQ-P4X9C\] \S/);
    }
  });

  test("reporters get mails in their language, and officers in Indonesian", async () => {
    const { verified } = await office({ language: "en" });
    const mails = await verified();
    expect(mails.find(({ to }) => to.startsWith("warga"))?.text).toContain("Your report has been verified");
    expect(mails.find(({ to }) => to.startsWith("liaison"))?.text).toContain("menjadi tugas");
  });

  test("the notice of a changed address goes to the former one, once, and says what to do if it was not them", async () => {
    const { move, by, mails, reporters, number } = await office();
    const before = await reporters.find(number);
    const change = (email: string) =>
      move((found) => correctContact(found, { email }, { ...by("reporter"), before, language: "id" }));
    const sent = await change("baru@contoh.example");
    expect(sent.map(({ to }) => to)).toEqual(["warga@contoh.example"]);
    expect(sent[0]?.text).toContain("orang lain mengetahui tanda terima Anda");
    expect(JSON.stringify(sent)).not.toMatch(/baru@|PENANDA/);
    expect(await reporters.formerAddress(number, 2)).toBeUndefined();
    expect(
      await mails({ event: { trackingNumber: number, sequence: 2, type: "contact-corrected" } as never }),
    ).toEqual([]);
  });

  const words = {
    reporter: toReporter,
    formerAddress: toFormerAddress,
    followers: toFollowers,
    officers: toOfficers,
  };
  const readers = Object.keys(words) as (keyof typeof words)[];

  test.each(readers)("there are words for every event that is told to %s, and for no other", (reader) => {
    const told = eventTypes.filter((type) => audienceOf(type)[reader]);
    expect(told).not.toEqual([]);
    expect(Object.keys(words[reader]).sort()).toEqual(told.sort());
  });

  test("the words of every event are decided in both languages", () => {
    for (const type of eventTypes)
      for (const reader of readers) {
        const notice = words[reader][type];
        if (!notice) continue;
        const names = {
          agency: "Dinas Contoh",
          until: "Selasa, 8 Desember 2026, WITA",
          objectUntil: "Selasa, 8 Desember 2026, WITA",
          reason: "Berkasnya banyak.",
        };
        for (const text of [notice.subject, notice.told(names)])
          for (const sentence of [text.id, text.en]) expect(sentence).toMatch(/^\p{Lu}.{8}/u);
      }
  });
});
