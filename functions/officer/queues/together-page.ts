import * as z from "zod";
import { territoryOf } from "../../../shared/case/moves/handing/handing.ts";
import { mayEver } from "../../../shared/case/moves/table.ts";
import { officerView } from "../../../shared/case/views/schemas.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { bodyOf, type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { officerFormAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { problemFor, seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { moveAddresses } from "../../../shared/page/officer/move-addresses.ts";
import {
  type AnyQueue,
  filteredAddress,
  type FiltersTyped,
  queuePath,
} from "../../../shared/page/officer/queue/queue-addresses.ts";
import type { CaseWaiting } from "../../../shared/page/officer/queue/queue-rows.ts";
import {
  confirmMain,
  fieldsTogether,
  resultMain,
  type TogetherForm,
  togetherWords,
} from "../../../shared/page/officer/queue/queue-together.ts";
import { errorSummary } from "../../../shared/page/parts/form.ts";
import { sideBySide } from "../../../shared/platform/side-by-side.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Desk } from "../desk.ts";
import { agenciesOffered, openAgencies } from "./agencies-within.ts";
import { type QueueRoutes, waitingIn } from "./queue-asked.ts";
import { pathOfQueue, queryOfQueue, type TogetherMove, togetherMoves, togetherPath } from "./queue-page.ts";
import {
  endpointsTogether,
  firstReceived,
  mostTogether,
  movedAmong,
  moveTogether,
  type Outcome,
  type Ticked,
  ticksIn,
  versionToTryAgain,
} from "./together.ts";

const addresses = togetherMoves.map((move) => moveAddresses[move]);
const input = {
  path: pathOfQueue.extend({ move: z.enum(addresses) }),
  query: queryOfQueue,
};
type Request = { path: { queue: AnyQueue; move: string }; query: FiltersTyped };

const moveAt = (address: string): TogetherMove =>
  togetherMoves.find((move) => moveAddresses[move] === address) ?? "progress";

/** The ticked cases as they stand now: those of the page at once, and any other one by one. Those out of reach are left out. */
async function casesNow(
  visit: OfficerVisit,
  routes: QueueRoutes,
  { path, query }: Request,
  ticked: readonly Ticked[],
): Promise<CaseWaiting[]> {
  const onPage = await waitingIn(visit, routes, path.queue, query, {
    cursor: query.kursor,
    limit: "100",
  }).catch((error) => {
    if (error instanceof Refusal) return { items: [] };
    throw error;
  });
  const known = new Map(onPage.items.map((one) => [one.trackingNumber, one]));
  const found = await sideBySide(
    ticked,
    async ({ trackingNumber }) => {
      try {
        return (
          known.get(trackingNumber) ??
          (await visit.ask(routes.show, { path: { trackingNumber } }, officerView))
        );
      } catch (error) {
        if (error instanceof Refusal) return undefined;
        throw error;
      }
    },
    10,
  );
  return found.filter((one) => one !== undefined);
}

/** The agencies that cases may be handed to, by what is typed of a name. */
async function agenciesFor(desk: Desk, { posts }: OfficerVisit, move: TogetherMove, typed: string) {
  if (move !== "assign") return { offered: [], isCut: false };
  const assigning = posts.filter(({ role }) => mayEver("assign", { role, own: true }));
  const territories = (assigning.length > 0 ? assigning : posts).map((post) => territoryOf(post, "assign"));
  return agenciesOffered(await openAgencies(desk, territories), typed);
}

