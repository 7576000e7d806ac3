import { submissionAnswer } from "../../../shared/case/submission/submit-flow.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import type { Text } from "../../../shared/language.ts";
import { Refusal, type RefusalKind } from "../../../shared/refusal.ts";
import {
  type Draft,
  mostUnderway,
  othersUnderway,
  withoutUnderway,
  withSent,
  withUnderway,
} from "../../../shared/visitor/draft.ts";
import type { Held } from "../../../shared/visitor/draft-flow.ts";
import { reportBody } from "./body.ts";
import type { ReportDesk } from "./desk.ts";

/** What the API says of an office's mailbox names its own routes. This names the pages. */
const mailboxNotice: Text = {
  id: "Alamat email Anda milik kantor, kampus, atau sekolah. Pengelolanya dapat melihat bahwa kami mengirim email kepada Anda. Bila itu tidak aman, ganti alamatnya atau hentikan emailnya di laporan Anda.",
  en: "Your address belongs to an office, a university or a school. Whoever runs it can see that we write to you. If that is not safe, change the address or stop the emails in your report.",
};

type Body = Readonly<Record<string, unknown>>;
type Sent = NonNullable<Draft["sent"]>;

/** After these refusals this report was not stored. After any other fault nobody knows. */
const storesNothing: readonly RefusalKind[] = [
  "invalid-input",
  "proof-needed",
  "too-many-requests",
  "too-large",
  // Something else was.
  "conflict",
];

async function ask(
  desk: ReportDesk,
  { idempotencyKey, values }: Draft,
  body: Body,
  visit: Visit,
): Promise<Sent> {
  const {
    trackingNumber,
    receipt,
    clocks,
    notices = [],
  } = await visit.ask(
    desk.asked.submit,
    { body, idempotencyKey, headers: { "came-from": values.dari } },
    submissionAnswer,
  );
  const verification = clocks.find(({ clock }) => clock === "verification");
  const { explanation, dueDate } = verification ?? {};
  return {
    trackingNumber,
    receipt,
    notices: notices.map(({ code, text }) =>
      code === "office-mailbox" ? mailboxNotice[visit.language] : text,
    ),
    ...(explanation &&
      dueDate && {
        verification: {
          from: explanation.from,
          due: dueDate,
          skipped: explanation.skipped.map(({ date, why, name }) => ({ date, why, name })),
        },
      }),
  };
}

/** One of these says that what was asked for again is not what the key stands for. Another may be. */
const isAnother: readonly RefusalKind[] = ["conflict", "invalid-input"];

/**
 * The answer to what was sent earlier under the key of this draft, when the answer was lost and the draft was changed since. The
 * newest is asked for first. Undefined: the key stands for none of them.
 */
async function earlierAnswer(
  desk: ReportDesk,
  draft: Draft,
  body: Body,
  visit: Visit,
): Promise<Sent | undefined> {
  for (const earlier of othersUnderway(draft, body).toReversed())
    try {
      return { ...(await ask(desk, draft, earlier, visit)), before: true };
    } catch (error) {
      if (!(error instanceof Refusal && isAnother.includes(error.kind))) throw error;
    }
  return undefined;
}

/**
 * Sends the report of a draft under its key, and keeps what it got. However often it is sent, by however many tabs, there is one
 * case. The draft gets no other key: what is refused was not stored, so the key is free for the corrected report; and where one was
 * stored, another key would make a second case of it. Where too many were sent to keep one more, an earlier one is sent again: one
 * of them may be stored, and forgetting it would lose its receipt.
 */
export async function sendReport(desk: ReportDesk, held: Held, visit: Visit): Promise<Held> {
  const body = reportBody(held.draft.values);
  const keep = (from: Held, sent: Sent) =>
    desk.change(from, (before) => (before.sent ? before : withSent(before, sent)));
  if (!held.draft.sent && othersUnderway(held.draft, body).length >= mostUnderway) {
    const sent = await earlierAnswer(desk, held.draft, body, visit);
    if (sent) return keep(held, sent);
  }
  const noted = await desk.change(held, (before) => (before.sent ? before : withUnderway(before, body)));
  if (noted.draft.sent) return noted;
  try {
    return await keep(noted, await ask(desk, noted.draft, body, visit));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // A key that is refused as used stands for a stored report, so that asking for the earlier ones stores nothing.
    const sent = error.kind === "conflict" && (await earlierAnswer(desk, noted.draft, body, visit));
    if (sent) return keep(noted, sent);
    if (storesNothing.includes(error.kind))
      await desk.change(noted, (before) => withoutUnderway(before, body));
    throw error;
  }
}
