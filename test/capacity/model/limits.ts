import { assumptions } from "./assumptions.ts";
import type { Inventory } from "./inventory.ts";
import type { MeasuredStep, Measurement } from "./measurement.ts";
import { callsOfGateway, stepsOfLife } from "./usage.ts";

/** What a rush needs of something, and how much of it there is. */
export interface Need {
  what: string;
  needed: number;
  there: number;
  unit: string;
  /** What happens above it, and what to turn. */
  then: string;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Entries of these indexes are spread over so many partitions by the case's number. */
const parts: Readonly<Record<string, number>> = {
  "Cases/by-check": 8,
  "Cases/by-feed": 4,
  "Cases/by-move-day": 4,
  "Cases/by-retention": 4,
};
/** What functions remember for a minute is read once by each environment. */
const rememberedSeconds = 60;

const ofPartition = { read: 3_000, write: 1_000 };
const ofTable = 40_000;

/** The steps that come with a report at once: it is written and sent, people are told, and its photo is looked at. */
const rushing = ["Write and send on pages", "Mails about the report", "Attach a photo"];

export interface Rush {
  /** Reports a second, all of one kabupaten or kota and to one agency: the worst case. */
  perSecond: number;
  /** Public pages a second that reach the functions. */
  pagesPerSecond: number;
}

interface Rate {
  step: MeasuredStep;
  /** So often a second. */
  rate: number;
}

/** What happens a second in a rush. */
function ratesOf(measured: Measurement, rush: Rush): Rate[] {
  const { photoShare } = assumptions;
  const steps = stepsOfLife(measured.busy)
    .filter(({ step }) => rushing.includes(step))
    .map((step) => ({ step, rate: rush.perSecond * (step.step === "Attach a photo" ? photoShare : 1) }));
  const pages = Object.entries(assumptions.pages).flatMap(([name, share]) => {
    const step = measured.busy.find((one) => one.step === name);
    return step ? [{ step, rate: (rush.pagesPerSecond * share) / 100 }] : [];
  });
  return [...steps, ...pages];
}

const secondsIn = (rates: readonly Rate[], name: string): number =>
  sum(rates.map(({ step, rate }) => (rate * (step.functions[name]?.milliseconds ?? 0)) / 1000));

export interface Partition {
  place: string;
  partition: string;
  read: number;
  write: number;
}

/** What partitions that many cases share are asked a second, the hottest first. */
export function partitionsOf(measured: Measurement, rush: Rush): Partition[] {
  const rates = ratesOf(measured, rush);
  const shared = new Map<string, Partition>();
  for (const { step, rate } of rates)
    for (const { place, partition, read, write } of step.shared) {
      const key = `${place} ${partition}`;
      const found = shared.get(key) ?? { place, partition, read: 0, write: 0 };
      const spread = partition.includes("{part}") ? (parts[place] ?? 1) : 1;
      found.read += (rate * read) / spread;
      found.write += (rate * write) / spread;
      shared.set(key, found);
    }
  // A function remembers the directory for a minute, so each environment asks once for what every request would.
  const environments = Math.max(1, secondsIn(rates, "Public"));
  const remembered = environments / rememberedSeconds / (rush.perSecond + rush.pagesPerSecond);
  return [...shared.values()]
    .map((one) =>
      one.place.startsWith("Directory") ? { ...one, read: one.read * Math.min(1, remembered) } : one,
    )
    .sort(
      (a, b) =>
        Math.max(b.write / ofPartition.write, b.read / ofPartition.read) -
        Math.max(a.write / ofPartition.write, a.read / ofPartition.read),
    );
}

/** What is needed a second of everything that has a bound, the scarcest first. */
export function needsOf(measured: Measurement, inventory: Inventory, rush: Rush): Need[] {
  const { stage, workers } = inventory;
  const { photoShare } = assumptions;
  const all = ratesOf(measured, rush);
  const seconds = (name: string) => secondsIn(all, name);
  const publicNeeded = seconds("Public");
  const partitions = partitionsOf(measured, rush);
  const [written] = [...partitions].sort((a, b) => b.write - a.write);
  const [read] = [...partitions].sort((a, b) => b.read - a.read);
  const tableWrites = (table: string) =>
    sum(
      all.map(({ step, rate }) =>
        sum(Object.entries(step.units).map(([place, { write }]) => (place === table ? write * rate : 0))),
      ),
    );

  const web = sum(all.map(({ step, rate }) => rate * callsOfGateway(step)));
  // Each mail to a reporter opens one sealed address. Those to officers are gathered: in a rush each of them gets few.
  const mails = sum(all.map(({ step, rate }) => rate * (step.requests["kms Decrypt"] ?? 0)));
  const { concurrency } = stage;
  const forms = rush.perSecond * formsOfReport;
  const published = measured.busy.find(({ step }) => step === "Mails about the report")?.functions
    .PublishEvents;
  const events = rush.perSecond * (1 + photoShare);

  const needs: Need[] = [
    {
      what: `Writes in the hottest partition: \`${written?.place}\`, ${written?.partition}`,
      needed: written?.write ?? 0,
      there: ofPartition.write,
      unit: "units",
      then: "DynamoDB refuses some, and the function tries again. The key has to be spread over more parts.",
    },
    {
      what: `Reads in the hottest partition: \`${read?.place}\`, ${read?.partition}`,
      needed: read?.read ?? 0,
      there: ofPartition.read,
      unit: "units",
      then: "DynamoDB refuses some. `holdsBack` has searches and downloads wait.",
    },
    {
      what: "Writes of the Cases table, without its indexes",
      needed: tableWrites("Cases"),
      there: ofTable,
      unit: "units",
      then: "Ask for more in Service Quotas. A table that was never as busy takes 4,000 at once, and twice its last peak after half an hour.",
    },
    {
      what: "`public` functions at a time",
      needed: publicNeeded,
      there: concurrency?.public ?? 1_000,
      unit: "at a time",
      then: "People get 503 and try again. Turn `concurrency.public`.",
    },
    {
      what: "`reporter` functions at a time",
      needed: seconds("Reporter"),
      there: concurrency?.reporter ?? 1_000,
      unit: "at a time",
      then: "Turn `concurrency.reporter`.",
    },
    {
      what: "Forms and reports through one route of the gateway",
      needed: forms,
      there: stage.reportThrottle.ratePerSecond,
      unit: "a second",
      then: "The gateway answers 429, and pages say to press again. Turn `reportThrottle`.",
    },
    {
      what: "Requests of all kinds through the gateway",
      needed: web,
      there: Math.min(stage.throttle.ratePerSecond, assumptions.gatewayPerSecond),
      unit: "a second",
      then: "The gateway answers 429. Turn `throttle`, after the account's own quota of API Gateway.",
    },
    {
      what: "Mails to reporters that SES takes",
      needed: mails,
      there: assumptions.mailsPerSecond,
      unit: "a second",
      then: "Mails wait in their queue, for up to 14 days, and none is lost. Ask SES for a higher sending rate, then turn `mailConcurrency`.",
    },
    {
      what: "Batches of mails at a time, each of one mail",
      needed: seconds("Emails/Function"),
      there: workers["Emails/Function"]?.concurrency ?? 0,
      unit: "at a time",
      then: "Mails wait. A fuller queue comes in batches of ten, which is up to ten times as many. Turn `mailConcurrency`.",
    },
    {
      what: "Photos looked at a time",
      needed: seconds("Inspections/Function") * assumptions.photoTimes,
      there: workers["Inspections/Function"]?.concurrency ?? 0,
      unit: "at a time",
      then: "Photos stay waiting, and nobody sees them yet. Turn `inspectionConcurrency`.",
    },
    {
      what: "Publishing, by one shard of the stream",
      needed: ((events / 100) * (published?.milliseconds ?? 0)) / 1000,
      there: 1,
      unit: "at a time",
      then: "Mails are late. DynamoDB splits a busy table into more shards; `concurrency.events` bounds how many are read at a time.",
    },
    {
      what: "Reports without a proof of work",
      needed: rush.perSecond,
      there: stage.freeReports.ofAll / 600,
      unit: "a second",
      then: "Each further report brings a proof of work of some seconds, or waits on a page. It is not refused. Turn `freeReports.ofAll` for a disaster that everybody knows of.",
    },
  ];
  return needs.filter(({ needed }) => needed > 0).sort((a, b) => b.needed / b.there - a.needed / a.there);
}

/** Forms that the pages of a report send: four steps, and the last button. */
const formsOfReport = 5;
