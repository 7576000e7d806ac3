import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { frameVariables, officerFrameOf } from "../../shared/http/page/frame.ts";
import { serve } from "../../shared/http/serve.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { metrics } from "../../shared/platform/observability.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { practiceStore } from "../../shared/practice/practice-store.ts";
import { routes } from "./routes.ts";
import type { PracticeRoom } from "./trainee.ts";

/** What the stack tells this function. It is told of no table that holds anything real. */
export const variables = { PRACTICE_TABLE: text, ...frameVariables };
const env = settings(variables);

/** Counts by the scenario alone, whoever makes the run. */
const countRun: PracticeRoom["countRun"] = (what, scenario) => {
  const one = metrics.singleMetric();
  one.addDimension("scenario", scenario);
  one.addMetric(what, "Count", 1);
};

const now = () => new Date();
const frame = officerFrameOf(env, { now });

export const handler = serve(
  routes({ practice: practiceStore(dynamoClient(), env.PRACTICE_TABLE), frame, now, countRun }),
  undefined,
  { errorPage: errorPageOf(frame) },
);
