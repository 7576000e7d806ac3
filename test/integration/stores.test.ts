import { randomUUID } from "node:crypto";
import { type DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test, vi } from "vitest";
import { forgetTraffic } from "../../functions/jobs/forget-traffic.ts";
import { submit } from "../../shared/case/case.ts";
import { eventHash } from "../../shared/case/history.ts";
import { correctContact, deleteIdentity } from "../../shared/case/moves/identity.ts";
import { withdraw } from "../../shared/case/moves/reporter.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { keyHash, sealForRetry } from "../../shared/case/submission/retry.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { addressMarkStore } from "../../shared/notification/addresses/address-mark-store.ts";
import { officeHash, undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import type { Gathered, Notification } from "../../shared/notification/notification.ts";
import { notificationStore } from "../../shared/notification/notification-store.ts";
import { pileStore } from "../../shared/notification/piles/pile-store.ts";
import type { ReporterIdentity } from "../../shared/reporter/reporter.ts";
import { reporterSeal, reporterStore } from "../../shared/reporter/reporter-store.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import type { Counted } from "../../shared/traffic/load.ts";
import { trafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { agencies, anOfficer } from "../fakes/agencies.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownHash, knownSeal, knownSubscriberSeal } from "../fakes/seal.ts";
import { memoryStores } from "../fakes/stores.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });

const { table } = database;

const storesOnDynamo = () => ({
  cases: caseStore(database.dynamo, {
    cases: table("Cases"),
    reporters: { table: table("Reporters"), seal: knownSeal },
  }),
  reporters: reporterStore(database.dynamo, table("Reporters"), knownSeal),
  notifications: notificationStore(database.dynamo, table("Notifications")),
  piles: pileStore(database.dynamo, table("Notifications")),
  traffic: trafficStore(database.dynamo, table("Traffic"), knownHash),
  expiry: trafficExpiry(database.dynamo, table("Traffic")),
  undeliverables: undeliverableStore(database.dynamo, table("Notifications")),
  addressMarks: addressMarkStore(database.dynamo, table("Notifications")),
  subscribers: subscriberStore(database.dynamo, table("Notifications"), knownSubscriberSeal),
});

const at = new Date("2026-11-23T01:30:00Z");
let drawn = 0;
const anyNumber = () => `TEST-${String(drawn++).padStart(5, "0")}`;

const opened = (trackingNumber: string, change: Partial<Submission> = {}, openedAt = at) =>
  submit(
    { ...roadComplaint, ...change },
    {
      trackingNumber,
      receipt: "0000-0000-0000-0000-0000",
      salt: "salt",
      language: "id",
      verifyingAgency: "kemenpanrb",
      at: openedAt,
    },
  );
const byReporter = { by: { role: "reporter" }, at, salt: "salt" } as const;
const sealed = (key: string, sealedAt = at) =>
  sealForRetry(key, { title: "x" }, { trackingNumber: "x" }, { at: sealedAt, nonce: new Uint8Array(12) });

const secondsLater = (seconds: number) => new Date(at.getTime() + seconds * 1000);
const waitingFor = (to: string, seconds = 0): { notification: Gathered; flushAt: string } => ({
  notification: { kind: "deadline-alert", trackingNumber: anyNumber(), sequence: 3, to },
  flushAt: secondsLater(seconds).toISOString(),
});

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", storesOnDynamo],
])("the stores %s", (_where, makeStores) => {
  const stores = () => makeStores();

  test("a case, its history and its reporter come back as they were submitted", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, { reporter: { email: "warga@contoh.example", mailReceipt: true } });
    expect(await cases.submit(submitted, sealed(randomUUID()))).toEqual({ stored: true });

    const file = await cases.find(number);
    expect(file).toEqual({ case: submitted.case, events: [submitted.event] });
    expect(file?.events.map(eventHash)).toEqual([submitted.event.hash]);
    expect(await reporters.find(number)).toMatchObject({ email: "warga@contoh.example", language: "id" });
    await reporters.forgetReceipt(number);
    expect((await reporters.find(number))?.receiptToMail).toBeUndefined();
  });

  test("nothing is found under a number that nobody was given", async () => {
    const { cases, reporters } = stores();
    expect(await cases.find("nobody")).toBeUndefined();
    expect(await reporters.find("nobody")).toBeUndefined();
    await reporters.forgetReceipt("nobody");
    expect(await reporters.find("nobody")).toBeUndefined();
  });

  test("a repeated key brings back what it was used for, and stores nothing", async () => {
    const { cases } = stores();
    const key = randomUUID();
    const first = sealed(key);
    await cases.submit(opened(anyNumber()), first);
    const second = anyNumber();
    expect(await cases.submit(opened(second), sealed(key))).toEqual({ stored: false, earlier: first });
    expect(await cases.find(second)).toBeUndefined();
    expect(await cases.earlier(first.keyHash, at)).toEqual(first);
    expect(await cases.earlier("nobody", at)).toBeUndefined();
  });

  test("an expired key counts as a new one", async () => {
    const { cases } = stores();
    const key = randomUUID();
    await cases.submit(opened(anyNumber()), sealed(key));
    const later = new Date(at.getTime() + 25 * 60 * 60 * 1000);
    expect(await cases.earlier(sealed(key).keyHash, later)).toBeUndefined();
    expect(await cases.submit(opened(anyNumber(), {}, later), sealed(key, later))).toEqual({ stored: true });
  });

  test("a tracking number is given to one case only, and the first case stays as it was", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    await cases.submit(opened(number), sealed(randomUUID()));
    const other = opened(number, { title: "Lampu mati", reporter: { name: "Warga" } });
    expect(await cases.submit(other, sealed(randomUUID()))).toEqual({ stored: false });
    expect((await cases.find(number))?.case.title).toBe(roadComplaint.title);
    expect(await reporters.find(number)).toBeUndefined();
  });

  test("a submission that arrives ten times at once makes one case", async () => {
    const { cases } = stores();
    const key = randomUUID();
    const numbers = Array.from({ length: 10 }, anyNumber);
    const outcomes = await Promise.all(numbers.map((number) => cases.submit(opened(number), sealed(key))));
    expect(outcomes.filter(({ stored }) => stored)).toHaveLength(1);
    for (const outcome of outcomes) if (!outcome.stored) expect(outcome.earlier?.keyHash).toBe(keyHash(key));
    const found = await Promise.all(numbers.map((number) => cases.find(number)));
    expect(found.filter(Boolean)).toHaveLength(1);
  });

  test("a correction is stored with its move, all or nothing, and the choice about mails stays", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, {
      reporter: { name: "Warga", email: "lama@contoh.example", phone: "081200001111", mailReceipt: true },
    });
    await cases.submit(submitted, sealed(randomUUID()));
    await reporters.stopMails(number, true);
    const corrected = correctContact(
      submitted.case,
      { email: "baru@contoh.example", phone: null },
      { ...byReporter, before: await reporters.find(number), language: "id" },
    );
    expect(await cases.append({ ...submitted.case, version: 7 }, corrected)).toBe(false);
    expect((await reporters.find(number))?.email).toBe("lama@contoh.example");
    expect(await cases.append(submitted.case, corrected)).toBe(true);
    expect(await reporters.find(number)).toEqual({
      trackingNumber: number,
      name: "Warga",
      email: "baru@contoh.example",
      language: "id",
      mailsStopped: true,
      addressRound: 1,
      addressFreedAt: at.toISOString(),
      receiptToMail: "0000-0000-0000-0000-0000",
    });
  });

  test("a move adds an identity where there was none, and another one removes it", async () => {
    const { cases, reporters } = stores();
    const number = anyNumber();
    const submitted = opened(number, { anonymous: true });
    await cases.submit(submitted, sealed(randomUUID()));
    const added = correctContact(
      submitted.case,
      { email: "kemudian@contoh.example" },
      { ...byReporter, before: undefined, language: "en" },
    );
    await cases.append(submitted.case, added);
    expect(await reporters.find(number)).toMatchObject({ email: "kemudian@contoh.example", language: "en" });
    const before = await reporters.find(number);
    const deleted = deleteIdentity(added.case, { ...byReporter, before });
    expect(await cases.append(submitted.case, deleted)).toBe(false);
    expect(await reporters.find(number)).toBeDefined();
    expect(await cases.append(added.case, deleted)).toBe(true);
    expect(await reporters.find(number)).toBeUndefined();
    const { sequence } = deleted.event;
    expect(await reporters.formerAddress(number, 2)).toBeUndefined();
    expect(await reporters.formerAddress(number, sequence)).toEqual({
      email: "kemudian@contoh.example",
      language: "en",
    });
    await reporters.forgetFormerAddress(number, sequence);
    await reporters.forgetFormerAddress(number, sequence);
    expect(await reporters.formerAddress(number, sequence)).toBeUndefined();
    expect((await cases.find(number))?.events.map(({ type }) => type)).toEqual([
      "submitted",
      "contact-corrected",
      "identity-deleted",
    ]);
  });

  test("the cases of a person are found by NIK or telephone number in any spelling, and no longer after a correction", async () => {
    const { cases, reporters } = stores();
    const serial = String(++drawn).padStart(4, "0");
    const person = { nik: `647101570885${serial}`, phone: `08123450${serial}` };
    const [one, two] = [anyNumber(), anyNumber()];
    const first = opened(one, { reporter: person });
    await cases.submit(first, sealed(randomUUID()));
    await cases.submit(opened(two, { reporter: { ...person, nik: undefined } }), sealed(randomUUID()));
    const found = async (key: Parameters<typeof reporters.casesOf>[0]) =>
      (await reporters.casesOf(key, 10)).sort();
    expect(await found({ nik: person.nik })).toEqual([one]);
    expect(await found({ phone: person.phone.replace(/^0/, "+62") })).toEqual([one, two]);
    expect(await reporters.casesOf({ phone: person.phone }, 1)).toHaveLength(1);
    const before = await reporters.find(one);
    const corrected = correctContact(
      first.case,
      { nik: null, phone: null, name: "Warga" },
      { ...byReporter, before, language: "id" },
    );
    await cases.append(first.case, corrected);
    expect(await found({ nik: person.nik })).toEqual([]);
    expect(await found({ phone: person.phone })).toEqual([two]);
  });

  test("a case that ended is found once its retention is over, and not when it goes on", async () => {
    const { cases } = stores();
    const number = anyNumber();
    const submitted = opened(number, { reporter: { name: "Warga" } });
    await cases.submit(submitted, sealed(randomUUID()));
    const due = async (instant: string) => {
      const numbers: string[] = [];
      for await (const portion of cases.keptUntil(instant)) numbers.push(...portion);
      return numbers.includes(number);
    };
    expect(await due("2999-01-01T00:00:00.000Z")).toBe(false);
    const withdrawn = withdraw(submitted.case, {}, byReporter);
    await cases.append(submitted.case, withdrawn);
    expect(await due("2028-11-21T01:29:59.999Z")).toBe(false);
    expect(await due("2028-11-22T01:30:00.000Z")).toBe(true);
    const goesOn = { ...withdrawn.case, endedAt: undefined, status: "assigned" as const, version: 3 };
    await cases.append(withdrawn.case, {
      case: goesOn,
      event: { ...withdrawn.event, sequence: 3 },
    });
    expect(await due("2999-01-01T00:00:00.000Z")).toBe(false);
    expect(await cases.get(number)).toEqual(JSON.parse(JSON.stringify(goesOn)));
  });

  test("a case is found under the day on which it moved last", async () => {
    const { cases } = stores();
    const number = anyNumber();
    const submitted = opened(number);
    await cases.submit(submitted, sealed(randomUUID()));
    const withdrawn = withdraw(submitted.case, {}, { ...byReporter, at: new Date("2026-11-25T01:30:00Z") });
    await cases.append(submitted.case, withdrawn);
    const movedOn = async (day: string) => {
      const heads = [];
      for await (const portion of cases.movedOn(day)) heads.push(...portion);
      return heads.filter(({ trackingNumber }) => trackingNumber === number);
    };
    expect(await movedOn("2026-11-23")).toEqual([]);
    expect(await movedOn("2026-11-25")).toMatchObject([{ sequence: 2, hash: withdrawn.event.hash }]);
  });

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

