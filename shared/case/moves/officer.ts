import * as z from "zod";
import { type Clock, type Counting, extended, stateOf } from "../../deadline/clock.ts";
import type { Office } from "../../deadline/office.ts";
import { caseClass } from "../../deadline/policy.ts";
import type { Officer } from "../../directory/directory.ts";
import { say, type Text } from "../../language.ts";
import { type FieldRefusal, Refusal, refuseFields } from "../../refusal.ts";
import { agencyId } from "../../text/id.ts";
import { line, lookedUp, written } from "../../text/writing.ts";
import { type Act, type Case, handedOn, handedTo, type Moved, moved } from "../case.ts";
import { endOfReplyWindow } from "../clocks/case-clocks.ts";
import { archiveReason } from "../history.ts";
import { trackingNumber } from "../tracking-number.ts";
import { mayEver } from "./table.ts";

const wrong = (path: string, message: Text): FieldRefusal => ({ in: "body", path, message });

/** An agency that a case may go to. */
export interface Target {
  id: string;
  /** The agencies from itself to the top. */
  path: readonly string[];
  closed: boolean;
}

/** The agency under which an officer may hand cases on, or "anywhere". */
export type Territory = string;

/** Where an officer who verifies or assigns may hand cases on. */
export const territoryOf = ({ role, agencyId }: Officer, move: "verify" | "assign"): Territory =>
  mayEver(move, { role, own: false }) ? "anywhere" : agencyId;

/** What is wrong with a target: it is not there, is closed, has the case already, or stands outside the officer's part of the tree. */
function refuseTarget(target: Target | undefined, found: Case, within: Territory): FieldRefusal[] {
  if (!target)
    return [
      wrong("agencyId", {
        id: "Instansi ini tidak ada dalam daftar. Lihat /v1/agencies.",
        en: "This agency is not on the list. See /v1/agencies.",
      }),
    ];
  if (within !== "anywhere" && !target.path.includes(within))
    return [
      wrong("agencyId", {
        id: "Instansi ini bukan instansi Anda atau unit di bawahnya. Bila bukan kewenangan Anda, kembalikan laporan ini.",
        en: "This agency is neither yours nor below yours. If the case is not yours to handle, return it.",
      }),
    ];
  if (target.closed)
    return [
      wrong("agencyId", {
        id: "Instansi ini sudah ditutup dan tidak menerima laporan.",
        en: "This agency has been closed and takes no cases.",
      }),
    ];
  if (target.id === found.holder && found.status !== "submitted")
    return [
      wrong("agencyId", {
        id: "Laporan ini sudah berada di instansi tersebut.",
        en: "This agency has the case already.",
      }),
    ];
  return [];
}

export const verification = z.strictObject({
  class: caseClass.optional(),
  category: lookedUp(250).optional(),
  /** Berkadar pengawasan: a complaint that needs an examination. */
  supervised: z.boolean().default(false),
  /** A formal request under UU 14/2008, which the reporter asked for or agreed to. */
  formal: z.boolean().default(false),
  title: line(150).optional(),
  /** Assigns it at once. */
  agencyId: agencyId.optional(),
});
export type Verification = z.output<typeof verification>;

/**
 * Accepts a case: sets its class, its category and whether it is supervised, and may correct its title. A case whose agency
 * is known is assigned by the same move: to the agency that the reporter named, whoever verifies it. Any other waits to be
 * assigned. `named` is the open agency that has come in the place of the named one.
 */
