import { beforeAll, describe, expect, test } from "vitest";
import { openingRoles } from "../../functions/administration/registry.ts";
import { routes } from "../../functions/administration/routes.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { limitStore } from "../../shared/deadline/limit-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { entryStore } from "../../shared/directory/entry-store.ts";
import { invitationStore } from "../../shared/directory/invitation-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { signedInCookie } from "../../shared/http/page/officer.ts";
import { serve } from "../../shared/http/serve.ts";
import { signedInAt } from "../../shared/visitor/officer-session.ts";
import { agencies } from "../fakes/agencies.ts";
import { pageIn } from "../fakes/browsing.ts";
import { sendFile } from "../fakes/file-form.ts";
import { aFrame } from "../fakes/frame.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { memoryAccounts } from "../fakes/memory/account-store.ts";
import { memoryAnswerTemplates } from "../fakes/memory/answer-template-store.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { memoryPractice } from "../fakes/memory/practice-store.ts";
import { memoryUndeliverables } from "../fakes/memory/undeliverable-store.ts";
import { memoryOutbox } from "../fakes/outbox.ts";
import { staff } from "../fakes/staff.ts";
import { storeEntries } from "../fakes/trees.ts";
import { aWorkbook } from "../fakes/workbook.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const address = "/petugas/kelola/muat";
const admin = staff.admin;

/** So long one request to the database takes on this clock, where ten go at once. */
const requestTakesMs = 3;

/** The function of administrators over the real stores. Its clock goes on with what it asks of the database. */
function administration() {
  const used = { requests: 0, units: 0, since: Date.parse("2026-11-24T01:00:00Z") };
  const { dynamo } = database;
  dynamo.middlewareStack.remove("counted");
  dynamo.middlewareStack.add(
    (next) => (request) => {
      used.requests++;
      return next(request);
    },
    { step: "deserialize", name: "counted" },
  );
  dynamo.middlewareStack.remove("metered");
  dynamo.middlewareStack.add(
    (next) => async (request) => {
      Object.assign(request.input, { ReturnConsumedCapacity: "TOTAL" });
      const answer = await next(request);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: object };
      for (const { CapacityUnits = 0 } of [ConsumedCapacity ?? []].flat() as { CapacityUnits?: number }[])
        used.units += CapacityUnits;
      return answer;
    },
    { step: "initialize", name: "metered" },
  );
  const now = () => new Date(used.since + used.requests * requestTakesMs);
  const table = database.table("Directory");
  const directory = directoryStore(dynamo, table, () => now().getTime(), 0);
  const frame = aFrame(now);
  const practice = memoryPractice();
  const registry = {
    entries: entryStore(dynamo, table),
    directory,
    accounts: memoryAccounts(Object.values(staff)),
    invitations: invitationStore(dynamo, table),
    requests: requestStore(dynamo, table),
    cases: caseStore(dynamo, { cases: database.table("Cases") }),
    answerTemplates: memoryAnswerTemplates(),
    undeliverables: memoryUndeliverables(),
    ...memoryCalendars(),
    practice,
    handOvers: memoryOutbox(),
    mails: memoryOutbox(),
    verifyingAgency: "kemenpanrb",
    mailboxDomains: ["example"],
    openingRoles,
    frame,
    now,
  };
  const limitsDesk = {
    limits: limitStore(dynamo, table),
    cases: registry.cases,
    directory,
    recounts: memoryOutbox(),
    recountDelaySeconds: 0,
    practice,
    now,
  };
  const api = serve(routes(registry, limitsDesk), directory);
  return {
    /** A page of the administrator, with what it cost: a file for it, or a form. */
    async send(path: string, sent: Uint8Array | Record<string, string>) {
      const [requests, units, began] = [used.requests, used.units, now()];
      const cookie = await signedInCookie(frame, signedInAt(admin.subject, began));
      const cookies = [cookie.split(";")[0] ?? ""];
      const answer =
        sent instanceof Uint8Array
          ? await sendFile(api, path, { file: sent, name: "muatan.xlsx", cookies })
          : await call(api, "POST", path, { cookies, form: sent });
      return {
        answer,
        requests: used.requests - requests,
        units: used.units - units,
        tookMs: now().getTime() - began.getTime(),
        bytes: Buffer.byteLength(String(answer.body)),
      };
    },
  };
}

const fieldsOf = (answer: Answer): Record<string, string> => {
  const { value } = pageIn(answer);
  return Object.fromEntries(["isi", "segel", "mulai", "dasar"].map((name) => [name, value(name)]));
};
const countIn = (answer: Answer, label: string): number =>
  Number(new RegExp(`(\\d+)\\s*${label}`).exec(pageIn(answer).text)?.[1] ?? "NaN");

const idOf = (at: number): string => `unit-muat-${String(at).padStart(4, "0")}`;
/** A thousand agencies: fifty below the city, with nineteen units each. A thousand officers, a hundred at each of the first ten. */
const file = aWorkbook([
  {
    name: "Instansi",
    rows: [
      ["id", "nama", "jenis", "induk", "wilayah", "zona", "email"],
      ...Array.from({ length: 1_000 }, (_, at) => [
        ...[idOf(at), `Unit Muat ${at}`, "Unit"],
        ...[at % 20 === 0 ? "pemkot-balikpapan" : idOf(at - (at % 20)), "64.71", "WITA"],
        `${idOf(at)}@balikpapan.example`,
      ]),
    ],
  },
  {
    name: "Petugas",
    rows: [
      ["nama", "email", "peran", "instansi"],
      ...Array.from({ length: 1_000 }, (_, at) => [
        ...[`Contoh ${at}`, `petugas-${at}@balikpapan.example`, "Petugas unit"],
        idOf(Math.floor(at / 100)),
      ]),
    ],
  },
]);

describe("a load of 2,000 rows on the real stores", () => {
  beforeAll(async () => {
    const directory = { dynamo: database.dynamo, table: database.table("Directory") };
    await storeEntries(directory, "agency", agencies);
    await storeEntries(directory, "officer", [admin]);
    await directoryStore(database.dynamo, directory.table).put("region", {
      code: "64.71",
      name: "Kota Balikpapan",
      type: "city",
    });
  });

  test("each call ends before the function does, says what it did, and goes on where it stopped", async () => {
    const { send } = administration();
    const trial = await send(address, file);
    expect(trial.answer.status).toBe(200);
    const calls = [trial];
    let made = 0;
    for (let last = trial; made < 2_000 && calls.length < 10; calls.push(last)) {
      last = await send(`${address}/jalankan`, fieldsOf(last.answer));
      expect(last.answer.status).toBe(200);
      made += countIn(last.answer, "baru");
      expect(pageIn(last.answer).text.includes("Waktunya habis")).toBe(made < 2_000);
    }
    for (const one of calls) {
      // The function ends after 29 seconds. Ten more rows may have begun just before the load stops.
      expect(one.tookMs).toBeLessThan(20_000);
      expect(one.bytes).toBeLessThan(60 * 1024);
    }
    const sum = (of: (one: (typeof calls)[number]) => number) =>
      calls.reduce((total, one) => total + of(one), 0);
    expect(sum(({ requests }) => requests)).toBeLessThan(2_000 * 12);
    expect(sum(({ units }) => units)).toBeLessThan(2_000 * 30);
    expect(made).toBe(2_000);
  }, 300_000);
});
