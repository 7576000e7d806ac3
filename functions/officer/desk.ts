import * as z from "zod";
import type { Evidence } from "../../shared/attachment/upload-flow.ts";
import type { CalendarAddressStore } from "../../shared/calendar-feed/address-store.ts";
import type { ToldCalendarStore } from "../../shared/calendar-feed/told-calendar-store.ts";
import type { Case, CaseFile } from "../../shared/case/case.ts";
import type { Surroundings } from "../../shared/case/moves/circumstances-flow.ts";
import type { Target } from "../../shared/case/moves/handing/handing.ts";
import {
  asOfficer,
  type Decide,
  type Deciding,
  foreseeMove,
  type Foreseen,
  makeMove,
  viewAfter,
} from "../../shared/case/moves/move-flow.ts";
import { contradictsCase } from "../../shared/case/moves/refusals.ts";
import type { Move } from "../../shared/case/moves/table.ts";
import type { CaseStore } from "../../shared/case/store/case-store.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import { officerView } from "../../shared/case/views/schemas.ts";
import type { AnswerTemplateStore } from "../../shared/directory/answer-template-store.ts";
import type { Officer } from "../../shared/directory/directory.ts";
import type { RequestStore } from "../../shared/directory/request-store.ts";
import { type Endpoint, officerEndpoint } from "../../shared/http/endpoint.ts";
import type { OfficerFrame } from "../../shared/http/page/officer.ts";
import { etag, ok, seenVersion } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import type { UndeliverableStore } from "../../shared/notification/addresses/undeliverable-store.ts";
import type { Issuer } from "../../shared/platform/issuer.ts";
import type { Strain } from "../../shared/platform/strain.ts";
import type { OfficerDrafts } from "../../shared/visitor/officer-draft-flow.ts";

/** The routes of officers work with this. */
export interface Desk extends Surroundings {
  cases: CaseStore;
  evidence: Evidence;
  undeliverables: Pick<UndeliverableStore, "of">;
  /** Whose calendar an address leads to, and what each calendar told last. */
  calendarAddresses: Pick<CalendarAddressStore, "subjectOf">;
  toldCalendars: ToldCalendarStore;
  /** The changes of the directory that wait for a second person. */
  requests: Pick<RequestStore, "page">;
  frame: OfficerFrame;
  /** What officers typed into pages of moves and did not send yet. */
  officerDrafts: OfficerDrafts;
  /** The examples of answers that agencies keep. They are written by the administration function alone. */
  answerTemplates: Pick<AnswerTemplateStore, "of">;
  /** Downloads of lists wait while the stores are asked too much. */
  strain: Strain;
  /** Signs officers in. */
  issuer: Issuer;
  now: () => Date;
}

/** Names the version of a case for `If-Match`. */
export const etagOf = ({ version }: Case) => etag(version);

/** The route of a move, which can tell what the move would do. */
export interface MoveEndpoint extends Endpoint {
  /**
   * What the move would do to a case if this officer made it now: with what was typed where that can be sent, or else with the
   * body `otherwise`, which no schema has read. It stores nothing, and refuses whatever the move would refuse.
   */
  foresee(
    officer: Officer,
    trackingNumber: string,
    typed: unknown,
    otherwise: Readonly<Record<string, unknown>>,
  ): Promise<Foreseen>;
}

/** Declares the route of one move: `POST /v1/officer/cases/{trackingNumber}/...`. */
export const officerMove = <B extends z.ZodType>(
  desk: Desk,
  { move, summary, body }: { move: Move; summary: Text; body: B },
  rule: (body: z.output<B>, on: Deciding & { officer: Officer }) => ReturnType<Decide>,
): MoveEndpoint => ({
  async foresee(officer, trackingNumber, typed, otherwise) {
    const approach = await asOfficer(desk, await desk.cases.get(trackingNumber), officer);
    const read = body.safeParse(typed);
    const said = (read.success ? read.data : otherwise) as z.output<B>;
    return foreseeMove(desk, approach, move, (on) => rule(said, { ...on, officer }));
  },
  ...officerEndpoint(
    {
      summary,
      input: {
        path: z.strictObject({ trackingNumber }),
        header: z.object({ "if-match": seenVersion.optional() }),
        body,
      },
      output: { 200: officerView },
      refusals: { conflict: contradictsCase },
    },
    async ({ path, header, body }, { officer, language }) => {
      const before = await asOfficer(desk, await desk.cases.get(path.trackingNumber), officer);
      const made = await makeMove(desk, before, { move, body, seen: header["if-match"], language }, (on) =>
        rule(body, { ...on, officer }),
      );
      return ok(await viewAfter(desk, made, language), etagOf(made.after));
    },
  ),
});

/** A case that a move is decided on, with its history up to there. */
export async function fileOf({ cases }: Pick<Desk, "cases">, found: Case): Promise<CaseFile> {
  const file = await cases.find(found.trackingNumber);
  return { case: found, events: (file?.events ?? []).slice(0, found.version) };
}

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
