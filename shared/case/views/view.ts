import * as z from "zod";
import { attachmentView } from "../../attachment/attachment.ts";
import { clockView, type Place, viewOfClock } from "../../deadline/clock.ts";
import { caseClass } from "../../deadline/policy.ts";
import type { Language, Text } from "../../language.ts";
import { type Case, type CaseFile, type CaseStatus, caseStatus, reportOf } from "../case.ts";
import { type ActorRole, archiveReason, type CaseEvent, type EventType } from "../history.ts";
import { situationInWords } from "../moves/table.ts";
import { location } from "../submission/submission.ts";
import { masked } from "./masking.ts";
import { caseFields, eventFields, headingFields, type Reader, type Readers } from "./visibility.ts";

/** What people call those who act. */
export const roleText: Record<ActorRole, Text> = {
  "national-admin": { id: "Admin nasional", en: "National administrator" },
  "agency-admin": { id: "Admin instansi", en: "Agency administrator" },
  "liaison-officer": { id: "Pejabat penghubung", en: "Liaison officer" },
  "unit-officer": { id: "Petugas unit", en: "Unit officer" },
  "agency-head": { id: "Kepala instansi", en: "Agency head" },
  "ombudsman-observer": { id: "Ombudsman", en: "Ombudsman" },
  auditor: { id: "Auditor", en: "Auditor" },
  reporter: { id: "Pelapor", en: "Reporter" },
  system: { id: "Sistem", en: "System" },
};

export const eventText: Record<EventType, Text> = {
  submitted: { id: "Laporan diterima", en: "Report received" },
  verified: { id: "Terverifikasi", en: "Verified" },
  assigned: { id: "Terdisposisi", en: "Assigned" },
  returned: { id: "Dikembalikan: bukan kewenangan", en: "Returned: not in charge" },
  asked: { id: "Pelapor diminta melengkapi", en: "Reporter asked for more" },
  replied: { id: "Ditanggapi oleh pelapor", en: "Reporter replied" },
  disputed: { id: "Jawaban disanggah oleh pelapor", en: "Answer disputed by the reporter" },
  progressed: { id: "Catatan perkembangan", en: "Progress" },
  noted: { id: "Catatan internal", en: "Internal note" },
  answered: { id: "Ditindaklanjuti oleh instansi", en: "Answered by the agency" },
  confirmed: { id: "Dinyatakan selesai oleh pelapor", en: "Confirmed by the reporter" },
  reopened: { id: "Dibuka kembali karena penilaian rendah", en: "Reopened because of a low rating" },
  appealed: { id: "Banding oleh pelapor", en: "Appealed by the reporter" },
  archived: { id: "Diarsipkan", en: "Archived" },
  restored: { id: "Dipulihkan dari arsip", en: "Restored from the archive" },
  joined: { id: "Digabung dengan laporan yang sama", en: "Joined to a report about the same thing" },
  separated: { id: "Dipisahkan: bukan laporan yang sama", en: "Separated: not the same report" },
  withdrawn: { id: "Dicabut oleh pelapor", en: "Withdrawn by the reporter" },
  "receipt-rotated": { id: "Tanda terima diganti oleh pelapor", en: "Receipt replaced by the reporter" },
  redacted: { id: "Teks untuk umum diubah oleh pelapor", en: "Public text redacted by the reporter" },
  consented: {
    id: "Pelapor menyetujui penerusan ke Ombudsman",
    en: "Reporter agreed to a referral to the Ombudsman",
  },
  referred: { id: "Diteruskan ke Ombudsman", en: "Referred to the Ombudsman" },
  "handed-over": { id: "Dialihkan ke instansi pengganti", en: "Handed over to the succeeding agency" },
  extended: { id: "Batas waktu diperpanjang", en: "Limit extended" },
  warned: { id: "Petugas diingatkan tentang batas waktu", en: "Officers alerted to a deadline" },
  "ombudsman-offered": {
    id: "Batas waktu lewat: penerusan ke Ombudsman ditawarkan",
    en: "Limit passed: a referral to the Ombudsman was offered",
  },
  closed: {
    id: "Selesai otomatis: tidak ada tanggapan pelapor",
    en: "Closed by itself: no reply from the reporter",
  },
  lapsed: {
    id: "Dianggap dicabut: berkas tidak dilengkapi",
    en: "Counts as withdrawn: the file was not completed",
  },
  "identity-opened": { id: "Identitas pelapor dibuka", en: "The reporter's identity was opened" },
  "identity-consented": {
    id: "Keputusan pelapor tentang pembukaan identitasnya",
    en: "The reporter decided whether their identity may be opened",
  },
  "contact-corrected": { id: "Data pelapor diperbaiki", en: "The reporter's data were corrected" },
  "identity-deleted": {
    id: "Identitas pelapor dihapus atas permintaannya",
    en: "The reporter's identity was deleted at their request",
  },
  "data-removed": {
    id: "Data dihapus karena masa simpannya berakhir",
    en: "Data were removed at the end of the time they may be kept",
  },
  recounted: { id: "Batas waktu dihitung ulang", en: "Dates counted again" },
  attached: { id: "Lampiran ditambahkan", en: "A file was attached" },
  "original-opened": { id: "Berkas asli sebuah lampiran dibuka", en: "The original of a file was opened" },
};

