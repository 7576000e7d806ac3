import { randomUUID } from "node:crypto";
import { openingRoles } from "../../functions/administration/registry.ts";
import { routes as administrationRoutes } from "../../functions/administration/routes.ts";
import { routes as evidenceRoutes } from "../../functions/evidence/routes.ts";
import { routes as identityRoutes } from "../../functions/identity/routes.ts";
import { checkDeadline } from "../../functions/jobs/check-deadline.ts";
import { findDueCases } from "../../functions/jobs/find-due-cases.ts";
import { handOverCases } from "../../functions/jobs/hand-over-cases.ts";
import { recountClocks } from "../../functions/jobs/recount-clocks.ts";
import { routes as officerRoutes } from "../../functions/officer/routes.ts";
import { routes as practiceRoutes } from "../../functions/practice/routes.ts";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { routes as reporterRoutes } from "../../functions/reporter/routes.ts";
import { inspectAttachment } from "../../shared/attachment/inspection-flow.ts";
import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import type { RecountRequest } from "../../shared/case/clocks/due.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import type { HandOverTask } from "../../shared/directory/administration/agency.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import { errorPageOf } from "../../shared/http/page/error-page.ts";
import { signedInCookie } from "../../shared/http/page/officer.ts";
import { serve } from "../../shared/http/serve.ts";
import type {
  AbsenceNotice,
  AccountNotice,
  FollowRequest,
  RequestNotice,
} from "../../shared/notification/mail-message.ts";
import { openIdIssuer } from "../../shared/platform/issuer.ts";
import type { Threshold } from "../../shared/traffic/load.ts";
import { waitingRoom } from "../../shared/traffic/waiting-flow.ts";
import { signedInAt } from "../../shared/visitor/officer-session.ts";
import { aBrowser } from "./browsing.ts";
import { peopleOf } from "./case-people.ts";
import { aFrame } from "./frame.ts";
import { call, type Handler } from "./gateway.ts";
import { anIssuer } from "./issuer.ts";
import { memoryAccounts } from "./memory/account-store.ts";
import { memoryDirectory } from "./memory/directory-store.ts";
import { memoryOfficerDrafts } from "./memory/draft-store.ts";
import { memoryFiles } from "./memory/file-store.ts";
import { memoryInvitations } from "./memory/invitation-store.ts";
import { memoryLimits } from "./memory/limit-store.ts";
import { memoryOutbox } from "./outbox.ts";
import { roadComplaint } from "./reports.ts";
import { staff, type Who } from "./staff.ts";
import { attachmentLimits, memoryStores } from "./stores.ts";

/** A function whose table of routes is made at the first request: most tests ask few of them, and some make hundreds of offices. */
const lazily = (make: () => Handler): Handler => {
  let made: Handler | undefined;
  return (event, context) => (made ??= make())(event, context);
};

