import * as z from "zod";
import type { Counting } from "../../../deadline/clock.ts";
import type { Office } from "../../../deadline/office.ts";
import { Refusal } from "../../../refusal.ts";
import { written } from "../../../text/writing.ts";
import { type Act, type Actor, type Case, handedTo, type Moved, moved } from "../../case.ts";
import { dueOfObjection, endOfFirstObjectionWindow } from "../../clocks/case-clocks.ts";

/** Who decides on an objection. */
export interface Review {
  /** Who archived the case, and so does not decide. */
  against: Actor;
  /** The agency that decides: the nearest open one above whoever archived it with somebody who may, or else the one that verifies. */
  to: string;
  /** Nobody stands above whoever archived it. Another national administrator decides, or the Ombudsman. */
  atTop: boolean;
}

/** Whether an objection to this archival, or to an earlier one, was ever made. */
const wasMade = ({ clocks }: Case): boolean => clocks.some(({ name }) => name === "objection-decision");

/**
 * The last moment in which the reporter may object. A case that was archived before there were objections was told none, so it
 * has as long from its archival. Undefined once an objection was decided.
 */
export function endOfObjection(found: Case, office: Office): string | undefined {
  const { status, joinedTo, objectUntil, endedAt } = found;
  if (objectUntil !== undefined) return objectUntil;
  if (status !== "archived" || joinedTo !== undefined || endedAt === undefined || wasMade(found))
    return undefined;
  return endOfFirstObjectionWindow(new Date(endedAt), office);
}

/** Why the reporter may not object to an archival now. Undefined where nothing stands in the way. */
export function refusalOfObjection(
  found: Case,
  { at, office }: { at: Date; office: Office },
): Refusal | undefined {
  const until = endOfObjection(found, office);
  if (until !== undefined && at.getTime() <= Date.parse(until)) return undefined;
  return new Refusal(
    "conflict",
    wasRefused(found)
      ? {
          id: "Keberatan atas pengarsipan laporan ini sudah diputuskan, dan putusan itu final. Anda dapat menyampaikan masalah ini kepada Ombudsman Republik Indonesia.",
          en: "The objection to this archival has been decided, and the decision is final. You can take the matter to the Ombudsman of the Republic of Indonesia.",
        }
      : {
          id: "Masa keberatan atas pengarsipan laporan ini sudah lewat. Anda dapat mengirim laporan baru dan menyebut nomor ini, atau menyampaikan masalah ini kepada Ombudsman Republik Indonesia.",
          en: "The time to object to this archival has passed. You can send a new report and name this number, or take the matter to the Ombudsman of the Republic of Indonesia.",
        },
  );
}

/** Whether the reporter objected to this archival and was refused. */
export const wasRefused = (found: Case): boolean =>
  found.status === "archived" &&
  found.joinedTo === undefined &&
  found.objection === undefined &&
  found.objectUntil === undefined &&
  wasMade(found);

export const objecting = z.strictObject({ text: written(5_000) });

/** The officers' clocks as they stood before the case lapsed: paused, as they are in the archive. */
const asBeforeLapse = ({ clocks, endedAt: lapsedAt }: Case): Case["clocks"] =>
  clocks.map((one) => {
    if (one.outcome !== "cancelled" || one.endedAt !== lapsedAt) return one;
    const { endedAt: _e, outcome: _o, ...open } = one;
    return open;
  });

/**
 * Takes an archival to the level above whoever archived the case, once. A case that lapsed counts as archived for being
 * incomplete. It stays in the archive until the level above has decided.
 */
export function objectToArchival(
  found: Case,
  { text }: z.output<typeof objecting>,
  {
    review: { against, to, atTop },
    office,
    counting,
    ...act
  }: Act & {
    review: Review;
    /** The office of the agency that has the case. */
    office: Office;
    /** What the clocks are counted by at the agency that decides. */
    counting: Counting;
  },
): Moved {
  const refusal = refusalOfObjection(found, { at: act.at, office });
  if (refusal) throw refusal;
  const { hop, holder } = handedTo(found, to, act.at);
  const due = dueOfObjection(found, act.at, counting);
  return moved(
    found,
    act,
    "objected",
    { ...hop, text, due },
    {
      status: "archived",
      ...holder,
      objection: { against, from: found.holder, ...(atTop && { atTop }) },
      ...(found.status === "withdrawn" && { archiveReason: "incomplete", clocks: asBeforeLapse(found) }),
    },
  );
}

export const upholding = z.strictObject({ text: written(2_000) });

/** Refuses an objection, for a reason that the reporter reads. The case stays archived where it was, `to`. */
export function uphold(
  found: Case,
  { text }: z.output<typeof upholding>,
  { to, ...act }: Act & { to: string },
): Moved {
  const { hop, holder } = handedTo(found, to, act.at);
  return moved(found, act, "upheld", { ...hop, text }, { ...holder, objection: undefined });
}

/** Grants an objection. The case goes on where it was, `to`, with the status that it was archived from. */
export function grantObjection(
  found: Case,
  { text }: z.output<typeof upholding>,
  { to, ...act }: Act & { to: string },
): Moved {
  const { hop, holder } = handedTo(found, to, act.at);
  return moved(
    found,
    act,
    "objection-granted",
    { ...hop, text },
    {
      status: found.resumesAs ?? "submitted",
      ...holder,
      archiveReason: undefined,
      duplicateOf: undefined,
      resumesAs: undefined,
      objection: undefined,
    },
  );
}
