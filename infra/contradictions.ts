import type { Stage } from "./config.ts";

/** Functions remember holidays for so long (shared/directory/directory-store.ts). */
export const directoryMemorySeconds = 60;
/** SQS delays a message for no longer than this (shared/platform/message-queue.ts). */
export const longestDelaySeconds = 900;

/** A rule that the settings of a stage keep, and what follows where they do not. */
interface Rule {
  holds: (stage: Stage) => boolean;
  otherwise: string;
}

const rules: readonly Rule[] = [
  {
    holds: ({ production, malwareScan }) => !production || malwareScan === "guardduty",
    otherwise: 'takes files of citizens: its malwareScan has to be "guardduty"',
  },
  {
    holds: ({ production, edge }) => !production || edge !== undefined,
    otherwise: "takes reports of citizens: it needs an edge that holds floods off",
  },
  {
    holds: ({ production, concurrency }) => !production || concurrency !== undefined,
    otherwise: "lets any job of the account crowd out citizens: it needs concurrency",
  },
  {
    holds: ({ production, canary }) => !production || canary,
    otherwise: "gives a faulty version to everybody at once: it needs canary",
  },
  {
    holds: ({ restored }) => !restored?.cases || restored.cases.streamArn !== undefined,
    otherwise: "mails nobody of any event: restored.cases needs the streamArn of the restored table",
  },
  {
    holds: ({ account, copiesTo }) =>
      copiesTo === undefined ||
      (/^arn:aws:backup:[\w-]+:\d{12}:backup-vault:[\w-]+$/.test(copiesTo) &&
        copiesTo.split(":")[4] !== account),
    otherwise: "loses its copies with the account: copiesTo is the ARN of a backup vault in another account",
  },
  {
    holds: ({ production, siteUrl }) => !production || siteUrl?.startsWith("https://") === true,
    otherwise: "mails citizens: it needs a siteUrl with https, which its mails link to",
  },
  {
    // The pages compare it with the header Origin, which is written like this.
    holds: ({ siteUrl }) =>
      siteUrl === undefined || (URL.canParse(siteUrl) && new URL(siteUrl).origin === siteUrl),
    otherwise:
      "is at an origin, such as https://lapor.example: its siteUrl has no path, and no slash at its end",
  },
  {
    holds: ({ signIn, siteUrl }) =>
      signIn.kind !== "cognito" || siteUrl !== undefined || signIn.callbackUrls.length > 0,
    otherwise:
      "cannot make its user pool, which sends officers back to one address at least: until it has a siteUrl, its signIn.callbackUrls needs one",
  },
  {
    holds: ({ domain, siteUrl }) => domain === undefined || siteUrl === `https://${domain.name}`,
    otherwise: "answers at its domain: its siteUrl has to be https:// and domain.name",
  },
  {
    holds: ({ domain }) =>
      domain === undefined || /^arn:aws[\w-]*:acm:us-east-1:/.test(domain.certificateArn),
    otherwise:
      "answers at its domain through CloudFront, which takes certificates from us-east-1 only: domain.certificateArn names one elsewhere",
  },
  {
    holds: ({ account, domain }) =>
      account === undefined || domain === undefined || domain.certificateArn.split(":")[4] === account,
    otherwise:
      "has its certificate in another account than account: domain.certificateArn has to name this one",
  },
  {
    holds: ({ account }) => account === undefined || /^\d{12}$/.test(account),
    otherwise: "is in an account, which has twelve digits: account has others",
  },
  {
    holds: ({ production, anchorLock }) => !production || anchorLock.mode === "compliance",
    otherwise: 'keeps the proof of citizens\' cases: its anchorLock.mode has to be "compliance"',
  },
  {
    holds: ({ recountDelaySeconds }) => recountDelaySeconds >= directoryMemorySeconds,
    otherwise: `counts open cases by the old holidays: its recountDelaySeconds has to be at least ${directoryMemorySeconds}, because functions remember holidays for so long`,
  },
  {
    holds: ({ recountDelaySeconds }) => recountDelaySeconds <= longestDelaySeconds,
    otherwise: `never counts open cases anew: its recountDelaySeconds is above the ${longestDelaySeconds} that SQS takes`,
  },
  {
    holds: ({ gathering: { alertSeconds, dailySeconds } }) => alertSeconds <= dailySeconds,
    otherwise:
      "sends the daily mail before its alerts are gathered: gathering.dailySeconds has to be at least gathering.alertSeconds",
  },
  {
    // What is no number is found with the function that cannot read it.
    holds: ({ freeReports: { ofNetwork, ofAll } }) => !(ofNetwork > ofAll),
    otherwise:
      "asks everybody for proof of work before it asks one network: freeReports.ofAll has to be at least freeReports.ofNetwork",
  },
  {
    holds: ({ throttle, reportThrottle }) =>
      reportThrottle.ratePerSecond <= throttle.ratePerSecond && reportThrottle.burst <= throttle.burst,
    otherwise: "lets more reports through than requests: reportThrottle has to be within throttle",
  },
  {
    holds: ({ throttle, reportThrottle }) =>
      [throttle, reportThrottle].every(({ ratePerSecond, burst }) => burst >= ratePerSecond),
    otherwise: "never reaches its rate: every burst has to be at least the ratePerSecond beside it",
  },
  {
    holds: ({ edge }) => edge === undefined || edge.sentByAddress <= edge.requestsOfAddress,
    otherwise:
      "lets an address send more than it may ask: edge.sentByAddress is above edge.requestsOfAddress",
  },
];

/** Refuses settings of a stage that contradict each other, all at once. */
export function refuseContradictions(stage: Stage): void {
  const found = rules.filter(({ holds }) => !holds(stage)).map(({ otherwise }) => otherwise);
  if (found.length > 0)
    throw new Error(
      [`The settings of the stage "${stage.name}" contradict each other. The stage`, ...found].join("\n- "),
    );
}
