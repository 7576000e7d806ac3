import { beforeAll, describe, expect, test } from "vitest";
import { routes } from "../../functions/officer/routes.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { submit } from "../../shared/case/case.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import type { Agency, Officer } from "../../shared/directory/directory.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { signedInCookie } from "../../shared/http/page/officer.ts";
import { serve } from "../../shared/http/serve.ts";
import { sideBySide } from "../../shared/platform/side-by-side.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { signedInAt } from "../../shared/visitor/officer-session.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { aFrame } from "../fakes/frame.ts";
import { call } from "../fakes/gateway.ts";
import { noIssuer } from "../fakes/issuer.ts";
import { memoryAnswerTemplates } from "../fakes/memory/answer-template-store.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { memoryOfficerDrafts } from "../fakes/memory/draft-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownSeal } from "../fakes/seal.ts";
import { aProvince, storeEntries } from "../fakes/trees.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const morning = Date.parse("2026-11-24T01:30:00Z");
const trees = [502, 2_000].map((below) =>
  aProvince(below).map((one): Agency => {
    const named = (id: string) => `${id}-${below}`;
    return { ...one, id: named(one.id), parent: one.parent && named(one.parent) };
  }),
) as [Agency[], Agency[]];
const governorOf = ([province]: readonly Agency[]) => anOfficer("agency-admin", province?.id ?? "");

/** Reports wait at every fifth agency, and forty at the tenth. Each came a second after the one before. */
async function report(tree: readonly Agency[]): Promise<string[]> {
  const cases = caseStore(database.dynamo, {
    cases: database.table("Cases"),
    reporters: { table: database.table("Reporters"), seal: knownSeal },
  });
  const holders = tree.flatMap(({ id }, index) =>
    index === 10 ? Array.from({ length: 40 }, () => id) : index % 5 === 0 ? [id] : [],
  );
  return sideBySide([...holders.entries()], async ([index, agencyId]) => {
    const trackingNumber = `${String(tree.length).padStart(5, "0")}-${String(index).padStart(5, "0")}`;
    const receipt = "0000-0000-0000-0000-0000";
    const at = new Date(morning + index * 1000);
    const submitted = submit(
      { ...roadComplaint, agencyId, class: index % 3 ? "complaint" : "aspiration" },
      { trackingNumber, receipt, salt: "salt", language: "id", verifyingAgency: "kemenpanrb", at },
    );
    await cases.submit(submitted, sealForRetry(trackingNumber, {}, {}, { at, nonce: new Uint8Array(12) }));
    return trackingNumber;
  });
}

interface Capacity {
  CapacityUnits?: number;
}

/** The officer function as it is just after it started, and the requests that it sends to the database. */
function started() {
  let requests = 0;
  let units = 0;
  database.dynamo.middlewareStack.remove("counted");
  database.dynamo.middlewareStack.add(
    (next) => (request) => {
      requests++;
      return next(request);
    },
    { step: "deserialize", name: "counted" },
  );
  database.dynamo.middlewareStack.remove("metered");
  database.dynamo.middlewareStack.add(
    (next) => async (request) => {
      Object.assign(request.input, { ReturnConsumedCapacity: "TOTAL" });
      const answer = await next(request);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
      for (const one of [ConsumedCapacity ?? []].flat()) units += one.CapacityUnits ?? 0;
      return answer;
    },
    { step: "initialize", name: "metered" },
  );
  const directory = directoryStore(database.dynamo, database.table("Directory"));
  const desk = {
    cases: caseStore(database.dynamo, { cases: database.table("Cases") }),
    directory,
    evidence: {
      attachments: attachmentStore(database.dynamo, database.table("Cases")),
      files: () => Promise.reject(new Error("Nobody sends files here")),
      limits: { files: 10, megabytes: 25, megapixels: 50 },
    },
    verifyingAgency: "kemenpanrb",
    requests: requestStore(database.dynamo, database.table("Directory")),
    undeliverables: { of: async () => undefined },
    ...memoryCalendars(),
    officerDrafts: memoryOfficerDrafts(),
    answerTemplates: memoryAnswerTemplates(),
    filesOf: () => Promise.reject(new Error("Nobody asks for files here")),
    frame: aFrame(() => new Date("2026-11-26T04:00:00Z")),
    issuer: noIssuer,
    strain: strainMeter(),
    now: () => new Date("2026-11-26T04:00:00Z"),
  };
  const api = serve(routes(desk), directory);
  return {
    requests: () => requests,
    /** A page of an officer who has signed in, with what it cost. A form is sent where there is one. */
    async page({ subject }: Officer, address: string, form?: Record<string, string>) {
      const url = new URL(address, "https://lapor.example");
      const [before, unitsBefore, began] = [requests, units, performance.now()];
      const signedIn = await signedInCookie(desk.frame, signedInAt(subject, desk.now()));
      const answer = await call(api, form ? "POST" : "GET", url.pathname, {
        cookies: [signedIn.split(";")[0] ?? ""],
        query: Object.fromEntries(url.searchParams),
        ...(form && { form }),
      });
      return {
        ...answer,
        requests: requests - before,
        units: units - unitsBefore,
        bytes: Buffer.byteLength(String(answer.body)),
        milliseconds: performance.now() - began,
      };
    },
    /** All pages of an answer, with the most requests that one of them took. */
    async pages({ subject }: Officer, path: string, query: Record<string, string>) {
      const found: any[] = [];
      let most = 0;
      for (let cursor = ""; ;) {
        const before = requests;
        const { status, body } = await call(api, "GET", path, {
          query: { scope: "subtree", ...query, ...(cursor && { cursor }) },
          subject,
        });
        expect(status).toBe(200);
        most = Math.max(most, requests - before);
        found.push(body);
        if (!body.cursor) return { found, most };
        cursor = body.cursor;
      }
    },
  };
}

