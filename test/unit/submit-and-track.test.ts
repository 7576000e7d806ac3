import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { trackCase } from "../../functions/public/own-case/track-case.ts";
import { submitCase } from "../../functions/public/report/submit-case.ts";
import { reportOf } from "../../shared/case/case.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { get, post } from "../../shared/http/endpoint.ts";
import { serve } from "../../shared/http/serve.ts";
import { openDoor } from "../../shared/traffic/door-flow.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryTraffic } from "../fakes/memory/traffic-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { memoryStores } from "../fakes/stores.ts";

const now = () => new Date("2026-11-23T01:30:00Z");

/** Reports cost no work here, and none came before. */
const atReception = (cases: CaseStore, random?: (size: number) => Buffer) => ({
  cases,
  directory: memoryDirectory(),
  door: openDoor(memoryTraffic(), { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false }),
  verifyingAgency: "kemenpanrb",
  ...(random && { random }),
});

function office() {
  const stores = memoryStores();
  const directory = memoryDirectory();
  const api = serve([
    post("/v1/cases", submitCase(atReception(stores.cases), now)),
    get(
      "/v1/cases/{trackingNumber}",
      trackCase(stores.cases, directory, { ...stores, evidence: stores, verifyingAgency: "kemenpanrb" }),
    ),
  ]);
  const send = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    call(api, "POST", "/v1/cases", { body, headers: { "idempotency-key": randomUUID(), ...headers } });
  const track = (trackingNumber: string, headers: Record<string, string> = {}) =>
    call(api, "GET", `/v1/cases/${trackingNumber}`, { headers });
  return { ...stores, api, send, track };
}

const fieldsOf = ({ body }: Answer): string[] => body.errors.map(({ path }: { path: string }) => path);

describe("sending a report", () => {
  test("a complaint gets a tracking number, a receipt and the status that it waits for verification", async () => {
    const { send } = office();
    const answer = await send(roadComplaint);
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body)).toEqual(["trackingNumber", "receipt", "status", "clocks"]);
    expect(answer.body.clocks).toMatchObject([
      { clock: "verification", state: "running", workingDays: 3, dueDate: "2026-11-26", daysLeft: 3 },
    ]);
    expect(answer.body.status).toBe("submitted");
    expect(answer.headers.location).toBe(`/v1/cases/${answer.body.trackingNumber}`);
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("the least report is a class, a title, a text and whether it is anonymous or secret", async () => {
    const { send } = office();
    for (const kind of ["complaint", "aspiration", "information-request"]) {
      const least = { class: kind, title: "Usul", text: "Mohon taman kota.", anonymous: true, secret: true };
      expect((await send(least)).status).toBe(201);
    }
  });

  test("the same key with the same report gets the same answer, the receipt included", async () => {
    const { send } = office();
    const headers = { "idempotency-key": randomUUID() };
    const first = await send(roadComplaint, headers);
    const again = await send({ ...roadComplaint, title: ` ${roadComplaint.title} ` }, headers);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
  });

  test("the same key with another report is refused as a conflict and changes nothing", async () => {
    const { send, track } = office();
    const headers = { "idempotency-key": randomUUID() };
    const first = await send(roadComplaint, headers);
    const other = await send({ ...roadComplaint, title: "Lampu jalan mati" }, headers);
    expect(other.status).toBe(409);
    expect((await track(first.body.trackingNumber)).body.title).toBe(roadComplaint.title);
  });

  test("a number that is taken is not given twice: another one is drawn", async () => {
    const { cases } = office();
    const draws = [1, 2, 3, 1, 2, 3, 9, 9, 9];
    const random = (size: number) => Buffer.alloc(size, draws.length > 3 ? 7 : 9).fill(draws.shift() ?? 0);
    const same = (_size: number) => Buffer.alloc(_size, 5);
    const fixed = serve([post("/v1/cases", submitCase(atReception(cases, same), now))]);
    const once = await call(fixed, "POST", "/v1/cases", {
      body: roadComplaint,
      headers: { "idempotency-key": randomUUID() },
    });
    const varying = serve([post("/v1/cases", submitCase(atReception(cases, random), now))]);
    const twice = await call(varying, "POST", "/v1/cases", {
      body: roadComplaint,
      headers: { "idempotency-key": randomUUID() },
    });
    expect([once.status, twice.status]).toEqual([201, 201]);
    expect(twice.body.trackingNumber).not.toBe(once.body.trackingNumber);
  });
});

