import { assumptions } from "./assumptions.ts";
import type { Inventory } from "./inventory.ts";
import type { MeasuredStep, Measurement } from "./measurement.ts";
import { added, type Quantities, times } from "./prices.ts";

export type Day = "alone" | "busy";

const gigabyte = 1e9;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Functions that the gateway calls stand at the top of their stack, and belong to no queue, stream or schedule. */
const behindGateway = ["Public", "Reporter", "Officer", "Evidence", "Administration", "Identity", "Practice"];

export const callsOfGateway = ({ functions }: MeasuredStep): number =>
  sum(behindGateway.map((name) => functions[name]?.calls ?? 0));

/** Calls that a message queue makes: each has a receive and a delete besides. */
const callsOfQueues = ({ functions }: MeasuredStep, { workers }: Inventory): number =>
  sum(
    Object.entries(functions).map(([name, { calls }]) =>
      name in workers || name.replace(/\/Function$/, "") in workers ? calls : 0,
    ),
  );

const requestsOf = ({ requests }: MeasuredStep, pattern: RegExp): number =>
  sum(Object.entries(requests).map(([name, count]) => (pattern.test(name) ? count : 0)));

/** Calls that the stage's own trail tells of: see AuditTrail in infra. */
const trailedOf = ({ asked, functions }: MeasuredStep): number => {
  const { Cases: cases, Directory: directory, Reporters: reporters, sealed } = asked;
  const all = [reporters, sealed].map((one) => (one ? one.reads + one.writes : 0));
  const called = ["Officer", "Evidence", "Administration", "Identity"].map(
    (one) => functions[one]?.calls ?? 0,
  );
  return sum([...all, ...called, cases?.writes ?? 0, directory?.writes ?? 0]);
};

/** What one step uses. */
function usageOf(step: MeasuredStep, inventory: Inventory): Quantities {
  const { functions, units, bytes, files } = step;
  const calls = sum(Object.values(functions).map((one) => one.calls));
  const web = callsOfGateway(step);
  const worked = callsOfQueues(step, inventory);
  const gbSeconds = sum(
    Object.entries(functions).map(
      ([name, { milliseconds }]) => ((inventory.memory[name] ?? 0) / 1024) * (milliseconds / 1000),
    ),
  );
  const logged =
    sum(Object.values(functions).map((one) => one.logged)) +
    calls * assumptions.platformLogBytes +
    web * assumptions.accessLogBytes;
  const overLine = bytes.toBrowsers + bytes.files + (web + files) * assumptions.headerBytes;
  return {
    lambdaRequest: calls,
    lambdaGbSecond: gbSeconds,
    dynamoRead: sum(Object.values(units).map(({ read }) => read)),
    dynamoWrite: sum(Object.values(units).map(({ write }) => write)),
    s3Write: requestsOf(step, /^s3 (Put|Post|List)/),
    s3Read: requestsOf(step, /^s3 (Get|Head)/),
    queueRequest: requestsOf(step, /^sqs /) + worked * 2,
    mail: requestsOf(step, /^ses /),
    keyRequest: requestsOf(step, /^kms /),
    logIn: logged / gigabyte,
    trace: calls * assumptions.tracedShare,
    ...(inventory.stage.trail && { trailEvent: trailedOf(step) }),
    ...(inventory.stage.edge && { firewallRequest: web + files }),
    gatewayRequest: web,
    edgeRequest: web + files,
    edgeFunction: web,
    edgeOut: overLine / gigabyte,
  };
}

/** The steps of one report's whole life: written on pages, with a photo, worked on, late once, answered twice and rated. */
export const stepsOfLife = (steps: readonly MeasuredStep[]): MeasuredStep[] =>
  steps.filter(({ step }) => !/^(Job|Page): /.test(step) && !/sen[dt] by the API/i.test(step));

const photoStep = "Attach a photo";

/** What one report uses over its whole life, where this share of the reports have a photo. */
export function usageOfReport(measured: Measurement, day: Day, inventory: Inventory): Quantities {
  const { photoShare, photoMegabytes } = assumptions;
  const steps = stepsOfLife(measured[day]);
  return added(
    ...steps.map((step) => times(step.step === photoStep ? photoShare : 1, usageOf(step, inventory))),
    inventory.stage.malwareScan === "guardduty"
      ? times(photoShare, {
          scanObject: 1,
          scanGb: photoMegabytes / 1000,
          // The scanner's verdict is asked for, and comes as an event beside that of the upload.
          s3Read: 2,
          busEvent: 2,
          queueRequest: 3,
        })
      : { busEvent: photoShare },
    // An officer and the reporter look at the copy once.
    { transferOut: (photoShare * 2 * photoMegabytes) / 1000 },
  );
}

