import { randomUUID } from "node:crypto";
import { routes as administrationRoutes } from "../../functions/administration/routes.ts";
import { routes as evidenceRoutes } from "../../functions/evidence/routes.ts";
import { routes as identityRoutes } from "../../functions/identity/routes.ts";
import { checkDeadline } from "../../functions/jobs/check-deadline.ts";
import { findDueCases } from "../../functions/jobs/find-due-cases.ts";
import { handOverCases } from "../../functions/jobs/hand-over-cases.ts";
import { recountClocks } from "../../functions/jobs/recount-clocks.ts";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { routes as reporterRoutes } from "../../functions/reporter/routes.ts";
import type { Upload } from "../../shared/attachment/file-store.ts";
import type { inspect } from "../../shared/attachment/inspection/inspection.ts";
import { inspectAttachment, type Inspecting } from "../../shared/attachment/inspection-flow.ts";
import type { RecountRequest } from "../../shared/case/clocks/due.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import type { HandOverTask } from "../../shared/directory/administration/agency.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { serve } from "../../shared/http/serve.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import { type Answer, call } from "./gateway.ts";
import { roadComplaint } from "./reports.ts";
import {
  anOfficer,
  memoryAccounts,
  memoryDirectory,
  memoryFiles,
  memoryLimits,
  memoryOutbox,
  memoryStores,
} from "./stores.ts";

const city = "pemkot-balikpapan";
const department = "balikpapan-dinas-pu";

/** Who works in the tests: invented officers of the ministry, the city of Balikpapan and its department of public works. */
export const staff = {
  national: anOfficer("national-admin", "kemenpanrb"),
  admin: anOfficer("agency-admin", city),
  mayor: anOfficer("agency-head", city),
  liaison: anOfficer("liaison-officer", department),
  worker: anOfficer("unit-officer", department),
  head: anOfficer("agency-head", department),
  roads: anOfficer("unit-officer", "balikpapan-uptd-jalan"),
  elsewhere: anOfficer("unit-officer", "pemkot-samarinda"),
  observer: anOfficer("ombudsman-observer", "kemenpanrb"),
  auditor: anOfficer("auditor", "kemenpanrb"),
};
const attachmentLimits = { files: 10, megabytes: 25, megapixels: 50 };

export type Who = keyof typeof staff;