/** What readers of a case see by name besides what the case itself holds; names that are missing show their id. */
export interface Names {
  agencies: Readonly<Record<string, string>>;
  officers: Readonly<Record<string, string>>;
  region: string | undefined;
  category: string | undefined;
}

/** The ids of everything that a case file is shown with by name. */
export const namedIn = ({ case: found, events }: CaseFile) => ({
  agencies: [
    ...new Set(
      [
        found.agencyId,
        found.holder,
        found.answeredBy,
        ...events.flatMap(({ by, content }) => [by.agencyId, ...Object.values(hopOf(content))]),
      ].filter((id) => id !== undefined),
    ),
  ],
  officers: [...new Set(events.flatMap(({ officerId }) => officerId ?? []))],
});

const hopOf = (content: object): { from?: string; to?: string } => {
  const { from, to } = content as { from?: string; to?: string };
  return { ...(from && { from }), ...(to && { to }) };
};

const named = z.object({ id: z.string(), name: z.string() });

const timelineEntry = z
  .object({
    sequence: z.int(),
    type: z.string(),
    text: z.string(),
    at: z.iso.datetime(),
    /** A role, never a person. */
    by: z.string(),
    agency: named.optional(),
    /** For officers, the Ombudsman and auditors only. */
    officer: named.optional(),
    content: z
      .object({
        text: z.string(),
        reason: z.string(),
        note: z.string(),
        comment: z.string(),
        class: caseClass,
        category: z.string(),
        supervised: z.boolean(),
        title: z.string(),
        originalTitle: z.string(),
        hide: z.boolean(),
        from: named,
        to: named,
        heldSeconds: z.int(),
        count: z.int(),
        evidence: z.array(z.string()),
        replyUntil: z.string(),
        stars: z.int(),
        duplicateOf: z.string(),
        formal: z.boolean(),
        days: z.int(),
        due: z.string(),
        appealUntil: z.string(),
        alerts: z.array(z.object({ clock: z.string(), stage: z.string(), due: z.string() })),
        cause: z.string(),
        basis: z.string(),
        how: z.string(),
        agreed: z.boolean(),
        what: z.array(z.string()),
        clocks: z.array(z.object({ clock: z.string(), from: z.string(), to: z.string() })),
        attachmentId: z.string(),
        type: z.string(),
        digest: z.string(),
      })
      .partial()
      .optional(),
  })
  .meta({ id: "TimelineEntry" });

