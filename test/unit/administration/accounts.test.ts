import { describe, expect, test } from "vitest";
import { anOfficer } from "../../fakes/agencies.ts";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";
import { newOfficer, officerPath, reason } from "./bodies.ts";
import { aCarefulOffice, asThey, cityToo, second } from "./careful-office.ts";

const path = officerPath("contoh-petugas-baru");
const elsewherePath = officerPath("contoh-petugas-samarinda");
const subject = "account-of-baru@balikpapan.example";
const inSamarinda = { ...newOfficer, agencyId: "pemkot-samarinda" };

describe("the address of somebody who left", () => {
  test("the address of a dismissed officer is invited elsewhere, with an account of its own", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    const invited = await office.admin("national", "PUT", elsewherePath, inSamarinda);
    expect([invited.status, invited.body.agencyId]).toEqual([201, "pemkot-samarinda"]);
    const now = await office.directory.officer("contoh-petugas-samarinda");
    expect(now?.subject).toBe(`${subject}-2`);
    // A token of the old account is nobody's, and the old entry keeps what it was.
    expect((await call(office.officerApi, "GET", "/v1/officer/me", { subject })).status).toBe(403);
    expect(await office.directory.officer("contoh-petugas-baru")).toMatchObject({
      email: newOfficer.email,
      agencyId: newOfficer.agencyId,
      dismissedAt: expect.any(String),
    });
    const [event] = await office.directory.history("officer", "contoh-petugas-samarinda");
    expect([event?.type, event?.sharesWith]).toEqual(["invited", undefined]);
  });

  test("the address of a dismissed officer is free for somebody else at the same agency too", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    const other = await office.admin("admin", "PUT", officerPath("contoh-orang-lain"), newOfficer);
    expect(other.status).toBe(201);
    // Now the old officer cannot come back at that address beside the new one.
    expect((await office.admin("admin", "PUT", path, newOfficer)).status).toBe(409);
  });

  test("an address is free once its officer has another one", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    const moved = { ...newOfficer, email: "alamat.lain@balikpapan.example" };
    expect((await office.admin("admin", "PUT", path, moved)).status).toBe(200);
    expect((await office.admin("admin", "PUT", officerPath("contoh-orang-lain"), newOfficer)).status).toBe(
      201,
    );
    expect((await office.directory.officer("contoh-orang-lain"))?.subject).toBe(`${subject}-2`);
  });

  test("an account that failed to end with its officer makes way when the address is invited", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    const { close } = office.accounts;
    office.accounts.close = async () => {
      throw new Error("The user pool does not answer");
    };
    expect((await office.admin("admin", "POST", `${path}/dismissal`, { reason })).status).toBe(500);
    office.accounts.close = close;
    expect((await office.admin("national", "PUT", elsewherePath, inSamarinda)).status).toBe(201);
    expect((await office.directory.officer("contoh-petugas-samarinda"))?.subject).toBe(`${subject}-2`);
    expect(office.accounts.enabled.get(subject)).toBe(false);
  });

  test("a subject of another issuer is free for the same person's next entry, and dead for the old one", async () => {
    const office = anOffice(undefined, { ownAccounts: false });
    const named = { ...newOfficer, subject: "sub-dari-luar" };
    await office.admin("admin", "PUT", path, named);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    expect(
      (await office.admin("national", "PUT", elsewherePath, { ...inSamarinda, subject: "sub-dari-luar" }))
        .status,
    ).toBe(201);
    const me = await call(office.officerApi, "GET", "/v1/officer/me", { subject: "sub-dari-luar" });
    expect(me.body).toMatchObject({
      id: "contoh-petugas-samarinda",
      posts: [{ id: "contoh-petugas-samarinda" }],
    });
  });
});

