import { randomBytes } from "node:crypto";
import * as z from "zod";
import { type TimeZone, timeZones, zoneOffsetHours } from "../../deadline/calendar/time-zone.ts";
import type { Counting } from "../../deadline/clock.ts";
import { clockView, viewOfClock } from "../../deadline/clock-view.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import { successorOf, verifierFor } from "../../directory/succession-flow.ts";
import type { Language } from "../../language.ts";
import { metrics } from "../../platform/observability.ts";
import { Refusal } from "../../refusal.ts";
import { answerNotice, officeMailboxNotice } from "../../reporter/answer-notice.ts";
import type { Compared, Door } from "../../traffic/door-flow.ts";
import { submit, type Submitted } from "../case.ts";
import { opened } from "../clocks/case-clocks.ts";
import { countingOf } from "../clocks/counting-flow.ts";
import { newReceipt, receiptEntropy } from "../receipt/receipt.ts";
import type { CaseStore } from "../store/case-store.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../tracking-number.ts";
import { heldNotice } from "./held.ts";
import { keyHash, openForRetry, type RetryRecord, sealForRetry } from "./retry.ts";
import { checkAgainstDirectory, type ListedParts, type Submission } from "./submission.ts";

/** What a submission is answered with, and a repeat of it again. */
export const submissionAnswer = z.object({
  trackingNumber: z.string(),
  receipt: z.string(),
  status: z.literal("submitted"),
  clocks: z.array(clockView),
  /** What the reporter should know besides. Absent where there is nothing. */
  notices: z.array(answerNotice).min(1).optional(),
});
type SubmissionAnswer = z.input<typeof submissionAnswer>;

/** Where reports are taken. */
export interface Reception {
  cases: Pick<CaseStore, "submit" | "earlier">;
  directory: DirectoryStore;
  /** One for all channels: a flood is counted whichever of them it comes by. */
  door: Door;
  /** Who verifies a report that names no agency. */
  verifyingAgency: string;
  random?: (size: number) => Buffer;
}

/** How a report comes. */
export interface Sending {
  /** What it comes by. The metrics tell it, the case does not. */
  channel: "api" | "page" | "open311" | "counter" | "messenger";
  /** A version 4 UUID. It seals the receipt for a repeat, so it has to be random. */
  idempotencyKey: string;
  /** A solved challenge, where they brought one. */
  proof: string | undefined;
  network: string;
  language: Language;
  at: Date;
}

export interface Accepted {
  answer: SubmissionAnswer;
  /** Where the agency is that verifies the case. */
  timeZone: TimeZone;
  /** Whether this request opened the case. A repeat opens none. */
  isNew: boolean;
}

const attempts = 3;

const usedForAnother = () =>
  new Refusal("conflict", {
    id: "Idempotency-Key ini sudah dipakai untuk laporan lain. Buat kunci baru untuk laporan baru.",
    en: "This Idempotency-Key has been used for another report. Make a new key for a new report.",
  });

/** Refuses a report, or a part of one, that names what the directory does not have. Nothing is stored. */
export async function checkNames(directory: DirectoryStore, report: ListedParts, at: Date): Promise<void> {
  const { agencyId, location, category } = report;
  const [agency, regionPath, categoryName] = await Promise.all([
    agencyId && directory.agency(agencyId),
    location ? directory.regionPath(location.regionCode) : [],
    category && directory.categoryName(category),
  ]);
  const successor = agency && agency.closedAt ? await successorOf(directory, agency.id) : undefined;
  const open = !!agency && !agency.closedAt;
  checkAgainstDirectory(report, { agency: open, successor, regionPath, category: !!categoryName }, at);
}

/** An anonymous report is compared with those of everybody, and a secret one with none: the mark would tell where it comes from. */
const comparedAs = ({ anonymous, secret }: Submission): Compared => {
  if (secret) return "nowhere";
  return anonymous ? "everywhere" : "in-its-network";
};

