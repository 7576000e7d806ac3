/**
 * The clients of throughput.ts, in a process of their own, so that they do not wait for the system's event loop.
 * Takes one order as JSON for its argument and prints what it measured as JSON.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { type DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import autocannon from "autocannon";
import { submit } from "../../shared/case/case.ts";
import { newReceipt, receiptEntropy } from "../../shared/case/receipt/receipt.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
import { dynamoClient, type TransactionItem } from "../../shared/platform/dynamo.ts";
import { knownSeal } from "../fakes/seal.ts";
import { namedReport } from "./reports.ts";

export interface Order {
  target: "api" | "bare";
  api: string;
  tables: { cases: string; reporters: string };
  connections: number;
  seconds: number;
}

export interface Measured {
  perSecond: number;
  /** Of every answered request. */
  milliseconds: number[];
  /** What went wrong, with how often; empty when every submission was stored. */
  failures: Record<string, number>;
}

/** Sends submissions over HTTP, each under a key of its own. */
async function throughApi({ api, connections, seconds }: Order): Promise<Measured> {
  const milliseconds: number[] = [];
  const failures: Record<string, number> = {};
  const fail = (what: string, times = 1) => {
    if (times > 0) failures[what] = (failures[what] ?? 0) + times;
  };
  const numbers = new Set<string>();
  let created = 0;
  const run = autocannon({
    url: api,
    connections,
    duration: seconds,
    requests: [
      {
        method: "POST",
        path: "/v1/cases",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(namedReport),
        setupRequest: (request) => ({
          ...request,
          headers: { ...request.headers, "idempotency-key": randomUUID() },
        }),
        onResponse: (status, body) => {
          if (status !== 201)
            return fail(`status ${status}: ${body.replace(/"urn:[^"]*:request:[^"]*"/, "…")}`);
          created++;
          numbers.add(JSON.parse(body).trackingNumber);
        },
      },
    ],
  });
  void run.on("response", (_client, _status, _bytes, duration) => milliseconds.push(duration));
  const { errors, timeouts, duration } = await run;
  fail("connection errors", errors);
  fail("timeouts", timeouts);
  fail("answers with a number that another submission has", created - numbers.size);
  return { perSecond: created / duration, milliseconds, failures };
}

/** The items that the function would write for one submission. */
async function itemsOfSubmission(tables: Order["tables"]): Promise<TransactionItem[]> {
  let items: TransactionItem[] = [];
  const recorder = { send: async ({ input }: TransactWriteCommand) => (items = input.TransactItems ?? []) };
  const at = new Date();
  const trackingNumber = newTrackingNumber(randomBytes(trackingNumberEntropy));
  const receipt = newReceipt(randomBytes(receiptEntropy));
  const salt = randomBytes(16).toString("base64url");
  const submitted = submit(namedReport, {
    trackingNumber,
    receipt,
    salt,
    language: "id",
    verifyingAgency: "kemenpanrb",
    at,
  });
  const answer = { trackingNumber, receipt, status: "submitted" };
  const { cases, reporters: table } = tables;
  await caseStore(recorder as unknown as DynamoDBDocumentClient, {
    cases,
    reporters: { table, seal: knownSeal },
  }).submit(submitted, sealForRetry(randomUUID(), namedReport, answer, { at, nonce: randomBytes(12) }));
  return items;
}

/** More than the database stores in a second on any machine we know; the run ends early when they are used up. */
const preparedPerSecond = 1_000;

/** Sends the transactions of submissions straight to the database, prepared beforehand. */
async function bare({ tables, connections, seconds }: Order): Promise<Measured> {
  const waiting: TransactionItem[][] = [];
  while (waiting.length < seconds * preparedPerSecond) waiting.push(await itemsOfSubmission(tables));

  const dynamo = dynamoClient();
  const milliseconds: number[] = [];
  const failures: Record<string, number> = {};
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let items = waiting.pop(); items && performance.now() < until; items = waiting.pop()) {
        const sent = performance.now();
        try {
          await dynamo.send(new TransactWriteCommand({ TransactItems: items }));
          milliseconds.push(performance.now() - sent);
        } catch (error) {
          const { name } = error as Error;
          failures[name] = (failures[name] ?? 0) + 1;
        }
      }
    }),
  );
  const duration = (performance.now() - began) / 1000;
  dynamo.destroy();
  return { perSecond: milliseconds.length / duration, milliseconds, failures };
}

const order: Order = JSON.parse(process.argv[2] ?? "");
const measured = await (order.target === "api" ? throughApi(order) : bare(order));
process.stdout.write(JSON.stringify(measured));
