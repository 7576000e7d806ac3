import { SendingPausedException } from "@aws-sdk/client-sesv2";
import { shippedYears } from "../../shared/deadline/calendar/calendar.ts";
import { aCall, onKey, onSchedule } from "./calls.ts";
import { day, night, type Play, type Traffic } from "./play.ts";

/** A fault that an alarm has to tell of. */
export interface Fault {
  /** In the words of the table in docs/runbook.md. */
  name: string;
  /** The alarm that tells of it, and the anchor of its heading. */
  alarm: string;
  runbook: string;
  /** How busy people are meanwhile. A day, if nothing is said. */
  traffic?: Traffic;
  startsAt?: string;
  /** Besides its own no alarms ring but these. Nothing is said of the others where this is left out. */
  alone?: readonly string[];
  breaks(play: Play): unknown;
  mends(play: Play): unknown;
}

/** Officers are at their desks, and twice as many citizens read. */
const officeHours: Traffic = { ...day, citizens: 60, officers: 30 };

const busy: Traffic = { ...day, reports: 1, atOnce: 3 };

/** The key of identities, as the templates name it. */
const ofIdentities = "data/IdentityKey.Arn";

const decree = {
  year: 2026,
  decree: "SKB contoh tentang perubahan hari libur 2026",
  days: [
    ...(shippedYears().find(({ year }) => year === 2026)?.days ?? []),
    { date: "2026-12-07", kind: "joint-leave", name: "Cuti bersama contoh" },
  ],
};

const isIn = (from: (play: Play) => Set<string>, path: string) => ({
  breaks: (play: Play) => from(play).add(path),
  mends: (play: Play) => from(play).delete(path),
});
const crashing = (path: string) => isIn(({ faults }) => faults.crashing, path);
const throttled = (path: string) => isIn(({ faults }) => faults.throttled, path);
const stopped = (path: string) => isIn(({ faults }) => faults.stopped, path);

/** Somebody switches a schedule off, and CloudTrail tells of it. */
const switchedOff = (path: string) => ({
  breaks(play: Play) {
    play.trail(onSchedule("UpdateSchedule", path, { state: "DISABLED" }));
    play.faults.stopped.add(path);
  },
  mends: stopped(path).mends,
});

const ofCases = "sp4n-lapor-prod-data-Cases1A2B3C4D-0A1B2C3D4E5F";
/** What somebody changes past a deployment, and where it is told. */
const changes = [
  [
    "Somebody lets others become a role of ours",
    "edge/RolesChanged",
    "roles-changed",
    aCall("iam", "UpdateAssumeRolePolicy", {
      requestParameters: { roleName: "sp4n-lapor-prod-data-IdentityRole1A2B3C4D-0A1B2C3D4E5F" },
    }),
  ],
  [
    "Somebody gives a function other code",
    "api/CodeChanged",
    "code-changed",
    aCall("lambda", "UpdateFunctionCode20150331v2", {
      requestParameters: { functionName: "sp4n-lapor-prod-api-Identity1A2B3C4D-0A1B2C3D4E5F" },
    }),
  ],
  [
    "Somebody stops the trail",
    "api/WatchChanged",
    "watch-changed",
    aCall("cloudtrail", "StopLogging", { requestParameters: { name: "sp4n-lapor-prod" } }),
  ],
  [
    "Somebody switches the copies of a table off",
    "api/KeepingChanged",
    "keeping-changed",
    aCall("dynamodb", "UpdateContinuousBackups", { requestParameters: { tableName: ofCases } }),
  ],
  [
    "Somebody sets an officer's password",
    "api/AccountsChanged",
    "accounts-changed",
    aCall("cognito-idp", "AdminSetUserPassword", { requestParameters: { userPoolId: "sign-in/Officers" } }),
  ],
] as const;

