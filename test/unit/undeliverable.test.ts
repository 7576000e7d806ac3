import {
  AccountSuspendedException,
  BadRequestException,
  MailFromDomainNotVerifiedException,
  MessageRejected,
  NotFoundException,
  SendingPausedException,
  type SESv2Client,
  TooManyRequestsException,
} from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import { AddressRefused, sesMailer } from "../../shared/notification/mails/mailer-store.ts";
import { reporterId } from "../../shared/notification/notification.ts";
import { noteUndeliverable } from "../../shared/notification/telling/post-flow.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff } from "../fakes/staff.ts";

const email = "warga@contoh.example";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";

/** An office whose mail service refuses some addresses for good. */
async function refusing(...addresses: string[]) {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const forGood = new Set(addresses);
  const room = aMailRoom(office, { forGood });
  room.at(office.now());
  const found = await office.submit({
    ...roadComplaint,
    agencyId: "balikpapan-dinas-pu",
    occurredOn: undefined,
    reporter: { email },
  });
  const verified = async () => {
    await found.as("admin", "verification", {});
    return room.deliver(found.number);
  };
  const me = async (who: keyof typeof staff) => (await office.asks(who, "/v1/officer/me")).body;
  const later = (local: string) => {
    office.at(local);
    room.at(new Date(local));
  };
  return { office, room, forGood, found, verified, me, later };
}

describe("an officer whom no mail reaches", () => {
  test("a mail that is refused for good is not sent again, and everybody else gets theirs", async () => {
    const { room, found, verified } = await refusing(staff.worker.email);
    const sent = await verified();
    expect(sent.map(({ to }) => to)).toContain(staff.liaison.email);
    const messages = await room.publish([found.number]);
    for (const message of messages) await room.send(message);
    expect(room.mailer.sent.map(({ to }) => to)).not.toContain(staff.worker.email);
  });

  test("they see it on their profile, and their administrator in the list and on the officer, with since when, why and what to do", async () => {
    const { office, verified, me } = await refusing(staff.worker.email);
    expect((await me("worker")).undeliverable).toBeUndefined();
    await verified();
    const mark = { since: "2026-11-24T01:00:00.000Z", why: "refused" };
    expect((await me("worker")).undeliverable).toMatchObject(mark);
    expect((await me("worker")).undeliverable.text).toContain("memperbaiki alamatnya");
    expect((await me("liaison")).undeliverable).toBeUndefined();
    const shown = await office.admin("admin", "GET", `officers/${staff.worker.id}`);
    expect(shown.body.undeliverable).toMatchObject(mark);
    const listed = await office.admin("admin", "GET", "officers?agency=balikpapan-dinas-pu");
    expect(
      listed.body.items
        .filter(({ undeliverable }: { undeliverable?: object }) => undeliverable)
        .map(({ id }: { id: string }) => id),
    ).toEqual([staff.worker.id]);
    expect(JSON.stringify(listed.body.items.map((one: any) => one.undeliverable))).not.toContain("@");
  });

  test("administrators see that no mail reaches the mailbox of their agency, until it has another address", async () => {
    const { office, room, found } = await refusing("lapor@balikpapan.example");
    const path = "agencies/pemkot-balikpapan";
    const seen = async (who: "admin" | "national") => (await office.admin(who, "GET", path)).body;
    expect((await seen("admin")).undeliverable).toBeUndefined();
    await room.deliver(found.number);
    for (const who of ["admin", "national"] as const)
      expect((await seen(who)).undeliverable).toMatchObject({
        since: "2026-11-24T01:00:00.000Z",
        why: "refused",
        text: expect.stringContaining("memperbaiki alamatnya"),
      });
    const { id: _, undeliverable: _u, ...agency } = await seen("national");
    const changed = { ...agency, alertEmail: "pengaduan@balikpapan.example" };
    expect((await office.admin("national", "PUT", path, changed)).status).toBe(200);
    expect((await seen("admin")).undeliverable).toBeUndefined();
  });

  test("the mark says since when: a later refusal does not move it", async () => {
    const { room, found, verified, me, later } = await refusing(staff.worker.email);
    await verified();
    later("2026-11-24T11:00:00+08:00");
    await found.reporter("replies", { text });
    await room.deliver(found.number);
    expect((await me("worker")).undeliverable.since).toBe("2026-11-24T01:00:00.000Z");
  });

  test("the mark goes with the next mail that is taken", async () => {
    const { room, forGood, found, verified, me, later } = await refusing(staff.worker.email);
    await verified();
    forGood.clear();
    later("2026-11-24T11:00:00+08:00");
    await found.reporter("replies", { text });
    await room.deliver(found.number);
    expect((await me("worker")).undeliverable).toBeUndefined();
  });

  test("the mark goes once the address changes", async () => {
    const { office, verified } = await refusing(staff.worker.email);
    await verified();
    const { name, role, agencyId } = staff.worker;
    const changed = { name, role, agencyId, email: "alamat.baru@balikpapan.example" };
    expect((await office.admin("admin", "PUT", `officers/${staff.worker.id}`, changed)).status).toBe(200);
    const shown = await office.admin("admin", "GET", `officers/${staff.worker.id}`);
    expect(shown.body.undeliverable).toBeUndefined();
  });

  test("gathered mails that are refused for good are not gathered for ever", async () => {
    const { office, room, verified, found, me, later } = await refusing(staff.worker.email);
    await verified();
    for (const n of [1, 2, 3]) await found.reporter("replies", { text: `${text} ${n}` });
    await room.deliver(found.number);
    later("2026-11-24T10:00:00+08:00");
    await room.flush(office.now().toISOString());
    expect(await room.dueDigests("2026-11-25T10:00:00+08:00")).toEqual([]);
    expect((await me("worker")).undeliverable).toBeDefined();
  });
});

