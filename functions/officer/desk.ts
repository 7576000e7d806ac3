import * as z from "zod";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { Case } from "../../shared/case/case.ts";
import {
  asOfficer,
  type Decide,
  type Deciding,
  makeMove,
  viewAfter,
} from "../../shared/case/moves/move-flow.ts";
import type { Target } from "../../shared/case/moves/officer.ts";
import { mayRead, type Move, readerOf } from "../../shared/case/moves/table.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../shared/directory/directory-store.ts";
import { type Endpoint, officerEndpoint } from "../../shared/http/endpoint.ts";
import { etag, ok, seenVersion } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import type { UndeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { agencyId } from "../../shared/text/id.ts";

/** The routes of officers work with this. */
export interface Desk {
  cases: CaseStore;
  directory: DirectoryStore;
  evidence: Evidence;
  undeliverables: Pick<UndeliverableStore, "of">;
  /** Id of the agency that verifies reports which name no agency. */
  verifyingAgency: string;
  now: () => Date;
}

/** Names the version of a case for `If-Match`. */
export const etagOf = ({ version }: Case) => etag(version);

/** Declares the route of one move: `POST /v1/officer/cases/{trackingNumber}/...`. */
export const officerMove = <B extends z.ZodType>(
  desk: Desk,
  { move, summary, body }: { move: Move; summary: Text; body: B },
  rule: (body: z.output<B>, on: Deciding & { officer: Officer }) => ReturnType<Decide>,
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
    async ({ path, header, body }, { officer, language }) => {
      const before = await asOfficer(desk, await desk.cases.get(path.trackingNumber), officer);
      const made = await makeMove(desk, before, { move, body, seen: header["if-match"], language }, (on) =>
        rule(body, { ...on, officer }),
      );
      return ok(await viewAfter(desk, made, language), etagOf(made.after));
    },
  );

/** Finds the agency of an id as one that a case may go to. */
export async function targetOf(
  { directory }: Pick<Desk, "directory">,
  id: string | undefined,
): Promise<Target | undefined> {
  const agency = id === undefined ? undefined : await directory.agency(id);
  if (!agency) return undefined;
  return {
    id: agency.id,
    path: await directory.pathOf(agency.id),
    closed: agency.closedAt !== undefined,
  };
}

/** The parameters that say which agencies a list is about. */
export const whichAgencies = {
  agency: agencyId.optional(),
  /** "subtree" means the agency and all below it. */
  scope: z.enum(["agency", "subtree"]).optional(),
};

/** So many agencies are read at once. An officer who stands above more has to choose one. */
const agenciesAtOnce = 60;

/**
 * Finds the agency that a list is about, and the agencies whose cases are in it. Refuses an agency that the officer may
 * not see.
 */
export async function agenciesOf(
  { directory }: Pick<Desk, "directory">,
  query: { agency?: string | undefined; scope?: "agency" | "subtree" | undefined },
  officer: Officer,
): Promise<{ agency: string; holders: string[] }> {
  const refuse = (message: Text) => refuseFields([{ in: "query", path: "agency", message }]);
  const readsAll = mayRead({ role: officer.role, own: false });
  // Observers and auditors watch over agencies and work in none.
  const watches = readerOf(officer.role) !== "officer";
  if (watches && !query.agency)
    throw refuse({
      id: "Pilih instansi. Lihat /v1/agencies.",
      en: "Choose an agency. See /v1/agencies.",
    });
  const agency = query.agency ?? officer.agencyId;
  const path = await directory.pathOf(agency);
  if (path.length === 0 || !(readsAll || path.includes(officer.agencyId)))
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
