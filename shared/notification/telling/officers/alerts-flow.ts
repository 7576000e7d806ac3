import { countingOf } from "../../../case/clocks/counting-flow.ts";
import type { DirectoryStore } from "../../../directory/directory-store.ts";
import type { MailSettings } from "../../mail-settings.ts";
import type { About } from "../../mails/about.ts";
import { aboutOf, type AboutStores } from "../../mails/about-flow.ts";
import type { EventName } from "../../notification.ts";
import { gather, type PilingStores } from "../../piles/gather-flow.ts";
import { isUrgent } from "../../piles/pile.ts";
import type { Recipient } from "../../recipients/recipients.ts";
import { alertedOf } from "../../recipients/recipients-flow.ts";
import { each } from "../each.ts";
import { type CurrentAlert, currentAlerts } from "./current-alerts.ts";

interface Alerted {
  recipient: Recipient;
  alerts: CurrentAlert[];
}

/** Who has to be told of the alerts of an event now, and of which. */
export async function alertedNow(
  directory: DirectoryStore,
  { case: found, event }: About,
  { verifyingAgency }: Pick<MailSettings, "verifyingAgency">,
  at: Date,
): Promise<Alerted[]> {
  if (event.type !== "warned") throw new Error("This event is no alert");
  const reading = await countingOf(directory, found.holder);
  const alerts = currentAlerts(found, event.content.alerts, at, reading);
  return alertedOf(directory, alerts, found, verifyingAgency, at);
}

/** Puts the alerts of an event on the piles of these people. */
export const gatherAlerts = (
  stores: PilingStores,
  { trackingNumber, sequence }: EventName,
  told: readonly Alerted[],
  { gathering }: Pick<MailSettings, "gathering">,
  at: Date,
): Promise<void> =>
  each(
    told.map(({ recipient, alerts }) => {
      const notification = { kind: "deadline-alert", trackingNumber, sequence, to: recipient.id } as const;
      const urgent = alerts.some(({ stage }) => isUrgent(stage));
      return gather(stores, notification, recipient, { urgent }, gathering, at);
    }),
  );

/** Gathers the alerts of an event for whoever has to be told of them now. */
export async function alertOfficers(
  stores: AboutStores & PilingStores,
  event: EventName,
  settings: MailSettings,
  at: Date,
): Promise<void> {
  const about = await aboutOf(stores, event, settings.siteUrl);
  const told = await alertedNow(stores.directory, about, settings, at);
  await gatherAlerts(stores, event, told, settings, at);
}
