import * as z from "zod";
import { endpoint } from "../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../shared/http/reply.ts";
import contract from "./openapi.json" with { type: "json" };

/** `GET /v1/openapi.json`: serves the contract of all functions. `npm run openapi` writes it from their routes. */
export const describeApi = endpoint(
  {
    summary: { id: "Dokumen ini", en: "This document" },
    input: {},
    output: { 200: z.looseObject({ openapi: z.string() }) },
  },
  async () => ok(contract, cachedForAMinute),
);
