import * as z from "zod";
import { clockView } from "../../deadline/clock-view.ts";
import { answerNotice } from "../../reporter/answer-notice.ts";
import { caseState, caseStatus } from "../case.ts";
import { eventContents, type EventType, eventTypes } from "../history.ts";
import { location } from "../submission/submission.ts";
import { attachmentView } from "./attachment-view.ts";
import { objectionView } from "./objection-view.ts";
import { caseFields, eventFields, type Reader, type SeenByAll, type SeenByAny } from "./visibility.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** Fields that a view shows in another form than the case holds them. */
const shownOtherwise = {
  answeredBy: named.optional(),
  category: named.optional(),
  location: location.extend({ regionName: z.string() }).optional(),
  /** Absent in lists: a list does not count. */
  clocks: z.array(clockView).optional(),
};

/** Fields that a view shows as part of another one: `agency`, and each of the `clocks`. */
const shownWithin = { agencyId: true, holder: true, policyVersion: true };

type Otherwise = keyof typeof shownOtherwise | keyof typeof shownWithin;
type Stored = typeof caseState.shape;
type FieldsFor<R extends Reader> = {
  [F in Exclude<SeenByAny<R>, Otherwise>]: F extends SeenByAll<R> ? Stored[F] : z.ZodOptional<Stored[F]>;
};

/** The fields of a case that these readers see as they are. A field that not all of them see is optional. */
function fieldsFor<R extends Reader>(...group: R[]): FieldsFor<R> {
  const shape: Record<string, z.ZodType> = {};
  for (const [field, schema] of Object.entries(caseState.shape)) {
    if (field in shownOtherwise || field in shownWithin) continue;
    const seeing = group.filter((reader) => caseFields[field as keyof Stored].includes(reader));
    if (seeing.length > 0) shape[field] = seeing.length === group.length ? schema : schema.optional();
  }
  return shape as FieldsFor<R>;
}

/** Fields of an event's content that a timeline shows in another form, or that differ between kinds of event. */
const toldOtherwise = {
  from: named.optional(),
  to: named.optional(),
  /** Free text, or of an archived case one of the reasons on the list. */
  reason: z.string().optional(),
};

/** What the entry of an answer tells besides, once the answer was corrected. Its text and evidence are the corrected ones. */
const toldOfCorrection = {
  correctedAt: z.union([z.iso.datetime(), z.iso.date()]).optional(),
  /** What it said first. For officers and the Ombudsman only. */
  originalText: z.string().optional(),
  originalEvidence: z.array(z.string()).optional(),
};

type Content = (typeof eventContents)[EventType]["shape"];
type FieldOf<C> = C extends unknown ? keyof C : never;
type SchemaOf<F, C> = C extends unknown ? (F extends keyof C ? C[F] : never) : never;
type Told = {
  [F in Exclude<FieldOf<Content>, keyof typeof toldOtherwise>]: z.ZodOptional<SchemaOf<F, Content>>;
};

/** Every field that an event tells any reader. Which of them an event has depends on its kind and on the reader. */
function toldFields(): Told {
  const told = new Map<string, Set<z.ZodType>>();
  for (const type of eventTypes) {
    // A timeline tells nothing with a submission: the case shows it.
    if (type === "submitted") continue;
    const readersOf: Record<string, readonly Reader[]> = eventFields[type].content;
    for (const [field, schema] of Object.entries<z.ZodType>(eventContents[type].shape)) {
      if (field in toldOtherwise || readersOf[field]?.length === 0) continue;
      const plain = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
      told.set(field, (told.get(field) ?? new Set()).add(plain));
    }
  }
  const shape = [...told].map(([field, schemas]) => {
    const [first, ...others] = schemas;
    return [field, (others.length > 0 ? z.union([...schemas]) : first)?.optional()];
  });
  return Object.fromEntries(shape) as Told;
}

const moment = z
  .union([z.iso.datetime(), z.iso.date()])
  .describe("An instant, or of an anonymous, secret or hidden case the local date at the agency that has it");

