import type { Office } from "../../deadline/office.ts";
import { Refusal } from "../../refusal.ts";
import type { Case } from "../case.ts";
import { refusalOfReturn } from "./handing/handing.ts";
import {
  refusalOfDeletion,
  refusalOfOpening,
  refusalOfOpeningConsent,
  refusalOfOriginals,
} from "./identity.ts";
import { refusalOfObjection } from "./objection/objection.ts";
import { refusalOfExtension, refusalOfReferral } from "./officer.ts";
import { refusalOfAppeal, refusalOfConsent } from "./reporter.ts";
import { type Move, permittedMoves, situationOf, type Standing } from "./table.ts";

/** What conditions have to know of the files of a case. */
export interface FilesOfCase {
  /** Why a side gets no form to upload one more file with. */
  noRoom: Readonly<Partial<Record<"reporter" | "officers", Refusal>>>;
  /**
   * The originals that are there: when each file of the reporter was announced, whether officers have any, which need no consent,
   * and whether removed ones are left to the Ombudsman.
   */
  originals: Readonly<{ reporter: readonly string[]; officers: boolean; keptForOmbudsman: boolean }>;
  /** Whether the reporter sent files that can be removed, and the agencies that did. */
  toRemove: Readonly<{ reporter: boolean; agencies: readonly string[] }>;
}

/** An agency that attached files. */
export interface Attacher {
  /** The agencies from itself to the top. */
  path: readonly string[];
  isClosed: boolean;
}

/**
 * Whether an officer stands on the side that attached a file: at that agency or above it. The files of a closed agency are left to
 * whoever has the case now.
 */
export const isOnSideOf = ({ path, isClosed }: Attacher, { agencyId, own }: Standing): boolean =>
  (agencyId !== undefined && path.includes(agencyId)) || (isClosed && own);

/** What decides, besides the case, whether a move can be made now. */
export interface Circumstances {
  at: Date;
  /** Where the agency works that has the case. */
  office: Office;
  /** The agency above the one that has the case. */
  levelAbove: string | undefined;
  /** The agency that verifies reports which name none, and that has the last word on returns. */
  verifyingAgency: string;
  files: FilesOfCase;
  /** The agencies that attached files which can be removed. */
  attachers: readonly Attacher[];
}

const sideOf = ({ role }: Standing) => (role === "reporter" ? "reporter" : "officers");

type Condition = (found: Case, when: Circumstances, who: Standing) => Refusal | undefined;

const nothingToRemove = () =>
  new Refusal("conflict", {
    id: "Tidak ada lampiran Anda yang dapat dihapus.",
    en: "There is no file of yours that can be removed.",
  });

const refusalOfRemoval: Condition = (_, { files, attachers }, who) => {
  const isThere =
    who.role === "reporter" ? files.toRemove.reporter : attachers.some((one) => isOnSideOf(one, who));
  return isThere ? undefined : nothingToRemove();
};

const nothingToOpen = () =>
  new Refusal("conflict", {
    id: "Tidak ada berkas asli lampiran yang dapat dibuka.",
    en: "There is no original of a file that can be opened.",
  });

const refusalOfOpeningOriginals: Condition = (found, { files }, { role }) => {
  const { reporter, officers, keptForOmbudsman } = files.originals;
  if (officers || (keptForOmbudsman && role === "ombudsman-observer")) return undefined;
  const { originalsExpiredAt = "" } = found;
  return reporter.some((announcedAt) => announcedAt > originalsExpiredAt)
    ? refusalOfOriginals(found)
    : nothingToOpen();
};

/**
 * What a case has to fulfil for a move, whatever the request says. A condition tells what stands in the way of the move. The
 * move throws that, and nobody is offered the move while it does.
 */
export const conditions: Partial<Record<Move, Condition>> = {
  return: refusalOfReturn,
  extend: refusalOfExtension,
  refer: refusalOfReferral,
  appeal: refusalOfAppeal,
  object: refusalOfObjection,
  consent: refusalOfConsent,
  attach: (_, { files }, who) => files.noRoom[sideOf(who)],
  "remove-attachment": refusalOfRemoval,
  "open-identity": refusalOfOpening,
  "open-original": refusalOfOpeningOriginals,
  "consent-identity": refusalOfOpeningConsent,
  "delete-identity": refusalOfDeletion,
};

/** The moves that somebody can make with a case now: the table gives them, and no condition stands in the way. */
export const legalMoves = (found: Case, who: Standing, when: Circumstances): Move[] =>
  permittedMoves(situationOf(found), who).filter(
    (move) => conditions[move]?.(found, when, who) === undefined,
  );
