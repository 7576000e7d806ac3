import type { DirectoryStore } from "../../../directory/directory-store.ts";
import type { AbsenceNotice } from "../../mail-message.ts";
import { absenceNoticeMail } from "../../mails/absence-notice.ts";
import { type SendingStores, sendOnce } from "../send-once-flow.ts";

/** Mails an officer about an absence, their own or that of somebody in whose place they stand. Whoever left is not told. */
export async function tellOfAbsence(
  stores: SendingStores & { directory: Pick<DirectoryStore, "agency" | "officer"> },
  notice: AbsenceNotice,
  at: Date,
): Promise<void> {
  const { directory } = stores;
  const { absent, deputy, as, sequence } = notice;
  const to = as === "deputy" ? deputy : absent;
  const notification = { kind: "absence-notice", trackingNumber: absent, sequence, to } as const;
  await sendOnce(stores, notification, at, async () => {
    const [away, standIn] = await Promise.all([directory.officer(absent), directory.officer(deputy)]);
    const agency = away && (await directory.agency(away.agencyId));
    const [reader, other] = as === "deputy" ? [standIn, away] : [away, standIn];
    if (!reader || reader.dismissedAt || !other || !agency) return undefined;
    return absenceNoticeMail(notice, reader, other, { agency: agency.name, timeZone: agency.timeZone });
  });
}
