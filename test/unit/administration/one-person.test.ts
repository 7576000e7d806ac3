import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openingRoles } from "../../../functions/administration/registry.ts";
import { guardedRoles } from "../../../shared/directory/administration/two-people.ts";
import { type Officer, officerRole } from "../../../shared/directory/directory.ts";
import { agencies, anOfficer } from "../../fakes/agencies.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";
import { newUnit, officerPath, reason } from "./bodies.ts";

const guarded = guardedRoles(openingRoles);
const second = anOfficer("national-admin", "pemkot-samarinda");
const cityToo = anOfficer("agency-admin", "pemkot-balikpapan", {
  id: "admin-kedua-balikpapan",
  email: "admin.kedua@balikpapan.example",
  subject: "subject-of-admin-kedua",
});
const people = [...Object.values(staff), second, cityToo];
const ids = [...people.map(({ id }) => id), "baru-satu", "baru-dua", "baru-tiga"];
/** Whoever acts alone reads these mailboxes, and nobody else's. */
const theirs = ["satu@jahat.example", "dua@jahat.example", "tiga@jahat.example"];

const act = fc.record({
  /** Which of the accounts that they can sign in to they use. */
  as: fc.nat(20),
  what: fc.constantFrom("put", "put", "put", "confirm", "confirm", "dismiss", "withdraw", "move", "reset"),
  id: fc.constantFrom(...ids),
  role: fc.constantFrom(...officerRole.options),
  agencyId: fc.constantFrom(...agencies.map(({ id }) => id)),
  /** One of their own addresses, or else the address that the officer has. */
  address: fc.option(fc.constantFrom(...theirs), { nil: undefined, freq: 2 }),
  which: fc.nat(20),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** The officers with power over secrets, with what makes the power theirs. */
const holders = async ({ directory }: ReturnType<typeof anOffice>): Promise<string[]> => {
  const all = await Promise.all(ids.map((id) => directory.officer(id)));
  return all
    .filter((one) => one !== undefined && !one.dismissedAt && guarded.includes(one.role))
    .map((one) => `${one!.id} ${one!.role} ${one!.email} ${one!.subject} ${one!.agencyId}`);
};

async function perform(office: ReturnType<typeof anOffice>, who: Officer, step: Act): Promise<void> {
  const path = officerPath(step.id);
  const known = await office.directory.officer(step.id);
  const waiting = [...office.requests.stored.keys()];
  const request = waiting[step.which % Math.max(waiting.length, 1)] ?? "00000000-0000-4000-8000-000000000000";
  switch (step.what) {
    case "put": {
      const email = step.address ?? known?.email ?? theirs[0];
      const body = { name: "Contoh Orang", email, role: step.role, agencyId: step.agencyId };
      return void (await office.admin(who, "PUT", path, body));
    }
    case "confirm":
      return void (await office.admin(who, "POST", `requests/${request}/confirmation`));
    case "withdraw":
      return void (await office.admin(who, "POST", `requests/${request}/withdrawal`, {}));
    case "dismiss":
      return void (await office.admin(who, "POST", `${path}/dismissal`, { reason }));
    case "reset":
      return void (await office.admin(who, "POST", `${path}/authenticator-reset`, {}));
    case "move":
      return void (await office.admin(who, "PUT", "agencies/balikpapan-uptd-jalan", {
        ...newUnit,
        parent: step.agencyId,
      }));
  }
}

describe("one person alone", () => {
  test.each([
    ["a national administrator", staff.national],
    ["an administrator of a city", staff.admin],
  ])(
    "whatever %s does, with however many accounts of their own making, nobody gains a power over secrets, and none of its holders gets another account or loses their authenticator",
    async (_who, person) => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 30 }), async (steps) => {
          const office = anOffice(undefined, { people });
          const before = await holders(office);
          for (const step of steps) {
            // They sign in as themselves, and as everybody whose mailbox is theirs.
            const all = await Promise.all(ids.map((id) => office.directory.officer(id)));
            const own = all.filter(
              (one): one is Officer =>
                one !== undefined && (one.id === person.id || theirs.includes(one.email)),
            );
            const who = own[step.as % own.length];
            if (who) await perform(office, who, step);
          }
          for (const holder of await holders(office)) expect(before).toContain(holder);
          const theirAccounts = people
            .filter(({ role }) => guarded.includes(role))
            .map(({ subject }) => subject);
          for (const subject of office.accounts.reset) expect(theirAccounts).not.toContain(subject);
        }),
        { numRuns: 150, seed: 20261126 },
      );
    },
    60_000,
  );

  test("a change that gave power over secrets always names two officers of different origin, whoever tries what", async () => {
    let given = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (steps) => {
        const office = anOffice(undefined, { people });
        const administrators = [staff.national, second, staff.admin, cityToo];
        for (const step of steps) {
          const who = administrators[step.as % administrators.length]!;
          const now = await office.directory.officer(who.id);
          if (now) await perform(office, now, step);
        }
        for (const id of ids) {
          const holder = await office.directory.officer(id);
          if (!holder || !guarded.includes(holder.role)) continue;
          const events = await office.directory.history("officer", id);
          const gave = events.filter(
            ({ type, changes }) =>
              type === "invited" ||
              (type === "changed" &&
                changes.some(({ field, to }) => field === "role" && guarded.includes(to as never))),
          );
          const last = gave.at(-1);
          if (!last) continue;
          given++;
          expect(last.request?.askedBy?.officerId).toBeDefined();
          expect(last.request?.askedBy?.officerId).not.toBe(last.by.officerId);
        }
      }),
      { numRuns: 100, seed: 20261126 },
    );
    // The property says something: such changes happened.
    expect(given).toBeGreaterThan(3);
  }, 60_000);
});
