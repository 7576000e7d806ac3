import { createHash } from "node:crypto";
import type { CaseClass } from "../../deadline/policy.ts";
import type { Text } from "../../language.ts";
import { type Act, type Case, type Moved, moved } from "../case.ts";

export interface Retention {
  /** Calendar days from the end of the case. */
  days: number;
  basis: Text;
  /** All periods are our own choice: no source says how long LAPOR! keeps anything. */
  certainty: "own-choice";
}

/** How long the reporter's identity and the files of a case are kept after its end. */
export const retentions: Readonly<Record<CaseClass, Retention>> = {
  complaint: {
    days: 730,
    basis: {
      id: "Dua tahun sejak selesai: selama pengaduan masih dapat dibawa ke Ombudsman (UU 37/2008)",
      en: "Two years from its end: as long as a complaint can be taken to the Ombudsman (UU 37/2008)",
    },
    certainty: "own-choice",
  },
  aspiration: {
    days: 365,
    basis: { id: "Satu tahun sejak selesai", en: "One year from its end" },
    certainty: "own-choice",
  },
  "information-request": {
    days: 365,
    basis: {
      id: "Satu tahun sejak selesai: melewati batas waktu keberatan dan sengketa informasi (UU 14/2008)",
      en: "One year from its end: past the times to object and to go to the Information Commission (UU 14/2008)",
    },
    certainty: "own-choice",
  },
};

/** Nothing is removed within this many days of the last event: more may follow new evidence. */
const quietDays = 30;

const daysAfter = (instant: string, days: number): number => Date.parse(instant) + days * 24 * 60 * 60 * 1000;

/** A court may ask who reported the case, so the identity is kept (the exception for law enforcement, UU 27/2022). */
const isNeededInCourt = ({ status, archiveReason }: Case): boolean =>
  status === "archived" && archiveReason === "under-court";

/**
 * When the reporter's identity and the files of a case expire. Files go too, because they tell of people. Undefined while the
 * case is open, reopened or before a court, while an objection to its archival is open, and where it has neither.
 */
export function keepUntil(found: Case): string | undefined {
  if (!found.identityOnFile && !found.filesOnFile) return undefined;
  if (!found.endedAt || isNeededInCourt(found)) return undefined;
  const ends = daysAfter(found.endedAt, retentions[found.class].days);
  const mayObject = found.objectUntil === undefined ? 0 : Date.parse(found.objectUntil);
  return new Date(Math.max(ends, daysAfter(found.movedAt, quietDays), mayObject)).toISOString();
}

/** The partitions of the index of cases that wait for the end of their retention. */
export const keepPartitions = ["keep#0", "keep#1", "keep#2", "keep#3"] as const;

/** The entry of a case in that index: it waits for the end of its retention, or for files to be erased. Empty if it waits for neither. */
export function keepEntry(found: Case): { keep?: string; keepUntil?: string } {
  const { filesExpiredAt, originalsExpiredAt, filesRemovedAt } = found;
  const until = filesExpiredAt ?? originalsExpiredAt ?? filesRemovedAt ?? keepUntil(found);
  if (!until) return {};
  const [byte = 0] = createHash("sha256").update(found.trackingNumber).digest();
  return { keep: keepPartitions[byte % keepPartitions.length] ?? keepPartitions[0], keepUntil: until };
}

/**
 * Removes the reporter's identity and the files of a case whose retention has ended. Undefined if it has not, whatever an index
 * said. The files are erased only after this is stored, so a decision on an older version of the case erases nothing.
 */
export function removeExpired(found: Case, act: Act): Moved | undefined {
  const until = keepUntil(found);
  if (!until || Date.parse(until) > act.at.getTime()) return undefined;
  const { identityOnFile, filesOnFile } = found;
  return {
    ...moved(
      found,
      act,
      "data-removed",
      {
        what: [...(identityOnFile ? ["identity" as const] : []), ...(filesOnFile ? ["files" as const] : [])],
        basis: retentions[found.class].basis.id,
      },
      {
        identityOnFile: undefined,
        identityConsentedAt: undefined,
        filesOnFile: undefined,
        ...(filesOnFile && { filesExpiredAt: act.at.toISOString() }),
      },
    ),
    ...(identityOnFile && { identity: "removed" }),
  };
}

/** Why the law forbids to delete the reporter's identity now. Undefined where it does not. */
export function objectionToDeletion(found: Case): Text | undefined {
  if (isNeededInCourt(found))
    return {
      id: "Laporan ini berada dalam proses hukum. Selama itu identitas tidak boleh dihapus (pengecualian untuk penegakan hukum, UU 27/2022).",
      en: "This case is before a court. As long as it is, the identity may not be deleted (exception for law enforcement, UU 27/2022).",
    };
  if (!found.endedAt && !found.anonymous)
    return {
      id: "Laporan ini masih ditangani dan identitas Anda diperlukan untuk itu. Cabut dahulu laporannya, atau tunggu sampai selesai, lalu hapus identitas Anda.",
      en: "This case is still being handled, and your identity is needed for that. Withdraw it first, or wait until it has ended, then delete your identity.",
    };
  return undefined;
}
