import type { Locator } from "playwright-core";
import type { EveryPage, Way } from "../every-page.ts";

/** Opens a case with its receipt, as its reporter does. */
async function openMine({ page, visitor, to }: Way, given: { trackingNumber: string; receipt: string }) {
  await visitor.open(to("/lacak"));
  const field = (name: string): Locator => page.locator(`[name="${name}"]`);
  await field("trackingNumber").fill(given.trackingNumber);
  await field("receipt").fill(given.receipt);
  await page.locator("main form button").first().click();
}

const guides = ["/cara", "/hak", "/privasi", "/aksesibilitas"].map((at): EveryPage => ({
  name: `The guide ${at}`,
  at,
  audience: "public",
  instructs: true,
}));

/** The first page, the calculator, the guides, and the way to a case. */
export const rows: EveryPage[] = [
  { name: "The first page", at: "/", audience: "public", budget: "first" },
  { name: "The calculator", at: "/hitung", audience: "public" },
  {
    name: "The calculator with a supervised complaint",
    at: "/hitung?class=complaint&supervised=true&from=2026-11-24&timeZone=Asia/Makassar",
    audience: "public",
  },
  ...guides,
  { name: "The way to a case", at: "/lacak", audience: "private", budget: "report" },
  {
    name: "The way to a case, with a receipt that is none",
    at: {
      walk: async (way) =>
        openMine(way, { ...(await way.sample("submitted")), receipt: "0000-0000-0000-0000-0000" }),
    },
    status: 404,
    audience: "private",
  },
  {
    name: "A case as its reporter sees it",
    at: { walk: async (way) => openMine(way, await way.sample("answered")) },
    audience: "private",
  },
];
