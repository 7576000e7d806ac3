import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { reportsAt, story, written } from "./written-report.ts";

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

type Browser = ReturnType<typeof aBrowser>;

describe("one case, however often it is sent", () => {
  test("two clicks at the same moment, a reload and two tabs make one case with one receipt", async () => {
    const browser = aBrowser(office.publicApi);
    const tab = aBrowser(office.publicApi, browser.jar);
    await written(browser);
    const answers = await Promise.all(
      [1, 2, 3].map((at) => (at === 1 ? tab : browser).send("/lapor/periksa")),
    );
    for (const { headers } of answers) expect(headers.location).toBe("/lapor/terkirim");
    expect((await tab.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    expect(await reportsAt(office)).toHaveLength(1);
  });

  test("a tab that goes on with a report that was sent is told, and what it typed stays on the page", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    await browser.send("/lapor/periksa");
    const late = await browser.send("/lapor/cerita", { ...story, title: "Judul baru" });
    expect(late.status).toBe(409);
    const page = pageIn(late);
    expect(page.text).toContain("sudah terkirim");
    expect(page.text).not.toContain("Belum terkirim");
    expect(page.value("title")).toBe("Judul baru");
    expect(String(late.body)).toContain('href="/lapor/terkirim"');
    expect((await browser.get("/lapor/cerita")).headers.location).toBe("/lapor/terkirim");
    expect(await reportsAt(office)).toHaveLength(1);
  });

  /** The line breaks after the case was stored and before the draft knows it. */
  async function lostAnswer(browser: Browser) {
    const { put } = office.drafts;
    let writes = 0;
    // The first change says what is under way. The second would keep the receipt.
    office.drafts.put = async (...given) => {
      if (++writes === 2) throw new Error("the function ended here");
      return put(...given);
    };
    const answer = await browser.send("/lapor/periksa");
    office.drafts.put = put;
    return answer;
  }

  test("an answer that was lost is had again by the same button", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    const broken = await lostAnswer(browser);
    expect(broken.status).toBe(500);
    expect(pageIn(broken).text).toContain(story.title);
    expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    expect(await reportsAt(office)).toHaveLength(1);
  });

  test("a report that was changed after its answer was lost is not stored a second time, and the change is not lost", async () => {
    const browser = aBrowser(office.publicApi);
    await written(browser);
    await lostAnswer(browser);
    await browser.send("/lapor/cerita", { ...story, text: "Sekarang tiga motor jatuh." });
    expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
    const page = pageIn(await browser.get("/lapor/terkirim"));
    expect(page.text).toContain("sudah tersimpan pada pengiriman sebelumnya");
    expect(page.text).toContain("Sekarang tiga motor jatuh.");
    expect(page.text).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/);
    expect(await reportsAt(office)).toHaveLength(1);
  });

  test("whatever breaks, and whatever is changed in between, there is one case, and its receipt is had in the end", async () => {
    const act = fc.constantFrom(
      "change",
      "send",
      "twice",
      "breaks before",
      "breaks after",
      "forgets",
      "loses",
    );
    // Three reports of unknown fate, of which the first is stored, and a fourth to come.
    const moreThanFit = ["loses", "change", "loses", "change", "breaks before", "change"];
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), async (acts) => {
        office = anOffice("2026-11-26T13:35:00+08:00");
        const browser = aBrowser(office.publicApi);
        await written(browser);
        const { drafts, cases: store } = office;
        const [{ put }, { submit }] = [{ ...drafts }, { ...store }];
        const fault = new Error("the function ended here");
        for (const [at, one] of acts.entries()) {
          if (one === "change") await browser.send("/lapor/cerita", { ...story, text: `Cerita ${at}` });
          // The function ends before or after the case is stored; or the draft is not stored before or after that.
          if (one === "breaks before") store.submit = () => Promise.reject(fault);
          if (one === "breaks after")
            store.submit = (...given) => submit(...given).then(() => Promise.reject(fault));
          let writes = 0;
          if (one === "forgets" || one === "loses")
            drafts.put = async (...given) => {
              if (++writes === (one === "forgets" ? 1 : 2)) throw fault;
              return put(...given);
            };
          if (one !== "change") await browser.send("/lapor/periksa");
          if (one === "twice") await Promise.all([1, 2].map(() => browser.send("/lapor/periksa")));
          Object.assign(drafts, { put });
          Object.assign(store, { submit });
        }
        expect((await browser.send("/lapor/periksa")).headers.location).toBe("/lapor/terkirim");
        expect(pageIn(await browser.get("/lapor/terkirim")).text).toMatch(/[0-9A-Z]{4}(-[0-9A-Z]{4}){4}/);
        expect(await reportsAt(office)).toHaveLength(1);
      }),
      { numRuns: 60, examples: [[moreThanFit]] },
    );
  }, 60_000);

  test("a refused report keeps its key: once it is right, there is one case", async () => {
    office = anOffice("2026-11-26T13:35:00+08:00", {
      threshold: { ofNetwork: 0, ofAll: Infinity, holdsAlike: false },
    });
    const browser = aBrowser(office.publicApi);
    await written(browser);
    const flood = await browser.send("/lapor/periksa");
    expect(flood.status).toBe(428);
    const page = pageIn(flood);
    expect(page.elements.some((one) => attributeOf(one, "data-proof") === "/v1/challenges")).toBe(true);
    expect(page.value("proof")).toBe("");
    expect(page.text).toContain("Laporan Anda belum tersimpan");
    expect(await reportsAt(office)).toHaveLength(0);
  });
});
