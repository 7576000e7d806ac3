import { expect } from "vitest";
import type { SampleCase } from "./samples.ts";
import type { Site } from "./site.ts";
import type { Visitor } from "./visitor.ts";

/** Opens a case with its receipt, and then a page of it. `to` writes addresses in the language of the visit. */
export async function openOwnCase(
  { page, open }: Pick<Visitor, "page" | "open">,
  { trackingNumber, receipt }: SampleCase,
  name = "",
  to = (address: string) => address,
): Promise<void> {
  await open(to("/lacak"));
  await page.locator('[name="trackingNumber"]').fill(trackingNumber);
  await page.locator('[name="receipt"]').fill(receipt);
  await page.locator("main form[data-once] button").first().click();
  await page.waitForURL(`**${to(`/saya/${trackingNumber}`)}`);
  if (name) await open(to(`/saya/${trackingNumber}/${name}`));
}

/** A case as the API shows it to its reporter. */
export async function ownCase(site: Site, { trackingNumber, receipt }: SampleCase): Promise<any> {
  const headers = { authorization: `Receipt ${receipt}` };
  const { status, body } = await site.api(`/v1/cases/${trackingNumber}`, { headers });
  expect(status).toBe(200);
  return body;
}

/** What of this kind the reporter did on a case. */
export async function doneBy(site: Site, given: SampleCase, type: string): Promise<any[]> {
  const { timeline } = await ownCase(site, given);
  return timeline.filter((entry: { type: string }) => entry.type === type);
}
