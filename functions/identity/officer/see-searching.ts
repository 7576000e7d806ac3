import * as z from "zod";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import { officerEndpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { refuseUnlessSearching } from "../search-identity.ts";
import type { Vault } from "../vault.ts";

/** How often an officer has searched by identity today, and how often they may. */
export const searchingSeen = z.object({ ofDay: z.int(), limit: z.int() });

/** Whether this officer may search by identity, and how often they did today. For the page alone: it stands in no table of routes. */
export const seeSearching = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Sebelum mencari menurut identitas", en: "Before a search by identity" },
      input: {},
      output: { 200: searchingSeen },
    },
    async (_request, { officer }) => {
      refuseUnlessSearching(officer);
      const [log, agency] = await Promise.all([
        vault.searches.log(officer.id),
        vault.directory.agency(officer.agencyId),
      ]);
      const today = localDate(vault.now(), agency?.timeZone ?? "Asia/Jakarta");
      return ok({ ofDay: log && log.day >= today ? log.ofDay : 0, limit: vault.searchesOfDay });
    },
  );
