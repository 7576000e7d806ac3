import * as z from "zod";
import type { Counting } from "../../deadline/clock.ts";
import { say } from "../../language.ts";
import { Refusal, refuseFields } from "../../refusal.ts";
import { line, written } from "../../text/writing.ts";
import { type Act, type Case, handedTo, type Moved, moved } from "../case.ts";
import { endOfReplyWindow } from "../clocks/case-clocks.ts";
import { receiptHash } from "../receipt/receipt.ts";
import { paceAfter } from "./pace.ts";

export const replying = z.strictObject({ text: written(5_000) });

/** Adds what the reporter says. It answers an open question. After an answer it disputes that answer, and work goes on. */
export function reply(found: Case, { text }: z.output<typeof replying>, act: Act): Moved {
  switch (found.status) {
    case "awaiting-reporter":
      return moved(
        found,
        act,
        "replied",
        { text },
        { status: found.resumesAs ?? "submitted", resumesAs: undefined },
      );
    case "answered":
      return moved(found, act, "disputed", { text }, { status: "in-progress", replyUntil: undefined });
    default:
      return moved(found, act, "replied", { text });
  }
}

export const confirmation = z.strictObject({
  stars: z.int().min(1).max(5),
  comment: written(2_000).optional(),
});

/** A rating up to this one says that the case is not solved. */
const unsolved = 2;

/**
 * Rates the answer. Three stars and more close the case. One or two hand it to the head of the agency: that answer no longer
 * counts, so only the history keeps its rating.
 */
export function confirm(
  found: Case,
  { stars, comment }: z.output<typeof confirmation>,
  { counting, ...act }: Act & { counting: Counting },
): Moved {
  const { answerNumber } = found;
  const rating = { stars, ...(comment && { comment }), ...(answerNumber && { answer: answerNumber }) };
  if (stars <= unsolved)
    return moved(found, act, "reopened", rating, {
      status: "in-progress",
      awaits: "agency-head",
      replyUntil: undefined,
    });
  return moved(found, act, "confirmed", rating, {
    status: "closed",
    stars,
    closure: "confirmed",
    closedAt: act.at.toISOString(),
    replyUntil: undefined,
    appealUntil: endOfReplyWindow(found, act.at, counting),
  });
}

export const appealing = z.strictObject({ text: written(5_000) });

/** Refuses an appeal against a closed case whose window is over. */
export function refusalOfAppeal({ status, appealUntil }: Case, { at }: { at: Date }): Refusal | undefined {
  const until = status === "closed" ? appealUntil : undefined;
  if (until === undefined || at.getTime() <= Date.parse(until)) return undefined;
  return new Refusal("conflict", {
    id: "Masa banding untuk laporan ini sudah lewat. Anda dapat mengirim laporan baru dan menyebut nomor ini.",
    en: "The time to appeal has passed. You can send a new report and name this number.",
  });
}

/**
 * Takes an answer to the level above the unit that gave it: to `levelAbove`, or to the national administrator where
 * there is none. An answered case is appealed until it closes, a closed one until its window is over.
 */
export function appeal(
  found: Case,
  { text }: z.output<typeof appealing>,
  { levelAbove, verifyingAgency, ...act }: Act & { levelAbove: string | undefined; verifyingAgency: string },
): Moved {
  const objection = refusalOfAppeal(found, act);
  if (objection) throw objection;
  const { hop, holder } = handedTo(found, levelAbove ?? verifyingAgency, act.at);
  return moved(
    found,
    act,
    "appealed",
    { ...hop, text },
    {
      status: "in-progress",
      ...holder,
      awaits: levelAbove === undefined ? "national-admin" : undefined,
      replyUntil: undefined,
      appealUntil: undefined,
      closure: undefined,
      closedAt: undefined,
    },
  );
}

export const withdrawal = z.strictObject({ text: written(2_000).optional() });

/** Takes the report back. The public no longer sees what it is about. */
export const withdraw = (found: Case, { text }: z.output<typeof withdrawal>, act: Act): Moved =>
  moved(found, act, "withdrawn", text ? { text } : {}, {
    status: "withdrawn",
    awaits: undefined,
    resumesAs: undefined,
    replyUntil: undefined,
  });

export const redaction = z
  .strictObject({
    title: line(150).optional(),
    text: written(10_000).optional(),
    /** Hides the whole report from the public, as if it had been reported as secret. */
    hide: z.literal(true).optional(),
  })
  .refine(({ title, text, hide }) => (hide === true) !== (title !== undefined || text !== undefined), {
    path: ["text"],
    ...say(
      "Isi judul atau teks yang boleh dibaca umum, atau hide: true untuk menyembunyikan semuanya.",
      "Give the title or the text that the public may read, or hide: true to hide all of it.",
    ),
  });

/**
 * Replaces what the public sees of the report by new words of the reporter, or hides it. The original stays in the first
 * event, and those who work on the case read it there.
 */
export function redact(found: Case, { title, text, hide }: z.output<typeof redaction>, act: Act): Moved {
  if (hide && found.redaction === "hidden")
    throw new Refusal("conflict", {
      id: "Isi laporan ini sudah disembunyikan dari publik.",
      en: "The content of this report is hidden from the public already.",
    });
  // A hidden report is shown again only in new words: leaving a field out must not bring the original back.
  if (found.redaction === "hidden" && (title === undefined || text === undefined))
    throw refuseFields(
      [title === undefined && "title", text === undefined && "text"]
        .filter((path) => path !== false)
        .map((path) => ({
          in: "body",
          path,
          message: {
            id: "Isi laporan ini disembunyikan. Tulis judul dan teks baru supaya dapat dibaca publik lagi.",
            en: "The content of this report is hidden. Write a new title and text to show it to the public again.",
          },
        })),
    );
  return moved(
    found,
    act,
    "redacted",
    { ...(title && { title }), ...(text && { text }), ...(hide && { hide }) },
    hide
      ? { redaction: "hidden", publicTitle: undefined }
      : { redaction: "reworded", publicTitle: title ?? found.publicTitle },
  );
}

export const consenting = z.strictObject({});

/** Refuses a second consent to a referral. */
export const refusalOfConsent = ({ consentedAt }: Case): Refusal | undefined =>
  consentedAt === undefined
    ? undefined
    : new Refusal("conflict", {
        id: "Anda sudah menyetujui penerusan laporan ini ke Ombudsman.",
        en: "You have already agreed that this case may be given to the Ombudsman.",
      });

/** Records that the reporter lets the case be given to the Ombudsman. Refuses a second consent. */
export function consent(found: Case, _: z.output<typeof consenting>, act: Act): Moved {
  const objection = refusalOfConsent(found);
  if (objection) throw objection;
  return moved(found, act, "consented", {}, { consentedAt: act.at.toISOString() });
}

/** Replaces the receipt of a case. This is no move: it is legal in every situation and changes nothing else. */
export const rotateReceipt = (found: Case, receipt: string, act: Act): Moved =>
  moved(
    found,
    act,
    "receipt-rotated",
    {},
    {
      receiptHash: receiptHash(receipt, found.trackingNumber),
      pace: paceAfter(found, "rotations", act.at),
    },
  );
