import { describe, expect, test } from "vitest";
import { signedInCookie } from "../../../shared/http/page/officer.ts";
import { openIdIssuer } from "../../../shared/platform/issuer.ts";
import { signedInAt } from "../../../shared/visitor/officer-session.ts";
import { aBrowser, pageIn } from "../../fakes/browsing.ts";
import { aFrame } from "../../fakes/frame.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anIssuer } from "../../fakes/issuer.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";

const asked = "/petugas/saya";
type Office = ReturnType<typeof anOffice>;
type Browser = ReturnType<typeof aBrowser>;

const start = (browser: Browser, to = asked, language = "") =>
  browser.get(`${language}/petugas/masuk/mulai?${new URLSearchParams({ ke: to })}`);
const toIssuer = ({ headers }: Answer) => headers.location ?? "";

/** An office with a browser in which nobody has signed in. */
function atTheDoor(office: Office = anOffice()) {
  const browser = aBrowser(office.officerApi);
  return { office, browser };
}

/** Somebody signs in at the issuer. Returns what our page answers to the browser that comes back. */
async function comesBack(
  { office, browser }: { office: Office; browser: Browser },
  { to = asked, subject = staff.worker.subject, language = "" } = {},
) {
  const led = await start(browser, to, language);
  return browser.get(office.signIn.letIn(toIssuer(led), subject));
}

/** Nothing came of it: nobody has signed in, and what is shown says what to do. */
async function refusedIn(browser: Browser, answer: Answer, why: string): Promise<string> {
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toMatch(new RegExp(`^(/en)?/petugas/masuk\\?karena=${why}`));
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect(browser.jar.has("__Host-petugas")).toBe(false);
  const shown = await browser.get(answer.headers.location ?? "");
  const page = pageIn(shown);
  expect(shown.status).toBe(200);
  expect(page.all("a").some((link) => link.attrs.some(({ value }) => value.includes("/masuk/mulai")))).toBe(
    true,
  );
  return page.text;
}

