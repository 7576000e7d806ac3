import type { SendEmailCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { describe, expect, test } from "vitest";
import type { Case } from "../../shared/case/case.ts";
import { caseState } from "../../shared/case/case.ts";
import { type CaseEvent, type EventType, eventTypes } from "../../shared/case/history.ts";
import { endOfDay } from "../../shared/deadline/calendar/local-date.ts";
import type { Agency } from "../../shared/directory/directory.ts";
import type { Language } from "../../shared/language.ts";
import { mailMessage, messagesOf } from "../../shared/notification/mail-message.ts";
import type { About } from "../../shared/notification/mails/about.ts";
import { digest } from "../../shared/notification/mails/digest.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { sesMailer } from "../../shared/notification/mails/mailer-store.ts";
import { newCaseAlert } from "../../shared/notification/mails/new-case-alert.ts";
import {
  followerNotice,
  formerAddressNotice,
  officerNotice,
  reporterNotice,
} from "../../shared/notification/mails/notice.ts";
import { submissionConfirmation } from "../../shared/notification/mails/submission-confirmation.ts";
import { reporterId } from "../../shared/notification/notification.ts";
import { audienceOf } from "../../shared/notification/recipients/audience.ts";
import { mailboxOf, type Recipient } from "../../shared/notification/recipients/recipients.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const number = "7K3MQ-P4X9C";
const otherNumber = "2HX8D-4TQ7N";
const receipt = "WWQX-MMNN-7H3P-8R2T-4V9Z";
const siteUrl = "https://lapor.example";
const at = new Date("2026-11-24T01:00:00.000Z");
const email = "warga@contoh.go.id";

const agency: Agency = {
  id: "markah-instansi",
  name: "MARKAH Instansi Contoh",
  type: "department",
  parent: null,
  regionCode: "64.71",
  timeZone: "Asia/Makassar",
  alertEmail: "kotak@instansi.example",
};

const plain: Case = caseState.parse({
  trackingNumber: number,
  version: 2,
  lastHash: "x",
  movedAt: at.toISOString(),
  status: "answered",
  submittedAt: at.toISOString(),
  class: "complaint",
  title: "MARKAH judul",
  originalTitle: "MARKAH judul pertama",
  location: { regionCode: "64.71", address: "MARKAH alamat" },
  category: "markah-kategori",
  agencyId: agency.id,
  anonymous: false,
  secret: false,
  receiptHash: "x",
  clocks: [],
  holder: agency.id,
  heldSince: at.toISOString(),
  returns: 0,
  duplicateOf: otherNumber,
});

/** The kinds of cases whose mails tell nothing. */
const discreet: [string, Partial<Case>][] = [
  ["an anonymous case", { anonymous: true }],
  ["a secret case", { secret: true }],
  ["an anonymous and secret case", { anonymous: true, secret: true }],
  ["a case that its reporter hid later", { redaction: "hidden" }],
];

/** An event of each type, with marks in all that it tells. */
const eventOf = (type: EventType, role = "unit-officer"): CaseEvent =>
  ({
    trackingNumber: number,
    sequence: 2,
    type,
    at: at.toISOString(),
    by: { role, agencyId: agency.id },
    officerId: "markah-petugas",
    content: {
      text: "MARKAH teks",
      reason: "MARKAH alasan",
      title: "MARKAH judul",
      note: "MARKAH catatan",
      comment: "MARKAH ulasan",
      basis: "MARKAH dasar",
      due: "2026-12-01",
      replyUntil: endOfDay("2026-12-08", agency.timeZone),
      appealUntil: endOfDay("2026-12-08", agency.timeZone),
      to: agency.id,
      from: "markah-asal",
      duplicateOf: otherNumber,
      attachmentId: "markah-berkas",
      stars: 1,
    },
    salt: "x",
    previousHash: "x",
    hash: "x",
  }) as unknown as CaseEvent;

const about = (change: Partial<Case>, type: EventType): About => ({
  case: { ...plain, ...change },
  event: eventOf(type),
  agency,
  siteUrl,
});

/** What the mailbox of a reporter must not read: marks, numbers, the matter, places, dates, and what happened. */
const telling =
  /MARKAH|markah-|7K3MQ|P4X9C|2HX8D|WWQX|Pengaduan|Complaint|64\.71|Balikpapan|Desember|December|November|Ditindaklanjuti|Answered|rahasia|anonim|anonymous|secret\b/i;
const parts = (mail: Mail): string => [mail.subject, mail.text, mail.html].join("\n");

describe.each(["id", "en"] as const)("mails to reporters (%s)", (language: Language) => {
  const to = { email, language };

  test.each(discreet)("the mail about %s is the same whatever happened, and tells nothing", (_, change) => {
    const mails = eventTypes.flatMap((type) => reporterNotice(to, about(change, type)) ?? []);
    expect(mails).toHaveLength(eventTypes.filter((type) => audienceOf(type).reporter).length);
    const [first] = mails;
    for (const mail of mails) expect(mail).toEqual(first);
    expect(parts(first as Mail)).not.toMatch(telling);
    expect(first?.subject).not.toMatch(/laporan\b|report\b/);
    const page = language === "id" ? "https://lapor.example/lacak" : "https://lapor.example/en/lacak";
    expect([...parts(first as Mail).matchAll(/https?:[^"\s]+/g)].map(([url]) => url)).toEqual([page, page]);
  });

  test.each(discreet)("mails about two cases that are each %s cannot be told apart", (_, change) => {
    const mine = reporterNotice(to, about(change, "answered"));
    const others = about({ ...change, trackingNumber: otherNumber, class: "aspiration" }, "asked");
    const elsewhere = {
      ...others,
      agency: { ...agency, id: "lain", name: "Lain", timeZone: "Asia/Jayapura" as const },
    };
    expect(reporterNotice(to, elsewhere)).toEqual(mine);
  });

  test.each(discreet)(
    "the last mail to a former address of %s tells nothing, and not whether data were corrected or deleted",
    (_, change) => {
      const corrected = formerAddressNotice(to, about(change, "contact-corrected"));
      expect(formerAddressNotice(to, about(change, "identity-deleted"))).toEqual(corrected);
      expect(parts(corrected as Mail)).not.toMatch(telling);
      expect(corrected?.text).toMatch(language === "id" ? /ganti tanda terima/ : /replace that receipt/);
    },
  );

  test.each(discreet)(
    "the mail about a joined case tells nothing if either of the two is %s",
    (_, change) => {
      for (const type of eventTypes.filter((one) => audienceOf(one).followers)) {
        const mine = followerNotice(to, about(change, type), plain);
        const first = followerNotice(to, about({}, type), { ...plain, ...change });
        for (const mail of [mine, first]) expect(parts(mail as Mail)).not.toMatch(telling);
        expect(first).toEqual(mine);
      }
    },
  );

  test.each(discreet)(
    "the confirmation of %s tells nothing, and holds number and receipt only where they were asked for",
    (_, change) => {
      const found = { ...plain, ...change };
      const options = { agency: agency.name, timeZone: agency.timeZone, policies: [], siteUrl };
      const reporter = { trackingNumber: number, email, language };
      const mail = submissionConfirmation(found, reporter, options);
      expect(parts(mail)).not.toMatch(telling);
      expect(mail.subject).toBe(reporterNotice(to, about(change, "answered"))?.subject);

      const asked = submissionConfirmation(found, { ...reporter, receiptToMail: receipt }, options);
      expect(asked.subject).toBe(mail.subject);
      for (const part of [asked.text, asked.html]) {
        expect(part).toContain(number);
        expect(part).toContain(receipt);
      }
      expect(parts(asked).replaceAll(number, "").replaceAll(receipt, "")).not.toMatch(telling);
      expect(asked.text).toMatch(language === "id" ? /hapus email ini/ : /delete this email/);
      for (const [url] of parts(asked).matchAll(/https?:[^"\s]+/g)) expect(url).not.toMatch(/7K3MQ|WWQX/);
    },
  );

  test("the mails about any other case name number, agency and what happened, as before", () => {
    for (const type of eventTypes.filter((one) => audienceOf(one).reporter)) {
      const mail = reporterNotice(to, about({}, type));
      expect(mail?.subject).toMatch(/^\[7K3MQ-P4X9C\] \S/);
      expect(mail?.text).toContain(agency.name);
    }
  });
});

describe("mails to officers", () => {
  const officer = { name: "Petugas Contoh", email: "petugas@instansi.example" };
  const recipient: Recipient = { ...officer, id: "x", agencyId: agency.id, mails: "immediate" };
  /** An officer finds the case by its number, and reads there what it is about. */
  const tellingOfficers = /MARKAH|markah-|2HX8D|WWQX|Pengaduan|64\.71|Balikpapan/i;

  test.each(discreet)(
    "the mail about an event of %s has no number in its subject, and no agency, matter or place in its text",
    (_, change) => {
      const mails = eventTypes.flatMap((type) =>
        [officer, mailboxOf(agency)].flatMap((to) => officerNotice(to, about(change, type)) ?? []),
      );
      expect(mails.length).toBeGreaterThan(10);
      for (const mail of mails) {
        expect(mail.subject).not.toContain("7K3MQ");
        expect(mail.subject).toMatch(/^\p{Lu}.{8}/u);
        expect(mail.text).toContain(number);
        expect(parts(mail)).not.toMatch(tellingOfficers);
      }
    },
  );

  test.each(discreet)(
    "the alert of a new case that is %s holds no number in its subject, and no agency, matter or place",
    (_, change) => {
      const mail = newCaseAlert(
        { ...plain, ...change },
        { verifier: agency, agencyName: agency.name, regionName: "Kota Balikpapan", siteUrl },
      );
      expect(mail.subject).toBe("Laporan baru menunggu verifikasi");
      expect(mail.text).toContain(number);
      expect(parts(mail)).not.toMatch(tellingOfficers);
    },
  );

  test.each(discreet)(
    "the digest about %s names it by number in its list only, and names neither an agency nor a legal basis, which tells its class",
    (_, change) => {
      const clock = {
        clock: "response",
        name: "Tanggapan awal",
        dueDate: "2026-12-01",
        daysLeft: 3,
        workingDays: 5,
        legalBasis: "Praktik (60 hari kerja, berkadar pengawasan)",
      } as never;
      const one = digest(recipient, { due: [{ about: about(change, "warned"), clock }], news: [], at });
      expect(one?.subject).toBe("Tanggapan awal: sisa 3 hari kerja");
      expect(parts(one as Mail)).not.toMatch(/pengawasan|Dasar hukum/);
      const news = digest(recipient, { due: [], news: [about(change, "assigned")], at });
      expect(news?.subject).toBe("Disposisi baru");
      for (const mail of [one, news]) {
        expect(mail?.text).toContain(`1. [${number}]`);
        expect(parts(mail as Mail)).not.toMatch(tellingOfficers);
      }
      // Of one case that tells nothing and another that may, each is shown as it is.
      const both = digest(recipient, {
        due: [],
        news: [about(change, "assigned"), about({ trackingNumber: "3HX8D-4TQ7N" }, "assigned")],
        at,
      });
      expect(both?.subject).toBe("Ringkasan 2 laporan");
      expect(both?.text.match(/MARKAH Instansi/g)).toHaveLength(1);
    },
  );
});

test("what waits in the message queue of mails, and in its dead letters, holds ids and nothing that anybody told", () => {
  const messages = [...eventTypes].flatMap((type) =>
    ["reporter", "system", "unit-officer"].flatMap((role) =>
      type === "warned" && role !== "system" ? [] : messagesOf(eventOf(type, role)),
    ),
  );
  expect(messages.length).toBeGreaterThan(eventTypes.length);
  for (const message of messages) {
    expect(Object.keys(message)).toEqual(["kind", "trackingNumber", "sequence"]);
    expect(JSON.stringify(message)).not.toMatch(/MARKAH|markah|@/);
    expect(mailMessage.safeParse({ ...message, email }).success).toBe(false);
  }
});

test("a mail goes out with the same headers whatever it says, and asks for no answer", async () => {
  const commands: SendEmailCommand[] = [];
  const ses = { send: async (command: SendEmailCommand) => commands.push(command) } as unknown as SESv2Client;
  const mailer = sesMailer(ses, { sender: "jangan-balas@lapor.example", configurationSet: "surat" });
  for (const change of [{}, { anonymous: true }]) {
    const mail = reporterNotice({ email, language: "id" }, about(change, "answered"));
    await mailer.send(mail as Mail, { to: reporterId("7K3MQ-P4X9C"), address: "name", office: undefined });
  }
  const [one, other] = commands.map(({ input }) => input);
  for (const input of [one, other]) {
    const { Content, ...envelope } = input ?? {};
    expect(envelope).toEqual({
      FromEmailAddress: "jangan-balas@lapor.example",
      ConfigurationSetName: "surat",
      Destination: { ToAddresses: [email] },
      // They are told to SES, not to the mailbox.
      EmailTags: [
        { Name: "address", Value: "name" },
        { Name: "to", Value: Buffer.from(reporterId("7K3MQ-P4X9C")).toString("base64url") },
      ],
    });
    expect(Object.keys(Content?.Simple ?? {}).sort()).toEqual(["Body", "Headers", "Subject"]);
    expect(Content?.Simple?.Headers).toEqual([
      { Name: "Auto-Submitted", Value: "auto-generated" },
      { Name: "X-Auto-Response-Suppress", Value: "All" },
    ]);
  }
  expect(JSON.stringify(other)).not.toMatch(telling);
});

test("no mail of the whole life of an anonymous and secret report tells whoever runs the mailbox anything", async () => {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const room = aMailRoom(office, { siteUrl });
  room.at(office.now());
  const text = "MARKAH cerita yang cukup panjang untuk sebuah laporan.";
  const found = await office.submit({
    ...roadComplaint,
    occurredOn: undefined,
    title: "MARKAH judul",
    text,
    anonymous: true,
    secret: true,
    reporter: { name: "MARKAH nama", email, phone: "081200001111" },
  });
  const steps: (() => Promise<{ status: number }>)[] = [
    () => found.as("admin", "verification", { supervised: false }),
    () => found.as("worker", "question", { text }),
    () => found.reporter("replies", { text }),
    () => found.as("worker", "answer", { text }),
    () => found.reporter("confirmation", { stars: 1 }),
    () => found.as("head", "answer", { text }),
    () => found.reporter("identity-consent", { agreed: true }),
    () => found.openIdentity("head", text),
    () => found.correct({ email: "lain@contoh.ac.id" }),
    () => found.reporter("appeal", { text }),
    () => found.as("national", "archival", { reason: "private-matter", text }),
  ];
  await room.deliver(found.number);
  for (const [index, step] of steps.entries()) {
    office.at(new Date(office.now().getTime() + 3_600_000).toISOString()); // so that nothing is gathered
    room.at(office.now());
    expect([index, (await step()).status]).toEqual([index, 200]);
    await room.deliver(found.number);
  }
  const mine = room.mailer.sent.filter(({ to }) => to === email || to === "lain@contoh.ac.id");
  expect(mine.length).toBeGreaterThan(7);
  for (const mail of mine) {
    expect(parts(mail)).not.toMatch(telling);
    expect(parts(mail)).not.toMatch(/Dinas|Pemerintah|Pekerjaan Umum/);
    expect(parts(mail)).not.toContain(found.number);
    expect(mail.subject).toBe("Ada kabar untuk Anda dari SP4N-LAPOR!");
  }
  const officers = room.mailer.sent.filter((mail) => !mine.includes(mail));
  expect(officers.length).toBeGreaterThan(5);
  for (const mail of officers) {
    expect(mail.subject).not.toContain(found.number);
    expect(parts(mail)).not.toMatch(/MARKAH|Dinas|Pemerintah|081200001111|Jalan Contoh|Kota Balikpapan/);
  }
});
