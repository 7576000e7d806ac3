import * as z from "zod";
import { searchLog } from "../../shared/case/identity-search/identity-search.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { readsSearches, type Vault } from "./vault.ts";

/** Everybody who ever searched. */
export const searchersListed = z.object({
  items: z
    .array(searchLog.omit({ hash: true }))
    .describe("Of each officer the last day with a search, and how many searches it had"),
  cursor: z.null(),
});

/** `GET /v1/officer/identity-searches`: who ever searched by identity, the last day of it, and how often on that day. */
export const listSearchers = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Siapa yang mencari menurut identitas", en: "Who searched by identity" },
      input: {},
      output: { 200: searchersListed },
    },
    async (_request, { officer }) => {
      readsSearches(officer);
      const logs = await vault.searches.logs();
      const newestFirst = logs.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.ofDay - a.ofDay));
      return ok({ items: newestFirst.map(({ hash: _, ...rest }) => rest), cursor: null });
    },
  );
