import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import type { Vault } from "../vault.ts";
import { identityPage } from "./identity-page.ts";
import { searchPage } from "./search-page.ts";
import { searchRecordPages } from "./searches-page.ts";
import { seeOpening } from "./see-opening.ts";
import { seeSearching } from "./see-searching.ts";

/** The routes that the pages of officers ask here. */
export interface OfficersRoutes {
  open: Endpoint;
  search: Endpoint;
  searchers: Endpoint;
  searches: Endpoint;
}

/** The pages on which officers learn who reported, and those on which auditors read who did. */
export const officersPages = (vault: Vault, asked: OfficersRoutes): Route[] => [
  ...identityPage(vault.frame, { see: seeOpening(vault), open: asked.open }),
  ...searchPage(vault.frame, { see: seeSearching(vault), search: asked.search }),
  ...searchRecordPages(vault, asked),
];
