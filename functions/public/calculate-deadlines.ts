import * as z from "zod";
import { calendarOf } from "../../shared/deadline/calendar.ts";
import { deadlineOf, dueOn, explain, explanation } from "../../shared/deadline/deadline.ts";
import { dayOf, endOfDay, localDate } from "../../shared/deadline/local-date.ts";
import { closedOffice } from "../../shared/deadline/office.ts";
import { caseClass, clockNames, limitOf, policyOn } from "../../shared/deadline/policy.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { endpoint } from "../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../shared/http/reply.ts";
import { dateInWords, timeZones } from "../../shared/language.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { regionCode } from "../../shared/text/id.ts";

const answer = z.object({
  from: z.iso.date(),
  timeZone: z.string(),
  clocks: z.array(
    z.object({
      clock: z.enum(clockNames),
      /** Null where the limit counts calendar days. */
      workingDays: z.int().nullable(),
      calendarDays: z.int().nullable(),
      dueDate: z.iso.date(),
      dueAt: z.iso.datetime({ offset: true }),
      legalBasis: z.string(),
      explanation,
    }),
  ),
  /** Where `from` is a free day: why, and the next working day. */
  officeClosed: z.object({ reason: z.string(), opensOn: z.iso.date(), text: z.string() }).nullable(),
});

/** `GET /v1/deadlines`: every clock as if it began at `from`, a local date or an instant. The engine of the cases itself. */
export const calculateDeadlines = (directory: DirectoryStore, now: () => Date) =>
  endpoint(
    {
      summary: { id: "Hitung batas waktu", en: "Calculate deadlines" },
      input: {
        query: z.strictObject({
          class: caseClass.optional(),
          supervised: z.enum(["true", "false"]).optional(),
          /** A formal information request under UU 14/2008. */
          formal: z.enum(["true", "false"]).optional(),
          /** With the regional holidays of this province, kabupaten or kota. */
          region: regionCode.optional(),
          from: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
          timeZone: z.enum(timeZones).optional(),
        }),
      },
      output: { 200: answer },
    },
    async ({ query }, { language }) => {
      const { class: kind = "complaint", timeZone = "Asia/Makassar" } = query;
      const supervised = query.supervised === "true";
      const start = query.from ?? now().toISOString();
      const from = start.length === 10 ? start : localDate(new Date(start), timeZone);
      const [policies, years] = await Promise.all([directory.policies(), directory.calendarYears()]);
      const first = policies
        .map(({ effectiveFrom }) => effectiveFrom)
        .sort()
        .at(0);
      if (first === undefined || from < first || from > "2199-01-01")
        throw refuseFields([
          {
            in: "query",
            path: "from",
            message: {
              id: `Pilih tanggal mulai ${first} sampai 2199.`,
              en: `Choose a date from ${first} to 2199.`,
            },
          },
        ]);
      if (supervised && kind !== "complaint")
        throw refuseFields([
          {
            in: "query",
            path: "supervised",
            message: {
              id: "Hanya pengaduan yang dapat berkadar pengawasan.",
              en: "Only a complaint can be supervised.",
            },
          },
        ]);
      const formal = query.formal === "true";
      if (formal && kind !== "information-request")
        throw refuseFields([
          {
            in: "query",
            path: "formal",
            message: {
              id: "Hanya permintaan informasi yang dapat menjadi permohonan informasi publik resmi.",
              en: "Only an information request can be a formal one.",
            },
          },
        ]);
      const calendar = calendarOf(years, query.region);
      const policy = policyOn(policies, from);
      const day = dayOf(from);
      const closed = closedOffice(day, calendar, language);
      const clocks = clockNames.map((clock) => {
        const limit = limitOf(policy, clock, { class: kind, supervised, formal, agencyPath: [] });
        const deadline = deadlineOf(limit, day, calendar);
        return {
          clock,
          workingDays: limit.unit === "working-days" ? limit.days : null,
          calendarDays: limit.unit === "calendar-days" ? limit.days : null,
          ...dueOn(deadline.day, timeZone),
          legalBasis: limit.legalBasis,
          explanation: explain(deadline, limit, policy, language),
        };
      });
      const verification = clocks.find(({ clock }) => clock === "verification");
      const inWords = (date = "") => dateInWords(endOfDay(date, timeZone), timeZone, language);
      return ok(
        {
          from,
          timeZone,
          clocks,
          officeClosed: closed
            ? {
                ...closed,
                text:
                  language === "id"
                    ? `Kantor tutup (${closed.reason}) dan buka lagi ${inWords(closed.opensOn)}. Laporan Anda diverifikasi paling lambat ${inWords(verification?.dueDate)}.`
                    : `The office is closed (${closed.reason}) and opens again on ${inWords(closed.opensOn)}. Expect your report to be verified by ${inWords(verification?.dueDate)}.`,
              }
            : null,
        },
        cachedForAMinute,
      );
    },
  );
