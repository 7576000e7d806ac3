import type { aBrowser } from "../../fakes/browsing.ts";
import type { anOffice } from "../../fakes/office.ts";

type Browser = ReturnType<typeof aBrowser>;

/** What is typed in each step. */
export const story = {
  class: "complaint",
  title: "Jalan berlubang di depan pasar",
  text: "Sejak Senin jalan di depan pasar berlubang.\n\nDua motor jatuh.",
  occurredOn: "2026-11-23",
  category: "",
};
export const place = { "location.regionCode": "64.71", "location.address": "Depan Pasar Sepinggan" };
export const identity = { asked: "yes", anonymous: "true", "reporter.email": "warga@surat.example" };

/** Fills in everything up to the last step. Tells where each step led. */
export async function written(
  browser: Browser,
  { change = {}, who = {} }: { change?: object; who?: object } = {},
) {
  const steps = [
    ["/lapor/cerita", { ...story, ...change }],
    ["/lapor/tempat", place],
    ["/lapor/tujuan", { agencyId: "" }],
    ["/lapor/identitas", { ...identity, ...who }],
  ] as const;
  const went: string[] = [];
  for (const [address, fields] of steps)
    went.push((await browser.send(address, fields)).headers.location ?? "stays");
  return went;
}

/** The reports that the public sees. */
export const reportsAt = async (office: ReturnType<typeof anOffice>) =>
  (await office.feed()).body.items as { trackingNumber: string; title: string }[];
