import { setImmediate } from "node:timers/promises";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { Context, DynamoDBRecord, SQSEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { publishEvents } from "../../functions/jobs/publish-events.ts";
import { sendEmail } from "../../functions/jobs/send-email.ts";
import { moved, submit } from "../../shared/case/case.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { type EventToTell, mailMessage, messagesOf } from "../../shared/notification/mail-message.ts";
import type { Mailer } from "../../shared/notification/mails/mailer-store.ts";
import { gathered } from "../../shared/notification/notification.ts";
import { worker } from "../../shared/platform/message-queue.ts";
import { memoryMailer } from "../fakes/mailer.ts";
import { memoryDirectory } from "../fakes/memory/directory-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { memoryStores } from "../fakes/stores.ts";

const at = new Date("2026-11-23T01:30:00Z");
const receipt = "0000-0000-0000-0000-0000";

const submitted = (
  change: Partial<Submission> = {},
  trackingNumber = "7K3MQ-P4X9C",
  language: "id" | "en" = "id",
) =>
  submit(
    { ...roadComplaint, ...change },
    { trackingNumber, receipt, salt: "salt", language, verifyingAgency: "kemenpanrb", at },
  );

async function office(
  change: Partial<Submission> = {},
  { siteUrl, language, refuse }: { siteUrl?: string; language?: "id" | "en"; refuse?: string[] } = {},
) {
  const stores = memoryStores();
  const opened = submitted(change, "7K3MQ-P4X9C", language);
  await stores.cases.submit(opened, sealForRetry("key", {}, {}, { at, nonce: new Uint8Array(12) }));
  const mailer = memoryMailer(refuse);
  /** Takes a moment for each mail, as the mail service does. */
  const slowMailer: Mailer = {
    async send(mail, tagged) {
      await setImmediate();
      await mailer.send(mail, tagged);
    },
  };
  const send = (now = at) =>
    sendEmail(
      { ...stores, directory: memoryDirectory(), mailer: slowMailer },
      {
        verifyingAgency: "kemenpanrb",
        siteUrl,
        gathering: { alertSeconds: 180, dailySeconds: 600, newCaseSeconds: 600, caseSeconds: 1800 },
      },
      () => now,
    );
  return {
    ...stores,
    mailer,
    send,
    messages: messagesOf(opened.event),
    marks: stores.notifications,
  };
}

const alert: EventToTell = { kind: "new-case-alert", trackingNumber: "7K3MQ-P4X9C", sequence: 1 };
const confirmation: EventToTell = { ...alert, kind: "submission-confirmation" };
const reporter = {
  name: "Warga Contoh",
  email: "warga@contoh.example",
  phone: "081200000000",
  nik: "6471010101900001",
};

describe("the alert about a new case", () => {
  test("an alert goes to the agency that the reporter named, with number, class, agency, place and local time", async () => {
    const { send, mailer } = await office();
    await send()(alert);
    expect(mailer.sent).toHaveLength(1);
    const [mail] = mailer.sent;
    expect(mail?.to).toBe("dinas-pu@balikpapan.example");
    expect(mail?.subject).toBe("[7K3MQ-P4X9C] Pengaduan baru menunggu verifikasi");
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain("7K3MQ-P4X9C");
      expect(part).toContain("Pengaduan");
      expect(part).toContain("Dinas Pekerjaan Umum Kota Balikpapan");
      expect(part).toContain("Jalan Contoh depan pasar, Kota Balikpapan");
      expect(part).toContain("Senin, 23 November 2026 pukul 09.30 WITA");
    }
  });

  test("an alert about a report from a kelurahan names it with its kecamatan and kota", async () => {
    const { send, mailer } = await office({ location: { regionCode: "64.71.06.1005" } });
    await send()(alert);
    expect(mailer.sent[0]?.text).toContain("Kelurahan Damai, Balikpapan Kota, Kota Balikpapan");
  });

  test("an alert goes to the national administrator when the reporter named no agency", async () => {
    const { send, mailer } = await office({ agencyId: undefined });
    await send()(alert);
    expect(mailer.sent[0]?.to).toBe("lapor@kemenpanrb.example");
    expect(mailer.sent[0]?.text).toContain("Belum ditentukan");
    expect(mailer.sent[0]?.text).toContain("08.30 WIB");
  });

  test("an alert about an anonymous report holds nothing of who its reporter is, what they wrote or where they stood", async () => {
    const { send, mailer } = await office({ anonymous: true, reporter });
    await send()(alert);
    const whole = JSON.stringify(mailer.sent);
    for (const personal of [
      ...Object.values(reporter),
      roadComplaint.title,
      roadComplaint.text,
      "Jalan Contoh",
      "116.86",
    ])
      expect(whole).not.toContain(personal);
    expect(whole).toContain("pelapor anonim");
  });

  test("an alert has a link only where the stage has pages", async () => {
    const without = await office();
    await without.send()(alert);
    expect(without.mailer.sent[0]?.html).not.toContain("href");
    const withPages = await office({}, { siteUrl: "https://lapor.example" });
    await withPages.send()(alert);
    expect(withPages.mailer.sent[0]?.html).toContain(
      'href="https://lapor.example/petugas/laporan/7K3MQ-P4X9C"',
    );
  });

  test("an alert shows a place that looks like HTML as text", async () => {
    const { send, mailer } = await office({
      location: { regionCode: "64.71", address: '<img src=x onerror="a()">' },
    });
    await send()(alert);
    expect(mailer.sent[0]?.html).not.toContain("<img");
    expect(mailer.sent[0]?.html).toContain("&lt;img");
  });
});