describe.each([
  ["in memory", memoryStores],
  ["on DynamoDB", storesOnDynamo],
])("the counters of traffic %s", (_where, makeStores) => {
  const stores = () => makeStores();
  const someNetwork = (): Counted => ["report", randomUUID()];

  test("each thing is counted apart, ten at once, and anew after ten minutes", async () => {
    const { traffic } = stores();
    const [one, other] = [someNetwork(), someNetwork()];
    const counts = await Promise.all(Array.from({ length: 10 }, () => traffic.count(one, at)));
    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([await traffic.countOf(one, at), await traffic.countOf(other, at)]).toEqual([10, 0]);
    expect(await traffic.countOf(one, secondsLater(600))).toBe(0);
    expect(await traffic.count(one, secondsLater(600))).toBe(1);
    expect(await traffic.count(one, secondsLater(600), 6)).toBe(7);
  });

  test("kept outlines come back in the same minutes, and to nobody else's network", async () => {
    const { traffic } = stores();
    const network = randomUUID();
    expect(await traffic.outlinesOf(network, at)).toEqual([]);
    await traffic.keepOutlines(network, ["a", "b"], at);
    expect(await traffic.outlinesOf(network, at)).toEqual(["a", "b"]);
    expect(await traffic.outlinesOf(randomUUID(), at)).toEqual([]);
    expect(await traffic.outlinesOf(network, secondsLater(600))).toEqual([]);
  });

  test("a thing is used once, and again only by whoever used it", async () => {
    const { traffic } = stores();
    const what = randomUUID();
    const uses = await Promise.all(["a", "b", "c"].map((by) => traffic.use(what, by, secondsLater(60))));
    expect(uses.filter(Boolean)).toHaveLength(1);
    const winner = ["a", "b", "c"][uses.indexOf(true)] ?? "";
    expect(await traffic.use(what, winner, secondsLater(60))).toBe(true);
    expect(await traffic.use(what, "d", secondsLater(60))).toBe(false);
  });

  test("what happens ten times at once on a day is the first of it once, and again on the next day", async () => {
    const { traffic } = stores();
    const what = ["support", randomUUID(), randomUUID()];
    const first = await Promise.all(Array.from({ length: 10 }, () => traffic.isFirstOfDay(what, at)));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await traffic.isFirstOfDay(what, secondsLater(22 * 3600))).toBe(false);
    expect(await traffic.isFirstOfDay(what, secondsLater(24 * 3600))).toBe(true);
    expect(await traffic.isFirstOfDay([...what, "other"], at)).toBe(true);
  });

  test("a day has one key for each purpose, whoever asks for it", async () => {
    const keys = await Promise.all(
      Array.from({ length: 5 }, () => stores().traffic.keyOf("counts", "2026-11-23")),
    );
    expect(new Set(keys).size).toBe(1);
    for (const other of [
      await stores().traffic.keyOf("counts", "2026-11-24"),
      await stores().traffic.keyOf("outlines", "2026-11-23"),
    ])
      expect(other).not.toBe(keys[0]);
  });

  test("what has expired is found and removed, what has not stays, and a second run finds nothing", async () => {
    const { traffic, expiry } = stores();
    const [gone, stays] = [someNetwork(), someNetwork()];
    const long = new Date("2020-01-01T00:00:00Z");
    await traffic.count(gone, long);
    await traffic.keepOutlines(randomUUID(), ["a"], long);
    await traffic.use(randomUUID(), "a", long);
    await traffic.count(stays, at);
    const names = async (when: Date) => {
      const all: string[] = [];
      for await (const portion of expiry.expired(when)) all.push(...portion);
      return all;
    };
    const found = await names(secondsLater(-3600));
    expect(found).toHaveLength(3);
    for (const name of found) await expiry.remove(name, secondsLater(-3600));
    expect(await names(secondsLater(-3600))).toEqual([]);
    expect([await traffic.countOf(gone, long), await traffic.countOf(stays, at)]).toEqual([0, 1]);
  });
});

