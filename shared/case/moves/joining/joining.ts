import * as z from "zod";
import type { Text } from "../../../language.ts";
import { refuseFields } from "../../../refusal.ts";
import { written } from "../../../text/writing.ts";
import { type Act, type Case, handedTo, type Moved, moved } from "../../case.ts";
import { trackingNumber } from "../../tracking-number.ts";

const unfit = (message: Text) => refuseFields([{ in: "body", path: "trackingNumber", message }]);

/** Whether another case can follow this one: it is neither archived nor withdrawn, and follows none itself. */
export const canBeFollowed = ({ status, joinedTo }: Pick<Case, "status" | "joinedTo">): boolean =>
  joinedTo === undefined && status !== "archived" && status !== "withdrawn";

export const joining = z.strictObject({ trackingNumber, text: written(2_000).optional() });

/**
 * Joins a case to the first one about the same thing, `original`. Where the case that was named follows another one, `original`
 * is that other one. Refuses a case that cannot be followed, and the case itself. The store checks `original` once more: of two
 * cases that are joined to each other at the same moment, one stays.
 */
export function join(
  found: Case,
  { text }: z.output<typeof joining>,
  { original, ...act }: Act & { original: Case | undefined },
): Moved {
  if (!original || original.trackingNumber === found.trackingNumber)
    throw unfit({
      id: "Tidak ada laporan lain dengan nomor pelacakan ini.",
      en: "There is no other report with this tracking number.",
    });
  if (!canBeFollowed(original))
    throw unfit({
      id: "Laporan ini sudah diarsipkan atau dicabut, jadi tidak ada yang dapat diikuti.",
      en: "This report has been archived or withdrawn, so there is nothing to follow.",
    });
  const duplicateOf = original.trackingNumber;
  return moved(
    found,
    act,
    "joined",
    { duplicateOf, ...(text && { text }) },
    {
      status: "archived",
      archiveReason: "duplicate-of",
      duplicateOf,
      joinedTo: duplicateOf,
      awaits: undefined,
      resumesAs: undefined,
    },
  );
}

export const separation = z.strictObject({ text: written(2_000) });

/** Takes a case off the one that it follows. It waits for verification again, at the agency that verifies it now. */
export function separate(
  found: Case,
  { text }: z.output<typeof separation>,
  {
    verifyingAgency,
    verifier = found.agencyId ?? verifyingAgency,
    ...act
  }: Act & { verifyingAgency: string; verifier?: string },
): Moved {
  const { hop, holder } = handedTo(found, verifier, act.at);
  return moved(
    found,
    act,
    "separated",
    { ...hop, text },
    {
      status: "submitted",
      ...holder,
      verifiedAt: undefined,
      archiveReason: undefined,
      duplicateOf: undefined,
      joinedTo: undefined,
    },
  );
}
