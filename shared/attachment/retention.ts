import type { Attachment } from "./attachment.ts";
import { endings } from "./folders.ts";

/** The files of a case whose time is over: those that were settled by that instant. What came later stays. */
export const expiredBy = (attachments: readonly Attachment[], instant: string | undefined): Attachment[] =>
  attachments.filter(
    ({ settledAt }) => settledAt !== undefined && instant !== undefined && settledAt <= instant,
  );

/**
 * The files whose originals are removed with their reporter's identity: an original may tell where and with what it was
 * taken. These are the reporter's own files that were announced by that instant, also those that are still inspected.
 */
export const linkedBy = (attachments: readonly Attachment[], instant: string | undefined): Attachment[] =>
  attachments.filter(
    ({ state, by, requestedAt }) =>
      (state === "clean" || state === "waiting") &&
      by.role === "reporter" &&
      instant !== undefined &&
      requestedAt <= instant,
  );

/** What stays of a file that is removed: that there was one, and whose. Its name is replaced, because it may tell of somebody. */
export function removed({ digest: _d, thumbnail: _t, officerId: _o, ...gone }: Attachment): Attachment {
  const { attachmentId, type, state } = gone;
  return {
    ...gone,
    state: state === "refused" ? "refused" : "removed",
    name: `lampiran-${attachmentId.slice(0, 8)}.${endings[type]}`,
  };
}