/** Draws what is random of a case, and opens it. */
function draft(
  report: Submission,
  { random = randomBytes, verifyingAgency }: Reception,
  { language, at }: Sending,
  { counting, verifier, held }: { counting: Counting; verifier: string; held: boolean },
): { submitted: Submitted; answer: SubmissionAnswer } {
  const trackingNumber = newTrackingNumber(random(trackingNumberEntropy));
  const receipt = newReceipt(random(receiptEntropy));
  const salt = random(16).toString("base64url");
  const drafted = submit(report, {
    trackingNumber,
    receipt,
    salt,
    language,
    verifyingAgency,
    verifier,
    held,
    at,
  });
  const submitted = { ...drafted, case: opened(drafted.case, counting) };
  const clocks = submitted.case.clocks.map((one) => viewOfClock(one, at, counting, language));
  const { dueAt } = clocks.find(({ clock }) => clock === "verification") ?? {};
  const mailed = report.reporter?.email !== undefined;
  const notices = held ? [heldNotice({ mailed, dueAt, timeZone: counting.timeZone }, language)] : [];
  const answer = { trackingNumber, receipt, status: "submitted" as const, clocks };
  return { submitted, answer: { ...answer, ...(notices.length > 0 && { notices }) } };
}

/**
 * The answer with what it says about the reporter's address. This is never sealed for a repeat, which brings the address
 * again: the length of the seal would tell whose address is an office's.
 */
function withOwnNotices(answer: SubmissionAnswer, { reporter = {} }: Submission, language: Language) {
  const notices = [...officeMailboxNotice(reporter, language), ...(answer.notices ?? [])];
  return notices.length > 0 ? { ...answer, notices } : answer;
}

/** The zone in which the dates of an answer were counted. Another agency may verify by the time that a repeat comes. */
function zoneOf({ clocks: [first] }: SubmissionAnswer): TimeZone {
  const hours = Number(/([+-]\d\d):00$/.exec(first?.dueAt ?? "")?.[1]);
  return timeZones.find((zone) => zoneOffsetHours[zone] === hours) ?? "Asia/Jakarta";
}

/** The answer that the first of several equal submissions got. Undefined where that one said something else. */
const firstAnswer = (
  { idempotencyKey }: Sending,
  report: Submission,
  earlier: RetryRecord,
): SubmissionAnswer | undefined =>
  submissionAnswer.safeParse(openForRetry(earlier, idempotencyKey, report)).data;

async function openCase(reception: Reception, report: Submission, sending: Sending): Promise<Accepted> {
  const { cases, directory, door, verifyingAgency, random = randomBytes } = reception;
  const { channel, idempotencyKey, proof, network, language, at } = sending;
  await checkNames(directory, report, at);
  const text = `${report.title} ${report.text}`;
  const verifier = await verifierFor(directory, report.agencyId, verifyingAgency);
  const [counting, { alike: held, remember }] = await Promise.all([
    countingOf(directory, verifier),
    door.admit({ network, text, compared: comparedAs(report), proof, by: keyHash(idempotencyKey), at }),
  ]);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { submitted, answer } = draft(report, reception, sending, { counting, verifier, held });
    const retry = sealForRetry(idempotencyKey, report, answer, { at, nonce: random(12) });
    const outcome = await cases.submit(submitted, retry);
    if (outcome.stored) {
      metrics.addMetric(held ? "CaseHeld" : "CaseSubmitted", "Count", 1);
      metrics.addMetadata("channel", channel);
      await remember();
      return {
        answer: withOwnNotices(answer, report, language),
        timeZone: counting.timeZone,
        isNew: true,
      };
    }
    if (outcome.earlier) {
      const first = firstAnswer(sending, report, outcome.earlier);
      if (!first) throw usedForAnother();
      return { answer: withOwnNotices(first, report, language), timeZone: zoneOf(first), isNew: false };
    }
  }
  throw new Error(`No free tracking number in ${attempts} attempts`);
}

/** The answer to a repeat that would be refused by now, as to a report that comes for the first time. */
async function answerAgain(
  { cases }: Reception,
  report: Submission,
  sending: Sending,
): Promise<Accepted | undefined> {
  const earlier = await cases.earlier(keyHash(sending.idempotencyKey), sending.at);
  const first = earlier && firstAnswer(sending, report, earlier);
  if (!first) return undefined;
  return { answer: withOwnNotices(first, report, sending.language), timeZone: zoneOf(first), isNew: false };
}

/**
 * Opens a case, whatever channel the report comes by. The same key with the same report gets the same answer, receipt
 * included, also where the agency was closed or the traffic grew in between. A report that is held is never refused and never
 * lost: whoever verifies sees it with its mark, and its mails wait until an officer has looked.
 */
export async function submitReport(
  reception: Reception,
  report: Submission,
  sending: Sending,
): Promise<Accepted> {
  try {
    return await openCase(reception, report, sending);
  } catch (error) {
    const again = error instanceof Refusal ? await answerAgain(reception, report, sending) : undefined;
    if (again) return again;
    throw error;
  }
}
