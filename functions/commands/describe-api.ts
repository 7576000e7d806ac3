/**
 * npm run openapi
 *
 * Writes the contract of all functions from their routes into functions/public/openapi.json, which the API serves. A test
 * fails while the two differ.
 */
import { writeFileSync } from "node:fs";
import * as z from "zod";
import { endpoint, get, type Route } from "../../shared/http/endpoint.ts";
import { openApi } from "../../shared/http/openapi.ts";
import { routes as administrationRoutes } from "../administration/routes.ts";
import { routes as evidenceRoutes } from "../evidence/routes.ts";
import { routes as identityRoutes } from "../identity/routes.ts";
import { routes as officerRoutes } from "../officer/routes.ts";
import { routes as publicRoutes } from "../public/routes.ts";
import { routes as reporterRoutes } from "../reporter/routes.ts";

/** Stands for all stores. The routes are only described here and never called. */
const nothing = {} as never;

/** The route that serves the document. Its own file needs the document, which this command writes. */
const itself: Route = get(
  "/v1/openapi.json",
  endpoint(
    {
      summary: { id: "Dokumen ini", en: "This document" },
      input: {},
      output: { 200: z.looseObject({ openapi: z.string() }) },
    },
    () => Promise.reject(new Error("Only described here")),
  ),
);

/** The contract of all functions. */
export const contract = () =>
  openApi([
    ...publicRoutes(nothing),
    ...reporterRoutes(nothing),
    ...officerRoutes(nothing),
    ...evidenceRoutes(nothing),
    ...administrationRoutes(nothing, nothing),
    ...identityRoutes(nothing),
    itself,
  ]);

if (import.meta.main)
  writeFileSync("functions/public/openapi.json", `${JSON.stringify(contract(), undefined, 1)}\n`);