describe("an officer who signs in", () => {
  test("is led to the issuer with a proof that is this browser's, and comes back to the page that they asked for", async () => {
    const { office, browser } = atTheDoor();
    const led = await start(browser);
    expect(led.status).toBe(302);
    const address = new URL(toIssuer(led));
    expect(`${address.origin}${address.pathname}`).toBe("https://masuk.example/authorize");
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: "code",
      client_id: "pages",
      redirect_uri: "https://lapor.example/petugas/masuk/kembali",
      scope: "openid",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
      ui_locales: "id",
    });
    expect(led.cookies).toEqual([
      expect.stringMatching(/^__Host-masuk=[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=600$/),
    ]);
    const back = await browser.get(office.signIn.letIn(address.href, staff.worker.subject));
    expect([back.status, back.headers.location]).toEqual([303, asked]);
    expect([...browser.jar.keys()]).toEqual(["__Host-petugas"]);
    expect(back.cookies[1]).toMatch(/^__Host-petugas=[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; /);
  });

  test("keeps the language of the visit, although the issuer knows one address", async () => {
    const door = atTheDoor();
    const back = await comesBack(door, { language: "/en" });
    expect(back.headers.location).toBe(`/en${asked}`);
    const { office, browser } = atTheDoor();
    const led = await start(browser, asked, "/en");
    expect(new URL(toIssuer(led)).searchParams.get("ui_locales")).toBe("en");
    const cancelled = await browser.get(office.signIn.sendBack(toIssuer(led), "access_denied"));
    expect(await refusedIn(browser, cancelled, "batal")).toContain("You are not signed in");
  });

  test("finds neither a code nor a token in what our pages answer: no cookie, address, page or header has one", async () => {
    const door = atTheDoor();
    const { office, browser } = door;
    const led = await start(browser);
    const back = await browser.get(office.signIn.letIn(toIssuer(led), staff.worker.subject));
    const out = await browser.send("/petugas/keluar");
    const left = await browser.get(out.headers.location ?? "");
    expect(office.signIn.secrets).toHaveLength(4);
    const answers = JSON.stringify([led, back, out, left, [...browser.jar]]);
    for (const secret of office.signIn.secrets) {
      expect(answers).not.toContain(secret);
      expect(answers).not.toContain(Buffer.from(secret).toString("base64url").slice(0, 24));
    }
  });

  test("signs in from two tabs at once, each of which ends at its own page", async () => {
    const { office, browser } = atTheDoor();
    const first = await start(browser, "/petugas/antrean");
    const second = await start(browser, "/petugas/panduan");
    const back = async (led: Answer) =>
      (await browser.get(office.signIn.letIn(toIssuer(led), staff.worker.subject))).headers.location;
    expect(await back(second)).toBe("/petugas/panduan");
    expect(await back(first)).toBe("/petugas/antrean");
    expect(browser.jar.has("__Host-masuk")).toBe(false);
  });

  test("opens a tab after another and never outgrows the cookie: the newest can be ended, the oldest begin anew", async () => {
    const { office, browser } = atTheDoor();
    const long = `/petugas/antrean?q=${"a".repeat(470)}`;
    const led: Answer[] = [];
    for (let tab = 0; tab < 12; tab++) led.push(await start(browser, long));
    const cookie = browser.jar.get("__Host-masuk") ?? "";
    expect(cookie.length).toBeLessThan(4_000);
    const newest = office.signIn.letIn(toIssuer(led.at(-1) as Answer), staff.worker.subject);
    const oldest = office.signIn.letIn(toIssuer(led[0] as Answer), staff.worker.subject);
    await refusedIn(browser, await browser.get(oldest), "lewat");
    expect((await browser.get(newest)).headers.location).toBe(long);
  });

  test("is led on at once where another tab has signed in meanwhile", async () => {
    const door = atTheDoor();
    await comesBack(door);
    for (const page of ["/petugas/masuk", "/petugas/masuk/mulai"]) {
      const answer = await door.browser.get(`${page}?ke=/petugas/antrean`);
      expect([answer.status, answer.headers.location]).toEqual([303, "/petugas/antrean"]);
    }
  });

  test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/lacak", "/petugas/keluar"])(
    "lands at the desk and not at %s",
    async (to) => {
      expect((await comesBack(atTheDoor(), { to })).headers.location).toBe("/petugas");
      const { browser } = atTheDoor();
      expect((await browser.get(`/petugas/masuk?ke=${encodeURIComponent(to)}`)).body).not.toContain("evil");
    },
  );

  test("has the issuer asked once about itself in an hour, and for each sign-in once more", async () => {
    const office = anOffice();
    for (let time = 0; time < 3; time++) await comesBack(atTheDoor(office));
    const about = () => office.signIn.asked.filter((url) => url.includes("well-known")).length;
    expect([about(), office.signIn.asked.length]).toEqual([1, 4]);
    office.at("2026-11-24T10:01:00+08:00");
    await comesBack(atTheDoor(office));
    expect(about()).toBe(2);
  });
});

