import * as z from "zod";
import { officerRole } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { sideBySide } from "../../shared/platform/side-by-side.ts";
import { scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { agencyId } from "../../shared/text/id.ts";
import { readable, type Registry } from "./registry.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** Who of an agency has finished what. */
export const practiceView = z
  .object({
    agency: named,
    /** All scenarios that there are, in their order. */
    scenarios: z.array(z.object({ id: z.enum(scenarioIds), title: z.string() })),
    /** The officers of the agency who have not been dismissed, by name. */
    items: z.array(
      named.extend({
        role: officerRole,
        finished: z.array(
          z.object({ scenario: z.enum(scenarioIds), title: z.string(), finishedAt: z.iso.datetime() }),
        ),
      }),
    ),
    /** The agencies right below, to be asked for one by one. */
    below: z.array(named),
    cursor: z.null(),
  })
  .meta({ id: "PracticeOfAgency" });

/**
 * `GET /v1/admin/practice`: shows which scenarios the officers of an agency have finished, and when. What they did and wrote on the
 * way is nobody's. Without a named agency it is the administrator's own.
 */
export const showPractice = (registry: Registry) =>
  officerEndpoint(
    {
      summary: {
        id: "Siapa yang sudah menyelesaikan latihan mana",
        en: "Who has finished which scenario of practice",
      },
      input: { query: z.strictObject({ agency: agencyId.optional() }) },
      output: { 200: practiceView },
      refusals: { "not-found": "There is no such agency where the administrator may look." },
    },
    async ({ query }, { officer, language }) => {
      const id = query.agency ?? officer.agencyId;
      const { found } = await readable(registry, "agency", id, officer);
      const [officers, agencies] = await Promise.all([
        registry.entries.under("officer", id),
        registry.entries.under("agency", id),
      ]);
      const at = registry.now();
      const items = await sideBySide(
        officers.filter(({ dismissedAt }) => !dismissedAt),
        async ({ id, name, role, subject }) => {
          const { finished } = await registry.practice.of({ subject }, at);
          return {
            id,
            name,
            role,
            finished: finished.map((one) => ({ ...one, title: scenarios[one.scenario].title[language] })),
          };
        },
      );
      return ok({
        agency: { id, name: found.entry.name },
        scenarios: scenarioIds.map((one) => ({ id: one, title: scenarios[one].title[language] })),
        items: items.sort((a, b) => a.name.localeCompare(b.name, "id")),
        below: agencies
          .filter(({ closedAt }) => !closedAt)
          .map(({ id, name }) => ({ id, name }))
          .sort((a, b) => a.name.localeCompare(b.name, "id")),
        cursor: null,
      });
    },
  );
