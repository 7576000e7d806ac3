import type { Locator, Page } from "playwright-core";
import type { Visitor } from "./visitor.ts";

/** Where a report is written: its page, and how addresses are written in the language of the visit. */
export interface Writing {
  visitor: Pick<Visitor, "open">;
  page: Page;
  to(address: string): string;
}

type Fields = Readonly<Record<string, string>>;

/** What is typed in each step, by the names of the fields. */
export const reportSteps = {
  story: {
    class: "complaint",
    title: "Lampu penerangan jalan padam",
    text: "Sejak Senin lampu penerangan jalan di depan sekolah padam. Anak-anak pulang mengaji dalam gelap.",
    occurredOn: "2026-11-23",
    category: "pekerjaan-umum-dan-penataan-ruang",
  },
  place: { "location.regionCode": "64.71", "location.address": "Jalan Contoh depan sekolah" },
  recipient: { agencyId: "" },
  identity: {
    "reporter.name": "Warga Contoh",
    "reporter.email": "warga@contoh.example",
    "reporter.phone": "081234567890",
    "reporter.nik": "6471010101900001",
  },
} as const satisfies Record<string, Fields>;

type Step = keyof typeof reportSteps;
const addresses = {
  story: "/lapor/cerita",
  place: "/lapor/tempat",
  recipient: "/lapor/tujuan",
  identity: "/lapor/identitas",
} as const;

/** Fills in the fields of the step that is open. */
export async function fillStep(page: Page, fields: Fields): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((element: { localName: string; type: string }) => [
      element.localName,
      element.type,
    ]);
    if (kind[0] === "select") await field.selectOption(value);
    else if (kind[1] === "radio" || kind[1] === "checkbox")
      await page.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
}

/** Presses a button of the step by its value: "ya" goes on, and "#district" shows more to choose from. */
export const pressStep = (page: Page, value = "ya"): Promise<void> =>
  page.locator(`button[name="lanjut"][value="${value}"]:not([hidden])`).click();

/** Presses twice, as some people always do. No answer comes in between, or the second press would fall on the page that came. */
export async function pressTwice(page: Page, button: Locator): Promise<void> {
  const pressed = Promise.withResolvers<void>();
  await page.route("**/*", async (route) => {
    await pressed.promise;
    await route.continue();
  });
  await button.dblclick();
  pressed.resolve();
  await page.unrouteAll({ behavior: "wait" });
}

/** Opens a step, unless it is open already, fills it in and sends it. Nothing is opened where no step is named. */
export async function sendStep(
  { visitor, page, to }: Writing,
  step: Step | undefined,
  fields: Fields = step ? reportSteps[step] : {},
  value = "ya",
): Promise<void> {
  if (step && !new URL(page.url(), "http://none.example").pathname.endsWith(addresses[step]))
    await visitor.open(to(addresses[step]));
  await fillStep(page, fields);
  const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
  await pressStep(page, value);
  await answered;
  await page.waitForLoadState();
}

/** Presses the button that sends the report. */
export async function sendReport(page: Page): Promise<void> {
  await page.locator("main form:not(.leave-form) button:not([type=button])").last().click();
  await page.waitForURL("**/lapor/terkirim");
}

/** Writes a report as far as this step, which is open then. */
export async function writeUntil(
  writing: Writing,
  until: Step | "check" | "sent",
  change: Partial<Record<Step, Fields>> = {},
): Promise<void> {
  const { visitor, page, to } = writing;
  for (const step of Object.keys(reportSteps) as Step[]) {
    if (step === until) return void (await visitor.open(to(addresses[step])));
    await sendStep(writing, step, change[step] ?? reportSteps[step]);
  }
  await visitor.open(to("/lapor/periksa"));
  if (until === "sent") await sendReport(page);
}
