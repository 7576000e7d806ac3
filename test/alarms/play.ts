import { randomUUID } from "node:crypto";
import { ProvisionedThroughputExceededException } from "@aws-sdk/client-dynamodb";
import { type SendEmailCommandInput, SESv2Client } from "@aws-sdk/client-sesv2";
import { type SendMessageBatchCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Context, DynamoDBRecord } from "aws-lambda";
import { anchorHistories } from "../../functions/jobs/anchor-histories.ts";
import { buildSearchIndex } from "../../functions/jobs/build-search-index.ts";
import { checkCalendars, copyDaily } from "../../functions/jobs/check-calendars.ts";
import { checkDeadline, checkRequest } from "../../functions/jobs/check-deadline.ts";
import { findDueCases, sweep } from "../../functions/jobs/find-due-cases.ts";
import { findDueDigests } from "../../functions/jobs/find-due-digests.ts";
import { forgetTraffic } from "../../functions/jobs/forget-traffic.ts";
import { uploadMessage } from "../../functions/jobs/inspect-attachment.ts";
import { noteFeedback } from "../../functions/jobs/note-feedback.ts";
import { publishEvents } from "../../functions/jobs/publish-events.ts";
import { removeExpired } from "../../functions/jobs/remove-expired.ts";
import { sendEmail } from "../../functions/jobs/send-email.ts";
import { inspectAttachment } from "../../shared/attachment/inspection-flow.ts";
import { mailFeedback } from "../../shared/notification/mail-feedback.ts";
import { mailMessage } from "../../shared/notification/mail-message.ts";
import { sesMailer } from "../../shared/notification/mails/mailer-store.ts";
import { outbox, worker } from "../../shared/platform/message-queue.ts";
import { matchesPattern } from "../fakes/event-pattern.ts";
import { photo } from "../fakes/files.ts";
import { type Answer, call } from "../fakes/gateway.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { memoryLimits } from "../fakes/memory/limit-store.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { bounceEvent, passedOn } from "../fakes/ses-events.ts";
import { staff } from "../fakes/staff.ts";
import { attachmentLimits, memoryStores } from "../fakes/stores.ts";
import { aFaultyWire, promptRetries } from "../faults/wire.ts";
import { ofType, only, prod } from "../infra/synthesised.ts";
import { alarms, type Tag } from "./alarm.ts";
import { awsMetrics } from "./aws-metrics.ts";
import { enterLine, readingLines } from "./emf.ts";
import { evaluated } from "./evaluate.ts";
import { metricBook } from "./metric-book.ts";
import { queueOf, type SimulatedQueue } from "./queue.ts";

/** What is broken now. Tests break it and mend it. */
export interface Faults {
  /** What SES answers in place of taking a mail. */
  ses?: () => Error;
  /** Queues, by the path of their worker, to which nobody may send any more. */
  closedQueues: Set<string>;
  /** Tables that refuse, and tables that answer only after so many milliseconds. */
  throttledTables: Set<string>;
  slowTables: Map<string, number>;
  /** Functions whose code fails at one request of so many, and answers so: a new version gets a tenth of the requests. */
  faulty: Map<string, number>;
  /** Functions that Lambda holds back, and functions that crash. */
  throttled: Set<string>;
  crashing: Set<string>;
  /** Schedules that somebody switched off. */
  stopped: Set<string>;
  /** The scanner tells of what comes now after so many minutes. */
  scanMinutes: number;
  /** Mails come back. */
  bouncing: boolean;
}

/** How busy people are: every so many minutes something comes. */
export interface Traffic {
  reads: number;
  reports: number;
  uploads: number;
  /** So many reports come at a time. */
  atOnce: number;
  /** So many read at a time, of citizens and of officers. One each, if nothing is said. */
  citizens?: number;
  officers?: number;
}
export const day: Traffic = { reads: 1, reports: 2, uploads: 3, atOnce: 1 };
export const night: Traffic = { reads: 20, reports: 180, uploads: 240, atOnce: 1 };
/** Whether it is day or night where people are. */
export const asTheyWake = (at: Date): Traffic => {
  const hour = (at.getUTCHours() + 7) % 24;
  return hour >= 6 && hour < 22 ? { reads: 5, reports: 20, uploads: 30, atOnce: 1 } : night;
};

