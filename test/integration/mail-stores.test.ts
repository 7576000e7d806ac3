import { randomUUID } from "node:crypto";
import { PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { correctContact } from "../../shared/case/moves/identity.ts";
import { officeHash } from "../../shared/notification/addresses/undeliverable-store.ts";
import type { Gathered, Notification } from "../../shared/notification/notification.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";
import { anyNumber, at, inClear, opened, sealed, secondsLater, storesOn } from "./stores.ts";

const database = openDatabase({ expiry: false });
const { table } = database;
const storesOnDynamo = () => storesOn(database);

const byReporter = { by: { role: "reporter" }, at, salt: "salt" } as const;
const waitingFor = (to: string, seconds = 0): { notification: Gathered; flushAt: string } => ({
  notification: { kind: "deadline-alert", trackingNumber: anyNumber(), sequence: 3, to },
  flushAt: secondsLater(seconds).toISOString(),
});

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", storesOnDynamo],
])("the stores of mails %s", (_where, makeStores) => {
  const stores = () => makeStores();

  test("one worker at a time sends a notification, and nobody does after it was sent", async () => {
    const { notifications } = stores();
    const notification: Notification = { kind: "new-case-alert", trackingNumber: anyNumber(), sequence: 1 };
    const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);
    expect(await notifications.claim(notification, at)).toBe("claimed");
    expect(await notifications.claim(notification, later(59))).toBe("claimed-elsewhere");
    expect(await notifications.claim({ ...notification, sequence: 2 }, at)).toBe("claimed");
    expect(await notifications.claim(notification, later(60))).toBe("claimed");
    await notifications.release(notification);
    expect(await notifications.claim(notification, later(61))).toBe("claimed");
    await notifications.markSent(notification, later(61));
    expect(await notifications.claim(notification, later(999))).toBe("done");
  });

  test("a person's pile holds each notification once, however often it is added", async () => {
    const { piles } = stores();
    const to = `officer-${randomUUID()}`;
    const one = waitingFor(to);
    const other = waitingFor(to, 60);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => piles.add(one, at)));
    expect(outcomes.sort()).toEqual(["added", "done", "done", "done", "done"]);
    expect(await piles.add(other, at)).toBe("added");
    expect(await piles.add(waitingFor("somebody-else"), at)).toBe("added");
    const onPile = await piles.waiting(to);
    expect(onPile).toHaveLength(2);
    expect(onPile).toEqual(expect.arrayContaining([one, other]));
    expect(await piles.waiting(`nobody-${to}`)).toEqual([]);
  });

  test("a pile is found from when something on it is due until that is taken off or put off", async () => {
    const { piles } = stores();
    const to = `officer-${randomUUID()}`;
    const [first, second, third] = [waitingFor(to, 60), waitingFor(to, 120), waitingFor(to, 120)];
    const isDue = async (seconds: number) => {
      const due: string[] = [];
      for await (const portion of piles.due(secondsLater(seconds))) due.push(...portion);
      return due.includes(to);
    };
    for (const one of [first, second, third]) await piles.add(one, at);
    expect([await isDue(59), await isDue(60)]).toEqual([false, true]);
    await piles.takeOff([first.notification], "sent", secondsLater(60));
    expect([await isDue(119), await isDue(120)]).toEqual([false, true]);
    await piles.putOff([second.notification], secondsLater(300));
    await piles.takeOff([third.notification], "dropped", secondsLater(120));
    expect([await isDue(299), await isDue(300)]).toEqual([false, true]);
    expect(await piles.waiting(to)).toEqual([{ ...second, flushAt: secondsLater(300).toISOString() }]);
  });

  test("what was taken off a pile is told to nobody again, in a digest or in a mail of its own", async () => {
    const { notifications, piles } = stores();
    const to = `officer-${randomUUID()}`;
    const [mailed, dropped] = [waitingFor(to), waitingFor(to)];
    for (const one of [mailed, dropped]) await piles.add(one, at);
    expect(await notifications.claim(mailed.notification, secondsLater(999))).toBe("done");
    await piles.takeOff([mailed.notification], "sent", at);
    await piles.takeOff([dropped.notification], "dropped", at);
    for (const one of [mailed, dropped]) {
      expect(await piles.add(one, secondsLater(999))).toBe("done");
      expect(await notifications.claim(one.notification, secondsLater(999))).toBe("done");
    }
    expect(await piles.waiting(to)).toEqual([]);
    // A late worker takes it off a second time, and nothing comes of it.
    await piles.takeOff([mailed.notification], "sent", at);
    await piles.putOff([mailed.notification], secondsLater(60));
    expect(await piles.waiting(to)).toEqual([]);
  });

  test("nothing goes on a pile that a mail of its own tells or told", async () => {
    const { notifications, piles } = stores();
    const one = waitingFor(`officer-${randomUUID()}`);
    await notifications.claim(one.notification, at);
    expect(await piles.add(one, secondsLater(59))).toBe("claimed-elsewhere");
    await notifications.markSent(one.notification, at);
    expect(await piles.add(one, secondsLater(60))).toBe("done");
    const died = waitingFor(`officer-${randomUUID()}`);
    await notifications.claim(died.notification, at);
    expect(await piles.add(died, secondsLater(60))).toBe("added");
  });

  test("one worker at a time mails a pile, and another one does after the first died", async () => {
    const { piles } = stores();
    const to = `officer-${randomUUID()}`;
    expect(await piles.claim(to, at)).toBe(true);
    expect(await piles.claim(to, secondsLater(59))).toBe(false);
    expect(await piles.claim(`${to}-too`, at)).toBe(true);
    expect(await piles.claim(to, secondsLater(60))).toBe(true);
    await piles.release(to);
    expect(await piles.claim(to, secondsLater(61))).toBe(true);
  });

  test("one of many workers takes the turn, and the others are held back for as long as was set, or longer", async () => {
    const { piles } = stores();
    const to = `officer-${randomUUID()}`;
    const turns = await Promise.all(
      Array.from({ length: 5 }, () => piles.takeTurn({ to }, at, secondsLater(600))),
    );
    expect(turns.filter(Boolean)).toHaveLength(1);
    expect(await piles.takeTurn({ to }, secondsLater(599), secondsLater(1199))).toBe(false);
    await piles.holdBack({ to }, secondsLater(900));
    await piles.holdBack({ to }, secondsLater(700));
    expect(await piles.takeTurn({ to }, secondsLater(899), secondsLater(1499))).toBe(false);
    expect(await piles.takeTurn({ to }, secondsLater(900), secondsLater(1500))).toBe(true);
    expect(await piles.waiting(to)).toEqual([]);
  });

  test("a person whose turn is three mails gets three, whoever works on them, and the next three once it comes again", async () => {
    const { piles } = stores();
    const turn = { to: `reporter@${anyNumber()}`, atOnce: 3 };
    const turns: boolean[] = [];
    for (let n = 0; n < 5; n++) turns.push(await piles.takeTurn(turn, at, secondsLater(600)));
    expect(turns).toEqual([true, true, true, false, false]);
    expect(await piles.takeTurn({ ...turn, about: "another case" }, at, secondsLater(600))).toBe(true);
    const again: boolean[] = [];
    for (let n = 0; n < 4; n++) again.push(await piles.takeTurn(turn, secondsLater(600), secondsLater(1200)));
    expect(again).toEqual([true, true, true, false]);
    const atOnce = await Promise.all(
      Array.from({ length: 5 }, () => piles.takeTurn({ ...turn, about: "at once" }, at, secondsLater(600))),
    );
    expect(atOnce.filter(Boolean)).toHaveLength(3);
  });

  test("an address is turned off only in its own round, and on again by the holder of the receipt", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    await cases.submit(opened(number, { reporter: { email: "warga@contoh.example" } }), sealed(randomUUID()));
    expect(await reporters.turnAddressOff(number, 1, "unsubscribed")).toBe(false);
    expect(await reporters.turnAddressOff(number, 0, "unsubscribed")).toBe(true);
    expect((await reporters.find(number))?.addressOff).toBe("unsubscribed");
    await reporters.stopMails(number, false);
    expect((await reporters.find(number))?.addressOff).toBeUndefined();
    expect(await reporters.turnAddressOff("nobody", 0, "crowded")).toBe(false);
  });

  test("a new address is in a new round, and nothing that was noted of the old one holds for it", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, { reporter: { email: "lama@contoh.example" } });
    await cases.submit(submitted, sealed(randomUUID()));
    await reporters.turnAddressOff(number, 0, "unsubscribed");
    await reporters.markUndeliverable(number, {
      since: at.toISOString(),
      mailedAt: at.toISOString(),
      why: "bounced",
    });
    const named = correctContact(
      submitted.case,
      { name: "Warga" },
      { ...byReporter, before: await reporters.find(number), language: "id" },
    );
    await cases.append(submitted.case, named);
    expect(await reporters.find(number)).toMatchObject({ name: "Warga", addressOff: "unsubscribed" });
    const moved = correctContact(
      named.case,
      { email: "baru@contoh.example" },
      { ...byReporter, before: await reporters.find(number), language: "id" },
    );
    await cases.append(named.case, moved);
    const { addressOff, undeliverable, addressRound } = (await reporters.find(number)) ?? {};
    expect([addressOff, undeliverable, addressRound]).toEqual([undefined, undefined, 1]);
    expect(await reporters.turnAddressOff(number, 0, "unsubscribed")).toBe(false);
  });

  test("a mark that no mail reaches a reporter keeps its date, and goes with a mail that was taken unless mails came back", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    await cases.submit(opened(number, { reporter: { email: "warga@contoh.example" } }), sealed(randomUUID()));
    const mark = { since: at.toISOString(), why: "refused" } as const;
    await reporters.markUndeliverable(number, mark);
    await reporters.markUndeliverable(number, { ...mark, since: secondsLater(60).toISOString() });
    expect(await reporters.undeliverable(number)).toEqual(mark);
    await reporters.markDeliverable(number);
    expect(await reporters.undeliverable(number)).toBeUndefined();
    const bounced = { ...mark, why: "bounced", mailedAt: at.toISOString() } as const;
    await reporters.markUndeliverable(number, bounced);
    await reporters.markDeliverable(number);
    expect(await reporters.undeliverable(number)).toEqual(bounced);
    await reporters.markUndeliverable("nobody", mark);
    expect(await reporters.undeliverable("nobody")).toBeUndefined();
  });

  test("an address follows a case once it was confirmed within a day, under one id, until it is forgotten", async () => {
    const { subscribers } = stores();
    const trackingNumber = anyNumber();
    const [name, other] = [
      { trackingNumber, id: "a" },
      { trackingNumber, id: "b" },
    ];
    const who = { email: "pengikut@contoh.example", language: "id" } as const;
    expect(await subscribers.confirm(name, at)).toBe("unknown");
    await subscribers.ask(name, who, at);
    await subscribers.ask(other, who, at);
    expect(await subscribers.asking(name, secondsLater(86_399))).toEqual(who);
    expect(await subscribers.asking(name, secondsLater(86_400))).toBeUndefined();
    expect(await subscribers.confirm(name, secondsLater(86_400))).toBe("unknown");
    expect(await subscribers.idsOf(trackingNumber)).toEqual([]);
    for (const _ of [1, 2]) expect(await subscribers.confirm(name, secondsLater(60))).toBe("following");
    expect(await subscribers.idsOf(trackingNumber)).toEqual(["a"]);
    expect([await subscribers.find(name), await subscribers.find(other)]).toEqual([who, undefined]);
    expect([await subscribers.isFollowing(name), await subscribers.isFollowing(other)]).toEqual([
      true,
      false,
    ]);
    expect(await subscribers.asking(name, at)).toBeUndefined();
    for (const _ of [1, 2]) await subscribers.forget(name);
    await subscribers.forget(other);
    expect(await subscribers.confirm(other, at)).toBe("unknown");
    expect(await subscribers.idsOf(trackingNumber)).toEqual([]);
  });

  test("addresses that were not confirmed come up after a day, those of a case after thirty, and all of them go together", async () => {
    const { subscribers } = stores();
    const trackingNumber = anyNumber();
    const who = { email: "pengikut@contoh.example", language: "en" } as const;
    const due = async (seconds: number) => {
      const all = [];
      for await (const portion of subscribers.toForget(secondsLater(seconds))) all.push(...portion);
      return all.filter((one) => one.trackingNumber === trackingNumber);
    };
    for (const id of ["a", "b", "c"]) await subscribers.ask({ trackingNumber, id }, who, at);
    for (const id of ["a", "b"]) await subscribers.confirm({ trackingNumber, id }, at);
    expect(await due(86_399)).toEqual([]);
    expect(await due(86_400)).toEqual([{ trackingNumber, id: "c" }]);
    await subscribers.forgetAsking({ trackingNumber, id: "c" });
    const month = 30 * 86_400;
    expect([await due(month - 1), await due(month)]).toEqual([[], [{ trackingNumber }]]);
    await subscribers.lookAgain(trackingNumber, secondsLater(2 * month));
    expect(await due(month)).toEqual([]);
    await subscribers.forgetAll(trackingNumber);
    expect(await subscribers.idsOf(trackingNumber)).toEqual([]);
    await subscribers.lookAgain(trackingNumber, at);
    expect(await due(3 * month)).toEqual([]);
  });

  test("several who confirm at once all follow, and a click that comes twice at once counts once", async () => {
    const { subscribers } = stores();
    const trackingNumber = anyNumber();
    const who = { email: "pengikut@contoh.example", language: "id" } as const;
    const names = Array.from({ length: 8 }, (_, n) => ({ trackingNumber, id: `orang-${n}` }));
    await Promise.all(names.map((name) => subscribers.ask(name, who, at)));
    const outcomes = await Promise.all(
      [...names.slice(0, 4), ...names.slice(0, 4)].map((name) => subscribers.confirm(name, at)),
    );
    expect(new Set(outcomes)).toEqual(new Set(["following"]));
    expect(await subscribers.idsOf(trackingNumber)).toHaveLength(4);
  });

  test("a mark that no mail reaches an officer holds for their address of then", async () => {
    const { undeliverables } = stores();
    const [id, email] = [`officer-${randomUUID()}`, "petugas@balikpapan.example"];
    const addressHash = officeHash(email);
    const mark = { to: id, addressHash, since: at.toISOString(), why: "refused" } as const;
    await undeliverables.mark(mark);
    await undeliverables.mark({ ...mark, since: secondsLater(60).toISOString() });
    const shown = { since: at.toISOString(), why: "refused" };
    expect(await undeliverables.of({ id, email })).toEqual(shown);
    expect(await undeliverables.of({ id, email: "baru@balikpapan.example" })).toBeUndefined();
    expect(
      await undeliverables.ofAll([
        { id, email },
        { id: "nobody", email },
      ]),
    ).toEqual(new Map([[id, shown]]));
    await undeliverables.clear(id);
    await undeliverables.clear("nobody");
    expect(await undeliverables.of({ id, email })).toBeUndefined();
    await undeliverables.mark({ ...mark, why: "bounced", mailedAt: at.toISOString() });
    await undeliverables.clear(id);
    expect(await undeliverables.of({ id, email })).toMatchObject({ why: "bounced" });
  });

  /** What is told of a mail that was taken so many seconds later. */
  const told = (why: "bounced" | "complained" | "refused-tls", seconds: number) =>
    ({
      why,
      mailedAt: secondsLater(seconds).toISOString(),
      since: secondsLater(seconds + 5).toISOString(),
    }) as const;

  test("of what is told of an address the later mail counts, and of one mail the missing TLS, in whatever order it comes", async () => {
    const { addressMarks } = stores();
    const name = randomUUID();
    expect(await addressMarks.find(name, at)).toBeUndefined();
    await addressMarks.mark(name, told("bounced", 10));
    await addressMarks.mark(name, told("refused-tls", 10));
    await addressMarks.mark(name, told("bounced", 10));
    await addressMarks.mark(name, { ...told("refused-tls", 10), since: secondsLater(99).toISOString() });
    expect(await addressMarks.find(name, at)).toEqual(told("refused-tls", 10));
    await addressMarks.mark(name, told("complained", 20));
    await addressMarks.mark(name, told("bounced", 15));
    expect(await addressMarks.find(name, at)).toEqual(told("complained", 20));
    const days = (count: number) => secondsLater(25 + count * 24 * 60 * 60);
    expect(await addressMarks.find(name, new Date(days(90).getTime() - 1000))).toBeDefined();
    expect(await addressMarks.find(name, days(90))).toBeUndefined();
  });

  test("an officer's mark is over once an administrator said that the address is right, whatever is told of earlier mails after that", async () => {
    const { undeliverables } = stores();
    const [id, email] = [`officer-${randomUUID()}`, "petugas@balikpapan.example"];
    const mark = { to: id, addressHash: officeHash(email) };
    await undeliverables.mark({ ...mark, ...told("bounced", 10) });
    const freed = { id, email, addressFreedAt: secondsLater(60).toISOString() };
    expect(await undeliverables.of({ id, email })).toEqual(told("bounced", 10));
    expect(await undeliverables.of(freed)).toBeUndefined();
    await undeliverables.mark({ ...mark, ...told("complained", 30) });
    await undeliverables.mark({ ...mark, ...told("bounced", 20) });
    expect(await undeliverables.of({ id, email })).toEqual(told("complained", 30));
    expect(await undeliverables.of(freed)).toBeUndefined();
    await undeliverables.mark({ ...mark, ...told("bounced", 70) });
    expect(await undeliverables.of(freed)).toEqual(told("bounced", 70));
  });

  test("a reporter frees an address that mails came back from, but none that complained; what is told of earlier mails marks no newer address", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    await cases.submit(opened(number, { reporter: { email: "warga@contoh.example" } }), sealed(randomUUID()));
    await reporters.markUndeliverable(number, told("bounced", 10));
    await reporters.freeAddress(number, secondsLater(60));
    expect(await reporters.undeliverable(number)).toBeUndefined();
    expect(await reporters.addressFreedAt(number)).toBe(secondsLater(60).toISOString());
    await reporters.markUndeliverable(number, told("bounced", 30));
    expect(await reporters.undeliverable(number)).toBeUndefined();
    await reporters.markUndeliverable(number, told("complained", 70));
    await reporters.freeAddress(number, secondsLater(90));
    expect(await reporters.undeliverable(number)).toEqual(told("complained", 70));
    await reporters.freeAddress("nobody", at);
    expect(await reporters.addressFreedAt("nobody")).toBeUndefined();
  });

  test("mails to one address are counted by the day, and a count can be taken back", async () => {
    const { traffic } = stores();
    const counted = ["confirmation", `${randomUUID()}@contoh.example`] as const;
    expect(await traffic.count(counted, at)).toBe(1);
    expect(await traffic.count(counted, secondsLater(6 * 60 * 60))).toBe(2);
    expect(await traffic.count(counted, at, -1)).toBe(1);
    expect(await traffic.count(counted, secondsLater(24 * 60 * 60))).toBe(1);
  });

  test("more is taken off a pile at once than one transaction holds", async () => {
    const { piles } = stores();
    const to = `officer-${randomUUID()}`;
    const many = Array.from({ length: 130 }, () => waitingFor(to));
    await Promise.all(many.map((one) => piles.add(one, at)));
    expect(await piles.waiting(to)).toHaveLength(130);
    await piles.takeOff(
      many.map(({ notification }) => notification),
      "sent",
      at,
    );
    expect(await piles.waiting(to)).toEqual([]);
  });
});

