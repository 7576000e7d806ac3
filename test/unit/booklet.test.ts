import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { boldFont, regularFont } from "../../shared/booklet/embedded.ts";
import { moveNames, moves, moveTitle, type Permission } from "../../shared/case/moves/table.ts";
import { roleText } from "../../shared/case/views/words.ts";
import { clockText } from "../../shared/deadline/clock-view.ts";
import { stages, stageText } from "../../shared/deadline/ladder.ts";
import { basisIn, clockNames, policyOn, shippedPolicies } from "../../shared/deadline/policy.ts";
import { officerRole } from "../../shared/directory/directory.ts";
import { chapters } from "../../shared/guidance/chapters.ts";
import { guidanceOf, guidedMoves } from "../../shared/guidance/moves.ts";
import type { Language } from "../../shared/language.ts";
import { scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { readBooklet, type ReadPart } from "../fakes/booklet-reader.ts";
import { attributeOf, pageIn } from "../fakes/browsing.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

const in_ = (language: Language, address: string) => (language === "id" ? address : `/en${address}`);

/** The booklet of an officer, in HTML and as a PDF that was read. */
async function bookletOf(
  office: ReturnType<typeof anOffice>,
  who: keyof typeof staff,
  language: Language = "id",
) {
  const browser = await office.browserOf(who);
  const page = pageIn(await browser.get(in_(language, "/petugas/panduan/buku")));
  const answer = await browser.get(in_(language, "/petugas/panduan/buku.pdf"));
  const pdf = await readBooklet(answer.body as Buffer);
  const text = pdf.parts
    .map((part) => part.text)
    .join(" ")
    .replace(/\s+/g, " ");
  return { page, answer, pdf, text };
}
type Booklet = Awaited<ReturnType<typeof bookletOf>>;
const both = ({ page, text }: Booklet): string[] => [page.text, text];

describe.each(["id", "en"] as const)("the booklet (%s) cannot go stale", (language) => {
  let booklet: Booklet;
  beforeAll(async () => (booklet = await bookletOf(anOffice(), "worker", language)), 60_000);
  const holds = (...texts: string[]) => {
    for (const whole of both(booklet))
      for (const text of texts) expect(whole).toContain(text.replace(/\s+/g, " "));
  };

  test("every move that an officer may make has its title, its guidance and who may make it", () => {
    const ofOfficers = moveNames.filter((move) =>
      (moves[move].by as readonly Permission[]).some(({ roles }) =>
        roles.some((role) => role !== "reporter"),
      ),
    );
    expect([...guidedMoves].sort()).toEqual([...ofOfficers].sort());
    for (const move of guidedMoves) {
      const { what, byWhen, good, bad, grounds } = guidanceOf[move];
      holds(moveTitle[move][language], ...[what, byWhen.text, good, bad].map((one) => one[language]));
      holds(...grounds.map(({ text }) => text[language]));
    }
  });

  test("every role, clock, limit with its basis, and stage of the ladder of the tables is in it", () => {
    holds(...officerRole.options.map((role) => roleText[role][language]));
    holds(...clockNames.map((clock) => clockText[clock][language]));
    for (const { days, legalBasis } of policyOn(shippedPolicies, "2026-11-24").limits) {
      holds(basisIn(legalBasis, language));
      holds(String(days));
    }
    holds(...stages.map(({ stage }) => stageText[stage][language]));
  });

  test("every scenario of practice is in it with what it teaches, and leads to it", () => {
    for (const id of scenarioIds) {
      const { title, about } = scenarios[id];
      holds(title[language], about[language]);
      const links = booklet.page.all("a").map((link) => attributeOf(link, "href"));
      expect(links).toContain(in_(language, `/latihan/${id}`));
    }
  });

  test("the limits of a later version are told with the date from which they hold", () => {
    const date = language === "id" ? "Jumat, 1 Januari 2027" : "Friday, 1 January 2027";
    holds(language === "id" ? `Berubah mulai ${date}` : `Changes from ${date}`);
    holds("Nganjuk");
  });

  test("the PDF is tagged, says its language and title, and is read in the order of its chapters", () => {
    const { pdf, answer } = booklet;
    expect(answer.headers?.["content-type"]).toBe("application/pdf");
    expect(answer.headers?.["cache-control"]).toBe("no-store");
    expect(pdf).toMatchObject({ isTagged: true, opensBookmarks: true });
    expect(pdf.language).toContain(language);
    expect(pdf.title).toContain("Dinas Pekerjaan Umum Kota Balikpapan");
    const named = (name: string) => pdf.parts.filter((part) => part.name === name).map(({ text }) => text);
    expect(named("H1")).toEqual([booklet.page.h1]);
    expect(named("H2").slice(1)).toEqual(chapters.map(({ title }) => title[language]));
    expect(named("H3")).toEqual(expect.arrayContaining(guidedMoves.map((move) => moveTitle[move][language])));
    for (const list of pdf.parts.filter(({ name }) => name === "L"))
      expect(list.parts.map(({ name }) => name)).toEqual(list.parts.map(() => "LI"));
    const cells = (row: ReadPart) =>
      row.parts.map(({ name }) => name).filter((name) => /^T[HD]$/.test(name)).length;
    for (const table of pdf.parts.filter(({ name }) => name === "Table")) {
      const rows = table.parts.filter(({ name }) => name === "TR");
      expect(rows.length).toBeGreaterThan(1);
      expect(new Set(rows.map(cells)).size).toBe(1);
    }
    expect(pdf.parts.filter(({ text, parts }) => text.trim() === "" && parts.length === 0)).toEqual([]);
  });

  test("it has a bookmark for each chapter and each heading below, and its contents name the pages of the bookmarks and lead to them", () => {
    const { bookmarks, parts } = booklet.pdf;
    const [, ...ofChapters] = bookmarks;
    expect(ofChapters.map(({ title }) => title)).toEqual(chapters.map(({ title }) => title[language]));
    const headings = parts.filter(({ name }) => name === "H3").map(({ text }) => text.trim());
    expect(ofChapters.flatMap(({ below }) => below.map(({ title }) => title))).toEqual(headings);
    const contents = parts.filter(({ name }) => name === "TOCI").flatMap((entry) => entry.parts);
    expect(contents.map(({ text }) => text)).toEqual(ofChapters.map(({ title, page }) => `${title}${page}`));
    expect(contents.map(({ name, leadsTo }) => [name, leadsTo])).toEqual(
      ofChapters.map(({ page }) => ["Link", page]),
    );
    const pages = ofChapters.map(({ page }) => page);
    expect(pages).toEqual([...pages].sort((a, b) => a - b));
  });

  test("it brings every font that it is drawn with, each as wide as the one that it was set in", async () => {
    const { fonts } = booklet.pdf;
    expect(fonts.map(({ name }) => name).sort()).toEqual(["Arimo", "Arimo-Bold"]);
    for (const { brought } of fonts) expect(brought).toBeGreaterThan(10_000);
    expect((booklet.answer.body as Buffer).length).toBeLessThan(250_000);
    const document = await PDFDocument.create();
    for (const [name, { widths, lacking }] of [
      [StandardFonts.Helvetica, regularFont],
      [StandardFonts.HelveticaBold, boldFont],
    ] as const) {
      const font = await document.embedFont(name);
      // Signs of mathematics and the middle dot differ by less than the third of a letter.
      for (const sign of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,;:()/-")
        expect([sign, widths[sign.charCodeAt(0) - 32]]).toEqual([sign, font.widthOfTextAtSize(sign, 1_000)]);
      expect(lacking).not.toContain("é".charCodeAt(0));
    }
  });

  test("every page has its number, which is read to nobody", () => {
    const { feet, pages, parts } = booklet.pdf;
    expect(pages).toBeGreaterThan(10);
    for (const [index, foot] of feet.entries()) expect(foot).toContain(`${index + 1} / ${pages}`);
    expect(parts.some(({ text }) => text.includes(`1 / ${pages}`))).toBe(false);
  });
});

describe("the booklet of an agency", () => {
  test("a limit that an administrator changes is changed on page and PDF, for that agency alone", async () => {
    const office = anOffice();
    const before = await bookletOf(office, "worker");
    const [{ limits }] = shippedPolicies as [(typeof shippedPolicies)[number]];
    const ofOurs = {
      clock: "verification" as const,
      agencyId: "pemkot-balikpapan",
      days: 2,
      unit: "working-days" as const,
      legalBasis: "Peraturan contoh wali kota",
      certainty: "own-choice" as const,
    };
    await office.limits.addPolicy({
      version: 3,
      effectiveFrom: "2026-11-01",
      limits: [...limits, ofOurs],
    });
    const after = await bookletOf(office, "worker");
    const elsewhere = await bookletOf(office, "elsewhere");
    for (const text of both(before)) expect(text).not.toContain("Peraturan contoh wali kota");
    for (const text of both(after)) {
      expect(text).toContain("Peraturan contoh wali kota");
      expect(text).toContain("Verifikasi, Semua laporan: 2 hari kerja.");
    }
    for (const text of both(elsewhere)) expect(text).not.toContain("Peraturan contoh wali kota");
  });

  test("holds the contacts of the reader's agency and those above it, and nobody who left, and no address of a person", async () => {
    const office = anOffice();
    await office.directory.put("officer", { ...staff.liaison, dismissedAt: "2026-11-01T00:00:00Z" });
    for (const text of both(await bookletOf(office, "worker"))) {
      expect(text).toContain("dinas-pu@balikpapan.example");
      expect(text).toContain(staff.head.name);
      expect(text).toContain(staff.admin.name);
      expect(text).not.toContain(staff.liaison.name);
      expect(text).not.toContain(staff.elsewhere.name);
      for (const { email } of Object.values(staff)) expect(text).not.toContain(email);
    }
  });

  test("a name in another script leaves no empty sign, and a name of any length is no fault", async () => {
    const office = anOffice();
    const agency = (await office.directory.agency("balikpapan-dinas-pu"))!;
    await office.directory.put(
      "agency",
      { ...agency, name: `Dinas 公共事業 ${"Panjang".repeat(25)}` },
      { overwrite: true },
    );
    const { pdf } = await bookletOf(office, "worker");
    expect(pdf.parts.some(({ text }) => text.startsWith("Dinas PanjangPanjang"))).toBe(true);
  });
});
