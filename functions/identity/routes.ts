import { get, post, put, type Route } from "../../shared/http/endpoint.ts";
import { correctReporter } from "./correct-contact.ts";
import { deleteReporter } from "./delete-identity.ts";
import { exportData } from "./export-data.ts";
import { listSearchers } from "./list-searchers.ts";
import { officersPages } from "./officer/pages.ts";
import { openReporter } from "./open-identity.ts";
import { pages } from "./pages.ts";
import { searchIdentity } from "./search-identity.ts";
import { showOwnCase } from "./show-own-case.ts";
import { showSearches } from "./show-searches.ts";
import type { Vault } from "./vault.ts";

/** The routes that need the power to open identities. infra/api-stack.ts sends these routes here, one by one. */
export const routes = (vault: Vault): Route[] => {
  const asked = {
    see: showOwnCase(vault),
    export: exportData(vault),
    correct: correctReporter(vault),
    delete: deleteReporter(vault),
  };
  const ofOfficers = {
    open: openReporter(vault),
    search: searchIdentity(vault),
    searchers: listSearchers(vault),
    searches: showSearches(vault),
  };
  return [
    post("/v1/officer/cases/{trackingNumber}/identity-opening", ofOfficers.open),
    post("/v1/officer/identity-search", ofOfficers.search),
    get("/v1/officer/identity-searches", ofOfficers.searchers),
    get("/v1/officer/identity-searches/{officerId}", ofOfficers.searches),
    get("/v1/cases/{trackingNumber}/personal-data", asked.export),
    put("/v1/cases/{trackingNumber}/contact", asked.correct),
    post("/v1/cases/{trackingNumber}/identity-deletion", asked.delete),
    ...pages(vault.frame, asked),
    ...officersPages(vault, ofOfficers),
  ];
};