/** What anybody who knows the tracking number sees. Of a hidden case nothing of what was reported. */
export const publicView = z
  .object({
    trackingNumber: z.string(),
    status: caseStatus,
    statusText: z.string(),
    class: caseClass,
    submittedAt: z.iso.datetime(),
    /** The agency that has the case; null while it has to be found. */
    agency: named.nullable(),
    anonymous: z.boolean(),
    secret: z.boolean(),
    verifiedAt: z.string().optional(),
    supervised: z.boolean().optional(),
    formal: z.boolean().optional(),
    answeredBy: named.optional(),
    replyUntil: z.string().optional(),
    closure: z.enum(["confirmed", "automatic"]).optional(),
    closedAt: z.string().optional(),
    appealUntil: z.string().optional(),
    stars: z.int().optional(),
    archiveReason: archiveReason.optional(),
    duplicateOf: z.string().optional(),
    /** Of a case that was joined: the first one about the same thing, and where that one stands now. */
    follows: z.object({ trackingNumber: z.string(), status: caseStatus, statusText: z.string() }).optional(),
    referredAt: z.string().optional(),
    redaction: z.enum(["reworded", "hidden"]).optional(),
    title: z.string().optional(),
    text: z.string().optional(),
    occurredOn: z.iso.date().optional(),
    category: named.optional(),
    location: location.extend({ regionName: z.string() }).optional(),
    clocks: z.array(clockView).optional(),
    timeline: z.array(timelineEntry).optional(),
  })
  .meta({ id: "PublicCase" });

/** What the holder of the receipt sees: all that they told us about the event, whatever the public sees. */
export const reporterView = publicView
  .extend({
    version: z.int(),
    /** What the public reads in place of title and text; absent where it reads nothing of them. */
    publicTitle: z.string().optional(),
    publicText: z.string().optional(),
    originalTitle: z.string().optional(),
    offeredAt: z.string().optional(),
    consentedAt: z.string().optional(),
    /** Whether there is an identity that could be opened. */
    identityOnFile: z.boolean().optional(),
    identityConsentedAt: z.string().optional(),
    attachments: z.array(attachmentView).optional(),
    /** What the reader may do with it now. */
    legalMoves: z.array(z.string()).optional(),
  })
  .meta({ id: "ReporterCase" });

/** What officers, the Ombudsman and auditors see; auditors nothing of what was told. */
export const officerView = reporterView
  .extend({
    /** Nearly the same as another of the same network, minutes before: look at it with care; nobody was mailed. */
    held: z.literal(true).optional(),
    heldSince: z.string(),
    returns: z.int(),
    awaits: z.string().optional(),
  })
  .meta({ id: "OfficerCase" });

/** What a view says of the clocks: where they are counted, and as of when. */
export interface ClockReading extends Place {
  at: Date;
}

export type CaseView = Partial<z.input<typeof officerView>> & z.input<typeof publicView>;

const seenBy = <T extends object>(reader: Reader, fields: Record<string, Readers>, of: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(of).filter(([field, value]) => value !== undefined && fields[field]?.includes(reader)),
  ) as Partial<T>;

const hiding: readonly CaseStatus[] = ["archived", "withdrawn"];

/** Whether the public sees nothing of what a case is about. */
export const isHidden = ({
  secret,
  status,
  redaction,
}: Pick<Case, "secret" | "status" | "redaction">): boolean =>
  secret || redaction === "hidden" || hiding.includes(status);

/** The title as the public reads it: the reporter's last wording for it, with what nobody should have typed masked. */
const publicTitleOf = ({ publicTitle, title }: Case, language: Language): string =>
  masked(publicTitle ?? title, language);

const publicTextOf = (file: CaseFile, language: Language): string => {
  const redactions = file.events.flatMap((event) => (event.type === "redacted" ? [event.content] : []));
  const reworded = redactions.findLast(({ text }) => text !== undefined);
  return masked(reworded?.text ?? reportOf(file).text, language);
};

/**
 * Less for the public: coordinates are never shown and an address not when the reporter is anonymous, because people
 * report from where they live.
 */
const publicLocation = (place: NonNullable<Case["location"]>, { anonymous }: Case, language: Language) => ({
  regionCode: place.regionCode,
  ...(place.address && !anonymous && { address: masked(place.address, language) }),
});

