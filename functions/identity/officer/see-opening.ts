import * as z from "zod";
import type { CaseFile } from "../../../shared/case/case.ts";
import { refusalOfOpening } from "../../../shared/case/moves/identity.ts";
import { asOfficer, whereLegal } from "../../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../../shared/case/moves/refusals.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Officer } from "../../../shared/directory/directory.ts";
import { officerEndpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import type { Vault } from "../vault.ts";

/** What an officer knows before they open an identity. */
export const openingSeen = z.object({
  version: z.int(),
  anonymous: z.boolean(),
  /** The same officer has just opened it, on the version that they say they have seen: a form was sent by two clicks. */
  isSecondClick: z.boolean(),
});

/** Two clicks on a button lie no further apart. What is sent later was sent again on purpose, and needs a reason of its own. */
const secondClickMs = 10_000;

/** Whether all that happened to a case since a version is that this officer opened its identity, a moment ago. */
function isJustOpened({ events }: CaseFile, seen: number, { id }: Officer, at: Date): boolean {
  const since = events.filter(({ sequence }) => sequence > seen);
  return (
    since.length === 1 &&
    since.every(
      (one) =>
        one.type === "identity-opened" &&
        one.officerId === id &&
        at.getTime() - Date.parse(one.at) < secondClickMs,
    )
  );
}

/**
 * Whether this officer may open the identity of a case now. It refuses what the opening would refuse, and opens nothing. For the page
 * alone: it stands in no table of routes.
 */
export const seeOpening = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Sebelum identitas dibuka", en: "Before an identity is opened" },
      input: {
        path: z.strictObject({ trackingNumber }),
        query: z.strictObject({ seen: z.coerce.number().int().optional() }),
      },
      output: { 200: openingSeen },
      refusals: { conflict: contradictsCase },
    },
    async ({ path, query: { seen } }, { officer }) => {
      const before = await asOfficer(vault, await vault.cases.get(path.trackingNumber), officer);
      return whereLegal(vault, before, "open-identity", async () => {
        const { version, anonymous } = before.found;
        const objection = refusalOfOpening(before.found);
        if (objection) throw objection;
        const file =
          seen === undefined || seen === version ? undefined : await vault.cases.find(path.trackingNumber);
        const isSecondClick =
          file !== undefined && seen !== undefined && isJustOpened(file, seen, officer, vault.now());
        return ok({ version, anonymous, isSecondClick });
      });
    },
  );