const numbersOf = (pages: any[]): string[] =>
  pages.flatMap(({ items }) => items.map(({ trackingNumber }: any) => trackingNumber));

describe.each(trees.map((tree) => ({ below: tree.length - 1, tree })))(
  "with $below agencies below",
  ({ tree }) => {
    let reported: string[];
    const governor = governorOf(tree);
    beforeAll(async () => {
      const directory = { dynamo: database.dynamo, table: database.table("Directory") };
      await storeEntries(directory, "agency", tree);
      await storeEntries(directory, "officer", [governor]);
      reported = await report(tree);
    });

    test("each agency is counted once, and a call sends a bounded number of requests", async () => {
      const { pages } = started();
      const { found, most } = await pages(governor, "/v1/officer/counts", {});
      const rows = found.flatMap(({ items }) => items);
      expect(rows.map(({ agency }) => agency.id).sort()).toEqual(tree.map(({ id }) => id).sort());
      expect(rows.reduce((sum, { counts }) => sum + counts.verification, 0)).toBe(reported.length);
      // One for each agency, and what a function that has just started reads of the directory.
      expect(most).toBeLessThan(600 + 100);
    });

    test("a list holds each case once, part by part by due date, in a bounded number of requests", async () => {
      const { pages } = started();
      const { found, most } = await pages(governor, "/v1/officer/cases", {
        queue: "verification",
        limit: "100",
      });
      const listed = numbersOf(found);
      if (tree.length <= 600) expect(listed).toEqual(reported);
      expect(listed.toSorted()).toEqual(reported.toSorted());
      expect(most).toBeLessThan(600 + 100 + 100 + 50);
    });

    test("a list behind a filter holds what passes it, and nothing twice", async () => {
      const { pages } = started();
      const { found } = await pages(governor, "/v1/officer/cases", {
        queue: "verification",
        class: "aspiration",
        limit: "50",
      });
      expect(numbersOf(found).toSorted()).toEqual(reported.filter((_, index) => index % 3 === 0).toSorted());
    });
  },
);

describe.each([1, 60, 502])("the pages of an officer with %i agencies below", (below) => {
  const tree = aProvince(below).map((one): Agency => {
    const named = (id: string) => `${id}-pages-${below}`;
    return { ...one, id: named(one.id), parent: one.parent && named(one.parent) };
  });
  const governor = governorOf(tree);
  beforeAll(async () => {
    const directory = { dynamo: database.dynamo, table: database.table("Directory") };
    await storeEntries(directory, "agency", tree);
    await storeEntries(directory, "officer", [governor]);
    await report(tree);
  });

  test("the desk costs the same however many agencies are below", async () => {
    const { page } = started();
    const cold = await page(governor, "/petugas");
    const warm = await page(governor, "/petugas");
    expect([cold.status, warm.status]).toEqual([200, 200]);
    expect(cold.requests).toBeLessThan(50);
    expect(warm.requests).toBeLessThan(25);
  });

  test("the queues of the tree ask each agency once, and a page of them stays small", async () => {
    const { page } = started();
    const all = await page(governor, "/petugas/antrean?cakupan=bawahan");
    const queue = await page(governor, "/petugas/antrean/verification?cakupan=bawahan");
    expect([all.status, queue.status]).toEqual([200, 200]);
    expect(all.requests).toBeLessThan(below + 100);
    expect(queue.requests).toBeLessThan(below + 250);
    expect(all.bytes).toBeLessThan(40 * 1024);
    expect(queue.bytes).toBeLessThan(40 * 1024);
  });
});