describe("the confirmation to the reporter", () => {
  test("a confirmation holds the tracking number and not the receipt", async () => {
    const { send, mailer } = await office({ reporter });
    await send()(confirmation);
    expect(mailer.sent[0]).toMatchObject({
      to: reporter.email,
      subject: "[7K3MQ-P4X9C] Laporan Anda kami terima",
    });
    expect(JSON.stringify(mailer.sent)).not.toContain(receipt);
  });

  test("a confirmation holds the receipt when the reporter asked for it, and the receipt is then forgotten", async () => {
    const { send, mailer, reporters } = await office({ reporter: { ...reporter, mailReceipt: true } });
    await send()(confirmation);
    expect(mailer.sent[0]?.text).toContain(receipt);
    expect(mailer.sent[0]?.subject).not.toContain(receipt);
    expect((await reporters.find("7K3MQ-P4X9C"))?.receiptToMail).toBeUndefined();
  });

  test("a reporter who wrote in English gets a confirmation in English", async () => {
    const { send, mailer } = await office({ reporter }, { language: "en" });
    await send()(confirmation);
    expect(mailer.sent[0]?.text).toMatch(/Monday,? 23 November 2026 at 09:30 WITA/);
  });

  test("a reporter who left no e-mail address gets no confirmation", async () => {
    const { messages } = await office({ reporter: { name: "Warga" } });
    expect(messages.map(({ kind }) => kind)).toEqual(["new-case-alert", "officer-notice"]);
  });
});

