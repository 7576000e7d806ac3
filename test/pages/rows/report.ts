import { until } from "../../deploy/ministack.ts";
import { road } from "../../e2e/office.ts";
import type { EveryPage, Way } from "../every-page.ts";
import { reportSteps, sendStep, writeUntil } from "../report-writing.ts";
import { keptIn } from "../scripts/browsing.ts";

const rowOf = (
  name: string,
  walk: (way: Way) => Promise<unknown>,
  more: Partial<EveryPage> = {},
): EveryPage => ({
  name: `Report: ${name}`,
  at: {
    async walk(way) {
      await walk(way);
    },
  },
  audience: "private",
  budget: "report",
  ...more,
});

/** A browser brings a cookie that opens nothing: of another stage, tampered with, or of a draft that has expired. */
async function withForeignCookie({ page, site }: Way) {
  const address = `${site.url}/kuki`;
  const headers = { "set-cookie": "__Host-draf=bukan-milik-kami; Path=/; Secure; HttpOnly; SameSite=Lax" };
  await page.route(address, (route) => route.fulfill({ body: "Kuki", headers }));
  await page.goto(address);
}

/** Another tab deletes the draft while this one stands at a step. */
async function deletedElsewhere(way: Way) {
  await writeUntil(way, "place");
  const other = await way.visitor.context.newPage();
  await other.goto(new URL(way.to("/lapor"), way.site.url).href);
  await other.locator("button[value=hapus]").click();
  await other.waitForURL("**draf=dihapus");
  await other.close();
}

const checked = async (way: Way) => writeUntil(way, "check");