describe("an answer of the issuer counts for nothing", () => {
  test("where nobody was led to it from here", async () => {
    const { browser } = atTheDoor();
    for (const forged of [
      "",
      "?code=abc&state=def",
      "?state=",
      "?code=abc",
      "?error=server_error",
      "?state=a&state=b",
    ])
      expect(
        await refusedIn(browser, await browser.get(`/petugas/masuk/kembali${forged}`), "lewat"),
      ).toContain("Tidak ada yang berubah");
  });

  test("where another browser was led to it: nobody is signed in as somebody else by a link", async () => {
    const { office, browser } = atTheDoor();
    const attacker = atTheDoor(office);
    const theirs = office.signIn.letIn(toIssuer(await start(attacker.browser)), staff.admin.subject);
    await refusedIn(browser, await browser.get(theirs), "lewat");
    // Nor where this browser has begun a sign-in of its own.
    await start(browser);
    await refusedIn(browser, await browser.get(theirs), "lewat");
  });

  test("with the state of one attempt and the code of another", async () => {
    const { office, browser } = atTheDoor();
    const mine = await start(browser);
    const attacker = atTheDoor(office);
    const code = new URL(
      office.signIn.letIn(toIssuer(await start(attacker.browser)), staff.admin.subject),
    ).searchParams.get("code");
    const state = new URL(toIssuer(mine)).searchParams.get("state");
    const mixed = await browser.get(`/petugas/masuk/kembali?code=${code}&state=${state}`);
    await refusedIn(browser, mixed, "gagal");
  });

  test("a second time, also where the cookie of the first is brought back", async () => {
    const { office, browser } = atTheDoor();
    const led = await start(browser);
    const begun = new Map(browser.jar);
    const back = office.signIn.letIn(toIssuer(led), staff.worker.subject);
    expect((await browser.get(back)).headers.location).toBe(asked);
    browser.jar.delete("__Host-petugas");
    await refusedIn(browser, await browser.get(back), "lewat");
    const copied = aBrowser(office.officerApi, begun);
    await refusedIn(copied, await copied.get(back), "gagal");
  });

  test("after ten minutes, whose page is remembered", async () => {
    const { office, browser } = atTheDoor();
    const back = office.signIn.letIn(toIssuer(await start(browser)), staff.worker.subject);
    office.at("2026-11-24T09:10:00+08:00");
    const late = await browser.get(back);
    await refusedIn(browser, late, "lewat");
    expect(late.headers.location).toContain(encodeURIComponent(asked));
  });

  test("while the clocks of two functions differ by less than a minute it counts", async () => {
    const { office, browser } = atTheDoor();
    const led = await start(browser);
    office.at("2026-11-24T08:59:10+08:00");
    const back = await browser.get(office.signIn.letIn(toIssuer(led), staff.worker.subject));
    expect(back.headers.location).toBe(asked);
    // The session was sealed by the slower clock and is read by the faster one, and the other way round.
    for (const time of ["08:59:10", "09:00:05", "08:58:20"]) {
      office.at(`2026-11-24T${time}+08:00`);
      expect((await browser.get("/petugas/masuk")).status).toBe(303);
    }
  });

  test("where the issuer did not let the officer in: its own words are not repeated", async () => {
    for (const [error, why] of [
      ["access_denied", "batal"],
      ["login_required", "gagal"],
      ["temporarily_unavailable", "sibuk"],
      ["<script>", "gagal"],
    ] as const) {
      const { office, browser } = atTheDoor();
      const led = await start(browser);
      const text = await refusedIn(
        browser,
        await browser.get(office.signIn.sendBack(toIssuer(led), error)),
        why,
      );
      expect(text).not.toContain("What");
    }
  });

  test.each([
    ["of another client", { aud: "another" }],
    ["of another issuer", { iss: "https://elsewhere.example" }],
    ["with another nonce", { nonce: "another" }],
    ["without a nonce", { nonce: undefined }],
    ["that has run out", { exp: Date.parse("2026-11-24T00:58:00Z") / 1000 }],
    ["that holds later only", { nbf: Date.parse("2026-11-24T01:02:00Z") / 1000 }],
    ["of nobody", { sub: undefined }],
    ["of nobody by an empty name", { sub: "" }],
    ["for several clients at once", { aud: ["pages", "another"], azp: "another" }],
  ])("whose token is one %s", async (_, claims) => {
    const door = atTheDoor();
    door.office.signIn.faults.claims = claims;
    await refusedIn(door.browser, await comesBack(door), "gagal");
  });

  test("that has no token about the officer", async () => {
    const door = atTheDoor();
    door.office.signIn.faults.withoutIdToken = true;
    await refusedIn(door.browser, await comesBack(door), "gagal");
  });

  test("with a cookie of another stage, or one that was changed", async () => {
    const { office, browser } = atTheDoor();
    const led = await start(browser);
    const back = office.signIn.letIn(toIssuer(led), staff.worker.subject);
    const own = browser.jar.get("__Host-masuk") ?? "";
    const elsewhere = await aFrame(office.now, "prod").seal.seal([], "__Host-masuk");
    for (const cookie of [elsewhere, `${own.slice(0, -2)}AA`, own.slice(4), "", "x", own + own]) {
      const other = aBrowser(office.officerApi, new Map([["__Host-masuk", cookie]]));
      await refusedIn(other, await other.get(back), "lewat");
    }
    // A session is no attempt, and an attempt no session, although both are sealed here.
    const swapped = aBrowser(office.officerApi, new Map([["__Host-petugas", own]]));
    expect((await swapped.get("/petugas/masuk")).status).toBe(200);
  });
});

