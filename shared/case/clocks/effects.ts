import type { Effect, Effects } from "../../deadline/clock.ts";
import type { EventType } from "../history.ts";

/** What an event is to the clocks: some mean more than their type says. */
export type Trigger = EventType | "verified-unassigned" | "returned-to-assigner";

/** A case that goes (back) to whoever assigns has no agency that could respond. */
export const triggerOf = (type: EventType, status: string): Trigger => {
  if (status !== "submitted") return type;
  if (type === "verified") return "verified-unassigned";
  return type === "returned" ? "returned-to-assigner" : type;
};

const ofOfficers = (effect: Effect): Effects => ({
  verification: effect,
  response: effect,
  completion: effect,
});
const backToWork: Effects = { reply: "stop", completion: "reopen" };
/** What each event does to each clock. An effect on a clock that is not there, or not in the state for it, is none. */
export const effects: Record<Trigger, Effects> = {
  submitted: { verification: "start" },
  "verified-unassigned": { verification: "stop", completion: "start" },
  verified: { verification: "stop", completion: "start", response: "start-unless-running" },
  // From one agency down to its unit the same limit goes on.
  assigned: { response: "start-unless-running" },
  // Whoever gets it back has days of their own.
  returned: { response: "restart" },
  "returned-to-assigner": { response: "cancel" },
  asked: { ...ofOfficers("pause"), "completing-file": "start" },
  replied: { ...ofOfficers("resume"), "completing-file": "stop" },
  disputed: backToWork,
  // The first follow-up; an internal note is none.
  progressed: { response: "stop" },
  noted: {},
  answered: { response: "stop", completion: "stop", reply: "start" },
  confirmed: { reply: "stop" },
  reopened: backToWork,
  appealed: backToWork,
  // It may be restored; until then nobody has to act.
  archived: { ...ofOfficers("pause"), reply: "cancel", "completing-file": "cancel" },
  restored: ofOfficers("resume"),
  // The first report has clocks of its own; these will not be met any more.
  joined: { ...ofOfficers("cancel"), reply: "cancel", "completing-file": "cancel" },
  separated: { verification: "start" },
  withdrawn: { ...ofOfficers("cancel"), reply: "cancel", "completing-file": "cancel" },
  redacted: {},
  consented: {},
  "receipt-rotated": {},
  referred: {},
  "handed-over": {},
  extended: {},
  warned: {},
  "ombudsman-offered": {},
  closed: { reply: "stop" },
  lapsed: { "completing-file": "stop", ...ofOfficers("cancel") },
  "identity-opened": {},
  "identity-consented": {},
  "contact-corrected": {},
  "identity-deleted": {},
  "data-removed": {},
  recounted: {},
  attached: {},
  "original-opened": {},
};