/** What a topic was told, after so many minutes. */
export interface Told {
  minute: number;
  path: string;
  topic: string;
  tag: Tag;
}

const apiOf = "api/Api";
/** A function needs so long where nothing is slow. */
const usualMilliseconds = 40;

interface Schedule {
  path: string;
  expression: string;
  timeZone: string;
  target: string;
  input: string;
}

const schedules: readonly Schedule[] = ofType(prod, "AWS::Scheduler::Schedule").map(
  ({ path, properties }) => ({
    path,
    expression: properties.ScheduleExpression,
    timeZone: properties.ScheduleExpressionTimezone ?? "UTC",
    target: String(properties.Target.Arn).replace(/\.Arn$/, ""),
    input: properties.Target.Input ?? "{}",
  }),
);
/** The function that a schedule runs, by itself or by way of its queue. */
const runBy = ({ target }: Schedule): string => target.replace(/\/Queue$/, "/Function");

/** Whether a schedule comes in this minute. */
function isDue({ expression, timeZone }: Schedule, at: Date): boolean {
  const [, count, unit] = /^rate\((\d+) (minute|hour)s?\)$/.exec(expression) ?? [];
  if (count !== undefined)
    return Math.floor(at.getTime() / 60_000) % (Number(count) * (unit === "hour" ? 60 : 1)) === 0;
  const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minute === undefined) throw new Error(`This play knows no ${expression}`);
  const local = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "numeric", minute: "numeric" });
  const of = Object.fromEntries(local.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return of.hour === Number(hour) && of.minute === Number(minute);
}

/** The rules of the templates that look at what CloudTrail tells of calls. */
const callRules = ofType(prod, "AWS::Events::Rule").filter(({ properties }) =>
  properties.EventPattern["detail-type"]?.includes("AWS API Call via CloudTrail"),
);

/**
 * Production as its templates say it, on stores in memory and a clock that tests set. The functions are the real ones, and what they count is
 * what they write out. Minute 0 is `startsAt`; twenty minutes before it everything has been running.
 */
