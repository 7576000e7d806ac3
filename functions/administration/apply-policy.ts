import * as z from "zod";
import { allPolicies } from "../../shared/deadline/policy.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { Refusal } from "../../shared/refusal.ts";
import { written } from "../../shared/text/writing.ts";
import {
  dryRun,
  type LimitsDesk,
  recountAll,
  refuseUnlessNational,
  trialOf,
  trialView,
} from "./limits-desk.ts";

export const policyNumber = z
  .stringFormat("version", /^[1-9]\d{0,5}$/)
  .transform(Number)
  .pipe(z.int());

export const policyApplied = z.object({
  version: z.int(),
  trial: trialView.nullable(),
  recountFrom: z.iso.datetime().nullable(),
});

/** `POST /v1/admin/policies/{version}/application`: puts the open cases under this policy. Each case tells the reason. */
export const applyPolicy = (desk: LimitsDesk) =>
  officerEndpoint(
    {
      summary: {
        id: "Terapkan batas waktu pada laporan yang masih terbuka",
        en: "Apply limits to the cases that are open",
      },
      input: {
        path: z.strictObject({ version: policyNumber }),
        query: dryRun,
        /** The reason stands in every case, for everybody who reads it. */
        body: z.strictObject({ reason: written(500) }),
      },
      refusals: {
        unavailable:
          "The change is stored, but counting anew has not begun. The same request again begins it.",
      },
      output: {
        200: policyApplied,
      },
    },
    async ({ path, query, body }, { officer }) => {
      refuseUnlessNational(officer);
      const policies = allPolicies(await desk.limits.policies());
      const policy = policies.find((one) => one.version === path.version);
      if (!policy)
        throw new Refusal("not-found", {
          id: `Versi ${path.version} belum disimpan.`,
          en: `There is no version ${path.version}.`,
        });
      const { version } = policy;
      const how = { cause: "new-policy", basis: body.reason } as const;
      if (query.dryRun === "true")
        return ok({
          version,
          trial: await trialOf(desk, desk.directory, { ...how, policy }),
          recountFrom: null,
        });
      return ok({
        version,
        trial: null,
        recountFrom: await recountAll(desk, { ...how, policyVersion: version }),
      });
    },
  );
