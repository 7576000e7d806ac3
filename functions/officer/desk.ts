import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Act, Case, Moved } from "../../shared/case/case.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { makeMove, namesOf, standingOf } from "../../shared/case/moves/move-flow.ts";
import type { Target, Territory } from "../../shared/case/moves/officer.ts";
import { legalMoves, type Move, situationOf } from "../../shared/case/moves/table.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { viewOf } from "../../shared/case/views/case-view.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import type { Reader } from "../../shared/case/views/visibility.ts";
import type { Counting } from "../../shared/deadline/clock.ts";
import { type Officer } from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { type Endpoint, officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok, seenVersion } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { agencyId } from "../../shared/text/id.ts";

/** What officers work with. */
export interface Desk {
  cases: CaseStore;
  directory: DirectoryStore;
  evidence: Evidence;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  now: () => Date;
}

/** Observers and auditors have views of their own. */
export const readerOf = ({ role }: Officer): Exclude<Reader, "public-of-hidden"> =>
  role === "ombudsman-observer" ? "observer" : role === "auditor" ? "auditor" : "officer";

/** The version of a case as HTTP names it, for `If-Match`. */
export const etagOf = ({ version }: Case) => etag(version);

export interface MoveContext {
  found: Case;
  officer: Officer;
  act: Act;
  /** Where this officer may assign to. */
  within: Territory;
  /** What the case's clocks are counted by where it is. */
  counting: () => Promise<Counting>;
  /** The agency of an id, as a case may go to it. */
  target: (id: string | undefined) => Promise<Target | undefined>;
}

/** Declares the route of one move: `POST /v1/officer/cases/{trackingNumber}/...`. */
export const officerMove = <B extends z.ZodType>(
  desk: Desk,
  { move, summary, body }: { move: Move; summary: Text; body: B },
  decide: (body: z.output<B>, context: MoveContext) => Moved | Promise<Moved>,
): Endpoint =>
  officerEndpoint(
    {
      summary,
      input: {
        path: z.strictObject({ trackingNumber }),
        header: z.object({ "if-match": seenVersion.optional() }),
        body,
      },
      output: { 200: officerView },
    },
    async (request, { officer, language }) => {
      const { cases, directory, now } = desk;
      const number = request.path.trackingNumber;
      const { found, who } = await standingOf(desk, await cases.get(number), officer);
      const after = await makeMove(
        desk,
        found,
        {
          move,
          who,
          act: {
            by: { role: officer.role, agencyId: officer.agencyId, officerId: officer.id },
            at: now(),
            salt: randomBytes(16).toString("base64url"),
          },
          body: request.body,
          seen: request.header["if-match"],
          language,
        },
        (act) =>
          decide(request.body, {
            found,
            officer,
            act,
            counting: () => countingOf(directory, found.holder),
            within: officer.role === "national-admin" ? "anywhere" : officer.agencyId,
            async target(id) {
              const agency = id === undefined ? undefined : await directory.agency(id);
              return (
                agency && {
                  id: agency.id,
                  path: await directory.pathOf(agency.id),
                  closed: agency.closedAt !== undefined,
                }
              );
            },
          }),
      );
      const [names, counting] = await Promise.all([
        namesOf(directory, { case: after, events: [] }),
        countingOf(directory, after.holder),
      ]);
      const reading = { ...counting, at: now() };
      return ok(
        {
          ...viewOf(after, readerOf(officer), names, language, reading),
          legalMoves: legalMoves(situationOf(after), who),
        },
        etagOf(after),
      );
    },
  );

/** Which agencies a list is about. */
export const whichAgencies = {
  agency: agencyId.optional(),
  /** "subtree": the agency and all below it. */
  scope: z.enum(["agency", "subtree"]).optional(),
};

/** More agencies than this are not read at once: whoever stands above so many chooses one. */
const agenciesAtOnce = 60;

/** The agency that a list is about, and those whose cases are in it. Refuses what is not the officer's to see. */
export async function agenciesOf(
  { directory }: Pick<Desk, "directory">,
  query: { agency?: string | undefined; scope?: "agency" | "subtree" | undefined },
  officer: Officer,
): Promise<{ agency: string; holders: string[] }> {
  const refuse = (message: Text) => refuseFields([{ in: "query", path: "agency", message }]);
  // They watch over agencies rather than working in one.
  const watches = officer.role === "auditor" || officer.role === "ombudsman-observer";
  if (watches && !query.agency)
    throw refuse({
      id: "Pilih instansi. Lihat /v1/agencies.",
      en: "Choose an agency. See /v1/agencies.",
    });
  const agency = query.agency ?? officer.agencyId;
  const path = await directory.pathOf(agency);
  if (path.length === 0 || !(watches || officer.role === "national-admin" || path.includes(officer.agencyId)))
    throw refuse({
      id: "Instansi ini bukan instansi Anda atau unit di bawahnya.",
      en: "This agency is neither yours nor below yours.",
    });
  const holders = query.scope === "subtree" ? await directory.subtreeOf(agency) : [agency];
  if (holders.length > agenciesAtOnce)
    throw refuse({
      id: `Ada ${holders.length} instansi di bawahnya. Pilih salah satu dengan ?agency=.`,
      en: `There are ${holders.length} agencies below it. Choose one of them with ?agency=.`,
    });
  return { agency, holders };
}
