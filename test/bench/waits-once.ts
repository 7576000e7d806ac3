/**
 * The client of waits.ts, in a process of its own, so that it does not wait for the system's event loop. Takes one order
 * as JSON for its argument and prints milliseconds as JSON.
 */
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { type DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { serve } from "../../shared/http/serve.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import { dynamoClient } from "../../shared/platform/dynamo.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { noIndexes } from "../../shared/search/newest-index-flow.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { aFrame } from "../fakes/frame.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { noIssuer } from "../fakes/issuer.ts";
import { memoryAnswerTemplates } from "../fakes/memory/answer-template-store.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { memoryDrafts, memoryOfficerDrafts } from "../fakes/memory/draft-store.ts";
import { memoryLastSweep } from "../fakes/memory/last-sweep-store.ts";
import { knownHash, knownSeal } from "../fakes/seal.ts";
import { shortReport, thresholdOfProduction } from "./reports.ts";

export interface WaitsOrder {
  api: string;
  tables: Record<string, string>;
  /** An access token of an officer who verifies, and whose it is. */
  officer: { token: string; subject: string };
  rounds: number;
}

/** Milliseconds of one route in each round: over HTTP, by the same code in this process, and by its bare requests. */
export interface Waits {
  what: string;
  requests: number;
  http: number[];
  inProcess: number[];
  bare: number[];
}

type Command = Parameters<DynamoDBDocumentClient["send"]>[0];

interface Asked {
  method: string;
  path: string;
  query?: Record<string, string>;
  body?: object;
  isOfficer?: boolean;
}

const { api, tables, officer, rounds }: WaitsOrder = JSON.parse(process.argv[2] ?? "");
const named = (id: string): string => tables[id] ?? "";
const dynamo = dynamoClient();

/** Commands in the groups in which they are sent together. */
let groups: Command[][] | undefined;
let inFlight = 0;
/** Notes what is sent while `groups` is set, and writes nothing then. */
const watched: DynamoDBDocumentClient = Object.assign(Object.create(dynamo), {
  async send(command: Command) {
    if (!groups) return dynamo.send(command);
    if (inFlight === 0) groups.push([]);
    groups.at(-1)?.push(command);
    if (command instanceof TransactWriteCommand) return {};
    inFlight++;
    try {
      return await dynamo.send(command);
    } finally {
      inFlight--;
    }
  },
});

const cases = caseStore(watched, {
  cases: named("Cases"),
  reporters: { table: named("Reporters"), seal: knownSeal },
});
const directory = directoryStore(watched, named("Directory"));
const evidence = {
  attachments: attachmentStore(watched, named("Cases")),
  files: () => Promise.reject(new Error("Nobody sends files here")),
  limits: { files: 10, megabytes: 25, megapixels: 50 },
};
const desk = {
  cases,
  directory,
  reporters: reporterStore(watched, named("Reporters"), knownSeal),
  evidence,
  filesOf: knownFiles(evidence),
  traffic: trafficStore(watched, named("Traffic"), knownHash),
  requests: requestStore(watched, named("Directory")),
  undeliverables: undeliverableStore(watched, named("Notifications")),
  stopTokens: stopTokens(knownHash),
  drafts: memoryDrafts(),
  ...memoryCalendars(),
  officerDrafts: memoryOfficerDrafts(),
  answerTemplates: memoryAnswerTemplates(),
  lastSweep: memoryLastSweep(),
  frame: aFrame(() => new Date()),
  issuer: noIssuer,
  threshold: thresholdOfProduction,
  indexes: noIndexes,
  strain: strainMeter(),
  verifyingAgency: "kemenpanrb",
  now: () => new Date(),
};
const citizens = serve(publicRoutes(desk));
const officers = serve(officerRoutes(desk), directory);

let sender = 0;
/** Each from a network of its own: an ordinary day is many people. */
const address = () => `10.${(++sender >> 8) & 255}.${sender & 255}.1`;

async function inProcess({ method, path, query, body, isOfficer }: Asked): Promise<Answer["body"]> {
  const answer = await call(isOfficer ? officers : citizens, method, path, {
    headers: { "idempotency-key": randomUUID() },
    address: address(),
    ...(query && { query }),
    ...(body && { body }),
    ...(isOfficer && { subject: officer.subject }),
  });
  if (answer.status >= 300) throw new Error(`${method} ${path} was answered with ${answer.status}`);
  return answer.body;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const overHttp = ({ method, path, query, body, isOfficer }: Asked) =>
  new Promise<void>((resolve, reject) => {
    const url = new URL(`${path}?${new URLSearchParams(query)}`, api);
    const headers = {
      "idempotency-key": randomUUID(),
      ...(body && { "content-type": "application/json" }),
      ...(isOfficer && { authorization: `Bearer ${officer.token}` }),
    };
    const sent = request(url, { method, headers, agent }, (response) => {
      response.resume().once("end", () => {
        if ((response.statusCode ?? 500) < 300) resolve();
        else reject(new Error(`${method} ${path} was answered with ${response.statusCode}`));
      });
    });
    sent.once("error", reject);
    sent.end(body && JSON.stringify(body));
  });

const recorded = async (asked: Asked): Promise<Command[][]> => {
  const mine = (groups = [] as Command[][]);
  await inProcess(asked);
  groups = undefined;
  return mine;
};

const replay = async (recording: Command[][]): Promise<void> => {
  for (const group of recording) await Promise.all(group.map((command) => dynamo.send(command)));
};

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};

async function waitsOf(what: string, asked: Asked): Promise<Waits> {
  const found: Waits = { what, requests: 0, http: [], inProcess: [], bare: [] };
  for (let round = -20; round < rounds; round++) {
    const recording = await recorded(asked);
    const ways = [
      ["http", () => overHttp(asked)],
      ["inProcess", () => inProcess(asked)],
      ["bare", () => replay(recording)],
    ] as const;
    // Each goes first in turn: mails of the one before are still being sent.
    for (let turn = 0; turn < ways.length; turn++) {
      const [way, act] = ways[(Math.abs(round) + turn) % ways.length] ?? ways[0];
      const milliseconds = await timed(act);
      if (round >= 0) found[way].push(milliseconds); // before that it warms up, and remembers the directory
    }
    found.requests = recording.flat().length;
  }
  return found;
}

const submission = { method: "POST", path: "/v1/cases", body: shortReport };
const { trackingNumber } = await inProcess(submission);
const all = [
  await waitsOf("Submitting", submission),
  await waitsOf("Reading a case", { method: "GET", path: `/v1/cases/${trackingNumber}` }),
  await waitsOf("A page of 20 of a queue", {
    method: "GET",
    path: "/v1/officer/cases",
    query: { queue: "verification", limit: "20" },
    isOfficer: true,
  }),
];
agent.destroy();
dynamo.destroy();
process.stdout.write(JSON.stringify(all));