/** Each has to be told within ten minutes, whoever looks at the clock. */
export const faults: readonly Fault[] = [
  {
    name: "SES refuses every mail",
    alarm: "jobs/Emails/Function/Failing",
    runbook: "send-email",
    breaks: ({ faults: now }) =>
      (now.ses = () =>
        new SendingPausedException({ message: "injected", $metadata: { httpStatusCode: 400 } })),
    mends: ({ faults: now }) => delete now.ses,
  },
  {
    name: "The publisher may not send to the message queue",
    alarm: "jobs/PublishEvents/Errors",
    runbook: "publish-events",
    ...isIn(({ faults: now }) => now.closedQueues, "jobs/Emails"),
  },
  {
    name: "The sweep may not send to the message queue",
    alarm: "jobs/Sweeps/Function/Failing",
    runbook: "find-due-cases",
    // A case is due for a check: without one the sweep has nothing to send.
    startsAt: "2026-11-27T08:00:00+08:00",
    ...isIn(({ faults: now }) => now.closedQueues, "jobs/DeadlineChecks"),
  },
  {
    name: "The scanner is silent",
    alarm: "jobs/ScansMissing",
    runbook: "scans-missing",
    breaks: ({ faults: now }) => (now.scanMinutes = Number.POSITIVE_INFINITY),
    mends: ({ faults: now }) => (now.scanMinutes = 1),
  },
  {
    name: "The schedule of digests is switched off",
    alarm: "jobs/FindDueDigests/NotRunFindDueDigestsEveryMinute",
    runbook: "find-due-digests",
    ...stopped("jobs/FindDueDigestsEveryMinute/Schedule"),
  },
  {
    name: "The schedule of sweeps is switched off",
    alarm: "jobs/Sweeps/Function/NotRunSweepEveryFiveMinutes",
    runbook: "find-due-cases",
    // Right after a sweep: nothing is missing for five minutes.
    startsAt: "2026-11-24T10:01:00+07:00",
    ...stopped("jobs/SweepEveryFiveMinutes/Schedule"),
  },
  ...["ForgetTrafficEveryTenMinutes", "BuildSearchIndexHourly", "RemoveExpiredDaily"].map((one): Fault => ({
    name: `Somebody switches ${one} off`,
    alarm: "jobs/SchedulesChanged/Told",
    runbook: "schedules-changed",
    ...switchedOff(`jobs/${one}/Schedule`),
  })),
  {
    name: "Somebody removes AnchorHistoriesDaily",
    alarm: "jobs/SchedulesChanged/Told",
    runbook: "schedules-changed",
    breaks: (play) => play.trail(onSchedule("DeleteSchedule", "jobs/AnchorHistoriesDaily/Schedule")),
    mends: () => {},
  },
  {
    name: "DynamoDB holds the table of cases back",
    alarm: "data/Cases/Throttled",
    runbook: "table-throttled",
    ...isIn(({ faults: now }) => now.throttledTables, "data/Cases"),
  },
  {
    name: "DynamoDB holds the table of notifications back",
    alarm: "data/Notifications/Throttled",
    runbook: "table-throttled",
    ...isIn(({ faults: now }) => now.throttledTables, "data/Notifications"),
  },
  {
    name: "An event cannot be published, and those behind it wait",
    alarm: "jobs/PublishEvents/Behind",
    runbook: "events-wait",
    breaks: (play) => play.spoilStream(),
    mends: (play) => play.mendStream(),
  },
  {
    name: "The publisher is held back",
    alarm: "jobs/PublishEvents/Throttled",
    runbook: "publish-events",
    ...throttled("jobs/PublishEvents"),
  },
  {
    name: "One message can never be worked on",
    alarm: "jobs/Emails/Function/Failing",
    runbook: "send-email",
    breaks: (play) => play.put("jobs/Emails", { nothing: "that anybody knows" }),
    mends: (play) => play.queues["jobs/Emails"]?.purgeDead(),
  },
  {
    name: "Newer code wrote what this code cannot read",
    alarm: "jobs/ItemsUnreadable",
    runbook: "items-unreadable",
    breaks: (play) => play.put("jobs/Emails", { kind: "of-next-year" }),
    mends: (play) => play.queues["jobs/Emails"]?.purgeDead(),
  },
  {
    name: "The public API answers slowly",
    alarm: "api/Public/Slow",
    runbook: "slow-answers",
    breaks: ({ faults: now }) => now.slowTables.set("data/Cases", 6_000),
    mends: ({ faults: now }) => now.slowTables.delete("data/Cases"),
  },
  {
    name: "The public API crashes by day",
    alarm: "api/ServerErrors",
    runbook: "server-errors",
    ...crashing("api/Public"),
  },
  {
    name: "The public API crashes by night, with three requests in ten minutes",
    alarm: "api/ServerErrors",
    runbook: "server-errors",
    startsAt: "2026-11-25T02:00:00+07:00",
    traffic: { ...night, reads: 3 },
    ...crashing("api/Public"),
  },
  {
    name: "The public API is held back",
    alarm: "api/NoneFree",
    runbook: "none-free",
    ...throttled("api/Public"),
  },
  {
    name: "The worker of mails crashes",
    alarm: "jobs/Emails/Function/Errors",
    runbook: "send-email",
    ...crashing("jobs/Emails/Function"),
  },
  {
    name: "The worker of mails is held back",
    alarm: "jobs/Emails/Function/Throttled",
    runbook: "send-email",
    ...throttled("jobs/Emails/Function"),
  },
  {
    name: "The job of digests crashes",
    alarm: "jobs/FindDueDigests/Errors",
    runbook: "find-due-digests",
    ...crashing("jobs/FindDueDigests"),
  },
  {
    name: "The worker of inspections crashes",
    alarm: "jobs/Inspections/Function/Errors",
    runbook: "inspect-attachment",
    ...crashing("jobs/Inspections/Function"),
  },
  {
    name: "The officers' API crashes",
    alarm: "api/Officer/Errors",
    runbook: "officer-api",
    ...crashing("api/Officer"),
  },
  {
    name: "A new version of the officers' API fails at each request of its tenth",
    alarm: "api/Officer/RequestsFailed",
    runbook: "server-errors",
    traffic: officeHours,
    // The alarms by which everybody is moved back do not see it: of all requests too few fail.
    alone: ["api/SomeServerErrors"],
    breaks: ({ faults: now }) => now.faulty.set("api/Officer", 10),
    mends(play) {
      play.comes(night);
      play.faults.faulty.delete("api/Officer");
    },
  },
  {
    name: "The daily removal crashes at its hour",
    alarm: "jobs/RemoveExpired/Errors",
    runbook: "remove-expired",
    startsAt: "2026-11-25T02:15:00+07:00",
    traffic: night,
    ...crashing("jobs/RemoveExpired"),
  },
  {
    name: "Somebody disables a key",
    alarm: "data/KeysChanged/Told",
    runbook: "keys-changed",
    breaks: (play) => play.trail(onKey("DisableKey", ofIdentities)),
    mends: () => {},
  },
  {
    name: "Somebody schedules the deletion of a key",
    alarm: "data/KeysChanged/Told",
    runbook: "keys-changed",
    breaks: (play) => play.trail(onKey("ScheduleKeyDeletion", ofIdentities, { pendingWindowInDays: 7 })),
    mends: () => {},
  },
  ...changes.map(([name, alarm, runbook, call]): Fault => ({
    name,
    alarm: `${alarm}/Told`,
    runbook,
    breaks: (play) => play.trail(call),
    mends: () => {},
  })),
  {
    name: "Mails come back",
    alarm: "jobs/MailFeedback/Bounced",
    runbook: "mails-came-back",
    breaks(play) {
      play.comes(busy);
      play.faults.bouncing = true;
    },
    mends(play) {
      play.comes(day);
      play.faults.bouncing = false;
    },
  },
  {
    name: "The rules of practice are not copied",
    alarm: "jobs/PracticeNotCopied",
    runbook: "practice-not-copied",
    traffic: night,
    async breaks(play) {
      play.faults.throttledTables.add("data/Practice");
      await play.administrate("PUT", "calendars/2026", decree);
    },
    mends: ({ faults: now }) => now.throttledTables.delete("data/Practice"),
  },
];
