import type * as z from "zod";
import type { CaseStatus } from "../../case/case.ts";
import type { archiveReason } from "../../case/history.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { daySeen, zoneSeen } from "./moments.ts";

/** Why a case was archived, in words for citizens. */
export const archivedBecause: Record<z.infer<typeof archiveReason>, Text> = {
  "not-public-service": {
    id: "Isinya bukan tentang layanan publik.",
    en: "It is not about a public service.",
  },
  incomplete: { id: "Keterangannya belum cukup untuk ditangani.", en: "It does not tell enough to work on." },
  "duplicate-of": {
    id: "Laporan tentang hal yang sama sudah ada.",
    en: "There is a report about the same thing already.",
  },
  "private-matter": {
    id: "Isinya perkara pribadi, bukan tugas instansi.",
    en: "It is a private matter and no agency's task.",
  },
  abusive: {
    id: "Isinya menghina atau mengancam orang.",
    en: "It insults or threatens somebody.",
  },
  "under-court": {
    id: "Masalahnya sedang diperiksa pengadilan atau penegak hukum.",
    en: "A court or the police are looking into it.",
  },
};

/** What of a view says how a case ended. */
export interface EndedSeen {
  status: CaseStatus;
  statusText: string;
  clocks?: readonly { dueAt: string | null }[] | undefined;
  closure?: "confirmed" | "automatic" | undefined;
  appealUntil?: string | undefined;
  archiveReason?: z.infer<typeof archiveReason> | undefined;
  follows?: { trackingNumber: string; statusText: string } | undefined;
  objection?: { text: string } | undefined;
}

type Reading = "reporter" | "public";

function closedText(
  { closure, appealUntil, ...view }: EndedSeen,
  language: Language,
  reading: Reading,
): Hole {
  const byOneself = {
    reporter: { id: "Anda menyatakan laporan ini selesai.", en: "You confirmed that it is solved." },
    public: {
      id: "Pelapor menyatakan laporan ini selesai.",
      en: "The reporter confirmed that it is solved.",
    },
  }[reading];
  const byTime: Text = {
    id: "Laporan ini selesai otomatis, karena jawaban tidak ditanggapi sampai batas waktunya.",
    en: "It closed automatically, because nobody replied to the answer in time.",
  };
  const what = (closure === "automatic" ? byTime : byOneself)[language];
  if (reading === "public" || appealUntil === undefined) return what;
  const until = daySeen(appealUntil, zoneSeen(view), language);
  return html`${what} ${
    { id: "Belum beres? Anda dapat mengajukan banding sampai", en: "Not solved? You can appeal until" }[
      language
    ]
  } <b>${until}</b>.`;
}

/** The page of a case for everybody. */
const publicCase = (trackingNumber: string): string => `/laporan/${trackingNumber}`;

function archivedText(
  { archiveReason, follows, objection }: EndedSeen,
  language: Language,
  caseAt: (trackingNumber: string) => string,
): Hole {
  if (follows)
    return html`${{ id: "Laporan ini mengikuti laporan", en: "It follows report" }[language]} <a href="${pageIn(language, caseAt(follows.trackingNumber))}">${follows.trackingNumber}</a>: ${follows.statusText}.`;
  return html`${archiveReason && archivedBecause[archiveReason][language]} ${objection?.text}`;
}

/** How a case ended, and what can still be done. `caseAt`: where the case is that it follows, if not on its page for everybody. */
export function endingOf(view: EndedSeen, language: Language, reading: Reading, caseAt = publicCase): Hole {
  if (view.status === "closed") return closedText(view, language, reading);
  if (view.status === "archived") return archivedText(view, language, caseAt);
  if (view.objection) return view.objection.text;
  return reading === "reporter"
    ? {
        id: "Tidak ada lagi yang menanganinya. Publik tidak membaca isinya.",
        en: "Nobody works on it any more. The public does not read what it says.",
      }[language]
    : undefined;
}
