import type { Text } from "../../../language.ts";

/** How far a date is from today, in words. `left` is in the unit of the limit. */
export function daysLeftText(
  when: "past" | "today" | "ahead",
  left: number,
  unit: "working-days" | "calendar-days",
): Text {
  const days = Math.max(1, Math.abs(left));
  const counted =
    unit === "working-days"
      ? { id: `${days} hari kerja`, en: `${days} working day${days === 1 ? "" : "s"}` }
      : { id: `${days} hari`, en: `${days} day${days === 1 ? "" : "s"}` };
  if (when === "today") return { id: "jatuh tempo hari ini", en: "due today" };
  return when === "past"
    ? { id: `lewat ${counted.id}`, en: `${counted.en} late` }
    : { id: `sisa ${counted.id}`, en: `${counted.en} left` };
}

const inOneLine = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join("; ");

/** What a digest says around its list of cases. */
export const digestText = {
  /** Says how many cases there are, how many of them are late, and the nearest date ahead. Without one it names the date longest past. */
  subject: ({
    cases,
    late,
    next,
    oldest,
  }: {
    cases: number;
    late: number;
    next: string;
    oldest: string;
  }) => ({
    id: inOneLine(
      `Ringkasan ${cases} laporan`,
      late > 0 && `${late} lewat batas waktu`,
      next ? `batas terdekat ${next}` : oldest && `terlama sejak ${oldest}`,
    ),
    en: inOneLine(
      `Digest of ${cases} cases`,
      late > 0 && `${late} past the limit`,
      next ? `nearest limit ${next}` : oldest && `longest since ${oldest}`,
    ),
  }),
  times: (count: number) => ({ id: `${count} kali`, en: `${count} times` }),
  events: (count: number) => ({ id: `${count} perkembangan`, en: `${count} events` }),
  /** To a reporter, about one case. */
  ofYours: (count: number) => ({
    id: `${count} kabar tentang laporan Anda`,
    en: `${count} news about your report`,
  }),
  sinceLast: {
    id: "Ada beberapa kabar tentang laporan Anda sejak email terakhir kami:",
    en: "There is more than one piece of news about your report since our last email:",
  },
  deadlines: {
    id: "Batas waktu berikut sudah dekat atau sudah lewat; yang paling mendesak disebut lebih dahulu.",
    en: "These limits are near or have passed; the most urgent come first.",
  },
  news: {
    id: "Perkembangan laporan sejak ringkasan terakhir:",
    en: "What happened to cases since the last digest:",
  },
  more: (cases: number) => ({
    id: `Masih ada ${cases} laporan lain. Semuanya ada dalam antrean Anda menurut batas waktunya: yang segera jatuh tempo dan yang lewat batas waktu.`,
    en: `There are ${cases} more cases. All are in your queues by their dates: those due soon and those overdue.`,
  }),
  facts: {
    last: { id: "Terakhir", en: "Last" },
    due: { id: "Batas waktu", en: "Limit" },
    basis: { id: "Dasar hukum", en: "Legal basis" },
  },
} satisfies Record<string, unknown>;