describe("the table of traffic", () => {
  const traffic = () => trafficStore(database.dynamo, table("Traffic"), knownHash);
  const rows = async () =>
    (await database.dynamo.send(new ScanCommand({ TableName: table("Traffic") }))).Items ?? [];

  test("holds neither a network nor a tracking number nor a key, and a network's outlines always take the same room", async () => {
    const [network, other] = ["203.0.113.0/24", "198.51.100.0/24"];
    await traffic().count(["receipt", network, "7K3MQ-P4X9C"], at);
    await traffic().keepOutlines(network, ["abcde"], at);
    await traffic().keepOutlines(
      other,
      Array.from({ length: 20 }, () => "a".repeat(240)),
      at,
    );
    const all = await rows();
    expect(JSON.stringify(all)).not.toMatch(/203\.0\.113|7K3MQ|secret|abcde/);
    const sealed = all.flatMap(({ outlines }) => (outlines instanceof Uint8Array ? [outlines] : []));
    expect(sealed.length).toBeGreaterThan(1);
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1);
    expect(all.filter((row) => row.outlines && row.tries)).toEqual([]);
  });

  test("tells of a used challenge neither which it was nor whose request it was, nor to the second when", async () => {
    const idempotencyKey = randomUUID();
    await traffic().use("the nonce", keyHash(idempotencyKey), secondsLater(123));
    const all = JSON.stringify(await rows());
    expect(all).not.toContain("the nonce");
    expect(all).not.toContain(keyHash(idempotencyKey));
    for (const { expiresAt } of await rows()) expect(Number(expiresAt) % 600).toBe(0);
  });

  test("tells of a support neither the case nor the device, nor at what time of the day it came", async () => {
    const device = randomUUID();
    const before = new Set((await rows()).map(({ pk }) => String(pk)));
    for (const later of [0, 3600, 36_000])
      await traffic().isFirstOfDay(["support", `N${later}`, device], secondsLater(later));
    const made = (await rows()).filter(({ pk }) => !before.has(String(pk)));
    expect(made).toHaveLength(3);
    expect(JSON.stringify(made)).not.toMatch(new RegExp(`${device}|support|N36`));
    expect(made.map((row) => Object.keys(row).sort())).toEqual(made.map(() => ["expiresAt", "pk"]));
    expect(new Set(made.map(({ expiresAt }) => Number(expiresAt))).size).toBe(1);
  });

  test("loses a key that an earlier version left there, before it expires", async () => {
    const expiry = trafficExpiry(database.dynamo, table("Traffic"));
    const Item = { pk: "KEY#2026-11-23", secret: "x", expiresAt: at.getTime() / 1000 + 3600 };
    await database.dynamo.send(new PutCommand({ TableName: table("Traffic"), Item }));
    await forgetTraffic(expiry, { now: () => at })();
    expect(JSON.stringify(await rows())).not.toContain("KEY#");
  });

  test("a count that came after the job looked stays: the name is removed only where it has expired", async () => {
    const expiry = trafficExpiry(database.dynamo, table("Traffic"));
    await traffic().count(["report", "192.0.2.0/24"], at);
    const before = (await rows()).length;
    for (const { pk } of await rows()) await expiry.remove(String(pk), secondsLater(-3600));
    expect(await rows()).toHaveLength(before);
  });
});

