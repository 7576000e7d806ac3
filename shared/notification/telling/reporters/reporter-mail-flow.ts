import type { ReporterStore } from "../../../reporter/reporter-store.ts";
import type { TrafficStore } from "../../../traffic/traffic-store.ts";
import type { Stopping, StopTokens } from "../../addresses/unsubscribe-flow.ts";
import type { MailSettings } from "../../mail-settings.ts";
import type { Mail } from "../../mails/mail.ts";
import type { ToReporter } from "../../mails/notice.ts";
import { stoppable } from "../../mails/stopping.ts";

/** The stores that every mail to a reporter's address needs. */
export interface ReporterAddressStores {
  reporters: ReporterStore;
  traffic: Pick<TrafficStore, "count">;
  stopTokens: Pick<StopTokens, "of">;
}

/** The reporter of a case, if they left an address and mails go to it. */
export async function mailedReporter(reporters: Pick<ReporterStore, "find">, trackingNumber: string) {
  const reporter = await reporters.find(trackingNumber);
  if (reporter?.email === undefined || reporter.mailsStopped || reporter.addressOff) return undefined;
  const { email, language, addressRound: round = 0 } = reporter;
  return { ...reporter, email, language, stopping: { trackingNumber, round } };
}
export type MailedReporter = NonNullable<Awaited<ReturnType<typeof mailedReporter>>>;

/** Adds to a mail how its reader stops further ones. */
export async function withStop(
  { stopTokens }: Pick<ReporterAddressStores, "stopTokens">,
  mail: Mail,
  {
    language,
    stopping,
    lastOfDay = false,
  }: Pick<ToReporter, "language"> & { stopping: Stopping; lastOfDay?: boolean },
  { siteUrl }: Pick<MailSettings, "siteUrl">,
): Promise<Mail> {
  const url = siteUrl && new URL(`/v1/unsubscribe/${await stopTokens.of(stopping)}`, siteUrl).toString();
  return stoppable(mail, { language, url, lastOfDay });
}
