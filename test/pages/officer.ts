import type { Language } from "../../shared/language.ts";
import type { Visitor } from "./visitor.ts";

/** What the issuer's pages took over the line is no cost of ours, and its host is no stranger to whoever signs in. */
async function forgetIssuer({ page, seen, settle }: Visitor): Promise<void> {
  await page.waitForLoadState();
  await settle();
  const { origin } = new URL(page.url());
  for (const [id, { url }] of seen.transfers) if (new URL(url).origin !== origin) seen.transfers.delete(id);
  seen.foreignHosts.clear();
}

/**
 * Signs an officer in, on our page and at the local issuer's. Ends at the page that they asked for: their desk, unless said otherwise.
 * `to` is an address without its language, which follows from the visit.
 */
export async function signedIn(
  visitor: Visitor,
  email: string,
  { to = "/petugas", language = "id" }: { to?: string; language?: Language } = {},
): Promise<Visitor> {
  const { page } = visitor;
  const start = language === "id" ? "/petugas/masuk" : "/en/petugas/masuk";
  await visitor.open(`${start}?${new URLSearchParams({ ke: to })}`);
  const signIn = { name: language === "id" ? "Masuk" : "Sign in", exact: true };
  await page.getByRole("main").getByRole("link", signIn).click();
  await page.locator(`button[value="${email}"]`).click();
  await page.waitForURL((url) => url.pathname.endsWith(to.split("?")[0] ?? to));
  await forgetIssuer(visitor);
  return visitor;
}

type Cookie = Awaited<ReturnType<Visitor["context"]["cookies"]>>[number];

/** The cookie of each officer who has signed in at a site. */
const brought = new Map<string, Promise<Cookie>>();

/**
 * Opens a page for an officer who has signed in before, in another browser: the issuer's pages are passed once an officer, and not for
 * every row. Ends where `signedIn` ends.
 */
export async function asOfficer(
  visitor: Visitor,
  email: string,
  options: { to?: string; language?: Language } = {},
): Promise<Visitor> {
  const { to = "/petugas", language = "id" } = options;
  const key = `${visitor.site} ${email}`;
  const before = brought.get(key);
  if (before) {
    await visitor.context.addCookies([await before]);
    await visitor.open(language === "id" ? to : `/en${to}`);
    return visitor;
  }
  const signing = signedIn(visitor, email, options).then(async ({ context }) => {
    const cookie = (await context.cookies()).find(({ name }) => name === "__Host-petugas");
    if (!cookie) throw new Error(`${email} has not signed in.`);
    return cookie;
  });
  brought.set(key, signing);
  // Whoever failed is tried again by the next row.
  signing.catch(() => brought.delete(key));
  await signing;
  return visitor;
}

/** Signs an officer out, from any page of theirs, and at the issuer. */
export async function signedOut(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const signOut = page.getByRole("banner").getByRole("button", { name: /^(Keluar|Sign out)$/ });
  await signOut.click();
  await page.getByRole("button", { name: /^Keluar/ }).click();
  await page.waitForURL(/\/petugas\/keluar$/);
  await forgetIssuer(visitor);
}