export function verify(
  found: Case,
  { class: kind = found.class, category, supervised, formal, title, agencyId: to }: Verification,
  {
    target,
    knownCategory,
    within,
    verifyingAgency,
    named,
    ...act
  }: Act & {
    target: Target | undefined;
    knownCategory: boolean;
    within: Territory;
    verifyingAgency: string;
    named?: string | undefined;
  },
): Moved {
  const fields = [
    ...(category !== undefined && !knownCategory
      ? [
          wrong("category", {
            id: "Kategori ini tidak ada dalam daftar. Lihat /v1/categories.",
            en: "This category is not on the list. See /v1/categories.",
          }),
        ]
      : []),
    ...(supervised && kind !== "complaint"
      ? [
          wrong("supervised", {
            id: "Hanya pengaduan yang dapat berkadar pengawasan.",
            en: "Only a complaint can be supervised.",
          }),
        ]
      : []),
    ...(formal && kind !== "information-request"
      ? [
          wrong("formal", {
            id: "Hanya permintaan informasi yang dapat menjadi permohonan informasi publik resmi.",
            en: "Only an information request can be a formal one.",
          }),
        ]
      : []),
    ...(to !== undefined ? refuseTarget(target, found, within) : []),
  ];
  if (fields.length > 0) throw refuseFields(fields);

  const waitsAtVerifier = found.holder === verifyingAgency && found.agencyId !== found.holder;
  const holder = waitsAtVerifier ? undefined : found.holder;
  // Once an agency has said that the case is not its to handle, the reporter's word for where it belongs counts no more.
  const assignedTo = to ?? (found.returns === 0 ? named : undefined) ?? holder;
  const handed = handedTo(found, assignedTo ?? found.holder, act.at);
  const corrected = title !== undefined && title !== found.title;
  const originalTitle = corrected ? { originalTitle: found.originalTitle ?? found.title } : {};
  return moved(
    found,
    act,
    "verified",
    {
      class: kind,
      category: category ?? found.category,
      supervised,
      ...(formal && { formal }),
      title: title ?? found.title,
      ...originalTitle,
      ...(assignedTo && { to: assignedTo }),
      heldSeconds: handed.hop.heldSeconds,
    },
    {
      class: kind,
      category: category ?? found.category,
      supervised,
      ...(formal && { formal }),
      title: title ?? found.title,
      ...originalTitle,
      verifiedAt: act.at.toISOString(),
      held: undefined,
      ...(assignedTo && { status: "assigned", ...handed.holder }),
    },
  );
}

export const assignment = z.strictObject({ agencyId, note: written(2_000).optional() });

/** Hands a case down the agency tree; the national administrator hands it anywhere. */
export function assign(
  found: Case,
  { agencyId: _, note }: z.output<typeof assignment>,
  { target, within, ...act }: Act & { target: Target | undefined; within: Territory },
): Moved {
  const fields = refuseTarget(target, found, within);
  if (!target || fields.length > 0) throw refuseFields(fields);
  const { hop, holder } = handedTo(found, target.id, act.at);
  return moved(
    found,
    act,
    "assigned",
    { ...hop, ...(note && { note }) },
    { status: "assigned", ...holder, awaits: undefined },
  );
}

/** How often a case may come back before the national administrator alone decides where it belongs. */
const returnsUntilDecision = 3;

export const returning = z.strictObject({ reason: written(2_000) });

const atTheTop = () =>
  new Refusal("conflict", {
    id: "Laporan ini sudah di tingkat teratas. Disposisikan kepada instansi yang berwenang.",
    en: "This case is at the top already. Assign it to the agency that is in charge.",
  });

/** Where a returned case goes: one level up, or to the verifying agency, which has the last word. */
function returnedTo(
  { returns }: Case,
  { levelAbove, verifyingAgency }: { levelAbove: string | undefined; verifyingAgency: string },
) {
  const toNational = returns + 1 >= returnsUntilDecision || levelAbove === undefined;
  return { to: toNational ? verifyingAgency : levelAbove, toNational };
}

/** Refuses to return a case that is at the top already. */
export const refusalOfReturn = (
  found: Case,
  { levelAbove, verifyingAgency }: { levelAbove: string | undefined; verifyingAgency: string },
): Refusal | undefined =>
  returnedTo(found, { levelAbove, verifyingAgency }).to === found.holder ? atTheTop() : undefined;

/**
 * "Bukan kewenangan": the case goes one level up, to `levelAbove`, or to the verifying agency where there is none. From the
 * third time on it goes to the national administrator, who decides.
 */
export function returnCase(
  found: Case,
  { reason }: z.output<typeof returning>,
  {
    from = found.holder,
    levelAbove,
    verifyingAgency,
    ...act
  }: Act & {
    /** The agency that says so: the one that has the case, or the one that the reporter named. */
    from?: string;
    levelAbove: string | undefined;
    verifyingAgency: string;
  },
): Moved {
  const returns = found.returns + 1;
  const { to, toNational } = returnedTo(found, { levelAbove, verifyingAgency });
  if (to === from) throw atTheTop();
  const { hop, holder } = handedTo({ ...found, holder: from }, to, act.at);
  return moved(
    found,
    act,
    "returned",
    { ...hop, reason, count: returns },
    {
      returns,
      ...holder,
      status: toNational || found.status === "submitted" ? "submitted" : "assigned",
      ...(returns >= returnsUntilDecision && found.verifiedAt && { awaits: "national-admin" }),
    },
  );
}

