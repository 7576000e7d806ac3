import * as z from "zod";
import { refusalOfOpening } from "../../../shared/case/moves/identity.ts";
import { asOfficer, whereLegal } from "../../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../../shared/case/moves/refusals.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { officerEndpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import type { Vault } from "../vault.ts";

/** What an officer knows before they open an identity. */
export const openingSeen = z.object({
  version: z.int(),
  anonymous: z.boolean(),
});

/**
 * Whether this officer may open the identity of a case now. It refuses what the opening would refuse, and opens nothing. For the page
 * alone: it stands in no table of routes.
 */
export const seeOpening = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Sebelum identitas dibuka", en: "Before an identity is opened" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: openingSeen },
      refusals: { conflict: contradictsCase },
    },
    async ({ path }, { officer }) => {
      const before = await asOfficer(vault, await vault.cases.get(path.trackingNumber), officer);
      return whereLegal(vault, before, "open-identity", async () => {
        const { version, anonymous } = before.found;
        const objection = refusalOfOpening(before.found);
        if (objection) throw objection;
        return ok({ version, anonymous });
      });
    },
  );
