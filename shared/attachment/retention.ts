import type { Case } from "../case/case.ts";
import { type Attachment, isOfReporter, mayStillCome } from "./attachment.ts";
import { type Folder, neutralName } from "./folders.ts";

/** The files of a case whose time is over: those that were settled by that instant. What came later stays. */
export const expiredBy = (attachments: readonly Attachment[], instant: string | undefined): Attachment[] =>
  attachments.filter(
    ({ settledAt }) => settledAt !== undefined && instant !== undefined && settledAt <= instant,
  );

/**
 * The files whose originals go with their reporter's identity, or at their request: an original may tell where and with what
 * it was taken. These are the reporter's own files that were announced by that instant, also those that are still inspected.
 */
export const linkedBy = (attachments: readonly Attachment[], instant: string | undefined): Attachment[] =>
  attachments.filter(
    (one) =>
      (one.state === "clean" || one.state === "waiting") &&
      isOfReporter(one) &&
      instant !== undefined &&
      one.requestedAt <= instant,
  );

/** Whether nobody can open the original of a file any more, as its case stands. */
export const isWithoutOriginal = (
  one: Attachment,
  { originalsExpiredAt }: Pick<Case, "originalsExpiredAt">,
): boolean =>
  (one.state === "removed" && !one.originalKept) ||
  one.originalRemoved === true ||
  linkedBy([one], originalsExpiredAt).length > 0;

/** The files of the reporter whose originals are kept, or will be once their upload was inspected. */
export const withOriginals = (
  attachments: readonly Attachment[],
  found: Pick<Case, "originalsExpiredAt">,
  at: Date,
): Attachment[] =>
  attachments.filter(
    (one) =>
      isOfReporter(one) && (one.state === "clean" || mayStillCome(one, at)) && !isWithoutOriginal(one, found),
  );

/** What stays of a file whose original is gone. Without the salt nobody can test a photo against its digest. */
export function withoutOriginal({ salt: _, ...one }: Attachment): Attachment {
  return { ...one, originalRemoved: true };
}

/** What stays of a file that is removed: that there was one, and whose. Its name is replaced, because it may tell of somebody. */
export function removed({
  digest: _d,
  salt: _s,
  thumbnail: _t,
  officerId: _o,
  originalKept: _k,
  ...gone
}: Attachment): Attachment {
  return {
    ...gone,
    state: gone.state === "refused" ? "refused" : "removed",
    name: neutralName(gone),
  };
}

/**
 * What stays of a file that its sender's side had removed: that there was one, whose it was, when it went and by which role.
 * What is kept of the original for the Ombudsman keeps the digest that it is found by.
 */
export function takenBack(
  { expiresAt: _e, unusedAt: _u, ...one }: Attachment,
  { role, at, originalKept }: { role: Attachment["by"]["role"]; at: Date; originalKept: boolean },
): Attachment {
  const { digest, salt } = one;
  return {
    ...removed({ ...one, state: "removed" }),
    settledAt: one.settledAt ?? at.toISOString(),
    removedAt: at.toISOString(),
    removedBy: role,
    ...(originalKept && { originalKept, ...(digest && { digest }), ...(salt && { salt }) }),
  };
}

/** The files of which nothing may lie in a folder any more, because their senders had them removed. */
export const goneFrom = (folder: Folder, attachments: readonly Attachment[]): Attachment[] =>
  attachments.filter(({ removedAt, originalKept }) => removedAt && !(originalKept && folder === "sealed"));
