import { beforeEach, describe, expect, test } from "vitest";
import { aBrowser, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { place, story, written } from "./written-report.ts";

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

const secretsOf = (browser: ReturnType<typeof aBrowser>) => [browser.jar.get("__Host-draf") ?? "no cookie"];

describe("a draft", () => {
  test("is kept for a day on this device, says so, and can be deleted", async () => {
    const browser = aBrowser(office.publicApi);
    const kept = await browser.send("/lapor/cerita", { title: "Belum selesai", text: "", lanjut: "nanti" });
    expect(kept.headers.location).toBe("/lapor?draf=tersimpan");
    expect(kept.cookies?.[0]).toMatch(
      /^__Host-draf=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    );
    const start = pageIn(await browser.get("/lapor?draf=tersimpan"));
    expect(start.text).toContain("Jumat, 27 November 2026 pukul 13.35 WITA");
    expect(start.text).toContain("di perangkat ini");
    office.at("2026-11-27T13:34:00+08:00");
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe("Belum selesai");
    const gone = await browser.send("/lapor", { aksi: "hapus" });
    expect(gone.headers.location).toBe("/lapor?draf=dihapus");
    expect(browser.jar.has("__Host-draf")).toBe(false);
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe("");
  });

  test("that has expired is told as gone, and what this request typed is kept", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    office.at("2026-11-27T13:36:00+08:00");
    expect((await browser.get("/lapor/tempat")).headers.location).toBe("/lapor?draf=habis");
    expect(pageIn(await browser.get("/lapor?draf=habis")).text).toContain("Draf tidak ditemukan lagi");
  });

  test("that expires in the middle of a step keeps what the step typed", async () => {
    for (const keepsCookie of [true, false]) {
      office = anOffice("2026-11-26T13:35:00+08:00");
      const browser = aBrowser(office.publicApi);
      await written(browser);
      office.at("2026-11-27T13:36:00+08:00");
      if (!keepsCookie) browser.jar.clear();
      const answer = await browser.send("/lapor/tempat", place);
      expect(answer.status).toBe(409);
      const page = pageIn(answer);
      expect(page.text).toContain("Draf Anda tidak ditemukan lagi");
      expect(page.value("location.address")).toBe(place["location.address"]);
      const next = await browser.send("/lapor/cerita", story);
      expect(next.headers.location).toBe("/lapor/tempat");
      expect(pageIn(await browser.get("/lapor/tempat")).value("location.address")).toBe(
        place["location.address"],
      );
    }
  });

  test.each([
    ["tampered with", "x".repeat(43)],
    ["of another form", "../../etc/passwd"],
  ])("under a cookie that is %s does not open, and the page says what to do", async (_, value) => {
    const browser = aBrowser(office.publicApi, new Map([["__Host-draf", value]]));
    expect((await browser.get("/lapor/periksa")).headers.location).toBe("/lapor?draf=habis");
    browser.jar.set("__Host-draf", value);
    const start = await browser.get("/lapor");
    expect(pageIn(start).text).toContain("Draf tidak ditemukan lagi");
    browser.jar.set("__Host-draf", value);
    expect((await browser.send("/lapor/cerita", story)).headers.location).toBe("/lapor/tempat?draf=habis");
    expect(browser.jar.get("__Host-draf")).not.toBe(value);
  });

  test("is lost where the browser keeps no cookie, and the page says that", async () => {
    const sent = await aBrowser(office.publicApi).send("/lapor/cerita", story);
    expect(sent.headers.location).toBe("/lapor/tempat?draf=baru");
    const without = aBrowser(office.publicApi);
    expect((await without.get("/lapor/tempat?draf=baru")).headers.location).toBe("/lapor?draf=kuki");
    expect(pageIn(await without.get("/lapor?draf=kuki")).text).toContain("tidak menyimpan kuki");
  });

  test("is not replaced by another report from a second tab before the person says so", async () => {
    const browser = aBrowser(office.publicApi);
    const tab = aBrowser(office.publicApi, browser.jar);
    await browser.send("/lapor/cerita", { ...story, versi: "0" });
    const other = { ...story, title: "Lampu mati", text: "Lampu jalan mati sejak Selasa.", versi: "0" };
    const asked = await tab.send("/lapor/cerita", other);
    expect(asked.status).toBe(409);
    const page = pageIn(asked);
    expect(page.text).toContain("sudah ada draf lain");
    expect([page.value("title"), page.value("text").trim()]).toEqual([other.title, other.text]);
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe(story.title);
    await tab.send("/lapor/cerita", { ...other, versi: page.value("versi") });
    expect(pageIn(await browser.get("/lapor/cerita")).value("title")).toBe("Lampu mati");
  });

  test("that is gone when its button is pressed leads to the beginning, which says so", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    browser.jar.clear();
    const answer = await browser.send("/lapor/periksa");
    expect([answer.status, answer.headers.location]).toEqual([303, "/lapor?draf=habis"]);
  });

  test("tells nobody but its visitor: what is stored is sealed, and no answer shows its secret", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    for (const address of ["/lapor", "/lapor/cerita", "/lapor/periksa"]) {
      const { body } = await browser.get(address);
      for (const secret of secretsOf(browser)) expect(String(body)).not.toContain(secret);
    }
    const other = aBrowser(office.publicApi);
    expect(String((await other.get("/lapor/cerita")).body)).not.toContain(story.title);
  });
});
