import { dayOf } from "../../deadline/calendar/local-date.ts";
import { dateOf } from "../../deadline/calendar/local-date.ts";
import { zoneAbbreviation } from "../../deadline/calendar/time-zone.ts";
import { deadlineOf, explain } from "../../deadline/deadline.ts";
import { limitOf, policyOn } from "../../deadline/policy.ts";
import type { Language, Text } from "../../language.ts";
import { type Block, heading, paragraph, points, table } from "../block.ts";
import { type InForce, type LimitRow, limitsNow, limitsToCome, nextFreeDays } from "../in-force.ts";

const words = {
  limits: { id: "Batas waktu yang berlaku", en: "The limits in force" },
  rules: { id: "Cara menghitung", en: "How days are counted" },
  example: { id: "Contoh: laporan yang masuk hari ini", en: "Example: a report that comes today" },
  free: { id: "Hari libur berikutnya", en: "The next free days" },
  date: { id: "Tanggal", en: "Date" },
  name: { id: "Nama", en: "Name" },
  version: { id: "Versi ketentuan", en: "Version of the limits" },
  zone: { id: "Waktu setempat", en: "Local time" },
  changed: {
    id: "Bila keputusan hari libur berubah, semua hitungan terbuka dihitung lagi. Riwayat mencatat sebabnya.",
    en: "When a decree changes, all open clocks are counted anew. The history says why.",
  },
} as const satisfies Record<string, Text>;

const rules: readonly Text[] = [
  {
    id: "Hari laporan masuk adalah hari ke-0 dan tidak dihitung.",
    en: "The day on which a report comes is day 0 and does not count.",
  },
  {
    id: "Sabtu, Minggu, libur nasional, cuti bersama, hari pemilihan, dan libur daerah dilewati.",
    en: "Saturdays, Sundays, national holidays, joint leave, election days and regional holidays are skipped.",
  },
  {
    id: "Batasnya akhir hari kerja terakhir itu, menurut waktu setempat instansi.",
    en: "The limit is the end of that last working day, by the local time of the agency.",
  },
  {
    id: "Selama pelapor diminta melengkapi, hitungan berhenti. Hari yang berakhir saat berhenti tidak dihitung.",
    en: "While the reporter is asked for more, the clocks pause. A day that ends in a pause does not count.",
  },
  {
    id: "Bertanya lagi tidak memulai hitungan dari nol.",
    en: "To ask again does not begin a clock at zero.",
  },
];

/** The limits, each with how long it is and on what basis. */
const limitsAsFacts = (rows: readonly LimitRow[]): Block => ({
  kind: "facts",
  facts: rows.map(({ name, whom, days, basis, certainty }) => [
    `${name}: ${whom}`,
    [days, `${basis}. ${certainty}.`],
  ]),
});

/** How the verification of a report that comes today is counted. */
function example({ policies, calendar, today, agencyPath }: InForce, language: Language): Block {
  const policy = policyOn(policies, today);
  const limit = limitOf(policy, "verification", {
    class: "complaint",
    supervised: false,
    formal: false,
    agencyPath,
  });
  const deadline = deadlineOf(limit, dayOf(today), calendar);
  const { text, skipped } = explain(deadline, limit, policy, language);
  return { kind: "days", text, from: today, due: dateOf(deadline.day), skipped, today };
}

const decreesOf = ({ calendar, today }: InForce, language: Language): string[] => {
  const year = Number(today.slice(0, 4));
  return [year, year + 1].map((one) => {
    const known = calendar.years.get(one);
    if (known) return `${one}: ${known.decree}.`;
    return language === "id"
      ? `${one}: keputusan belum ada. Hanya akhir pekan dilewati, dan tanggalnya masih sementara.`
      : `${one}: there is no decree yet. Only weekends are skipped, and dates are provisional.`;
  });
};

/** The clocks: the limits in force with their bases, and how days count with the holidays to come. */
export const clocksChapter = (language: Language, inForce: InForce): Block[] => [
  heading(words.limits[language], "batas-waktu"),
  paragraph(
    `${words.version[language]}: ${policyOn(inForce.policies, inForce.today).version}. ${words.zone[language]}: ${zoneAbbreviation[inForce.agency.timeZone]}.`,
  ),
  limitsAsFacts(limitsNow(inForce, language)),
  ...limitsToCome(inForce, language).flatMap(({ from, rows }) => [
    heading(language === "id" ? `Berubah mulai ${from}` : `Changes from ${from}`),
    limitsAsFacts(rows),
  ]),
  heading(words.rules[language]),
  points(rules.map((rule) => rule[language])),
  heading(words.example[language]),
  example(inForce, language),
  heading(words.free[language], "hari-libur"),
  table(
    words.free[language],
    [words.date[language], words.name[language]],
    nextFreeDays(inForce, language).map(({ date, name }) => [date, name]),
  ),
  points(decreesOf(inForce, language)),
  paragraph(words.changed[language]),
];
