import { beforeEach, describe, expect, test } from "vitest";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { reportsAt, story, written } from "./written-report.ts";

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

describe("nobody else", () => {
  test("a form of another site changes nothing", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    for (const [address, fields] of [
      ["/lapor", { aksi: "hapus" }],
      ["/lapor/cerita", story],
      ["/lapor/serupa/dukungan", { trackingNumber: "7K3MQ-P4X9C" }],
      ["/lapor/periksa", {}],
      ["/lapor/terkirim", {}],
    ] as const)
      for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "none" }]) {
        const answer = await browser.send(address, fields, headers);
        expect([address, answer.status]).toEqual([address, 403]);
      }
    expect(await reportsAt(office)).toHaveLength(0);
  });

  test("hostile text is text", async () => {
    const browser = aBrowser(office.publicApi);
    const title = `"><script>alert(1)</script>' onmouseover=x`;
    await written(browser, { change: { title, text: "</textarea><img src=x onerror=alert(1)>" } });
    for (const address of ["/lapor/cerita", "/lapor/periksa"]) {
      const page = pageIn(await browser.get(address));
      expect(page.all("script").every((one) => attributeOf(one, "src")?.startsWith("/aset/"))).toBe(true);
      expect(page.all("img")).toHaveLength(0);
      expect(page.text).toContain("</textarea><img src=x onerror=alert(1)>");
    }
  });

  test("the signposts are the same for everybody and may be kept by a cache", async () => {
    const browser = aBrowser(office.publicApi);
    const plain = await browser.get("/lapor/bukan-di-sini");
    await written(browser);
    const withCookies = await browser.get("/lapor/bukan-di-sini");
    expect(withCookies).toEqual(plain);
    expect(plain.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
    expect(pageIn(plain).text).toContain("112");
  });
});
