import * as z from "zod";
import { absencesOf, absencesView } from "../../shared/case/views/absences-flow.ts";
import { type Officer, officer } from "../../shared/directory/directory.ts";
import { officerEndpoint } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { undeliverableView, viewOfUndeliverable } from "../../shared/reporter/undeliverable.ts";
import type { Desk } from "./desk.ts";

const caller = z.object(officer.shape).pick({ id: true, name: true, email: true, role: true, mails: true });
const agencyNamed = z.object({ id: z.string(), name: z.string() });

/** Who signed in, as they are shown to themselves. */
export const callerShown = caller.extend({
  agency: agencyNamed,
  /** All posts of the person. The header Officer-Post names one of them by its id. */
  posts: z.array(caller.pick({ id: true, role: true }).extend({ agency: agencyNamed })),
  ...absencesView.shape,
  undeliverable: undeliverableView.optional(),
});

/**
 * `GET /v1/officer/me`: shows the officer who has signed in, as the directory knows them. Of a person with several posts it
 * shows the one that they name, or else the first. It tells who stands in for whom too.
 */
export const describeCaller = ({
  directory,
  now,
  undeliverables,
}: Pick<Desk, "directory" | "now" | "undeliverables">) =>
  officerEndpoint(
    {
      summary: { id: "Siapa saya sebagai petugas", en: "Who I am as an officer" },
      input: {},
      output: { 200: callerShown },
    },
    async (_request, { officer, posts, language }) => {
      const agencyOf = async ({ agencyId: id }: Officer) => ({
        id,
        name: (await directory.agency(id))?.name ?? id,
      });
      const mark = await undeliverables.of(officer);
      return ok({
        ...caller.parse(officer),
        agency: await agencyOf(officer),
        posts: await Promise.all(
          posts.map(async (post) => ({ id: post.id, role: post.role, agency: await agencyOf(post) })),
        ),
        ...(await absencesOf(directory, officer, now())),
        ...(mark && { undeliverable: viewOfUndeliverable(mark, language) }),
      });
    },
  );