describe("an issuer that does not answer", () => {
  test.each([true, "500"] as const)("is told as such, with a way to try again (%s)", async (silent) => {
    const { office, browser } = atTheDoor();
    office.signIn.faults.silent = silent;
    const answer = await start(browser);
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "60"]);
    expect(pageIn(answer).text).toContain("Coba lagi");
    expect(office.signIn.asked).toHaveLength(2);
    office.signIn.faults.silent = false;
    expect((await start(browser)).status).toBe(302);
  });

  test("while the code is exchanged leads back to the start, and the next attempt succeeds", async () => {
    const door = atTheDoor();
    const { office, browser } = door;
    const led = await start(browser);
    office.signIn.faults.silent = true;
    const failed = await browser.get(office.signIn.letIn(toIssuer(led), staff.worker.subject));
    expect(await refusedIn(browser, failed, "sibuk")).toContain("Coba lagi");
    office.signIn.faults.silent = false;
    expect((await comesBack(door)).headers.location).toBe(asked);
  });

  test("is not waited for: three seconds, and once more", async () => {
    let asks = 0;
    const waits: (AbortSignal | null | undefined)[] = [];
    const slow = openIdIssuer(
      { issuer: "https://masuk.example", clientId: "pages" },
      {
        now: () => new Date(),
        ask: (async (_: string, { signal }: RequestInit) => {
          asks += 1;
          waits.push(signal);
          throw signal?.reason ?? new DOMException("late", "TimeoutError");
        }) as typeof fetch,
      },
    );
    await expect(slow.signOutAddress("https://lapor.example/petugas/keluar")).rejects.toMatchObject({
      trouble: "silent",
    });
    expect([asks, waits.every((signal) => signal instanceof AbortSignal)]).toEqual([2, true]);
  });

  test("does not keep anybody from signing out here", async () => {
    const door = atTheDoor();
    const { office, browser } = door;
    await comesBack(door);
    office.at("2026-11-24T10:30:00+08:00");
    office.signIn.faults.silent = true;
    const out = await browser.send("/petugas/keluar");
    expect(browser.jar.has("__Host-petugas")).toBe(false);
    const shown = await browser.get(out.headers.location ?? "");
    expect([shown.status, pageIn(shown).text]).toEqual([
      200,
      expect.stringContaining("masih mengenali Anda"),
    ]);
  });

  test("in plain text is no issuer, but for one on this machine", async () => {
    const signInAt = (issuer: string) => {
      const fake = anIssuer({ now: () => new Date(), issuer });
      const asking = openIdIssuer(fake, { now: () => new Date(), ask: fake.ask });
      return asking.signOutAddress("https://lapor.example/petugas/keluar");
    };
    await expect(signInAt("http://masuk.example")).rejects.toThrow();
    await expect(signInAt("http://127.0.0.1.evil.example")).rejects.toThrow();
    expect(await signInAt("http://127.0.0.1:3002")).toContain("http://127.0.0.1:3002/end?");
  });
});