/** The whole API on stores in memory, with a clock that tests set. */
export function anOffice(
  at = "2026-11-24T09:00:00+08:00",
  {
    ownAccounts = true,
    people = Object.values(staff),
    threshold = { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
    stores = memoryStores(),
    directory: given,
  }: {
    ownAccounts?: boolean;
    people?: Officer[];
    threshold?: Threshold;
    stores?: Omit<ReturnType<typeof memoryStores>, "filesOf" | "emails">;
    /** A directory elsewhere, in place of the one in memory. */
    directory?: ReturnType<typeof memoryDirectory>;
  } = {},
) {
  let now = new Date(at);
  const limits = memoryLimits();
  const directory = given ?? memoryDirectory(people, limits, stores.requests);
  const recounts = memoryOutbox<RecountRequest>();
  const accounts = memoryAccounts(people);
  const handOvers = memoryOutbox<HandOverTask>();
  const files = memoryFiles();
  const evidence = { attachments: stores.attachments, files: async () => files, limits: attachmentLimits };
  const emails = memoryOutbox<FollowRequest>();
  const vault = {
    searchesOfDay: 30,
    searchTakes: 0,
    verifyingAgency: "kemenpanrb",
    filesOf: knownFiles(evidence),
  };
  const signIn = anIssuer({ now: () => now });
  const issuer = openIdIssuer(signIn, { now: () => now, ask: signIn.ask });
  const runsCounted: string[] = [];
  const desk = {
    ...stores,
    ...vault,
    issuer,
    directory,
    evidence,
    emails,
    threshold,
    officerDrafts: memoryOfficerDrafts(() => now),
    countRun: (what: string, scenario: string) => void runsCounted.push(`${what} ${scenario}`),
    frame: { ...aFrame(() => now), waiting: waitingRoom(stores.traffic) },
    now: () => now,
  };
  const errorPage = errorPageOf(desk.frame);
  const officerApi = lazily(() => serve(officerRoutes(desk), directory, { errorPage }));
  const publicApi = lazily(() => serve(publicRoutes(desk), undefined, { errorPage }));
  const apis = {
    officerApi,
    publicApi,
    reporterApi: lazily(() => serve(reporterRoutes(desk), undefined, { errorPage })),
    identityApi: lazily(() => serve(identityRoutes(desk), directory, { errorPage })),
    evidenceApi: lazily(() => serve(evidenceRoutes(desk), directory, { errorPage })),
    practiceApi: lazily(() => serve(practiceRoutes(desk), undefined, { errorPage })),
  };
  const mails = memoryOutbox<RequestNotice | AbsenceNotice | AccountNotice>();
  const registry = {
    ...desk,
    entries: directory,
    handOvers,
    accounts: ownAccounts ? accounts : undefined,
    invitations: memoryInvitations(),
    mails,
    mailboxDomains: ["go.id", "example"],
    openingRoles,
  };
  const limitsDesk = {
    limits,
    cases: stores.cases,
    practice: stores.practice,
    directory,
    recounts,
    recountDelaySeconds: 90,
    now: () => now,
  };
  const adminApi = lazily(() => serve(administrationRoutes(registry, limitsDesk), directory, { errorPage }));
  /** The function whose page is at an address, as infra/api-stack.ts sends them on. */
  const pagesOfOfficers = (path: string) => {
    if (/^(\/en)?\/petugas\/(kelola|saya)(\/|$)/.test(path)) return adminApi;
    if (/^(\/en)?\/petugas\/(pencarian-identitas(\/|$)|laporan\/[^/]+\/identitas$)/.test(path))
      return apis.identityApi;
    if (/^(\/en)?\/petugas\/laporan\/[^/]+\/berkas\/[^/]+\/asli$/.test(path)) return apis.evidenceApi;
    if (/^(\/en)?\/latihan(\/|$)/.test(path)) return apis.practiceApi;
    return /^(\/en)?\/petugas(\/|$)/.test(path) ? officerApi : publicApi;
  };

  return {
    ...stores,
    ...vault,
    issuer,
    /** The issuer that officers sign in at. */
    signIn,
    directory,
    files,
    accounts,
    /** The routes of officers and of administrators, for whoever calls them with headers of their own. */
    officerApi,
    adminApi,
    /** The routes and pages of everybody, and those of reporters. */
    publicApi,
    reporterApi: apis.reporterApi,
    identityApi: apis.identityApi,
    evidenceApi: apis.evidenceApi,
    practiceApi: apis.practiceApi,
    /** The runs of practice that were counted: what of which scenario. */
    runsCounted,
    /** The browser of an officer who has signed in. It asks for any page of theirs. */
    browserOf: async (who: Who | Officer) => {
      const { subject } = typeof who === "string" ? staff[who] : who;
      const signedIn = await signedInCookie(desk.frame, signedInAt(subject, now));
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(signedIn) ?? [];
      return aBrowser(
        (event, context) => pagesOfOfficers(event.requestContext.http.path)(event, context),
        new Map([[name, value]]),
      );
    },
    /** What officers typed and did not send yet. */
    officerDrafts: desk.officerDrafts,
    handOvers,
    /** The tables of routes, each by the folder of functions/ that serves it. */
    tables: () => ({
      administration: administrationRoutes(registry, limitsDesk),
      evidence: evidenceRoutes(desk),
      identity: identityRoutes(desk),
      officer: officerRoutes(desk),
      practice: practiceRoutes(desk),
      public: publicRoutes(desk),
      reporter: reporterRoutes(desk),
    }),
    /** The messages about wishes to follow a case. */
    emails,
    /** The messages about requests that need a second person. */
    mails,
    /** Works through the messages about closed agencies. */
    async handOver() {
      const work = handOverCases(registry, desk, { now: () => now });
      for (let message = handOvers.messages.shift(); message; message = handOvers.messages.shift())
        await work(message);
    },
    /** Sets the clock to a local time with its offset. */
    at(local: string) {
      now = new Date(local);
    },
    now: () => now,
    /** Submits a report. Returns the case as its people know it. */
    async submit(change: Partial<Submission> = {}, headers: Record<string, string> = {}) {
      const sent = await call(publicApi, "POST", "/v1/cases", {
        body: { ...roadComplaint, occurredOn: undefined, ...change },
        headers: { "idempotency-key": randomUUID(), ...headers },
      });
      if (sent.status !== 201) throw new Error(JSON.stringify(sent.body));
      const number = String(sent.body.trackingNumber);
      const receipt = { authorization: `Receipt ${sent.body.receipt}` };
      return peopleOf({ number, receipt, ...apis }, (upload, change, look) =>
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
      );
    },
    /** Sends a report from an address. Returns the answer. */
    send: (body: unknown, address: string, headers: Record<string, string> = {}) =>
      call(publicApi, "POST", "/v1/cases", {
        body,
        address,
        headers: { "idempotency-key": randomUUID(), ...headers },
      }),
    /** Reads what everybody may read. */
    reads: (path: string, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      call(publicApi, "GET", path, { query, headers }),
    /** Makes an officer's move on any case. */
    as: (who: Who, number: string, path: string, body: unknown) =>
      call(officerApi, "POST", `/v1/officer/cases/${number}/${path}`, { body, subject: staff[who].subject }),
    /** Makes a reporter's move on any case. */
    asReporter: (number: string, receipt: string, path: string, body: unknown) =>
      call(apis.reporterApi, "POST", `/v1/cases/${number}/${path}`, {
        body,
        headers: { authorization: `Receipt ${receipt}`, "idempotency-key": randomUUID() },
      }),
    /** Asks for a challenge: for a report, or for the receipt of a case. */
    challenge: (address: string, trackingNumber?: string) =>
      call(publicApi, "GET", "/v1/challenges", {
        address,
        ...(trackingNumber && { query: { trackingNumber } }),
      }),
    /** Looks up any number from an address. */
    track: (number: string, address: string, headers: Record<string, string> = {}) =>
      call(publicApi, "GET", `/v1/cases/${number}`, { address, headers }),
    /** Makes a reporter's move without a body on any case, from an address. */
    asReporterFrom: (address: string, number: string, path: string, headers: Record<string, string>) =>
      call(apis.reporterApi, "POST", `/v1/cases/${number}/${path}`, { body: {}, address, headers }),
    counts: (who: Who, query: Record<string, string> = {}) =>
      call(officerApi, "GET", "/v1/officer/counts", { query, subject: staff[who].subject }),
    limits,
    recounts,
    /** Asks as an administrator: "PUT", "calendars/2026?dryRun=true" ... */
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
    /** Asks the administration function as an officer about themselves: "PUT", "absence" ... */
    ofMine: (who: Who | Officer, method: string, path: string, body?: unknown) =>
      call(adminApi, method, `/v1/officer/me/${path}`, {
        ...(body !== undefined && { body }),
        subject: (typeof who === "string" ? staff[who] : who).subject,
      }),
    /** Works through the messages that have the open cases counted anew. */
    async recount() {
      const work = recountClocks(stores.cases, directory, recounts, { now: () => now });
      for (let message = recounts.messages.shift(); message; message = recounts.messages.shift())
        await work(message);
    },
    /** Runs the scheduled checks once, and works on every message that comes of it. */
    async sweep() {
      const checks = memoryOutbox<{ trackingNumber: string }>();
      const sweeps = memoryOutbox<object>();
      const clock = { now: () => now };
      const { lastSweep } = stores;
      await findDueCases(stores.cases, { checks, sweeps, lastSweep }, clock)({});
      for (const message of checks.messages) await checkDeadline(stores.cases, directory, clock.now)(message);
    },
    queue: (who: Who, query: Record<string, string>) =>
      call(officerApi, "GET", "/v1/officer/cases", { query, subject: staff[who].subject }),
    asks: (who: Who | Officer, path: string, query: Record<string, string> = {}) =>
      call(officerApi, "GET", path, {
        query,
        subject: (typeof who === "string" ? staff[who] : who).subject,
      }),
    feed: (query: Record<string, string> = {}) => call(publicApi, "GET", "/v1/cases", { query }),
  };
}
