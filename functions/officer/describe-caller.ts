import * as z from "zod";
import { officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { undeliverableView, viewOfUndeliverable } from "../../shared/reporter/undeliverable.ts";
import type { Desk } from "./desk.ts";

const caller = z.object(officer.shape).pick({ id: true, name: true, email: true, role: true, mails: true });

const answer = caller.extend({
  agency: z.object({ id: z.string(), name: z.string() }),
  undeliverable: undeliverableView.optional(),
});

/** `GET /v1/officer/me`: shows the officer who has signed in, as the directory knows them. */
export const describeCaller = ({ directory, undeliverables }: Pick<Desk, "directory" | "undeliverables">) =>
  officerEndpoint(
    {
      summary: { id: "Siapa saya sebagai petugas", en: "Who I am as an officer" },
      input: {},
      output: { 200: answer },
    },
    async (_request, { officer, language }) => {
      const [agency, mark] = await Promise.all([
        directory.agency(officer.agencyId),
        undeliverables.of(officer),
      ]);
      return ok({
        ...caller.parse(officer),
        agency: { id: officer.agencyId, name: agency?.name ?? officer.agencyId },
        ...(mark && { undeliverable: viewOfUndeliverable(mark, language) }),
      });
    },
  );
