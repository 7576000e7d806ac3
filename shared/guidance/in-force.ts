import type { AttachmentLimits } from "../attachment/attachment.ts";
import type { Calendar } from "../deadline/calendar/calendar.ts";
import { dateOf } from "../deadline/calendar/local-date.ts";
import { localDateInWords } from "../deadline/calendar/time-zone.ts";
import { clockText } from "../deadline/clock-view.ts";
import {
  basisIn,
  caseClass,
  type ClockName,
  clockNames,
  type Limit,
  limitOf,
  policyOn,
  type PolicyVersion,
} from "../deadline/policy.ts";
import type { Agency, Officer } from "../directory/directory.ts";
import type { Language, Text } from "../language.ts";
import { classText } from "../notification/mails/words/case.ts";
import { certaintyText } from "./guidance.ts";

/** An agency with those of its people whom its officers may need. */
export interface Contact {
  agency: Pick<Agency, "name" | "alertEmail">;
  people: readonly Pick<Officer, "name" | "role">[];
}

/** A scenario of practice, as the guidance lists it. */
export interface ListedScenario {
  id: string;
  title: Text;
  /** What it teaches, in a line. */
  about: Text;
  minutes: number;
}

/** What holds now for the agency of whoever reads the guidance. */
export interface InForce {
  agency: Pick<Agency, "id" | "name" | "timeZone">;
  /** The agency and all above it, from itself to the top. */
  agencyPath: readonly string[];
  calendar: Calendar;
  policies: readonly PolicyVersion[];
  /** The local date. */
  today: string;
  attachments: AttachmentLimits;
  /** The agency itself first, then those above it. */
  contacts: readonly Contact[];
  /** The scenarios that can be practised, in the order in which a newcomer takes them. */
  scenarios: readonly ListedScenario[];
}

/** One limit in force: which clock or time, for which cases, how long, and on what basis. */
export interface LimitRow {
  limit: ClockName | "objection";
  name: string;
  whom: string;
  /** The limit is that of formal requests. */
  isFormal: boolean;
  days: string;
  basis: string;
  certainty: string;
}

const words = {
  all: { id: "Semua laporan", en: "All reports" },
  objection: { id: "Keberatan pelapor atas pengarsipan", en: "Objection of the reporter to an archival" },
  supervised: { id: "berkadar pengawasan", en: "supervised" },
  unsupervised: { id: "tidak berkadar pengawasan", en: "not supervised" },
  formal: { id: "permohonan resmi", en: "formal request" },
} as const;

/** The kinds of cases that limits tell apart. */
const kinds = caseClass.options
  .flatMap((kind) =>
    [false, true].map((special) => ({
      class: kind,
      supervised: kind === "complaint" && special,
      formal: kind === "information-request" && special,
      isSpecial: special,
    })),
  )
  .filter(({ class: kind, isSpecial }) => !isSpecial || kind !== "aspiration");
type Kind = (typeof kinds)[number];

const kindInWords = ({ class: kind, supervised, formal }: Kind, language: Language): string => {
  const more = {
    complaint: supervised ? words.supervised : words.unsupervised,
    "information-request": formal ? words.formal : undefined,
    aspiration: undefined,
  }[kind];
  return [classText[kind][language], more?.[language]].filter(Boolean).join(", ");
};

/** A number of days in words: "5 hari kerja", "30 hari kalender", "10 hari kerja, dapat diperpanjang 7 hari kerja". */
export function limitInWords(
  { days, unit, extendableBy }: Pick<Limit, "days" | "unit" | "extendableBy">,
  language: Language,
): string {
  const unitIn = (count: number): string => {
    if (language === "id") return unit === "working-days" ? "hari kerja" : "hari kalender";
    return `${unit === "working-days" ? "working" : "calendar"} ${count === 1 ? "day" : "days"}`;
  };
  const whole = `${days} ${unitIn(days)}`;
  if (extendableBy === undefined) return whole;
  const more = `${extendableBy} ${unitIn(extendableBy)}`;
  return language === "id"
    ? `${whole}, dapat diperpanjang ${more}`
    : `${whole}, which may be extended by ${more}`;
}

/** The limits of one policy for an agency, the kinds of cases that share one in one row. */
export function limitRows(
  { agencyPath }: Pick<InForce, "agencyPath">,
  policy: PolicyVersion,
  language: Language,
): LimitRow[] {
  return [...clockNames, "objection" as const].flatMap((name) => {
    const found = kinds.map((kind) => ({ kind, limit: limitOf(policy, name, { ...kind, agencyPath }) }));
    const groups = Map.groupBy(found, ({ limit }) => limit);
    return [...groups].map(([limit, of]) => ({
      limit: name,
      name: name === "objection" ? words.objection[language] : clockText[name][language],
      whom:
        groups.size === 1
          ? words.all[language]
          : of.map(({ kind }) => kindInWords(kind, language)).join("; "),
      isFormal: of.every(({ kind }) => kind.formal),
      days: limitInWords(limit, language),
      basis: basisIn(limit.legalBasis, language),
      certainty: certaintyText[limit.certainty][language],
    }));
  });
}

/** The limits in force on the date of whoever reads. */
export const limitsNow = (inForce: InForce, language: Language): LimitRow[] =>
  limitRows(inForce, policyOn(inForce.policies, inForce.today), language);

/** The limits of one clock in a sentence each, or only that of formal requests. */
export const limitsOfClock = (
  inForce: InForce,
  clock: LimitRow["limit"],
  language: Language,
  only?: "formal",
): string[] =>
  limitsNow(inForce, language)
    .filter(({ limit, isFormal }) => limit === clock && (only === undefined || isFormal))
    .map(({ name, whom, days }) => `${name}, ${whom}: ${days}.`);

/** The versions of the limits that begin later, each with the rows that differ from those in force. */
export function limitsToCome(inForce: InForce, language: Language): { from: string; rows: LimitRow[] }[] {
  const now = limitsNow(inForce, language);
  return inForce.policies
    .filter(({ effectiveFrom }) => effectiveFrom > inForce.today)
    .map(({ effectiveFrom }) => effectiveFrom)
    .filter((date, index, dates) => dates.indexOf(date) === index)
    .sort()
    .map((date) => ({
      from: localDateInWords(date, language),
      rows: limitRows(inForce, policyOn(inForce.policies, date), language).filter(
        (row) => !now.some((one) => JSON.stringify(one) === JSON.stringify(row)),
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** So many free days are told ahead: about a year. */
const daysAhead = 30;

/** The next free days besides weekends, with their names. */
export const nextFreeDays = (
  { calendar, today }: Pick<InForce, "calendar" | "today">,
  language: Language,
): { date: string; name: string }[] =>
  [...calendar.freeDays]
    .map(([day, name]) => ({ on: dateOf(day), name }))
    .filter(({ on }) => on >= today)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .slice(0, daysAhead)
    .map(({ on, name }) => ({ date: localDateInWords(on, language), name }));
