import { describe, expect, test } from "vitest";
import { readPeriod } from "../../functions/commands/replay.ts";
import type { EventToTell } from "../../shared/notification/mail-message.ts";
import { oldestReplayed, replay } from "../../shared/notification/telling/replay-flow.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { memoryOutbox } from "../fakes/outbox.ts";

const text = "Kami sudah menambal jalan itu tadi pagi.";
const start = "2026-11-24T09:00:00+08:00";
const end = "2026-11-24T12:00:00+08:00";
const period = { from: new Date(start), to: new Date(end) };

/** Two cases that lived through a morning, and a third that began in the afternoon. */
async function aMorning() {
  const office = anOffice(start);
  const room = aMailRoom(office, { siteUrl: "https://lapor.example" });
  const reporter = { email: "warga@contoh.example" };
  const first = await office.submit({ reporter });
  const second = await office.submit({ title: "Lampu jalan mati di simpang", reporter });
  office.at("2026-11-24T10:00:00+08:00");
  await first.as("admin", "verification");
  office.at("2026-11-24T11:00:00+08:00");
  await first.as("worker", "answer", { text });
  office.at("2026-11-24T13:00:00+08:00");
  const third = await office.submit({ title: "Parit tersumbat di gang kami" });
  // It moved on the next day, so the index of moves has it there.
  office.at("2026-11-25T09:00:00+08:00");
  await second.as("admin", "verification");
  room.at("2026-11-25T09:10:00+08:00");
  const now = () => new Date("2026-11-25T09:10:00+08:00");
  return { office, room, now, first: first.number, second: second.number, third: third.number };
}
type Morning = Awaited<ReturnType<typeof aMorning>>;

async function replayed({ office, room, now }: Pick<Morning, "office" | "room" | "now">, asked = period) {
  const queue = memoryOutbox<EventToTell>();
  const done = await replay(office.cases, queue, asked, { now });
  const before = room.mailer.sent.length;
  for (const message of queue.messages) await room.send(message);
  await room.flush("2026-11-26T10:00:00+08:00");
  return { done, messages: queue.messages, mails: room.mailer.sent.slice(before) };
}

