import * as z from "zod";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { officerView } from "../../../shared/case/views/schemas.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import type { OfficerVisit } from "../../../shared/http/page/officer.ts";
import { problemFor } from "../../../shared/http/page/route.ts";
import type { Problem } from "../../../shared/http/problem.ts";
import type { Text } from "../../../shared/language.ts";
import { sideBySide } from "../../../shared/platform/side-by-side.ts";
import { Refusal, refuseFields } from "../../../shared/refusal.ts";
import { archiveCase } from "../archive-case.ts";
import { assignCase } from "../assign-case.ts";
import type { Desk } from "../desk.ts";
import { joinCase } from "../join-case.ts";
import { noteProgress } from "../note-progress.ts";
import type { TogetherMove } from "./queue-page.ts";

/** A case that somebody ticked, and the version of it that they saw. */
export interface Ticked {
  trackingNumber: string;
  version: number;
}

/** What came of the move with one case: the case after it, or why it was refused. */
export interface Outcome extends Ticked {
  made?: z.output<typeof officerView>;
  problem?: Problem;
}

/** So many cases are moved together at most: a page of a queue. */
export const mostTogether = 50;

const tick = /^([0-9A-Z]{5}-[0-9A-Z]{5}):(\d{1,9})$/;

/** The cases that a form names. Each once, with the version that was seen. */
export function ticksIn(values: FormValues): Ticked[] {
  const all = valueOf(values, "semua") === "ya" ? valueOf(values, "halaman").split(" ") : [];
  const named = [values.n ?? [], all].flat();
  const found = named.flatMap((one): [string, Ticked][] => {
    const [, trackingNumber, version] = tick.exec(one) ?? [];
    return trackingNumber ? [[trackingNumber, { trackingNumber, version: Number(version) }]] : [];
  });
  return [...new Map(found).values()];
}

/** The one of several cases that was received first, which the others follow unless the officer chooses another one. */
export const firstReceived = <T extends { trackingNumber: string; submittedAt: string }>(
  cases: readonly T[],
): T | undefined =>
  cases.toSorted(
    (a, b) =>
      Date.parse(a.submittedAt) - Date.parse(b.submittedAt) || (a.trackingNumber < b.trackingNumber ? -1 : 1),
  )[0];

const nobodyFollows: Text = {
  id: "Centang sedikitnya satu laporan lain, yang akan mengikutinya.",
  en: "Tick at least one other case, to follow it.",
};

/** The cases that a form moves. A case that others follow follows nobody, so it is left as it is. */
export function movedAmong(
  move: TogetherMove,
  ticked: readonly Ticked[],
  values: FormValues,
): readonly Ticked[] {
  if (move !== "join") return ticked;
  const leading = trackingNumber.safeParse(valueOf(values, "trackingNumber")).data;
  const following = ticked.filter((one) => one.trackingNumber !== leading);
  if (following.length === 0)
    throw refuseFields([{ in: "body", path: "trackingNumber", message: nobodyFollows }]);
  return following;
}

/** The declared routes of the moves that can be made together. */
export const endpointsTogether = (desk: Desk): Record<TogetherMove, Endpoint> => ({
  progress: noteProgress(desk),
  assign: assignCase(desk),
  archive: archiveCase(desk),
  join: joinCase(desk),
});

/**
 * So many are moved at once. Cases that are joined check the one that they follow, and two that check the same item at the same
 * moment stand in each other's way.
 */
const atOnce: Record<TogetherMove, number> = { progress: 10, assign: 10, archive: 10, join: 1 };

/** After so many milliseconds no further move begins: the answer has to come before the function is cut off. */
const enough = 6_000;

const notReached = () =>
  new Refusal("unavailable", {
    id: "Belum sempat dikerjakan, karena sistem sedang lambat. Coba lagi untuk laporan ini.",
    en: "There was no time left for this case, because the system is slow. Try again for this one.",
  });

/** Moves each case by the declared route of the move, on the version that was seen. What was made before stays made. */
export async function moveTogether(
  { now }: Pick<Desk, "now">,
  visit: OfficerVisit,
  move: TogetherMove,
  endpoint: Endpoint,
  ticked: readonly Ticked[],
  body: unknown,
): Promise<Outcome[]> {
  const until = now().getTime() + enough;
  const refusals: unknown[] = [];
  const one = async (each: Ticked): Promise<Outcome> => {
    const { trackingNumber, version } = each;
    try {
      if (now().getTime() > until) throw notReached();
      const asked = { path: { trackingNumber }, headers: { "if-match": `"${version}"` }, body };
      return { ...each, made: await visit.ask(endpoint, asked, officerView) };
    } catch (error) {
      if (error instanceof Refusal && error.kind === "invalid-input") refusals.push(error);
      return { ...each, problem: problemFor(error, visit) };
    }
  };
  const outcomes = await sideBySide(ticked, one, atOnce[move]);
  // What is wrong with every case is wrong with the form.
  if (refusals.length === ticked.length) throw refusals[0];
  return outcomes;
}

const told = z.looseObject({ changes: z.array(z.looseObject({ sequence: z.int() })).min(1) });

/**
 * The version on which a refused move can be tried again: after what happened meanwhile, which the refusal told, or the same one
 * where we were too busy. Undefined where trying again changes nothing.
 */
export function versionToTryAgain({ version, problem }: Outcome): number | undefined {
  if (!problem) return undefined;
  const overtaken = told.safeParse(problem);
  if (overtaken.success) return Math.max(...overtaken.data.changes.map(({ sequence }) => sequence));
  return problem.status >= 500 ? version : undefined;
}
