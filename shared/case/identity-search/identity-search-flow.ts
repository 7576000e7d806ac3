import { setTimeout as pause } from "node:timers/promises";
import type { Officer } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { Refusal } from "../../refusal.ts";
import { answerTo, type LoggedSearch, nextSearch, type SearchLog } from "./identity-search.ts";
import type { IdentitySearchStore } from "./identity-search-store.ts";

interface SearchDesk {
  searches: IdentitySearchStore;
  directory: Pick<DirectoryStore, "agency">;
  now: () => Date;
  /** So often may one officer search on a day of their agency. */
  searchesOfDay: number;
}

/** So many searches of one officer may come in between before this one gives up. */
const attempts = 10;

/**
 * Puts the next event at the end of an officer's history, and returns where the history stands then. It is decided anew where another
 * event came in between. `known` is where the history stood a moment ago.
 */
async function appended(
  { searches }: Pick<SearchDesk, "searches">,
  officer: Officer,
  decide: (before: SearchLog | undefined) => LoggedSearch,
  known?: SearchLog,
): Promise<SearchLog> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = attempt === 1 && known ? known : await searches.log(officer.id);
    const next = decide(before);
    if (await searches.append(before, next)) return next.log;
    await pause(Math.random() * 20 * attempt);
  }
  throw new Refusal("unavailable", {
    id: "Terlalu banyak pencarian Anda berjalan bersamaan. Tunggu sampai selesai, lalu cari lagi.",
    en: "Too many of your searches run at the same time. Wait until they are done, then search again.",
  });
}

/**
 * Records that an officer searches by identity, and why, before anything is looked up. Refuses it above the limit of their day. However
 * many searches come at once, no two of them count as one.
 */
export async function recordSearch(
  desk: SearchDesk,
  officer: Officer,
  { by, reason }: { by: "nik" | "phone"; reason: string },
): Promise<SearchLog> {
  const agency = await desk.directory.agency(officer.agencyId);
  const day = { limit: desk.searchesOfDay, timeZone: agency?.timeZone ?? "Asia/Jakarta" } as const;
  const at = desk.now();
  return appended(desk, officer, (before) => nextSearch(before, { officer, by, reason, at }, day));
}

/** Records how many cases a search showed. */
export async function recordAnswer(
  desk: SearchDesk,
  officer: Officer,
  { search, shown }: { search: SearchLog; shown: number },
): Promise<void> {
  const at = desk.now();
  const decide = (before: SearchLog | undefined) =>
    answerTo(before ?? search, { search: search.sequence, shown, at });
  await appended(desk, officer, decide, search);
}

/** Gives the outcome of some work no sooner than after so long: how long it took tells nothing of what it met. */
export async function noSoonerThan<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const waited = pause(milliseconds);
  try {
    return await work();
  } finally {
    await waited;
  }
}
