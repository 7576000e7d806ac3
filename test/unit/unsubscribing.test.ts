import { describe, expect, test } from "vitest";
import { serve } from "../../shared/http/serve.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import type { Mail } from "../../shared/notification/mails/mail.ts";
import { call } from "../fakes/gateway.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const siteUrl = "https://lapor.example";
const email = "warga@contoh.example";
const text = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const form = { "content-type": "application/x-www-form-urlencoded" };
const click = "List-Unsubscribe=One-Click";

/** A report, its mails, and the links in them. */
async function mailed(change: object = {}) {
  const office = anOffice("2026-11-24T09:00:00+08:00");
  const room = aMailRoom(office, { siteUrl });
  room.at(office.now());
  const found = await office.submit({
    ...roadComplaint,
    agencyId: "balikpapan-dinas-pu",
    occurredOn: undefined,
    reporter: { email },
    ...change,
  });
  await room.deliver(found.number);
  const own = (to = email): Mail[] => room.mailer.sent.filter((mail) => mail.to === to);
  const api = serve(office.tables().reporter);
  const link = (mail: Mail | undefined) =>
    new URL(/^<(.*)>$/.exec(mail?.headers?.["List-Unsubscribe"] ?? "")?.[1] ?? "about:blank");
  const ask = (method: string, { pathname }: URL, body?: string, headers: Record<string, string> = form) =>
    call(api, method, pathname, { ...(body !== undefined && { body }), headers });
  const verify = async () => {
    await found.as("admin", "verification", {});
    return room.deliver(found.number);
  };
  return { office, room, found, own, link, ask, verify };
}

