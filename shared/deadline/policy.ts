import * as z from "zod";
import { type Language, say, type Text } from "../language.ts";
import { disguiseIssues } from "../text/disguise.ts";
import { agencyId } from "../text/id.ts";
import { provenance } from "./calendar/calendar.ts";

/** The class of a report decides which limits hold. */
export const caseClass = z.enum(["complaint", "aspiration", "information-request"]);
export type CaseClass = z.infer<typeof caseClass>;

/** The clocks that every report may come to. */
export const ordinaryClocks = ["verification", "response", "completion", "reply", "completing-file"] as const;
export const clockNames = [...ordinaryClocks, "objection-decision"] as const;
export type ClockName = (typeof clockNames)[number];

/** What a policy limits: the clocks, and the time in which a reporter may object to an archival. */
const limitNames = [...clockNames, "objection"] as const;
type LimitName = (typeof limitNames)[number];

export const certainties = ["found", "one-secondary-source", "from-memory", "own-choice"] as const;

const sentence = z.string().trim().min(1).max(500);

/** A legal basis in both languages, or in Indonesian alone. */
const basis = z.union([sentence, z.strictObject({ id: sentence, en: sentence })]);
type Basis = z.infer<typeof basis>;

/** Writes a legal basis in a language. Where nobody wrote it in English, the Indonesian one is read. */
export const basisIn = (one: Basis, language: Language): string =>
  typeof one === "string" ? one : one[language];

/** Says how long one clock runs, for which cases, and on what legal basis. */
export const limit = z.strictObject({
  clock: z.enum(limitNames),
  /** The limit holds for cases of this class only. */
  class: caseClass.optional(),
  /** True: for supervised cases (berkadar pengawasan) only. False: for all others only. */
  supervised: z.boolean().optional(),
  /** True: for formal information requests under UU 14/2008 only. False: for all others only. */
  formal: z.boolean().optional(),
  /** The limit holds for this agency and those below it only. */
  agencyId: agencyId.optional(),
  days: z.int().min(1).max(366),
  unit: z.enum(["working-days", "calendar-days"]),
  /** So many days may be granted on top, once, with a written reason. */
  extendableBy: z.int().min(1).max(366).optional(),
  legalBasis: basis,
  /**
   * Says how sure the legal basis is: it was seen in a source, in one source that only quotes it, is known from memory, or
   * is our own choice because no source was found.
   */
  certainty: z.enum(certainties),
});
export type Limit = z.infer<typeof limit>;

const whom = ({ clock, class: kind, supervised, formal, agencyId: agency }: Limit): string =>
  [clock, kind ?? "", supervised ?? "", formal ?? "", agency ?? ""].join(" ");

const basisIssues = ({ legalBasis }: Limit, index: number) =>
  typeof legalBasis === "string"
    ? disguiseIssues(legalBasis, ["limits", index, "legalBasis"])
    : Object.entries(legalBasis).flatMap(([language, text]) =>
        disguiseIssues(text, ["limits", index, "legalBasis", language]),
      );

/** All limits that hold from a date on. A case keeps the policy that it began with. */
export const policy = z
  .strictObject({ effectiveFrom: z.iso.date(), limits: z.array(limit).min(1).max(500) })
  .superRefine(({ limits }, context) => {
    const seen = new Set<string>();
    for (const [index, one] of limits.entries()) {
      if (seen.has(whom(one)))
        context.addIssue({
          code: "custom",
          path: ["limits", index],
          ...say("Batas waktu ini sudah ada dalam daftar.", "This limit is on the list already."),
        });
      seen.add(whom(one));
      for (const issue of basisIssues(one, index)) context.addIssue(issue);
    }
    for (const clock of ordinaryClocks)
      for (const kind of caseClass.options)
        if (
          !limits.some((one) =>
            fits(one, clock, { class: kind, supervised: false, formal: false, agencyPath: [] }),
          )
        )
          context.addIssue({
            code: "custom",
            path: ["limits"],
            ...say(
              `Batas waktu ${clock} untuk ${kind} belum ada.`,
              `There is no limit of ${clock} for ${kind}.`,
            ),
          });
  });
export type Policy = z.infer<typeof policy>;

