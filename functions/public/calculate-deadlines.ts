import * as z from "zod";
import { calendarOf } from "../../shared/deadline/calendar/calendar.ts";
import { dayOf, endOfDay, localDate } from "../../shared/deadline/calendar/local-date.ts";
import { dateInWords, type TimeZone, timeZones } from "../../shared/deadline/calendar/time-zone.ts";
import { deadlineOf, dueOn, explain, explanation } from "../../shared/deadline/deadline.ts";
import { closedOffice } from "../../shared/deadline/office.ts";
import {
  basisIn,
  caseClass,
  limitOf,
  ordinaryClocks,
  policyOn,
  type PolicyVersion,
  type Subject,
} from "../../shared/deadline/policy.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../shared/http/reply.ts";
import type { Language } from "../../shared/language.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { regionCode } from "../../shared/text/id.ts";

export const calculated = z.object({
  from: z.iso.date(),
  timeZone: z.string(),
  clocks: z.array(
    z.object({
      clock: z.enum(ordinaryClocks),
      /** Null for a limit in calendar days. */
      workingDays: z.int().nullable(),
      calendarDays: z.int().nullable(),
      dueDate: z.iso.date(),
      dueAt: z.iso.datetime({ offset: true }),
      legalBasis: z.string(),
      explanation,
    }),
  ),
  /** The reason why `from` is a free day, and the next working day. Null on a working day. */
  officeClosed: z.object({ reason: z.string(), opensOn: z.iso.date(), text: z.string() }).nullable(),
});

export const calculating = z.strictObject({
  class: caseClass.optional(),
  supervised: z.enum(["true", "false"]).optional(),
  /** True for a formal information request under UU 14/2008. */
  formal: z.enum(["true", "false"]).optional(),
  /** Counts the regional holidays of this province, kabupaten or kota too. */
  region: regionCode.optional(),
  from: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  timeZone: z.enum(timeZones).optional(),
});

/**
 * `GET /v1/deadlines`: counts every clock as if it began at `from`, a local date or an instant. It counts as the cases
 * do.
 */
export const calculateDeadlines = (directory: DirectoryStore, now: () => Date) =>
  endpoint(
    {
      summary: { id: "Hitung batas waktu", en: "Calculate deadlines" },
      input: { query: calculating },
      output: { 200: calculated },
    },
    async ({ query }, { language }) => {
      const { class: kind = "complaint", timeZone = "Asia/Makassar" } = query;
      const of: Subject = {
        class: kind,
        supervised: query.supervised === "true",
        formal: query.formal === "true",
        agencyPath: [],
      };
      const start = query.from ?? now().toISOString();
      const from = start.length === 10 ? start : localDate(new Date(start), timeZone);
      const [policies, years] = await Promise.all([directory.policies(), directory.calendarYears()]);
      refuseDate(from, policies);
      refuseSubject(of);
      const calendar = calendarOf(years, query.region);
      const policy = policyOn(policies, from);
      const day = dayOf(from);
      const clocks = ordinaryClocks.map((clock) => {
        const limit = limitOf(policy, clock, of);
        const deadline = deadlineOf(limit, day, calendar);
        return {
          clock,
          workingDays: limit.unit === "working-days" ? limit.days : null,
          calendarDays: limit.unit === "calendar-days" ? limit.days : null,
          ...dueOn(deadline.day, timeZone),
          legalBasis: basisIn(limit.legalBasis, language),
          explanation: explain(deadline, limit, policy, language),
        };
      });
      const verified = clocks.find(({ clock }) => clock === "verification")?.dueDate ?? "";
      const closed = closedOffice(day, calendar, language);
      return ok(
        {
          from,
          timeZone,
          clocks,
          officeClosed: closed ? { ...closed, text: closedText(closed, verified, timeZone, language) } : null,
        },
        cachedForAMinute,
      );
    },
  );

/** The longest clock that begins here still ends in a year that calendars know. */
const lastStart = "2198-12-31";

/** Refuses a start for which no policy holds. */
function refuseDate(from: string, policies: readonly PolicyVersion[]): void {
  const [first] = policies.map(({ effectiveFrom }) => effectiveFrom).sort();
  if (first === undefined || from < first || from > lastStart)
    throw refusedQuery(
      "from",
      `Pilih tanggal dari ${first} sampai ${lastStart}.`,
      `Choose a date from ${first} to ${lastStart}.`,
    );
}

/** Refuses a subject that no report can have. */
function refuseSubject({ class: kind, supervised, formal }: Subject): void {
  if (supervised && kind !== "complaint")
    throw refusedQuery(
      "supervised",
      "Hanya pengaduan yang dapat berkadar pengawasan.",
      "Only a complaint can be supervised.",
    );
  if (formal && kind !== "information-request")
    throw refusedQuery(
      "formal",
      "Hanya permintaan informasi yang dapat menjadi permohonan informasi publik resmi.",
      "Only an information request can be a formal one.",
    );
}

const refusedQuery = (path: string, id: string, en: string) =>
  refuseFields([{ in: "query", path, message: { id, en } }]);

function closedText(
  { reason, opensOn }: { reason: string; opensOn: string },
  verified: string,
  timeZone: TimeZone,
  language: Language,
): string {
  const inWords = (date: string) => dateInWords(endOfDay(date, timeZone), timeZone, language);
  return language === "id"
    ? `Kantor tutup (${reason}) dan buka lagi ${inWords(opensOn)}. Laporan Anda diverifikasi paling lambat ${inWords(verified)}.`
    : `The office is closed (${reason}) and opens again on ${inWords(opensOn)}. Expect your report to be verified by ${inWords(verified)}.`;
}
