import { describe, expect, test } from "vitest";
import { call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { readPage } from "./markup.ts";

const office = anOffice();
const look = (path: string, query: Record<string, string> = {}) =>
  call(office.publicApi, "GET", path, { query });
const works = "/instansi/balikpapan-dinas-pu";

describe("agencies", () => {
  test("the tree begins at the top, and a search finds an agency by parts of its name", async () => {
    const all = await look("/instansi");
    expect(readPage(all)).toContain("Susunan instansi");
    expect(all.body).toContain('href="/instansi/pemkot-balikpapan"');
    expect(all.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
    const found = await look("/instansi", { q: "umum balik" });
    expect(found.body).toContain(`href="${works}"`);
    expect(found.body).not.toContain('href="/instansi/pemkot-samarinda"');
    const none = await look("/en/instansi", { q: `<b>"x` });
    expect(readPage(none)).toContain("No agency has that name");
  });

  test("an agency says what it is for, counts its cases with their meaning, and leads to a report to it", async () => {
    const found = await office.submit({ title: "Jembatan retak" });
    await found.as("admin", "verification", {});
    const shown = await look(works);
    const text = readPage(shown);
    for (const part of [
      "Perangkat daerah di bawah Pemerintah Kota Balikpapan",
      "masih terbuka",
      "Jembatan retak",
      "Yang dihitung hanya",
    ])
      expect(text).toContain(part);
    expect(shown.body).toContain('href="/lapor?instansi=balikpapan-dinas-pu"');
    expect(shown.body).toContain("href=&quot;https://lapor.example/lapor?instansi=balikpapan-dinas-pu&quot;");
    expect(readPage(await look(`/en${works}`))).toContain("Report to this agency");
  });

  test("whoever comes by a poster stays counted as such, and no other word is passed on", async () => {
    const by = async (dari: string) => (await look(works, { dari })).body as string;
    expect(await by("poster-balikpapan-dinas-pu")).toContain(
      'href="/lapor?instansi=balikpapan-dinas-pu&amp;dari=poster-balikpapan-dinas-pu"',
    );
    for (const dari of ["teman", `poster-"><script>`, "x".repeat(3_000)])
      expect(await by(dari)).toContain('href="/lapor?instansi=balikpapan-dinas-pu"');
  });

  test("an unknown agency is a page that leads to the list of agencies", async () => {
    for (const path of [
      "/instansi/tidak-ada",
      "/instansi/tidak-ada/poster",
      "/instansi/tidak-ada/poster.pdf",
      "/en/instansi/A%20B",
    ]) {
      const missing = await look(path);
      expect([path, missing.status]).toEqual([path, 404]);
      expect(missing.body).toMatch(/href="(\/en)?\/instansi"/);
    }
  });

  test("the poster is a page and a PDF in both languages, A4 and A5, with the code of the agency's page", async () => {
    for (const language of ["", "/en"])
      for (const ukuran of ["", "a5"]) {
        const page = await look(`${language}${works}/poster`, { ukuran });
        expect(readPage(page)).toContain("1708");
        expect(page.body).toContain("<svg");
        const pdf = await look(`${language}${works}/poster.pdf`, { ukuran });
        expect([pdf.status, pdf.headers["content-type"]]).toEqual([200, "application/pdf"]);
        expect(pdf.body.subarray(0, 5).toString()).toBe("%PDF-");
        expect(pdf.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
        expect(pdf.headers["content-disposition"]).toMatch(/^attachment; /);
        expect(pdf.headers["content-disposition"]).toContain(ukuran || "a4");
      }
  });
});
