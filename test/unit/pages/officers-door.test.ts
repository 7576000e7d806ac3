import { describe, expect, test } from "vitest";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import {
  officerActionAt,
  officerFormAt,
  officerPageAt,
  signedInCookie,
} from "../../../shared/http/page/officer.ts";
import { seeOther } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import { serve } from "../../../shared/http/serve.ts";
import { html } from "../../../shared/page/html.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { errorSummary, textArea, wrongFields } from "../../../shared/page/parts/form.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { signedInAt } from "../../../shared/visitor/officer-session.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { aFrame } from "../../fakes/frame.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";

const text = "Kami menambal jalan di depan pasar pada hari Rabu.";

/** Pages of officers as any room has them: one that shows, one with a form, one button. Each tells what reached it. */
function aRoom({
  keeps = false,
  offices = anOffice(),
}: { keeps?: boolean; offices?: ReturnType<typeof anOffice> } = {}) {
  const office = offices;
  const kept: unknown[] = [];
  const sent: unknown[] = [];
  const frame = {
    ...aFrame(office.now),
    ...(keeps && { keep: async (...what: unknown[]) => kept.push(what) > 0 }),
  };
  const table = [
    ...officerPageAt(frame, "/petugas/contoh", {}, async (_, { language, address, posts, subject }) =>
      page(
        deskPage({ language, address, posts }, frame.files, {
          title: "Contoh",
          main: html`<h1>${subject}</h1>`,
        }),
      ),
    ),
    ...officerFormAt(frame, "/petugas/formulir", {
      input: {},
      show: async (_, { language, address, posts }, tried) => {
        const told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
        const main = html`<h1>Formulir</h1><form method="post">${textArea(told, { name: "text", label: "Jawaban" })}</form>`;
        const summary = errorSummary(tried?.problem, language);
        return page(
          deskPage({ language, address, posts }, frame.files, { title: "Formulir", summary, main }),
        );
      },
      send: async (_, { language }, values) => {
        if (values.text === "") throw new Refusal("conflict", { id: "Kosong.", en: "Empty." });
        sent.push(values);
        return seeOther("/petugas/contoh", language);
      },
    }),
    ...officerActionAt(frame, "/petugas/tombol", {}, async (_, { language }) => {
      sent.push("tombol");
      return seeOther("/petugas/contoh", language);
    }),
  ];
  const api = serve(table, office.directory, { errorPage: errorPageOf(frame) });
  const browserOf = async (subject: string) => {
    const [, value = ""] =
      /^[^=]+=([^;]*)/.exec(await signedInCookie(frame, signedInAt(subject, office.now()))) ?? [];
    return aBrowser(api, new Map([["__Host-petugas", value]]));
  };
  return { office, kept, sent, stranger: () => aBrowser(api), browserOf };
}

