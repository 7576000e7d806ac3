import { describe, expect, test } from "vitest";
import { routes } from "../../functions/identity/routes.ts";
import type { Case } from "../../shared/case/case.ts";
import {
  consentToOpening,
  correctContact,
  deleteIdentity,
  openIdentity,
} from "../../shared/case/moves/identity.ts";
import { archive } from "../../shared/case/moves/officer.ts";
import { withdraw } from "../../shared/case/moves/reporter.ts";
import { moves, type Permission } from "../../shared/case/moves/table.ts";
import { serve } from "../../shared/http/serve.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { ReporterIdentity } from "../../shared/reporter/reporter.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

const act = { by: { role: "reporter" }, at: new Date("2026-11-25T01:30:00Z"), salt: "salt" } as const;
const reporter = { name: "Warga Contoh", email: "warga@contoh.example", nik: "6471015708850001" };
const identity: ReporterIdentity = { ...reporter, trackingNumber: "7K3MQ-P4X9C", language: "id" };

async function aCase(change: object = {}): Promise<Case> {
  const office = anOffice();
  const { number } = await office.submit({ reporter, ...change });
  const found = await office.cases.get(number);
  if (!found) throw new Error("no case");
  return found;
}
const said = (move: () => unknown): string => {
  try {
    move();
  } catch (error) {
    if (error instanceof Refusal) return error.text.en;
    throw error;
  }
  return "taken";
};

describe("opening an identity", () => {
  const opening = { reason: "Perlu didengar.", how: "shown" } as const;

  test("the opening of an identity tells why, and changes nothing of the case", async () => {
    const found = await aCase();
    const { case: after, event, identity: changed } = openIdentity(found, opening, act);
    expect(event).toMatchObject({ type: "identity-opened", content: opening });
    expect([after.status, after.clocks, changed]).toEqual([found.status, found.clocks, undefined]);
  });

  test("the identity of an anonymous reporter is opened only with consent, which can be taken back", async () => {
    const found = await aCase({ anonymous: true });
    expect(said(() => openIdentity(found, opening, act))).toContain("has not agreed");
    const agreed = consentToOpening(found, { agreed: true }, act).case;
    expect(said(() => openIdentity(agreed, opening, act))).toBe("taken");
    const takenBack = consentToOpening(agreed, { agreed: false }, act).case;
    expect(said(() => openIdentity(takenBack, opening, act))).toContain("has not agreed");
  });

  test("an opening without an identity on file is refused, and so is a consent where none is needed", async () => {
    const nameless = await aCase({ reporter: undefined });
    expect(said(() => openIdentity(nameless, opening, act))).toContain("no identity");
    expect(said(() => consentToOpening(nameless, { agreed: true }, act))).toContain("not anonymous");
  });
});

describe("a correction", () => {
  test("a correction changes what it names, keeps the rest and tells nothing of either", async () => {
    const found = await aCase();
    const { event, identity: after } = correctContact(
      found,
      { email: "baru@contoh.example", name: null },
      { ...act, before: { ...identity, receiptToMail: "rahasia", mailsStopped: true }, language: "en" },
    );
    expect(after).toEqual({
      trackingNumber: found.trackingNumber,
      email: "baru@contoh.example",
      nik: reporter.nik,
      language: "id",
    });
    expect(event.content).toEqual({});
  });

  test("a correction that leaves nothing is a deletion, and is refused where a deletion is", async () => {
    const nothing = { email: null, name: null, nik: null };
    const corrected = (found: Case) =>
      correctContact(found, nothing, { ...act, before: identity, language: "id" });
    const named = await aCase();
    expect(said(() => corrected(named))).toContain("Withdraw it first");
    const inCourt = archive(
      named,
      { reason: "under-court", text: "Contoh." },
      { ...act, original: undefined, objectUntil: "2026-12-08T23:59:59.999+08:00" },
    ).case;
    expect(said(() => corrected(inCourt))).toContain("before a court");
    const { case: after, event, identity: gone, former } = corrected(await aCase({ anonymous: true }));
    expect([event.type, gone, after.identityOnFile, after.originalsExpiredAt]).toEqual([
      "identity-deleted",
      "removed",
      undefined,
      act.at.toISOString(),
    ]);
    expect(former?.email).toBe(reporter.email);
  });
});