describe("the directory on DynamoDB", () => {
  test("agencies come page by page, each once, in the order of their ids", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    const many = Array.from({ length: 25 }, (_, index) => ({
      ...agencies[1]!,
      id: `dinas-${String(index).padStart(2, "0")}`,
      regionCode: index % 2 ? "64.71" : "64.72",
    }));
    for (const one of many) expect(await store.put("agency", one)).toBe("added");

    const listed: string[] = [];
    let after: string | undefined;
    for (let more = true; more;) {
      const page = await store.agencies({ limit: 10, ...(after && { after }) });
      listed.push(...page.items.map(({ id }) => id));
      after = listed.at(-1);
      more = page.more;
    }
    expect(listed).toEqual(many.map(({ id }) => id));
    const ofRegion = await store.agencies({ region: "64.71", limit: 100 });
    expect(ofRegion).toMatchObject({ more: false, items: { length: 12 } });
    expect(
      (await store.agencies({ region: "64.71", after: "dinas-01", limit: 2 })).items.map(({ id }) => id),
    ).toEqual(["dinas-03", "dinas-05"]);
  });

  test("a load tells what it changes, and a warm function sees it within a minute", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    let now = 0;
    const warm = directoryStore(database.dynamo, table("Directory"), () => now);
    const agency = { ...agencies[0]!, id: "renamed" };
    expect(await warm.agency("renamed")).toBeUndefined();
    expect(await store.put("agency", agency)).toBe("added");
    expect(await store.put("agency", agency)).toBe("unchanged");
    now = 1_999;
    expect(await warm.agency("renamed")).toBeUndefined();
    now = 2_000;
    expect(await warm.agency("renamed")).toEqual(agency);
    expect(await store.put("agency", { ...agency, name: "Nama baru" })).toBe("changed");
    now = 61_999;
    expect(await warm.agency("renamed")).toEqual(agency);
    now = 62_000;
    expect((await warm.agency("renamed"))?.name).toBe("Nama baru");
  });

  test("an agency that is asked for as it is recorded is seen closed at once, and remembered so", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    const warm = directoryStore(database.dynamo, table("Directory"), () => 0);
    const agency = { ...agencies[0]!, id: "soon-closed" };
    await store.put("agency", agency);
    expect(await warm.agency("soon-closed")).toEqual(agency);
    const closed = { ...agency, closedAt: "2026-11-26T01:00:00.000Z", successor: "kemenpanrb" };
    await store.put("agency", closed);
    expect(await warm.agency("soon-closed")).toEqual(agency);
    expect(await warm.agency("soon-closed", { asRecorded: true })).toEqual(closed);
    expect(await warm.agency("soon-closed")).toEqual(closed);
  });

  test("an officer is found by the subject of their token, and a dismissed one is out within a minute", async () => {
    const store = directoryStore(database.dynamo, table("Directory"));
    let now = 0;
    const warm = directoryStore(database.dynamo, table("Directory"), () => now);
    const officer = anOfficer("unit-officer", "kemenpanrb", { subject: "who-signed-in" });
    await store.put("officer", officer);
    expect(await warm.postsOf("who-signed-in")).toEqual([officer]);
    expect(await warm.postsOf("somebody-else")).toEqual([]);
    await store.put("officer", { ...officer, dismissedAt: "2026-11-23T01:30:00Z" });
    now = 59_000;
    expect((await warm.postsOf("who-signed-in"))[0]?.dismissedAt).toBeUndefined();
    now = 60_000;
    expect((await warm.postsOf("who-signed-in"))[0]?.dismissedAt).toBeDefined();
  });

  test("a read that failed is not remembered", async () => {
    let broken = true;
    const flaky = {
      send: (command: never) =>
        broken ? Promise.reject(new Error("throttled")) : database.dynamo.send(command),
    } as unknown as DynamoDBDocumentClient;
    const store = directoryStore(flaky, table("Directory"));
    await expect(store.agency("renamed")).rejects.toThrow("throttled");
    broken = false;
    expect((await store.agency("renamed"))?.id).toBe("renamed");
  });
});

