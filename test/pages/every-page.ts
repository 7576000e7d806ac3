import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { Language } from "../../shared/language.ts";
import type { Sample } from "./samples.ts";
import type { Site } from "./site.ts";
import type { Visitor } from "./visitor.ts";

/** So much may come over the line on a first visit, in bytes and in requests. */
export const budgets = {
  /** the first page of the site */
  first: { bytes: 30 * 1024, requests: 5 },
  /** a page of the report */
  report: { bytes: 40 * 1024, requests: Infinity },
  /** any other page */
  page: { bytes: 60 * 1024, requests: Infinity },
} as const;

/** What a way to a page has at hand. */
export interface Way {
  visitor: Visitor;
  page: Page;
  site: Site;
  /** One case in each situation. */
  sample: Sample;
  language: Language;
  /** Writes an address in the language of the visit: "/lacak" or "/en/lacak". */
  to(address: string): string;
}

/** One page in one state. */
export interface EveryPage {
  /** A sentence that says what is seen, unlike that of any other row. */
  name: string;
  /**
   * How to get there. An Indonesian address ("/laporan") that is opened in both languages, also one made of a sample
   * case. Or the way of a visitor: clicks that end on the page.
   */
  at:
    | string
    | ((way: Pick<Way, "sample" | "site">) => string | Promise<string>)
    | { walk(way: Way): Promise<void> };
  /** A public page is kept by caches and the same for everybody. A private one is kept by nobody. */
  audience: "public" | "private";
  /** 200 unless said otherwise */
  status?: number;
  budget?: keyof typeof budgets;
  /** The page is nothing without JavaScript, so no check of one without it can be made. */
  needsJavaScript?: true;
  /** The page explains something: its sentences have at most 20 words. */
  instructs?: true;
  /** The page has no address below /en/: the language follows from the browser's (documents of the API). */
  oneAddress?: true;
  /** Files were sent to the bucket on the way, or come from it: it is one more host, and no budget holds for a photo. */
  usesBucket?: true;
  /** The page is a document without a bar at the top, so there is nothing to skip. */
  noSkipLink?: true;
  /** Officers read it. Their English pages have the markup of the Indonesian ones, and are looked at once instead of four times. */
  forOfficers?: boolean;
}

/** Writes an Indonesian address in a language. */
const inLanguage = (address: string, language: Language): string =>
  language === "id" ? address : `/en${address === "/" ? "/" : address}`;

/** Brings a visitor to the page of a row. Returns the answer that shows it. */
export async function reach(row: EveryPage, way: Omit<Way, "to" | "page">) {
  const to = (address: string) => (row.oneAddress ? address : inLanguage(address, way.language));
  const { page } = way.visitor;
  const answers: Awaited<ReturnType<Visitor["open"]>>[] = [];
  page.on("response", (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame())
      answers.push(response);
  });
  const { at } = row;
  if (typeof at === "object") await at.walk({ ...way, page, to });
  else await way.visitor.open(to(typeof at === "string" ? at : await at(way)));
  const shown = answers.findLast((answer) => answer.status() < 300 || answer.status() >= 400);
  if (!shown) throw new Error(`Nothing is shown: ${row.name}`);
  return shown;
}

const files = globSync("rows/*.ts", { cwd: fileURLToPath(new URL(".", import.meta.url)) }).sort();

/** All pages and states there are. Each file in rows/ has some: `export const rows: EveryPage[]`. */
export const everyPage: readonly EveryPage[] = (
  await Promise.all(
    files.map(async (file) => {
      const { rows } = (await import(new URL(file, import.meta.url).href)) as { rows: EveryPage[] };
      const forOfficers = /^rows.(officer|kelola|practice|sign-in)/.test(file);
      return rows.map((row): EveryPage => (forOfficers ? { ...row, forOfficers } : row));
    }),
  )
).flat();
