import type { CaseStore } from "../../case/store/case-store.ts";
import { asRead } from "../../case/views/reading/as-read.ts";
import type { DirectoryStore } from "../../directory/directory-store.ts";
import type { EventName } from "../notification.ts";
import { agencyOf } from "../recipients/recipients.ts";
import { refuseUnknown } from "../telling/unknown-flow.ts";
import type { About } from "./about.ts";

/** The stores that an event is read from. */
export interface AboutStores {
  cases: Pick<CaseStore, "find">;
  directory: DirectoryStore;
}

/** The same store, which reads each case once: what one message does tells of the case as it was read first. */
export function readingOnce<C extends Pick<CaseStore, "find">>(cases: C): C {
  const found = new Map<string, ReturnType<CaseStore["find"]>>();
  const find: CaseStore["find"] = (trackingNumber) => {
    const file = found.get(trackingNumber) ?? cases.find(trackingNumber);
    found.set(trackingNumber, file);
    return file;
  };
  return { ...cases, find };
}

/** Reads what a mail about an event tells of, as it is now. */
export async function aboutOf(
  { cases, directory }: AboutStores,
  { trackingNumber, sequence }: EventName,
  siteUrl: string | undefined,
): Promise<About> {
  const file = await cases.find(trackingNumber);
  const event = file?.events[sequence - 1];
  if (!file || !event) throw new Error("The case or the event of this notification is not there");
  refuseUnknown(event);
  const agency = await directory.agency(agencyOf(event, file.case.holder));
  if (!agency) throw new Error("The directory does not have the agency of this notification");
  return { case: file.case, event, asRead: asRead(file.events).get(sequence), agency, siteUrl };
}

/** Tells whether an event only hands a case down within the agency that the reporter knows to have it. */
export async function isInternalHop(
  directory: Pick<DirectoryStore, "pathOf">,
  { event }: About,
): Promise<boolean> {
  if (event.type !== "assigned") return false;
  const { from, to } = event.content;
  return (await directory.pathOf(to)).includes(from);
}
