import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import { dropCookie, keepCookie } from "../../../shared/http/page/cookies.ts";
import type { Frame, Visit } from "../../../shared/http/page/visit.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { canBeKept, type Draft, draftSeconds, withValues } from "../../../shared/visitor/draft.ts";
import {
  beginDraft,
  changeDraft,
  type Held,
  openDraft,
  removeDraft,
} from "../../../shared/visitor/draft-flow.ts";
import type { DraftStore } from "../../../shared/visitor/draft-store.ts";
import { type CheckStep, stepChecks, tooLargeToKeep } from "./steps.ts";

/** The routes that the pages of a report ask. Without those that may be missing, a page has less to offer. */
export interface AskedByReport {
  submit: Endpoint;
  deadlines: Endpoint;
  agencies: Endpoint;
  categories: Endpoint;
  regions: Endpoint;
  suggestions?: Endpoint;
  duplicates?: Endpoint;
  support?: Endpoint;
}

/** Where a report is written. */
export interface ReportSurroundings {
  drafts: DraftStore;
  directory: DirectoryStore;
  /** Who verifies a report that names no agency. */
  verifyingAgency: string;
  /** Draws the QR code of a public address. */
  qrOf?: (address: string) => { size: number; path: string };
}

/** The draft of a visitor. `lost`: their cookie opens nothing any more. */
export interface Opened {
  held: Held | undefined;
  lost: boolean;
}

/** What all pages of a report share. */
export interface ReportDesk extends ReportSurroundings {
  frame: Frame;
  asked: AskedByReport;
  check: CheckStep;
  opened(visit: Visit): Promise<Opened>;
  /** Changes the draft of a visitor and stores it. Nothing changes in one that was sent. */
  change(held: Held, change: (before: Draft) => Draft): Promise<Held>;
  /** Stores what a step typed, in a fresh draft if there is none. Refuses what is too large to keep. */
  keep(held: Held | undefined, typed: Readonly<Record<string, string>>, visit: Visit): Promise<Held>;
  /** Notes that all that the visitor wrote lies in this draft. A page that fails from here on says so, and keeps its cookie. */
  isSaved(held: Held | undefined, visit: Visit): void;
  remove(held: Held): Promise<void>;
}

const name = "__Host-draf";

/** The cookie that holds the key of a draft. */
export const draftCookie = ({ secret }: Held): string => keepCookie(name, secret, draftSeconds);
export const noDraftCookie = (): string => dropCookie(name);

export function reportDesk(frame: Frame, asked: AskedByReport, surroundings: ReportSurroundings): ReportDesk {
  const { drafts, directory } = surroundings;
  const { now } = frame;
  const change: ReportDesk["change"] = (held, change) => changeDraft(drafts, held, change, now());
  const isSaved: ReportDesk["isSaved"] = (held, visit) => {
    if (!held || held.draft.sent) return;
    visit.saved = { cookies: [draftCookie(held)] };
    // Whatever shows the step again finds the draft, however new it is.
    visit.cookies.set(name, held.secret);
  };
  return {
    ...surroundings,
    frame,
    asked,
    check: stepChecks(directory, now),
    async opened({ cookies }) {
      const secret = cookies.get(name);
      const held = await openDraft(drafts, secret, now());
      return { held, lost: !!secret && !held };
    },
    change,
    isSaved,
    async keep(before = beginDraft(), typed, visit) {
      if (!canBeKept(withValues(before.draft, typed))) throw tooLargeToKeep(typed);
      const held = await change(before, (found) => (found.sent ? found : withValues(found, typed)));
      isSaved(held, visit);
      return held;
    },
    remove: (held) => removeDraft(drafts, held),
  };
}

/** What somebody is told who goes on with a report that another tab has sent. */
export const alreadySent = () =>
  new Refusal("conflict", {
    id: "Laporan ini sudah terkirim, mungkin dari tab lain. Perubahan ini tidak ikut terkirim. Nomor dan tanda terimanya masih dapat dibuka di bawah.",
    en: "This report has been sent already, perhaps from another tab. This change is not in it. Its number and receipt can still be opened below.",
  });

/** What somebody is told who begins a second report while a first one is a draft. */
export const anotherDraft = () =>
  new Refusal("conflict", {
    id: "Di peramban ini sudah ada draf lain, mungkin dari tab lain. Isian di halaman ini belum disimpan. Simpan sekali lagi untuk menggantikan draf itu, atau kirim dulu draf itu.",
    en: "This browser has another draft already, perhaps from another tab. What this page holds is not saved yet. Save it once more to replace that draft, or send that draft first.",
  });

/** What somebody is told whose draft is gone, while they send a later step. */
export const draftIsGone = () =>
  new Refusal("conflict", {
    id: "Draf Anda tidak ditemukan lagi: lewat 24 jam, dihapus, atau kuki peramban ini hilang. Isian di halaman ini sudah kami simpan sebagai draf baru. Mulai lagi dari cerita.",
    en: "Your draft is gone: 24 hours are over, it was deleted, or this browser has lost its cookie. What this page holds is saved as a new draft. Begin again with what happened.",
  });
