import type { Route } from "../../../shared/http/endpoint.ts";
import { dropCookie, sentCookies } from "../../../shared/http/page/cookies.ts";
import { valueOf } from "../../../shared/http/page/form.ts";
import { actionAt, seeOther } from "../../../shared/http/page/route.ts";
import { allClosed } from "../../../shared/http/page/session.ts";
import type { Frame, Visit } from "../../../shared/http/page/visit.ts";
import { neutralSite } from "../../../shared/page/layout.ts";
import { errorForLog, logger } from "../../../shared/platform/observability.ts";
import { openDraft, removeDraft } from "../../../shared/visitor/draft-flow.ts";
import type { DraftStore } from "../../../shared/visitor/draft-store.ts";

const drafts = "__Host-draf";
/** By its name for the day somebody could try out which reports this device supported. */
const device = dropCookie("__Host-perangkat");

/**
 * Forgets the draft of whoever leaves. A report that was sent shows its receipt there. One that is still being written stays, unless
 * they leave quickly. Nobody is kept from leaving: what cannot be read is forgotten by the browser.
 */
async function draftForgotten(
  { now }: Frame,
  store: DraftStore,
  { event, requestId }: Visit,
  isQuick: boolean,
): Promise<string[]> {
  const secret = sentCookies(event.cookies).get(drafts);
  try {
    const held = await openDraft(store, secret, now());
    if (held && !isQuick && !held.draft.sent) return [];
    if (held) await removeDraft(store, held);
  } catch (error) {
    logger.error("draft not removed", { requestId, error: errorForLog(error) });
  }
  return isQuick || secret !== undefined ? [dropCookie(drafts)] : [];
}

/** `/keluar` closes every case that the visitor has open. `/keluar-cepat` forgets their draft too, and leads away. */
export const leavePages = (frame: Frame, store: DraftStore): Route[] => [
  ...actionAt(frame, "/keluar", {}, async (_, visit) =>
    seeOther("/lacak?sesi=keluar", visit.language, [
      allClosed(),
      device,
      ...(await draftForgotten(frame, store, visit, false)),
    ]),
  ),
  ...actionAt(frame, "/keluar-cepat", {}, async (_, visit, values) => {
    const cookies = [allClosed(), device, ...(await draftForgotten(frame, store, visit, true))];
    const headers = { "clear-site-data": '"cache"' };
    // A script that has left already follows no answer.
    if (valueOf(values, "diam") === "ya") return { status: 204, headers, cookies };
    return { status: 303, headers: { location: neutralSite, ...headers }, cookies };
  }),
];
