import { Refusal } from "../../refusal.ts";
import type { Officer } from "../directory.ts";
import { type Change, changed, type EntryKind, type Recorded } from "../entry-history.ts";
import { actorOf, notInCharge, refuseUnlessInCharge, rolesInCharge } from "./powers.ts";

interface Freeing {
  who: Officer;
  at: Date;
  /** The path of the agency that it is or works for. */
  path: readonly string[];
  /** Whether mails are withheld from the address. */
  isMarked: boolean;
}

/** What was said of an address, as long as it is the same. */
export const addressKept = ({
  addressFreedAt,
}: {
  addressFreedAt?: string | undefined;
}): { addressFreedAt?: string } => (addressFreedAt === undefined ? {} : { addressFreedAt });

const notMarked = (): Refusal =>
  new Refusal("conflict", {
    id: "Email ke alamat ini tidak ditahan, jadi tidak ada yang perlu dibuka.",
    en: "No emails to this address are withheld, so there is nothing to free.",
  });

const freed = <K extends EntryKind>(
  kind: K,
  before: Recorded<K>,
  { who, at, isMarked }: Freeing,
): Change<K> | undefined => {
  if (!isMarked) throw notMarked();
  const entry = { ...before.entry, addressFreedAt: at.toISOString() };
  return changed(kind, before, entry, { type: "changed", by: actorOf(who), at });
};

/** Has mails go out again to the address of an officer. What comes back of earlier mails counts for nothing. */
export function freeOfficersAddress(
  before: Recorded<"officer">,
  freeing: Freeing,
): Change<"officer"> | undefined {
  refuseUnlessInCharge("change-officer", freeing.who, freeing.path);
  if (!rolesInCharge[freeing.who.role]?.includes(before.entry.role)) throw notInCharge();
  return freed("officer", before, freeing);
}

/** Has mails go out again to the mailbox of an agency. */
export function freeMailbox(before: Recorded<"agency">, freeing: Freeing): Change<"agency"> | undefined {
  refuseUnlessInCharge("change-agency", freeing.who, freeing.path);
  return freed("agency", before, freeing);
}
