import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Act, Case, Moved } from "../../shared/case/case.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { makeMove, namesOf } from "../../shared/case/moves/move-flow.ts";
import { legalMoves, type Move, situationOf } from "../../shared/case/moves/table.ts";
import { caseOfHolder } from "../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import type { Counting } from "../../shared/deadline/clock.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { type Endpoint, reporterEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

/** What reporters are served with. */
export interface Counter {
  cases: CaseStore;
  reporters: Pick<ReporterStore, "stopMails" | "forgetReceipt">;
  traffic: TrafficStore;
  directory: DirectoryStore;
  evidence: Evidence;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  /** Where the pages are, if there are any. */
  siteUrl?: string | undefined;
  now: () => Date;
}

export const who = { role: "reporter", own: true } as const;

/** Declares the route of one move of a reporter: `POST /v1/cases/{trackingNumber}/...`. */
export const reporterMove = <B extends z.ZodType>(
  counter: Counter,
  { move, summary, body }: { move: Move; summary: Text; body: B },
  decide: (
    body: z.output<B>,
    context: { found: Case; act: Act; counting: () => Promise<Counting> },
  ) => Moved | Promise<Moved>,
): Endpoint =>
  reporterEndpoint(
    {
      summary,
      input: { path: z.strictObject({ trackingNumber }), body },
      output: { 200: reporterView },
    },
    async (request, { receipt, language, network, proof }) => {
      const { directory, now } = counter;
      const { trackingNumber } = request.path;
      const found = await caseOfHolder(counter, { trackingNumber, receipt, network, proof, at: now() });
      const after = await makeMove(
        counter,
        found,
        {
          move,
          who,
          act: { by: { role: "reporter" }, at: now(), salt: randomBytes(16).toString("base64url") },
          body: request.body,
          seen: undefined,
          language,
        },
        (act) => decide(request.body, { found, act, counting: () => countingOf(directory, found.holder) }),
      );
      const [names, counting] = await Promise.all([
        namesOf(directory, { case: after, events: [] }),
        countingOf(directory, after.holder),
      ]);
      const reading = { ...counting, at: now() };
      return ok({
        ...viewOf(after, "reporter", names, language, reading),
        legalMoves: legalMoves(situationOf(after), who),
      });
    },
  );
