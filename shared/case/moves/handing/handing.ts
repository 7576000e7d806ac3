import * as z from "zod";
import { caseClass } from "../../../deadline/policy.ts";
import type { Officer } from "../../../directory/directory.ts";
import type { Text } from "../../../language.ts";
import { type FieldRefusal, Refusal, refuseFields } from "../../../refusal.ts";
import { agencyId } from "../../../text/id.ts";
import { line, lookedUp, written } from "../../../text/writing.ts";
import { type Act, type Case, handedTo, type Moved, moved } from "../../case.ts";
import { mayEver } from "../table.ts";

const wrong = (path: string, message: Text): FieldRefusal => ({ in: "body", path, message });

/** An agency that a case may go to. */
export interface Target {
  id: string;
  /** The agencies from itself to the top. */
  path: readonly string[];
  closed: boolean;
}

/** The agency under which an officer may hand cases on, or "anywhere". */
export type Territory = string;

/** Where an officer who verifies or assigns may hand cases on. */
export const territoryOf = ({ role, agencyId }: Officer, move: "verify" | "assign"): Territory =>
  mayEver(move, { role, own: false }) ? "anywhere" : agencyId;

/** What is wrong with a target: it is not there, is closed, has the case already, or stands outside the officer's part of the tree. */
function refuseTarget(target: Target | undefined, found: Case, within: Territory): FieldRefusal[] {
  if (!target)
    return [
      wrong("agencyId", {
        id: "Instansi ini tidak ada dalam daftar. Lihat /v1/agencies.",
        en: "This agency is not on the list. See /v1/agencies.",
      }),
    ];
  if (within !== "anywhere" && !target.path.includes(within))
    return [
      wrong("agencyId", {
        id: "Instansi ini bukan instansi Anda atau unit di bawahnya. Bila bukan kewenangan Anda, kembalikan laporan ini.",
        en: "This agency is neither yours nor below yours. If the case is not yours to handle, return it.",
      }),
    ];
  if (target.closed)
    return [
      wrong("agencyId", {
        id: "Instansi ini sudah ditutup dan tidak menerima laporan.",
        en: "This agency has been closed and takes no cases.",
      }),
    ];
  if (target.id === found.holder && found.status !== "submitted")
    return [
      wrong("agencyId", {
        id: "Laporan ini sudah berada di instansi tersebut.",
        en: "This agency has the case already.",
      }),
    ];
  return [];
}

export const verification = z.strictObject({
  class: caseClass.optional(),
  category: lookedUp(250).optional(),
  /** Berkadar pengawasan: a complaint that needs an examination. */
  supervised: z.boolean().default(false),
  /** A formal request under UU 14/2008, which the reporter asked for or agreed to. */
  formal: z.boolean().default(false),
  title: line(150).optional(),
  /** Assigns it at once. */
  agencyId: agencyId.optional(),
});
export type Verification = z.output<typeof verification>;

/**
 * Accepts a case: sets its class, its category and whether it is supervised, and may correct its title. A case whose agency
 * is known is assigned by the same move: to the agency that the reporter named, whoever verifies it. Any other waits to be
 * assigned. `named` is the open agency that has come in the place of the named one.
 */
export function verify(
  found: Case,
  { class: kind = found.class, category, supervised, formal, title, agencyId: to }: Verification,
  {
    target,
    knownCategory,
    within,
    verifyingAgency,
    named,
    ...act
  }: Act & {
    target: Target | undefined;
    knownCategory: boolean;
    within: Territory;
    verifyingAgency: string;
    named?: string | undefined;
  },
): Moved {
  const fields = [
    ...(category !== undefined && !knownCategory
      ? [
          wrong("category", {
            id: "Kategori ini tidak ada dalam daftar. Lihat /v1/categories.",
            en: "This category is not on the list. See /v1/categories.",
          }),
        ]
      : []),
    ...(supervised && kind !== "complaint"
      ? [
          wrong("supervised", {
            id: "Hanya pengaduan yang dapat berkadar pengawasan.",
            en: "Only a complaint can be supervised.",
          }),
        ]
      : []),
    ...(formal && kind !== "information-request"
      ? [
          wrong("formal", {
            id: "Hanya permintaan informasi yang dapat menjadi permohonan informasi publik resmi.",
            en: "Only an information request can be a formal one.",
          }),
        ]
      : []),
    ...(to !== undefined ? refuseTarget(target, found, within) : []),
  ];
  if (fields.length > 0) throw refuseFields(fields);

  const waitsAtVerifier = found.holder === verifyingAgency && found.agencyId !== found.holder;
  const holder = waitsAtVerifier ? undefined : found.holder;
  // Once an agency has said that the case is not its to handle, the reporter's word for where it belongs counts no more.
  const assignedTo = to ?? (found.returns === 0 ? named : undefined) ?? holder;
  const handed = handedTo(found, assignedTo ?? found.holder, act.at);
  const corrected = title !== undefined && title !== found.title;
  const originalTitle = corrected ? { originalTitle: found.originalTitle ?? found.title } : {};
  return moved(
    found,
    act,
    "verified",
    {
      class: kind,
      category: category ?? found.category,
      supervised,
      ...(formal && { formal }),
      title: title ?? found.title,
      ...originalTitle,
      ...(assignedTo && { to: assignedTo }),
      heldSeconds: handed.hop.heldSeconds,
    },
    {
      class: kind,
      category: category ?? found.category,
      supervised,
      ...(formal && { formal }),
      title: title ?? found.title,
      ...originalTitle,
      verifiedAt: act.at.toISOString(),
      held: undefined,
      ...(assignedTo && { status: "assigned", ...handed.holder }),
    },
  );
}

