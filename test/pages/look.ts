import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { languages } from "../../shared/language.ts";
import { openBrowser } from "./browser.ts";
import { everyPage, reach } from "./every-page.ts";
import { samplesOf } from "./samples.ts";
import { newVisitor } from "./visitor.ts";

/**
 * npm run pages:look [-- -t "a part of the name of a row"]
 *
 * Starts the system with sample cases, visits every row of the table at 360 and 1280 px, light and dark, and writes a picture
 * of each. English is looked at at 360 px, where its words are most in the way.
 */
const folder = resolve(".local/pages");
const looks = {
  id: [
    { width: 360, dark: false },
    { width: 360, dark: true },
    { width: 1280, dark: false },
    { width: 1280, dark: true },
  ],
  en: [{ width: 360, dark: false }],
} as const;

const ground = openBrowser();
const taken: { name: string; pictures: string[] }[] = [];

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

test.concurrent.for(everyPage)("$name", async (row) => {
  const slug = row.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80);
  const pictures: string[] = [];
  for (const language of languages) {
    // One row ends while others are under way, so each closes its own.
    const visitor = await newVisitor(ground.browser, ground.site.url, { language });
    const { page } = visitor;
    await reach(row, { visitor, site: ground.site, sample: samplesOf(ground.site), language });
    for (const { width, dark } of looks[language]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
      await page.waitForLoadState("networkidle");
      const picture = `${slug}-${language}-${width}${dark ? "-dark" : ""}.png`;
      await page.screenshot({ path: join(folder, picture), fullPage: true });
      pictures.push(picture);
    }
    await visitor.close();
  }
  taken.push({ name: row.name, pictures });
});

afterAll(() => {
  const sections = taken.map(
    ({ name, pictures }) =>
      `<h2>${name.replaceAll("<", "&lt;")}</h2>\n<p>${pictures
        .map(
          (picture) =>
            `<a href="${picture}"><img src="${picture}" height="480" alt="${picture}" loading="lazy"></a>`,
        )
        .join("\n")}</p>`,
  );
  const index = join(folder, "index.html");
  writeFileSync(
    index,
    `<!doctype html><meta charset="utf-8"><title>Pages</title><style>img{border:1px solid #999;max-width:48%;object-fit:cover;object-position:top}</style>\n${sections.join("\n")}\n`,
  );
  console.log(`\n${taken.length} pages: ${index}\n`);
});