/** The report, step by step, in every state that somebody may see. */
export const rows: EveryPage[] = [
  { name: "Report: the beginning", at: "/lapor", audience: "private", budget: "report", instructs: true },
  {
    name: "Report: to the agency of a link",
    at: "/lapor?instansi=pemkot-balikpapan",
    audience: "private",
    budget: "report",
  },
  {
    name: "Report: to an agency that nobody knows",
    at: "/lapor?instansi=tidak-ada",
    audience: "private",
    budget: "report",
  },
  {
    name: "Report: the story for the agency of a link",
    at: "/lapor/cerita?instansi=pemkot-balikpapan",
    audience: "private",
    budget: "report",
  },
  rowOf("the beginning with a draft of another agency", async (way) => {
    await way.visitor.open(way.to("/lapor/cerita?instansi=pemkot-balikpapan"));
    await way.page.locator("button[value=nanti]").click();
    await way.page.waitForURL("**draf=tersimpan");
    await way.visitor.open(way.to("/lapor?instansi=pemkot-samarinda"));
  }),
  rowOf("the beginning with a draft", async (way) => {
    await writeUntil(way, "place");
    await way.visitor.open(way.to("/lapor"));
  }),
  rowOf("saved for later", async (way) => {
    await writeUntil(way, "place");
    await way.page.locator("button[value=nanti]").click();
    await way.page.waitForURL("**draf=tersimpan");
  }),
  rowOf("the beginning after the draft was deleted", async (way) => {
    await writeUntil(way, "place");
    await way.visitor.open(way.to("/lapor"));
    await way.page.locator("button[value=hapus]").click();
    await way.page.waitForURL("**draf=dihapus");
  }),
  rowOf("the beginning after a draft expired", async (way) => {
    await withForeignCookie(way);
    await way.visitor.open(way.to("/lapor/tempat"));
    await way.page.waitForURL("**draf=habis");
  }),
  rowOf("the beginning with a foreign cookie", async (way) => {
    await withForeignCookie(way);
    await way.visitor.open(way.to("/lapor"));
  }),
  rowOf("the beginning where no cookie is kept", (way) => way.visitor.open(way.to("/lapor?draf=kuki"))),
  rowOf("the beginning after a report was sent", async (way) => {
    await writeUntil(way, "sent");
    await way.visitor.open(way.to("/lapor"));
  }),
  {
    name: "Report: what is not for us",
    at: "/lapor/bukan-di-sini",
    audience: "public",
    budget: "report",
    instructs: true,
  },
  { name: "Report: the story", at: "/lapor/cerita", audience: "private", budget: "report" },
  rowOf(
    "pressed without a line",
    async ({ visitor, page, to }) => {
      await visitor.open(to("/lapor/cerita"));
      // By the keyboard alone: a click leaves listeners of the test tool in the page.
      await page.locator("[data-keep]").press("Space");
      await page.locator("#title").fill(reportSteps.story.title);
      await page.locator("#text").fill(reportSteps.story.text);
      await visitor.offline(true);
      await page.locator('button[name="lanjut"][value="ya"]:not([hidden])').press("Enter");
      await page
        .locator("form [role=status]")
        .filter({ hasText: /sinyal|no signal/ })
        .waitFor();
    },
    { needsJavaScript: true },
  ),
  rowOf(
    "drafts of other tabs",
    async ({ visitor, page, to, site }) => {
      for (const title of ["Lampu padam di gang", "Air keruh sejak Senin"]) {
        const other = await visitor.context.newPage();
        await other.goto(new URL(to("/lapor/cerita"), site.url).href);
        await other.locator("[data-keep]").check();
        await other.locator("#title").fill(title);
        await other.locator("#title").blur();
        await until("The draft was not on the phone", 20, async () =>
          (await keptIn(other, "drafts")).some((one) => one.title === title),
        );
        await other.close();
      }
      await visitor.open(to("/lapor/cerita"));
      await page.locator("[data-draft-title]").nth(1).waitFor();
    },
    { needsJavaScript: true },
  ),
  rowOf("the story with everything wrong", (way) => sendStep(way, "story", { title: "", text: "" }), {
    status: 400,
  }),
  rowOf(
    "the story that is too long, with a day to come",
    (way) =>
      sendStep(way, "story", {
        class: "complaint",
        title: "Jalan ".repeat(40),
        text: "a".repeat(10_050),
        occurredOn: "2027-01-01",
      }),
    { status: 400 },
  ),
  rowOf("the story with suggested categories and subcategories", async (way) => {
    await sendStep(way, "story", { ...reportSteps.story, category: road.category }, "#category");
    await way.page.locator("#subcategory").waitFor();
  }),
  rowOf("the place", (way) => writeUntil(way, "place")),
  rowOf("the place with kecamatan and kelurahan", async (way) => {
    await writeUntil(way, "place");
    await sendStep(way, "place", { "location.regionCode": "64.71" }, "#district");
    await way.page.locator("#district").selectOption({ index: 1 });
    await sendStep(way, undefined, {}, "#village");
    await way.page.locator("#village").waitFor();
  }),
  rowOf(
    "the place with an address and no kabupaten, and half a point",
    async (way) => {
      await writeUntil(way, "place");
      await way.page.locator("summary").click();
      await sendStep(way, "place", { "location.address": "Depan pasar", "location.latitude": "utara" });
    },
    { status: 400 },
  ),
  rowOf(
    "a step whose draft is gone",
    async (way) => {
      await deletedElsewhere(way);
      await sendStep(way, "place");
    },
    { status: 409 },
  ),
  rowOf("similar reports", async (way) => {
    await way.sample("submitted");
    await writeUntil(way, "recipient", {
      story: { ...reportSteps.story, title: road.title, text: road.text },
    });
    await way.visitor.open(way.to("/lapor/serupa"));
    await way.page.locator(".cards .card").first().waitFor();
  }),
  rowOf("to whom, with suggestions", async (way) => {
    await writeUntil(way, "recipient");
  }),
  rowOf("to whom, with agencies that were found", async (way) => {
    await writeUntil(way, "recipient");
    await sendStep(way, "recipient", { agencyWords: "kesehatan balikpapan" }, "#agencyId");
  }),
  rowOf("to whom, with words that find nothing", async (way) => {
    await writeUntil(way, "recipient");
    await sendStep(way, "recipient", { agencyWords: "zzzzz" }, "#agencyId");
  }),
  rowOf("who sees me", (way) => writeUntil(way, "identity")),
  rowOf(
    "who sees me, with a wrong address, number and NIK",
    async (way) => {
      await writeUntil(way, "identity");
      await sendStep(way, "identity", {
        "reporter.email": "warga",
        "reporter.phone": "satu",
        "reporter.nik": "12",
      });
    },
    { status: 400 },
  ),
  rowOf("the check of all answers", checked),
  rowOf("the check of a secret report with an office's mailbox", (way) =>
    writeUntil(way, "check", {
      identity: { secret: "true", anonymous: "true", "reporter.email": "warga@balikpapan.go.id" },
    }),
  ),
  rowOf("number and receipt", (way) => writeUntil(way, "sent")),
  rowOf(
    "a step after another tab has sent the report",
    async (way) => {
      await checked(way);
      await way.visitor.open(way.to("/lapor/identitas"));
      const other = await way.visitor.context.newPage();
      await other.goto(new URL(way.to("/lapor/periksa"), way.site.url).href);
      await other.locator("main form:not(.leave-form) button").last().click();
      await other.waitForURL("**/lapor/terkirim");
      await other.close();
      await sendStep(way, "identity", { "reporter.name": "Warga Contoh" });
    },
    { status: 409 },
  ),
];