/** One version of a policy, as it is kept. */
export const policyVersion = z.strictObject({
  ...policy.shape,
  version: z.int().positive(),
  stored: provenance.optional(),
});
export type PolicyVersion = z.infer<typeof policyVersion>;

/** A stored policy without limits of clocks that this code does not know. No policy is ever written back. */
export function withKnownLimits(stored: unknown): unknown {
  const { limits, ...rest } = z.looseObject({ limits: z.array(z.unknown()) }).parse(stored);
  const known = z.looseObject({ clock: limit.shape.clock });
  return { ...rest, limits: limits.filter((one) => known.safeParse(one).success) };
}

/** The choice of a limit depends on this. `agencyPath` lists the agency that has the case and all above it. */
export interface Subject {
  class: CaseClass;
  supervised: boolean;
  formal: boolean;
  agencyPath: readonly string[];
}

const fits = (one: Limit, clock: LimitName, of: Subject): boolean =>
  one.clock === clock &&
  (one.class === undefined || one.class === of.class) &&
  (one.supervised === undefined || one.supervised === of.supervised) &&
  (one.formal === undefined || one.formal === of.formal) &&
  (one.agencyId === undefined || of.agencyPath.includes(one.agencyId));

/** A limit that we set ourselves, because no source sets one. */
const ourOwn = (clock: LimitName, days: number, like: Text): Limit => ({
  clock,
  days,
  unit: "working-days",
  legalBasis: {
    id: `Tidak ditemukan dasar tertulis; aturan sendiri, sama panjang dengan ${like.id} (${days} hari kerja)`,
    en: `No written basis was found; a rule of our own, as long as ${like.en} (${days} working days)`,
  },
  certainty: "own-choice",
});

/** The limits of an objection. They hold where a policy says nothing of it: some were stored before there were objections. */
export const limitsOfObjections = {
  objection: ourOwn("objection", 10, {
    id: "masa tanggapan pelapor atas jawaban",
    en: "the time in which a reporter may reply to an answer",
  }),
  "objection-decision": ourOwn("objection-decision", 5, {
    id: "batas tanggapan awal instansi",
    en: "the limit of an agency's first response",
  }),
};

/** Finds the limit of a clock: the one for the nearest agency, and among those the one that says most about the case. */
export function limitOf({ limits, effectiveFrom }: Policy, clock: LimitName, of: Subject): Limit {
  const distance = ({ agencyId: agency }: Limit) =>
    agency === undefined ? of.agencyPath.length : of.agencyPath.indexOf(agency);
  const detail = ({ class: kind, supervised, formal }: Limit) =>
    [kind, supervised, formal].filter((only) => only !== undefined).length;
  const fitting = limits.filter((one) => fits(one, clock, of));
  const [best] = (fitting.length > 0 ? fitting : Object.values(limitsOfObjections))
    .filter((one) => fits(one, clock, of))
    .sort((a, b) => distance(a) - distance(b) || detail(b) - detail(a));
  if (!best) throw new Error(`The policy of ${effectiveFrom} has no limit of ${clock} for ${of.class}`);
  return best;
}

/**
 * Finds the policy that is in force on a local date: the latest one that has begun. Refuses a date before the first
 * policy.
 */
export function policyOn(policies: readonly PolicyVersion[], date: string): PolicyVersion {
  const [inForce] = policies
    .filter(({ effectiveFrom }) => effectiveFrom <= date)
    .sort((a, b) =>
      a.effectiveFrom === b.effectiveFrom
        ? b.version - a.version
        : a.effectiveFrom < b.effectiveFrom
          ? 1
          : -1,
    );
  if (!inForce) throw new Error(`No policy is in force on ${date}`);
  return inForce;
}

const working = (
  clock: ClockName,
  days: number,
  legalBasis: Text,
  certainty: Limit["certainty"],
  only: Pick<Limit, "class" | "supervised" | "formal" | "extendableBy"> = {},
): Limit => ({ clock, ...only, days, unit: "working-days", legalBasis, certainty });

const practice = { id: "Praktik pengelolaan SP4N-LAPOR!", en: "Practice of SP4N-LAPOR!" };

