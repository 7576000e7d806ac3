import type { RefusalReason } from "../../../case/views/attachment-view.ts";

/** A recording that cannot be followed, or that holds something else than sound that we take. */
export class Unheard extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason = "unreadable") {
    super(reason);
    this.reason = reason;
  }
}

/** More pieces of sound than a recording of 25 MB has: hours of the shortest ones. */
const mostPieces = 500_000;

/** Counts the pieces of a recording. A few bytes can claim each. */
export class PieceCount {
  private left = mostPieces;

  add(): void {
    if (--this.left < 0) throw new Unheard();
  }
}
