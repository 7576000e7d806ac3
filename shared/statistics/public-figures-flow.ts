import type { Case } from "../case/case.ts";
import { countingOnce } from "../case/clocks/counting-flow.ts";
import { answeredAt, daysTaken } from "../case/clocks/timing.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import { viewOf } from "../case/views/case-view.ts";
import { namesOf } from "../case/views/names-flow.ts";
import { isHidden } from "../case/views/visibility.ts";
import { localDate } from "../deadline/calendar/local-date.ts";
import type { DirectoryStore } from "../directory/directory-store.ts";
import type { Language } from "../language.ts";
import { supportsSeenOfAll } from "../support/support-flow.ts";
import { answeredLast, type PublicCases } from "./public-figures.ts";

/** Figures are counted from at most so many cases of each part of the feed, and from at most a megabyte of it. */
const rowsOfPart = 500;
const rememberedMs = 60_000;

/**
 * Reads the newest public cases, once a minute whoever asks. So the figures of all agencies together cost one read, and no number
 * of readers costs more. A read that failed is not remembered.
 */
export function publicCasesOnce(
  cases: Pick<CaseStore, "newestPublic">,
  now: () => Date,
): () => Promise<PublicCases> {
  let known: { until: number; read: Promise<PublicCases> } | undefined;
  const read = async (at: Date): Promise<PublicCases> => {
    const { items, after } = await cases.newestPublic({ since: "0", rowsOfPart });
    return {
      cases: items,
      asOf: at.toISOString(),
      complete: after === undefined,
      since: after?.slice(0, 10) ?? null,
    };
  };
  return () => {
    const at = now();
    if (known && known.until > at.getTime()) return known.read;
    const reading = { until: at.getTime() + rememberedMs, read: read(at) };
    known = reading;
    // Whoever asked is told of it. The next who asks reads anew.
    reading.read.catch(() => {
      if (known === reading) known = undefined;
    });
    return reading.read;
  };
}

/** So many of the cases that were answered last are looked at, because some may have been hidden since. */
const lookedAt = 12;
const shown = 6;

/**
 * The public cases that were answered last, as the public reads them now, with their supports and the working days from their
 * submission to the answer. The days are those of the agency that answered.
 */
export async function latestAnswered(
  { cases, directory }: { cases: Pick<CaseStore, "get" | "supportsOfAll">; directory: DirectoryStore },
  found: PublicCases,
  language: Language,
) {
  const countingAt = countingOnce(directory);
  const candidates = answeredLast(found, lookedAt);
  const supportsIn = await supportsSeenOfAll(
    cases,
    candidates.map((one) => one.found),
  );
  const read = async (number: string) => {
    const one: Case | undefined = await cases.get(number);
    const answered = one && answeredAt(one);
    const hasAnswer = one?.status === "answered" || one?.status === "closed";
    if (!one || !hasAnswer || answered === undefined || isHidden(one)) return [];
    const [names, counting] = await Promise.all([
      namesOf(directory, { case: one, events: [] }),
      countingAt(one.answeredBy ?? one.holder),
    ]);
    const view = viewOf(one, "public", names, language);
    return [
      {
        trackingNumber: one.trackingNumber,
        title: view.title ?? "",
        agency: view.answeredBy ?? view.agency,
        status: view.status,
        statusText: view.statusText,
        answeredOn: localDate(new Date(answered), counting.timeZone),
        workingDays: daysTaken(one, answered, counting),
        ...supportsIn(one),
      },
    ];
  };
  const latest = (await Promise.all(candidates.map((one) => read(one.found.trackingNumber)))).flat();
  return latest.slice(0, shown).sort((a, b) => (inOrder(a) > inOrder(b) ? -1 : 1));
}

const inOrder = ({ answeredOn, trackingNumber }: { answeredOn: string; trackingNumber: string }): string =>
  `${answeredOn}#${trackingNumber}`;
