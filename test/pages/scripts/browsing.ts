import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as playwright, type Page } from "playwright-core";

export const startBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu"],
  });

/** What went wrong in a page: errors of scripts, and what its policy stopped. A line that is cut is no fault of the page. */
export function faultsOf(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !/Failed to load resource|CORS|ERR_/.test(message.text()))
        faults.push(message.text());
    });
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  return faults;
}

/** What is kept on the phone. */
export const keptIn = (page: Page, name: "drafts" | "reports"): Promise<any[]> =>
  page.evaluate(
    `new Promise((resolve, reject) => {
      const opening = indexedDB.open("lapor", 1);
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const asking = opening.result.transaction("${name}").objectStore("${name}").getAll();
        asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
      };
    })`,
  );