describe("a report that needs correcting", () => {
  test("names every wrong field at once, in Indonesian unless English is asked for", async () => {
    const { send } = office();
    const wrong = {
      class: "gossip",
      title: " ",
      text: "!!!",
      occurredOn: "23-11-2026",
      location: { regionCode: "Balikpapan", latitude: -1.2 },
      anonymous: "yes",
      reporter: { email: "bukan-email", phone: "12", nik: "123" },
    };
    const indonesian = await send(wrong);
    expect(indonesian.status).toBe(400);
    expect(indonesian.headers["content-type"]).toBe("application/problem+json");
    expect(indonesian.headers["content-language"]).toBe("id");
    expect(fieldsOf(indonesian)).toEqual(
      expect.arrayContaining([
        "class",
        "title",
        "text",
        "occurredOn",
        "location.regionCode",
        "anonymous",
        "secret",
        "reporter.email",
        "reporter.phone",
        "reporter.nik",
      ]),
    );
    const secret = indonesian.body.errors.find(({ path }: { path: string }) => path === "secret");
    expect(secret.message).toBe("Wajib diisi.");

    const english = await send(wrong, { "accept-language": "en-GB,en;q=0.9,id;q=0.5" });
    expect(english.headers["content-language"]).toBe("en");
    expect(fieldsOf(english)).toEqual(fieldsOf(indonesian));
    for (const { message } of english.body.errors) expect(message).not.toMatch(/wajib|isi/i);
  });

  test.each([
    ["an unknown field", { colour: "red" }, "colour"],
    ["an unknown field deep inside", { location: { regionCode: "64.71", zip: "76111" } }, "location.zip"],
    ["a field that would change JavaScript itself", { constructor: "x" }, "constructor"],
    ["an agency that does not exist", { agencyId: "dinas-khayalan" }, "agencyId"],
    ["a region that does not exist", { location: { regionCode: "99.99" } }, "location.regionCode"],
    ["a category that does not exist", { category: "pekerjaan-umum/khayalan" }, "category"],
    ["a date to come", { occurredOn: "2026-11-24" }, "occurredOn"],
    ["a date that is not in the calendar", { occurredOn: "2026-02-30" }, "occurredOn"],
    ["a title over its limit", { title: "a".repeat(151) }, "title"],
    ["a title on two lines", { title: "Jalan\nrusak" }, "title"],
    ["a text over its limit", { text: "a".repeat(10_001) }, "text"],
    ["a text with invisible control characters", { text: "Jalan\u0000rusak" }, "text"],
    ["a text that turns the writing direction around", { text: "Jalan \u202Ekasur" }, "text"],
    ["half an emoji", { title: "Jalan \uD83D" }, "title"],
    [
      "a latitude beyond the pole",
      { location: { regionCode: "64.71", latitude: 91, longitude: 0 } },
      "location.latitude",
    ],
    ["half a position", { location: { regionCode: "64.71", longitude: 116 } }, "location.longitude"],
    [
      "a receipt to be mailed to nobody",
      { reporter: { name: "Warga", mailReceipt: true } },
      "reporter.email",
    ],
    [
      "an e-mail address with a line break",
      { reporter: { email: "a@b.example\nBcc: c@d.example" } },
      "reporter.email",
    ],
    ["a NIK without a serial number", { reporter: { nik: "6471012345670000" } }, "reporter.nik"],
  ])("%s is refused by name", async (_what, change, field) => {
    const { send } = office();
    const answer = await send({ ...roadComplaint, ...change });
    expect(answer.status).toBe(400);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test("the date of today in the east of Indonesia is not in the future", async () => {
    const stores = memoryStores();
    const lateEvening = () => new Date("2026-11-23T15:30:00Z");
    const api = serve([post("/v1/cases", submitCase(atReception(stores.cases), lateEvening))]);
    const answer = await call(api, "POST", "/v1/cases", {
      body: { ...roadComplaint, occurredOn: "2026-11-24" },
      headers: { "idempotency-key": randomUUID() },
    });
    expect(answer.status).toBe(201);
  });

  test("a 10,000-character text in any script is taken whole", async () => {
    const { send, cases } = office();
    const text = `${"ꦗ".repeat(9_999)}😀`;
    const answer = await send({ ...roadComplaint, text });
    expect(answer.status).toBe(201);
    const file = await cases.find(answer.body.trackingNumber);
    expect(file && reportOf(file).text).toBe(text);
  });

  test.each([
    undefined,
    "123",
    "00000000-0000-0000-0000-000000000000",
    "c232ab00-9414-11ec-b3c8-9e6bdeced846",
  ])("without a random key (%s) we say how to make one", async (key) => {
    const { api } = office();
    const answer = await call(api, "POST", "/v1/cases", {
      body: roadComplaint,
      headers: key === undefined ? {} : { "idempotency-key": key },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({
      in: "header",
      path: "Idempotency-Key",
      message: expect.stringContaining("UUID versi 4"),
    });
  });

  test("a body over 64 KB is 413, broken JSON 400, another type of content 415", async () => {
    const { send } = office();
    expect((await send({ ...roadComplaint, text: "a".repeat(65 * 1024) })).status).toBe(413);
    for (const broken of ["{", "", "null", "[]", '"text"', '{"__proto__": {"a": 1}}'])
      expect((await send(broken)).status).toBe(400);
    expect((await send("<xml/>", { "content-type": "application/xml" })).status).toBe(415);
    expect((await send("a=b", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  });

  test("JSON with a charset in its content type is taken", async () => {
    const { send } = office();
    expect((await send(roadComplaint, { "content-type": "application/json; charset=utf-8" })).status).toBe(
      201,
    );
  });
});

describe("following a report", () => {
  test("anybody with the number sees status, timeline and content, and never who reported it", async () => {
    const { send, track } = office();
    const reporter = { name: "Warga Contoh", email: "warga@contoh.example", phone: "081200000000" };
    const { body } = await send({ ...roadComplaint, reporter });
    const seen = await track(body.trackingNumber);
    expect(seen.status).toBe(200);
    expect(seen.body).toMatchObject({
      trackingNumber: body.trackingNumber,
      status: "submitted",
      statusText: "Menunggu verifikasi",
      class: "complaint",
      // Nobody at the agency that was named may verify. The public reads who has the report.
      agency: { name: "Kementerian PANRB" },
      title: roadComplaint.title,
      location: { regionCode: "64.71", regionName: "Kota Balikpapan", address: "Jalan Contoh depan pasar" },
      timeline: [{ sequence: 1, type: "submitted", text: "Laporan diterima", by: "reporter" }],
    });
    const whole = JSON.stringify(seen.body);
    for (const personal of [...Object.values(reporter), "116.86", body.receipt])
      expect(whole).not.toContain(personal);
  });

  test("of a secret report the public sees neither content nor place nor category", async () => {
    const { send, track } = office();
    const { body } = await send({ ...roadComplaint, secret: true });
    const seen = JSON.stringify((await track(body.trackingNumber)).body);
    for (const hidden of ["lubang", "pasar", "64.71", "pekerjaan-umum", "2026-11-20"])
      expect(seen).not.toContain(hidden);
    const mine = await track(body.trackingNumber, { authorization: `Receipt ${body.receipt}` });
    expect(mine.body).toMatchObject({ title: roadComplaint.title, location: roadComplaint.location });
  });

  test("of an anonymous report the public sees the region but not the address", async () => {
    const { send, track } = office();
    const { body } = await send({ ...roadComplaint, anonymous: true });
    const seen = await track(body.trackingNumber);
    expect(seen.body.location).toEqual({ regionCode: "64.71", regionName: "Kota Balikpapan" });
  });

  test("an unknown number and a wrong receipt are answered alike", async () => {
    const { send, track } = office();
    const { body } = await send(roadComplaint);
    const unknown = await track("00000-00000", { authorization: `Receipt ${body.receipt}` });
    const wrong = await track(body.trackingNumber, { authorization: "Receipt 0000-0000-0000-0000-0000" });
    expect(unknown.status).toBe(404);
    expect(wrong).toEqual(unknown);
  });

  test("a mistyped number is told apart from an unknown one", async () => {
    const { track } = office();
    const answer = await track("00000-00001");
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].message).toContain("salah ketik");
  });

  test("an address that does not exist is 404, a wrong method is 405 and names the right one", async () => {
    const { api } = office();
    expect((await call(api, "GET", "/v1/nothing")).status).toBe(404);
    const wrong = await call(api, "DELETE", "/v1/cases");
    expect([wrong.status, wrong.headers.allow]).toEqual([405, "POST"]);
  });

  test("a question in the address that nobody declared is refused by name", async () => {
    const { api, send } = office();
    const { body } = await send(roadComplaint);
    const answer = await call(api, "GET", `/v1/cases/${body.trackingNumber}`, { query: { receipt: "x" } });
    expect(answer.body.errors).toMatchObject([{ in: "query", path: "receipt" }]);
  });
});

test("when the database fails, the citizen gets a number to quote and nothing of the inside", async () => {
  const failing = {
    ...memoryStores().cases,
    find: () => Promise.reject(new Error("table cases-123 throttled")),
  };
  const api = serve([
    get(
      "/v1/cases/{trackingNumber}",
      trackCase(failing, memoryDirectory(), {
        ...memoryStores(),
        evidence: memoryStores(),
        verifyingAgency: "kemenpanrb",
      }),
    ),
  ]);
  const answer = await call(api, "GET", "/v1/cases/00000-00000", { requestId: "abc-123" });
  expect(answer.status).toBe(500);
  expect(answer.body.detail).toContain("abc-123");
  expect(JSON.stringify(answer.body)).not.toContain("table");
  expect(answer.headers["strict-transport-security"]).toContain("max-age");
});