describe("a page of officers", () => {
  test("leads whoever has not signed in to do so, and remembers the page with its query", async () => {
    const { stranger } = aRoom();
    const answer = await stranger().get("/petugas/contoh?urut=tanggal&q=a%20b");
    expect([answer.status, answer.headers.location, answer.headers["cache-control"]]).toEqual([
      303,
      "/petugas/masuk?ke=%2Fpetugas%2Fcontoh%3Furut%3Dtanggal%26q%3Da%2Bb",
      "no-store",
    ]);
    expect((await stranger().get("/en/petugas/contoh")).headers.location).toBe(
      "/en/petugas/masuk?ke=%2Fpetugas%2Fcontoh",
    );
  });

  test("is kept by nothing, and each one keeps the session open", async () => {
    const { office, browserOf } = aRoom();
    const browser = await browserOf(staff.worker.subject);
    for (let minutes = 0; minutes < 480; minutes += 59) {
      office.at(new Date(Date.parse("2026-11-24T01:00:00Z") + minutes * 60_000).toISOString());
      const answer = await browser.get("/petugas/contoh");
      expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    }
    office.at("2026-11-24T17:00:00+08:00");
    const over = await browser.get("/petugas/contoh");
    expect(over.headers.location).toContain("karena=habis");
    expect(over.body ?? "").not.toContain(staff.worker.subject);
  });

  test("tells whom to ask where the directory has no entry, with the way to another account", async () => {
    const { browserOf } = aRoom();
    for (const language of ["", "/en"]) {
      const answer = await (await browserOf("nobody-knows")).get(`${language}/petugas/contoh`);
      const shown = pageIn(answer);
      expect(answer.status).toBe(403);
      expect(shown.text).toContain(language ? "administrator of your agency" : "Hubungi admin instansi Anda");
      expect(shown.text).not.toContain("nobody-knows");
      expect(shown.all("form").map(({ attrs }) => attrs.map(({ value }) => value))).toContainEqual([
        "post",
        `${language}/petugas/keluar`,
      ]);
    }
  });

  test("shuts for an officer who was dismissed, at the next page after the directory knows", async () => {
    const office = anOffice();
    const { browserOf, sent } = aRoom({ offices: office });
    const browser = await browserOf(staff.worker.subject);
    expect((await browser.get("/petugas/contoh")).status).toBe(200);
    const dismissed = await office.admin("admin", "POST", `officers/${staff.worker.id}/dismissal`, {
      reason: "Pindah tugas.",
    });
    expect(dismissed.status).toBe(200);
    const answer = await browser.get("/petugas/contoh");
    expect([answer.status, pageIn(answer).text]).toEqual([403, expect.stringContaining("sudah berakhir")]);
    expect((await browser.send("/petugas/formulir", { text })).status).toBe(403);
    expect(sent).toEqual([]);
  });

  test("asks everybody to sign in again who is signed in as an officer whose authenticator was reset", async () => {
    const office = anOffice();
    const { browserOf } = aRoom({ offices: office });
    const [browser, thief] = [await browserOf(staff.worker.subject), await browserOf(staff.worker.subject)];
    expect((await thief.get("/petugas/contoh")).status).toBe(200);
    office.at("2026-11-24T09:05:00+08:00");
    const reset = await office.admin("admin", "POST", `officers/${staff.worker.id}/authenticator-reset`, {
      reason: "Ponsel hilang.",
    });
    expect([reset.status, reset.body.sessionsEndedAt]).toEqual([200, undefined]);
    for (const one of [browser, thief]) {
      const answer = await one.get("/petugas/contoh");
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        "/petugas/masuk?ke=%2Fpetugas%2Fcontoh",
      ]);
      expect(one.jar.has("__Host-petugas")).toBe(false);
    }
    office.at("2026-11-24T09:06:00+08:00");
    expect((await (await browserOf(staff.worker.subject)).get("/petugas/contoh")).status).toBe(200);
    // What an administrator changes later opens no old session.
    const { name, email, role, agencyId } = staff.worker;
    const changed = await office.admin("admin", "PUT", `officers/${staff.worker.id}`, {
      name: `${name} Lagi`,
      email,
      role,
      agencyId,
    });
    expect(changed.status).toBe(200);
    office.at("2026-11-24T09:00:00+08:00");
    const old = await browserOf(staff.worker.subject);
    office.at("2026-11-24T09:07:00+08:00");
    expect((await old.get("/petugas/contoh")).status).toBe(303);
  });

  test("stays open for whoever was dismissed from one of two posts", async () => {
    const second = { ...anOfficer("unit-officer", "pemkot-samarinda"), subject: staff.worker.subject };
    const gone = { ...second, id: `${second.id}-lama`, dismissedAt: "2026-11-01T00:00:00Z" };
    const office = anOffice(undefined, { people: [staff.worker, gone] });
    const { browserOf } = aRoom({ offices: office });
    expect((await (await browserOf(staff.worker.subject)).get("/petugas/contoh")).status).toBe(200);
  });
});

