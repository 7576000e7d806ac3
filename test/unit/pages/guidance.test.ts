import { describe, expect, test } from "vitest";
import { changed } from "../../../shared/directory/entry-history.ts";
import { chapters } from "../../../shared/guidance/chapters.ts";
import { guidedMoves } from "../../../shared/guidance/moves.ts";
import { besideMove, placeInGuidance } from "../../../shared/page/officer/guidance/beside-move.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";

const guide = "/petugas/panduan";
const linksOf = ({ all }: ReturnType<typeof pageIn>): string[] =>
  all("a").map((link) => attributeOf(link, "href") ?? "");

describe("the guidance of officers", () => {
  test("leads to every chapter and to the booklet, and each of them is there in both languages", async () => {
    const browser = await anOffice().browserOf("worker");
    for (const language of ["", "/en"]) {
      const links = linksOf(pageIn(await browser.get(`${language}${guide}`)));
      const parts = [...chapters.map(({ id }) => `/${id}`), "/buku"];
      expect(links).toEqual(
        expect.arrayContaining([...parts, "/buku.pdf"].map((part) => `${language}${guide}${part}`)),
      );
      for (const part of parts) {
        const answer = await browser.get(`${language}${guide}${part}`);
        expect([part, answer.status, answer.headers["cache-control"]]).toEqual([part, 200, "no-store"]);
      }
    }
  });

  test("whoever has not signed in is led to do so and then to the chapter", async () => {
    const office = anOffice();
    const stranger = aBrowser(office.officerApi);
    for (const part of ["", "/langkah", "/buku", "/buku.pdf"]) {
      const answer = await stranger.get(`${guide}${part}`);
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        `/petugas/masuk?ke=${encodeURIComponent(`${guide}${part}`)}`,
      ]);
    }
  });

  test.each(["national", "admin", "liaison", "worker", "head", "observer", "auditor"] as const)(
    "everybody with a post reads it: %s",
    async (who) => {
      const browser = await anOffice().browserOf(who);
      expect((await browser.get(`${guide}/buku`)).status).toBe(200);
    },
  );

  test("it is about the agency of its reader, and about no other", async () => {
    const browser = await anOffice().browserOf("worker");
    const page = pageIn(await browser.get(`${guide}/kontak`));
    expect(page.text).toContain("Dinas Pekerjaan Umum Kota Balikpapan");
    expect(page.text).toContain("Pemerintah Kota Balikpapan");
    expect(page.text).not.toContain("Samarinda");
    expect((await browser.get(`${guide}?instansi=pemkot-samarinda`)).status).toBe(403);
    // What was never an agency is left out, as on all pages.
    expect(pageIn(await browser.get(`${guide}/kontak?instansi=Bukan%20Instansi`)).text).toBe(page.text);
  });

  test("a person with posts at two agencies chooses for which one they read, on every page and in the PDF", async () => {
    const second = anOfficer("liaison-officer", "pemkot-samarinda", {
      id: "jabatan-kedua",
      subject: staff.worker.subject,
    });
    const office = anOffice();
    const invited = {
      type: "invited",
      by: { role: "system" },
      at: new Date(0),
      sharesWith: [staff.worker.id],
    } as const;
    await office.directory.record(undefined, changed("officer", undefined, second, invited)!);
    const browser = await office.browserOf("worker");
    const first = pageIn(await browser.get(guide));
    const other = linksOf(first).find((link) => link.includes("instansi="));
    expect(other).toBeDefined();
    const page = pageIn(await browser.get(other ?? ""));
    expect(page.text).not.toBe(first.text);
    const query = new URL(other ?? "", "https://lapor.example").search;
    expect(linksOf(page)).toEqual(
      expect.arrayContaining([`${guide}/langkah${query}`, `${guide}/buku.pdf${query}`]),
    );
    const pdf = await browser.get(`${guide}/buku.pdf${query}`);
    const [, asked = ""] = /instansi=(.*)/.exec(query) ?? [];
    expect(pdf.headers["content-disposition"]).toContain(`panduan-petugas-${asked}-`);
  });

  test("whoever is dismissed reads it no more", async () => {
    const office = anOffice();
    const browser = await office.browserOf("worker");
    await office.directory.put(
      "officer",
      { ...staff.worker, dismissedAt: "2026-11-24T00:00:00Z" },
      { overwrite: true },
    );
    expect((await browser.get(`${guide}/kontak`)).status).toBe(403);
  });

  test("the file of the booklet is kept, not opened: no browser shows a PDF under the policy of our answers", async () => {
    const browser = await anOffice().browserOf("worker");
    const { headers, body } = await browser.get(`${guide}/buku.pdf`);
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="panduan-petugas-[\w-]+\.pdf"$/);
    expect((body as Buffer).subarray(0, 5).toString()).toBe("%PDF-");
  });
});

describe("the guidance beside a form", () => {
  test.each(guidedMoves)("of %s is folded, and leads to its place in the guidance", async (move) => {
    const { markup } = besideMove(move, "id");
    expect(markup).toMatch(/^<details><summary>/);
    const [, place] = /href="\/petugas\/panduan\/langkah#([\w-]+)"/.exec(markup) ?? [];
    expect(place).toBe(placeInGuidance(move));
    const whole = await (await anOffice().browserOf("worker")).get(`${guide}/langkah`);
    expect(String(whole.body)).toContain(`id="${place}"`);
  });
});
