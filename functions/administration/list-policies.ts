import * as z from "zod";
import { allPolicies, policyVersion } from "../../shared/deadline/policy.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { LimitsDesk } from "./limits-desk.ts";

export const policiesListed = z.object({ items: z.array(z.object(policyVersion.shape)), cursor: z.null() });

/**
 * `GET /v1/admin/policies`: lists every version of the limits, the oldest first. Each limit tells its basis and how sure
 * it is.
 */
export const listPolicies = ({ limits }: LimitsDesk) =>
  officerEndpoint(
    {
      summary: { id: "Semua versi batas waktu", en: "All versions of the limits" },
      input: {},
      output: { 200: policiesListed },
    },
    async () => {
      return ok({ items: allPolicies(await limits.policies()), cursor: null });
    },
  );
