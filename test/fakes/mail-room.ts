import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { checkDeadline } from "../../functions/jobs/check-deadline.ts";
import { findDueCases } from "../../functions/jobs/find-due-cases.ts";
import { findDueDigests } from "../../functions/jobs/find-due-digests.ts";
import { publishEvents } from "../../functions/jobs/publish-events.ts";
import { sendEmail, type Stores } from "../../functions/jobs/send-email.ts";
import type { CaseEvent } from "../../shared/case/history.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import type { DigestDue, MailMessage } from "../../shared/notification/mail-message.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import type { Outbox } from "../../shared/platform/message-queue.ts";
import { memoryMailer } from "./mailer.ts";
import { memoryLastSweep } from "./memory/last-sweep-store.ts";

/** A message queue in memory. `taken` takes its messages out. */
function memoryQueue<T>(): Outbox & { taken(): T[] } {
  const messages: T[] = [];
  return {
    async send(sent) {
      messages.push(...(sent as T[]));
      return [];
    },
    taken: () => messages.splice(0),
  };
}

const asRecord = (event: CaseEvent): DynamoDBRecord => ({
  eventName: "INSERT",
  dynamodb: {
    SequenceNumber: String(event.sequence),
    NewImage: marshall({ pk: "x", sk: "y", ...event }, { removeUndefinedValues: true }) as never,
  },
});

/**
 * Does all that happens by itself, on stores in memory and a clock that tests set: sweeps, checks, events, mails,
 * digests.
 */
export function aMailRoom(
  stores: Omit<Stores, "mailer" | "cases" | "emails"> & { cases: CaseStore },
  { siteUrl, refuse, forGood }: { siteUrl?: string; refuse?: string[]; forGood?: ReadonlySet<string> } = {},
) {
  let now = new Date(0);
  const clock = () => now;
  const mailer = memoryMailer(refuse, forGood);
  const emails = memoryQueue<MailMessage>();
  const checks = memoryQueue<{ trackingNumber: string }>();
  const publish = publishEvents(emails);
  const check = checkDeadline(stores.cases, stores.directory, clock);
  const find = findDueCases(
    stores.cases,
    { checks, sweeps: memoryQueue(), lastSweep: memoryLastSweep() },
    { now: clock },
  );
  const findDigests = findDueDigests(stores.piles, emails, clock);
  const sendOn = (changed: Partial<Stores> = {}) =>
    sendEmail(
      { ...stores, mailer, emails, ...changed },
      {
        verifyingAgency: "kemenpanrb",
        siteUrl,
        gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600, caseSeconds: 1800 },
      },
      clock,
    );
  const send = sendOn();
  const told = new Map<string, number>();

  const room = {
    mailer,
    emails,
    send,
    /** Sends with other stores than those of the room. */
    sendOn,
    at(local: string | Date) {
      now = new Date(local);
    },
    /** Publishes what has happened to these cases since the last time. Returns the messages. */
    async publish(numbers: readonly string[]): Promise<MailMessage[]> {
      for (const number of numbers) {
        const events = (await stores.cases.find(number))?.events.slice(told.get(number) ?? 0) ?? [];
        await publish({ Records: events.map(asRecord) });
        told.set(number, (told.get(number) ?? 0) + events.length);
      }
      return emails.taken();
    },
    /** Counts what has happened to these cases so far as told. */
    async forget(numbers: readonly string[]) {
      await room.publish(numbers);
    },
    /** Sends whatever has happened to these cases. Returns the mails that went out at once. */
    async deliver(...numbers: string[]): Promise<Mail[]> {
      const from = mailer.sent.length;
      for (const message of await room.publish(numbers)) await send(message);
      // A case with many subscribers is told in portions.
      for (const message of emails.taken()) await send(message);
      return mailer.sent.slice(from);
    },
    /** Looks at the clocks of these cases and works on what comes of it. */
    async check(numbers: readonly string[]) {
      for (const trackingNumber of numbers) await check({ trackingNumber });
      await room.deliver(...numbers);
    },
    /** Looks for cases that are due, and checks them. */
    async sweep(local: string) {
      room.at(local);
      await find({});
      await room.check(checks.taken().map(({ trackingNumber }) => trackingNumber));
    },
    /** Returns messages for the piles that are due. */
    async dueDigests(local?: string): Promise<DigestDue[]> {
      if (local) room.at(local);
      await findDigests();
      return emails.taken().filter((message) => message.kind === "digest");
    },
    /** Mails the piles that are due. Returns the mails. */
    async flush(local?: string): Promise<Mail[]> {
      const from = mailer.sent.length;
      for (const message of await room.dueDigests(local)) await send(message);
      return mailer.sent.slice(from);
    },
  };
  return room;
}
