import { inPlaceOf } from "../../case/moves/deputy-flow.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { asRecipient, type Recipient } from "./recipients.ts";

/**
 * Adds who is told in the place of officers who are away. Those are told as well. Whoever did what is told of is not told by
 * `except`.
 */
export async function withDeputies(
  directory: DirectoryStore,
  recipients: readonly Recipient[],
  at: Date,
  except?: string,
): Promise<Recipient[]> {
  const deputies = await Promise.all(
    recipients.map(async ({ id, agencyId }) => {
      const officer = (await directory.officersOf(agencyId)).find((one) => one.id === id);
      return officer ? inPlaceOf(directory, officer, at) : [];
    }),
  );
  const told = new Map(recipients.map((one) => [one.id, one]));
  for (const deputy of deputies.flat())
    if (deputy.id !== except && !told.has(deputy.id)) told.set(deputy.id, asRecipient(deputy));
  return [...told.values()];
}
