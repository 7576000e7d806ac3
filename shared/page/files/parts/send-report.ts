import type { PhoneReport, Shelf } from "./kept.ts";

/** So long an attempt may take on a slow line. The hold lasts a little longer, so that nobody else sends meanwhile. */
const patience = 60_000;
const hold = patience + 10_000;

const firstPause = 5_000;
const longestPause = 10 * 60_000;

/** The pause after so many attempts: it doubles, up to ten minutes. */
export const pauseAfter = (tries: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.max(0, tries - 1));

/** The milliseconds that an answer asks to wait: seconds or a date, as HTTP has it. */
export function askedPause(retryAfter: string | null, now: number): number {
  if (!retryAfter) return 0;
  const seconds = Number(retryAfter);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
  return wait > 0 ? wait : 0;
}

interface ReportProblem {
  detail?: string;
  errors?: { path: string; message: string }[];
  challenges?: string;
  trackingNumber?: string;
  receipt?: string;
}

/** Statuses that pass by themselves. Any other refusal is about what was written, and waits for the person. */
const passes = (status: number): boolean => status >= 500 || [408, 409, 425, 428, 429].includes(status);

/** Only our own address gives challenges, whatever an answer says. */
const challengesIn = ({ challenges = "/v1/challenges" }: ReportProblem): string =>
  challenges.startsWith("/v1/challenges") ? challenges : "/v1/challenges";

const refusalOf = (status: number, { detail, errors }: ReportProblem): PhoneReport["refusal"] => ({
  status,
  ...(detail !== undefined && { detail }),
  ...(errors && { errors: errors.map(({ path, message }) => ({ path, message })) }),
});

/** What becomes of a report with an answer, or without one. */
export function afterAnswer(
  { refusal: _, challenges: __, ...report }: PhoneReport,
  answer: { status: number; retryAfter: string | null; body: ReportProblem } | undefined,
  now: number,
): PhoneReport {
  const waits = { ...report, heldUntil: 0, nextAt: now + pauseAfter(report.tries) };
  if (!answer) return { ...waits, refusal: { status: 0 } };
  const { status, retryAfter, body } = answer;
  const { trackingNumber, receipt } = body;
  if (status === 201 && trackingNumber && receipt) {
    // The text is safe where it belongs: it leaves the phone.
    const { body: _sent, ...rest } = waits;
    return { ...rest, values: {}, state: "answered", answer: { trackingNumber, receipt } };
  }
  const refusal = refusalOf(status, body);
  if (status === 428) return { ...waits, nextAt: now, refusal, challenges: challengesIn(body) };
  if (passes(status) || status < 400)
    return { ...waits, nextAt: Math.max(waits.nextAt, now + askedPause(retryAfter, now)), refusal };
  return { ...waits, state: "writing", refusal };
}

async function post(report: PhoneReport, proof: string | undefined, signal: AbortSignal) {
  const response = await fetch("/v1/cases", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "accept-language": report.language,
      "idempotency-key": report.id,
      ...(proof && { "proof-of-work": proof }),
    },
    body: report.body ?? "",
    // The API knows nobody by a cookie, and an answer must be found in no cache.
    credentials: "omit",
    cache: "no-store",
    signal,
  });
  // What stands between the phone and the API may answer with a page of its own: then the status alone decides.
  const body = (await response.json().catch(() => ({}))) as ReportProblem;
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body };
}

/**
 * Sends a waiting report once, if its time has come and nobody else is sending it. A lost answer is asked for again with the same
 * key, and the server gives the same receipt.
 */
export async function sendWaiting(
  reports: Shelf<PhoneReport>,
  id: string,
  { proof, stopped }: { proof?: string; stopped?: AbortController } = {},
): Promise<PhoneReport | undefined> {
  const now = Date.now();
  let mine = false;
  const report = await reports.change(id, (was) => {
    mine =
      was?.state === "waiting" && was.heldUntil <= now && was.nextAt <= now && (!was.challenges || !!proof);
    return was && mine ? { ...was, heldUntil: now + hold, tries: was.tries + 1 } : was;
  });
  if (!report || !mine) return report;
  const controller = stopped ?? new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  // No line, a line that breaks, or none that answers in time: nobody knows whether it has arrived, so it is sent again as it is.
  const answer = await post(report, proof, controller.signal).catch(() => undefined);
  clearTimeout(timer);
  return reports.change(id, (was) => (was?.state === "waiting" ? afterAnswer(was, answer, Date.now()) : was));
}