describe("a reporter whom no mail reaches", () => {
  test("they read it with their receipt, with what to do; neither the public nor any officer does", async () => {
    const { office, room, found } = await refusing(email);
    await room.deliver(found.number);
    const own = (await found.seenByReporter()).body;
    expect(own.notices).toMatchObject([{ code: "undeliverable" }]);
    expect(own.notices[0].text).toMatch(/^Email kami tidak sampai.*Perbaiki alamat Anda/);
    expect(JSON.stringify(own.notices)).not.toContain(email);
    const others = [await found.seenByPublic(), await found.seenBy("worker"), await found.seenBy("observer")];
    for (const { body } of others) expect(JSON.stringify(body)).not.toMatch(/undeliverable|tidak sampai/);
    const queue = await office.queue("admin", { queue: "verification", agency: "balikpapan-dinas-pu" });
    expect(JSON.stringify(queue.body)).not.toMatch(/undeliverable/);
  });

  test("the notice goes once they correct the address", async () => {
    const { room, found } = await refusing(email);
    await room.deliver(found.number);
    await found.correct({ email: "baru@contoh.example" });
    expect((await found.seenByReporter()).body.notices).toBeUndefined();
  });

  test("the notice goes with the next mail that is taken, and stays where mails came back", async () => {
    const { office, room, forGood, found, verified } = await refusing(email);
    await room.deliver(found.number);
    forGood.clear();
    await verified();
    expect((await found.seenByReporter()).body.notices).toBeUndefined();
    // Whoever hears of mails that came back enters by the same door.
    const bounced = {
      to: reporterId(found.number),
      office: "",
      why: "bounced",
      mailedAt: office.now().toISOString(),
    } as const;
    await noteUndeliverable(office, bounced, office.now());
    await found.as("worker", "answer", { text });
    await room.deliver(found.number);
    expect((await found.seenByReporter()).body.notices).toMatchObject([{ code: "undeliverable" }]);
  });
});

describe("what SES refuses", () => {
  const sender = "jangan-balas@lapor.example";
  const answering = (error: Error) =>
    sesMailer({ send: () => Promise.reject(error) } as unknown as SESv2Client, {
      sender,
      configurationSet: "mail",
    }).send(
      { to: email, subject: "", text: "", html: "" },
      { to: undefined, address: "name", office: undefined },
    );
  const failure = (message: string) => ({ message, $metadata: {} });

  test.each([
    ["MessageRejected", new MessageRejected(failure("Address blacklisted.")), "refused"],
    ["an illegal address", new BadRequestException(failure("Illegal address")), "illegal-address"],
    [
      "an address without a domain",
      new BadRequestException(failure("Missing final '@domain'")),
      "illegal-address",
    ],
  ])("%s says that the address is undeliverable", async (_, error, why) => {
    const refused = await answering(error).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(AddressRefused);
    expect(refused).toMatchObject({ why });
    expect(String(refused)).not.toContain("@");
  });

  test.each([
    ["a suspended account", new AccountSuspendedException(failure("x"))],
    ["a paused account", new SendingPausedException(failure("x"))],
    ["a domain of ours that is not verified", new MailFromDomainNotVerifiedException(failure("x"))],
    [
      "a sender of ours that is not verified",
      new MessageRejected(
        failure(`Email address is not verified. The following identities failed the check: ${sender}`),
      ),
    ],
    ["settings that are not there", new NotFoundException(failure("Configuration set mail does not exist"))],
    ["a header of ours", new BadRequestException(failure("Invalid header name"))],
    ["too many mails", new TooManyRequestsException(failure("Maximum sending rate exceeded"))],
    ["a broken line", new Error("socket hang up")],
  ])("%s is ours to mend: the mail is tried again", async (_, error) => {
    await expect(answering(error)).rejects.toBe(error);
  });
});
