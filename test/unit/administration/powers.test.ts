import { describe, expect, test } from "vitest";
import {
  type Extent,
  type Power,
  powers,
  refuseUnlessInCharge,
  rolesInCharge,
} from "../../../shared/directory/administration/powers.ts";
import { type OfficerRole, officerRole } from "../../../shared/directory/directory.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { agencyPath, newOfficer, newUnit, officerPath, reason } from "./bodies.ts";

describe("the table of powers", () => {
  const cases = (Object.keys(powers) as Power[]).flatMap((act) =>
    officerRole.options.map((role): [Power, OfficerRole, Extent | undefined] => [
      act,
      role,
      (powers[act] as Partial<Record<OfficerRole, Extent>>)[role],
    ]),
  );
  const outcome = (act: Power, role: OfficerRole, path: string[]) => {
    try {
      refuseUnlessInCharge(act, anOfficer(role, "pemkot-balikpapan"), path);
      return "allowed";
    } catch (error) {
      return error instanceof Refusal ? error.kind : error;
    }
  };

  test.each(cases)("The power %s in the hands of role %s reaches: %s", (act, role, reach) => {
    const allowedAt = {
      own: outcome(act, role, ["pemkot-balikpapan"]),
      below: outcome(act, role, ["balikpapan-dinas-pu", "pemkot-balikpapan"]),
      elsewhere: outcome(act, role, ["pemkot-samarinda"]),
      top: outcome(act, role, []),
    };
    const expected: Record<string, typeof allowedAt> = {
      anywhere: { own: "allowed", below: "allowed", elsewhere: "allowed", top: "allowed" },
      "own-or-below": { own: "allowed", below: "allowed", elsewhere: "not-found", top: "forbidden" },
      below: { own: "forbidden", below: "allowed", elsewhere: "not-found", top: "forbidden" },
      nowhere: { own: "forbidden", below: "forbidden", elsewhere: "forbidden", top: "forbidden" },
    };
    expect(allowedAt).toEqual(expected[reach ?? "nowhere"]);
  });

  test("the table names national and agency administrators and nobody else", () => {
    const roles = new Set(Object.values(powers).flatMap((row) => Object.keys(row)));
    expect([...roles].sort()).toEqual(["agency-admin", "national-admin"]);
    expect(rolesInCharge["agency-admin"]).toEqual([
      "agency-admin",
      "liaison-officer",
      "unit-officer",
      "agency-head",
    ]);
  });

  const requests: [string, string, unknown][] = [
    ["GET", agencyPath("balikpapan-dinas-pu"), undefined],
    ["PUT", agencyPath("balikpapan-uptd-drainase"), newUnit],
    ["PUT", agencyPath("balikpapan-uptd-jalan"), { ...newUnit, name: "UPTD Jalan dan Jembatan" }],
    ["PUT", agencyPath("balikpapan-uptd-jalan"), { ...newUnit, parent: "pemkot-balikpapan" }],
    ["POST", `${agencyPath("balikpapan-uptd-jalan")}/closing`, { reason }],
    ["GET", `${agencyPath("balikpapan-dinas-pu")}/history`, undefined],
    ["GET", "officers", undefined],
    ["GET", officerPath(staff.roads.id), undefined],
    ["PUT", officerPath("contoh-petugas-baru"), newOfficer],
    ["PUT", officerPath(staff.roads.id), { ...newOfficer, role: "agency-head" }],
    ["POST", `${officerPath(staff.roads.id)}/dismissal`, { reason }],
    ["GET", `${officerPath(staff.roads.id)}/history`, undefined],
  ];
  const may: Who[] = ["national", "admin"];
  test.each(requests)("%s %s is for administrators in charge", async (method, path, body) => {
    for (const who of Object.keys(staff) as Who[]) {
      const { status } = await anOffice().admin(who, method, path, body);
      expect([who, may.includes(who) ? status < 300 : status]).toEqual([who, may.includes(who) ? true : 403]);
    }
    const ofSamarinda = anOfficer("agency-admin", "pemkot-samarinda");
    const office = anOffice(undefined, { people: [...Object.values(staff), ofSamarinda] });
    const { status } = await office.admin(ofSamarinda, method, path, body);
    // Every administrator may list their own officers. What they would create elsewhere is a mistake in the field that
    // says where.
    const expected = path === "officers" ? 200 : /drainase|petugas-baru/.test(path) ? 400 : 404;
    expect(status).toBe(expected);
  });

  test("no power reaches anybody who has not signed in or has left", async () => {
    const office = anOffice();
    await office.admin("national", "POST", `${officerPath(staff.admin.id)}/dismissal`, { reason });
    expect((await office.admin("admin", "GET", agencyPath("pemkot-balikpapan"))).status).toBe(403);
  });
});
