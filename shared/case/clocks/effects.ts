import type { Effect, Effects } from "../../deadline/clock.ts";
import type { EventType } from "../history.ts";

/** What happens to the clocks: the type of an event, or more than that where the status decides. */
export type Trigger = EventType | "verified-unassigned" | "returned-to-assigner" | "corrected-after-closing";

/** What an event triggers. A case that waits to be assigned has no agency that could respond. */
export const triggerOf = (type: EventType, status: string): Trigger => {
  if (type === "answer-corrected" && status === "closed") return "corrected-after-closing";
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

/** What each event does to each clock. An effect that does not fit a clock changes nothing. */
export const effects: Record<Trigger, Effects> = {
  submitted: { verification: "start" },
  "verified-unassigned": { verification: "stop", completion: "start" },
  verified: { verification: "stop", completion: "start", response: "start-unless-running" },
  // The limit of an agency goes on in its unit.
  assigned: { response: "start-unless-running" },
  // The agency that gets it back has days of its own.
  returned: { response: "restart" },
  "returned-to-assigner": { response: "cancel" },
  asked: { ...ofOfficers("pause"), "completing-file": "start" },
  replied: { ...ofOfficers("resume"), "completing-file": "stop" },
  // Nobody has to reply any more. The officers' clocks go on as after a reply.
  "question-withdrawn": { ...ofOfficers("resume"), "completing-file": "cancel" },
  disputed: backToWork,
  // The first follow-up is the response. An internal note is no follow-up.
  progressed: { response: "stop" },
  noted: {},
  answered: { response: "stop", completion: "stop", reply: "start" },
  // The agency has answered. The reporter reads something new and has the whole window for it.
  "answer-corrected": { reply: "restart" },
  "corrected-after-closing": {},
  withheld: {},
  confirmed: { reply: "stop" },
  reopened: backToWork,
  appealed: backToWork,
  // Nobody has to act unless it is restored.
  archived: { ...ofOfficers("pause"), reply: "cancel", "completing-file": "cancel" },
  objected: { "objection-decision": "start" },
  upheld: { "objection-decision": "stop" },
  "objection-granted": { ...ofOfficers("resume"), "objection-decision": "stop" },
  restored: ofOfficers("resume"),
  // The first report has clocks of its own.
  joined: { ...ofOfficers("cancel"), reply: "cancel", "completing-file": "cancel" },
  separated: { verification: "start" },
  withdrawn: { ...ofOfficers("cancel"), reply: "cancel", "completing-file": "cancel" },
  redacted: {},
  consented: {},
  "receipt-rotated": {},
  referred: {},
  "handed-over": {},
  "passed-up": {},
  extended: {},
  warned: {},
  "ombudsman-offered": {},
  closed: { reply: "stop" },
  lapsed: { "completing-file": "stop", ...ofOfficers("cancel") },
  "identity-opened": {},
  "identity-consented": {},
  "contact-corrected": {},
  "identity-deleted": {},
  "originals-erased": {},
  "data-removed": {},
  recounted: {},
  attached: {},
  "attachment-removed": {},
  "original-opened": {},
};
