import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { picturesOfPdf } from "../fakes/pdf-picture.ts";
import { openBrowser } from "./browser.ts";
import { qrIn } from "./qr.ts";
import { ask } from "./site.ts";

const ground = openBrowser();

const agency = "balikpapan-dinas-pekerjaan-umum";
const page = `/instansi/${agency}/poster`;

/** What browsers leave at each side of the paper, unless somebody changes it. */
const side = "1cm";
const margin = { top: side, bottom: side, left: side, right: side };

/** In points. */
const widths = { A4: 595, A5: 420 } as const;

/** What is left of the paper between the margins, in CSS pixels. */
const inside = { A4: { width: 718, height: 1047 }, A5: { width: 484, height: 718 } } as const;

describe.each([
  ["A4", "id", ""],
  ["A5", "en", "?ukuran=a5"],
] as const)("the poster of an agency on %s (%s)", (paper, language, query) => {
  const address = `${language === "id" ? "" : "/en"}${page}`;
  const target = () => `${ground.site.url}/instansi/${agency}?dari=poster-${agency}`;

  test("is one sheet from the printer, and a phone reads the address of the agency off it", async () => {
    const visitor = await ground.visit({ language });
    await visitor.open(`${address}${query}`);
    const sheets = await picturesOfPdf(await visitor.page.pdf({ format: paper, margin }));
    expect(sheets).toHaveLength(1);
    expect(sheets.map(qrIn)).toEqual([target()]);
  });

  test("brings its own size of paper, and stays one sheet on the other", async () => {
    const visitor = await ground.visit({ language });
    await visitor.open(`${address}${query}`);
    const own = await PDFDocument.load(await visitor.page.pdf({ preferCSSPageSize: true }));
    expect(own.getPages().map((sheet) => Math.round(sheet.getWidth()))).toEqual([widths[paper]]);
    const other = await visitor.page.pdf({ format: paper === "A4" ? "A5" : "A4", margin });
    expect((await picturesOfPdf(other)).map(qrIn)).toEqual([target()]);
  });

  test("is read as a picture of the sheet too, and the address leads to the agency", async () => {
    const visitor = await ground.visit({ language });
    await visitor.open(`${address}${query}`);
    await visitor.page.emulateMedia({ media: "print" });
    await visitor.page.setViewportSize(inside[paper]);
    const read = qrIn(await visitor.page.screenshot());
    expect(read).toBe(target());
    await visitor.page.emulateMedia({ media: "screen" });
    await visitor.open(read);
    expect(await visitor.page.locator("h1").innerText()).toBe("Dinas Pekerjaan Umum Kota Balikpapan");
  });

  test("is read off its PDF", async () => {
    const { status, headers, body } = await ask(`${ground.site.url}${address}.pdf${query}`);
    expect([status, headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect((await picturesOfPdf(body)).map(qrIn)).toEqual([target()]);
  });
});
