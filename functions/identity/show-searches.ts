import * as z from "zod";
import {
  identitySearchEvent,
  searchEventText,
  searchFlaws,
} from "../../shared/case/identity-search/identity-search.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { officerId } from "../../shared/text/id.ts";
import { readsSearches, type Vault } from "./vault.ts";

/** The searches of an officer, each as it is hashed and in words. */
export const searchesShown = z.object({
  officerId: z.string(),
  /** Each event as it is hashed. */
  items: z.array(z.object({ text: z.string(), event: identitySearchEvent })),
  /** Lists what is wrong with the history. A history that nobody touched has no flaws. */
  flaws: z.array(z.object({ sequence: z.int(), what: z.string() })),
});

/**
 * `GET /v1/officer/identity-searches/{officerId}`: every search of an officer, hit or miss, and how many cases it showed, checked
 * event by event. Whom they looked for is stored nowhere.
 */
export const showSearches = (vault: Vault) =>
  officerEndpoint(
    {
      summary: { id: "Pencarian identitas oleh seorang petugas", en: "The identity searches of an officer" },
      input: { path: z.strictObject({ officerId }) },
      output: { 200: searchesShown },
    },
    async ({ path }, { officer, language }) => {
      readsSearches(officer);
      const log = await vault.searches.log(path.officerId);
      const events = await vault.searches.history(path.officerId);
      return ok({
        officerId: path.officerId,
        items: events.map((event) => ({ text: searchEventText(event)[language], event })),
        // An event that was added since the log was read is no flaw.
        flaws: searchFlaws(path.officerId, events, log ? [log] : []),
      });
    },
  );
