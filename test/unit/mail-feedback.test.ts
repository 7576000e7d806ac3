import { describe, expect, test, vi } from "vitest";
import { noteFeedback } from "../../functions/jobs/note-feedback.ts";
import { mailFeedback } from "../../shared/notification/mail-feedback.ts";
import { logger } from "../../shared/platform/observability.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import {
  bounceEvent,
  complaintEvent,
  delayEvent,
  lastMail,
  passedOn,
  rejectEvent,
  type SesEvent,
} from "../fakes/ses-events.ts";
import { staff } from "../fakes/staff.ts";

vi.hoisted(() => {
  process.env.NOTIFICATIONS_TABLE = "notifications";
  process.env.REPORTERS_TABLE = "reporters";
});

const email = "warga@contoh.example";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const department = "balikpapan-dinas-pu";

/** A verified case of which everybody was mailed at nine, and a mail service that tells what became of it. */
async function mailed() {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const room = aMailRoom(office);
  room.at(office.now());
  const submitted = () =>
    office.submit({ ...roadComplaint, agencyId: department, occurredOn: undefined, reporter: { email } });
  const found = await submitted();
  await room.deliver(found.number);
  await found.as("admin", "verification", {});
  await room.deliver(found.number);
  const mailedAt = office.now();
  const later = (local: string) => {
    office.at(local);
    room.at(new Date(local));
  };
  const note = noteFeedback(office, office.now);
  /** Lets the event bus pass an event on, and the worker note it. */
  const tell = async (event: SesEvent) => {
    const messages = passedOn(event);
    for (const message of messages) await note(mailFeedback.parse(JSON.parse(message)));
    return messages;
  };
  const to = (address: string) => lastMail(room.mailer, address);
  const mailsTo = (address: string) => room.mailer.sent.filter((mail) => mail.to === address).length;
  const me = async () => (await office.asks("worker", "/v1/officer/me")).body;
  const notices = async () => (await found.seenByReporter()).body.notices;
  /** Something that everybody about the case would be mailed of. */
  const answered = async () => {
    await found.as("worker", "answer", { text });
    await room.deliver(found.number);
  };
  return { office, room, found, submitted, mailedAt, later, tell, to, mailsTo, me, notices, answered };
}

const worker = staff.worker.email;

describe("an officer whose mails come back", () => {
  test("is mailed no more, reads why on their profile, and so does their administrator, until the administrator says that the address is right", async () => {
    const { office, room, found, mailedAt, later, tell, to, mailsTo, me } = await mailed();
    await tell(bounceEvent(to(worker), mailedAt));
    expect((await me()).undeliverable).toMatchObject({ why: "bounced", since: "2026-11-24T01:00:00.000Z" });
    expect((await me()).undeliverable.text).toContain("menyatakan bahwa alamatnya sudah benar");
    const path = `officers/${staff.worker.id}`;
    const { body } = await office.admin("admin", "GET", path);
    expect(body.undeliverable).toMatchObject({ why: "bounced" });

    const before = mailsTo(worker);
    later("2026-11-24T11:00:00+08:00");
    await found.reporter("replies", { text });
    await room.deliver(found.number);
    expect(mailsTo(worker)).toBe(before);
    expect(mailsTo(email)).toBeGreaterThan(0);

    expect((await office.admin("admin", "POST", `${path}/address-confirmation`)).status).toBe(200);
    expect((await me()).undeliverable).toBeUndefined();
    const history = await office.admin("admin", "GET", `${path}/history`);
    expect(history.body.items.at(-1)).toMatchObject({
      type: "changed",
      text: "Diubah: alamat email dinyatakan sudah benar",
      by: { officerId: staff.admin.id },
    });
    later("2026-11-24T13:30:00+08:00");
    await found.reporter("replies", { text: `${text} Terima kasih.` });
    await room.deliver(found.number);
    await room.flush("2026-11-24T14:30:00+08:00");
    expect(mailsTo(worker)).toBeGreaterThan(before);
  });

  test("is not marked again by what is told twice, or late, of a mail from before the address was found right", async () => {
    const { office, mailedAt, later, tell, to, me } = await mailed();
    const event = bounceEvent(to(worker), mailedAt);
    await tell(event);
    later("2026-11-24T11:00:00+08:00");
    await office.admin("admin", "POST", `officers/${staff.worker.id}/address-confirmation`);
    await tell(event);
    await tell(complaintEvent(to(worker), new Date("2026-11-24T10:59:00+08:00")));
    expect((await me()).undeliverable).toBeUndefined();
    await tell(bounceEvent(to(worker), new Date("2026-11-24T11:01:00+08:00")));
    expect((await me()).undeliverable).toMatchObject({ why: "bounced" });
  });

  test("an address that no mail came back from cannot be found right, nor by who is not in charge", async () => {
    const { office, mailedAt, tell, to } = await mailed();
    const path = `officers/${staff.worker.id}/address-confirmation`;
    expect((await office.admin("admin", "POST", path)).status).toBe(409);
    await tell(bounceEvent(to(worker), mailedAt));
    expect((await office.admin("worker", "POST", path)).status).toBe(403);
    expect((await office.admin("admin", "POST", path)).status).toBe(200);
  });

  test("a server without TLS is told in its own words, also where the mail was given up for a passing reason", async () => {
    const { mailedAt, tell, to, me } = await mailed();
    const words = `smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes. <TLS is required, but ${worker} offers none>`;
    const messages = await tell(
      bounceEvent(to(worker), mailedAt, { type: "Transient", status: "4.4.7", words }),
    );
    expect(messages.map((message) => JSON.parse(message).what).sort()).toEqual(["lost", "refused-tls"]);
    expect((await me()).undeliverable).toMatchObject({ why: "refused-tls" });
    expect((await me()).undeliverable.text).toContain("terenkripsi (TLS)");
  });
});

