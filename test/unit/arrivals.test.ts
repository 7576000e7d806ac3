import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { posterOf } from "../../shared/statistics/arrivals.ts";
import { agencyId } from "../../shared/text/id.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const poster = { "came-from": "poster-balikpapan-dinas-pu" };
const cameByPoster = async (office: ReturnType<typeof anOffice>, agency = "balikpapan-dinas-pu") =>
  (await office.counts("admin", { agency })).body.cameByPoster;

describe("whoever came in by a poster", () => {
  test("is counted for its agency by the month, and read by its officers once the month is over", async () => {
    const office = anOffice();
    for (let sent = 0; sent < 6; sent++) await office.submit({}, poster);
    await office.submit();
    expect(await cameByPoster(office)).toEqual([]);
    office.at("2026-12-01T09:00:00+08:00");
    expect(await cameByPoster(office)).toEqual([{ month: "2026-11", reports: 6 }]);
    expect(await cameByPoster(office, "pemkot-balikpapan")).toEqual([]);
    expect((await office.counts("elsewhere", { agency: "balikpapan-dinas-pu" })).status).toBe(400);
  });

  test("is not told where so few came that it could be one person", async () => {
    const office = anOffice();
    for (let sent = 0; sent < 4; sent++) await office.submit({}, poster);
    office.at("2026-12-01T09:00:00+08:00");
    expect(await cameByPoster(office)).toEqual([{ month: "2026-11", reports: null }]);
  });

  test("leaves no trace of it on the case, and a repeat of the request counts once", async () => {
    const office = anOffice();
    const body = { ...roadComplaint, occurredOn: undefined };
    const key = randomUUID();
    let number = "";
    for (let sent = 0; sent < 8; sent++) {
      const answer = await office.send(body, "198.51.100.7", { ...poster, "idempotency-key": key });
      expect(answer.status).toBe(201);
      number = answer.body.trackingNumber;
    }
    expect(JSON.stringify(await office.cases.find(number))).not.toContain("poster");
    expect(await office.cases.arrivalsOf("balikpapan-dinas-pu", "2026-12")).toEqual([
      { month: "2026-11", reports: 1 },
    ]);
  });

  test("by a word that means nothing is not counted, and the report is taken all the same", async () => {
    const office = anOffice();
    for (const word of ["poster-dinas-khayalan", "poster-", "radio", "x".repeat(5_000), "poster-../../"])
      expect((await office.submit({}, { "came-from": word })).number).toBeTruthy();
    office.at("2026-12-01T09:00:00+08:00");
    expect(await cameByPoster(office)).toEqual([]);
  });

  test("is lost to the count where the count fails, and the report is stored", async () => {
    const office = anOffice();
    office.cases.addArrival = async () => {
      throw new Error("out of reach");
    };
    expect((await office.submit({}, poster)).number).toBeTruthy();
  });
});

test("only the id of an agency is read from such a word", () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      const id = posterOf(`poster-${word}`);
      if (id !== undefined) expect(agencyId.safeParse(id).success).toBe(true);
      if (!word.startsWith("poster-")) expect(posterOf(word)).toBeUndefined();
    }),
  );
});
