/** The tables that are worth a restore. */
export type RestoredTable = "cases" | "reporters" | "directory" | "notifications";

type Reserving =
  | ("public" | "reporter" | "identity" | "officer" | "administration" | "evidence" | "practice")
  | ("events" | "jobs");

/** The settings in which the stages differ. Everything else is the same everywhere. */
export interface Stage {
  name: string;
  /** Production keeps its data whatever happens to the stack. */
  production: boolean;
  /**
   * The AWS account of the stage, as twelve digits. The CDK refuses to deploy into any other. Production names it; without it a stage
   * goes into whatever account the credentials are for.
   */
  account?: string;
  region: string;
  /**
   * Our mail comes from this address. Its domain has to be verified in SES. Nobody may have a mailbox there: replies and
   * out-of-office answers hold the addresses of reporters.
   */
  senderAddress: string;
  /** Alarms are mailed to this address. Its reader confirms the subscription once. */
  alarmAddress: string;
  /** What can wait until the day is mailed to this address. Left out, it goes to the address of alarms too. */
  ticketAddress?: string;
  /**
   * The one public origin, as browsers write it: pages, `/aset/` and `/v1/` are there. Mails carry links, also the one that stops them,
   * and a phone can show how far the upload of a file is, only if it is set. A new stage learns it from its first deployment (`SiteUrl`).
   */
  siteUrl?: string;
  /** A domain of ours for the site, with its certificate in us-east-1. Without one CloudFront gives the distribution a name. */
  domain?: { name: string; certificateArn: string };
  /** Pages elsewhere that may call the API from a browser. */
  corsOrigins: string[];
  /** The gateway lets through so many requests a second, and so many at once on top. */
  throttle: { ratePerSecond: number; burst: number };
  /**
   * So many calls of each function run at a time, and so many are reserved for it: no other function of the account takes them.
   * Citizens' functions get the most. `events` is for the publisher, which keeps up with the table of cases, and each scheduled job
   * gets `jobs`. An account has 1,000, unless it is new: more than a third of that is left for message queues and whatever else is there.
   * Without it all functions share what the account has.
   */
  concurrency?: Record<Reserving, number>;
  /**
   * If this is true, a new version of what answers people gets a tenth of the requests for ten minutes, and the others when no alarm
   * rang. Otherwise it gets all of them at once.
   */
  canary: boolean;
  /**
   * If this is true, searches and downloads of lists wait as they do under strain, so that reports, tracking and moves go on. Functions
   * also do so by themselves while the tables are slow or refuse calls.
   */
  holdsBack: boolean;
  /** The gateway lets through so many reports, which cost the most. */
  reportThrottle: { ratePerSecond: number; burst: number };
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  /**
   * Mailboxes of agencies are at these domains or below them. One elsewhere needs the agreement of two administrators.
   */
  mailboxDomains: [string, ...string[]];
  /**
   * Nobody can remove the daily copies of newest hashes for so long, nor a file of the trail within the year that it is kept. With
   * "compliance" even the account's owner cannot.
   */
  anchorLock: { mode: "governance" | "compliance"; days: number };
  /**
   * Tables that came out of a restore, and are used in place of the stage's own ones until somebody has copied back what those lost.
   * docs/runbook.md#a-table-that-is-lost says how a restored table gets what a restore leaves out, such as the stream.
   */
  restored?: Partial<Record<RestoredTable, { name: string; streamArn?: string }>>;
  /**
   * The ARN of a vault of AWS Backup in another account of the organisation, which has a key of its own. The tables are copied there every
   * night. Without it all copies are in this account.
   */
  copiesTo?: string;
  /**
   * If this is true, a trail of the stage tells who called what, and whoever is on call is told of changes past a deployment. Those of roles
   * are told in us-east-1 alone, so they take an edge too. Otherwise the account has a trail of its own for management events.
   */
  trail: boolean;
  /** So much may be attached to a case. The inspection's memory is measured for these megapixels. */
  attachments: { files: number; megabytes: number; megapixels: number };
  /**
   * The scanner looks for malware in uploads before anybody can download them. GuardDuty takes a fee per gigabyte. With
   * "eicar" nobody looks, and only the test string of EICAR counts as malware. That is for stages to which no citizen
   * sends anything.
   */
  malwareScan: "guardduty" | "eicar";
  /**
   * Stored holidays wait for so long before open cases are counted by them: at least for as long as functions remember
   * the old holidays, or cases would be counted by those.
   */
  recountDelaySeconds: number;
  /** So many batches of mails may be sent at a time. The sending rate that SES grants is the bound. */
  mailConcurrency: number;
  /** So many uploads are looked at a time. What waits is seen by nobody. */
  inspectionConcurrency: number;
  /**
   * Alerts to one person are gathered for one mail during `alertSeconds`. Daily mails go out `dailySeconds` after the
   * opening of an office. After a mail about a new case the same person gets the next one `newCaseSeconds` later, and after
   * a mail about a case the next one about the same case `caseSeconds` later.
   */
  gathering: { alertSeconds: number; dailySeconds: number; newCaseSeconds: number; caseSeconds: number };
  /**
   * So many reports in ten minutes cost nothing, from one network and from all. Each further one has to bring a proof of
   * work.
   */
  freeReports: { ofNetwork: number; ofAll: number };
  /** So often may one officer search by NIK or telephone number on a day of their agency. */
  identitySearchesOfDay: number;
  /**
   * If this is true, a report is held when nearly the same one came minutes before, from its network, or anonymously from
   * any. Mails about a held report wait until an officer has looked.
   */
  holdsAlike: boolean;
  /**
   * AWS WAF at CloudFront: floods from few addresses do not reach the API, and nobody goes around CloudFront. An idle edge costs eight
   * dollars a month, so stages that only developers call have none. Without it functions see the address of CloudFront, and count all
   * who come through it as its networks. Headers count for nothing then, because anybody may write them.
   */
  edge?: {
    /**
     * One address may send so many requests in five minutes: of any kind, and of those that change something. Thousands
     * of phones share one address of a mobile network, so these limits stop machines only. The functions count networks.
     */
    requestsOfAddress: number;
    sentByAddress: number;
    /** Whoever is on call is told when more requests than this are held off in five minutes. */
    alarmAboveBlocked: number;
    /**
     * The functions know the edge by these secrets. The edge sends the first one. docs/runbook.md#went-around-the-edge
     * changes it.
     */
    originSecrets: [string, ...string[]];
  };
  /** Vouches for officers: a user pool of our own, or an issuer of OpenID Connect that is there already. */
  signIn:
    | {
        kind: "cognito";
        /**
         * The sign-in pages are at https://<prefix>.auth.<region>.amazoncognito.com. The prefix is unique in the region.
         */
        domainPrefix: string;
        /**
         * Pages elsewhere that sign officers in for the API. The pages of the site need no line here: they follow from `siteUrl`.
         */
        callbackUrls: string[];
      }
    | {
        kind: "issuer";
        /** The `iss` of the issuer's tokens. Its keys are found by OpenID Connect discovery. */
        issuer: string;
        /** The `aud` of the issuer's access tokens for this API, or their `client_id` if they have no `aud`. */
        audience: string;
        /**
         * The pages sign officers in as this public client, with the code flow and PKCE. It sends them back to
         * `<siteUrl>/petugas/masuk/kembali`, and after signing out to `<siteUrl>/petugas/keluar` and `<siteUrl>/en/petugas/keluar`.
         */
        clientId: string;
      };
}

