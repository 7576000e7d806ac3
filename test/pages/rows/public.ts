import { randomUUID } from "node:crypto";
import type { EveryPage } from "../every-page.ts";

const agency = "/instansi/balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";

const ofCase = (part: string, name: string): EveryPage[] =>
  (["answered", "secret"] as const).map((situation) => ({
    name: `${name}, of a case that is ${situation}`,
    at: async ({ sample }) => `/laporan/${(await sample(situation)).trackingNumber}${part}`,
    audience: "public",
  }));

/** What everybody may read: lists, cases, agencies; and the two doors of a case that need no receipt. */
export const rows: EveryPage[] = [
  { name: "The public list", at: "/laporan", audience: "public" },
  {
    name: "The public list with filters, one of which nobody knows",
    at: "/laporan?jenis=complaint&wilayah=64.71&kategori=tidak-ada",
    audience: "public",
  },
  {
    name: "The public list where an agency's name fits several",
    at: "/laporan?instansi=balikpapan",
    audience: "public",
  },
  { name: "A search that finds nothing", at: "/laporan?q=zzzzzz", audience: "public" },
  {
    name: "A search for nothing that can be looked for",
    at: "/laporan?q=%3F%21",
    audience: "public",
    status: 400,
  },
  ...ofCase("", "A public case"),
  ...ofCase("/batas-waktu", "The deadlines day by day"),
  ...ofCase("/riwayat", "The proof of a history"),
  { name: "A case that nobody knows", at: "/laporan/kucing", audience: "private", status: 404 },
  {
    name: "What a support does",
    at: async ({ sample }) => `/dukung/${(await sample("in-progress")).trackingNumber}`,
    audience: "private",
  },
  {
    name: "The thanks for a support",
    at: {
      async walk({ page, visitor, to, sample }) {
        await visitor.open(to(`/dukung/${(await sample("in-progress")).trackingNumber}`));
        await page.locator("main form button:not(.leave)").click();
      },
    },
    audience: "private",
  },
  {
    name: "The form to follow a case",
    at: async ({ sample }) => `/ikuti/${(await sample("in-progress")).trackingNumber}`,
    audience: "private",
  },
  {
    name: "The form to follow a case, with an address that is none",
    at: {
      async walk({ page, visitor, to, sample }) {
        await visitor.open(to(`/ikuti/${(await sample("in-progress")).trackingNumber}`));
        await page.locator('[name="email"]').fill("bukan surel");
        await page.locator("main form button:not(.leave)").click();
      },
    },
    status: 400,
    audience: "private",
  },
  {
    name: "What happens after an address was given",
    at: {
      async walk({ page, visitor, to, sample }) {
        await visitor.open(to(`/ikuti/${(await sample("in-progress")).trackingNumber}`));
        await page.locator('[name="email"]').fill(`warga-${randomUUID()}@contoh.example`);
        await page.locator("main form button:not(.leave)").click();
      },
    },
    audience: "private",
  },
  { name: "The tree of agencies", at: "/instansi", audience: "public" },
  { name: "Agencies by name", at: "/instansi?q=balikpapan", audience: "public" },
  { name: "No agency of that name", at: "/instansi?q=zzzzzz", audience: "public" },
  { name: "An agency", at: agency, audience: "public" },
  { name: "An agency with many below it", at: "/instansi/pemkot-balikpapan", audience: "public" },
  { name: "The poster of an agency", at: `${agency}/poster`, audience: "public" },
  { name: "The small poster of an agency", at: `${agency}/poster?ukuran=a5`, audience: "public" },
];