describe("a mail to a reporter", () => {
  test("the button works on a page whose address was opened with markers of apps", async () => {
    const { office, own, link } = await mailed();
    const api = serve(office.tables().reporter);
    const query = { utm_source: "surat", fbclid: "x" };
    const path = link(own()[0]).pathname;
    expect((await call(api, "GET", path, { query })).status).toBe(200);
    expect((await call(api, "POST", path, { query, body: click, headers: form })).status).toBe(200);
    const odd = await call(api, "POST", path, { query: { lain: "x" }, body: click, headers: form });
    expect(odd.body.errors.map(({ path }: any) => path)).toEqual(["lain"]);
  });

  test("every mail to a reporter has a link that stops mails, in its headers and for people, and no mail to an officer has one", async () => {
    const { room, found, own, verify, link } = await mailed();
    await verify();
    await found.as("worker", "answer", { text });
    await found.correct({ email: "baru@contoh.example" });
    await room.deliver(found.number);
    const toReporter = [...own(), ...own("baru@contoh.example")];
    expect(toReporter).toHaveLength(4);
    for (const mail of toReporter) {
      expect(mail.headers?.["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
      expect(link(mail).origin).toBe(siteUrl);
      expect(mail.text).toContain(link(mail).href);
      expect(mail.html).toContain(`href="${link(mail).href}"`);
    }
    const others = room.mailer.sent.filter((mail) => !toReporter.includes(mail));
    expect(others.length).toBeGreaterThan(1);
    for (const mail of others) expect(mail.headers).toBeUndefined();
  });

  test("a link tells nothing: neither a case nor an address, and no two are the same", async () => {
    const { found, own, verify, link } = await mailed();
    await verify();
    const links = own().map((mail) => link(mail).href);
    expect(new Set(links).size).toBe(2);
    for (const href of links) {
      const raw = Buffer.from(href.split("/").at(-1) ?? "", "base64url").toString("latin1");
      expect(`${href} ${raw}`).not.toMatch(new RegExp(`${found.number}|warga|contoh`, "i"));
    }
  });

  test("a stage that does not know its address sends its mails without a link", async () => {
    const office = anOffice();
    const room = aMailRoom(office);
    room.at(office.now());
    const found = await office.submit({ reporter: { email } });
    await room.deliver(found.number);
    const mail = room.mailer.sent.find(({ to }) => to === email);
    expect(mail?.headers).toBeUndefined();
    expect(mail?.text).not.toContain("unsubscribe");
  });
});

describe("the link that stops mails", () => {
  test("one click stops the mails about this case without a receipt, and a second click is as calm", async () => {
    const { room, found, own, link, ask, verify } = await mailed();
    const [mail] = own();
    for (const _ of [1, 2]) {
      const answer = await ask("POST", link(mail), click);
      expect(answer).toMatchObject({ status: 200, body: { mails: false } });
      expect(answer.body.text).toContain("Kami tidak menulis lagi");
    }
    await verify();
    expect(own()).toHaveLength(1);
    expect((await found.chooseMails(true)).status).toBe(200);
    await found.as("worker", "answer", { text });
    await room.deliver(found.number);
    expect(own()).toHaveLength(2);
  });

  test("a click that a mail program sends in parts counts too", async () => {
    const { own, link, ask, verify } = await mailed();
    const parts = `--xyz\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--xyz--\r\n`;
    const answer = await ask("POST", link(own()[0]), parts, {
      "content-type": "multipart/form-data; boundary=xyz",
    });
    expect(answer.status).toBe(200);
    await verify();
    expect(own()).toHaveLength(1);
  });

  test("opening the link changes nothing: it shows a page with one button that works without a script and names nobody", async () => {
    const { found, own, link, ask, verify } = await mailed();
    const url = link(own()[0]);
    for (const method of ["GET", "GET"]) {
      const { status, headers, body } = await ask(method, url, undefined, { accept: "text/html" });
      expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
      expect(headers["content-security-policy"]).toContain("form-action 'self'");
      expect(body.match(/<button/g)).toHaveLength(1);
      expect(body).toContain('<form method="post">');
      expect(body).not.toMatch(new RegExp(`<script|${found.number}|warga|contoh`));
    }
    await verify();
    expect(own()).toHaveLength(2);
  });

  test("the button works where a mail program added something behind the link", async () => {
    const { own, link, ask } = await mailed();
    const { body } = await ask("GET", link(own()[0]), undefined, { accept: "text/html" });
    const [, action = ""] = /<button formaction="([^"]*)"/.exec(body) ?? [];
    const shown = new URL("?utm_source=surat&fbclid=x", link(own()[0]));
    expect(new URL(action, shown).search).toBe("");
    expect(new URL(action, shown).pathname).toBe(link(own()[0]).pathname);
  });

  test("whoever presses the button reads a page, and a mail program gets JSON", async () => {
    const { own, link, ask } = await mailed();
    const page = await ask("POST", link(own()[0]), click, { ...form, accept: "text/html" });
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.body).toContain("Anda boleh menutup halaman ini");
  });

  test("a forged link, a changed one and one of another key are refused plainly, with GET and POST", async () => {
    const { found, own, link, ask, verify } = await mailed();
    const right = link(own()[0]).pathname;
    const foreign = await stopTokens(async () => "another key").of({
      trackingNumber: found.number,
      round: 0,
    });
    const changed = `${right.slice(0, -2)}${right.endsWith("AA") ? "BB" : "AA"}`;
    for (const path of [changed, `/v1/unsubscribe/${foreign}`]) {
      const url = new URL(path, siteUrl);
      for (const [method, body] of [["GET"], ["POST", click]] as const) {
        const answer = await ask(method, url, body);
        expect([path, method, answer.status]).toEqual([path, method, 404]);
        expect(answer.body.detail).toContain("Tautan ini bukan dari email kami");
      }
    }
    for (const token of ["x", "%00", `${"A".repeat(50)}!`, "A".repeat(301)])
      expect([token, (await ask("GET", new URL(`/v1/unsubscribe/${token}`, siteUrl))).status]).toEqual([
        token,
        400,
      ]);
    await verify();
    expect(own()).toHaveLength(2);
  });

  test("a body that is no click is refused, and stops nothing", async () => {
    const { own, link, ask, verify } = await mailed();
    for (const body of ["", "List-Unsubscribe=no", `${click}&receipt=x`, `${click}&${click}`])
      expect([body, (await ask("POST", link(own()[0]), body)).status]).toEqual([body, 400]);
    await verify();
    expect(own()).toHaveLength(2);
  });

  test("the link of a mail to an earlier address does not stop mails to the new one", async () => {
    const { room, found, own, link, ask } = await mailed();
    const [old] = own();
    await found.correct({ email: "baru@contoh.example" });
    await room.deliver(found.number);
    expect((await ask("POST", link(old), click)).status).toBe(404);
    // The farewell's own link has nothing to stop.
    expect((await ask("POST", link(own()[1]), click)).status).toBe(200);
    await found.as("admin", "verification", {});
    await room.deliver(found.number);
    expect(own("baru@contoh.example")).toHaveLength(1);
  });

  test("the link of a mail from before two corrections says which link helps, where mails come to that address again", async () => {
    const { room, found, own, link, ask, verify } = await mailed();
    const [old] = own();
    await found.correct({ email: "baru@contoh.example" });
    await found.correct({ email });
    const answer = await ask("POST", link(old), click);
    expect([answer.status, answer.body.detail]).toEqual([404, expect.stringContaining("email yang terbaru")]);
    await verify();
    expect((await ask("POST", link(own().at(-1)), click)).status).toBe(200);
    const before = own().length;
    await found.as("worker", "answer", { text });
    await room.deliver(found.number);
    expect(own()).toHaveLength(before);
  });

  test("a stranger whose address was typed stops the mails, and the right address gets them once the reporter corrects it", async () => {
    const { room, found, own, link, ask } = await mailed({ reporter: { email: "salah@contoh.example" } });
    await ask("POST", link(own("salah@contoh.example")[0]), click);
    await found.correct({ email });
    await found.as("admin", "verification", {});
    await room.deliver(found.number);
    expect(own()).toHaveLength(1);
    expect(own("salah@contoh.example").map(({ subject }) => subject)).toHaveLength(2); // the farewell too
  });

  test("whoever stopped the mails with the receipt keeps them stopped, whatever links they click", async () => {
    const { found, own, link, ask, verify } = await mailed();
    await found.chooseMails(false);
    await ask("POST", link(own()[0]), click);
    await found.correct({ email: "baru@contoh.example" });
    await verify();
    expect(own("baru@contoh.example")).toEqual([]);
  });
});

test("the routes of the link ask for no receipt", () => {
  const { reporter } = anOffice().tables();
  const links = reporter.filter(({ path }) => path.includes("unsubscribe"));
  expect(links.map(({ method, callers }) => [method, callers])).toEqual([
    ["GET", "anyone"],
    ["POST", "anyone"],
  ]);
});
