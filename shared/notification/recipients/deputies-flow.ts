import { inPlaceOf } from "../../case/moves/deputies/deputy-flow.ts";
import type { Officer } from "../../directory/directory.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { asRecipient, type Recipient } from "./recipients.ts";

/**
 * Adds who is told in the place of officers who are away. Those are told as well. `concerned` are all officers whom it concerns.
 * The officer `except` is not added: they did what is told of.
 */
export async function withDeputies(
  directory: DirectoryStore,
  recipients: readonly Recipient[],
  concerned: readonly Officer[],
  at: Date,
  except?: string,
): Promise<Recipient[]> {
  const deputies = await Promise.all(concerned.map((one) => inPlaceOf(directory, one, at)));
  const told = new Map(recipients.map((one) => [one.id, one]));
  for (const deputy of deputies.flat())
    if (deputy.id !== except && !told.has(deputy.id)) told.set(deputy.id, asRecipient(deputy));
  return [...told.values()];
}
