/**
 * npm run openapi
 *
 * Writes the contract of all functions from their routes into functions/public/openapi.json. The API serves that file. A
 * test fails while the file and the routes differ.
 */
import { writeFileSync } from "node:fs";
import * as z from "zod";
import { endpoint, get, type Route } from "../../shared/http/endpoint.ts";
import { openApi } from "../../shared/http/openapi.ts";
import { runCommand, takesNothing } from "../../shared/platform/command.ts";
import { routes as administrationRoutes } from "../administration/routes.ts";
import { routes as evidenceRoutes } from "../evidence/routes.ts";
import { routes as identityRoutes } from "../identity/routes.ts";
import { routes as officerRoutes } from "../officer/routes.ts";
import { routes as publicRoutes } from "../public/routes.ts";
import { routes as reporterRoutes } from "../reporter/routes.ts";

/** Stands for all stores. This command only describes the routes and never calls them. */
const nothing = { frame: {}, evidence: {} } as never;

/** The route that serves the document. Its own file imports the document, which this command writes. */
const itself: Route = get(
  "/v1/openapi.json",
  endpoint(
    {
      summary: { id: "Dokumen ini", en: "This document" },
      input: {},
      output: { 200: z.looseObject({ openapi: z.string() }) },
    },
    () => Promise.reject(new Error("This route is only described, never called")),
  ),
);

/** Makes the contract of all functions. */
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
  await runCommand(() => {
    takesNothing("Usage: npm run openapi (it takes nothing, and writes functions/public/openapi.json)");
    writeFileSync("functions/public/openapi.json", `${JSON.stringify(contract(), undefined, 1)}\n`);
  });
