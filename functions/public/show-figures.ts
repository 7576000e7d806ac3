import * as z from "zod";
import { caseStatus } from "../../shared/case/case.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../shared/http/reply.ts";
import { answeredFigures, figure, type PublicCases } from "../../shared/statistics/public-figures.ts";
import { latestAnswered } from "../../shared/statistics/public-figures-flow.ts";

const answered = z.object({
  trackingNumber: z.string(),
  title: z.string(),
  agency: z.object({ id: z.string(), name: z.string() }).nullable(),
  status: caseStatus,
  statusText: z.string(),
  answeredOn: z.iso.date(),
  workingDays: z
    .int()
    .describe(
      "Working days at the agency from the day of submission, which is day 0, to the day of the answer",
    ),
  supports: z.object({ count: z.int() }).optional(),
});

export const figures = z.object({
  latest: z.array(answered),
  confirmed: figure,
  closedAutomatically: figure,
  waiting: figure,
  backAtWork: figure,
});

/** `GET /v1/figures`: shows what the home page tells: the cases that were answered last, and what became of answered ones. */
export const showFigures = (
  stores: { cases: CaseStore; directory: DirectoryStore },
  publicCases: () => Promise<PublicCases>,
) =>
  endpoint(
    {
      summary: { id: "Angka untuk halaman depan", en: "Figures for the home page" },
      input: {},
      output: { 200: figures },
    },
    async (_, { language }) => {
      const found = await publicCases();
      const latest = await latestAnswered(stores, found, language);
      return ok({ latest, ...answeredFigures(found) }, cachedForAMinute);
    },
  );