const dev: Stage = {
  name: "dev",
  production: false,
  region: "ap-southeast-3",
  senderAddress: "jangan-balas@dev.sp4n-lapor.example",
  alarmAddress: "alarm@dev.sp4n-lapor.example",
  corsOrigins: ["http://localhost:5173"],
  throttle: { ratePerSecond: 200, burst: 400 },
  reportThrottle: { ratePerSecond: 50, burst: 100 },
  canary: false,
  trail: false,
  holdsBack: false,
  verifyingAgency: "kemenpanrb",
  // The invented mailboxes of the shipped agencies are below "example".
  mailboxDomains: ["go.id", "example"],
  anchorLock: { mode: "governance", days: 1 },
  attachments: { files: 10, megabytes: 25, megapixels: 50 },
  malwareScan: "eicar",
  recountDelaySeconds: 61,
  mailConcurrency: 2,
  inspectionConcurrency: 5,
  gathering: { alertSeconds: 10, dailySeconds: 30, newCaseSeconds: 0, caseSeconds: 10 },
  // A developer sends everything from one machine.
  freeReports: { ofNetwork: 1_000_000, ofAll: 1_000_000 },
  holdsAlike: false,
  identitySearchesOfDay: 30,
  signIn: {
    kind: "cognito",
    domainPrefix: "sp4n-lapor-dev",
    callbackUrls: ["http://localhost:5173/petugas/masuk"],
  },
};

