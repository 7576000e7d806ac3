import type * as z from "zod";
import { type Case, type CaseFile, reportOf } from "../case/case.ts";
import type { Likened } from "../case/lists/duplicates.ts";
import { type Territory, territoryOf } from "../case/moves/handing/handing.ts";
import { returnsSince } from "../case/moves/handing/returns.ts";
import { standingOf } from "../case/moves/move-flow.ts";
import { mayEver, mayRead, readerOf, type Standing } from "../case/moves/table.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import { viewOf } from "../case/views/case-view.ts";
import { namesOf } from "../case/views/names-flow.ts";
import { isHidden } from "../case/views/visibility.ts";
import { localDate } from "../deadline/calendar/local-date.ts";
import type { TimeZone } from "../deadline/calendar/time-zone.ts";
import type { Agency, Officer } from "../directory/directory.ts";
import type { DirectoryStore } from "../directory/directory-store.ts";
import { suggestAgencies, suggestBelow } from "../directory/suggestion-flow.ts";
import type { Language } from "../language.ts";
import { sideBySide } from "../platform/side-by-side.ts";
import { tellingWords } from "../text/stems.ts";
import { endedWith, most, returnsCounted, type routing, suggestedOnce, tellingEnds } from "./routing.ts";
import { isPlaced, newestDayFirst, similarityInWords, similarityOf } from "./similar.ts";

interface Stores {
  cases: Pick<CaseStore, "around" | "get" | "returnsFrom">;
  directory: DirectoryStore;
}

/** Who chooses an agency for which case. */
interface Choosing {
  file: CaseFile;
  officer: Officer;
  who: Standing;
  language: Language;
  at: Date;
  /** The category that the officer is about to give the case, where it differs from the one that it has. */
  category?: string | undefined;
  /** Agencies whose returns are asked for besides. */
  asked: readonly string[];
}

type View = z.input<typeof routing>;
type SimilarCase = View["similar"]["items"][number];

/** Reports of so many days are compared, and so many of them at most. */
const lookedBack = { days: 400, rows: 500 };
/** So many similar cases are read again, so many at once. */
const read = { inAll: 100, atOnce: 25 };

const dayMs = 24 * 60 * 60 * 1000;

/** Where this officer may hand the case on: the furthest that any of their moves reaches. */
function reachOf({ officer, who }: Choosing): Territory {
  const within = (["verify", "assign"] as const)
    .filter((move) => mayEver(move, who))
    .map((move) => territoryOf(officer, move));
  return within.includes("anywhere") ? "anywhere" : officer.agencyId;
}

/** A similar case as this officer may see it. Nothing where they may not know of it, or where it has not been verified. */
async function similarTo(
  { cases, directory }: Stores,
  { officer, language, ...choosing }: Choosing,
  other: Likened,
): Promise<SimilarCase[]> {
  const whole = await cases.get(other.trackingNumber);
  if (!whole || !isPlaced(whole)) return [];
  const open = mayRead(await standingOf({ directory }, whole, officer));
  // Another agency's secret case does not exist for this officer.
  if (!open && isHidden(whole)) return [];
  const names = await namesOf(directory, { case: whole, events: [] });
  const view = viewOf(whole, open ? readerOf(officer.role) : "public", names, language);
  // Of a case that the officer may not read, the stems count that its public title shows.
  const shown = open ? whole.words : tellingWords(view.title ?? "", "");
  const similarity = similarityOf(comparedOf(choosing), {
    category: whole.category,
    ...(shown && { words: shown }),
  });
  if (!similarity) return [];
  return [
    {
      trackingNumber: view.trackingNumber,
      ...(view.title !== undefined && { title: view.title }),
      submittedAt: view.submittedAt,
      status: view.status,
      statusText: view.statusText,
      agency: view.agency,
      ...(view.answeredBy && { answeredBy: view.answeredBy }),
      ...(view.returns !== undefined && { returns: view.returns }),
      open,
      reasons: similarityInWords(similarity, language, open ? reportOf(choosing.file) : undefined),
    },
  ];
}

const comparedOf = ({ file, category }: Pick<Choosing, "file" | "category">) => ({
  ...file.case,
  category: category ?? file.case.category,
});

/** The last similar cases of the kabupaten or kota, the newest first. */
async function similarCases(
  stores: Stores,
  choosing: Choosing,
  zone: TimeZone,
): Promise<{ items: SimilarCase[]; complete: boolean }> {
  const { case: found } = choosing.file;
  if (!found.location) return { items: [], complete: true };
  const page = await stores.cases.around(found.location.regionCode, {
    from: new Date(choosing.at.getTime() - lookedBack.days * dayMs).toISOString(),
    to: choosing.at.toISOString(),
    after: undefined,
    limit: lookedBack.rows,
  });
  const candidates = page.items
    .filter(
      (other) =>
        other.trackingNumber !== found.trackingNumber &&
        similarityOf(comparedOf(choosing), other) !== undefined,
    )
    .sort(newestDayFirst(zone))
    .slice(0, read.inAll);
  const items: SimilarCase[] = [];
  for (let next = 0; next < candidates.length && items.length < most.similar; next += read.atOnce) {
    const some = candidates.slice(next, next + read.atOnce);
    items.push(...(await Promise.all(some.map((other) => similarTo(stores, choosing, other)))).flat());
  }
  return { items: items.slice(0, most.similar), complete: page.after === undefined };
}