describe("one person in several posts", () => {
  const secondHead = { ...asThey("head"), agencyId: "pemkot-samarinda" };
  const headElsewhere = officerPath("kepala-di-samarinda");

  /** The head of public works in Balikpapan heads Samarinda too. */
  async function withTwoPosts() {
    const office = aCarefulOffice();
    const request = await office.ask("national", headElsewhere, secondHead);
    expect((await office.confirm(second, request)).status).toBe(200);
    return office;
  }
  const asHead = (office: Awaited<ReturnType<typeof withTwoPosts>>, path: string, headers = {}, query = {}) =>
    call(office.officerApi, "GET", path, { subject: staff.head.subject, headers, query });

  test("one person heads two agencies with one account, and sees all posts and chooses one by its id", async () => {
    const office = await withTwoPosts();
    expect((await office.officer("kepala-di-samarinda"))?.subject).toBe(staff.head.subject);
    expect(office.accounts.enabled.size).toBe(0);
    const { body } = await asHead(office, "/v1/officer/me");
    expect(body.posts.map(({ role, agency }: any) => [role, agency.id])).toEqual([
      ["agency-head", "balikpapan-dinas-pu"],
      ["agency-head", "pemkot-samarinda"],
    ]);
    const named = await asHead(office, "/v1/officer/me", { "officer-post": "kepala-di-samarinda" });
    expect([named.body.id, named.body.agency.id]).toEqual(["kepala-di-samarinda", "pemkot-samarinda"]);
    const wrong = await asHead(office, "/v1/officer/me", { "officer-post": staff.worker.id });
    expect([wrong.status, wrong.body.detail]).toEqual([403, expect.stringContaining("Officer-Post")]);
  });

  test("queues and counts hold the cases of both agencies, and a case of either opens without a word about posts", async () => {
    const office = await withTwoPosts();
    const numbers: string[] = [];
    for (const agencyId of ["balikpapan-dinas-pu", "pemkot-samarinda"])
      numbers.push((await office.submit({ agencyId })).number);
    for (const number of numbers) await office.as("national", number, "verification", {});
    const { body: counts } = await asHead(office, "/v1/officer/counts");
    expect(counts.items.map(({ agency }: any) => agency.id)).toEqual([
      "balikpapan-dinas-pu",
      "pemkot-samarinda",
    ]);
    const queue = await asHead(office, "/v1/officer/cases", {}, { queue: "assigned" });
    expect(queue.body.items.map(({ trackingNumber }: any) => trackingNumber).sort()).toEqual(
      [...numbers].sort(),
    );
    const ofOne = await asHead(
      office,
      "/v1/officer/cases",
      {},
      { queue: "assigned", agency: "pemkot-samarinda" },
    );
    expect(ofOne.body.items).toHaveLength(1);
    for (const number of numbers)
      expect((await asHead(office, `/v1/officer/cases/${number}`)).status).toBe(200);
    // In a named post, what lies outside it is not found.
    const narrow = { "officer-post": staff.head.id };
    expect((await asHead(office, `/v1/officer/cases/${numbers[0]}`, narrow)).status).toBe(200);
    expect((await asHead(office, `/v1/officer/cases/${numbers[1]}`, narrow)).status).toBe(404);
  });

  test("a post that ends leaves the other one and the account, and the last one ends the account", async () => {
    const office = aCarefulOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    await office.admin("national", "PUT", elsewherePath, inSamarinda);
    const me = () => call(office.officerApi, "GET", "/v1/officer/me", { subject });
    expect((await me()).body.posts).toHaveLength(2);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    expect((await me()).body.posts.map(({ id }: any) => id)).toEqual(["contoh-petugas-samarinda"]);
    expect(office.accounts.enabled.get(subject)).toBe(true);
    await office.admin("national", "POST", `${elsewherePath}/dismissal`, { reason });
    expect([(await me()).status, office.accounts.enabled.get(subject)]).toEqual([403, false]);
  });

  test("a post that gets another address leaves the account to the other post", async () => {
    const office = aCarefulOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    await office.admin("national", "PUT", elsewherePath, inSamarinda);
    const email = "lain@samarinda.example";
    await office.admin("national", "PUT", elsewherePath, { ...inSamarinda, email });
    expect([...office.accounts.enabled]).toEqual([
      [subject, true],
      [`account-of-${email}`, true],
    ]);
  });

  test("whoever gets a further post is told by mail, and its history says so without a name or an address", async () => {
    const office = await withTwoPosts();
    expect(await office.mailed()).toContain(staff.head.email);
    const mail = office.mailer.sent.filter(({ to }) => to === staff.head.email).at(-1);
    expect(mail?.text).toContain("akun yang sudah Anda punyai");
    const { body } = await office.admin("national", "GET", `${headElsewhere}/history`);
    expect(body.flaws).toEqual([]);
    expect(body.items.at(-1).text).toContain("dengan akun yang sudah ada");
    expect(body.items.at(-1).sharesWith).toEqual([staff.head.id]);
    for (const told of [staff.head.name, staff.head.email, staff.head.subject])
      expect(JSON.stringify(body)).not.toContain(told);
  });

  test("a person has one post at an agency", async () => {
    const office = anOffice();
    const again = await office.admin("admin", "PUT", path, {
      ...newOfficer,
      email: staff.worker.email.toUpperCase(),
      agencyId: staff.worker.agencyId,
    });
    expect(again.status).toBe(409);
    expect(again.body.detail).toContain("sudah dipakai petugas lain");
  });

  test("one person in two posts is never two people, also after one post got another address", async () => {
    const office = aCarefulOffice();
    const postElsewhere = { ...asThey("admin"), agencyId: "pemkot-samarinda" };
    await office.admin("national", "PUT", officerPath("admin-juga-di-samarinda"), postElsewhere);
    const head = { ...newOfficer, role: "agency-head", agencyId: "balikpapan-dinas-pu" };
    const request = await office.ask("admin", officerPath("contoh-kepala-baru"), head);
    // By the same account, in either post.
    for (const post of [staff.admin.id, "admin-juga-di-samarinda"]) {
      const own = await call(office.adminApi, "POST", `/v1/admin/requests/${request.id}/confirmation`, {
        subject: staff.admin.subject,
        headers: { "officer-post": post },
      });
      expect([403, 404]).toContain(own.status);
    }
    // The other post moves below the first one's own agency, with an address of its own.
    await office.admin("national", "PUT", officerPath("admin-juga-di-samarinda"), {
      ...postElsewhere,
      agencyId: "balikpapan-dinas-pu",
    });
    await office.admin(
      "admin",
      "PUT",
      officerPath(staff.admin.id),
      asThey("admin", { email: "lain@jahat.example" }),
    );
    const other = anOfficer("agency-admin", "balikpapan-dinas-pu", { subject: staff.admin.subject });
    const refused = await office.confirm(other, request);
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("orang yang sama")]);
    expect(await office.officer("contoh-kepala-baru")).toBeUndefined();
  });

  test("nobody confirms the appointment of a post of their own", async () => {
    const office = aCarefulOffice();
    const request = await office.ask("national", officerPath("admin-samarinda-juga-kepala"), {
      ...asThey(second),
      role: "agency-head",
      agencyId: "pemkot-balikpapan",
    });
    const refused = await office.confirm(second, request);
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("diri Anda")]);
  });

  test("how mails come is chosen for all posts at once", async () => {
    const office = aCarefulOffice();
    await office.admin("national", "PUT", elsewherePath, {
      ...asThey("worker"),
      agencyId: "pemkot-samarinda",
    });
    await office.chooseMails("worker", { mails: "daily" });
    expect((await office.officer(staff.worker.id))?.mails).toBe("daily");
    expect((await office.officer("contoh-petugas-samarinda"))?.mails).toBe("daily");
  });
});

