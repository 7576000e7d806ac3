import * as z from "zod";
import { type Clock, type Counting, extended, stateOf } from "../../deadline/clock.ts";
import type { Office } from "../../deadline/office.ts";
import { say } from "../../language.ts";
import { Refusal, refuseFields } from "../../refusal.ts";
import { written } from "../../text/writing.ts";
import { type Act, type Case, handedOn, type Moved, moved } from "../case.ts";
import { endOfReplyWindow } from "../clocks/case-clocks.ts";
import { archiveReason } from "../history.ts";
import { trackingNumber } from "../tracking-number.ts";

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
      {
        in: "body",
        path: "duplicateOf",
        message: {
          id: "Tidak ada laporan lain dengan nomor pelacakan ini.",
          en: "There is no other report with this tracking number.",
        },
      },
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
