import { describe, expect, test } from "vitest";
import type { Case } from "../../../shared/case/case.ts";
import { conditions } from "../../../shared/case/moves/conditions.ts";
import {
  type Move,
  moves,
  type Permission,
  type Situation,
  situations,
} from "../../../shared/case/moves/table.ts";
import { type OfficerRole, officerRole } from "../../../shared/directory/directory.ts";
import {
  addressOfMove,
  moveAddresses,
  officersCase,
  type PagedMove,
} from "../../../shared/page/officer/move-addresses.ts";
import { type FormMove, formMoves } from "../../../shared/page/officer/moves/table.ts";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { storeIn } from "../../fakes/situations.ts";
import { staff, type Who } from "../../fakes/staff.ts";

/** One officer of each role. Those of agencies work for the public works department of Balikpapan or its city. */
const people: Record<OfficerRole, Who> = {
  "national-admin": "national",
  "agency-admin": "admin",
  "liaison-officer": "liaison",
  "unit-officer": "worker",
  "agency-head": "head",
  "ombudsman-observer": "observer",
  auditor: "auditor",
};
const holders = { own: "balikpapan-dinas-pu", other: "pemkot-samarinda" };
type Whose = keyof typeof holders;

const office = anOffice("2026-11-26T09:00:00+08:00");

/** Puts a case in a situation into the store, ready for a move. */
const aCase = (situation: Situation, whose: Whose, move?: Move): Promise<Case> =>
  storeIn(office.cases, { situation, agencyId: holders[whose], move });

/** Reads the table by hand, independently of the code that enforces it. */
const allows = (move: Move, role: OfficerRole, whose: Whose, situation?: Situation): boolean =>
  (moves[move].by as readonly Permission[]).some(
    ({ roles, reach, when }) =>
      roles.includes(role) &&
      (reach === "anywhere" || whose === "own") &&
      (situation === undefined || when.includes(situation)),
  );
const seesAll: readonly OfficerRole[] = ["national-admin", "ombudsman-observer", "auditor"];
const maySee = (role: OfficerRole, whose: Whose) => whose === "own" || seesAll.includes(role);

/** The moves that the declared route of a case offers. */
async function offered(role: OfficerRole, number: string): Promise<string[]> {
  const { body } = await call(office.officerApi, "GET", `/v1/officer/cases/${number}`, {
    subject: staff[people[role]].subject,
  });
  return body.legalMoves as string[];
}

/** The moves that a page of a case links to. */
const linked = (page: ReturnType<typeof pageIn>, number: string): string[] => {
  const addresses = new Set(page.all("a").map((link) => attributeOf(link, "href")));
  return (Object.keys(moveAddresses) as PagedMove[]).filter((move) =>
    addresses.has(addressOfMove(number, move)),
  );
};

describe.each(Object.keys(holders) as Whose[])("%s subtree", (whose) => {
  describe.each(officerRole.options)("an officer who is %s", (role) => {
    test.each(situations)(
      "finds at a case that is %s the pages of exactly their moves",
      async (situation) => {
        const browser = await office.browserOf(people[role]);
        const untouched = await aCase(situation, whose);
        for (const move of formMoves) {
          const allowed = allows(move, role, whose, situation);
          const { trackingNumber } = allowed ? await aCase(situation, whose, move) : untouched;
          const answer = await browser.get(addressOfMove(trackingNumber, move));
          const cell = `${role} ${move} ${situation} ${whose}`;
          const page = pageIn(answer);
          const sends = page.named("lakukan").some((button) => attributeOf(button, "value") === "kirim");
          expect([cell, sends]).toEqual([cell, allowed]);
          if (allowed) expect([cell, answer.status]).toEqual([cell, 200]);
          else if (!maySee(role, whose)) expect([cell, answer.status]).toEqual([cell, 404]);
          else expect([cell, answer.status]).toEqual([cell, allows(move, role, whose) ? 409 : 403]);
        }

        // The page of the case links exactly what its route offers.
        const seen = await browser.get(officersCase(untouched.trackingNumber));
        if (!maySee(role, whose)) return expect(seen.status).toBe(404);
        const offers = await offered(role, untouched.trackingNumber);
        const paged = (Object.keys(moveAddresses) as PagedMove[]).filter((move) => offers.includes(move));
        expect([role, situation, linked(pageIn(seen), untouched.trackingNumber)]).toEqual([
          role,
          situation,
          paged,
        ]);
        const permitted = formMoves.filter((move: FormMove) => allows(move, role, whose, situation));
        expect(formMoves.filter((move) => offers.includes(move))).toEqual(
          permitted.filter((move) => !(move in conditions) || offers.includes(move)),
        );
      },
    );
  });
});
