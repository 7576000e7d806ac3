import { describe, test, type TestContext } from "vitest";
import type { Language } from "../../shared/language.ts";
import { notTheSameForAll } from "./audience.ts";
import { axeViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { budgets, type EveryPage, everyPage, reach } from "./every-page.ts";
import { inOtherLanguage, longSentences } from "./reading.ts";
import { samplesOf } from "./samples.ts";
import { forcedColourProblems, spokenProblems } from "./spoken.ts";
import { textProblems } from "./text-size.ts";
import { costOfPage, overBudget } from "./transfer.ts";
import { invalidHtml } from "./valid.ts";
import { newVisitor, type Wishes } from "./visitor.ts";
import { keyboardProblems, reachProblems, sidewaysScroll, smallTargets } from "./wcag.ts";

const ground = openBrowser();

async function arrive(
  row: EveryPage,
  language: Language,
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  wishes: Wishes,
) {
  const { site, browser } = ground;
  const visitor = await newVisitor(browser, site.url, { ...wishes, language });
  onTestFinished(() => visitor.close());
  const answer = await reach(row, { visitor, site, sample: samplesOf(site), language });
  await visitor.page.waitForLoadState();
  return { visitor, answer };
}

const visits = everyPage.flatMap((row) =>
  (["id", "en"] as const).map((language) => ({ row, language, title: `${row.name} (${language})` })),
);

const isSeenOnce = ({ row, language }: { row: EveryPage; language: Language }): boolean =>
  row.forOfficers === true && language === "en";

// The machine waits for the system and for the line most of the time, so several visit at once.
describe.concurrent("every page in every state", () => {
  test("No two rows have the same name", ({ expect }) => {
    expect(everyPage.length).toBeGreaterThan(0);
    expect(new Set(everyPage.map(({ name }) => name)).size).toBe(everyPage.length);
  });

  test.for(visits)("$title", async ({ row, language }, { expect, onTestFinished }) => {
    const skipLink = !row.noSkipLink;
    const { visitor, answer } = await arrive(
      row,
      language,
      { onTestFinished },
      { width: 1280, noCache: true },
    );
    const { page, seen } = visitor;
    const html = await answer.text();

    expect.soft(answer.status(), "status").toBe(row.status ?? 200);
    expect.soft(await invalidHtml(html), "html").toEqual([]);
    expect.soft(/<html[^>]* lang="?(\w+)/.exec(html)?.[1], "lang").toBe(language);
    expect.soft(inOtherLanguage(html, language), "language").toEqual([]);
    if (row.instructs) expect.soft(longSentences(html), "sentences").toEqual([]);
    if (!row.usesBucket)
      expect
        .soft(overBudget(await costOfPage(visitor), budgets[row.budget ?? "page"]), "transfer")
        .toEqual([]);
    const kept = answer.headers()["cache-control"] ?? "";
    if (row.audience === "private") expect.soft(kept, "cache").toMatch(/^no-store$/);
    else expect.soft(await notTheSameForAll(page.url()), "cache").toEqual([]);

    expect.soft(await axeViolations(visitor), "axe at 1280 px").toEqual([]);
    expect.soft(await smallTargets(visitor), "targets at 1280 px").toEqual([]);
    expect.soft(await keyboardProblems(visitor, { skipLink }), "keyboard at 1280 px").toEqual([]);
    expect.soft(await sidewaysScroll(visitor), "reflow at 1280 px").toEqual([]);
    if (!row.oneAddress) expect.soft(await spokenProblems(visitor), "as it is heard").toEqual([]);
    expect.soft(await forcedColourProblems(visitor), "in forced colours").toEqual([]);
    expect.soft(await textProblems(visitor), "text at 1280 px").toEqual([]);
    if (!isSeenOnce({ row, language })) {
      await page.setViewportSize({ width: 320, height: 640 });
      expect.soft(await axeViolations(visitor), "axe at 320 px").toEqual([]);
      expect.soft(await reachProblems(visitor, { skipLink }), "reach at 320 px and 400 %").toEqual([]);
      expect.soft(await textProblems(visitor), "text at 320 px").toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect.soft(await axeViolations(visitor, ["color-contrast"]), "contrast in the dark").toEqual([]);
    }

    await visitor.settle();
    expect.soft(seen.cspViolations, "policy").toEqual([]);
    const foreign = [...seen.foreignHosts];
    if (row.usesBucket) expect.soft(foreign.length, "hosts besides the bucket").toBeLessThanOrEqual(1);
    else expect.soft(foreign, "foreign hosts").toEqual([]);
    expect.soft(seen.pageErrors, "errors of scripts").toEqual([]);
  });

  test.for(visits.filter((visit) => !visit.row.needsJavaScript && !isSeenOnce(visit)))(
    "Without JavaScript: $title",
    async ({ row, language }, { expect, onTestFinished }) => {
      const { visitor, answer } = await arrive(
        row,
        language,
        { onTestFinished },
        { width: 320, javaScript: false },
      );
      expect.soft(answer.status()).toBe(row.status ?? 200);
      expect.soft(await axeViolations(visitor), "axe").toEqual([]);
      expect.soft(await sidewaysScroll(visitor), "reflow").toEqual([]);
      await visitor.settle();
      expect.soft(visitor.seen.cspViolations, "policy").toEqual([]);
    },
  );
});
