import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { axeViolations } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { signedIn, signedOut } from "./officer.ts";
import { officers } from "./samples.ts";
import type { Visitor } from "./visitor.ts";

const ground = openBrowser();
const page = "/petugas/saya";

/** The addresses that the back button of this tab leads to. */
async function historyOf({ context, page }: Visitor): Promise<string[]> {
  const session = await context.newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  return entries.map(({ url }) => url);
}

/** Codes and tokens that the issuer gave out on the way. */
const codesSeen = ({ seen }: Visitor): string[] => [
  ...new Set(
    seen.locations.flatMap((address) => {
      const code = new URL(address, ground.site.url).searchParams.get("code");
      return code ? [code] : [];
    }),
  ),
];

const logged = (): string =>
  globSync("**/*.log", { cwd: ground.site.dataDir })
    .map((file) => readFileSync(join(ground.site.dataDir, file), "utf8"))
    .join("\n");

describe.each([
  ["without JavaScript", false],
  ["with JavaScript", true],
])("An officer %s", (_, javaScript) => {
  test("signs in by two clicks and lands at the page that they asked for; no code and no token stays in the browser or in a log", async () => {
    const visitor = await ground.visit({ javaScript });
    await visitor.open(`${page}?dari=email`);
    expect(await axeViolations(visitor)).toEqual([]);
    await visitor.page.getByRole("main").getByRole("link", { name: "Masuk", exact: true }).click();
    await visitor.page.locator(`button[value="${officers.unit}"]`).click();
    await visitor.page.waitForURL(`**${page}?dari=email`);
    await visitor.settle();

    const codes = codesSeen(visitor);
    expect(codes).toHaveLength(1);
    const cookies = await visitor.context.cookies(ground.site.url);
    const ours = cookies.filter(({ name }) => name.startsWith("__Host-"));
    expect(ours.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite])).toEqual([
      ["__Host-petugas", true, true, "Lax"],
    ]);
    const { seen } = visitor;
    const kept = [
      ...(await historyOf(visitor)),
      ...ours.map(({ value }) => value),
      ...seen.titles,
      ...seen.referers,
      ...seen.cacheable.map(({ body }) => body),
      await visitor.page.content(),
      logged(),
    ].join("\n");
    for (const code of codes) expect(kept).not.toContain(code);
    expect(kept).not.toMatch(/\beyJ[\w-]{10,}\./);
    expect((await historyOf(visitor)).join()).not.toMatch(/code=|state=/);
    expect(seen.cspViolations).toEqual([]);
    expect([...seen.foreignHosts]).toHaveLength(1);
  });

  test("signs out here and at the issuer: the next one is asked who they are, and the back button shows no page of theirs", async () => {
    const visitor = await ground.visit({ javaScript });
    await signedIn(visitor, officers.unit, { to: page });
    const name = "Contoh Petugas";
    // Phones have no room for the name: it is in the page and not seen.
    await visitor.page.getByText(name).first().waitFor({ state: "attached" });
    await signedOut(visitor);
    expect(await axeViolations(visitor)).toEqual([]);
    for (let back = 0; back < 3; back++) {
      // Where there is nothing to go back to, the browser says so and stays.
      await visitor.page.goBack().catch(() => undefined);
      await visitor.page.waitForLoadState();
      if (!visitor.page.url().startsWith(ground.site.url)) continue;
      expect(await visitor.page.locator("body").textContent()).not.toContain(name);
    }
    await visitor.open("/petugas/masuk/mulai");
    expect(await visitor.page.locator("button[value]").count()).toBeGreaterThan(3);
    expect(visitor.seen.cspViolations).toEqual([]);
  });
});

test("An officer signs in from two tabs at once, and each tab ends at its own page", async () => {
  const visitor = await ground.visit();
  const other = await visitor.context.newPage();
  const tabs = [
    { tab: visitor.page, to: page },
    { tab: other, to: "/petugas/kelola" },
  ];
  for (const { tab, to } of tabs) await tab.goto(`${ground.site.url}/petugas/masuk/mulai?ke=${to}`);
  for (const { tab, to } of tabs.toReversed()) {
    const choose = tab.locator(`button[value="${officers.city}"]`);
    await choose.click();
    await tab.waitForURL(`**${to}`);
  }
});

test("A link of somebody else to the end of a sign-in signs nobody in, and says how to begin", async () => {
  const attacker = await ground.visit();
  const stop = attacker.page.waitForRequest(/\/petugas\/masuk\/kembali\?/);
  await attacker.page.route(/\/petugas\/masuk\/kembali\?/, (route) => route.abort());
  await attacker.open("/petugas/masuk/mulai");
  await attacker.page.locator(`button[value="${officers.province}"]`).click();
  const link = (await stop).url();
  const visitor = await ground.visit();
  await visitor.open(link);
  expect(new URL(visitor.page.url()).pathname).toBe("/petugas/masuk");
  expect(await visitor.page.locator("h1").innerText()).toBe("Mulai masuk sekali lagi");
  expect(await visitor.context.cookies()).toEqual([]);
});