/** The limits that come with the system, but for aspirations. Each names its basis, and none is presented as law that was not found as law. */
const limitsWith = (...forAspirations: Limit[]): Limit[] => [
  working(
    "verification",
    3,
    {
      id: "Langkah-langkah LAPOR! yang dipublikasikan (3 hari kerja)",
      en: "The published steps of LAPOR! (3 working days)",
    },
    "found",
  ),
  working(
    "response",
    5,
    {
      id: "Langkah-langkah LAPOR! yang dipublikasikan (5 hari kerja)",
      en: "The published steps of LAPOR! (5 working days)",
    },
    "found",
  ),
  working(
    "completion",
    5,
    {
      id: `${practice.id} (5 hari kerja untuk permintaan informasi)`,
      en: `${practice.en} (5 working days for information requests)`,
    },
    "found",
    {
      class: "information-request",
    },
  ),
  working(
    "completion",
    10,
    {
      id: "UU 14/2008 tentang Keterbukaan Informasi Publik (10 hari kerja, dapat diperpanjang 7 hari kerja dengan alasan tertulis)",
      en: "UU 14/2008 on the openness of public information (10 working days, which may be extended by 7 working days with a written reason)",
    },
    "found",
    { class: "information-request", formal: true, extendableBy: 7 },
  ),
  ...forAspirations,
  working(
    "completion",
    14,
    {
      id: `${practice.id} (14 hari kerja, tidak berkadar pengawasan)`,
      en: `${practice.en} (14 working days, not supervised)`,
    },
    "found",
    {
      class: "complaint",
      supervised: false,
    },
  ),
  working(
    "completion",
    60,
    {
      id: `${practice.id} (60 hari kerja, berkadar pengawasan); Perpres 76/2013`,
      en: `${practice.en} (60 working days, supervised); Perpres 76/2013`,
    },
    "found",
    {
      class: "complaint",
      supervised: true,
    },
  ),
  working(
    "reply",
    10,
    {
      id: "FAQ LAPOR!: selesai otomatis 10 hari kerja setelah tindak lanjut bila tidak ada tanggapan",
      en: "FAQ of LAPOR!: a case closes by itself 10 working days after the follow-up if there is no reply",
    },
    "found",
  ),
  {
    clock: "completing-file",
    days: 30,
    unit: "calendar-days",
    legalBasis: {
      id: "UU 25/2009 (30 hari untuk melengkapi berkas; pasalnya belum diperiksa)",
      en: "UU 25/2009 (30 days to complete the file; the article has not been checked)",
    },
    certainty: "from-memory",
  },
  ...Object.values(limitsOfObjections),
];

/** The versions of the limits that come with the system. A case keeps the version that it began with. */
export const shippedPolicies: readonly PolicyVersion[] = [
  {
    version: 1,
    effectiveFrom: "2024-01-01",
    limits: limitsWith(
      working(
        "completion",
        14,
        {
          id: "Tidak ditemukan dasar tertulis untuk aspirasi; ditetapkan sama dengan pengaduan tidak berkadar pengawasan",
          en: "No written basis was found for aspirations; the limit is set like that of a complaint which is not supervised",
        },
        "own-choice",
        { class: "aspiration" },
      ),
    ),
  },
  {
    version: 2,
    effectiveFrom: "2027-01-01",
    limits: limitsWith(
      working(
        "completion",
        5,
        {
          id: "Paparan Pemerintah Kabupaten Nganjuk (Agustus 2022) yang mengutip PermenPANRB 62/2018 bab VI: aspirasi 5 hari kerja. Satu sumber sekunder; peraturan itu diganti PermenPANRB 5/2025, yang batas waktunya belum ditemukan",
          en: "Slides of the Regency of Nganjuk (August 2022) that cite PermenPANRB 62/2018 chapter VI: 5 working days for aspirations. One secondary source; PermenPANRB 5/2025 has replaced that regulation, and its limits have not been found",
        },
        "one-secondary-source",
        { class: "aspiration" },
      ),
    ),
  },
];

/** Lists all versions, the oldest first. Where a stage has stored a version of its own, that one counts. */
export const allPolicies = (stored: readonly PolicyVersion[]): PolicyVersion[] =>
  [
    ...shippedPolicies.filter(({ version }) => !stored.some((one) => one.version === version)),
    ...stored,
  ].sort((a, b) => a.version - b.version);
