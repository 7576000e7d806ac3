import { describe, expect, test } from "vitest";
import { type InvitationStore, invitationStore } from "../../shared/directory/invitation-store.ts";
import { memoryInvitations } from "../fakes/memory/invitation-store.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase({ expiry: false });
const stores: [string, () => InvitationStore][] = [
  ["in memory", () => memoryInvitations()],
  ["on DynamoDB", () => invitationStore(database.dynamo, database.table("Directory"))],
];

describe.each(stores)("invitations that are mailed, counted %s", (where, makeStore) => {
  const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);

  test("five go out in a day, five minutes apart, and the store says when the next one may", async () => {
    const store = makeStore();
    const subject = `lima-${where}`;
    expect(await store.countAgain(subject, at("01:00"))).toBeUndefined();
    expect(await store.countAgain(subject, at("01:04"))).toEqual(at("01:05"));
    for (const time of ["01:05", "01:10", "01:15", "01:20"])
      expect(await store.countAgain(subject, at(time))).toBeUndefined();
    const tomorrow = new Date("2026-11-25T01:00:00Z");
    expect(await store.countAgain(subject, at("02:00"))).toEqual(tomorrow);
    expect(await store.countAgain("orang-lain", at("02:00"))).toBeUndefined();
    expect(await store.countAgain(subject, tomorrow)).toBeUndefined();
  });

  test("five accounts are opened for an address in a day, however it is spelt", async () => {
    const store = makeStore();
    const email = `Banjir.${where.replace(" ", "-")}@contoh.example`;
    for (const time of ["01:00", "01:01", "01:02", "01:03", "01:04"]) {
      expect(await store.mayOpenFrom(email, at(time))).toBeUndefined();
      await store.countOpened(email, at(time));
    }
    const tomorrow = new Date("2026-11-25T01:00:00Z");
    expect(await store.mayOpenFrom(email.toLowerCase(), at("02:00"))).toEqual(tomorrow);
    expect(await store.mayOpenFrom("orang.lain@contoh.example", at("02:00"))).toBeUndefined();
    expect(await store.mayOpenFrom(email, tomorrow)).toBeUndefined();
  });

  test("of several at the same moment one goes out", async () => {
    const store = makeStore();
    const answers = await Promise.all(
      [1, 2, 3].map(() => store.countAgain(`serentak-${where}`, at("03:00"))),
    );
    expect(answers.filter((from) => from === undefined)).toHaveLength(1);
  });
});