describe("a sealed identity", () => {
  const identity: ReporterIdentity = {
    trackingNumber: "TEST-SEAL1",
    name: "Warga Contoh",
    email: "warga@contoh.example",
    phone: "081200001111",
    nik: "6471015708850001",
    language: "id",
    receiptToMail: "0000-0000-0000-0000-0000",
  };

  test("a sealed identity tells nothing, is never the same twice, and opens to what it was", async () => {
    const [one, other] = [await knownSeal.seal(identity), await knownSeal.seal(identity)];
    const { trackingNumber: _, language: _l, ...personal } = identity;
    for (const value of Object.values(personal)) {
      expect(JSON.stringify(one)).not.toContain(value);
      expect(Buffer.from(one.sealed, "base64").toString("latin1")).not.toContain(value);
    }
    expect(one.sealed).not.toBe(other.sealed);
    expect(one.nikHash).toBe(other.nikHash);
    expect(await knownSeal.open(one)).toEqual(identity);
  });

  test("a sealed identity does not open at another case, in another part, changed in one bit, or under another key", async () => {
    const one = await knownSeal.seal(identity);
    const another = reporterSeal({ key: `local:${Buffer.alloc(32, 9).toString("base64")}` });
    const bytes = Buffer.from(one.sealed, "base64");
    bytes[bytes.length - 20]! ^= 1;
    await expect(knownSeal.open({ ...one, trackingNumber: "TEST-SEAL2" })).rejects.toThrow();
    await expect(knownSeal.open({ ...one, sealed: one.sealedReceipt ?? "" })).rejects.toThrow();
    await expect(knownSeal.open({ ...one, sealed: bytes.toString("base64") })).rejects.toThrow();
    await expect(another.open(one)).rejects.toThrow();
  });

  test("an identity cannot be sealed while its keys are out of reach, and its sender is asked to send again", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    vi.stubEnv("AWS_REGION", "ap-southeast-3");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    const key = "arn:aws:kms:ap-southeast-3:000000000000:key/0f8fad5b-d9cb-469f-a165-70867728950e";
    const inKms = reporterSeal({ key, hashKey: key });
    await expect(inKms.seal({ ...identity, nik: undefined, phone: undefined })).rejects.toMatchObject({
      kind: "unavailable",
    });
    await expect(inKms.hash({ nik: identity.nik ?? "" })).rejects.toMatchObject({ kind: "unavailable" });
    vi.unstubAllEnvs();
  });

  test("an identity without a NIK or a telephone number has nothing to be found by, and asks for no hash", async () => {
    const unhashed = reporterSeal({ key: `local:${Buffer.alloc(32, 1).toString("base64")}` });
    const { nik: _n, phone: _p, ...plain } = identity;
    const stored = await unhashed.seal(plain);
    expect([stored.nikHash, stored.phoneHash]).toEqual([undefined, undefined]);
    await expect(unhashed.seal(identity)).rejects.toThrow("no key to hash with");
  });
});

test("no table holds a receipt in clear, or a word about the reporter", async () => {
  const found = await Promise.all(
    ["Cases", "Notifications", "Reporters"].map((name) =>
      database.dynamo.send(new ScanCommand({ TableName: table(name) })),
    ),
  );
  expect(found[0]?.Items?.length).toBeGreaterThan(0);
  expect(JSON.stringify(found.map(({ Items }) => Items))).not.toMatch(
    /0000-0000-0000-0000-0000|contoh\.example|Warga/,
  );
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