/** Shows the page that confirms: the ticked cases, the fields of the move, and what follows. */
async function confirmed(
  desk: Desk,
  routes: QueueRoutes,
  request: Request,
  visit: OfficerVisit,
  { values, problem }: { values: FormValues } & Partial<Tried>,
): Promise<Reply> {
  const { language, address, posts } = visit;
  const move = moveAt(request.path.move);
  const ticked = ticksIn(values);
  const seen = new Map(ticked.map(({ trackingNumber, version }) => [trackingNumber, version]));
  const cases = await casesNow(visit, routes, request, ticked);
  // One case alone follows another one than itself.
  const first = move === "join" && cases.length > 1 ? firstReceived(cases) : undefined;
  const form: TogetherForm = {
    language,
    move,
    values: { ...(first && { trackingNumber: first.trackingNumber }), ...values },
    problem,
    first: first?.trackingNumber,
    action: filteredAddress(language, togetherPath(request.path.queue, move), request.query),
    back: filteredAddress(language, queuePath(request.path.queue), request.query),
    agencies: await agenciesFor(desk, visit, move, valueOf(values, "cari")),
  };
  return page(
    deskPage({ language, address, posts }, desk.frame.files, {
      title: togetherWords[move].title[language],
      summary: errorSummary(problem, language),
      main: confirmMain(form, {
        cases,
        ownAgency: posts[0].agencyId,
        hasChanged: ({ trackingNumber, version }) => seen.get(trackingNumber) !== version,
        gone: ticked.length - cases.length,
      }),
    }),
  );
}

/** Shows what came of each case. Those that can be tried again are still ticked, on the version that the page told of. */
async function results(
  desk: Desk,
  routes: QueueRoutes,
  request: Request,
  visit: OfficerVisit,
  values: FormValues,
  outcomes: readonly Outcome[],
): Promise<Reply> {
  const { language, address, posts } = visit;
  const move = moveAt(request.path.move);
  const refused = outcomes.filter(({ problem }) => problem);
  // Whoever moved fifty cases has to be told what came of them, whatever cannot be read now.
  const named = await casesNow(visit, routes, request, refused).catch((error: unknown) => {
    problemFor(error, visit);
    return [];
  });
  const known = new Map(named.map((one) => [one.trackingNumber, one]));
  const form: TogetherForm = {
    language,
    move,
    values,
    problem: undefined,
    action: filteredAddress(language, togetherPath(request.path.queue, move), request.query),
    back: filteredAddress(language, queuePath(request.path.queue), request.query),
    agencies: { offered: [], isCut: false },
  };
  return page(
    deskPage({ language, address, posts }, desk.frame.files, {
      title: togetherWords[move].title[language],
      main: resultMain(
        form,
        outcomes.map(({ trackingNumber, made, problem, ...outcome }) => ({
          trackingNumber,
          title: (made ?? known.get(trackingNumber))?.title,
          problem,
          tryAgainOn: versionToTryAgain({ trackingNumber, ...outcome, ...(problem && { problem }) }),
        })),
      ),
    }),
  );
}

const tooMany = () =>
  new Refusal("too-large", {
    id: `Paling banyak ${mostTogether} laporan sekaligus. Kurangi centangnya.`,
    en: `At most ${mostTogether} cases at once. Untick some.`,
  });

/** `/petugas/antrean/{queue}/bersama/{move}`: one move with several cases, confirmed first, with a result for each. */
export function togetherPages(desk: Desk, routes: QueueRoutes): Route[] {
  const endpoints = endpointsTogether(desk);
  return officerFormAt(desk.frame, "/petugas/antrean/{queue}/bersama/{move}", {
    input,
    show: async (request, visit, tried) =>
      tried
        ? confirmed(desk, routes, request, visit, tried)
        : seeOther(filteredAddress("id", queuePath(request.path.queue), request.query), visit.language),
    send: async (request, visit, values) => {
      const ticked = ticksIn(values);
      const move = moveAt(request.path.move);
      if (ticked.length === 0)
        return seeOther(
          filteredAddress("id", queuePath(request.path.queue), { ...request.query, kosong: "ya" }),
          visit.language,
        );
      if (ticked.length > mostTogether) throw tooMany();
      if (valueOf(values, "langkah") !== "kirim") return confirmed(desk, routes, request, visit, { values });
      const body = bodyOf(values, fieldsTogether[move]);
      const moved = movedAmong(move, ticked, values);
      const outcomes = await moveTogether(desk, visit, move, endpoints[move], moved, body);
      return results(desk, routes, request, visit, values, outcomes);
    },
  });
}
