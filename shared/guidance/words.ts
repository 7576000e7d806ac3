import { effects } from "../case/clocks/effects.ts";
import type { EventType } from "../case/history.ts";
import {
  type Move,
  moves,
  type Permission,
  type Role,
  situationName,
  situations,
} from "../case/moves/table.ts";
import { eventFields, type Reader } from "../case/views/visibility.ts";
import { roleText } from "../case/views/words.ts";
import type { Effect } from "../deadline/clock.ts";
import { clockText } from "../deadline/clock-view.ts";
import { clockNames } from "../deadline/policy.ts";
import type { Language, Text } from "../language.ts";
import { guidanceOf, type GuidedMove } from "./moves.ts";

const effectText: Readonly<Record<Effect, Text>> = {
  start: { id: "mulai dihitung", en: "begins" },
  "start-unless-running": { id: "mulai dihitung, bila belum berjalan", en: "begins, unless it runs already" },
  restart: { id: "dihitung lagi dari awal", en: "begins anew" },
  stop: { id: "berakhir", en: "ends" },
  cancel: { id: "dibatalkan", en: "is cancelled" },
  pause: { id: "berhenti sementara", en: "pauses" },
  resume: { id: "berjalan lagi", en: "goes on" },
  reopen: { id: "dibuka lagi", en: "is opened again" },
};

const words = {
  extended: {
    id: "Penyelesaian: batasnya mundur, satu kali.",
    en: "Completion: its limit moves on, once.",
  },
  noClock: { id: "Tidak ada hitungan yang berubah.", en: "No clock changes." },
  everybody: { id: "Siapa pun membacanya.", en: "Anybody reads it." },
  public: {
    id: "Pelapor dan petugas membacanya. Publik juga, bila laporan tidak rahasia.",
    en: "The reporter and officers read it. So does the public, unless the report is secret.",
  },
  reporter: {
    id: "Pelapor dan petugas membacanya. Publik tidak.",
    en: "The reporter and officers read it. The public does not.",
  },
  officials: {
    id: "Hanya petugas dan pengawas membacanya. Pelapor dan publik tidak.",
    en: "Only officers and observers read it. The reporter and the public do not.",
  },
  newAnswer: { id: "Jawaban yang baru", en: "The new answer" },
  itsReason: { id: "Alasannya", en: "The reason" },
  nothing: { id: "Anda tidak menulis apa pun di langkah ini.", en: "You write nothing at this move." },
  own: { id: "instansi sendiri dan di bawahnya", en: "own agency and below" },
  anywhere: { id: "semua instansi", en: "all agencies" },
  notArchiver: { id: "bukan yang mengarsipkan", en: "not whoever archived it" },
  always: { id: "kapan saja", en: "at any time" },
} as const satisfies Record<string, Text>;

/** What a move does to each clock, in sentences. */
export function effectsInWords(move: GuidedMove, language: Language): string[] {
  const { event } = guidanceOf[move].writes;
  if (event === "extended") return [words.extended[language]];
  const changed = effects[event];
  const told = clockNames.flatMap((clock) => {
    const effect = changed[clock];
    return effect ? [`${clockText[clock][language]}: ${effectText[effect][language]}.`] : [];
  });
  return told.length > 0 ? told : [words.noClock[language]];
}

/** Who reads a field of an event, by the table of visibility. */
function readersOf(event: EventType, field: string): Text {
  const readers: readonly Reader[] =
    (eventFields[event].content as Readonly<Record<string, readonly Reader[]>>)[field] ?? [];
  if (readers.includes("public-of-hidden")) return words.everybody;
  if (readers.includes("public")) return words.public;
  return readers.includes("reporter") ? words.reporter : words.officials;
}

/** Who reads what an officer writes at a move. */
export function readersInWords(move: GuidedMove, language: Language): string {
  const { event, field, correctsAnswer } = guidanceOf[move].writes;
  if (field === undefined) return words.nothing[language];
  const told = readersOf(event, field)[language];
  if (!correctsAnswer) return told;
  const answer = readersOf("answered", "text")[language];
  return `${words.newAnswer[language]}: ${answer} ${words.itsReason[language]}: ${told}`;
}

const permissionsOf = (move: Move): readonly Permission[] => moves[move].by;

const reachInWords = ({ reach, exceptArchiver }: Permission, language: Language): string =>
  [words[reach][language], exceptArchiver && words.notArchiver[language]].filter(Boolean).join(", ");

/** With whose cases and when a role may make a move, in words, for each reach that it has. */
export const whenInWords = (move: Move, role: Role, language: Language): string[] =>
  permissionsOf(move)
    .filter(({ roles }) => roles.includes(role))
    .map((permission) => {
      const { when } = permission;
      const names =
        when.length === situations.length
          ? words.always[language]
          : [...new Set(when.map((situation) => situationName(situation, language)))].join("; ");
      return `(${reachInWords(permission, language)}): ${names}`;
    });

/** Who may make a move, in words. */
export const whoInWords = (move: Move, language: Language): string[] =>
  permissionsOf(move)
    .filter(({ roles }) => !roles.includes("reporter"))
    .map(
      (permission) =>
        `${permission.roles.map((role) => roleText[role][language]).join(", ")} (${reachInWords(permission, language)}).`,
    )
    .filter((told, index, all) => all.indexOf(told) === index);