describe("a message that comes twice", () => {
  test("a message that comes twice sends one mail", async () => {
    const { send, mailer } = await office();
    await send()(alert);
    await send()(alert);
    expect(mailer.sent).toHaveLength(1);
  });

  test("a message sends one mail when both copies are worked on at once, and the later copy comes back", async () => {
    const { send, mailer } = await office();
    const both = await Promise.allSettled([send()(alert), send()(alert)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(mailer.sent).toHaveLength(1);
  });

  test("a message sends the mail after all when the first worker died on the way, with what came meanwhile", async () => {
    const { send, marks, piles } = await office();
    const mailbox = "mailbox@balikpapan-dinas-pu";
    await marks.claim({ ...alert, kind: "new-case-alert", to: mailbox }, at);
    await expect(send(new Date(at.getTime() + 59_000))(alert)).rejects.toThrow("Another worker");
    await send(new Date(at.getTime() + 61_000))(alert);
    expect(await piles.waiting(mailbox)).toHaveLength(1);
  });

  test("a notice whose sending was refused waits for the next mail and is not lost", async () => {
    const { send, mailer, piles } = await office({}, { refuse: ["dinas-pu@balikpapan.example"] });
    await expect(send()(alert)).rejects.toThrow("refused");
    await send()(alert);
    expect(mailer.sent).toHaveLength(0);
    expect(await piles.waiting("mailbox@balikpapan-dinas-pu")).toHaveLength(1);
  });
});

describe("what waits from before a deployment", () => {
  const named = { trackingNumber: "7K3MQ-P4X9C", sequence: 3 };

  test("messages of the deployment before are still read from the message queue", () => {
    const kinds = [
      "new-case-alert",
      "submission-confirmation",
      "reporter-notice",
      "former-address-notice",
      "officer-notice",
      "deadline-alert",
      "followers",
    ];
    for (const kind of kinds) expect(mailMessage.parse({ kind, ...named })).toEqual({ kind, ...named });
    expect(mailMessage.parse({ kind: "digest", to: "someone" })).toEqual({ kind: "digest", to: "someone" });
  });

  test("notices of the deployment before are still read from piles", () => {
    for (const kind of ["new-case-alert", "officer-notice", "deadline-alert"])
      expect(gathered.parse({ kind, ...named, to: "someone" })).toEqual({ kind, ...named, to: "someone" });
  });

  test("the message queue does not take the mail to one follower", () => {
    expect(mailMessage.safeParse({ kind: "follower-notice", ...named }).success).toBe(false);
  });
});

describe("a batch with one bad message", () => {
  const sqs = (bodies: string[]): SQSEvent =>
    ({
      Records: bodies.map((body, index) => ({
        messageId: String(index),
        body,
        attributes: { ApproximateReceiveCount: "1" },
        eventSource: "aws:sqs",
      })),
    }) as unknown as SQSEvent;

  test("a batch with one bad message sends the others and gives only the bad one back", async () => {
    const { send, mailer } = await office({ reporter });
    const work = worker(mailMessage, send());
    const bad = ["no JSON", "{}", JSON.stringify({ ...alert, trackingNumber: "00000-00000" })];
    const answer = await work(
      sqs([JSON.stringify(alert), ...bad, JSON.stringify(confirmation)]),
      {} as Context,
    );
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["1", "2", "3"]);
    expect(mailer.sent.map(({ to }) => to)).toEqual(
      expect.arrayContaining(["dinas-pu@balikpapan.example", reporter.email]),
    );
  });

  test("a batch whose messages are all bad gives all of them back", async () => {
    const { send } = await office();
    const answer = await worker(mailMessage, send())(sqs(["x", "y"]), {} as Context);
    expect(answer.batchItemFailures).toHaveLength(2);
  });
});

describe("events on their way to the message queue", () => {
  const taking = (sent: unknown[]) => ({
    send: async (messages: readonly unknown[]) => {
      sent.push(...messages);
      return [];
    },
  });
  const record = (sequenceNumber: string, image: Record<string, unknown>): DynamoDBRecord => ({
    eventName: "INSERT",
    dynamodb: {
      SequenceNumber: sequenceNumber,
      NewImage: marshall(image, { removeUndefinedValues: true }) as never,
    },
  });
  const event = (trackingNumber: string) => ({
    pk: "x",
    sk: "y",
    ...submitted({ reporter }, trackingNumber).event,
  });

  test("events become one message for each mail, without a word of the report", async () => {
    const sent: unknown[] = [];
    const publish = publishEvents(taking(sent));
    expect(await publish({ Records: [record("1", event("A"))] })).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([
      { kind: "new-case-alert", trackingNumber: "A", sequence: 1 },
      { kind: "submission-confirmation", trackingNumber: "A", sequence: 1 },
      { kind: "officer-notice", trackingNumber: "A", sequence: 1 },
    ]);
  });

  test("events of a deadline become one message for all who have to be alerted", async () => {
    const sent: unknown[] = [];
    const alerts = [{ clock: "completion" as const, stage: "overdue" as const, due: "2026-11-20" }];
    const { case: found } = submitted();
    const { event: warned } = moved(found, { by: { role: "system" }, at, salt: "salt" }, "warned", {
      alerts,
    });
    await publishEvents(taking(sent))({ Records: [record("1", { pk: "x", sk: "y", ...warned })] });
    expect(sent).toEqual([{ kind: "deadline-alert", trackingNumber: found.trackingNumber, sequence: 2 }]);
  });

  test("an unreadable event stops those behind it, not those before it", async () => {
    const sent: unknown[] = [];
    const publish = publishEvents(taking(sent));
    const answer = await publish({
      Records: [record("1", event("A")), record("2", { pk: "?" }), record("3", event("C"))],
    });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
    expect(sent).toHaveLength(3);
  });

  test("events that the message queue did not take come again", async () => {
    const publish = publishEvents({ send: async () => [3] });
    const answer = await publish({ Records: [record("1", event("A")), record("2", event("B"))] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
  });
});
