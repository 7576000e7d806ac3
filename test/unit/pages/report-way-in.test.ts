import { beforeEach, describe, expect, test } from "vitest";
import { changed } from "../../../shared/directory/entry-history.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";

const story = { class: "complaint", title: "Jalan berlubang", text: "Sejak Senin jalan berlubang." };
const place = { "location.regionCode": "64.71" };
const road = "balikpapan-uptd-jalan";
const works = "balikpapan-dinas-pu";

let office: ReturnType<typeof anOffice>;
beforeEach(() => {
  office = anOffice("2026-11-26T13:35:00+08:00");
});

type Browser = ReturnType<typeof aBrowser>;
const nameOf = async (id: string) => (await office.directory.agency(id))?.name ?? "none";

/** What a form of the page sends without anybody typing: its hidden fields. */
const hiddenIn = (page: ReturnType<typeof pageIn>) =>
  Object.fromEntries(
    page
      .all("input")
      .filter((one) => attributeOf(one, "type") === "hidden")
      .map((one) => [attributeOf(one, "name") ?? "", attributeOf(one, "value") ?? ""]),
  );

/** Follows the button of a page that leads on, and gives back its address. */
const onward = (page: ReturnType<typeof pageIn>): string =>
  page
    .all("a")
    .filter((one) => attributeOf(one, "class") === "button")
    .map((one) => attributeOf(one, "href") ?? "")[0] ?? "none";

const fill = async (browser: Browser, address: string, fields: Record<string, string>) => {
  const page = pageIn(await browser.get(address));
  const sent = await browser.send(address.replace(/\?.*/, ""), { ...hiddenIn(page), ...fields });
  return sent.headers.location ?? `stays: ${pageIn(sent).text}`;
};

const close = async (id: string) => {
  const found = await office.directory.find("agency", id);
  if (!found) throw new Error("no such agency");
  const change = changed(
    "agency",
    found,
    { ...found.entry, closedAt: "2026-11-26T05:00:00.000Z", successor: works },
    { type: "closed", by: { role: "system" }, at: office.now() },
  );
  if (change) await office.directory.record(found, change);
};