describe("an invitation that ran out", () => {
  test("an invitation is sent again with a new password, and the answer says until when it holds", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    office.at("2026-11-26T09:00:00+08:00");
    const answer = await office.admin("admin", "POST", `${path}/invitation`);
    expect([answer.status, answer.body]).toEqual([
      200,
      { sentAt: "2026-11-26T01:00:00.000Z", expiresAt: "2026-11-27T01:00:00.000Z" },
    ]);
    expect(office.accounts.again).toEqual([newOfficer.email]);
  });

  test("invitations do not flood a mailbox: not twice in five minutes, not more than five in a day, by either way", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    await office.admin("admin", "PUT", path, newOfficer);
    const again = () => office.admin("admin", "POST", `${path}/invitation`);
    expect((await again()).status).toBe(200);
    const soon = await again();
    expect([soon.status, soon.headers["retry-after"]]).toEqual([429, "300"]);
    await office.admin("admin", "PUT", path, newOfficer);
    expect(office.accounts.again).toHaveLength(1);
    for (const minute of ["05", "10", "15", "20", "25", "30"]) {
      office.at(`2026-11-24T09:${minute}:00+08:00`);
      await again();
    }
    expect(office.accounts.again).toHaveLength(5);
    expect((await again()).headers["retry-after"]).toBe(String(23.5 * 3600));
    office.at("2026-11-25T09:00:00+08:00");
    expect((await again()).status).toBe(200);
  });

  test("an address is invited anew five times in a day, whether its officer is dismissed by turns or gets one address after the other", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    const invite = (change: object = {}) => office.admin("admin", "PUT", path, { ...newOfficer, ...change });
    const elsewhere = { email: "alamat.lain@balikpapan.example" };
    await invite();
    for (let n = 0; n < 2; n++) {
      await office.admin("admin", "POST", `${path}/dismissal`, { reason });
      expect((await invite()).status).toBe(200);
      await invite(elsewhere);
      expect((await invite({ email: newOfficer.email.toUpperCase() })).status).toBe(200);
    }
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    const events = (await office.directory.history("officer", "contoh-petugas-baru")).length;
    const refused = await invite();
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, String(24 * 3600)]);
    expect(refused.body.detail).toContain("5 kali diundang");
    expect(await office.directory.history("officer", "contoh-petugas-baru")).toHaveLength(events);
    expect((await invite({ email: "alamat.ketiga@balikpapan.example" })).status).toBe(200);
    office.at("2026-11-25T09:00:00+08:00");
    expect((await invite()).status).toBe(200);
  });

  test("whoever has signed in needs no invitation, and the answer says what helps instead", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    office.accounts.signIn(newOfficer.email);
    const answer = await office.admin("admin", "POST", `${path}/invitation`, undefined, {
      "accept-language": "en",
    });
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining("signed in already")]);
    expect(office.accounts.again).toEqual([]);
  });

  test("whoever has left is not invited again, nor is somebody outside the administrator's part, nor where accounts are somebody else's", async () => {
    const office = anOffice();
    await office.admin("admin", "PUT", path, newOfficer);
    const other = anOfficer("agency-admin", "pemkot-samarinda");
    const withOther = anOffice(undefined, { people: [...Object.values(staff), other] });
    await withOther.admin("admin", "PUT", path, newOfficer);
    expect((await withOther.admin(other, "POST", `${path}/invitation`)).status).toBe(404);
    expect((await office.admin("worker", "POST", `${path}/invitation`)).status).toBe(403);
    expect((await office.admin("admin", "POST", `officers/tidak-ada/invitation`)).status).toBe(404);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    expect((await office.admin("admin", "POST", `${path}/invitation`)).status).toBe(409);
    const foreign = anOffice(undefined, { ownAccounts: false });
    const answer = await foreign.admin("admin", "POST", `${officerPath(staff.worker.id)}/invitation`);
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining("di luar sistem ini")]);
  });
});