test("no table holds an address, a receipt in clear, or a word about the reporter", async () => {
  expect(await inClear(database, "Cases", "Reporters", "Notifications")).toEqual([]);
});

describe("who follows a case, on DynamoDB", () => {
  const who = { email: "pengikut@contoh.example", language: "id" } as const;

  test("is sealed for its case and its id: the table shows no address, and a seal that was copied elsewhere does not open", async () => {
    const { subscribers } = storesOnDynamo();
    const [one, other] = [
      { trackingNumber: anyNumber(), id: "a" },
      { trackingNumber: anyNumber(), id: "a" },
    ];
    for (const name of [one, other]) {
      await subscribers.ask(name, who, at);
      await subscribers.confirm(name, at);
    }
    const { Items = [] } = await database.dynamo.send(new ScanCommand({ TableName: table("Notifications") }));
    const pkOf = ({ trackingNumber }: { trackingNumber: string }) => `SUBSCRIBERS#${trackingNumber}`;
    const items = Items.filter(({ pk }) => [pkOf(one), pkOf(other)].includes(pk));
    expect(items).toHaveLength(4);
    expect(JSON.stringify(items)).not.toContain("pengikut");
    const copied = items.find(({ pk, sk }) => pk === pkOf(one) && String(sk).startsWith("FOLLOWING#"));
    await database.dynamo.send(
      new PutCommand({ TableName: table("Notifications"), Item: { ...copied, pk: pkOf(other) } }),
    );
    await expect(subscribers.find(other)).rejects.toThrow();
    expect(await subscribers.find(one)).toEqual(who);
  });

  test("no more than 2,000 follow one case, and a place that is given up can be taken", async () => {
    const { subscribers } = storesOnDynamo();
    const trackingNumber = anyNumber();
    const [first, late] = [
      { trackingNumber, id: "a" },
      { trackingNumber, id: "b" },
    ];
    await subscribers.ask(first, who, at);
    await subscribers.confirm(first, at);
    await database.dynamo.send(
      new UpdateCommand({
        TableName: table("Notifications"),
        Key: { pk: `SUBSCRIBERS#${trackingNumber}`, sk: "CASE" },
        UpdateExpression: "SET subscribers = :most",
        ExpressionAttributeValues: { ":most": 2000 },
      }),
    );
    await subscribers.ask(late, who, at);
    expect(await subscribers.confirm(late, at)).toBe("full");
    await subscribers.forget(first);
    expect(await subscribers.confirm(late, at)).toBe("following");
  });
});
