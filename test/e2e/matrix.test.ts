import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import { type LocalSystem, startSystem } from "../../infra/local/system.ts";
import type { Case } from "../../shared/case/case.ts";
import { conditions } from "../../shared/case/moves/conditions.ts";
import {
  type Move,
  moveNames,
  moves,
  type Permission,
  type Role,
  type Situation,
  situations,
} from "../../shared/case/moves/table.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { type OfficerRole, officerRole } from "../../shared/directory/directory.ts";
import { receiptOfStored as receipt, storeIn } from "../fakes/situations.ts";

const dataDir = mkdtempSync(join(tmpdir(), "sp4n-lapor-matrix-"));
let system: LocalSystem;
let cases: CaseStore;
const tokens = new Map<OfficerRole, string>();

/** One officer of each role. Officers of agencies work for the public works department of Balikpapan or its city. */
const emails: Record<OfficerRole, string> = {
  "national-admin": "admin.nasional@kemenpanrb.example",
  "agency-admin": "admin@balikpapan.example",
  "liaison-officer": "penghubung.pu@balikpapan.example",
  "unit-officer": "petugas.pu@balikpapan.example",
  "agency-head": "kepala.pu@balikpapan.example",
  "ombudsman-observer": "pengamat@ombudsman-ri.example",
  auditor: "auditor@kemenpanrb.example",
};
const holders = {
  own: "balikpapan-dinas-pekerjaan-umum",
  other: "samarinda-dinas-pekerjaan-umum-dan-penataan-ruang",
};
type Whose = keyof typeof holders;