describe("the mailbox of an agency whose mails come back", () => {
  test("is mailed no more until an administrator says that it is right", async () => {
    const { office, room, submitted, mailedAt, later, tell, to, mailsTo } = await mailed();
    const mailbox = "lapor@balikpapan.example";
    const path = "agencies/pemkot-balikpapan";
    await tell(bounceEvent(to(mailbox), mailedAt));
    const seen = async () => (await office.admin("admin", "GET", path)).body;
    expect((await seen()).undeliverable).toMatchObject({ why: "bounced" });
    const before = mailsTo(mailbox);
    later("2026-11-24T11:00:00+08:00");
    await room.deliver((await submitted()).number);
    expect(mailsTo(mailbox)).toBe(before);
    expect((await office.admin("admin", "POST", `${path}/address-confirmation`)).status).toBe(200);
    expect((await seen()).undeliverable).toBeUndefined();
    later("2026-11-24T13:00:00+08:00");
    await room.deliver((await submitted()).number);
    expect(mailsTo(mailbox)).toBeGreaterThan(before);
  });
});

describe("a reporter whose mails come back", () => {
  test("reads it with their receipt and is mailed no more, about this case and any other; the public reads nothing", async () => {
    const { room, found, submitted, mailedAt, later, tell, to, mailsTo, notices, answered } = await mailed();
    await tell(bounceEvent(to(email), mailedAt));
    expect(await notices()).toMatchObject([{ code: "undeliverable" }]);
    expect((await notices())[0].text).toMatch(/^Email kami tidak sampai/);
    expect(JSON.stringify((await found.seenByPublic()).body)).not.toMatch(/undeliverable|tidak sampai/);
    const before = mailsTo(email);
    later("2026-11-24T11:00:00+08:00");
    await answered();
    const other = await submitted();
    await room.deliver(other.number);
    expect(mailsTo(email)).toBe(before);
    expect((await other.seenByReporter()).body.notices).toMatchObject([{ code: "undeliverable" }]);
  });

  test("is mailed at a new address at once, and what is told late of the old one marks nothing", async () => {
    const { found, mailedAt, later, tell, to, mailsTo, notices, answered } = await mailed();
    await tell(bounceEvent(to(email), mailedAt));
    later("2026-11-24T11:00:00+08:00");
    await found.correct({ email: "baru@contoh.example" });
    await tell(complaintEvent(to(email), mailedAt));
    expect(await notices()).toBeUndefined();
    await answered();
    expect(mailsTo("baru@contoh.example")).toBeGreaterThan(0);
  });

  test("has mails sent again by asking for them, because the mailbox was mended", async () => {
    const { found, mailedAt, later, tell, to, mailsTo, notices, answered } = await mailed();
    await tell(bounceEvent(to(email), mailedAt));
    const before = mailsTo(email);
    later("2026-11-24T11:00:00+08:00");
    expect((await found.chooseMails(true)).status).toBe(200);
    expect(await notices()).toBeUndefined();
    await answered();
    expect(mailsTo(email)).toBeGreaterThan(before);
  });

  test("an address that complained stays without mails, whatever the holder of a receipt asks for: it may be a stranger's", async () => {
    const { found, mailedAt, later, tell, to, mailsTo, notices, answered } = await mailed();
    await tell(complaintEvent(to(email), mailedAt, "abuse"));
    const before = mailsTo(email);
    later("2026-11-24T11:00:00+08:00");
    await found.chooseMails(true);
    expect(await notices()).toMatchObject([{ code: "undeliverable" }]);
    await answered();
    expect(mailsTo(email)).toBe(before);
  });
});

describe("what SES tells of mails", () => {
  test("marks nobody for a passing reason, a delay, or a reader who took the mail out of the spam", async () => {
    const { mailedAt, tell, to, me, notices } = await mailed();
    const events: [SesEvent, string[]][] = [
      [
        bounceEvent(to(worker), mailedAt, { type: "Transient", subType: "MailboxFull", status: "5.2.2" }),
        ["lost"],
      ],
      [bounceEvent(to(worker), mailedAt, { type: "Undetermined", subType: "Undetermined" }), ["lost"]],
      [rejectEvent(to(email), mailedAt), ["lost"]],
      [delayEvent(to(worker), mailedAt), []],
      [complaintEvent(to(email), mailedAt, "not-spam"), []],
    ];
    for (const [event, what] of events)
      expect((await tell(event)).map((message) => JSON.parse(message).what)).toEqual(what);
    expect([(await me()).undeliverable, await notices()]).toEqual([undefined, undefined]);
  });

  test("reaches neither our queue nor our log with an address, a subject or the words of a mail server", async () => {
    const { mailedAt, tell, to } = await mailed();
    const written = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const stdout = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
    logger.setLogLevel("DEBUG");
    const messages: string[] = [];
    try {
      for (const told of [to(email), to(worker)])
        for (const event of [bounceEvent(told, mailedAt), complaintEvent(told, mailedAt)])
          messages.push(...(await tell(event)));
      const log = JSON.stringify([written.mock.calls, stdout.mock.calls]);
      for (const secret of [email, worker, to(worker).mail.subject, "user unknown"])
        expect([messages.join(), log].filter((one) => one.includes(secret))).toEqual([]);
    } finally {
      written.mockRestore();
      stdout.mockRestore();
    }
    expect(messages).toHaveLength(4);
  });

  test("of mails that are not ours marks nothing", async () => {
    const { mailedAt, tell, to, me } = await mailed();
    const event = bounceEvent({ ...to(worker), tags: {} }, mailedAt);
    expect(await tell(event)).toHaveLength(1);
    expect((await me()).undeliverable).toBeUndefined();
  });
});