/** What lies in tables, buckets and logs once so many reports a month have come for so many months. */
export function keptOf(measured: Measurement, reportsOfMonth: number, used: Quantities): Quantities {
  const { photoShare, photoMegabytes, copiesOfPhoto, monthsKept } = assumptions;
  const reports = reportsOfMonth * monthsKept;
  const tables = (reports * sum(Object.values(measured.keptOfReport))) / gigabyte;
  return {
    dynamoStorage: tables,
    dynamoBackup: tables,
    s3Storage: (reports * photoShare * photoMegabytes * copiesOfPhoto) / 1000,
    logKept: (used.logIn ?? 0) * monthsKept,
  };
}

/** What lies in the vaults besides, where a stage has its tables copied to another account. A copy is whole each time. */
export const keptInVaults = ({ dynamoStorage = 0 }: Quantities): Quantities => ({
  vaultStorage: dynamoStorage * assumptions.nightsInVaults,
});

/** What a stage costs in a month in which nobody comes. */
export function usageOfIdle(measured: Measurement, inventory: Inventory): Quantities {
  const { idlePollers, pollSeconds, ownMetrics, daysOfMonth } = assumptions;
  const jobs: Record<string, string> = {
    FindDueDigestsEveryMinute: "Job: piles of mails, every minute",
    SweepEveryFiveMinutes: "Job: sweep with nothing due",
    CheckCalendarsDaily: "Job: calendars",
    AnchorHistoriesDaily: "Job: copy of the day's hashes",
    RemoveExpiredDaily: "Job: what has expired",
    BuildSearchIndexHourly: "Job: search index of the hour",
    ForgetTrafficEveryTenMinutes: "Job: counts of networks",
  };
  const runs = Object.entries(inventory.schedules).map(([schedule, calls]) => {
    // A job that runs every minute or so finds its environment as it left it.
    const steps = measured[calls > 1_000 ? "busy" : "alone"];
    const step = steps.find((one) => one.step === jobs[schedule]);
    if (!step) throw new Error(`Nobody measured what ${schedule} asks for`);
    return times(calls, { ...usageOf(step, inventory), schedule: 1 });
  });
  const polls =
    Object.keys(inventory.workers).length * idlePollers * ((daysOfMonth * 24 * 60 * 60) / pollSeconds);
  const { edge } = inventory.stage;
  return added(...runs, {
    queueRequest: polls,
    keyMonth: inventory.keys,
    alarmMonth: inventory.watchedMetrics,
    dashboardMonth: inventory.dashboards,
    metricMonth: ownMetrics,
    ...(inventory.secrets > 0 && { secretMonth: inventory.secrets }),
    ...(edge && { firewallMonth: 1, firewallRuleMonth: inventory.firewallRules }),
  });
}

/** What so many public pages use, of which CloudFront answers a share by itself. */
export function usageOfPages(
  measured: Measurement,
  inventory: Inventory,
  { pages, fromEdge }: { pages: number; fromEdge: number },
): Quantities {
  const all = Object.entries(assumptions.pages).map(([name, share]) => {
    const step = measured.busy.find((one) => one.step === name);
    if (!step) throw new Error(`Nobody measured "${name}"`);
    const shared = step.bytes.files / assumptions.pagesOfVisit;
    const used = usageOf({ ...step, files: 0, bytes: { ...step.bytes, files: 0 } }, inventory);
    const filesOfPage = step.files / assumptions.pagesOfVisit;
    const atEdge: Quantities = {
      edgeRequest: 1 + filesOfPage,
      edgeFunction: 1,
      edgeOut: (step.bytes.toBrowsers + shared + (1 + filesOfPage) * assumptions.headerBytes) / gigabyte,
      ...(inventory.stage.edge && { firewallRequest: 1 + filesOfPage }),
    };
    const behind = Object.fromEntries(Object.entries(used).filter(([id]) => !(id in atEdge)));
    return times((pages * share) / 100, added(atEdge, times(1 - fromEdge, behind)));
  });
  return added(...all);
}