beforeAll(async () => {
  system = await startSystem({ dataDir, assembly: inject("assembly") });
  const client = new DynamoDBClient({
    endpoint: system.addresses.dynamodb,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  cases = caseStore(dynamo, { cases: system.addresses.tables.Cases ?? "" });
  for (const role of officerRole.options) tokens.set(role, await tokenFor(system.addresses, emails[role]));
  first = (await aCase("in-progress", "own")).trackingNumber;
});
afterAll(async () => {
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

/** Puts a case in a situation into the store, ready for a move. */
const aCase = (situation: Situation, whose: Whose, move?: Move): Promise<Case> =>
  storeIn(cases, { situation, agencyId: holders[whose], move });

const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
/** The number of a case that another may be joined to. */
let first = "";
const requests: Record<Move, [path: string, body: object, method?: "PUT"]> = {
  get join(): [string, object] {
    return ["joining", { trackingNumber: first }];
  },
  separate: ["separation", { text }],
  verify: ["verification", { class: "complaint", supervised: true }],
  assign: ["assignment", { agencyId: "balikpapan-uptd-pemeliharaan-jalan-dan-jembatan" }],
  return: ["return", { reason: "Jalan ini jalan nasional." }],
  ask: ["question", { text: "Di dekat persimpangan mana?" }],
  "withdraw-question": ["question-withdrawal", { reason: text }],
  progress: ["progress", { text }],
  note: ["notes", { text }],
  answer: ["answer", { text }],
  "correct-answer": ["answer-correction", { text, reason: text }],
  withhold: ["withholding", { entry: 1, reason: text }],
  extend: ["extension", { text }],
  archive: ["archival", { reason: "private-matter", text }],
  restore: ["restoration", { text }],
  uphold: ["upholding", { text }],
  refer: ["referral", { text }],
  reply: ["replies", { text }],
  confirm: ["confirmation", { stars: 5 }],
  appeal: ["appeal", { text }],
  object: ["objection", { text }],
  withdraw: ["withdrawal", {}],
  redact: ["redaction", { text }],
  consent: ["referral-consent", {}],
  "open-identity": ["identity-opening", { reason: text }],
  "consent-identity": ["identity-consent", { agreed: true }],
  "correct-contact": ["contact", { name: "Warga Contoh" }, "PUT"],
  "delete-identity": ["identity-deletion", {}],
  "erase-originals": ["original-erasure", {}],
  attach: ["attachments", { name: "jalan.jpg", type: "image/jpeg", size: 1000 }],
  "remove-attachment": ["attachments/0f8fad5b-d9cb-469f-a165-70867728950e/removal", {}],
  "open-original": ["attachments/0f8fad5b-d9cb-469f-a165-70867728950e/opening", { reason: text }],
};

async function request(path: string, authorization: string, body?: object, method = "POST", more = {}) {
  const response = await fetch(`${system.addresses.api}${path}`, {
    method: body ? method : "GET",
    headers: { authorization, ...(body && { "content-type": "application/json" }), ...more },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const make = (move: Move, role: Role, { trackingNumber }: Case, headers: Record<string, string> = {}) => {
  const [path, body, method] = requests[move];
  return role === "reporter"
    ? request(`/v1/cases/${trackingNumber}/${path}`, `Receipt ${receipt}`, body, method)
    : request(
        `/v1/officer/cases/${trackingNumber}/${path}`,
        `Bearer ${tokens.get(role)}`,
        body,
        "POST",
        headers,
      );
};

/** Whoever decides on another version than the newest is overtaken. Nobody is told so who may not make the move. */
const overtaken = { "if-match": '"7"' };

/** Reads the table by hand, independently of the code that enforces it. */
const allows = (move: Move, role: Role, whose: Whose, situation?: Situation): boolean =>
  (moves[move].by as readonly Permission[]).some(
    ({ roles, reach, when }) =>
      roles.includes(role) &&
      (reach === "anywhere" || whose === "own") &&
      (situation === undefined || when.includes(situation)),
  );
const seesAll: readonly Role[] = ["national-admin", "ombudsman-observer", "auditor"];
const maySee = (role: Role, whose: Whose) => role === "reporter" || whose === "own" || seesAll.includes(role);
const legal = (role: Role, whose: Whose, situation: Situation) =>
  moveNames.filter((move) => allows(move, role, whose, situation));

/**
 * Reporters' moves have addresses that officers do not have, and officers' moves have addresses that reporters do not
 * have.
 */
const movesOf = (role: Role) =>
  moveNames.filter((move) =>
    (moves[move].by as readonly Permission[]).some(
      ({ roles }) => (roles[0] === "reporter") === (role === "reporter"),
    ),
  );

/**
 * An allowed move answers this where it does not answer 200. Which file or entry is asked for is checked last. There is no file,
 * and no officer wrote anything yet.
 */
const answers: Partial<Record<Move, number>> = {
  attach: 201,
  "open-original": 404,
  "remove-attachment": 404,
  withhold: 400,
};

/** Moves that somebody is offered against the table, or that they miss although no condition stands in the way. */
const strangersAmong = (offers: readonly Move[], role: Role, whose: Whose, situation: Situation): Move[] => {
  const permitted = legal(role, whose, situation);
  return [
    ...offers.filter((move) => !permitted.includes(move)),
    ...permitted.filter((move) => !(move in conditions) && !offers.includes(move)),
  ];
};

const atOnce = 6;
const everyOne = async <T>(all: readonly T[], check: (one: T) => Promise<void>) => {
  const waiting = [...all];
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await check(one);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

const roles: readonly Role[] = [...officerRole.options, "reporter"];

describe.each(Object.keys(holders) as Whose[])("%s subtree", (whose) => {
  test.each(situations)("the table decides who does what with a case that is %s", async (situation) => {
    const untouched = await aCase(situation, whose);
    const cells = roles
      .filter((role) => role !== "reporter" || whose === "own")
      .flatMap((role) => movesOf(role).map((move) => ({ role, move })));
    expect(cells.length).toBeGreaterThan(60);
    await everyOne(cells, async ({ role, move }) => {
      const allowed = allows(move, role, whose, situation);
      const found = allowed ? await aCase(situation, whose, move) : untouched;
      const { status, body } = await make(move, role, found, allowed ? {} : overtaken);
      const cell = `${role} ${move} ${situation} ${whose}`;
      // Only who may make such a move in some situation is told what came between.
      if (status !== 409) expect([cell, body.changes]).toEqual([cell, undefined]);
      if (allowed) {
        const to: readonly string[] = moves[move].to;
        expect([cell, status]).toEqual([cell, answers[move] ?? 200]);
        if (status === 200)
          expect(to.length > 0 && move !== "reply" ? to : [...to, found.status]).toContain(body.status);
      } else if (!maySee(role, whose)) expect([cell, status]).toEqual([cell, 404]);
      else {
        expect([cell, status]).toEqual([cell, allows(move, role, whose) ? 409 : 403]);
        expect([
          cell,
          body.currentStatus,
          strangersAmong(body.legalMoves as Move[], role, whose, situation),
        ]).toEqual([cell, found.status, []]);
      }
    });
    const after = await cases.find(untouched.trackingNumber);
    expect([after?.case, after?.events.length]).toEqual([untouched, 1]);
  });

  test("officers read the cases of their part of the tree, and the others are not there for them", async () => {
    for (const situation of situations) {
      const { trackingNumber } = await aCase(situation, whose);
      await everyOne(officerRole.options, async (role) => {
        const { status, body } = await request(
          `/v1/officer/cases/${trackingNumber}`,
          `Bearer ${tokens.get(role)}`,
        );
        expect([role, status]).toEqual([role, maySee(role, whose) ? 200 : 404]);
        if (status === 200)
          expect([role, strangersAmong(body.legalMoves as Move[], role, whose, situation)]).toEqual([
            role,
            [],
          ]);
      });
    }
  });
});

test("no move of a reporter is made with a wrong receipt, or without one", async () => {
  for (const move of movesOf("reporter")) {
    const found = await aCase("answered", "own");
    const [path, body, method] = requests[move];
    const address = `/v1/cases/${found.trackingNumber}/${path}`;
    const wrong = await request(address, "Receipt 1111-1111-1111-1111-1111", body, method);
    expect([move, wrong.status]).toEqual([move, 404]);
    expect([move, (await request(address, "", body, method)).status]).toEqual([move, 401]);
    expect((await cases.get(found.trackingNumber))?.version).toBe(1);
  }
});