/** The case itself, without its history, as one kind of reader sees it. */
export function viewOf(
  found: Case,
  reader: Exclude<Reader, "public-of-hidden">,
  names: Names,
  language: Language,
  reading?: ClockReading,
): CaseView {
  const as: Reader = reader === "public" && isHidden(found) ? "public-of-hidden" : reader;
  const withName = (id: string) => ({ id, name: names.agencies[id] ?? id });
  const { location, category, agencyId, holder, answeredBy, clocks, policyVersion, ...plain } = seenBy(
    as,
    caseFields,
    found,
  );
  const agency = found.status === "submitted" ? agencyId : holder;
  return {
    ...(plain as Omit<
      Case,
      "location" | "category" | "agencyId" | "holder" | "answeredBy" | "clocks" | "policyVersion"
    >),
    ...(as === "public" && { title: publicTitleOf(found, language) }),
    ...(as === "reporter" && !isHidden(found) && { publicTitle: publicTitleOf(found, language) }),
    statusText: situationInWords(found, language),
    agency: agency === undefined ? null : withName(agency),
    ...(answeredBy && { answeredBy: withName(answeredBy) }),
    ...(category && { category: { id: category, name: names.category ?? category } }),
    ...(location && {
      location: {
        ...(as === "public" ? publicLocation(location, found, language) : location),
        regionName: names.region ?? location.regionCode,
      },
    }),
    ...(clocks &&
      reading && { clocks: clocks.map((one) => viewOfClock(one, reading.at, reading, language)) }),
  };
}

/** What a person wrote, as the public reads it. A title that an officer corrected goes where the reporter redacted it. */
function publicWords(told: object, isTitleRedacted: boolean, language: Language): object {
  return Object.fromEntries(
    Object.entries(told)
      .filter(([field]) => field !== "title" || !isTitleRedacted)
      .map(([field, value]: [string, unknown]) => [
        field,
        typeof value === "string" && freeText.has(field) ? masked(value, language) : value,
      ]),
  );
}
const freeText = new Set(["title", "text", "reason", "note", "comment", "basis"]);

/** What a joined case says of the one that it follows: what everybody may know of any case. */
export const followed = ({ trackingNumber, status, ...rest }: Case, language: Language) => ({
  follows: {
    trackingNumber,
    status,
    statusText: situationInWords({ trackingNumber, status, ...rest }, language),
  },
});

function timelineOf(events: readonly CaseEvent[], reader: Reader, names: Names, language: Language) {
  const withName = (id: string) => ({ id, name: names.agencies[id] ?? id });
  const isTitleRedacted = events.some(({ type, content }) => type === "redacted" && "title" in content);
  return events
    .filter(({ type }) => eventFields[type].event.includes(reader))
    .map((event) => {
      const { type, by } = event;
      const { officerId } = seenBy(reader, headingFields, event);
      const all = type === "submitted" ? {} : seenBy(reader, eventFields[type].content, event.content);
      const told = reader === "public" ? publicWords(all, isTitleRedacted, language) : all;
      const { from, to } = hopOf(told);
      const content = { ...told, ...(from && { from: withName(from) }), ...(to && { to: withName(to) }) };
      const text = eventText[type][language];
      return {
        sequence: event.sequence,
        type,
        text: to ? `${text} ${language === "id" ? "ke" : "to"} ${withName(to).name}` : text,
        at: event.at,
        by: by.role,
        ...(by.agencyId && { agency: withName(by.agencyId) }),
        ...(officerId && { officer: { id: officerId, name: names.officers[officerId] ?? officerId } }),
        ...(Object.keys(content).length > 0 && { content }),
      };
    });
}

/** A case with its history, as one kind of reader sees it. This is the one place where that is decided. */
export function fileViewOf(
  file: CaseFile,
  reader: Exclude<Reader, "public-of-hidden">,
  names: Names,
  language: Language,
  reading?: ClockReading,
): CaseView {
  const as: Reader = reader === "public" && isHidden(file.case) ? "public-of-hidden" : reader;
  const { text } = seenBy(as, eventFields.submitted.content, reportOf(file));
  return {
    ...viewOf(file.case, reader, names, language, reading),
    ...(text !== undefined && { text: as === "public" ? publicTextOf(file, language) : text }),
    ...(as === "reporter" && !isHidden(file.case) && { publicText: publicTextOf(file, language) }),
    timeline: timelineOf(file.events, as, names, language),
  };
}

/** What happened after a version that somebody knew, for whoever was overtaken by it. */
export const changesSince = (
  { events }: CaseFile,
  version: number,
  reader: Exclude<Reader, "public-of-hidden">,
  names: Names,
  language: Language,
) =>
  timelineOf(
    events.filter(({ sequence }) => sequence > version),
    reader,
    names,
    language,
  );
