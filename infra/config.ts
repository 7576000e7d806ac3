/** What differs between the stages. Everything else is the same everywhere. */
export interface Stage {
  name: string;
  /** Production keeps its data whatever happens to the stack. */
  production: boolean;
  region: string;
  /** Mail from us comes from this address; its domain has to be verified in SES. */
  senderAddress: string;
  /** Where alarms go; whoever reads it confirms the subscription once. */
  alarmAddress: string;
  /** Where citizens and officers see pages; mails carry links only where it is set. */
  siteUrl?: string;
  /** Web pages that may call the API from a browser. */
  corsOrigins: string[];
  /** Requests a second that the gateway lets through, and how many at once on top. */
  throttle: { ratePerSecond: number; burst: number };
  /** The same of reports, which cost the most. */
  reportThrottle: { ratePerSecond: number; burst: number };
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  /** How long the daily copies of newest hashes cannot be removed; "compliance": not even by whoever runs the account. */
  anchorLock: { mode: "governance" | "compliance"; days: number };
  /** How much may be attached to a case. The inspection's memory is measured for these megapixels. */
  attachments: { files: number; megabytes: number; megapixels: number };
  /**
   * Who looks for malware in uploads before anybody can download them: GuardDuty (a fee per gigabyte), or nobody, where
   * no citizen sends anything: then only the test string of EICAR counts as malware.
   */
  malwareScan: "guardduty" | "eicar";
  /**
   * How long stored holidays wait before open cases are counted by them. More than the minute for which functions
   * remember what was before; a stage that is shorter may count a case by the old ones until its next look.
   */
  recountDelaySeconds: number;
  /** How many batches of mails may be sent at a time: bounded by the sending rate that SES grants. */
  mailConcurrency: number;
  /**
   * Seconds that alerts to one person are gathered for one mail; seconds after the opening at which daily mails go out; seconds
   * between two mails to one person about new cases.
   */
  gathering: { alertSeconds: number; dailySeconds: number; newCaseSeconds: number };
  /** Reports in ten minutes that cost nothing: of one network, and of all together. From there on each has to bring a proof of work. */
  freeReports: { ofNetwork: number; ofAll: number };
  /** Whether a report nearly the same as another of its network, minutes before, is held: nobody is mailed about it. */
  holdsAlike: boolean;
  /**
   * CloudFront and AWS WAF in front of the API: floods from few addresses do not reach it. Absent where only developers call
   * it: idle it costs eight dollars a month.
   */
  edge?: {
    /**
     * Requests of one address in five minutes, until it waits: of all, and of those that send something. Thousands of phones
     * share an address of a mobile network, so these stop machines; what a network may do is counted by the functions.
     */
    requestsOfAddress: number;
    sentByAddress: number;
    /** Requests held off in five minutes of which whoever is on call is told. */
    alarmAboveBlocked: number;
    /** Which secrets the edge may prove itself with; it sends the first one. How to change it: docs/runbook.md#went-around-the-edge. */
    originSecrets: [string, ...string[]];
    /** A domain of ours, with its certificate in us-east-1; without it the distribution has a name of CloudFront's. */
    domain?: { name: string; certificateArn: string };
  };
  /** Who vouches for officers: a user pool of our own, or any issuer of OpenID Connect that is there already. */
  signIn:
    | {
        kind: "cognito";
        /** The sign-in pages are at https://<prefix>.auth.<region>.amazoncognito.com: unique in the region. */
        domainPrefix: string;
        /** Where the sign-in pages send officers back to, with the code. */
        callbackUrls: string[];
      }
    | {
        kind: "issuer";
        /** As in its tokens' `iss`; its keys are found by OpenID Connect discovery. */
        issuer: string;
        /** What its access tokens for this API have as `aud`, or as `client_id` where they have no `aud`. */
        audience: string;
      };
}

const dev: Stage = {
  name: "dev",
  production: false,
  region: "ap-southeast-3",
  senderAddress: "lapor@dev.sp4n-lapor.example",
  alarmAddress: "alarm@dev.sp4n-lapor.example",
  corsOrigins: ["http://localhost:5173"],
  throttle: { ratePerSecond: 200, burst: 400 },
  reportThrottle: { ratePerSecond: 50, burst: 100 },
  verifyingAgency: "kemenpanrb",
  anchorLock: { mode: "governance", days: 1 },
  attachments: { files: 10, megabytes: 25, megapixels: 50 },
  malwareScan: "eicar",
  recountDelaySeconds: 1,
  mailConcurrency: 2,
  gathering: { alertSeconds: 10, dailySeconds: 30, newCaseSeconds: 0 },
  // Whoever develops, tries and measures sends everything from one machine.
  freeReports: { ofNetwork: 1_000_000, ofAll: 1_000_000 },
  holdsAlike: false,
  signIn: {
    kind: "cognito",
    domainPrefix: "sp4n-lapor-dev",
    callbackUrls: ["http://localhost:5173/petugas/masuk"],
  },
};

/** What meets people rather than developers. */
const amongPeople = {
  // A sweep comes every five minutes; the daily mail waits for the first one's alerts.
  gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600 },
  // Many phones share an address; a thousand in ten minutes is more than the whole country sends on its busiest day.
  freeReports: { ofNetwork: 20, ofAll: 1_000 },
  holdsAlike: true,
} satisfies Partial<Stage>;

/** For rehearsals, and to see on one machine what holds floods off: nothing in it is kept or scanned. */
const staging: Stage = {
  ...dev,
  ...amongPeople,
  name: "staging",
  senderAddress: "lapor@staging.sp4n-lapor.example",
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
  senderAddress: "lapor@sp4n-lapor.example",
  alarmAddress: "alarm@sp4n-lapor.example",
  corsOrigins: ["https://sp4n-lapor.example"],
  throttle: { ratePerSecond: 2_000, burst: 4_000 },
  reportThrottle: { ratePerSecond: 200, burst: 400 },
  anchorLock: { mode: "compliance", days: 3650 },
  malwareScan: "guardduty",
  edge: {
    // A twentieth of what the gateway lets through of all.
    requestsOfAddress: 30_000,
    sentByAddress: 3_000,
    alarmAboveBlocked: 1_000,
    originSecrets: ["a"],
  },
  recountDelaySeconds: 90,
  mailConcurrency: 10,
  signIn: {
    kind: "cognito",
    domainPrefix: "sp4n-lapor",
    callbackUrls: ["https://sp4n-lapor.example/petugas/masuk"],
  },
};

export const stages: Readonly<Record<string, Stage>> = { dev, staging, prod };

/** The stage of this name; refuses a name that nobody configured. */
export function stageNamed(name: string): Stage {
  const stage = stages[name];
  if (!stage)
    throw new Error(`There is no stage "${name}"; infra/config.ts has ${Object.keys(stages).join(", ")}.`);
  return stage;
}

/** Where alarms send whoever is on call. */
export const runbookUrl = "https://github.com/sp4n-lapor/sp4n-lapor/blob/main/docs/runbook.md";
