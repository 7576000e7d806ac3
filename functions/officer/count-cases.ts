import * as z from "zod";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { queueNames, tally, watchNames } from "../../shared/case/lists/queues.ts";
import { localDate } from "../../shared/deadline/calendar/local-date.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { agenciesOf, type Desk, whichAgencies } from "./desk.ts";

const counts = z.record(z.enum([...queueNames, ...watchNames]), z.int());

/**
 * `GET /v1/officer/counts`: counts the cases that wait in each queue of an agency, and of each agency below it. It costs
 * one index query an agency.
 */
export const countCases = (desk: Desk) =>
  officerEndpoint(
    {
      summary: { id: "Jumlah laporan yang menunggu per instansi", en: "Count the cases that wait" },
      input: { query: z.strictObject(whichAgencies) },
      output: {
        200: z.object({
          items: z.array(
            z.object({
              agency: z.object({ id: z.string(), name: z.string() }),
              counts,
              /** False if there are more cases than were counted. */
              complete: z.boolean(),
            }),
          ),
        }),
      },
    },
    async ({ query }, caller) => {
      const { cases, directory, now } = desk;
      const { holders } = await agenciesOf(desk, query, caller);
      const items = await Promise.all(
        holders.map(async (id) => {
          const [agency, { positions, complete }, { calendar, timeZone }] = await Promise.all([
            directory.agency(id),
            cases.positions(id),
            countingOf(directory, id),
          ]);
          const today = localDate(now(), timeZone);
          return {
            agency: { id, name: agency?.name ?? id },
            counts: tally(positions, today, calendar),
            complete,
          };
        }),
      );
      return ok({ items });
    },
  );