export const assignment = z.strictObject({ agencyId, note: written(2_000).optional() });

/** Hands a case down the agency tree; the national administrator hands it anywhere. */
export function assign(
  found: Case,
  { agencyId: _, note }: z.output<typeof assignment>,
  { target, within, ...act }: Act & { target: Target | undefined; within: Territory },
): Moved {
  const fields = refuseTarget(target, found, within);
  if (!target || fields.length > 0) throw refuseFields(fields);
  const { hop, holder } = handedTo(found, target.id, act.at);
  return moved(
    found,
    act,
    "assigned",
    { ...hop, ...(note && { note }) },
    { status: "assigned", ...holder, awaits: undefined },
  );
}

/** How often a case may come back before the national administrator alone decides where it belongs. */
const returnsUntilDecision = 3;

export const returning = z.strictObject({ reason: written(2_000) });

const atTheTop = () =>
  new Refusal("conflict", {
    id: "Laporan ini sudah di tingkat teratas. Disposisikan kepada instansi yang berwenang.",
    en: "This case is at the top already. Assign it to the agency that is in charge.",
  });

/** Where a returned case goes: one level up, or to the verifying agency, which has the last word. */
function returnedTo(
  { returns }: Case,
  { levelAbove, verifyingAgency }: { levelAbove: string | undefined; verifyingAgency: string },
) {
  const toNational = returns + 1 >= returnsUntilDecision || levelAbove === undefined;
  return { to: toNational ? verifyingAgency : levelAbove, toNational };
}

/** Refuses to return a case that is at the top already. */
export const refusalOfReturn = (
  found: Case,
  { levelAbove, verifyingAgency }: { levelAbove: string | undefined; verifyingAgency: string },
): Refusal | undefined =>
  returnedTo(found, { levelAbove, verifyingAgency }).to === found.holder ? atTheTop() : undefined;

/**
 * "Bukan kewenangan": the case goes one level up, to `levelAbove`, or to the verifying agency where there is none. From the
 * third time on it goes to the national administrator, who decides.
 */
export function returnCase(
  found: Case,
  { reason }: z.output<typeof returning>,
  {
    from = found.holder,
    levelAbove,
    verifyingAgency,
    ...act
  }: Act & {
    /** The agency that says so: the one that has the case, or the one that the reporter named. */
    from?: string;
    levelAbove: string | undefined;
    verifyingAgency: string;
  },
): Moved {
  const returns = found.returns + 1;
  const { to, toNational } = returnedTo(found, { levelAbove, verifyingAgency });
  if (to === from) throw atTheTop();
  const { hop, holder } = handedTo({ ...found, holder: from }, to, act.at);
  return moved(
    found,
    act,
    "returned",
    { ...hop, reason, count: returns },
    {
      returns,
      ...holder,
      status: toNational || found.status === "submitted" ? "submitted" : "assigned",
      ...(returns >= returnsUntilDecision && found.verifiedAt && { awaits: "national-admin" }),
    },
  );
}

/** Hands a case of a closed agency to its successor, which goes on with it where it stands. */
export function handOver(found: Case, to: string, act: Act): Moved {
  const { hop, holder } = handedTo(found, to, act.at);
  return moved(found, act, "handed-over", hop, holder);
}

/** Passes a case on from an agency where nobody is left who may verify it or decide on the objection, to one where somebody may. */
export function passUp(found: Case, to: string, act: Act): Moved {
  const { hop, holder } = handedTo(found, to, act.at);
  return moved(found, act, "passed-up", hop, holder);
}
