import * as z from "zod";
import { caseClass } from "../../shared/case/submission.ts";
import { nationalCalendar } from "../../shared/deadline/calendar.ts";
import { closedOffice, deadlineOf, dueOn, explain, explanation } from "../../shared/deadline/deadline.ts";
import { dayOf, localDate } from "../../shared/deadline/local-date.ts";
import { clockNames, limitOf, policyOn, shippedPolicies } from "../../shared/deadline/policy.ts";
import { cachedForAMinute, endpoint, ok } from "../../shared/http.ts";
import { timeZones } from "../../shared/language.ts";
import { refuseFields } from "../../shared/refusal.ts";

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
export const calculateDeadlines = (now: () => Date = () => new Date()) =>
  endpoint(
    {
      summary: { id: "Hitung batas waktu", en: "Calculate deadlines" },
      input: {
        query: z.strictObject({
          class: caseClass.optional(),
          supervised: z.enum(["true", "false"]).optional(),
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
      const [first] = shippedPolicies;
      if (first === undefined || from < first.effectiveFrom || from > "2199-01-01")
        throw refuseFields([
          {
            in: "query",
            path: "from",
            message: {
              id: `Pilih tanggal mulai ${first?.effectiveFrom} sampai 2199.`,
              en: `Choose a date from ${first?.effectiveFrom} to 2199.`,
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
      const calendar = nationalCalendar();
      const policy = policyOn(shippedPolicies, from);
      const day = dayOf(from);
      const closed = closedOffice(day, calendar, language);
      const clocks = clockNames.map((clock) => {
        const limit = limitOf(policy, clock, { class: kind, supervised, agencyPath: [] });
        const deadline = deadlineOf(limit, day, calendar);
        return {
          clock,
          workingDays: limit.unit === "working-days" ? limit.days : null,
          calendarDays: limit.unit === "calendar-days" ? limit.days : null,
          ...dueOn(deadline.day, timeZone),
          legalBasis: limit.legalBasis,
          explanation: explain(deadline, day, limit, policy, calendar, language),
        };
      });
      const verification = clocks.find(({ clock }) => clock === "verification");
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
                    ? `Kantor tutup (${closed.reason}) dan buka lagi ${closed.opensOn}. Laporan Anda diverifikasi paling lambat ${verification?.dueDate}.`
                    : `The office is closed (${closed.reason}) and opens again on ${closed.opensOn}. Expect your report to be verified by ${verification?.dueDate}.`,
              }
            : null,
        },
        cachedForAMinute,
      );
    },
  );