export const question = z.strictObject({ text: written(5_000) });

/** Asks the reporter for what is missing. Nobody else has to act until they reply. */
export const ask = (found: Case, { text }: z.output<typeof question>, act: Act): Moved =>
  moved(found, act, "asked", { text }, { status: "awaiting-reporter", resumesAs: found.status });

export const progressNote = z.strictObject({ text: written(5_000) });

/** Tells everybody what is being done. */
export const progress = (found: Case, { text }: z.output<typeof progressNote>, act: Act): Moved =>
  moved(found, act, "progressed", { text }, { status: "in-progress", awaits: undefined });

export const internalNote = z.strictObject({ text: written(5_000) });

/** Adds a note among officers. Neither the public nor the reporter ever sees it. The case stays as it is. */
export const addNote = (found: Case, { text }: z.output<typeof internalNote>, act: Act): Moved =>
  moved(found, act, "noted", { text });

/** The fewest letters and digits of an answer: a shorter one helps nobody. */
const substance = 20;

export const answering = z.strictObject({
  text: written(10_000).refine(
    (text) => [...text].filter((character) => /[\p{L}\p{N}]/u.test(character)).length >= substance,
    say(
      "Jelaskan apa yang sudah dilakukan atau jawabannya, paling sedikit 20 huruf.",
      "Say what was done or what the answer is, in at least 20 letters.",
    ),
  ),
  /** Ids of attachments of this case. */
  evidence: z.array(z.string().max(80)).max(5).default([]),
});

/** Answers the report. The reporter may answer back until `replyUntil`. */
export function answer(
  found: Case,
  { text, evidence }: z.output<typeof answering>,
  { counting, ...act }: Act & { counting: Counting },
): Moved {
  const replyUntil = endOfReplyWindow(found, act.at, counting);
  return moved(
    found,
    act,
    "answered",
    { text, evidence, replyUntil },
    {
      status: "answered",
      replyUntil,
      answeredBy: found.holder,
      answerNumber: found.version + 1,
      awaits: undefined,
    },
  );
}

export const archiving = z
  .strictObject({
    reason: archiveReason,
    text: written(2_000),
    duplicateOf: trackingNumber.optional(),
  })
  .refine(({ reason, duplicateOf }) => (reason === "duplicate-of") === (duplicateOf !== undefined), {
    path: ["duplicateOf"],
    ...say(
      "Isi nomor pelacakan laporan yang sama, hanya bila alasannya duplicate-of.",
      "Give the tracking number of the same report, and only where the reason is duplicate-of.",
    ),
  });

/** Takes a case out of work for a reason on the closed list. `original` is the case that it repeats, if there is one. */
export function archive(
  found: Case,
  { reason, text, duplicateOf }: z.output<typeof archiving>,
  {
    original,
    objectUntil,
    ...act
  }: Act & {
    original: Case | undefined;
    /** Until when the reporter may object. */
    objectUntil: string;
  },
): Moved {
  if (duplicateOf !== undefined && (!original || duplicateOf === found.trackingNumber))
    throw refuseFields([
      wrong("duplicateOf", {
        id: "Tidak ada laporan lain dengan nomor pelacakan ini.",
        en: "There is no other report with this tracking number.",
      }),
    ]);
  return moved(
    found,
    act,
    "archived",
    { reason, text, ...(duplicateOf && { duplicateOf }), objectUntil },
    {
      status: "archived",
      archiveReason: reason,
      duplicateOf,
      objectUntil,
      resumesAs: found.status === "awaiting-reporter" ? found.resumesAs : found.status,
    },
  );
}

export const restoration = z.strictObject({ text: written(2_000) });

/**
 * Puts an archived case back to the status that it was archived from. It goes to `inPlace`, the open agency that has come in
 * the place of the one that had it.
 */
export function restore(
  found: Case,
  { text }: z.output<typeof restoration>,
  { inPlace = found.holder, ...act }: Act & { inPlace?: string },
): Moved {
  const { hop, holder } = handedOn(found, inPlace, act.at);
  return moved(
    found,
    act,
    "restored",
    { ...hop, text },
    {
      ...holder,
      status: found.resumesAs ?? "submitted",
      archiveReason: undefined,
      duplicateOf: undefined,
      resumesAs: undefined,
    },
  );
}

