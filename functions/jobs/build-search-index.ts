import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { logger } from "../../shared/platform/observability.ts";
import { patience } from "../../shared/platform/patience.ts";
import { settings, text } from "../../shared/platform/settings.ts";
import { storageClient } from "../../shared/platform/storage.ts";
import { buildIndex } from "../../shared/search/build-flow.ts";
import { type IndexPlace, indexPlace } from "../../shared/search/index-place-store.ts";

/** Builds the index of the public search. An hour in which no public case has changed costs one reading of the feed. */
export const buildSearchIndex =
  (
    cases: Pick<CaseStore, "wholeFeed" | "reports">,
    place: Omit<IndexPlace, "fetch">,
    { now = () => new Date() } = {},
  ) =>
  async (): Promise<void> => {
    const built = await buildIndex(cases, place, { at: now() });
    if (built) logger.info("search index built", { cases: built.cases, bytes: built.bytes });
    else logger.info("search index unchanged");
  };

/** What the stack tells this function. */
export const variables = {
  CASES_TABLE: text,
  SEARCH_BUCKET: text,
};
const env = settings(variables);

export const handler = buildSearchIndex(
  caseStore(dynamoClient(), { cases: env.CASES_TABLE }),
  indexPlace(storageClient(patience.wholeFiles), env.SEARCH_BUCKET),
);
