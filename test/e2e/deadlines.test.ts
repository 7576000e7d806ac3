import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { openOffice, type ReceivedMail, road } from "./office.ts";

const office = openOffice({ now: "2026-03-09T09:00:00+08:00" });
const national = "admin.nasional@kemenpanrb.example";
const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const head = "kepala.pu@balikpapan.example";

const text = "Kami sudah menambal jalan itu tadi pagi.";
const send = async (report: object = {}) => {
  const { body } = await office.send({ ...road, ...report });
  const number = body.trackingNumber as string;
  const officer = (who: string, path: string, move: object = {}) =>
    office.as(who, "POST", `/v1/officer/cases/${number}/${path}`, move);
  return {
    number,
    receipt: { authorization: `Receipt ${body.receipt}` },
    officer,
    seen: async () => (await office.as(national, "GET", `/v1/officer/cases/${number}`)).body,
  };
};
/** Moves the clock, and once more past the next sweep. A digest is looked for after its alerts have been found. */
const goTo = (instant: string) => office.at(instant);
const alertsTo = (mails: ReceivedMail[], who: string) =>
  mails.filter(
    ({ destination, body }) => destination.to.includes(who) && /jatuh tempo|batas waktu/i.test(body.text),
  );
/**
 * Waits until an alert about each case waits on the pile of one reader. If time passed before that, one mail would become
 * two.
 */
const gatheredFor = (reader: string, event: string, cases: readonly { number: string }[]) =>
  until(async () => {
    const lines = readFileSync(join(office.dataDir, "logs", "Emails-Function.log"), "utf8").split("\n");
    const gathered = lines.filter((line) => line.includes("mail gathered") && line.includes(`"${reader}"`));
    const stage = await Promise.all(
      cases.map(async ({ number }) => {
        const { timeline } = (await office.as(national, "GET", `/v1/officer/cases/${number}`)).body;
        const warned = timeline.findLast(
          ({ type, content }: any) =>
            type === "warned" && content.alerts.some(({ stage }: any) => stage === event),
        );
        return gathered.some(
          (line) => line.includes(number) && line.includes(`"sequence":${warned?.sequence}`),
        );
      }),
    );
    expect(stage).toEqual(cases.map(() => true));
  });
const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 100 });

describe("cases that grow due across Lebaran 2026", () => {
  const cases: Awaited<ReturnType<typeof send>>[] = [];

  test("cases are flagged on the day before they are due, and each officer gets one mail about all of them", async () => {
    for (let each = 0; each < 3; each++) {
      const found = await send({ title: `Jalan berlubang nomor ${each + 1}` });
      await found.officer(city, "verification");
      await found.officer(unit, "progress", { text });
      cases.push(found);
    }
    // Fourteen working days from 9 March: 18 to 24 March are free.
    const [first] = cases as [(typeof cases)[0]];
    const completion = (await first.seen()).clocks.find(({ clock }: any) => clock === "completion");
    expect(completion).toMatchObject({ dueDate: "2026-04-06", state: "running" });
    const before = (await office.mailbox()).length;

    await goTo("2026-04-02T08:01:00+08:00");
    for (const { seen } of cases)
      await until(async () =>
        expect((await seen()).timeline.at(-1)).toMatchObject({
          type: "warned",
          content: { alerts: [{ clock: "completion", stage: "due-tomorrow", due: "2026-04-06" }] },
        }),
      );
    await gatheredFor("contoh-petugas-pu-balikpapan", "due-tomorrow", cases);
    await office.at("2026-04-02T08:31:00+08:00");
    await until(async () => {
      const alerts = alertsTo((await office.mailbox()).slice(before), unit);
      expect(alerts).toHaveLength(1);
      const [mail] = alerts as [ReceivedMail];
      for (const { number } of cases) expect(mail.body.text).toContain(number);
      expect(mail.body.text).toContain("Senin, 6 April 2026, WITA");
      expect(mail.body.text).toContain("14 hari kerja");
      expect(JSON.stringify(mail)).not.toContain("Jalan berlubang");
    });
  });

  test("cases are in the queue of what is due soon, then of what is overdue, and are counted there", async () => {
    const listed = async (queue: string) =>
      (await office.as(unit, "GET", `/v1/officer/cases?queue=${queue}`)).body.items.length;
    expect([await listed("due-soon"), await listed("overdue")]).toEqual([3, 0]);
    const before = (await office.mailbox()).length;
    await goTo("2026-04-07T08:01:00+08:00");
    expect([await listed("due-soon"), await listed("overdue")]).toEqual([0, 3]);
    const { body } = await office.as(unit, "GET", "/v1/officer/counts");
    expect(body.items[0]).toMatchObject({ counts: { "in-progress": 3, overdue: 3, "due-soon": 0 } });
    await gatheredFor("contoh-kepala-pu-balikpapan", "overdue", cases);
    await office.at("2026-04-07T08:31:00+08:00");
    await until(async () => {
      const mails = (await office.mailbox()).slice(before);
      expect([alertsTo(mails, head).length, alertsTo(mails, unit).length]).toEqual([1, 0]);
    });
    const [first] = cases as [(typeof cases)[0]];
    const { body: mine } = await office.api(`/v1/cases/${first.number}`, { headers: first.receipt });
    expect(mine.timeline.map(({ type }: any) => type)).toContain("ombudsman-offered");
  });

  test("cases go to the Ombudsman once their limit has passed and their reporter agrees", async () => {
    const [, , last] = cases as [unknown, unknown, (typeof cases)[0]];
    const refer = () =>
      last.officer("pengamat@ombudsman-ri.example", "referral", { text: "Kami ambil alih." });
    expect((await refer()).status).toBe(409);
    const agreed = await office.api(`/v1/cases/${last.number}/referral-consent`, {
      method: "POST",
      headers: { ...last.receipt, "content-type": "application/json" },
      body: "{}",
    });
    expect(agreed.status).toBe(200);
    expect((await refer()).body.referredAt).toMatch(/^2026-04-07T/);
  });

  test("cases close by themselves when nobody answers back within ten working days", async () => {
    const [first] = cases as [(typeof cases)[0]];
    await first.officer(unit, "answer", { text });
    const { replyUntil } = await first.seen();
    expect(replyUntil).toBe("2026-04-21T23:59:59.999+08:00");
    await goTo("2026-04-22T08:01:00+08:00");
    await until(async () =>
      expect(await first.seen()).toMatchObject({ status: "closed", closure: "automatic" }),
    );
  });
});