describe("a replay", () => {
  test("asks for the mails of each event of its time, also of cases that moved since, and of no other", async () => {
    const morning = await aMorning();
    const { done, messages } = await replayed(morning);
    const { first, second } = morning;
    const told = messages.map((one) => `${one.trackingNumber} ${one.sequence}`);
    expect([...new Set(told)].sort()).toEqual(
      [`${first} 1`, `${first} 2`, `${first} 3`, `${second} 1`].sort(),
    );
    expect(done).toMatchObject({ events: 4, messages: messages.length, unreadable: [] });
  });

  test("mails everybody once whom no mail has reached, and nobody when it is done again", async () => {
    const morning = await aMorning();
    const { mails } = await replayed(morning);
    const readers = new Set(mails.map(({ to }) => to));
    expect([...readers]).toEqual(
      expect.arrayContaining(["warga@contoh.example", "unit-officer@balikpapan-dinas-pu.example"]),
    );
    const again = await replayed(morning);
    expect([again.messages.length > 0, again.mails]).toEqual([true, []]);
  });

  test("sends nothing where everything was sent", async () => {
    const morning = await aMorning();
    await morning.room.deliver(morning.first, morning.second, morning.third);
    await morning.room.flush("2026-11-26T10:00:00+08:00");
    expect((await replayed(morning)).mails).toEqual([]);
  });

  test("sends what was left when a worker died half-way, and the rest not again", async () => {
    const whole = await aMorning();
    await replayed(whole);
    const half = await aMorning();
    const messages = await half.room.publish([half.first, half.second]);
    for (const message of messages.slice(0, 3)) await half.room.send(message);
    const sentBefore = half.room.mailer.sent.length;
    expect(sentBefore).toBeGreaterThan(0);
    await replayed(half);
    const toldBy = ({ room }: Morning, numbers: string[]) =>
      new Set(
        room.mailer.sent.map((mail) => `${mail.to} ${numbers.findIndex((one) => mail.text.includes(one))}`),
      );
    expect(toldBy(half, [half.first, half.second])).toEqual(toldBy(whole, [whole.first, whole.second]));
    expect((await replayed(half)).mails).toEqual([]);
  });

  test("tells whoever got a case since nothing of what was before: they were told of that with it", async () => {
    const office = anOffice(start);
    const room = aMailRoom(office, { siteUrl: "https://lapor.example" });
    const one = await office.submit();
    await one.as("admin", "verification");
    await one.as("worker", "questions", { text: "Di depan rumah nomor berapa?" });
    office.at("2026-11-24T10:00:00+08:00");
    await one.reporter("replies", { text: "Di depan rumah nomor dua." });
    office.at("2026-11-24T11:00:00+08:00");
    const handed = await one.as("admin", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    expect(handed.status).toBe(200);
    room.at("2026-11-24T11:10:00+08:00");
    await room.forget([one.number]);
    const now = () => new Date("2026-11-24T11:30:00+08:00");
    const asked = { from: new Date("2026-11-24T10:00:00+08:00"), to: new Date("2026-11-24T10:30:00+08:00") };
    const { messages, mails } = await replayed({ office, room, now }, asked);
    expect(messages.map(({ kind }) => kind)).toEqual(["officer-notice"]);
    expect(mails).toEqual([]);
  });

  test("takes no place at an address for what was mailed before", async () => {
    const morning = await aMorning();
    await morning.room.deliver(morning.first, morning.second, morning.third);
    for (let time = 0; time < 30; time++) {
      // Long after the last one, so that it does not count as gathered.
      morning.room.at(new Date(Date.parse("2026-11-25T10:00:00+08:00") + time * 30 * 60_000));
      const queue = memoryOutbox<EventToTell>();
      await replay(morning.office.cases, queue, period, { now: morning.now });
      for (const message of queue.messages) await morning.room.send(message);
    }
    const asked = await morning.office.submit({ reporter: { email: "warga@contoh.example" } });
    await asked.as("admin", "verification");
    const before = morning.room.mailer.sent.length;
    await morning.room.deliver(asked.number);
    expect(
      morning.room.mailer.sent.slice(before).filter(({ to }) => to === "warga@contoh.example"),
    ).toHaveLength(2);
  });

  test("names a case whose history cannot be read, and goes on with the others", async () => {
    const morning = await aMorning();
    const { office, first, now } = morning;
    const cases = {
      movedOn: office.cases.movedOn,
      find: async (number: string) => {
        if (number === first) throw new Error("unreadable");
        return office.cases.find(number);
      },
    };
    const queue = memoryOutbox<EventToTell>();
    const done = await replay(cases, queue, period, { now });
    expect([done.unreadable, done.events]).toEqual([[first], 1]);
  });

  test("puts a message again on a queue that did not take it, and fails where the queue never does", async () => {
    const { office, now } = await aMorning();
    let refusals = 2;
    const shy = memoryOutbox<EventToTell>(() => refusals-- > 0);
    const done = await replay(office.cases, shy, period, { now });
    expect(shy.messages).toHaveLength(done.messages);
    const closed = memoryOutbox<EventToTell>(() => true);
    await expect(replay(office.cases, closed, period, { now })).rejects.toThrow("did not take");
  });

  test("does not hurry: it waits after each portion for as long as its messages are allowed", async () => {
    const { office, now } = await aMorning();
    const queue = memoryOutbox<EventToTell>();
    let counted = 0;
    const pause = async (count: number) => {
      expect(count).toBeLessThanOrEqual(10);
      counted += count;
      expect(queue.messages).toHaveLength(counted);
    };
    const { messages } = await replay(office.cases, queue, period, { now, pause });
    expect(counted).toBe(messages);
  });
});

describe("the period of a replay", () => {
  const now = new Date("2026-11-27T08:00:00+08:00");

  test("is read from two instants with their offsets", () => {
    expect(readPeriod(start, end, now)).toEqual(period);
    for (const [from, to] of [
      [undefined, end],
      [start, "2026-11-24"],
      [end, start],
    ])
      expect(() => readPeriod(from, to, now)).toThrow();
  });

  test("begins no longer ago than marks of mails are remembered for certain", () => {
    const oldest = oldestReplayed(now).getTime();
    expect(now.getTime() - oldest).toBe(60 * 24 * 60 * 60 * 1000);
    const from = new Date(oldest - 1).toISOString();
    expect(() => readPeriod(from, end, now)).toThrow("cannot be replayed");
  });
});
