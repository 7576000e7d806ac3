import * as z from "zod";
import { officer } from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";

const caller = z.object(officer.shape).pick({ id: true, name: true, email: true, role: true, mails: true });

const answer = caller.extend({ agency: z.object({ id: z.string(), name: z.string() }) });

/** `GET /v1/officer/me`: shows the officer who has signed in, as the directory knows them. */
export const describeCaller = (directory: DirectoryStore) =>
  officerEndpoint(
    {
      summary: { id: "Siapa saya sebagai petugas", en: "Who I am as an officer" },
      input: {},
      output: { 200: answer },
    },
    async (_request, { officer }) => {
      const agency = await directory.agency(officer.agencyId);
      return ok({
        ...caller.parse(officer),
        agency: { id: officer.agencyId, name: agency?.name ?? officer.agencyId },
      });
    },
  );