describe("the address that somebody gave up", () => {
  const before = identity;
  test.each([
    ["another address", { email: "baru@contoh.example" }, before, { email: reporter.email, language: "id" }],
    ["no address", { email: null }, before, { email: reporter.email, language: "id" }],
    ["the same address", { email: reporter.email }, before, undefined],
    ["something else", { name: "Warga" }, before, undefined],
    ["an address for the first time", { email: "a@contoh.example" }, undefined, undefined],
    [
      "no address, after the mails were stopped",
      { email: null },
      { ...before, mailsStopped: true },
      { email: reporter.email, language: "id" },
    ],
  ])(
    "the former address is told only where it is given up: a correction with %s",
    async (_what, changes, before, former) => {
      const moved = correctContact(await aCase(), changes, { ...act, before, language: "en" });
      expect(moved.former).toEqual(former);
    },
  );

  test("the former address is told of a deletion too", async () => {
    const { former } = deleteIdentity(await aCase({ anonymous: true }), { ...act, before: identity });
    expect(former).toEqual({ email: reporter.email, language: "id" });
  });
});

describe("a deletion", () => {
  test("a deletion is refused while a case with a name is handled, with what to do, and taken once it has ended", async () => {
    const found = await aCase();
    expect(said(() => deleteIdentity(found, { ...act, before: identity }))).toContain("Withdraw it first");
    const { case: after, identity: gone } = deleteIdentity(withdraw(found, {}, act).case, {
      ...act,
      before: identity,
    });
    expect([gone, after.identityOnFile, after.status]).toEqual(["removed", undefined, "withdrawn"]);
    expect(said(() => deleteIdentity(after, { ...act, before: undefined }))).toContain("no identity");
  });

  test("an anonymous reporter may delete their identity at any time, and their consent to an opening goes with it", async () => {
    const found = consentToOpening(await aCase({ anonymous: true }), { agreed: true }, act).case;
    const { case: after } = deleteIdentity(found, { ...act, before: identity });
    expect([after.status, after.identityConsentedAt]).toEqual(["submitted", undefined]);
  });

  test("a deletion is refused to everybody while the case is before a court", async () => {
    const found = await aCase({ anonymous: true });
    const archived = (reason: "under-court" | "private-matter") =>
      archive(
        found,
        { reason, text: "Contoh." },
        { ...act, original: undefined, objectUntil: "2026-12-08T23:59:59.999+08:00" },
      ).case;
    expect(said(() => deleteIdentity(archived("under-court"), { ...act, before: identity }))).toContain(
      "before a court",
    );
    expect(said(() => deleteIdentity(archived("private-matter"), { ...act, before: identity }))).toBe(
      "taken",
    );
  });
});

test("what a case remembers of a correction does not let anybody try all NIKs against it", async () => {
  const office = anOffice();
  const found = await office.submit({ reporter });
  const digests = new Set<string | undefined>();
  for (const nik of [reporter.nik, "6471015708850002"]) {
    await found.correct({ nik });
    const { lastMove } = (await office.cases.get(found.number)) ?? {};
    digests.add(lastMove?.digest);
  }
  expect(digests.size).toBe(2);
  const other = await office.submit({ reporter });
  await other.correct({ nik: "6471015708850002" });
  const { lastMove } = (await office.cases.get(other.number)) ?? {};
  expect(digests).not.toContain(lastMove?.digest);
});

test.each(Object.values(staff))(
  "the table of moves says whether $role of $agencyId may search by identity",
  async ({ role, subject }) => {
    const office = anOffice();
    const { status, body } = await call(
      serve(routes(office), office.directory),
      "POST",
      "/v1/officer/identity-search",
      { subject, body: { nik: reporter.nik, reason: "Permintaan pemilik NIK di loket." } },
    );
    const permissions: readonly Permission[] = moves["open-identity"].by;
    expect(status).toBe(permissions.some(({ roles }) => roles.includes(role)) ? 200 : 403);
    if (status === 403) expect(body.detail).toBe("Peran Anda tidak berwenang mencari menurut identitas.");
  },
);
