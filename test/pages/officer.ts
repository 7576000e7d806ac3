import type { Visitor } from "./visitor.ts";

/**
 * Signs an officer in, on our page and at the local issuer's. Ends at the page that they asked for: their desk, unless said otherwise.
 * `to` is an address without its language, which follows from the visit.
 */
export async function signedIn(
  visitor: Visitor,
  email: string,
  { to = "/petugas", language = "id" }: { to?: string; language?: "id" | "en" } = {},
): Promise<Visitor> {
  const { page } = visitor;
  const start = language === "id" ? "/petugas/masuk" : "/en/petugas/masuk";
  await visitor.open(`${start}?${new URLSearchParams({ ke: to })}`);
  await page
    .getByRole("main")
    .getByRole("link", { name: language === "id" ? "Masuk" : "Sign in", exact: true })
    .click();
  await page.locator(`button[value="${email}"]`).click();
  await page.waitForURL((url) => url.pathname.endsWith(to.split("?")[0] ?? to));
  return visitor;
}

/** Signs an officer out, from any page of theirs, and at the issuer. */
export async function signedOut({ page }: Visitor): Promise<void> {
  await page
    .getByRole("banner")
    .getByRole("button", { name: /^(Keluar|Sign out)$/ })
    .click();
  await page.getByRole("button", { name: /^Keluar/ }).click();
  await page.waitForURL(/\/petugas\/keluar$/);
}
