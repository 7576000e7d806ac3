import { randomUUID } from "node:crypto";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { formAt, seeOther } from "../../../shared/http/page/route.ts";
import type { Frame } from "../../../shared/http/page/visit.ts";
import { created, page } from "../../../shared/http/reply.ts";
import { serve } from "../../../shared/http/serve.ts";
import { html } from "../../../shared/page/html.ts";
import { layout } from "../../../shared/page/layout.ts";
import { openDoor } from "../../../shared/traffic/door-flow.ts";
import { type Threshold, wrongReceipts } from "../../../shared/traffic/load.ts";
import { isTicket, readTicket, waitSeconds } from "../../../shared/traffic/waiting.ts";
import { waitingRoom } from "../../../shared/traffic/waiting-flow.ts";
import { aFrame } from "../../fakes/frame.ts";
import { type Answer, call } from "../../fakes/gateway.ts";
import { memoryTraffic } from "../../fakes/memory/traffic-store.ts";
import { anOffice } from "../../fakes/office.ts";
import { keptAfter, readPage } from "./markup.ts";

const home = "198.51.100.7";
const elsewhere = "203.0.113.9";
const start = Date.parse("2026-11-24T09:00:00+08:00");

/** The hidden fields of a form on a page. */
const fieldsOf = ({ body }: Answer): Record<string, string> =>
  Object.fromEntries(
    [...String(body).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );
const ticketOf = (answer: Answer) => readTicket(fieldsOf(answer).tiket ?? "");
const waitOf = (answer: Answer) => /Tunggu (\d+) (detik|menit)/.exec(answer.body)?.slice(1).join(" ");

/** A page that takes a report and counts it at the door, as the last page of a report does. */
function aReportPage(threshold: Partial<Threshold> = {}) {
  let now = start;
  const traffic = memoryTraffic();
  const door = openDoor(traffic, { ofNetwork: 1, ofAll: 1_000_000, holdsAlike: false, ...threshold });
  const frame: Frame = { ...aFrame(() => new Date(now)), waiting: waitingRoom(traffic) };
  const taken: { title: string; text: string }[] = [];
  const body = z.strictObject({ title: z.string().min(5), text: z.string() });
  const submit = endpoint(
    { summary: { id: "Contoh", en: "Example" }, input: { body }, output: { 201: body } },
    async ({ body }, { network, proof }) => {
      const [text, by, at] = [body.text, JSON.stringify(body), new Date(now)];
      await door.admit({ network, text, compared: "nowhere", proof, by, at });
      taken.push(body);
      return created(body, "/");
    },
  );
  const table = formAt(frame, "/lapor/contoh", {
    input: {},
    show: async (_, { language, address }, tried) =>
      page(
        layout({
          language,
          address,
          files: frame.files,
          title: "Contoh",
          main: html`<p>${tried?.problem.detail}</p>`,
        }),
      ),
    async send(_, visit, { title, text }) {
      await visit.ask(submit, { body: { title, text } }, body);
      return seeOther("/lapor/terkirim", visit.language);
    },
  });
  const api = serve(table);
  return {
    taken,
    traffic,
    door,
    api,
    later: (seconds: number) => (now += seconds * 1000),
    at: () => new Date(now),
    send: (form: Record<string, string>, address = home, language = "") =>
      call(api, "POST", `${language}/lapor/contoh`, { form, address }),
  };
}

const report = {
  title: "Lampu jalan padam",
  text: "Lampu jalan di depan pasar padam\nsejak <Senin> & gelap.",
};

describe("a form that comes in a flood", () => {
  test("Its sender waits on a page that keeps everything, and gets through by its ticket without a script", async () => {
    const site = aReportPage();
    expect((await site.send(report)).status).toBe(303);
    const waits = await site.send(report);
    expect([waits.status, waits.headers["cache-control"]]).toEqual([428, "no-store"]);
    const text = readPage(waits);
    expect(text).toContain("Tunggu 20 detik, lalu tekan tombol di bawah.");
    expect(text).toContain("Laporan Anda belum tersimpan.");
    expect(text).toContain("Lampu jalan di depan pasar padam");
    expect(text).not.toMatch(/Proof-Of-Work|\/v1\//);
    site.later(20);
    const through = await site.send(fieldsOf(waits));
    expect([through.status, through.headers.location]).toEqual([303, "/lapor/terkirim"]);
    expect(site.taken).toEqual([report, report]);
  });

  test("Whoever presses too early keeps their place and learns how long still", async () => {
    const site = aReportPage();
    await site.send(report);
    const waits = await site.send(report);
    site.later(4);
    const early = await site.send(fieldsOf(waits));
    expect(early.status).toBe(428);
    expect(readPage(early)).toContain("Masih terlalu cepat. Tunggu 16 detik lagi");
    expect(fieldsOf(early).tiket).toBe(fieldsOf(waits).tiket);
    site.later(16);
    expect((await site.send(fieldsOf(early))).status).toBe(303);
  });

  test("The page is in the language of its address", async () => {
    const site = aReportPage();
    await site.send(report);
    const waits = await site.send(report, home, "/en");
    expect(readPage(waits)).toContain("Wait 20 seconds, then press the button below.");
    expect(waits.body).toContain('action="/en/lapor/contoh"');
    site.later(20);
    expect((await site.send(fieldsOf(waits), home, "/en")).headers.location).toBe("/en/lapor/terkirim");
  });

  test("With a script the challenge is solved on the same page, and its proof counts in place of the ticket", async () => {
    const site = aReportPage();
    await site.send(report);
    const waits = await site.send(report);
    expect(waits.body).toContain('data-proof="/v1/challenges"');
    expect(waits.headers["content-security-policy"]).toContain("trusted-types proof-worker");
    const { newChallenge } = await import("../../../shared/traffic/challenge-flow.ts");
    const challenge = await newChallenge(site.traffic, { occasion: ["report"], hardness: 1, at: site.at() });
    const solution = await solveChallenge({ challenge: challenge, deriveKey });
    const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
    expect((await site.send({ ...fieldsOf(waits), proof })).status).toBe(303);
    expect(site.taken.at(-1)).toEqual(report);
  });

  test("What is wrong with the form itself is said in the form, and the ticket is not used up", async () => {
    const site = aReportPage();
    await site.send(report);
    const waits = await site.send(report);
    site.later(20);
    const { tiket = "" } = fieldsOf(waits);
    expect((await site.send({ title: "x", text: "y", tiket })).status).toBe(400);
    expect((await site.send({ ...report, tiket })).status).toBe(303);
  });
});

describe("a ticket", () => {
  const waiting = async () => {
    const site = aReportPage();
    await site.send(report);
    const fields = fieldsOf(await site.send(report));
    return { site, fields, tiket: fields.tiket ?? "" };
  };

  test("It counts once, for the network that took it, until it is over", async () => {
    const { site, tiket } = await waiting();
    await site.send(report, elsewhere);
    site.later(20);
    expect((await site.send({ ...report, tiket }, elsewhere)).status).toBe(428);
    expect((await site.send({ ...report, tiket })).status).toBe(303);
    // A repeat of the same request gets the same answer, as with a solved challenge.
    expect((await site.send({ ...report, tiket })).status).toBe(303);
    expect((await site.send({ ...report, title: "Lain sekali", tiket })).status).toBe(428);
    const second = await waiting();
    second.site.later(20 + 600);
    await second.site.send(report);
    await second.site.send(report);
    expect((await second.site.send({ ...report, tiket: second.tiket })).status).toBe(303);
    second.site.later(1);
    expect((await second.site.send({ ...report, title: "Satu lagi", tiket: second.tiket })).status).toBe(428);
  });

  test("Nobody can make one, change one, or bring nonsense", async () => {
    const { site, tiket } = await waiting();
    const parts = tiket.split(".");
    const [, from = "", until = "", name = "", signature = ""] = parts;
    site.later(20);
    for (const wrong of [
      `tiket.${Number(from) - 100}.${until}.${name}.${signature}`,
      `tiket.${from}.${Number(until) + 9_999}.${name}.${signature}`,
      `tiket.${from}.${until}.${"A".repeat(22)}.${signature}`,
      `tiket.${from}.${until}.${name}.${"A".repeat(43)}`,
      `tiket.999999999999.999999999999.${name}.${signature}`,
      "tiket.",
      "tiket.0.0..",
      "x".repeat(5_000),
      "\u0000",
    ])
      expect([(await site.send({ ...report, tiket: wrong })).status, wrong]).toEqual([428, wrong]);
    expect((await site.send({ ...report, tiket })).status).toBe(303);
  });

  test("It names neither network nor case, and the page names no receipt", async () => {
    const { tiket } = await waiting();
    expect(tiket).toMatch(/^tiket\.\d+\.\d+\.[\w-]{22}\.[\w-]{43}$/);
    expect(Buffer.from(tiket.split(".")[4] ?? "", "base64url").toString("latin1")).not.toContain("198.51");
  });

  test("The API takes none: its callers solve challenges", async () => {
    const office = anOffice(undefined, { threshold: { ofNetwork: 1, ofAll: 1_000_000, holdsAlike: false } });
    const { roadComplaint } = await import("../../fakes/reports.ts");
    const one = { ...roadComplaint, occurredOn: undefined };
    await office.send(one, home);
    const room = waitingRoom(office.traffic);
    const place = await room.placeOf(
      { occasion: ["report"], hardness: 1 },
      { network: "198.51.100.0/24", brought: undefined, at: office.now() },
    );
    expect(isTicket(place.ticket ?? "")).toBe(true);
    office.at(new Date(office.now().getTime() + 20_000).toISOString());
    const answer = await office.send(one, home, {
      "proof-of-work": place.ticket ?? "",
      "idempotency-key": randomUUID(),
    });
    expect(answer.status).toBe(428);
  });
});

describe("many tickets", () => {
  test("Tickets that a network takes at once wait in turn, and beyond eight minutes none is given out", async () => {
    const site = aReportPage();
    await site.send(report);
    const answers: Answer[] = [];
    for (let count = 0; count < 60; count++)
      answers.push(await site.send({ ...report, title: `Laporan ${count}` }));
    const waits = answers.map((answer) => ticketOf(answer)?.from).filter((from) => from !== undefined);
    expect(waits.every((from, at) => at === 0 || from > (waits[at - 1] ?? 0))).toBe(true);
    expect(Math.max(...waits)).toBeLessThanOrEqual(start / 1000 + 480);
    const last = answers.at(-1);
    expect(last && ticketOf(last)).toBeUndefined();
    expect(last && readPage(last)).toContain("Antrean dari jaringan Anda penuh");
    // Nobody elsewhere waits for them.
    await site.send(report, elsewhere);
    expect(waitOf(await site.send(report, elsewhere))).toBe("20 detik");
  });

  test("The wait grows with the load and with the tickets taken", () => {
    expect([1, 2, 3, 4, 5].map((hardness) => waitSeconds(hardness, 1))).toEqual([10, 20, 30, 40, 50]);
    expect([1, 2, 9, 10].map((taken) => waitSeconds(5, taken))).toEqual([50, 100, 450, undefined]);
    expect(waitSeconds(0, 1)).toBe(10);
  });

  test("By tickets alone one network gets fewer than 150 reports an hour in, whatever it does at once", async () => {
    const site = aReportPage({ ofNetwork: 20 });
    let bag: Record<string, string>[] = [];
    let free = 0;
    for (let second = 0; second < 3_600; second += 2) {
      // It sends what has waited long enough, and takes tickets as fast as it can.
      const due = bag.filter(
        ({ tiket = "" }) => (readTicket(tiket)?.from ?? Infinity) * 1000 <= site.at().getTime(),
      );
      bag = bag.filter((one) => !due.includes(one));
      for (const one of due) await site.send(one);
      const asked = await site.send({ ...report, title: `Banjir ${second}` });
      if (asked.status === 303) free++;
      else if (ticketOf(asked)) bag.push(fieldsOf(asked));
      site.later(2);
    }
    const byTickets = site.taken.length - free;
    expect(free).toBeLessThanOrEqual(6 * 20 + 6);
    expect(byTickets).toBeGreaterThan(50);
    expect(byTickets).toBeLessThan(150);
  });
});

describe("a receipt in a flood of wrong ones", () => {
  const flooded = async () => {
    const office = anOffice();
    const { number, receipt } = await office.submit();
    const typed = receipt.authorization.replace("Receipt ", "");
    const open = (form: Record<string, string>) =>
      call(office.publicApi, "POST", "/lacak", { form, address: home });
    const flood = async () => {
      for (let count = 0; count < wrongReceipts.ofCase; count++)
        await office.traffic.count(["receipt", "198.51.100.0/24", number], office.now());
    };
    return { office, number, typed, open, flood };
  };

  test("It waits like a report, and the page that waits shows it nowhere", async () => {
    const { office, number, typed, open, flood } = await flooded();
    await flood();
    const waits = await open({ trackingNumber: number, receipt: typed });
    expect(waits.status).toBe(428);
    expect(readPage(waits)).toContain("belum tentu dari Anda");
    expect(JSON.stringify([waits.body, waits.headers, waits.cookies])).not.toContain(typed);
    office.at("2026-11-24T09:00:20+08:00");
    const opened = await open(fieldsOf(waits));
    expect([opened.status, opened.headers.location]).toEqual([303, `/saya/${number}`]);
  });

  test("Right and wrong ones wait alike, and a ticket for one case is none for another", async () => {
    const { office, number, typed, open, flood } = await flooded();
    await flood();
    const right = await open({ trackingNumber: number, receipt: typed });
    const wrong = await open({ trackingNumber: number, receipt: "0000-0000-0000-0000-0000" });
    const steady = (answer: Answer) => readPage(answer).replace(/\d+ detik/g, "");
    expect(steady(wrong)).toBe(steady(right));
    const other = await office.submit({ title: "Laporan lain" });
    for (let count = 0; count < wrongReceipts.ofCase; count++)
      await office.traffic.count(["receipt", "198.51.100.0/24", other.number], office.now());
    office.at("2026-11-24T09:01:00+08:00");
    const form = {
      trackingNumber: other.number,
      receipt: other.receipt.authorization.replace("Receipt ", ""),
      tiket: fieldsOf(right).tiket ?? "",
    };
    expect((await open(form)).status).toBe(428);
  });

  test("Whoever has opened a case before the flood goes on without waiting", async () => {
    const { office, number, typed, open, flood } = await flooded();
    const opened = await open({ trackingNumber: number, receipt: typed });
    await flood();
    const look = await call(office.publicApi, "GET", `/saya/${number}`, {
      cookies: keptAfter(opened),
      address: home,
    });
    expect(look.status).toBe(200);
  });

  test("What the page holds is of no use at another address, when it is old, or changed", async () => {
    const { office, number, typed, open, flood } = await flooded();
    await flood();
    const fields = fieldsOf(await open({ trackingNumber: number, receipt: typed }));
    office.at("2026-11-24T09:00:30+08:00");
    const isian = fields.isian ?? "";
    expect((await open({ ...fields, isian: `${isian.slice(0, -4)}AAAA` })).status).not.toBe(303);
    expect((await open({ ...fields, isian: "x" })).status).not.toBe(303);
    office.at("2026-11-24T09:21:00+08:00");
    expect((await open(fields)).status).not.toBe(303);
  });
});