describe("a form of officers whose session has ended", () => {
  const hourLater = "2026-11-24T10:00:00+08:00";

  test("does nothing. What was typed is kept for the one whose session it was, and its page is come back to", async () => {
    const { office, kept, sent, browserOf } = aRoom({ keeps: true });
    const browser = await browserOf(staff.worker.subject);
    office.at(hourLater);
    const answer = await browser.send("/petugas/formulir?n=1", { text });
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      "/petugas/masuk?ke=%2Fpetugas%2Fformulir%3Fn%3D1&karena=simpan",
    ]);
    expect(kept).toEqual([[staff.worker.subject, "/petugas/formulir", { text }]]);
    expect(sent).toEqual([]);
  });

  test("keeps nothing for whoever brings a session that was over long ago: it may be a copy that somebody found", async () => {
    const { office, kept, browserOf } = aRoom({ keeps: true });
    const browser = await browserOf(staff.worker.subject);
    office.at("2026-11-25T09:00:01+08:00");
    const answer = await browser.send("/petugas/formulir", { text });
    expect([answer.status, kept]).toEqual([401, []]);
  });

  test("gives back what was typed where it cannot be kept, and tells a stranger no more", async () => {
    const { office, sent, browserOf, stranger } = aRoom();
    const browser = await browserOf(staff.worker.subject);
    office.at(hourLater);
    for (const one of [browser, stranger()]) {
      const answer = await one.send("/petugas/formulir", { text });
      const shown = pageIn(answer);
      expect([answer.status, shown.text.includes(text)]).toEqual([401, true]);
      const links = shown.all("a").flatMap(({ attrs }) => attrs.map(({ value }) => value));
      expect(links).toContain("/petugas/masuk?ke=%2Fpetugas%2Fformulir");
    }
    expect(sent).toEqual([]);
  });

  test("lies whole in the page that gives it back, and is sent once from there after signing in elsewhere; but nothing secret lies there", async () => {
    const { sent, stranger, browserOf } = aRoom();
    const outside = stranger();
    const typed = { text: `${text}\n\nSelesai.`, seen: "7", lakukan: "kirim" };
    const shown = pageIn(await outside.send("/petugas/formulir?n=1", typed));
    const form = shown.all("form").find((one) => attributeOf(one, "action") === "/petugas/formulir?n=1");
    expect(form).toBeDefined();
    const lying = Object.fromEntries(Object.keys(typed).map((name) => [name, shown.value(name)]));
    expect(lying).toEqual(typed);
    expect((await outside.send("/petugas/formulir?n=1", lying)).status).toBe(401);
    const { jar } = await browserOf(staff.worker.subject);
    for (const [name, value] of jar) outside.jar.set(name, value);
    expect((await outside.send("/petugas/formulir?n=1", lying)).status).toBe(303);
    expect(sent).toEqual([typed]);
    for (const [name, secret] of [
      ["nik", "6471015708850001"],
      ["catatan", "Tanda terima 0123-4567-89AB-CDEF-GHJK"],
    ] as const) {
      const given = pageIn(await stranger().send("/petugas/formulir", { text, [name]: secret }));
      expect([given.named(name), given.text.includes(secret)]).toEqual([[], false]);
    }
  });

  test("keeps nothing and shows nothing of what another site sent", async () => {
    const { office, kept, sent, browserOf } = aRoom({ keeps: true });
    const browser = await browserOf(staff.worker.subject);
    for (const time of [undefined, hourLater]) {
      if (time) office.at(time);
      const answer = await browser.send("/petugas/formulir", { text }, { "sec-fetch-site": "cross-site" });
      expect([answer.status, String(answer.body).includes(text)]).toEqual([403, false]);
    }
    expect([kept, sent]).toEqual([[], []]);
  });

  test("comes back to the page with the button, where the button has no page of its own", async () => {
    const { office, sent, browserOf } = aRoom();
    const browser = await browserOf(staff.worker.subject);
    const press = async (referer: string) => {
      const shown = pageIn(await browser.send("/petugas/tombol", {}, { referer }));
      return shown.all("a").flatMap(({ attrs }) => attrs.map(({ value }) => value));
    };
    office.at(hourLater);
    expect(await press("https://lapor.example/en/petugas/contoh?a=b")).toContain(
      "/petugas/masuk?ke=%2Fpetugas%2Fcontoh%3Fa%3Db",
    );
    for (const elsewhere of ["https://lapor.example.evil.example/petugas/contoh", "", "//evil"])
      expect(await press(elsewhere)).toContain("/petugas/masuk?ke=%2Fpetugas");
    expect(sent).toEqual([]);
  });
});
