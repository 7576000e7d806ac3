import { type Challenge, solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test } from "vitest";
import { sendEmail } from "../../functions/jobs/send-email.ts";
import { serve } from "../../shared/http/serve.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { subscriberRecipient } from "../../shared/notification/notification.ts";
import { noteUndeliverable } from "../../shared/notification/telling/post-flow.ts";
import { forgetSubscribers } from "../../shared/subscriber/forgetting-flow.ts";
import { isFollowable, mostSubscribers } from "../../shared/subscriber/subscriber.ts";
import { call } from "../fakes/gateway.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";

const siteUrl = "https://lapor.example";
const email = "pengikut@contoh.example";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const form = { "content-type": "application/x-www-form-urlencoded" };
const start = "2026-11-24T09:00:00+08:00";

const solved = async (challenge: Challenge) => {
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
};

/** The number of a case that is not there. */
const noCase = async () => (await anOffice().submit()).number;

/** A public case, and how somebody follows it. */
async function aCase(change: object = {}) {
  const office = anOffice(start);
  const forGood = new Set<string>();
  const room = aMailRoom(office, { siteUrl, forGood });
  room.at(office.now());
  const found = await office.submit({ agencyId: "balikpapan-dinas-pu", ...change });
  await room.forget([found.number]);
  const api = serve(office.tables().reporter);
  const follow = (address = email, headers: Record<string, string> = {}, network = "10.1.1.1") =>
    call(api, "POST", `/v1/cases/${found.number}/followers`, {
      body: { email: address },
      headers,
      address: network,
    });
  /** Sends the mails that were asked for. */
  const post = async () => {
    const from = room.mailer.sent.length;
    for (const message of office.emails.messages.splice(0)) await room.send(message);
    return room.mailer.sent.slice(from);
  };
  const own = (to = email): Mail[] => room.mailer.sent.filter((mail) => mail.to === to);
  const linkIn = (mail: Mail | undefined) =>
    new URL(/https:\/\/lapor\.example\/v1\/follow\/[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "about:blank")
      .pathname;
  const press = (path: string, body = "follow=yes", headers: Record<string, string> = {}) =>
    call(api, "POST", path, { body, headers: { ...form, ...headers } });
  const following = async (address = email) => {
    expect((await follow(address)).status).toBe(202);
    const [mail] = await post();
    expect((await press(linkIn(mail))).status).toBe(200);
  };
  const stop = (mail: Mail | undefined) =>
    call(
      api,
      "POST",
      new URL(/^<(.*)>$/.exec(mail?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "about:blank").pathname,
      {
        body: "List-Unsubscribe=One-Click",
        headers: form,
      },
    );
  /** Moves the clock of everything. */
  const at = (local: string) => {
    office.at(local);
    room.at(local);
  };
  const deliver = () => room.deliver(found.number);
  const ids = () => office.subscribers.idsOf(found.number);
  return {
    office,
    room,
    found,
    api,
    follow,
    post,
    own,
    linkIn,
    press,
    following,
    stop,
    at,
    deliver,
    ids,
    forGood,
  };
}

describe("somebody asks to follow a public case", () => {
  test("the address gets a mail with a link, and no news before its button was pressed; opening the link changes nothing", async () => {
    const { api, follow, post, linkIn, own, found, deliver, press, ids } = await aCase();
    const answer = await follow();
    expect([answer.status, answer.body.trackingNumber]).toEqual([202, found.number]);
    expect(answer.body.text).toContain("24 jam");
    const [mail] = await post();
    expect(mail?.to).toBe(email);
    const page = await call(api, "GET", linkIn(mail));
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.body).toContain('<form method="post">');
    await found.as("admin", "verification", {});
    await deliver();
    expect(await ids()).toEqual([]);
    expect(own()).toHaveLength(1);
    for (const _ of [1, 2])
      expect((await press(linkIn(mail))).body).toMatchObject({
        following: true,
        trackingNumber: found.number,
      });
    await found.as("worker", "answer", { text });
    await deliver();
    expect(own()).toHaveLength(2);
    expect(await ids()).toHaveLength(1);
  });

  test("the answer and its headers are the same for an address that follows already, that was just asked, and for a new one", async () => {
    const { follow, following, post, own } = await aCase();
    await following();
    const answers = [
      await follow(),
      await follow("baru@contoh.example"),
      await follow("baru@contoh.example"),
    ];
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    await post();
    // Whoever follows already is not asked again.
    expect(own()).toHaveLength(1);
    expect(own("baru@contoh.example")).toHaveLength(2);
  });

  test.each([
    ["secret", { secret: true }, undefined, {}],
    ["hidden by its reporter", {}, "redaction", { hide: true }],
    ["withdrawn", {}, "withdrawal", {}],
  ] as const)("a case that is %s is refused like one that is not there", async (_, change, move, body) => {
    const { found, follow, api, office } = await aCase(change);
    if (move) expect((await found.reporter(move, body)).status).toBe(200);
    const refused = await follow();
    const nothing = await call(api, "POST", `/v1/cases/${await noCase()}/followers`, { body: { email } });
    expect(refused.status).toBe(404);
    const said = ({ body: { instance: _i, ...rest } }: typeof refused) => rest;
    expect(said(refused)).toEqual(said(nothing));
    expect(office.emails.messages).toEqual([]);
  });

  test("what is no address, and a field too many, are refused at the field", async () => {
    const { api, found } = await aCase();
    const ask = (body: unknown) => call(api, "POST", `/v1/cases/${found.number}/followers`, { body });
    for (const body of [
      {},
      { email: "x" },
      { email: "a@b.example\r\nBcc: c@d.example" },
      { email: `${"a".repeat(250)}@b.example` },
    ])
      expect((await ask(body)).body.errors?.[0]?.path).toBe("email");
    expect((await ask({ email, name: "x" })).status).toBe(400);
  });

  test("an address gets three such mails a day, whoever types it, in whatever spelling and for whichever cases", async () => {
    const { follow, post, at } = await aCase();
    let sent = 0;
    for (const [minute, spelt] of [
      "a.b@gmail.com",
      "AB@gmail.com",
      "ab+x@gmail.com",
      "ab@googlemail.com",
    ].entries()) {
      at(`2026-11-24T09:0${minute}:00+08:00`);
      await follow(spelt);
      sent += (await post()).length;
    }
    expect(sent).toBe(3);
    at("2026-11-25T09:00:00+08:00");
    await follow("ab@gmail.com");
    expect(await post()).toHaveLength(1);
  });

  test("floods of one network cost work, then wait; nobody elsewhere notices", async () => {
    const { follow, office, api, found } = await aCase();
    const typed = (n: number) => `orang${n}@contoh.example`;
    for (let n = 1; n <= 20; n++) expect((await follow(typed(n))).status).toBe(202);
    const refused = await follow(typed(21));
    expect([refused.status, refused.body.challenges]).toEqual([428, "/v1/challenges"]);
    const proof = await solved((await office.challenge("10.1.1.1")).body);
    expect((await follow(typed(21), { "proof-of-work": proof })).status).toBe(202);
    // It counts once.
    expect((await follow(typed(22), { "proof-of-work": proof })).status).toBe(428);
    expect((await follow(typed(23), {}, "10.9.9.9")).status).toBe(202);
    for (let n = 0; n < 180; n++) await follow(typed(24));
    const late = await follow(typed(25), { "proof-of-work": proof });
    expect([late.status, Number(late.headers["retry-after"]) > 0]).toEqual([429, true]);
    // A flood learns nothing of cases either.
    const nothing = await call(api, "POST", `/v1/cases/${await noCase()}/followers`, {
      body: { email },
      address: "10.1.1.1",
    });
    expect(nothing.status).toBe(429);
    expect(JSON.stringify([late, nothing])).not.toContain(found.number);
  });
});

describe("the link that confirms", () => {
  test("a link counts for 24 hours, and a forged one, a changed one and one that stops mails count for nothing", async () => {
    const { follow, post, linkIn, press, at, api, own, ids } = await aCase();
    await follow();
    const [mail] = await post();
    const right = linkIn(mail);
    const stopping = new URL(/<(.*)>/.exec(own()[0]?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "")
      .pathname;
    for (const wrong of [`${right.slice(0, -4)}AAAA`, stopping.replace("unsubscribe", "follow")])
      for (const answer of [await press(wrong), await call(api, "GET", wrong)])
        expect(answer.status).toBe(404);
    expect((await call(api, "GET", right.replace("follow", "unsubscribe"))).status).toBe(404);
    for (const body of ["", "follow=no", "follow=yes&x=1"])
      expect((await press(right, body)).status).toBe(400);
    at("2026-11-25T09:00:00+08:00");
    expect((await press(right)).status).toBe(404);
    expect(await ids()).toEqual([]);
  });

  test("shows neither case nor address: not in its address, not on its page", async () => {
    const { follow, post, linkIn, api, found } = await aCase();
    await follow();
    const [mail] = await post();
    const path = linkIn(mail);
    const raw = Buffer.from(path.split("/").at(-1) ?? "", "base64url").toString("latin1");
    const page = await call(api, "GET", path, { headers: { "accept-language": "en" } });
    expect(`${path} ${raw} ${page.body}`).not.toMatch(new RegExp(`${found.number}|pengikut|contoh`, "i"));
    expect(page.body).toContain("Yes, send me news");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  });

  test("a case that stopped being public meanwhile cannot be confirmed, and its address is forgotten", async () => {
    const { follow, post, linkIn, press, found, office, ids } = await aCase();
    await follow();
    const [mail] = await post();
    await found.reporter("redaction", { hide: true });
    expect((await press(linkIn(mail))).status).toBe(404);
    expect(await ids()).toEqual([]);
    for await (const portion of office.subscribers.toForget(new Date("2027-11-24")))
      expect(portion).toEqual([]);
  });

  test("the link of one address confirms no other one, however alike they are", async () => {
    const { follow, post, linkIn, press, ids, office, found } = await aCase();
    await follow("siti+lain@contoh.example");
    const [mine] = await post();
    await follow("siti@contoh.example");
    await press(linkIn(mine));
    const [id = ""] = await ids();
    const name = { trackingNumber: found.number, id };
    expect(await office.subscribers.find(name)).toMatchObject({ email: "siti+lain@contoh.example" });
    expect(await ids()).toHaveLength(1);
  });

  test("one mailbox follows a case once, however its address is spelt; no more than 2,000 follow one", async () => {
    const { following, ids, office, found, follow, post, linkIn, press } = await aCase();
    await following("siti.warga@gmail.com");
    await follow("SitiWarga+lapor@gmail.com");
    expect(await post()).toEqual([]);
    expect(await ids()).toHaveLength(1);
    for (let n = 1; n < mostSubscribers; n++) {
      const name = { trackingNumber: found.number, id: `orang-${n}` };
      await office.subscribers.ask(name, { email: `orang${n}@contoh.example`, language: "id" }, office.now());
      await office.subscribers.confirm(name, office.now());
    }
    await follow();
    const [mail] = await post();
    expect((await press(linkIn(mail))).status).toBe(409);
    expect(await ids()).toHaveLength(mostSubscribers);
  });
});

describe("news to whoever follows a case", () => {
  test("a mail says what the public timeline says: no text, title, place or name, with one link to the page and one to stop", async () => {
    const { following, found, deliver, own } = await aCase({
      title: "TANDAjudul",
      text: "TANDAcerita panjang",
      reporter: { name: "TANDAnama", email: "pelapor@contoh.example" },
    });
    await following();
    await found.as("admin", "verification", { title: "TANDAjudul petugas" });
    await found.as("worker", "answer", { text: `TANDAjawaban ${text}` });
    await deliver();
    const [confirm, ...news] = own();
    expect(confirm?.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(news).toHaveLength(2);
    expect(news[1]?.subject).toBe(`[${found.number}] Kabar laporan yang Anda ikuti`);
    expect(news[1]?.text).toContain("Ditindaklanjuti oleh instansi");
    expect(news[1]?.text).toContain(`https://lapor.example/`);
    for (const mail of own()) {
      expect(JSON.stringify(mail)).not.toMatch(/TANDA|pelapor@/);
      expect(mail.headers).toEqual({
        "List-Unsubscribe": expect.stringMatching(/^<https:\/\/lapor\.example\/v1\/unsubscribe\/[\w-]+>$/),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      });
    }
  });

  test("what the public does not read of is not mailed: notes within offices, and questions that only the reporter reads", async () => {
    const { following, found, deliver, own } = await aCase();
    await found.as("admin", "verification", {});
    await deliver();
    await following();
    await found.as("worker", "notes", { text });
    await found.as("worker", "question", { text });
    await found.reporter("replies", { text });
    await deliver();
    expect(own()).toHaveLength(1);
    await found.as("worker", "progress", { text });
    await deliver();
    expect(own()).toHaveLength(2);
  });

  test("after three mails others are gathered for half an hour, and nobody is told anything twice", async () => {
    const { following, found, deliver, own, room, at } = await aCase();
    await found.as("admin", "verification", {});
    await deliver();
    await following();
    for (let n = 0; n < 5; n++) await found.as("worker", "progress", { text: `${text} ${n}` });
    const messages = await room.publish([found.number]);
    for (const message of [...messages, ...messages]) await room.send(message);
    expect(own()).toHaveLength(4);
    at("2026-11-24T09:31:00+08:00");
    await room.flush();
    await room.flush();
    expect(own()).toHaveLength(5);
    expect(own()[4]?.text.match(/Catatan perkembangan/g)).toHaveLength(2);
  });

  test("of an anonymous case the public reads dates only, so the mail comes the next morning, without time and without number in its subject", async () => {
    const { following, found, deliver, own, room } = await aCase({ anonymous: true });
    await following();
    await found.as("admin", "verification", {});
    await deliver();
    expect(own()).toHaveLength(1);
    expect(own()[0]?.subject).not.toContain(found.number);
    await room.flush("2026-11-25T06:59:00+08:00");
    expect(own()).toHaveLength(1);
    // What happens on the day itself does not go along with yesterday's.
    room.at("2026-11-25T06:59:30+08:00");
    await found.as("worker", "progress", { text });
    await deliver();
    await room.flush("2026-11-25T07:00:00+08:00");
    const news = own()[1];
    expect(news?.subject).toBe("Kabar laporan yang Anda ikuti");
    expect(news?.text).toContain("Selasa, 24 November 2026");
    expect(news?.text).not.toMatch(/pukul|WITA|perkembangan/);
    await room.flush("2026-11-26T07:00:00+08:00");
    expect(own()[2]?.text).toContain("Catatan perkembangan");
  });

  test("a case that turned secret or hidden after an event is not mailed about, also what lay gathered", async () => {
    const { following, found, deliver, own, room, at } = await aCase();
    await found.as("admin", "verification", {});
    await deliver();
    await following();
    for (let n = 0; n < 4; n++) await found.as("worker", "progress", { text: `${text} ${n}` });
    await deliver();
    expect(own()).toHaveLength(4);
    await found.reporter("redaction", { hide: true });
    await found.as("worker", "answer", { text });
    await deliver();
    at("2026-11-24T12:00:00+08:00");
    await room.flush();
    expect(own()).toHaveLength(4);
  });

  test("the end of a case is told, and nothing after it; once it is open again, news go on", async () => {
    const { following, found, deliver, own, at, office } = await aCase();
    await found.as("admin", "verification", {});
    await found.as("worker", "answer", { text });
    await deliver();
    await following();
    await found.reporter("confirmation", { stars: 4 });
    await deliver();
    expect(own()).toHaveLength(2);
    expect(own()[1]?.text).toContain("Dinyatakan selesai");
    at("2026-11-24T10:00:00+08:00");
    expect(
      (await found.as("worker", "answer-correction", { text: `${text} Ralat.`, reason: text })).status,
    ).toBe(200);
    await deliver();
    expect(own()).toHaveLength(2);
    const ended = await office.cases.get(found.number);
    expect(ended && isFollowable(ended)).toBe(false);
    expect((await found.reporter("appeal", { text })).status).toBe(200);
    await deliver();
    expect(own()).toHaveLength(3);
  });

  test("a withdrawn case is not told of at all: the public reads nothing of it any more", async () => {
    const { following, found, deliver, own } = await aCase();
    await following();
    await found.reporter("withdrawal", {});
    await deliver();
    expect(own()).toHaveLength(1);
  });

  test("a case that many follow is told in portions over the queue, each of them once, though messages come twice and one address fails", async () => {
    const { office, found, room } = await aCase();
    for (let n = 0; n < 35; n++) {
      const name = { trackingNumber: found.number, id: `orang-${n}` };
      await office.subscribers.ask(name, { email: `orang${n}@contoh.example`, language: "en" }, office.now());
      await office.subscribers.confirm(name, office.now());
    }
    await found.as("admin", "verification", {});
    const messages = (await room.publish([found.number])).filter(({ kind }) => kind === "subscribers");
    expect(messages).toHaveLength(1);
    for (const message of [...messages, ...messages]) await room.send(message);
    const portions = room.emails.taken();
    expect(portions).toHaveLength(8);
    expect(room.mailer.sent.filter(({ to }) => to.startsWith("orang"))).toEqual([]);
    const sent: string[] = [];
    let fails = true;
    const flaky = room.sendOn({
      mailer: {
        async send({ to }) {
          if (to === "orang3@contoh.example" && fails) throw new Error("busy");
          sent.push(to);
        },
      },
    });
    await expect(Promise.all(portions.slice(0, 4).map(flaky))).rejects.toThrow("busy");
    fails = false;
    for (const portion of portions) await flaky(portion);
    const told = sent.filter((to) => to.startsWith("orang"));
    expect([told.length, new Set(told).size]).toEqual([35, 35]);
  });
});

describe("an address that follows a case", () => {
  test("is gone with one click of any of our mails, and a second click is as calm", async () => {
    const { following, found, deliver, own, stop, ids, follow, post, linkIn, press } = await aCase();
    await following();
    await found.as("admin", "verification", {});
    await deliver();
    for (const _ of [1, 2]) {
      const answer = await stop(own()[1]);
      expect(answer).toMatchObject({ status: 200, body: { mails: false } });
      expect(answer.body.text).toContain("Anda dapat mengikutinya lagi");
    }
    expect(await ids()).toEqual([]);
    await found.as("worker", "answer", { text });
    await deliver();
    expect(own()).toHaveLength(2);
    // Whoever wants may follow again.
    await follow();
    expect((await press(linkIn((await post())[0]))).status).toBe(200);
  });

  test("a stranger whose address was typed stops it from the first mail, and its link then confirms nothing", async () => {
    const { follow, post, stop, linkIn, press, ids } = await aCase();
    await follow();
    const [mail] = await post();
    expect((await stop(mail)).status).toBe(200);
    expect((await press(linkIn(mail))).status).toBe(404);
    expect(await ids()).toEqual([]);
  });

  test("is forgotten where no mail reaches it: at the first mail, at news, and when mails come back", async () => {
    const { follow, post, following, forGood, ids, found, deliver, office } = await aCase();
    await following();
    forGood.add("mati@contoh.example");
    await follow("mati@contoh.example");
    await post();
    const id = (await ids())[0] ?? "";
    forGood.add(email);
    await found.as("admin", "verification", {});
    await deliver();
    expect(await ids()).toEqual([]);
    for await (const portion of office.subscribers.toForget(new Date("2026-11-26")))
      expect(portion).toEqual([]);
    const name = { trackingNumber: found.number, id };
    await office.subscribers.ask(name, { email, language: "id" }, office.now());
    await office.subscribers.confirm(name, office.now());
    await noteUndeliverable(
      office,
      { to: subscriberRecipient(name), office: "", why: "bounced" },
      office.now(),
    );
    expect(await ids()).toEqual([]);
  });

  test("goes 24 hours after it was typed if nobody confirms, and 30 days after the end of the case", async () => {
    const { follow, following, office, found, ids, deliver } = await aCase();
    await following();
    await follow("lupa@contoh.example");
    const waiting = async (local: string) => {
      const all = [];
      for await (const portion of office.subscribers.toForget(new Date(local))) all.push(...portion);
      return all;
    };
    expect(await waiting("2026-11-25T08:59:00+08:00")).toEqual([]);
    expect(await waiting("2026-11-25T09:00:00+08:00")).toHaveLength(1);
    await forgetSubscribers(office, new Date("2026-11-25T09:00:00+08:00"));
    expect(await waiting("2026-11-25T09:00:00+08:00")).toEqual([]);
    // The case is still open a month later.
    await forgetSubscribers(office, new Date("2026-12-24T09:01:00+08:00"));
    expect(await ids()).toHaveLength(1);
    office.at("2026-12-24T10:00:00+08:00");
    await found.as("admin", "archival", { reason: "abusive", text });
    await deliver();
    await forgetSubscribers(office, new Date("2027-01-23T09:59:00+08:00"));
    expect(await ids()).toHaveLength(1);
    await forgetSubscribers(office, new Date("2027-01-23T10:00:01+08:00"));
    expect(await ids()).toEqual([]);
    expect(await waiting("2030-01-01T00:00:00+08:00")).toEqual([]);
  });

  test("is in no answer, whoever asks: not of the public, the reporter or an officer", async () => {
    const { following, found, office, ids } = await aCase();
    await following();
    const [id = ""] = await ids();
    const answers = [
      await office.track(found.number, "10.1.1.1"),
      await office.track(found.number, "10.1.1.1", found.receipt),
      await office.asks("national", `/v1/officer/cases/${found.number}`),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer)).not.toMatch(new RegExp(`pengikut@|${id}|subscriber`));
    }
  });
});

test("a stage that does not know its own address asks nobody, and forgets the address at once", async () => {
  const { office, found, follow } = await aCase();
  await follow();
  const sent: Mail[] = [];
  const send = sendEmail(
    { ...office, mailer: { send: async (mail) => void sent.push(mail) } },
    {
      verifyingAgency: "kemenpanrb",
      siteUrl: undefined,
      gathering: { alertSeconds: 1, dailySeconds: 1, newCaseSeconds: 1, caseSeconds: 1 },
    },
    office.now,
  );
  for (const message of office.emails.messages) await send(message);
  expect(sent).toEqual([]);
  expect(found.number).toBeDefined();
  for await (const portion of office.subscribers.toForget(new Date("2027-01-01")))
    expect(portion).toEqual([]);
});
