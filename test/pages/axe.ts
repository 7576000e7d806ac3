import { AxeBuilder } from "@axe-core/playwright";
import type { Locator } from "playwright-core";
import type { Visitor } from "./visitor.ts";

declare const matchMedia: (query: string) => { matches: boolean };

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Lists what axe objects to on the page that a visitor sees, each with the element and what to do. With `rules` it looks at
 * those alone.
 */
export async function axeViolations(visitor: Visitor, rules?: string[]): Promise<string[]> {
  const sandboxed = (await visitor.page.evaluate("self.origin")) === "null";
  return sandboxed
    ? violationsInCopy(visitor, rules)
    : visitor.withScripts(() => violationsIn(visitor.page, rules));
}

async function violationsIn(page: Visitor["page"], rules?: string[]): Promise<string[]> {
  // The legacy mode runs in the page itself. The other one opens a page more, and our pages have no frames.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(tags)).analyze();
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html, failureSummary = "", target }) => {
      const advice = failureSummary.replace(/\s*\n\s*/g, " ");
      return `${id} (${impact}): ${help}\n  at ${target.join(" ")}: ${html}\n  ${advice}`;
    }),
  );
}

/** Nothing runs in a sandboxed page, so axe looks at a copy that has the same content and no policy. */
async function violationsInCopy({ context, page }: Visitor, rules?: string[]): Promise<string[]> {
  const body = await page.content();
  const browser = context.browser();
  if (!browser) throw new Error("The visitor has gone.");
  const copy = await browser.newPage({
    viewport: page.viewportSize(),
    colorScheme: await page.evaluate(() =>
      matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
    ),
  });
  try {
    await copy.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
    await copy.goto(page.url());
    return await violationsIn(copy, rules);
  } finally {
    await copy.close();
  }
}

/** Lists what is wrong with the page that a visitor sees now. */
export type Check = (visitor: Visitor) => Promise<string[]>;

/** Somebody who clicks through pages. After every step each check has to find nothing. */
export interface Walk {
  open(address: string): Promise<void>;
  /** Clicks on an element, or on the button or link with this name. */
  click(target: Locator | string): Promise<void>;
  press(key: string): Promise<void>;
  /** Does something else and checks after it. */
  step(name: string, act: () => Promise<unknown>): Promise<void>;
}

const violationsOfPolicy: Check = async ({ seen, settle }) => {
  await settle();
  return [...seen.cspViolations, ...seen.pageErrors];
};

/** Walks with a visitor. Fails at the first step after which axe, the policy of the page or a further check objects. */
export function walk(visitor: Visitor, ...further: Check[]): Walk {
  const { page } = visitor;
  const step: Walk["step"] = async (name, act) => {
    await act();
    await page.waitForLoadState();
    for (const check of [(one: Visitor) => axeViolations(one), violationsOfPolicy, ...further]) {
      const found = await check(visitor);
      if (found.length > 0) throw new Error(`After "${name}", at ${page.url()}:\n${found.join("\n")}`);
    }
  };
  const named = (name: string) =>
    page.getByRole("button", { name }).or(page.getByRole("link", { name })).first();
  return {
    step,
    open: (address) => step(`open ${address}`, () => visitor.open(address)),
    click: (target) =>
      step(`click ${typeof target === "string" ? target : String(target)}`, () =>
        (typeof target === "string" ? named(target) : target).click(),
      ),
    press: (key) => step(`press ${key}`, () => page.keyboard.press(key)),
  };
}