export const referral = z.strictObject({ text: written(2_000) });

/** What stands in the way of a referral: a consent that is missing, a limit that has not passed, an earlier referral. */
export function refusalOfReferral(
  found: Case,
  { at, office }: { at: Date; office: Office },
): Refusal | undefined {
  if (!found.consentedAt)
    return new Refusal("conflict", {
      id: "Pelapor belum menyetujui penerusan laporan ini ke Ombudsman.",
      en: "The reporter has not agreed that this case is given to the Ombudsman.",
    });
  const isLate = found.clocks.some(
    (one) => one.name === "completion" && stateOf(one, at, office) === "missed",
  );
  if (!isLate)
    return new Refusal("conflict", {
      id: "Batas waktu penyelesaian laporan ini belum lewat, jadi belum dapat diteruskan ke Ombudsman.",
      en: "The completion limit of this case has not passed, so it cannot be given to the Ombudsman yet.",
    });
  if (found.referredAt)
    return new Refusal("conflict", {
      id: "Laporan ini sudah diteruskan ke Ombudsman.",
      en: "This case has been given to the Ombudsman already.",
    });
  return undefined;
}

/** Gives the case to the Ombudsman, once. Refuses before its completion limit has passed, and unless its reporter agreed. */
export function refer(
  found: Case,
  { text }: z.output<typeof referral>,
  { office, ...act }: Act & { office: Office },
): Moved {
  const objection = refusalOfReferral(found, { at: act.at, office });
  if (objection) throw objection;
  return moved(found, act, "referred", { text }, { referredAt: act.at.toISOString() });
}

/** Hands a case of a closed agency to its successor, which goes on with it where it stands. */
export function handOver(found: Case, to: string, act: Act): Moved {
  const { hop, holder } = handedTo(found, to, act.at);
  return moved(found, act, "handed-over", hop, holder);
}

/** Passes a case on from an agency where nobody is left who may verify it or decide on the objection, to one where somebody may. */
export function passUp(found: Case, to: string, act: Act): Moved {
  const { hop, holder } = handedTo(found, to, act.at);
  return moved(found, act, "passed-up", hop, holder);
}

export const extension = z.strictObject({ text: written(2_000) });

/** The clock that can be extended, and by how many days. Or why none can be. */
function extendable(
  found: Case,
  { at, office }: { at: Date; office: Office },
): { clock: Clock; days: number } | Refusal {
  const clock = found.clocks.find(({ name, endedAt }) => name === "completion" && endedAt === undefined);
  const days = clock?.limit.extendableBy;
  if (!clock || days === undefined)
    return new Refusal("conflict", {
      id: "Hanya batas waktu permohonan informasi publik resmi yang dapat diperpanjang.",
      en: "Only the limit of a formal information request can be extended.",
    });
  if (clock.extendedBy !== undefined)
    return new Refusal("conflict", {
      id: "Batas waktu laporan ini sudah pernah diperpanjang.",
      en: "The limit of this case has been extended already.",
    });
  if (stateOf(clock, at, office) !== "running")
    return new Refusal("conflict", {
      id: "Batas waktu laporan ini sudah lewat dan tidak dapat diperpanjang lagi.",
      en: "The limit of this case has passed and can no longer be extended.",
    });
  return { clock, days };
}

/** What stands in the way of an extension: a limit that cannot be extended, that was extended, or that has passed. */
export function refusalOfExtension(found: Case, when: { at: Date; office: Office }): Refusal | undefined {
  const clockOrRefusal = extendable(found, when);
  return clockOrRefusal instanceof Refusal ? clockOrRefusal : undefined;
}

/**
 * Gives a formal information request the further working days of UU 14/2008, once. The reporter is sent the written reason.
 * Refuses a limit that cannot be extended, and one that has passed.
 */
export function extend(
  found: Case,
  { text }: z.output<typeof extension>,
  { office, ...act }: Act & { office: Office },
): Moved {
  const clockOrRefusal = extendable(found, { at: act.at, office });
  if (clockOrRefusal instanceof Refusal) throw clockOrRefusal;
  const { clock, days } = clockOrRefusal;
  const longer = extended(clock, days, act.at.toISOString(), office);
  return moved(
    found,
    act,
    "extended",
    { text, days, due: longer.due ?? "" },
    { clocks: found.clocks.map((one) => (one === clock ? longer : one)) },
  );
}
