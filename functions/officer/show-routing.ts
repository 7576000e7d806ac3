import * as z from "zod";
import { asOfficer } from "../../shared/case/moves/move-flow.ts";
import { noCaseForOfficer } from "../../shared/case/moves/refusals.ts";
import { mayEver } from "../../shared/case/moves/table.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { Refusal } from "../../shared/refusal.ts";
import { routing } from "../../shared/routing/routing.ts";
import { routingFor } from "../../shared/routing/routing-flow.ts";
import { lookedUp } from "../../shared/text/writing.ts";
import type { Desk } from "./desk.ts";

/** So many agencies can be asked about besides. */
const mostAsked = 20;

/** Ids of agencies, with commas between them. One that nobody has returned nothing. */
const agencyIds = z
  .string()
  .max(2_000)
  .transform((typed) => typed.split(",").filter((id) => id !== ""))
  .pipe(z.array(z.string().max(120)).max(mostAsked))
  .describe("Ids of agencies, with commas between them: what they returned is told too");

/**
 * `GET /v1/officer/cases/{trackingNumber}/routing`: helps whoever verifies or assigns to choose the agency. It tells which agencies
 * may be in charge and why, where similar cases ended, and who returned cases to whom. It decides nothing.
 */
export const showRouting = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Bantuan memilih instansi", en: "Help with choosing an agency" },
      input: {
        path: z.strictObject({ trackingNumber }),
        query: z.strictObject({ category: lookedUp(250).optional(), agencies: agencyIds.optional() }),
      },
      output: { 200: routing },
    },
    async ({ path, query }, { officer, language }) => {
      const file = await desk.cases.find(path.trackingNumber);
      if (!file) throw noCaseForOfficer();
      const { who } = await asOfficer(desk, file.case, officer);
      if (!mayEver("verify", who) && !mayEver("assign", who))
        throw new Refusal("forbidden", {
          id: "Hanya petugas yang memverifikasi atau mendisposisikan laporan yang memilih instansinya.",
          en: "Only officers who verify or assign cases choose their agency.",
        });
      return ok(
        await routingFor(desk, {
          file,
          officer,
          who,
          language,
          at: desk.now(),
          category: query.category,
          asked: query.agencies ?? [],
        }),
      );
    },
  );
