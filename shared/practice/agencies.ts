import { calendarOf } from "../deadline/calendar/calendar.ts";
import type { Counting } from "../deadline/clock.ts";
import type { Agency } from "../directory/directory.ts";
import type { Rulebook } from "./rulebook.ts";

interface PracticeAgency {
  name: string;
  parent?: string;
}

/** The agencies of practice. All are made up, and no report of practice ever reaches a real one. */
export const practiceAgencies = {
  "latihan-nasional": { name: "Admin nasional (latihan)" },
  "latihan-provinsi": { name: "Pemerintah Provinsi Contoh" },
  "latihan-dinas-pu-provinsi": { name: "Dinas PU Provinsi Contoh", parent: "latihan-provinsi" },
  "latihan-kota": { name: "Pemerintah Kota Contoh" },
  "latihan-dinas-pu": { name: "Dinas PU Kota Contoh", parent: "latihan-kota" },
  "latihan-uptd-jalan": { name: "UPTD Jalan Kota Contoh", parent: "latihan-dinas-pu" },
  "latihan-dinas-pendidikan": { name: "Dinas Pendidikan Kota Contoh", parent: "latihan-kota" },
  "latihan-smp": { name: "SMP Negeri Contoh", parent: "latihan-dinas-pendidikan" },
  "latihan-dinas-kesehatan": { name: "Dinas Kesehatan Kota Contoh", parent: "latihan-kota" },
  "latihan-sekretariat": { name: "Sekretariat Daerah Kota Contoh (PPID)", parent: "latihan-kota" },
} as const satisfies Record<string, PracticeAgency>;
export type PracticeAgencyId = keyof typeof practiceAgencies;

/** Verifies what names no agency, and has the last word on returns. */
export const practiceVerifier: PracticeAgencyId = "latihan-nasional";

const known: Readonly<Record<string, PracticeAgency>> = practiceAgencies;

/** The agency and those above it, up to the top. Empty where there is none. */
export function practicePath(id: string): string[] {
  const agency = known[id];
  if (!agency) return [];
  return [id, ...(agency.parent === undefined ? [] : practicePath(agency.parent))];
}

/** The level above an agency of practice. */
export const practiceLevelAbove = (id: string): string | undefined => known[id]?.parent;

export const practiceNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(known).map(([id, { name }]) => [id, name]),
);

/** An agency of practice, as the directory has real ones. */
export const practiceAgency = (id: string): Agency => ({
  id,
  name: practiceNames[id] ?? id,
  type: "department",
  parent: practiceLevelAbove(id) ?? null,
  timeZone: practiceZone,
  alertEmail: "latihan@contoh.example",
});

/** Practice takes place where East Kalimantan is, by the national holidays. */
const practiceZone = "Asia/Makassar";

/** What the clocks of a case of practice are counted by while an agency has it. */
export const practiceCounting = ({ calendars, policies }: Rulebook, agencyId: string): Counting => ({
  timeZone: practiceZone,
  calendar: calendarOf(calendars),
  calendars,
  policies,
  agencyPath: practicePath(agencyId),
});
