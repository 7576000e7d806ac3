import * as z from "zod";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import { reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { ownCase } from "../../shared/visitor/own-case-flow.ts";
import type { Vault } from "./vault.ts";

/** The case as its reporter sees it, for the pages of this function alone: it stands in no table of routes. */
export const showOwnCase = (vault: Vault) =>
  reporterEndpoint(
    {
      summary: { id: "Laporan saya", en: "My report" },
      input: { path: z.strictObject({ trackingNumber }) },
      output: { 200: reporterView },
    },
    async ({ path }, caller) => ok(await ownCase(vault, path.trackingNumber, caller)),
  );
