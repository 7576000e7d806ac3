import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { type SendMessageBatchCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Context, DynamoDBStreamEvent } from "aws-lambda";
import { checkDeadline, checkRequest } from "../../functions/jobs/check-deadline.ts";
import { findDueCases, sweep } from "../../functions/jobs/find-due-cases.ts";
import { findDueDigests } from "../../functions/jobs/find-due-digests.ts";
import { publishEvents } from "../../functions/jobs/publish-events.ts";
import { sendEmail } from "../../functions/jobs/send-email.ts";
import { type LambdaRecord, lambdaRecord } from "../../infra/local/tables/stream-record.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { lastSweepStore } from "../../shared/deadline/last-sweep-store.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { entryStore } from "../../shared/directory/entry-store.ts";
import { loadingStore } from "../../shared/directory/loading-store.ts";
import { undeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { mailMessage } from "../../shared/notification/mail-message.ts";
import { sesMailer } from "../../shared/notification/mails/mailer-store.ts";
import { notificationStore } from "../../shared/notification/notification-store.ts";
import { pileStore } from "../../shared/notification/piles/pile-store.ts";
import { replay } from "../../shared/notification/telling/replay-flow.ts";
import { outbox, worker } from "../../shared/platform/message-queue.ts";
import { reporterStore } from "../../shared/reporter/reporter-store.ts";
import { subscriberStore } from "../../shared/subscriber/subscriber-store.ts";
import { trafficStore } from "../../shared/traffic/traffic-store.ts";
import { agencies, categories, lowerRegions, regions } from "../fakes/agencies.ts";
import { anOffice } from "../fakes/office.ts";
import { knownHash, knownSeal, knownSubscriberSeal } from "../fakes/seal.ts";
import { staff } from "../fakes/staff.ts";
import { memoryStores } from "../fakes/stores.ts";
import { aQueue, type Queue } from "./queue.ts";
import { randomOf } from "./random.ts";
import { aFaultyWire, promptRetries } from "./wire.ts";

/** A mail that the mail service took. */
export interface Taken {
  to: string;
  subject: string;
  text: string;
}

/** The stream gives up so many batches, as if they had failed for a day. */
const givenUp = 0.004;
const sqsUrl = "https://sqs.example";
const siteUrl = "https://lapor.example";

/**
 * The functions and their stores on DynamoDB Local, with a message queue and a mail service that tests look into, on a wire that
 * fails. A killed function takes all that it remembered with it.
 */
export async function aWorld(
  { endpoint, table }: { endpoint: string; table: (id: string) => string },
  { seed, startsAt }: { seed: number; startsAt: string },
) {
  let now = new Date(startsAt);
  const clock = () => now;
  const wire = aFaultyWire(seed);
  const random = randomOf(seed, "world");
  const place = {
    region: "ap-southeast-3",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const options = { marshallOptions: { removeUndefinedValues: true } };
  const surely = DynamoDBDocumentClient.from(new DynamoDBClient({ ...place, endpoint }), options);
  const dynamo = DynamoDBDocumentClient.from(
    wire.lay(new DynamoDBClient({ ...place, endpoint, maxAttempts: 4, retryStrategy: promptRetries(4) })),
    options,
  );

  const queues = {
    emails: aQueue("emails", () => now.getTime()),
    checks: aQueue("checks", () => now.getTime()),
    sweeps: aQueue("sweeps", () => now.getTime()),
  };
  const sqs = wire.lay(
    new SQSClient({ ...place, endpoint: sqsUrl, maxAttempts: 3, retryStrategy: promptRetries(3) }),
    async (_command, input, chance) => {
      const { QueueUrl = "", Entries = [] } = input as SendMessageBatchCommandInput;
      const queue = Object.values(queues).find(({ name }) => QueueUrl.endsWith(name));
      const bodies = Entries.map(({ MessageBody = "", DelaySeconds = 0 }) => ({
        body: MessageBody,
        seconds: DelaySeconds,
      }));
      const refused = queue?.take(bodies, chance) ?? [];
      return { Failed: refused.map((index) => ({ Id: Entries[index]?.Id })) };
    },
  );
  const mails: Taken[] = [];
  const ses = wire.lay(
    new SESv2Client({ ...place, maxAttempts: 3, retryStrategy: promptRetries(3) }),
    async (_command, input) => {
      const { Destination, Content } = input as SendEmailCommandInput;
      mails.push({
        to: Destination?.ToAddresses?.[0] ?? "",
        subject: Content?.Simple?.Subject?.Data ?? "",
        text: Content?.Simple?.Body?.Text?.Data ?? "",
      });
      return {};
    },
  );
  const into = (queue: Queue) => outbox(sqs, `${sqsUrl}/${queue.name}`);

  const loading = loadingStore(surely, table("Directory"), clock);
  await loading.load("region", regions);
  for (const type of ["district", "village"] as const)
    await loading.load(
      type,
      lowerRegions.filter((one) => one.type === type),
    );
  await loading.load("category", categories);
  await loading.load("agency", agencies);
  await loading.load("officer", Object.values(staff));

  /** One life of all functions: what they remember ends with the next kill. */
  const environment = () => {
    const cases = caseStore(dynamo, {
      cases: table("Cases"),
      reporters: { table: table("Reporters"), seal: knownSeal },
    });
    const stores = {
      ...memoryStores(),
      cases,
      attachments: attachmentStore(dynamo, table("Cases")),
      reporters: reporterStore(dynamo, table("Reporters"), knownSeal),
      notifications: notificationStore(dynamo, table("Notifications")),
      piles: pileStore(dynamo, table("Notifications")),
      traffic: trafficStore(dynamo, table("Traffic"), knownHash),
      undeliverables: undeliverableStore(dynamo, table("Notifications")),
      subscribers: subscriberStore(dynamo, table("Notifications"), knownSubscriberSeal),
      lastSweep: lastSweepStore(dynamo, table("Directory")),
    };
    const directory = {
      ...entryStore(dynamo, table("Directory")),
      ...directoryStore(dynamo, table("Directory"), () => now.getTime()),
    } as NonNullable<NonNullable<Parameters<typeof anOffice>[1]>["directory"]>;
    const office = anOffice(now.toISOString(), { stores, directory });
    const emails = into(queues.emails);
    const mailing = sendEmail(
      {
        ...stores,
        directory,
        emails,
        mailer: sesMailer(ses, { sender: "lapor@dev.sp4n-lapor.example", configurationSet: "mail" }),
      },
      {
        verifyingAgency: "kemenpanrb",
        siteUrl,
        gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600, caseSeconds: 1800 },
      },
      clock,
    );
    const sweeping = {
      checks: into(queues.checks),
      sweeps: into(queues.sweeps),
      lastSweep: stores.lastSweep,
    };
    return {
      office,
      cases,
      directory,
      publish: publishEvents(emails),
      send: worker(mailMessage, mailing),
      check: worker(checkRequest, checkDeadline(cases, directory, clock)),
      find: worker(sweep, findDueCases(cases, sweeping, { now: clock })),
      findDigests: findDueDigests(stores.piles, emails, clock),
    };
  };
  let alive = environment();
  const renew = () => {
    alive = environment();
  };

  const streams = new DynamoDBStreamsClient({ ...place, endpoint });
  const { Table } = await surely.send(new DescribeTableCommand({ TableName: table("Cases") }));
  const StreamArn = Table?.LatestStreamArn ?? "";
  const iterators = new Map<string, string | undefined>();
  let lost = 0;

  /** Reads what the stream has of new events since the last time. */
  const newRecords = async (): Promise<LambdaRecord[]> => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const records: LambdaRecord[] = [];
    for (const { ShardId = "" } of StreamDescription?.Shards ?? []) {
      if (!iterators.has(ShardId)) {
        const first = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
        iterators.set(ShardId, (await streams.send(new GetShardIteratorCommand(first))).ShardIterator);
      }
      for (;;) {
        const ShardIterator = iterators.get(ShardId);
        if (ShardIterator === undefined) break;
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator, Limit: 1000 }),
        );
        iterators.set(ShardId, NextShardIterator);
        records.push(...Records.map((one) => lambdaRecord(one, StreamArn, place.region)));
        if (Records.length === 0) break;
      }
    }
    const isEvent = ({ eventName, dynamodb }: LambdaRecord) =>
      eventName === "INSERT" && JSON.stringify(dynamodb.Keys).includes('"EVENT#');
    return records.filter(isEvent);
  };

  let batches = 0;
  const lambda = {} as Context;
  /** Whether a notification lies on a pile. */
  const waits = async () => {
    for await (const portion of pileStore(surely, table("Notifications")).due(new Date("9999-01-01")))
      if (portion.length > 0) return true;
    return false;
  };
  const world = {
    wire,
    mails,
    queues,
    clock,
    surely,
    get office() {
      return alive.office;
    },
    get directory() {
      return alive.directory;
    },
    get cases() {
      return alive.cases;
    },
    renew,
    /** Batches of the stream that were given up. */
    lost: () => lost,
    pass(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
      alive.office.at(now.toISOString());
    },
    /** Publishes what the stream has. A batch comes again, as a whole or from its first failure on, until it is done. */
    async publish() {
      const records = await newRecords();
      while (records.length > 0) {
        const batch = records.slice(0, 1 + random.below(100));
        if (random.chance(givenUp)) {
          lost++;
          records.splice(0, batch.length);
          continue;
        }
        const event = { Records: batch } as unknown as DynamoDBStreamEvent;
        // A function that threw is given the same again, as Lambda does.
        const answer = await wire
          .run(`stream ${batches++}`, () => alive.publish(event))
          .catch(() => "failed" as const);
        if (answer === "killed") renew();
        if (typeof answer === "string") continue;
        const first = answer.batchItemFailures[0]?.itemIdentifier;
        const done = first
          ? batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === first)
          : batch.length;
        records.splice(0, done);
      }
    },
    /** Works through a message queue, over the time that late and failed messages need, until nothing is left in it. */
    async drain(queue: Queue) {
      const handler = () =>
        ({ emails: alive.send, checks: alive.check, sweeps: alive.find })[queue.name as keyof typeof queues];
      while (queue.size() > 0) {
        while (await queue.deliver(wire, random, (event) => handler()(event, lambda), renew));
        if (queue.size() > 0) world.pass(61_000);
      }
    },
    /** Does all that happens by itself at this hour: events, mails, sweeps, digests. */
    async tick() {
      await world.publish();
      await world.drain(queues.emails);
      queues.sweeps.take([{ body: "{}", seconds: 0 }]);
      await world.drain(queues.sweeps);
      await world.drain(queues.checks);
      await world.publish();
      await world.drain(queues.emails);
      // The next run of the schedule looks again.
      const found = await wire
        .run(`digests ${now.toISOString()}`, () => alive.findDigests())
        .catch(() => "failed" as const);
      if (found === "killed") renew();
      await world.drain(queues.emails);
    },
    /** Holds all faults back, and lets what waits be done: dead letters, digests, stages. */
    async settle() {
      wire.quieten(true);
      for (const queue of Object.values(queues)) queue.redrive();
      await world.tick();
      // Piles wait for working hours, at most over a long row of holidays.
      for (let hours = 0; hours < 24 * 10 && (await waits()); hours++) {
        world.pass(60 * 60 * 1000);
        await world.tick();
      }
      if (await waits()) throw new Error("Something on a pile is never mailed");
    },
    /** Asks for all mails of the whole time again, without faults. */
    async replay(from: Date) {
      wire.quieten(true);
      await replay(alive.cases, into(queues.emails), { from, to: now }, { now: clock });
      await world.drain(queues.emails);
    },
    /** Every item of a table. */
    async items(id: string): Promise<Record<string, unknown>[]> {
      const found: Record<string, unknown>[] = [];
      for await (const page of paginateScan(
        { client: surely },
        { TableName: table(id), ConsistentRead: true },
      ))
        found.push(...(page.Items ?? []));
      return found;
    },
  };
  return world;
}
export type World = Awaited<ReturnType<typeof aWorld>>;
