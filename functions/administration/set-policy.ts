import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { lastDayAhead, tooFarAhead } from "../../shared/deadline/calendar/horizon.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import { localDateInWords } from "../../shared/deadline/calendar/time-zone.ts";
import { allPolicies, type Policy, policy, type PolicyVersion } from "../../shared/deadline/policy.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { copyForPractice } from "../../shared/practice/copy-flow.ts";
import { type FieldRefusal, refuseFields } from "../../shared/refusal.ts";
import {
  dryRun,
  type LimitsDesk,
  overtaken,
  refuseUnlessNational,
  refuseUnlessSeen,
  seen,
  trialOf,
  trialView,
} from "./limits-desk.ts";

export const policySet = z.object({ version: z.int(), trial: trialView.nullable() });

/**
 * `PUT /v1/admin/policies`: takes the whole list of limits from a date on, and stores it as the next version. Open cases
 * keep the policy that they began with. `?dryRun=true` only tells what the new limits would do to them.
 */
export const setPolicy = (desk: LimitsDesk) =>
  officerEndpoint(
    {
      summary: { id: "Tetapkan batas waktu mulai suatu tanggal", en: "Set the limits from a date on" },
      input: { query: dryRun, header: seen, body: policy },
      output: { 200: policySet },
      refusals: { conflict: "Another administrator has just stored the next version." },
    },
    async ({ query, header, body }, { officer }) => {
      refuseUnlessNational(officer);
      const versions = allPolicies(await desk.limits.policies());
      const newest = versions.reduce((a, b) => (b.version > a.version ? b : a));
      const same = isDeepStrictEqual(contentOf(newest), contentOf(body));
      const wrong = [
        ...(same ? [] : outOfTime(body, desk.now())),
        ...(await unknownAgencies(desk.directory, body)),
      ];
      if (wrong.length > 0) throw refuseFields(wrong);
      if (!same) refuseUnlessSeen(header["if-match"], newest.version);
      const next: PolicyVersion = same
        ? newest
        : {
            ...body,
            version: newest.version + 1,
            stored: { at: desk.now().toISOString(), officerId: officer.id },
          };
      const { version } = next;
      if (query.dryRun === "true") {
        const how = { cause: "new-policy", basis: "", policy: next } as const;
        return ok({ version, trial: await trialOf(desk, desk.directory, how) });
      }
      if (!same && !(await desk.limits.addPolicy(next))) throw overtaken();
      await copyForPractice(desk);
      return ok({ version, trial: null });
    },
  );

const contentOf = ({ effectiveFrom, limits }: Policy): Policy => ({ effectiveFrom, limits });

/** Refuses limits from a day that is over, or that is too far ahead. */
function outOfTime({ effectiveFrom }: Policy, now: Date): FieldRefusal[] {
  const today = localDate(now, "Asia/Jakarta");
  if (effectiveFrom > lastDayAhead(now))
    return [{ in: "body", path: "effectiveFrom", message: tooFarAhead(now) }];
  return effectiveFrom >= today
    ? []
    : [
        {
          in: "body",
          path: "effectiveFrom",
          message: {
            id: `Ketentuan baru berlaku paling awal hari ini, ${localDateInWords(today, "id")}.`,
            en: `New limits take effect today, ${localDateInWords(today, "en")}, at the earliest.`,
          },
        },
      ];
}

async function unknownAgencies(directory: DirectoryStore, { limits }: Policy): Promise<FieldRefusal[]> {
  const found = await Promise.all(
    limits.map(async ({ agencyId }, index) =>
      agencyId === undefined || (await directory.agency(agencyId)) ? undefined : index,
    ),
  );
  return found.flatMap((index) =>
    index === undefined
      ? []
      : [
          {
            in: "body" as const,
            path: `limits.${index}.agencyId`,
            message: {
              id: "Instansi ini tidak ada dalam daftar. Lihat /v1/agencies.",
              en: "This agency is not on the list. See /v1/agencies.",
            },
          },
        ],
  );
}