const timelineEntry = z
  .object({
    /** The event's number in the history. The public's entries are counted 1, 2, 3, whatever lies between them. */
    sequence: z.int(),
    type: z.string(),
    text: z.string(),
    at: z.iso.datetime(),
    /** A role, never a person. */
    by: z.string(),
    agency: named.optional(),
    /** For officers, the Ombudsman and auditors only. */
    officer: named.optional(),
    content: z.object({ ...toldFields(), ...toldOtherwise, ...toldOfCorrection }).optional(),
  })
  .meta({ id: "TimelineEntry" });

const publicTimelineEntry = timelineEntry.extend({ at: moment }).meta({ id: "PublicTimelineEntry" });

/** A clock as the public sees it. */
export const publicClockView = clockView
  .extend({
    startedAt: moment,
    endedAt: moment.optional(),
    pauses: z.array(z.object({ from: moment, to: moment.nullable() })),
    moves: z.array(clockView.shape.moves.element.extend({ at: moment })),
  })
  .meta({ id: "PublicClock" });

/** The instants of a case that the public sees, in the form in which it sees them. */
const momentsOfCase = {
  submittedAt: moment,
  verifiedAt: moment.optional(),
  closedAt: moment.optional(),
  referredAt: moment.optional(),
};

/** What every view shows besides the fields of the case. */
const shownBesides = {
  statusText: z.string(),
  agency: named
    .nullable()
    .describe("The agency that has the case now, or had it last. Null while the first one has to be found."),
  /**
   * Of a case that was joined: the first one about the same thing, and where that one stands now. It is absent where the reader
   * may not know that case.
   */
  follows: z.object({ trackingNumber: z.string(), status: caseStatus, statusText: z.string() }).optional(),
  /** How many people say that they have this too. Absent where the public reads nothing of the case, and after a move. */
  supports: z.object({ count: z.int() }).optional(),
  ...shownOtherwise,
  /** What the reporter told. Like the timeline it comes with the whole case, not in lists. */
  text: z.string().optional(),
  timeline: z.array(timelineEntry).optional(),
};

/** What the view shows to whoever may do something with the case. */
const shownToParties = {
  attachments: z.array(attachmentView).optional(),
  legalMoves: z
    .array(z.string())
    .optional()
    .describe(
      "What the reader can do with the case now, and nothing that the state of the case would refuse",
    ),
};

/** What anybody who knows the tracking number sees. Of a hidden case it holds nothing of what was reported. */
export const publicView = z
  .object({
    ...fieldsFor("public", "public-of-hidden"),
    ...momentsOfCase,
    ...shownBesides,
    clocks: z.array(publicClockView).optional(),
    timeline: z.array(publicTimelineEntry).optional(),
  })
  .meta({ id: "PublicCase" });

/** What the reporter sees: all that they told, whatever the public sees. */
export const reporterView = z
  .object({
    ...fieldsFor("reporter"),
    ...shownBesides,
    ...shownToParties,
    /** What the public reads in place of title and text; absent where it reads nothing of them. */
    publicTitle: z.string().optional(),
    publicText: z.string().optional(),
    /** Of an archived case: whether and until when the reporter may object to that, or what came of it. */
    objection: objectionView.optional(),
    /** What the reporter should know besides. Absent where there is nothing. */
    notices: z.array(answerNotice).min(1).optional(),
  })
  .meta({ id: "ReporterCase" });

/** What officers, the Ombudsman and auditors see. Auditors see nothing of what was told. */
export const officerView = z
  .object({
    ...fieldsFor("officer", "observer", "auditor"),
    ...shownBesides,
    ...shownToParties,
    /** The first cases that were joined to this one, so far as the reader may know them. Absent in lists, and where there are none. */
    followedBy: z
      .array(z.object({ trackingNumber: z.string(), status: caseStatus, statusText: z.string() }))
      .optional(),
  })
  .meta({ id: "OfficerCase" });

/** A case as some reader sees it. */
export type CaseView = z.input<typeof publicView> &
  Partial<z.input<typeof reporterView> & z.input<typeof officerView>>;
