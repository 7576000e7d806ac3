import { caseStore } from "../../shared/case/store/case-store.ts";
import { limitStore } from "../../shared/deadline/limit-store.ts";
import { accountClient, cognitoAccounts } from "../../shared/directory/account-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { entryStore } from "../../shared/directory/entry-store.ts";
import { dynamoClient } from "../../shared/dynamo.ts";
import { serve } from "../../shared/http/serve.ts";
import { outbox, queueClient } from "../../shared/message-queue.ts";
import { env } from "../../shared/settings.ts";
import { routes } from "./routes.ts";

const dynamo = dynamoClient();
// Without a memory: an administrator who was dismissed changes nothing from then on.
const directory = directoryStore(dynamo, env("DIRECTORY_TABLE"), Date.now, 0);
const userPool = process.env.USER_POOL_ID;
const cases = caseStore(dynamo, { cases: env("CASES_TABLE") });
const queues = queueClient();
const now = () => new Date();

export const handler = serve(
  routes(
    {
      entries: entryStore(dynamo, env("DIRECTORY_TABLE")),
      directory,
      cases,
      accounts: userPool ? cognitoAccounts(accountClient(), userPool) : undefined,
      handOvers: outbox(queues, env("HAND_OVERS_QUEUE_URL")),
      verifyingAgency: env("VERIFYING_AGENCY"),
      now,
    },
    {
      limits: limitStore(dynamo, env("DIRECTORY_TABLE")),
      cases,
      // With one: a trial counts many cases of the same agencies.
      directory: directoryStore(dynamo, env("DIRECTORY_TABLE")),
      recounts: outbox(queues, env("RECOUNTS_QUEUE_URL")),
      recountDelaySeconds: Number(env("RECOUNT_DELAY_SECONDS")),
      now,
    },
  ),
  directory,
);
