import type { CaseEvent, EventType } from "../../case/history.ts";

/** Officers of one agency; `in-charge.ts` says which roles they are. */
export type OfficerGroup = "administrators" | "team" | "head";

/** Who is mailed about an event. An empty audience is nobody. */
export interface Audience {
  /** Whoever reported the case, if they left an address and have not stopped the mails. */
  reporter?: true;
  /** The address that the event removes from the reporter's data. */
  formerAddress?: true;
  /** The reporters of the cases that were joined to this one. */
  followers?: true;
  /** Whoever follows the public case by e-mail, as long as the public reads of the event. */
  subscribers?: true;
  /** Officers of the agency that the event sends the case to, or else of the agency that has it. */
  officers?: readonly OfficerGroup[];
}

const deciders = ["administrators", "head"] as const;

/** Who is mailed about each event. The mails that only a new case causes, and those of the ladder of alerts, are not here. */
const audiences = {
  submitted: { officers: ["administrators"] },
  verified: { reporter: true, subscribers: true, officers: ["team"] },
  assigned: { reporter: true, subscribers: true, officers: ["team"] }, // a hop down within an agency is not mailed to the reporter
  returned: { subscribers: true, officers: ["administrators"] }, // the next assignment tells the reporter where it went
  asked: { reporter: true },
  "question-withdrawn": { reporter: true },
  replied: { officers: ["team"] },
  disputed: { followers: true, subscribers: true, officers: ["team"] },
  progressed: { subscribers: true }, // the case shows it; a mail for each note is noise to reporters
  noted: {},
  answered: { reporter: true, followers: true, subscribers: true },
  "answer-corrected": { reporter: true, followers: true, subscribers: true },
  withheld: {}, // the case shows it; a mail would have people look for the words elsewhere
  confirmed: { reporter: true, followers: true, subscribers: true },
  reopened: { reporter: true, followers: true, subscribers: true, officers: ["head"] },
  appealed: { reporter: true, followers: true, subscribers: true, officers: deciders },
  archived: { reporter: true, followers: true },
  objected: { reporter: true, officers: deciders },
  upheld: { reporter: true, officers: ["administrators"] },
  "objection-granted": { reporter: true, followers: true, subscribers: true, officers: ["team"] },
  restored: { reporter: true, subscribers: true, officers: ["team"] },
  joined: { reporter: true },
  separated: { reporter: true, officers: ["administrators"] },
  withdrawn: { followers: true, officers: ["team"] }, // the reporter did it and saw that it worked
  "receipt-rotated": { reporter: true },
  redacted: {},
  consented: {},
  referred: { reporter: true, subscribers: true, officers: deciders },
  "handed-over": { reporter: true, subscribers: true, officers: deciders },
  "passed-up": { officers: ["administrators"] }, // the reporter is told once it is verified
  extended: { reporter: true, subscribers: true },
  warned: {}, // officers are alerted by the ladder; the case shows its clocks to everybody
  "ombudsman-offered": { reporter: true },
  closed: { reporter: true, followers: true, subscribers: true },
  lapsed: { reporter: true, followers: true, officers: ["team"] },
  "identity-opened": { reporter: true },
  "identity-consented": {}, // the reporter did it and saw that it worked
  "contact-corrected": { formerAddress: true },
  "identity-deleted": { formerAddress: true },
  "originals-erased": {}, // the reporter did it and saw that it worked
  "data-removed": {},
  recounted: {}, // the case shows it with the decree; a mail to everybody for each decree is noise
  attached: {}, // the case shows it; there are up to ten files a case
  "attachment-removed": {}, // the case shows it
  "original-opened": { reporter: true },
} as const satisfies Record<EventType, Audience>;

/** Nobody is told of an event that this code does not know. Whoever knows it tells of it. */
export const audienceOf = (type: CaseEvent["type"]): Audience => (type === "other" ? {} : audiences[type]);

/** The events that somebody is told of: each needs words for them. */
export type ToldTo<Who extends keyof Audience> = {
  [Type in EventType]: Who extends keyof (typeof audiences)[Type] ? Type : never;
}[EventType];