/** The settings of stages that people meet, not only developers. */
const amongPeople = {
  // A sweep comes every five minutes. The daily mail waits for the alerts of the first sweep.
  gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600, caseSeconds: 1_800 },
  // Many phones share an address. The whole country sends fewer than a thousand in ten minutes on its busiest day.
  freeReports: { ofNetwork: 20, ofAll: 1_000 },
  holdsAlike: true,
} satisfies Partial<Stage>;

/** To see on one machine, or cheaply, how floods are held off. Its data end with its stacks, and nothing is scanned. */
const staging: Stage = {
  ...dev,
  ...amongPeople,
  name: "staging",
  senderAddress: "jangan-balas@staging.sp4n-lapor.example",
  alarmAddress: "alarm@staging.sp4n-lapor.example",
  signIn: {
    kind: "cognito",
    domainPrefix: "sp4n-lapor-staging",
    callbackUrls: ["http://localhost:5173/petugas/masuk"],
  },
};

const prod: Stage = {
  ...dev,
  ...amongPeople,
  name: "prod",
  production: true,
  senderAddress: "jangan-balas@sp4n-lapor.example",
  alarmAddress: "alarm@sp4n-lapor.example",
  siteUrl: "https://sp4n-lapor.example",
  corsOrigins: ["https://sp4n-lapor.example"],
  throttle: { ratePerSecond: 2_000, burst: 4_000 },
  // A report on pages is five forms: these are eighty reports a second.
  reportThrottle: { ratePerSecond: 400, burst: 800 },
  // A request takes a tenth of a second at most days: these are some four thousand a second.
  concurrency: {
    ...{ public: 300, reporter: 100, identity: 30, officer: 100 },
    ...{ administration: 30, evidence: 20, practice: 20, events: 10, jobs: 2 },
  },
  canary: true,
  trail: true,
  // Governments and villages; "mil.id" and others are added by whoever has such agencies.
  mailboxDomains: ["go.id", "desa.id"],
  anchorLock: { mode: "compliance", days: 3650 },
  malwareScan: "guardduty",
  edge: {
    // The gateway lets through twenty times as much of all callers together.
    requestsOfAddress: 30_000,
    sentByAddress: 3_000,
    alarmAboveBlocked: 1_000,
    originSecrets: ["a"],
  },
  recountDelaySeconds: 90,
  mailConcurrency: 10,
  // Thirty photos a second on the day of a disaster (docs/capacity.md). Idle ones cost nothing.
  inspectionConcurrency: 60,
  signIn: {
    kind: "cognito",
    domainPrefix: "sp4n-lapor",
    callbackUrls: [],
  },
};

/**
 * Production as a whole, to try a deployment, a restore or a drill on. It takes no reports of citizens, its data end with its stacks, and
 * nobody can remove its copies of hashes for one day. It stands beside production in one account, so it reserves less.
 */
const rehearsal: Stage = {
  ...prod,
  name: "rehearsal",
  production: false,
  // Production's restored tables hold citizens' cases, and its far vault their copies: a rehearsal takes up neither.
  restored: undefined,
  copiesTo: undefined,
  // A name on the internet belongs to one site, and whoever reads production's tickets is not woken by a rehearsal.
  domain: undefined,
  ticketAddress: undefined,
  senderAddress: "jangan-balas@rehearsal.sp4n-lapor.example",
  alarmAddress: "alarm@rehearsal.sp4n-lapor.example",
  siteUrl: "https://rehearsal.sp4n-lapor.example",
  corsOrigins: ["https://rehearsal.sp4n-lapor.example"],
  // Compliance as in production: a rehearsal with a lock that somebody can lift would show nothing of it.
  anchorLock: { mode: "compliance", days: 1 },
  inspectionConcurrency: 5,
  concurrency: {
    ...{ public: 30, reporter: 10, identity: 5, officer: 10 },
    ...{ administration: 5, evidence: 2, practice: 2, events: 2, jobs: 2 },
  },
  signIn: { kind: "cognito", domainPrefix: "sp4n-lapor-rehearsal", callbackUrls: [] },
};

export const stages: Readonly<Record<string, Stage>> = { dev, staging, rehearsal, prod };

/** Returns the stage of this name. A name that nobody configured is refused. */
export function stageNamed(name: string): Stage {
  const stage = stages[name];
  if (!stage)
    throw new Error(`There is no stage "${name}"; infra/config.ts has ${Object.keys(stages).join(", ")}.`);
  return stage;
}

/** Every alarm links to its heading in this document. */
export const runbookUrl = "https://github.com/sp4n-lapor/sp4n-lapor/blob/main/docs/runbook.md";
