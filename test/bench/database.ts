import { readFileSync } from "node:fs";
import { DynamoDBClient, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { routes as reporterRoutes } from "../../functions/reporter/routes.ts";
import { startDynamoDb } from "../../infra/local/tables/dynamodb.ts";
import { createTables } from "../../infra/local/tables/tables.ts";
import type { Stack } from "../../infra/local/template/template.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import { type CaseStore, caseStore } from "../../shared/case/store/case-store.ts";
import { directoryFile } from "../../shared/directory/directory.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { signedInCookie } from "../../shared/http/page/officer.ts";
import { serve } from "../../shared/http/serve.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import { followTokens, subscriberIds } from "../../shared/notification/subscribers/following-flow.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { noIndexes } from "../../shared/search/newest-index-flow.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { signedInAt } from "../../shared/visitor/officer-session.ts";
import { aFrame } from "../fakes/frame.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { noIssuer } from "../fakes/issuer.ts";
import { memoryAnswerTemplates } from "../fakes/memory/answer-template-store.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { memoryDrafts, memoryOfficerDrafts } from "../fakes/memory/draft-store.ts";
import { memoryLastSweep } from "../fakes/memory/last-sweep-store.ts";
import { knownHash, knownSeal, knownSubscriberSeal } from "../fakes/seal.ts";
import { type Meter, meterOf } from "./meter.ts";
import { shortReport } from "./reports.ts";

/** Asks a function's routes as the gateway would; refuses an answer that is no success. */
export type Ask = (
  method: string,
  path: string,
  request?: Parameters<typeof call>[3],
) => Promise<Answer["body"]>;

/** The three functions that take requests, over one memory of the directory. */
export interface Counters {
  citizen: Ask;
  reporter: Ask;
  officer: Ask;
  /** What the browser of an officer brings who has signed in. */
  signedIn(subject: string): Promise<string>;
}

/** DynamoDB Local with the tables of the stacks and the part of the directory that the reports need; everything is metered. */
export interface Database {
  dynamo: DynamoDBDocumentClient;
  casesTable: string;
  directoryTable: string;
  cases: CaseStore;
  meter: Meter;
  /** "Cases", by the name of the table. */
  idOf(tableName: string): string;
  /** Has the functions live this many days ahead. */
  ahead(days: number): void;
  /** Functions as they are just after they started, with an empty memory of the directory. */
  fresh(threshold?: Threshold): Counters;
  close(): Promise<void>;
}

const verifyingAgency = "kemenpanrb";

export async function openDatabase(stacks: Stack[], signal: AbortSignal): Promise<Database> {
  const database = await startDynamoDb({ signal, forManyItems: true });
  const client = new DynamoDBClient({
    endpoint: database.endpoint,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const close = async () => {
    client.destroy();
    await database.stop();
  };
  try {
    const tables = await createTables(client, stacks);
    const name = (id: string): string => {
      const found = tables[id];
      if (!found) throw new Error(`The stacks declare no table ${id}.`);
      return found.name;
    };
    const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    // Nobody reads it here, and it would hold every image of 200,000 items in memory.
    await client.send(
      new UpdateTableCommand({
        TableName: name("Cases"),
        StreamSpecification: { StreamEnabled: false },
      }),
    );
    await fillDirectory(directoryStore(dynamo, name("Directory")));
    const idOf = new Map(Object.entries(tables).map(([id, table]) => [table.name, id]));
    const meter = await meterOf(client, dynamo, [...idOf.keys()]);
    const table = name("Reporters");
    const cases = caseStore(dynamo, { cases: name("Cases"), reporters: { table, seal: knownSeal } });
    const reporters = reporterStore(dynamo, table, knownSeal);

    let ahead = 0;
    return {
      ahead: (days) => (ahead = days * 24 * 60 * 60 * 1000),
      dynamo,
      casesTable: name("Cases"),
      directoryTable: name("Directory"),
      cases,
      meter,
      idOf: (table) => idOf.get(table) ?? table,
      fresh(threshold = { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false }) {
        const directory = directoryStore(dynamo, name("Directory"));
        const evidence = {
          attachments: attachmentStore(dynamo, name("Cases")),
          files: () => Promise.reject(new Error("Nobody sends files here")),
          limits: { files: 10, megabytes: 25, megapixels: 50 },
        };
        const traffic = trafficStore(dynamo, name("Traffic"), knownHash);
        const desk = {
          cases,
          directory,
          reporters,
          evidence,
          filesOf: knownFiles(evidence),
          traffic,
          requests: requestStore(dynamo, name("Directory")),
          undeliverables: undeliverableStore(dynamo, name("Notifications")),
          stopTokens: stopTokens(knownHash),
          drafts: memoryDrafts(),
          ...memoryCalendars(),
          officerDrafts: memoryOfficerDrafts(),
          answerTemplates: memoryAnswerTemplates(),
          lastSweep: memoryLastSweep(),
          frame: aFrame(() => new Date(Date.now() + ahead)),
          issuer: noIssuer,
          subscribers: subscriberStore(dynamo, name("Notifications"), knownSubscriberSeal),
          subscriberIds: subscriberIds(knownHash),
          followTokens: followTokens(knownHash),
          emails: { send: async () => [] },
          threshold,
          indexes: noIndexes,
          strain: strainMeter(),
          verifyingAgency,
          now: () => new Date(Date.now() + ahead),
        };
        return {
          citizen: asking(serve(publicRoutes(desk))),
          reporter: asking(serve(reporterRoutes(desk))),
          officer: asking(serve(officerRoutes(desk), directory)),
          signedIn: async (subject) =>
            (await signedInCookie(desk.frame, signedInAt(subject, desk.now()))).split(";")[0] ?? "",
        };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const asking =
  (handler: Parameters<typeof call>[0]): Ask =>
  async (method, path, request) => {
    const { status, body } = await call(handler, method, path, request);
    if (status >= 300)
      throw new Error(`${method} ${path} was answered with ${status}: ${JSON.stringify(body)}`);
    return body;
  };

/** What the reports name, and who works on them: all of Balikpapan, and whoever verifies. */
async function fillDirectory(directory: DirectoryStore): Promise<void> {
  const data = (file: string) =>
    directoryFile.parse(JSON.parse(readFileSync(`shared/directory/data/${file}.json`, "utf8")));
  const { regions, agencies } = data("kalimantan-timur");
  const { categories } = data("categories");
  const { officers } = data("sample-officers");
  const named = /^(kemenpanrb|kemendagri|pemprov-kaltim|pemkot-balikpapan|balikpapan-.*)$/;
  await Promise.all([
    ...regions
      .filter(({ code }) => code === shortReport.location?.regionCode)
      .map((region) => directory.put("region", region)),
    ...agencies.filter(({ id }) => named.test(id)).map((agency) => directory.put("agency", agency)),
    ...categories
      .filter(({ id }) => shortReport.category?.startsWith(`${id}/`))
      .map((category) => directory.put("category", category)),
    ...officers.map((officer) => directory.put("officer", officer)),
  ]);
}
