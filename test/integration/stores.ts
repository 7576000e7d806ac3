import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { submit } from "../../shared/case/case.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { addressMarkStore } from "../../shared/notification/addresses/address-mark-store.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { notificationStore } from "../../shared/notification/notification-store.ts";
import { pileStore } from "../../shared/notification/piles/pile-store.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import { trafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownHash, knownSeal, knownSubscriberSeal } from "../fakes/seal.ts";
import type { Database } from "./database.ts";

/** Our stores on the tables of a database. */
export const storesOn = (database: Database) => {
  const { table } = database;
  return {
    cases: caseStore(database.dynamo, {
      cases: table("Cases"),
      reporters: { table: table("Reporters"), seal: knownSeal },
    }),
    reporters: reporterStore(database.dynamo, table("Reporters"), knownSeal),
    notifications: notificationStore(database.dynamo, table("Notifications")),
    piles: pileStore(database.dynamo, table("Notifications")),
    traffic: trafficStore(database.dynamo, table("Traffic"), knownHash),
    expiry: trafficExpiry(database.dynamo, table("Traffic")),
    undeliverables: undeliverableStore(database.dynamo, table("Notifications")),
    addressMarks: addressMarkStore(database.dynamo, table("Notifications")),
    subscribers: subscriberStore(database.dynamo, table("Notifications"), knownSubscriberSeal),
  };
};

/** The tables that hold a receipt or a word about a reporter in clear, and those that hold nothing at all. */
export async function inClear(database: Database, ...names: string[]): Promise<string[]> {
  const found = await Promise.all(
    names.map((name) => database.dynamo.send(new ScanCommand({ TableName: database.table(name) }))),
  );
  return found.flatMap(({ Items = [] }, index) =>
    Items.length === 0 || /0000-0000-0000-0000-0000|contoh\.example|Warga/.test(JSON.stringify(Items))
      ? [names[index] ?? ""]
      : [],
  );
}

/** The instant at which these tests play. */
export const at = new Date("2026-11-23T01:30:00Z");
let drawn = 0;
/** A number that no other case has. */
export const anyNumber = () => `TEST-${String(drawn++).padStart(5, "0")}`;

/** A report as it was just submitted. */
export const opened = (trackingNumber: string, change: Partial<Submission> = {}, openedAt = at) =>
  submit(
    { ...roadComplaint, ...change },
    {
      trackingNumber,
      receipt: "0000-0000-0000-0000-0000",
      salt: "salt",
      language: "id",
      verifyingAgency: "kemenpanrb",
      at: openedAt,
    },
  );
/** What a key was used for. */
export const sealed = (key: string, sealedAt = at) =>
  sealForRetry(key, { title: "x" }, { trackingNumber: "x" }, { at: sealedAt, nonce: new Uint8Array(12) });

export const secondsLater = (seconds: number) => new Date(at.getTime() + seconds * 1000);