describe("a lost authenticator", () => {
  const resetOf = (id: string) => `${officerPath(id)}/authenticator-reset`;

  test("one administrator resets the authenticator of a unit officer, who is told by mail, and the history says so", async () => {
    const office = aCarefulOffice();
    const answer = await office.admin("admin", "POST", resetOf(staff.worker.id), {
      reason: "Ponsel hilang.",
    });
    expect([answer.status, answer.headers.etag]).toEqual([200, '"2"']);
    expect(office.accounts.reset).toEqual([staff.worker.subject]);
    expect(await office.mailed()).toEqual([staff.worker.email]);
    expect(office.mailer.sent.at(-1)?.text).toContain("mengatur ulang autentikator");
    const last = (await office.directory.history("officer", staff.worker.id)).at(-1);
    expect(last).toMatchObject({
      type: "authenticator-reset",
      by: { officerId: staff.admin.id },
      reason: "Ponsel hilang.",
      changes: [],
    });
  });

  test("a second click resets again, and is recorded and told once", async () => {
    const office = aCarefulOffice();
    for (const _ of [1, 2])
      expect((await office.admin("admin", "POST", resetOf(staff.worker.id), {})).headers.etag).toBe('"2"');
    expect(await office.mailed()).toEqual([staff.worker.email]);
    expect(await office.directory.history("officer", staff.worker.id)).toHaveLength(2);
  });

  test.each([
    ["a head", staff.head, "admin", cityToo],
    [
      "a national administrator",
      staff.national,
      second,
      anOfficer("national-admin", "kemenpanrb", {
        id: "ketiga",
        email: "ketiga@pusat.example",
        subject: "subject-of-ketiga",
      }),
    ],
    ["an observer", staff.observer, "national", second],
  ] as const)(
    "the authenticator of %s waits for a second person who is not the one concerned",
    async (_what, concerned, asker, confirmer) => {
      const office = aCarefulOffice();
      if (confirmer.id === "ketiga") await office.directory.put("officer", confirmer);
      const asked = await office.admin(asker, "POST", resetOf(concerned.id), {});
      expect([asked.status, asked.body.request?.what]).toEqual([202, ["authenticator"]]);
      expect(office.accounts.reset).toEqual([]);
      // The one concerned is told at once, before anything happens.
      expect(await office.mailed()).toContain(concerned.email);
      for (const who of [asker, concerned])
        expect((await office.confirm(who, asked.body.request)).status).toBeGreaterThanOrEqual(403);
      expect(office.accounts.reset).toEqual([]);
      expect((await office.confirm(confirmer, asked.body.request)).status).toBe(200);
      expect((await office.confirm(confirmer, asked.body.request)).status).toBe(200);
      expect(office.accounts.reset).toEqual([concerned.subject]);
      expect(await office.mailed()).toContain(concerned.email);
      const types = (await office.directory.history("officer", concerned.id)).map(({ type }) => type);
      expect(types.slice(-2)).toEqual(["asked", "authenticator-reset"]);
    },
  );

  test("somebody who holds another post with power over secrets is reset by two, in charge of all posts", async () => {
    const office = aCarefulOffice();
    const request = await office.ask("national", officerPath("kepala-di-samarinda"), {
      ...asThey("worker"),
      role: "agency-head",
      agencyId: "pemkot-samarinda",
    });
    await office.confirm(second, request);
    // The administrator of one city does not decide on the account of another city's head.
    const refused = await office.admin("admin", "POST", resetOf(staff.worker.id), {});
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining("tingkat atas")]);
    const asked = await office.admin("national", "POST", resetOf(staff.worker.id), {});
    expect(asked.status).toBe(202);
    expect((await office.confirm("admin", asked.body.request)).status).toBe(404);
    expect((await office.confirm(second, asked.body.request)).status).toBe(200);
    expect(office.accounts.reset).toEqual([staff.worker.subject]);
  });

  test("whoever takes a power away alone does not reset the authenticator alone afterwards", async () => {
    const office = aCarefulOffice();
    await office.admin("admin", "PUT", officerPath(staff.head.id), asThey("head", { role: "unit-officer" }));
    expect((await office.admin("admin", "POST", resetOf(staff.head.id), {})).status).toBe(202);
  });

  test("an officer does not reset their own authenticator, and one without an authenticator is invited again instead", async () => {
    const office = aCarefulOffice();
    expect((await office.admin("admin", "POST", resetOf(staff.admin.id), {})).status).toBe(403);
    await office.admin("admin", "PUT", path, newOfficer);
    const never = await office.admin("admin", "POST", resetOf("contoh-petugas-baru"), {});
    expect([never.status, never.body.detail]).toEqual([409, expect.stringContaining("belum pernah masuk")]);
    await office.admin("admin", "POST", `${path}/dismissal`, { reason });
    expect((await office.admin("admin", "POST", resetOf("contoh-petugas-baru"), {})).status).toBe(409);
    expect((await office.admin("worker", "POST", resetOf(staff.head.id), {})).status).toBe(403);
  });

  test("a request that was overtaken resets nothing", async () => {
    const office = aCarefulOffice();
    const asked = await office.admin("admin", "POST", resetOf(staff.head.id), {});
    await office.admin(
      "admin",
      "PUT",
      officerPath(staff.head.id),
      asThey("head", { name: "Contoh Nama Lain" }),
    );
    expect((await office.confirm(cityToo, asked.body.request)).status).toBe(409);
    expect(office.accounts.reset).toEqual([]);
  });
});
