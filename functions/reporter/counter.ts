import * as z from "zod";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import {
  type Decide,
  type Deciding,
  makeMove,
  type MoveRequest,
  viewAfter,
} from "../../shared/case/moves/move-flow.ts";
import { pacedMove } from "../../shared/case/moves/pace.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import { asReporter } from "../../shared/case/receipt/receipt-flow.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { reporterView } from "../../shared/case/views/schemas.ts";
import { type Endpoint, reporterEndpoint } from "../../shared/http/endpoint.ts";
import type { Frame } from "../../shared/http/page/visit.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import type { StopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import type { Following } from "../../shared/notification/subscribers/following-flow.ts";
import type { ReporterStore } from "../../shared/reporter/reporter-store.ts";
import type { SubscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";

/** What the routes of reporters work with. */
export interface Counter extends Surroundings, Pick<Following, "subscriberIds" | "followTokens" | "emails"> {
  cases: CaseStore;
  reporters: Pick<ReporterStore, "stopMails" | "freeAddress" | "forgetReceipt" | "turnAddressOff">;
  stopTokens: Pick<StopTokens, "read">;
  subscribers: SubscriberStore;
  traffic: TrafficStore;
  evidence: Evidence;
  /** What the pages share. */
  frame: Frame;
  now: () => Date;
}

/** Declares the route of one move of a reporter: `POST /v1/cases/{trackingNumber}/...`. */
export const reporterMove = <B extends z.ZodType>(
  counter: Counter,
  { summary, body, ...request }: Pick<MoveRequest, "move" | "crosses"> & { summary: Text; body: B },
  rule: (body: z.output<B>, on: Deciding) => ReturnType<Decide>,
): Endpoint =>
  reporterEndpoint(
    {
      summary,
      input: { path: z.strictObject({ trackingNumber }), body },
      output: { 200: reporterView },
      refusals: {
        conflict: contradictsCase,
        "too-many-requests": "Too much was sent about this case within an hour.",
      },
    },
    async ({ path, body }, caller) => {
      const { language } = caller;
      const before = await asReporter(counter, path.trackingNumber, caller);
      const made = await makeMove(counter, before, { ...request, body, language }, (on) =>
        pacedMove(request.move, { found: on.found, at: on.act.at }, () => rule(body, on)),
      );
      return ok(await viewAfter(counter, made, language));
    },
  );