export async function aPlay({
  startsAt = "2026-11-24T10:00:00+07:00",
  traffic: begins = day,
}: { startsAt?: string; traffic?: Traffic | ((at: Date) => Traffic) } = {}) {
  const zero = Date.parse(startsAt);
  const warmUp = 20;
  let minute = -warmUp;
  let traffic = begins;
  const now = () => new Date(zero + minute * 60_000);
  const seconds = () => minute * 60;

  const faults: Faults = {
    closedQueues: new Set(),
    throttledTables: new Set(),
    slowTables: new Map(),
    faulty: new Map(),
    throttled: new Set(),
    crashing: new Set(),
    stopped: new Set(),
    scanMinutes: 1,
    bouncing: false,
  };
  const book = metricBook();
  const aws = awsMetrics(book, () => minute);

  /** Milliseconds that the stores took of the invocation that runs. */
  let spent = 0;
  /** Whether the request that runs meets the fault of its function. */
  let isFaulty = false;
  const asked = new Map<string, number>();

  /** Everything that a store does passes here, as it would pass the network. */
  function pass(table: string, method: string) {
    spent += faults.slowTables.get(table) ?? 0;
    if (isFaulty) throw new TypeError("injected");
    if (!faults.throttledTables.has(table)) return;
    aws.tableThrottled(
      table,
      /^(put|append|add|claim|mark|count|submit|note|keep|record|take|release)/.test(method)
        ? "Write"
        : "Read",
    );
    throw new ProvisionedThroughputExceededException({
      message: "injected",
      $metadata: { httpStatusCode: 400 },
    });
  }
  const inTable = <T extends object>(store: T, table: string): T =>
    new Proxy(store, {
      get(target, name) {
        const found: unknown = Reflect.get(target, name);
        if (typeof found !== "function" || typeof name !== "string") return found;
        return (...given: unknown[]): unknown => {
          pass(table, name);
          return Reflect.apply(found, target, given);
        };
      },
    });

  const memory = memoryStores();
  const stores = {
    ...memory,
    cases: inTable(memory.cases, "data/Cases"),
    attachments: inTable(memory.attachments, "data/Cases"),
    reporters: inTable(memory.reporters, "data/Reporters"),
    notifications: inTable(memory.notifications, "data/Notifications"),
    piles: inTable(memory.piles, "data/Notifications"),
    undeliverables: inTable(memory.undeliverables, "data/Notifications"),
    addressMarks: inTable(memory.addressMarks, "data/Notifications"),
    subscribers: inTable(memory.subscribers, "data/Notifications"),
    traffic: inTable(memory.traffic, "data/Traffic"),
    expiry: inTable(memory.expiry, "data/Traffic"),
    practice: inTable(memory.practice, "data/Practice"),
    lastSweep: inTable(memory.lastSweep, "data/Directory"),
  };
  const limits = memoryLimits();
  const directory = inTable(memoryDirectory(Object.values(staff), limits, memory.requests), "data/Directory");
  const office = anOffice(now().toISOString(), { stores, directory });

  const queues = Object.fromEntries(
    ofType(prod, "AWS::SQS::Queue")
      .filter(({ properties }) => properties.RedrivePolicy)
      .map(({ path }) => path.replace(/\/Queue$/, ""))
      .map((path): [string, SimulatedQueue] => [path, queueOf(path, seconds)]),
  );
  const queue = (path: string): SimulatedQueue => {
    const found = queues[path];
    if (!found) throw new Error(`There is no queue of ${path}`);
    return found;
  };

  // The wire has no faults of its own here: it only stands in for the services.
  const wire = aFaultyWire(0);
  const client = { region: "ap-southeast-3", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const retries = { maxAttempts: 3, retryStrategy: promptRetries(3) };
  const host = "https://sqs.example/";
  const sqs = wire.lay(new SQSClient({ ...client, ...retries, endpoint: host }), async (_command, input) => {
    const { QueueUrl = "", Entries = [] } = input as SendMessageBatchCommandInput;
    const path = QueueUrl.slice(host.length);
    if (faults.closedQueues.has(path))
      throw Object.assign(new Error("injected"), {
        name: "AccessDenied",
        $metadata: { httpStatusCode: 403 },
      });
    for (const { MessageBody = "", DelaySeconds = 0 } of Entries) queue(path).take(MessageBody, DelaySeconds);
    return {};
  });
  const into = (path: string) => outbox(sqs, `${host}${path}`);
  /** The mails that SES took, and whether they came back. */
  const taken: { at: number; back: boolean }[] = [];
  const ses = wire.lay(new SESv2Client({ ...client, ...retries }), async (_command, input) => {
    if (faults.ses) throw faults.ses();
    taken.push({ at: minute, back: faults.bouncing });
    const { Destination, Content, EmailTags = [] } = input as SendEmailCommandInput;
    if (faults.bouncing) {
      const mail = { to: Destination?.ToAddresses?.[0] ?? "", subject: Content?.Simple?.Subject?.Data ?? "" };
      const tags = Object.fromEntries(EmailTags.map(({ Name = "", Value = "" }) => [Name, Value]));
      for (const message of passedOn(bounceEvent({ mail, tags }, now())))
        queue("jobs/MailFeedback/Worker").take(message);
    }
    const recent = taken.filter(({ at }) => at > minute - 6 * 60);
    aws.bounceRate("jobs/MailSettings", recent.filter(({ back }) => back).length / recent.length);
    return {};
  });

  const anchored = new Set<string>();
  const lambda = {} as Context;
  const workers: Record<string, ReturnType<typeof worker>> = {
    "jobs/Emails/Function": worker(
      mailMessage,
      sendEmail(
        {
          ...stores,
          directory,
          emails: into("jobs/Emails"),
          mailer: sesMailer(ses, { sender: "lapor@sp4n-lapor.example", configurationSet: "mail" }),
        },
        {
          verifyingAgency: "kemenpanrb",
          siteUrl: "https://lapor.example",
          gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600, caseSeconds: 1800 },
        },
        now,
      ),
    ),
    "jobs/Sweeps/Function": worker(
      sweep,
      findDueCases(
        stores.cases,
        {
          checks: into("jobs/DeadlineChecks"),
          sweeps: into("jobs/Sweeps"),
          lastSweep: stores.lastSweep,
        },
        { now },
      ),
    ),
    "jobs/DeadlineChecks/Function": worker(checkRequest, checkDeadline(stores.cases, directory, now)),
    "jobs/Inspections/Function": worker(
      uploadMessage,
      inspectAttachment(
        {
          ...stores,
          directory,
          files: office.files,
          limits: attachmentLimits,
          malwareScan: "guardduty",
          later: into("jobs/Inspections"),
        },
        { now },
      ),
    ),
    "jobs/MailFeedback/Worker/Function": worker(mailFeedback, noteFeedback(stores, now)),
  };
  const publisher = publishEvents(into("jobs/Emails"));
  const jobs: Record<string, () => Promise<void>> = {
    "jobs/FindDueDigests": findDueDigests(stores.piles, into("jobs/Emails"), now),
    "jobs/CheckCalendars": async () => {
      await copyDaily({ limits, practice: stores.practice })();
      await checkCalendars(directory, now)();
    },
    "jobs/ForgetTraffic": forgetTraffic(stores.expiry, { now }),
    "jobs/BuildSearchIndex": buildSearchIndex(stores.cases, memory.indexPlace, { now }),
    "jobs/RemoveExpired": removeExpired({ ...stores, files: office.files }, { now }),
    "jobs/AnchorHistories": anchorHistories(
      stores.cases,
      directory,
      {
        isComplete: async (when) => anchored.has(when),
        write: async () => {},
        complete: async (when) => void anchored.add(when),
      },
      { now },
    ),
  };

  const timeoutOf = (path: string): number =>
    only(prod, "AWS::Lambda::Function", path).properties.Timeout * 1000;

  /** Runs a function as Lambda does: it counts what AWS counts, and enters what the function writes out. */
  async function invoke<T>(path: string, run: () => Promise<T>): Promise<T | "throttled" | "failed"> {
    if (faults.throttled.has(path)) {
      aws.throttled(path);
      return "throttled";
    }
    process.env.AWS_LAMBDA_FUNCTION_NAME = path;
    spent = usualMilliseconds;
    let answer: T | "failed";
    try {
      answer = await readingLines(
        (line) => enterLine(book, line, minute),
        async () => {
          if (faults.crashing.has(path)) throw new Error("Runtime.ExitError");
          return run();
        },
      );
      if (spent > timeoutOf(path)) answer = "failed";
    } catch {
      // Lambda counts what a function throws as its failure, whatever it is.
      answer = "failed";
    } finally {
      delete process.env.AWS_LAMBDA_FUNCTION_NAME;
    }
    aws.invoked(path, { failed: answer === "failed", milliseconds: Math.min(spent, timeoutOf(path)) });
    return answer;
  }

  /** Sends a request through the gateway. */
  async function request(path: string, send: () => Promise<Answer>) {
    const count = (asked.get(path) ?? 0) + 1;
    asked.set(path, count);
    const oneOf = faults.faulty.get(path);
    isFaulty = oneOf !== undefined && count % oneOf === 0;
    const answer = await invoke(path, send);
    isFaulty = false;
    const status = answer === "throttled" ? 503 : answer === "failed" ? 500 : answer.status;
    aws.answered(apiOf, status);
    return { status, body: typeof answer === "string" ? undefined : answer.body };
  }

  const told = new Map<string, number>();
  const stream: { record: DynamoDBRecord; at: number }[] = [];
  let reports = 0;
  let lastReport: { number: string; receipt: string } | undefined;

  /** A citizen sends a report, and the stream tells of it. */
  async function report() {
    const body = {
      ...roadComplaint,
      title: `Jalan berlubang nomor ${reports}`,
      occurredOn: undefined,
      reporter: { email: `warga-${reports++}@contoh.example` },
    };
    const answer = await request("api/Public", () =>
      call(office.publicApi, "POST", "/v1/cases", { body, headers: { "idempotency-key": randomUUID() } }),
    );
    if (answer.status === 201)
      lastReport = {
        number: String(answer.body.trackingNumber),
        receipt: `Receipt ${answer.body.receipt}`,
      };
  }

  const arriving: { at: number; message: object; versionId: string }[] = [];
  const picture = await photo({ width: 64, height: 48 });
  /** A reporter sends a photo. The bucket tells of it at once, and the scanner later. */
  async function upload() {
    if (!lastReport) return;
    const { number, receipt } = lastReport;
    const answer = await request("api/Reporter", () =>
      call(office.reporterApi, "POST", `/v1/cases/${number}/attachments`, {
        body: { name: "foto.jpg", type: "image/jpeg", size: picture.length },
        headers: { authorization: receipt },
      }),
    );
    if (answer.status !== 201) return;
    const { key, etag, versionId = "" } = office.files.upload(answer.body.upload.fields.key, picture);
    queue("jobs/Inspections").take(
      JSON.stringify({
        "detail-type": "Object Created",
        time: now().toISOString(),
        detail: { object: { key, etag, "version-id": versionId } },
      }),
    );
    const message = {
      "detail-type": "GuardDuty Malware Protection Object Scan Result",
      detail: { s3ObjectDetails: { objectKey: key, eTag: etag, versionId } },
    };
    arriving.push({ at: minute + faults.scanMinutes, message, versionId });
  }

  function scan() {
    for (const one of arriving.filter(({ at }) => at <= minute)) {
      arriving.splice(arriving.indexOf(one), 1);
      const { message, versionId } = one;
      office.files.verdicts.set(versionId, "clean");
      queue("jobs/Inspections").take(JSON.stringify(message));
    }
  }

  /** What the stream has of new events. */
  async function follow() {
    for await (const page of memory.cases.wholeFeed())
      for (const { trackingNumber } of page) {
        const { events = [] } = (await memory.cases.find(trackingNumber)) ?? {};
        const from = told.get(trackingNumber) ?? 0;
        if (events.length === from) continue;
        told.set(trackingNumber, events.length);
        for (const event of events.slice(from)) {
          const keys = {
            pk: `CASE#${trackingNumber}`,
            sk: `EVENT#${String(event.sequence).padStart(6, "0")}`,
          };
          const NewImage = marshall({ ...keys, ...event }, { removeUndefinedValues: true }) as never;
          const SequenceNumber = `${trackingNumber}-${event.sequence}`;
          stream.push({
            record: { eventName: "INSERT", dynamodb: { SequenceNumber, NewImage } },
            at: minute,
          });
        }
      }
  }

  /** The rest of a batch that failed: it comes again as it is, before anything that came later. */
  let failedBatch: typeof stream = [];
  /** Lambda reads the stream in order. What failed holds up what is behind it, and is tried again a minute later. */
  async function publish() {
    while (stream.length > 0) {
      const batch = failedBatch.length > 0 ? failedBatch : stream.slice(0, 100);
      const answer = await invoke("jobs/PublishEvents", () =>
        publisher({ Records: batch.map(({ record }) => record) }),
      );
      if (answer === "throttled") return;
      aws.iteratorAge("jobs/PublishEvents", (minute - (batch.at(-1)?.at ?? minute)) * 60_000);
      const first = answer === "failed" ? undefined : answer.batchItemFailures[0]?.itemIdentifier;
      const failed = (one: (typeof stream)[number]) =>
        answer === "failed" || one.record.dynamodb?.SequenceNumber === first;
      const done = batch.some(failed) ? batch.findIndex(failed) : batch.length;
      stream.splice(0, done);
      failedBatch = batch.slice(done);
      if (failedBatch.length > 0) return;
    }
  }

  /** Lambda works through a queue for as long as it gives something out. */
  async function work(one: SimulatedQueue) {
    const handler = workers[one.function];
    while (one.hasVisible()) {
      if (faults.throttled.has(one.function)) return void aws.throttled(one.function);
      const batch = one.batch();
      if (!batch) return;
      if (!handler) throw new Error(`This play has no ${one.function}`);
      const answer = await invoke(one.function, () => handler(batch, lambda));
      if (typeof answer === "string") continue;
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      one.done(batch.ids.filter((id) => !failed.has(id)));
    }
  }

  const again: { at: number; path: string; tries: number }[] = [];
  /** A schedule calls without waiting for an answer. Lambda tries such a call again after a minute, and after two more. */
  async function runJob(path: string, tries: number) {
    const job = jobs[path];
    if (!job) throw new Error(`This play has no ${path}`);
    const answer = await invoke(path, job);
    if (typeof answer === "string" && tries < 3) again.push({ at: minute + tries, path, tries: tries + 1 });
  }
  async function keepTime() {
    const due = again.filter(({ at }) => at <= minute);
    for (const one of due) again.splice(again.indexOf(one), 1);
    for (const { path, tries } of due) await runJob(path, tries);
    for (const schedule of schedules) {
      if (faults.stopped.has(schedule.path) || !isDue(schedule, now())) continue;
      const { target, input } = schedule;
      if (target.endsWith("/Queue")) queue(target.replace(/\/Queue$/, "")).take(input);
      else await runJob(target, 1);
    }
  }

  const isTime = (every: number) => ((minute % every) + every) % every === 0;
  async function people() {
    const {
      reads,
      reports: every,
      uploads,
      atOnce,
      citizens = 1,
      officers = 1,
    } = typeof traffic === "function" ? traffic(now()) : traffic;
    if (isTime(reads)) {
      for (let one = 0; one < citizens; one++)
        await request("api/Public", () => call(office.publicApi, "GET", "/v1/cases"));
      for (let one = 0; one < officers; one++)
        await request("api/Officer", () =>
          call(office.officerApi, "GET", "/v1/officer/cases", {
            query: { queue: "assigned" },
            subject: staff.worker.subject,
          }),
        );
    }
    if (isTime(every)) for (let one = 0; one < atOnce; one++) await report();
    if (isTime(uploads)) await upload();
  }

  function countQueues() {
    for (const one of Object.values(queues)) {
      if (one.isActive())
        aws.queue(`${one.path}.QueueName`, { oldestSeconds: one.oldestSeconds(), visible: one.visible() });
      if (one.hasDeadActivity())
        aws.queue(`${one.deadLetters}.QueueName`, { oldestSeconds: 0, visible: one.dead() });
    }
  }

  const states = new Map<string, Tag>(alarms.map(({ path }) => [path, "OK"]));
  const mails: Told[] = [];
  /** CloudWatch looks at the alarms once the minute is over. */
  function look() {
    for (const alarm of alarms) {
      const before = states.get(alarm.path) ?? "OK";
      const tag = evaluated(alarm, book, minute, before);
      if (tag === before) continue;
      states.set(alarm.path, tag);
      mails.push({ minute, path: alarm.path, topic: alarm.topic, tag });
    }
  }

  // Whatever runs by the clock has run since yesterday, before the play begins.
  for (minute = -warmUp - 30 * 60; minute < -warmUp; minute++)
    for (const schedule of schedules)
      if (isDue(schedule, now()))
        aws.invoked(runBy(schedule), { failed: false, milliseconds: usualMilliseconds });

  const play = {
    faults,
    office,
    book,
    queues,
    told: mails,
    minute: () => minute,
    /** The alarms that ring now. */
    ringing: (): string[] => [...states].filter(([, tag]) => tag === "ALARM").map(([path]) => path),
    /** Lets something come to a queue. */
    put: (worker: string, message: unknown) => queue(worker).take(JSON.stringify(message)),
    /** Lets a record come out of the stream that nobody wrote like this. */
    spoilStream() {
      const NewImage = { pk: { S: "CASE#x" }, sk: { S: "x" } };
      stream.push({
        record: { eventName: "INSERT", dynamodb: { SequenceNumber: "spoilt", NewImage } },
        at: minute,
      });
    },
    /** Somebody takes the record out of the way: the next code reads it. */
    mendStream() {
      const index = stream.findIndex(({ record }) => record.dynamodb?.SequenceNumber === "spoilt");
      if (index >= 0) stream.splice(index, 1);
      failedBatch = [];
    },
    /** People come as often as this from now on. */
    comes(as: Traffic) {
      traffic = as;
    },
    /** An administrator asks for something. */
    administrate: (method: string, path: string, body: unknown) =>
      request("api/Administration", () => office.admin("national", method, path, body)),
    /** CloudTrail tells the event bus of a call. Returns the rules that passed it on. */
    trail(event: object): string[] {
      const passing = callRules.filter(({ properties }) => matchesPattern(event, properties.EventPattern));
      for (const { path } of passing) aws.ruleTriggered(path);
      return passing.map(({ path }) => path);
    },
    /** Lets minutes pass. */
    async pass(minutes: number) {
      for (let one = 0; one < minutes; one++) {
        office.at(now().toISOString());
        await people();
        await keepTime();
        scan();
        await follow();
        await publish();
        // What one worker sends another works on in the same minute.
        for (let round = 0; round < 2; round++) for (const each of Object.values(queues)) await work(each);
        countQueues();
        minute++;
        look();
      }
    },
  };
  await play.pass(warmUp);
  return play;
}
export type Play = Awaited<ReturnType<typeof aPlay>>;
