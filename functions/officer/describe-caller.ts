import * as z from "zod";
import { absencesOf, absencesView } from "../../shared/case/views/absences-flow.ts";
import { officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import type { Desk } from "./desk.ts";

const caller = z.object(officer.shape).pick({ id: true, name: true, email: true, role: true, mails: true });

const answer = caller.extend({
  agency: z.object({ id: z.string(), name: z.string() }),
  ...absencesView.shape,
});

/** `GET /v1/officer/me`: shows the officer who has signed in, as the directory knows them, and who stands in for whom. */
export const describeCaller = ({ directory, now }: Pick<Desk, "directory" | "now">) =>
  officerEndpoint(
    {
      summary: { id: "Siapa saya sebagai petugas", en: "Who I am as an officer" },
      input: {},
      output: { 200: answer },
    },
    async (_request, { officer }) => {
      const [agency, absences] = await Promise.all([
        directory.agency(officer.agencyId),
        absencesOf(directory, officer, now()),
      ]);
      return ok({
        ...caller.parse(officer),
        agency: { id: officer.agencyId, name: agency?.name ?? officer.agencyId },
        ...absences,
      });
    },
  );
