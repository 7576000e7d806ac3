import { randomUUID } from "node:crypto";
import * as z from "zod";
import { caseStatus } from "../../../shared/case/case.ts";
import type { CaseStore } from "../../../shared/case/store/case-store.ts";
import { submission } from "../../../shared/case/submission/submission.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { ok } from "../../../shared/http/reply.ts";
import { likelyDuplicates } from "../../../shared/support/likely-flow.ts";
import type { Door } from "../../../shared/traffic/door-flow.ts";
import { proofOfWork } from "../../../shared/traffic/load.ts";

const { title, text, category, location } = submission.shape;

const duplicate = z.object({
  trackingNumber: z.string(),
  title: z.string(),
  excerpt: z.string().describe("The beginning of the text as the public reads it"),
  days: z.int().describe("How many days ago it was sent"),
  status: caseStatus,
  statusText: z.string(),
  agency: z.object({ id: z.string(), name: z.string() }).nullable(),
  place: z
    .object({ regionCode: z.string(), regionName: z.string(), address: z.string().optional() })
    .nullable()
    .describe("As the public reads it. Distances are not told: they would measure where people are."),
  supports: z.object({ count: z.int() }),
  canBeSupported: z.boolean(),
  reasons: z.array(z.string()),
});

/**
 * `POST /v1/cases/duplicates`: likely duplicates of a report that somebody is about to send. It is a POST, so that no word of it is
 * in an address. Nothing of it is stored.
 */
export const listDuplicates = (
  stores: { cases: CaseStore; directory: DirectoryStore; door: Door },
  now = () => new Date(),
) =>
  endpoint(
    {
      summary: { id: "Cari laporan serupa sebelum mengirim", en: "Find likely duplicates before sending" },
      input: {
        header: z.object({ "proof-of-work": proofOfWork }),
        body: z.strictObject({ title, text, category, location }),
      },
      output: {
        200: z.object({
          items: z.array(duplicate).max(5).describe("The likeliest first"),
          complete: z.boolean().describe("False if not all public reports of the last 30 days were compared"),
        }),
      },
    },
    async ({ body }, { language, network, proof }) => {
      const at = now();
      await stores.door.admitLight(["search", network], { proof, by: randomUUID(), at });
      return ok(await likelyDuplicates(stores, body, { at, language }));
    },
  );
