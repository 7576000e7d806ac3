import { PNG } from "pngjs";
import { until } from "../../deploy/ministack.ts";
import type { EveryPage, Way } from "../every-page.ts";
import { openOwnCase } from "../own-case.ts";
import { type SampleCase, sampleCase } from "../samples.ts";

const files = ({ visitor, to }: Way, given: SampleCase) => openOwnCase(visitor, given, "lampiran", to);

/** The form for one file, as a browser without a script gets it. */
async function formForOne(way: Way, given: SampleCase) {
  await files(way, given);
  // With a script the page offers another form in its place.
  await way.page.evaluate(
    "document.querySelector('form[data-without-script] [name=name]').value = 'Lubang'; document.querySelector('form[data-without-script]').submit()",
  );
  await way.page.locator('form[enctype="multipart/form-data"]').waitFor();
}

const photo = (): Buffer => PNG.sync.write(new PNG({ width: 40, height: 30, fill: true }));

async function sendOne(way: Way, given: SampleCase, buffer: Buffer, name: string) {
  await formForOne(way, given);
  await way.page.locator('input[type="file"]').setInputFiles({ name, mimeType: "image/png", buffer });
  await way.page.locator('form[enctype="multipart/form-data"] button').click();
  await way.page.waitForURL("**/lampiran?terkirim=1**");
}

/** Looks again until the inspection is through, as people do. */
async function inspected(way: Way, given: SampleCase, buffer: Buffer, name: string) {
  await sendOne(way, given, buffer, name);
  const here = way.to(`/saya/${given.trackingNumber}/lampiran`);
  await until("The file was still inspected", 30, async () => {
    await way.visitor.open(here);
    return (await way.page.locator(".chip.due").count()) === 0;
  });
}

const noReceipt = "0000-0000-0000-0000-0000";

/** Brings so many wrong receipts for a case that the right one has to wait. */
export async function floodReceipts({ site }: Pick<Way, "site">, { trackingNumber }: SampleCase) {
  for (let count = 0; count < 10; count++)
    await site.api(`/v1/cases/${trackingNumber}`, { headers: { authorization: `Receipt ${noReceipt}` } });
}

/** Comes to the waiting page. Its script finds no challenge and sends the form once without; then the page stays. */
async function waits(way: Way) {
  const given = await sampleCase(way.site, "submitted");
  await floodReceipts(way, given);
  const { page, visitor, to } = way;
  await page.route("**/v1/challenges*", (route) => route.abort());
  await visitor.open(to("/lacak"));
  await page.locator('[name="trackingNumber"]').fill(given.trackingNumber);
  await page.locator('[name="receipt"]').fill(given.receipt);
  await page.locator("main form button").first().click();
  if (visitor.javaScript)
    await page.locator("form[data-proof]:not([data-proof-auto])").waitFor({ state: "attached" });
}

export const rows: EveryPage[] = [
  { name: "The form for being offline", at: "/lapor/tanpa-sinyal", audience: "public", budget: "report" },
  {
    name: "The files of a case, before there are any",
    at: { walk: async (way) => files(way, await way.sample("submitted")) },
    audience: "private",
  },
  {
    name: "The form for one file",
    at: { walk: async (way) => formForOne(way, await way.sample("in-progress")) },
    audience: "private",
  },
  {
    name: "The files of a case, just after one was sent",
    at: {
      async walk(way) {
        await sendOne(way, await sampleCase(way.site, "submitted"), photo(), "lubang.png");
        // The page that renews itself would do so while it is looked at.
        await way.visitor.open(new URL(way.page.url()).pathname);
      },
    },
    audience: "private",
    usesBucket: true,
  },
  {
    name: "The files of a case, with one that is inspected",
    at: {
      walk: async (way) => inspected(way, await sampleCase(way.site, "submitted"), photo(), "lubang.png"),
    },
    audience: "private",
    usesBucket: true,
  },
  {
    name: "The files of a case, with one that was refused",
    at: {
      walk: async (way) =>
        inspected(way, await sampleCase(way.site, "submitted"), Buffer.from("bukan foto"), "rusak.png"),
    },
    audience: "private",
    usesBucket: true,
  },
  {
    name: "A receipt that has to wait in a flood of wrong ones",
    at: { walk: waits },
    audience: "private",
    status: 428,
  },
  {
    name: "An address at which there is no page",
    at: "/tidak/ada",
    audience: "private",
    status: 404,
  },
  {
    name: "The address of a button, opened by hand",
    at: "/keluar",
    audience: "private",
    status: 405,
  },
];