describe("a session", () => {
  /** An officer at work, with the pages that are theirs now. */
  const atWork = async () => {
    const office = anOffice();
    const browser = await office.browserOf("worker");
    const isIn = async () => (await browser.get("/petugas/masuk")).status === 303;
    return { office, browser, isIn };
  };
  const kept = async (office: Office, browser: Browser) => {
    // As every page does for whoever opens it.
    const [, value = ""] =
      /^[^=]+=([^;]*)/.exec(
        await signedInCookie(aFrame(office.now), {
          ...signedInAt(staff.worker.subject, new Date("2026-11-24T09:00:00+08:00")),
          last: Math.floor(office.now().getTime() / 1000),
        }),
      ) ?? [];
    browser.jar.set("__Host-petugas", value);
  };

  test("ends after sixty minutes without a page", async () => {
    const { office, isIn } = await atWork();
    office.at("2026-11-24T09:59:59+08:00");
    expect(await isIn()).toBe(true);
    office.at("2026-11-24T10:00:00+08:00");
    expect(await isIn()).toBe(false);
  });

  test("ends after eight hours, however much was done", async () => {
    const { office, browser, isIn } = await atWork();
    for (let minutes = 50; minutes < 480; minutes += 50) {
      office.at(new Date(Date.parse("2026-11-24T01:00:00Z") + minutes * 60_000).toISOString());
      expect(await isIn()).toBe(true);
      await kept(office, browser);
    }
    office.at("2026-11-24T17:00:00+08:00");
    expect(await isIn()).toBe(false);
  });

  test("of another stage, or one that was changed, is none", async () => {
    const { office, browser } = await atWork();
    const own = browser.jar.get("__Host-petugas") ?? "";
    const session = signedInAt(staff.admin.subject, office.now());
    const elsewhere = await aFrame(office.now, "prod").seal.seal(session, "__Host-petugas");
    const another = await aFrame(office.now).seal.seal(session, "__Host-saya");
    for (const cookie of [
      elsewhere,
      another,
      own.slice(2),
      `${own.slice(0, 30)}A${own.slice(31)}`,
      "",
      "{}",
    ]) {
      const other = aBrowser(office.officerApi, new Map([["__Host-petugas", cookie]]));
      expect((await other.get("/petugas/masuk")).status).toBe(200);
    }
  });
});

describe("signing out", () => {
  test("forgets who sat here, and leads on to where the session at the issuer ends, by a page and not by the form", async () => {
    const door = atTheDoor();
    const { browser } = door;
    await comesBack(door);
    const out = await browser.send("/en/petugas/keluar");
    expect([out.status, out.headers.location]).toEqual([303, "/en/petugas/keluar?akun=tutup"]);
    expect(out.cookies).toEqual([expect.stringMatching(/^__Host-petugas=; .*Max-Age=0$/)]);
    const leaving = pageIn(await browser.get("/en/petugas/keluar?akun=tutup"));
    const ends =
      "https://masuk.example/end?client_id=pages&post_logout_redirect_uri=https%3A%2F%2Flapor.example%2Fen%2Fpetugas%2Fkeluar";
    const attributes = leaving.elements.flatMap(({ attrs }) => attrs.map(({ value }) => value));
    expect(attributes).toContain(ends);
    expect(attributes).toContain(`0;url=${ends}`);
    expect(pageIn(await browser.get("/en/petugas/keluar")).text).toContain("You have signed out");
  });

  test("is refused to another site, and typing the address signs nobody out", async () => {
    const door = atTheDoor();
    const { browser } = door;
    await comesBack(door);
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }])
      expect((await browser.send("/petugas/keluar", {}, headers)).status).toBe(403);
    for (const address of ["/petugas/keluar", "/petugas/keluar?akun=tutup"])
      expect(pageIn(await browser.get(address)).text).toContain("Anda masih masuk");
    expect(browser.jar.has("__Host-petugas")).toBe(true);
  });

  test("leads a user pool of Cognito by the parameters that are its own, also an older one that does not name the address", async () => {
    const backTo = "https://lapor.example/petugas/keluar";
    const pool = "https://cognito-idp.ap-southeast-3.amazonaws.com/ap-southeast-3_Contoh";
    const domain = "https://sp4n-lapor.auth.ap-southeast-3.amazoncognito.com";
    for (const end_session_endpoint of [`${domain}/logout`, undefined]) {
      const names = { authorization_endpoint: `${domain}/oauth2/authorize`, end_session_endpoint };
      const fake = anIssuer({ now: () => new Date(), issuer: pool, names });
      const issuer = openIdIssuer(fake, { now: () => new Date(), ask: fake.ask });
      expect(await issuer.signOutAddress(backTo)).toBe(
        `${domain}/logout?client_id=pages&logout_uri=${encodeURIComponent(backTo)}`,
      );
    }
  });

  test("says that the account may still be open where an issuer has no address to end it", async () => {
    const fake = anIssuer({ now: () => new Date(), names: { end_session_endpoint: undefined } });
    const issuer = openIdIssuer(fake, { now: () => new Date(), ask: fake.ask });
    expect(await issuer.signOutAddress("https://lapor.example/petugas/keluar")).toBe(undefined);
  });
});