const reasons = {
  named: { id: "Pelapor menyebut instansi ini.", en: "The reporter named this agency." },
  place: {
    id: "Pemerintah daerah di tempat kejadian. Dari sana laporan diteruskan bila dinasnya belum jelas.",
    en: "The government of the place. From there it is passed on if the department is not clear.",
  },
} as const;

const similarReason = (cases: number, of: number) => ({
  id: `${cases} dari ${of} laporan serupa berakhir di instansi ini.`,
  en: `${cases} of ${of} similar reports ended with this agency.`,
});

type Suggested = { agency: Agency; fits: View["agencies"][number]["fits"]; reason: string };

/** All agencies that anything speaks for, the strongest word first. */
async function suggestedFor(
  { directory }: Stores,
  { file, language, category: typed, officer }: Choosing,
  { ended, compared }: { ended: View["similar"]["ended"]; compared: number },
): Promise<Suggested[]> {
  const { case: found } = file;
  const category = typed ?? found.category;
  const holder = await directory.agency(found.holder);
  const region = found.location?.regionCode ?? holder?.regionCode;
  const agencyOf = async (id: string | undefined) => (id === undefined ? undefined : directory.agency(id));
  const [named, ends, below, inCharge] = await Promise.all([
    agencyOf(found.agencyId),
    Promise.all(tellingEnds(ended).map(async (end) => ({ ...end, agency: await agencyOf(end.id) }))),
    suggestBelow(directory, { category, agencyId: officer.agencyId }),
    region === undefined ? [] : suggestAgencies(directory, { category, region }),
  ]);
  return [
    ...(named ? [{ agency: named, fits: "named" as const, reason: reasons.named[language] }] : []),
    ...ends.flatMap(({ agency, cases }) =>
      agency ? [{ agency, fits: "similar" as const, reason: similarReason(cases, compared)[language] }] : [],
    ),
    ...[...below, ...inCharge].map(({ agency, fits, reason }) => ({
      agency,
      fits,
      reason: (fits === "place" ? reasons.place : reason)[language],
    })),
  ];
}

/** The agencies that returned this case, so far as its history tells. */
const returnersOf = ({ events }: CaseFile): ReadonlySet<string> =>
  new Set(events.flatMap((event) => (event.type === "returned" ? [event.content.from] : [])));

/** What each of these agencies returned within a year. */
async function returnsOf(
  { cases, directory }: Stores,
  agencies: readonly string[],
  { at, category }: { at: Date; category: string | undefined },
): Promise<View["returns"]> {
  const named = async (id: string) => ({ id, name: (await directory.agency(id))?.name ?? id });
  const counted = await sideBySide([...new Set(agencies)], async (id) => {
    const notes = await cases.returnsFrom(id, returnsSince(at));
    if (notes.length === 0) return [];
    const { to, ...counts } = returnsCounted(notes, category);
    return [
      {
        from: await named(id),
        ...counts,
        to: await Promise.all(to.map(async ({ id, cases }) => ({ ...(await named(id)), cases }))),
      },
    ];
  });
  return counted.flat();
}

const zoneOf = async (directory: DirectoryStore, { holder }: Case): Promise<TimeZone> =>
  (await directory.agency(holder))?.timeZone ?? "Asia/Jakarta";

/**
 * Gathers what helps an officer to choose the agency of a case: which ones may be in charge and why, where similar cases ended,
 * and who returned cases to whom. Each part reads a bounded number of rows.
 */
export async function routingFor(stores: Stores, choosing: Choosing): Promise<View> {
  const { file, at, asked } = choosing;
  const { case: found } = file;
  const zone = await zoneOf(stores.directory, found);
  const { items, complete } = await similarCases(stores, choosing, zone);
  const ended = endedWith(items);
  const suggested = await suggestedFor(stores, choosing, { ended, compared: items.length });
  const agencies = suggestedOnce(suggested, returnersOf(file));
  const within = reachOf(choosing);
  const [shown, returns] = await Promise.all([
    Promise.all(
      agencies.map(async ({ agency: { id, name, type }, ...why }) => ({
        agency: { id, name, type },
        ...why,
        withinReach:
          (within === "anywhere" || (await stores.directory.pathOf(id)).includes(within)) &&
          (id !== found.holder || found.status === "submitted"),
      })),
    ),
    returnsOf(stores, [...agencies.map(({ agency }) => agency.id), ...asked], {
      at,
      category: choosing.category ?? found.category,
    }),
  ]);
  return {
    agencies: shown,
    similar: { items, ended, complete },
    returns,
    returnsSince: localDate(new Date(returnsSince(at)), zone),
  };
}