describe("a report to the agency of a link", () => {
  test.each([
    ["", `/lapor?instansi=${road}`, "Untuk"],
    ["/en", `/lapor?instansi=${road}`, "To"],
    ["", `/lapor?dari=poster-${road}`, "Untuk"],
    ["/en", `/lapor?instansi=${road}&dari=poster-${road}`, "To"],
  ])(
    "%s%s names it from the first step on, and it is chosen without anybody typing",
    async (en, link, to) => {
      const browser = aBrowser(office.publicApi);
      const line = `${to}: ${await nameOf(road)}`;
      const start = pageIn(await browser.get(`${en}${link}`));
      expect(start.text).toContain(line);
      expect(await fill(browser, onward(start), story)).toBe(`${en}/lapor/tempat?draf=baru`);
      expect(pageIn(await browser.get(`${en}/lapor/tempat`)).text).toContain(line);
      await fill(browser, `${en}/lapor/tempat`, place);
      const asked = pageIn(await browser.get(`${en}/lapor/tujuan`));
      expect(asked.value("agencyId")).toBe(road);
      expect(await fill(browser, `${en}/lapor/tujuan`, { agencyId: asked.value("agencyId") })).toBe(
        `${en}/lapor/identitas`,
      );
      expect(pageIn(await browser.get(`${en}/lapor/identitas`)).text).toContain(line);
      await fill(browser, `${en}/lapor/identitas`, { asked: "yes", anonymous: "true" });
      expect(pageIn(await browser.get(`${en}/lapor/periksa`)).text).toContain(await nameOf(road));
      expect((await browser.send(`${en}/lapor/periksa`)).headers.location).toBe(`${en}/lapor/terkirim`);
      expect((await office.feed({ agency: road })).body.items).toHaveLength(1);
    },
  );

  test("stays named on a step that is wrong, and in the other language", async () => {
    const browser = aBrowser(office.publicApi);
    const address = `/lapor/cerita?instansi=${road}`;
    const first = await browser.get(address);
    expect(String(first.body)).toContain(`href="/en/lapor/cerita?instansi=${road}"`);
    const wrong = await browser.send("/lapor/cerita", { ...hiddenIn(pageIn(first)), ...story, title: "" });
    expect(wrong.status).toBe(400);
    expect(pageIn(wrong).text).toContain(`Untuk: ${await nameOf(road)}`);
  });

  test("may go to another one, and no earlier link brings it back", async () => {
    const browser = aBrowser(office.publicApi);
    await fill(browser, `/lapor/cerita?instansi=${road}`, story);
    await fill(browser, "/lapor/tempat", place);
    await fill(browser, "/lapor/tujuan", { agencyId: "" });
    await fill(browser, `/lapor/cerita?instansi=${road}`, story);
    expect(pageIn(await browser.get("/lapor/tujuan")).value("agencyId")).toBe("");
    expect(pageIn(await browser.get("/lapor/tempat")).text).not.toContain("Untuk:");
  });

  test("A draft keeps its own agency, says so, and a new one goes to that of the link", async () => {
    const browser = aBrowser(office.publicApi);
    await fill(browser, `/lapor/cerita?instansi=${road}`, story);
    const link = `/lapor?instansi=${works}&dari=poster-${works}`;
    const start = pageIn(await browser.get(link));
    expect(start.text).toContain(
      `Draf ini untuk ${await nameOf(road)}. Untuk melapor ke ${await nameOf(works)}`,
    );
    await fill(browser, onward(start), story);
    expect(pageIn(await browser.get("/lapor/tempat")).text).toContain(`Untuk: ${await nameOf(road)}`);
    const anew = await browser.send("/lapor", {
      ...hiddenIn(pageIn(await browser.get(link))),
      aksi: "baru",
    });
    expect(anew.headers.location).toBe(`/lapor/cerita?dari=poster-${works}`);
    await fill(browser, anew.headers.location ?? "", story);
    expect(pageIn(await browser.get("/lapor/tempat")).text).toContain(`Untuk: ${await nameOf(works)}`);
  });

  test.each([
    ["by no id of ours", "tidak-ada"],
    ["by no id at all", "Bukan Kode"],
    ["by markup", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"],
    ["by 3,000 letters", "a".repeat(3_000)],
    ["twice", `${road},${works}`],
  ])("An agency that nobody knows, named %s, is told, and the report goes on", async (_, typed) => {
    const browser = aBrowser(office.publicApi);
    for (const address of ["/lapor", "/lapor/cerita"]) {
      const shown = await browser.get(`${address}?instansi=${typed}`);
      expect(shown.status).toBe(200);
      expect(pageIn(shown).text).toContain("Instansi pada tautan ini tidak kami kenal.");
      expect(pageIn(shown).text).toContain("kami pilihkan");
      expect(String(shown.body)).not.toContain("<script>alert");
      expect(hiddenIn(pageIn(shown)).instansi).toBeUndefined();
    }
    expect(await fill(browser, `/lapor/cerita?instansi=${typed}`, story)).toBe("/lapor/tempat?draf=baru");
    await fill(browser, "/lapor/tempat", place);
    expect(pageIn(await browser.get("/lapor/tujuan")).value("agencyId")).toBe("");
  });

  test("A closed agency is told with its successor, and the report goes on", async () => {
    await close(road);
    const browser = aBrowser(office.publicApi);
    const start = await browser.get(`/lapor?instansi=${road}`);
    expect(pageIn(start).text).toContain(`${await nameOf(road)} sudah ditutup.`);
    expect(String(start.body)).toContain(`href="/lapor?instansi=${works}"`);
    expect(onward(pageIn(start))).toBe("/lapor/cerita");
    await fill(browser, onward(pageIn(start)), story);
    await fill(browser, "/lapor/tempat", place);
    expect(pageIn(await browser.get("/lapor/tujuan")).value("agencyId")).toBe("");
  });

  test("The button for an agency's own site leads to a report to it", async () => {
    const page = pageIn(await aBrowser(office.publicApi).get(`/instansi/${works}`));
    expect(page.text).toContain(`href="https://lapor.example/lapor?instansi=${works}"`);
  });
});
