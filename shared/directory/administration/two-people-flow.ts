import type { Officer, OfficerRole } from "../directory.ts";
import type { EntryStore } from "../entry-store.ts";
import { type AgencyPath, idsOf } from "./powers.ts";
import { accountGivers, otherPosts } from "./two-people.ts";

type Entries = Pick<EntryStore, "history" | "under" | "nationalAdmins">;

/**
 * Lists the officers who stand behind an account: its own, who gave it alone, who gave them theirs, and so on. Accounts
 * with somebody in common behind them may all be in the hands of that one person.
 */
export async function standBehind(entries: Pick<Entries, "history">, id: string): Promise<Set<string>> {
  const behind = new Set([id]);
  // A set that grows while it is walked: what is added is walked too.
  for (const one of behind)
    for (const giver of accountGivers(one, await entries.history("officer", one))) behind.add(giver);
  return behind;
}

/** Lists the officers that are one person with this one: itself, and the posts whose account it came to. */
export async function postsEver(entries: Pick<Entries, "history">, id: string): Promise<Set<string>> {
  const posts = new Set([id]);
  for (const one of posts)
    for (const other of otherPosts(await entries.history("officer", one))) posts.add(other);
  return posts;
}

/** Lists the officers whose power to open secrets comes to an agency that moves: heads above its new place, not the old. */
export async function headsGained(
  { under }: Pick<Entries, "under">,
  path: AgencyPath,
  above: AgencyPath,
  opening: readonly OfficerRole[],
): Promise<Officer[]> {
  const gained = idsOf(above).filter((id) => !idsOf(path).includes(id));
  const officers = (await Promise.all(gained.map((id) => under("officer", id)))).flat();
  return officers.filter(({ role, dismissedAt }) => opening.includes(role) && !dismissedAt);
}

/** Whom a request is told to besides the one whom it concerns. */
interface Telling {
  /** The agencies above each one that it concerns, up to the top. */
  above: readonly AgencyPath[];
  asker: Officer;
  /** The id of the officer or agency that it is about. */
  about: string;
  /** Addresses that the request would set. They are told nothing. */
  newAddresses: readonly string[];
  /** Only national administrators give the role that it is about. */
  nationalOnly: boolean;
  verifyingAgency: string;
}

/**
 * Lists who is told at the level above: the administrators of the next agency above that has any who is somebody else than
 * the asker, those of agencies before it too, and the mailboxes of agencies before it that have none. At the top it is the
 * other national administrators. Where all of them may be the asker's accounts, it is the mailbox of the agency that verifies
 * as well. An entry of the list is an officer's id, or "mailbox@<agency>".
 */
export async function levelAbove(
  entries: Entries,
  { above, asker, about, newAddresses, nationalOnly, verifyingAgency }: Telling,
): Promise<string[]> {
  const isNew = (address: string): boolean =>
    newAddresses.some((one) => one.toLowerCase() === address.toLowerCase());
  const others = (officers: readonly Officer[]) =>
    officers.filter(({ id, email }) => id !== asker.id && id !== about && !isNew(email)).map(({ id }) => id);
  const behindAsker = await standBehind(entries, asker.id);
  // An account that the asker gave may be in the asker's hands. Then whoever is above would never hear of the request.
  const isSomebodyElse = async (ids: readonly string[]): Promise<boolean> => {
    const behind = await Promise.all(ids.map((id) => standBehind(entries, id)));
    return behind.some((one) => ![...one].some((id) => behindAsker.has(id)));
  };

  const atTop = async (): Promise<string[]> => {
    const found = others((await entries.nationalAdmins()).map(({ entry }) => entry));
    return (await isSomebodyElse(found)) ? found : [...found, `mailbox@${verifyingAgency}`];
  };
  const nextAbove = async (path: AgencyPath): Promise<string[]> => {
    const told: string[] = [];
    for (const { entry } of path) {
      const administrators = (await entries.under("officer", entry.id)).filter(
        ({ role, dismissedAt }) => role === "agency-admin" && !dismissedAt,
      );
      const found = others(administrators);
      told.push(...found);
      if (await isSomebodyElse(found)) return told;
      if (administrators.length === 0 && !isNew(entry.alertEmail)) told.push(`mailbox@${entry.id}`);
    }
    return [...told, ...(await atTop())];
  };
  const told = nationalOnly ? [await atTop()] : await Promise.all(above.map(nextAbove));
  return [...new Set(told.flat())];
}