/** The whole API on stores in memory, with a clock that tests set. */
export function anOffice(
  at = "2026-11-24T09:00:00+08:00",
  {
    ownAccounts = true,
    people = Object.values(staff),
    threshold = { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
  }: { ownAccounts?: boolean; people?: Officer[]; threshold?: Threshold } = {},
) {
  let now = new Date(at);
  const stores = memoryStores();
  const limits = memoryLimits();
  const directory = memoryDirectory(people, limits);
  const recounts = memoryOutbox<RecountRequest>();
  const accounts = memoryAccounts();
  const handOvers = memoryOutbox<HandOverTask>();
  const files = memoryFiles();
  const evidence = { attachments: stores.attachments, files: async () => files, limits: attachmentLimits };
  const desk = { ...stores, directory, evidence, threshold, verifyingAgency: "kemenpanrb", now: () => now };
  const officerApi = serve(officerRoutes(desk), directory);
  const reporterApi = serve(reporterRoutes(desk));
  const identityApi = serve(identityRoutes(desk), directory);
  const publicApi = serve(publicRoutes(desk));
  const evidenceApi = serve(evidenceRoutes(desk), directory);
  const registry = { ...desk, entries: directory, handOvers, accounts: ownAccounts ? accounts : undefined };
  const adminApi = serve(
    administrationRoutes(registry, {
      limits,
      cases: stores.cases,
      directory,
      recounts,
      recountDelaySeconds: 90,
      now: () => now,
    }),
    directory,
  );

  return {
    ...stores,
    directory,
    files,
    accounts,
    handOvers,
    /** Works through the messages about closed agencies. */
    async handOver() {
      const work = handOverCases(registry, desk, { now: () => now });
      for (let message = handOvers.messages.shift(); message; message = handOvers.messages.shift())
        await work(message);
    },
    /** Sets the clock, as a local time with its offset. */
    at(local: string) {
      now = new Date(local);
    },
    now: () => now,
    /** Submits a report; gives back the case as its people know it. */
    async submit(change: Partial<Submission> = {}) {
      const sent = await call(publicApi, "POST", "/v1/cases", {
        body: { ...roadComplaint, occurredOn: undefined, ...change },
        headers: { "idempotency-key": randomUUID() },
      });
      if (sent.status !== 201) throw new Error(JSON.stringify(sent.body));
      const number = String(sent.body.trackingNumber);
      const receipt = { authorization: `Receipt ${sent.body.receipt}` };
      return {
        number,
        receipt,
        /** An officer's move: "answer", "assignment" ... */
        as: (who: Who | Officer, path: string, body: unknown = {}, headers = {}): Promise<Answer> =>
          call(officerApi, "POST", `/v1/officer/cases/${number}/${path}`, {
            body,
            headers,
            subject: (typeof who === "string" ? staff[who] : who).subject,
          }),
        /** A reporter's move: "replies", "confirmation" ... */
        reporter: (path: string, body: unknown = {}): Promise<Answer> =>
          call(reporterApi, "POST", `/v1/cases/${number}/${path}`, { body, headers: receipt }),
        openIdentity: (who: Who, reason: string): Promise<Answer> =>
          call(identityApi, "POST", `/v1/officer/cases/${number}/identity-opening`, {
            body: { reason },
            subject: staff[who].subject,
          }),
        correct: (changes: object): Promise<Answer> =>
          call(identityApi, "PUT", `/v1/cases/${number}/contact`, { body: changes, headers: receipt }),
        deleteIdentity: (): Promise<Answer> =>
          call(identityApi, "POST", `/v1/cases/${number}/identity-deletion`, { body: {}, headers: receipt }),
        personalData: () =>
          call(identityApi, "GET", `/v1/cases/${number}/personal-data`, { headers: receipt }),
        seenByPublic: () => call(publicApi, "GET", `/v1/cases/${number}`),
        seenByReporter: () => call(publicApi, "GET", `/v1/cases/${number}`, { headers: receipt }),
        seenBy: (who: Who) =>
          call(officerApi, "GET", `/v1/officer/cases/${number}`, { subject: staff[who].subject }),
        /** Everything that goes with the receipt, from somewhere. */
        from: (
          address: string,
          method: string,
          path = "",
          { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
        ) =>
          call(method === "GET" ? publicApi : reporterApi, method, `/v1/cases/${number}${path}`, {
            address,
            headers: { ...receipt, ...headers },
            ...(body !== undefined && { body }),
          }),
        /** A download as the reporter, or as an officer. */
        fetch: (attachmentId: string, who?: Who, query?: Record<string, string>) =>
          who
            ? call(officerApi, "GET", `/v1/officer/cases/${number}/attachments/${attachmentId}`, {
                subject: staff[who].subject,
                query,
              })
            : call(publicApi, "GET", `/v1/cases/${number}/attachments/${attachmentId}`, {
                headers: receipt,
                query,
              }),
        openOriginal: (who: Who, attachmentId: string, reason = "Pemeriksaan keaslian foto.") =>
          call(evidenceApi, "POST", `/v1/officer/cases/${number}/attachments/${attachmentId}/opening`, {
            body: { reason },
            subject: staff[who].subject,
          }),
        /** Inspects one upload, as its message asks. */
        inspect: (upload: Upload, change: Partial<Inspecting> = {}, look?: typeof inspect) =>
          inspectAttachment(
            {
              ...stores,
              directory,
              files,
              limits: attachmentLimits,
              malwareScan: "eicar",
              later: memoryOutbox(),
              ...change,
            },
            { now: () => now, ...(look && { look }) },
          )({ ...upload, waits: 0 }),
        proof: () => call(publicApi, "GET", `/v1/cases/${number}/proof`),
      };
    },
    /** Sends a report from somewhere; gives back the answer. */
    send: (body: unknown, address: string, headers: Record<string, string> = {}) =>
      call(publicApi, "POST", "/v1/cases", {
        body,
        address,
        headers: { "idempotency-key": randomUUID(), ...headers },
      }),
    /** An officer's move of any case. */
    as: (who: Who, number: string, path: string, body: unknown) =>
      call(officerApi, "POST", `/v1/officer/cases/${number}/${path}`, { body, subject: staff[who].subject }),
    challenge: (address: string) => call(publicApi, "GET", "/v1/challenges", { address }),
    /** Looks up any number, from somewhere. */
    track: (number: string, address: string, headers: Record<string, string> = {}) =>
      call(publicApi, "GET", `/v1/cases/${number}`, { address, headers }),
    counts: (who: Who, query: Record<string, string> = {}) =>
      call(officerApi, "GET", "/v1/officer/counts", { query, subject: staff[who].subject }),
    limits,
    recounts,
    /** What administrators ask: "PUT", "calendars/2026?dryRun=true" ... */
    admin: (
      who: Who | Officer,
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ) => {
      const [address, query = ""] = path.split("?");
      return call(adminApi, method, `/v1/admin/${address}`, {
        ...(body !== undefined && { body }),
        headers,
        query: Object.fromEntries(new URLSearchParams(query)),
        subject: (typeof who === "string" ? staff[who] : who).subject,
      });
    },
    chooseMails: (who: Who, body: unknown) =>
      call(adminApi, "PUT", "/v1/officer/me/mail-settings", { body, subject: staff[who].subject }),
    /** Works through the messages that have the open cases counted anew. */
    async recount() {
      const work = recountClocks(stores.cases, directory, recounts, { now: () => now });
      for (let message = recounts.messages.shift(); message; message = recounts.messages.shift())
        await work(message);
    },
    /** One run of the scheduled checks, with every message that it leads to worked on. */
    async sweep() {
      const checks = memoryOutbox<{ trackingNumber: string }>();
      const sweeps = memoryOutbox<object>();
      const clock = { now: () => now };
      await findDueCases(stores.cases, { checks, sweeps }, clock)({});
      for (const message of checks.messages) await checkDeadline(stores.cases, directory, clock.now)(message);
    },
    queue: (who: Who, query: Record<string, string>) =>
      call(officerApi, "GET", "/v1/officer/cases", { query, subject: staff[who].subject }),
    asks: (who: Who, path: string) => call(officerApi, "GET", path, { subject: staff[who].subject }),
    feed: (query: Record<string, string> = {}) => call(publicApi, "GET", "/v1/cases", { query }),
  };
}
