import * as z from "zod";
import { asOfficer } from "../../../shared/case/moves/move-flow.ts";
import { moveTitle } from "../../../shared/case/moves/table.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import { officerView } from "../../../shared/case/views/schemas.ts";
import { inWords } from "../../../shared/deadline/calendar/time-zone.ts";
import { filledTemplate, keepsTemplates, templateId } from "../../../shared/directory/answer-template.ts";
import type { Agency, Officer } from "../../../shared/directory/directory.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { bodyOtherwise, bodyTyped } from "../../../shared/http/page/move-typed.ts";
import { officerFormAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { problemOf } from "../../../shared/http/problem.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { zoneSeen } from "../../../shared/page/case/moments.ts";
import { changesTold, timelineSeen } from "../../../shared/page/case/timeline.ts";
import type { Hole } from "../../../shared/page/html.ts";
import { routingHelp } from "../../../shared/page/officer/case/routing.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { addressOfMove, moveAddresses, officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { movePage, noMovePage } from "../../../shared/page/officer/moves/page.ts";
import { fieldNames, type FormMove, formMoves, moveForms } from "../../../shared/page/officer/moves/table.ts";
import { errorSummary, type Summary, wrongFields } from "../../../shared/page/parts/form.ts";
import { Refusal, refuseFields } from "../../../shared/refusal.ts";
import { type Routing, routing } from "../../../shared/routing/routing.ts";
import type { Desk } from "../desk.ts";
import { showCase } from "../show-case.ts";
import { showRouting } from "../show-routing.ts";
import { agenciesFound, choicesFor } from "./choices.ts";
import { moveEndpoints } from "./endpoints.ts";
import { foresightOf, whyNot } from "./foresight.ts";
import {
  attachedFor,
  filledFrom,
  isOwnFile,
  isWritten,
  type OfficersView,
  versionSeen,
  wantsEvidence,
  worthKeeping,
} from "./typed.ts";

const words = {
  sendWithout: {
    id: "Kirim tanpa bukti? Laporan ini tentang hal yang dapat dilihat. Lampirkan foto hasilnya, atau centang “Kirim tanpa bukti”.",
    en: "Send without evidence? This report is about something that can be seen. Attach a photo of the result, or tick “Send without evidence”.",
  },
  tooLong: {
    id: "Draf ini terlalu panjang untuk disimpan. Persingkat, lalu simpan lagi.",
    en: "This draft is too long to be kept. Shorten it, then save it again.",
  },
  notLegal: {
    id: "Keadaan laporan ini tidak mengizinkannya.",
    en: "The state of this report does not allow it.",
  },
} as const satisfies Record<string, Text>;

/** So many of those who keep examples of answers are named. */
const mostKeepers = 5;

const path = z.strictObject({ trackingNumber });
const query = z.strictObject({
  cari: z.string().max(100).optional(),
  contoh: z.string().max(40).optional(),
  ke: z.string().max(80).optional(),
  /** The other case that a page of similar ones found. */
  dengan: z.string().max(20).optional(),
  sudah: z.string().max(20).optional(),
});
type Query = z.output<typeof query>;

/** A case in front of an officer, and the post of theirs in which they see it. */
interface Found {
  view: OfficersView;
  post: Officer;
}

/** What others did since something was typed: as a refusal tells it, or the timeline since the version that a draft was begun on. */
function changesSeen(
  { view }: Found,
  { tried, seen }: { tried: Tried | undefined; seen: number | undefined },
  visit: OfficerVisit,
): Hole {
  const told = changesTold.safeParse(tried?.problem);
  const since =
    tried || seen === undefined
      ? []
      : (view.timeline ?? []).filter((one) => one.sequence > seen && !isOwnFile(one, visit.posts));
  const changes = told.success ? told.data.changes : since;
  return changes.length > 0 && timelineSeen(changes, { zone: zoneSeen(view) }, visit.language);
}

/** A draft as it goes on: the files that its writer attached for it since are ticked. */
function draftShown(
  move: FormMove,
  values: FormValues,
  view: OfficersView,
  { posts }: OfficerVisit,
): FormValues {
  const begun = versionSeen(values);
  if (begun === undefined || !fieldNames(move).includes("evidence")) return values;
  const attached = attachedFor(view, begun, posts);
  return { ...values, evidence: [...new Set([values.evidence ?? [], attached].flat())] };
}

/** A wrong entry of a list is said at its field. */
const atItsField = (tried: Tried | undefined) =>
  tried && {
    ...tried.problem,
    errors: tried.problem.errors?.map((one) => ({ ...one, path: one.path.split(".", 1)[0] ?? "" })),
  };

/** One page for each move that an officer can make, from the table of their forms. */
export function movePages(desk: Desk): Route[] {
  const { officerDrafts, answerTemplates } = desk;
  const endpoints = moveEndpoints(desk);
  const see = showCase(desk);
  const help = showRouting(desk);
  const frame = {
    ...desk.frame,
    keep: (subject: string, address: string, values: FormValues) => keepAt(subject, address, values),
  };

  /** Keeps what was typed on the page at an address. */
  async function keepAt(subject: string, address: string, values: FormValues): Promise<boolean> {
    const move = formMoves.find((one) => address.endsWith(`/${moveAddresses[one]}`));
    if (!move || !isWritten(move, values)) return false;
    return officerDrafts.keep(subject, address, worthKeeping(move, values));
  }

  /** The case as the first post sees it that can make the move, or else the first that can read it. */
  async function caseFor(visit: OfficerVisit, number: string, move: FormMove): Promise<Found> {
    const found: Found[] = [];
    let refusal: unknown;
    for (const post of visit.posts) {
      try {
        const asked = { path: { trackingNumber: number }, headers: { "officer-post": post.id } };
        found.push({ view: await visit.ask(see, asked, officerView), post });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusal ??= error;
        continue;
      }
      if (found.at(-1)?.view.legalMoves?.includes(move)) break;
    }
    const best = found.find(({ view }) => view.legalMoves?.includes(move)) ?? found[0];
    if (!best) throw refusal;
    return best;
  }

  /** What the form holds: what was just typed, or else the draft, or else what the case has already. */
  async function valuesOf(
    move: FormMove,
    { view, post }: Found,
    { asked, tried, visit }: { asked: Query; tried: Tried | undefined; visit: OfficerVisit },
  ) {
    const draft = tried ? undefined : await officerDrafts.of(visit.subject, visit.address);
    const values: FormValues = tried?.values ?? {
      ...filledFrom(move, view),
      ...(asked.ke !== undefined && { agencyId: asked.ke }),
      ...(asked.dengan !== undefined && { trackingNumber: asked.dengan }),
      ...(draft && draftShown(move, draft.values, view, visit)),
      ...(asked.cari !== undefined && { cari: asked.cari }),
    };
    const templates = moveForms[move].takesTemplates ? await templatesFor(post) : undefined;
    const template = templates?.items.find(({ id }) => id === asked.contoh);
    if (!template || tried) return { values, draft, templates };
    const filled = filledTemplate(template.text, {
      nomor: view.trackingNumber,
      judul: view.title ?? "",
      instansi: view.agency?.name ?? "",
    });
    const text = [valueOf(values, "text"), filled].filter(Boolean).join("\n\n");
    return { values: { ...values, text }, draft, templates };
  }

  /** The examples of answers of an officer's agency, and who keeps them. */
  async function templatesFor(post: Officer) {
    const [{ templates }, colleagues] = await Promise.all([
      answerTemplates.of(post.agencyId),
      desk.directory.officersOf(post.agencyId),
    ]);
    return {
      items: templates.map((one) => ({ id: templateId(one), ...one })),
      mayChange: keepsTemplates(post, post.agencyId),
      keepers: colleagues
        .filter((one) => !one.dismissedAt && keepsTemplates(one, post.agencyId))
        .map(({ name }) => name)
        .slice(0, mostKeepers),
    };
  }

  async function shown(
    move: FormMove,
    found: Found,
    given: { asked: Query; tried: Tried | undefined; visit: OfficerVisit },
  ): Promise<Reply> {
    const { asked, tried, visit } = given;
    const { language } = visit;
    const { view, post } = found;
    const { values, draft, templates } = await valuesOf(move, found, given);
    const typedSearch = valueOf(values, "cari");
    const choosesAgency = moveForms[move].fields.some(({ kind }) => kind === "agency");
    const searched = choosesAgency ? await agenciesFound(desk, { move, post, typed: typedSearch }) : [];
    const routed = choosesAgency ? await helpFor(found, values, searched, visit) : undefined;
    const choices = await choicesFor(desk, {
      move,
      view,
      help: routed,
      post,
      values,
      found: searched,
      language,
    });
    const otherwise = bodyOtherwise(move, view, {
      agencyId: choices.agencies.find(({ value }) => value !== "")?.value,
      chosen: valueOf(values, "agencyId"),
      entry: choices.entries[0]?.value,
    });
    const typed = bodyTyped(move, values);
    const { trackingNumber } = view;
    const isOpen = choosesAgency && valueOf(values, "agencyId") === "";
    const foreseeing = { move, isOpen, endpoint: endpoints[move], post, trackingNumber, typed, otherwise };
    const foresight = await foresightOf(desk, foreseeing, language);
    const problem = atItsField(tried);
    const savedAt = draft && new Date(draft.savedAt * 1000).toISOString();
    return inFrame(
      move,
      visit,
      movePage({
        move,
        language,
        view,
        told: { language, wrong: wrongFields(problem), values },
        choices,
        ...foresight,
        draftOf: savedAt && inWords(savedAt, zoneSeen(view), language),
        isSaved: asked.sudah === "simpan",
        changes: changesSeen(found, { tried, seen: draft && versionSeen(draft.values) }, visit),
        routing: routed && routingHelp(routed, language, view.agency?.id),
        templates,
      }),
      errorSummary(problem, language),
    );
  }

  /** Help to choose an agency, by what is typed so far: who may be in charge, and what those found returned before. */
  async function helpFor(
    { view, post }: Found,
    values: FormValues,
    searched: readonly Agency[],
    visit: OfficerVisit,
  ): Promise<Routing | undefined> {
    try {
      return await visit.ask(
        help,
        {
          path: { trackingNumber: view.trackingNumber },
          query: {
            category: valueOf(values, "category") || undefined,
            agencies: searched.map(({ id }) => id).join(",") || undefined,
          },
          headers: { "officer-post": post.id },
        },
        routing,
      );
    } catch (error) {
      // A deputy may hand on what their own role could not, and a category that is typed wrong is told where it is sent.
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  const inFrame = (move: FormMove, visit: OfficerVisit, main: Hole, summary?: Summary): Reply =>
    page(
      deskPage(visit, frame.files, {
        title: moveTitle[move][visit.language],
        narrow: true,
        summary,
        main,
      }),
    );

  /** The page of a move that cannot be made now, with what was typed meanwhile. */
  async function refused(
    move: FormMove,
    found: Found,
    { tried, visit }: { tried: Tried | undefined; visit: OfficerVisit },
  ): Promise<Reply> {
    const { language, requestId } = visit;
    const { view, post } = found;
    const { trackingNumber } = view;
    const otherwise = bodyOtherwise(move, view, { agencyId: post.agencyId, entry: undefined });
    const refusal = await whyNot({
      move,
      endpoint: endpoints[move],
      post,
      trackingNumber,
      typed: undefined,
      otherwise,
    });
    const { status, detail } = problemOf(refusal, language, requestId);
    const draft = tried?.values ?? (await officerDrafts.of(visit.subject, visit.address))?.values ?? {};
    const typed = fieldNames(move)
      .filter((name) => moveForms[move].fields.some((one) => one.name === name && one.kind === "text"))
      .map((name) => valueOf(draft, name))
      .filter((text) => text.trim() !== "");
    const isSaid = refusal?.kind === "conflict" || refusal?.kind === "forbidden";
    const main = noMovePage({
      move,
      language,
      view,
      why: isSaid ? detail : words.notLegal[language],
      changes: changesSeen(found, { tried, seen: undefined }, visit),
      unsent: typed,
    });
    return { ...inFrame(move, visit, main), status: isSaid ? status : 409 };
  }

  /** Whether any post of somebody may read a case still. A move can take it out of their reach. */
  async function stillReads({ posts }: OfficerVisit, number: string): Promise<boolean> {
    const found = await desk.cases.get(number);
    const reads = posts.map((post) => asOfficer(desk, found, post));
    return (await Promise.allSettled(reads)).some(({ status }) => status === "fulfilled");
  }

  /** Where somebody is led who made a move: to the next case, back to this one, or to their desk where it left their hands. */
  async function afterwards(move: FormMove, number: string, visit: OfficerVisit, next: boolean) {
    if (next) return `/petugas/berikutnya?sudah=${move}&selain=${number}`;
    return `${(await stillReads(visit, number)) ? officersCase(number) : "/petugas"}?sudah=${move}`;
  }

  /** What a form does that is not sent yet. Undefined where it is to be sent. */
  async function notSentYet(
    move: FormMove,
    number: string,
    visit: OfficerVisit,
    values: FormValues,
  ): Promise<Reply | undefined> {
    const { subject, language, address } = visit;
    const here = addressOfMove(number, move);
    const doing = valueOf(values, "lakukan");
    if (doing === "buang") {
      await officerDrafts.drop(subject, address);
      return seeOther(here, language);
    }
    const leadsTo: Readonly<Record<string, () => string | Promise<string>>> = {
      simpan: () => `${here}?sudah=simpan`,
      cari: () => `${here}?${new URLSearchParams({ cari: valueOf(values, "cari").slice(0, 100) })}`,
      contoh: () => `${here}?${new URLSearchParams({ contoh: valueOf(values, "contoh").slice(0, 40) })}`,
      "ubah-contoh": async () => {
        const { post } = await caseFor(visit, number, move);
        return `/petugas/kelola/jawaban?${new URLSearchParams({ instansi: post.agencyId })}`;
      },
      lampirkan: () => `${addressOfMove(number, "attach")}?untuk=${moveAddresses[move]}`,
    };
    const to = Object.hasOwn(leadsTo, doing) ? leadsTo[doing] : undefined;
    if (!to) return undefined;
    if (isWritten(move, values) && !(await officerDrafts.keep(subject, address, worthKeeping(move, values))))
      throw new Refusal("too-large", words.tooLong);
    return seeOther(await to(), language);
  }

  /** Asks once whether an answer shall go without evidence, where it could show the result. */
  function refuseWithoutEvidence(move: FormMove, { view }: Found, values: FormValues): void {
    if (move !== "answer" || valueOf(values, "withoutEvidence") === "true") return;
    if ([values.evidence ?? []].flat().filter(Boolean).length > 0) return;
    if (wantsEvidence(view))
      throw refuseFields([{ in: "body", path: "withoutEvidence", message: words.sendWithout }]);
  }

  return formMoves.flatMap((move) =>
    officerFormAt(frame, `${officersCase("{trackingNumber}")}/${moveAddresses[move]}`, {
      input: { path, query },

      async show(request, visit, tried) {
        const found = await caseFor(visit, request.path.trackingNumber, move);
        const given = { asked: request.query, tried, visit };
        return found.view.legalMoves?.includes(move)
          ? shown(move, found, given)
          : refused(move, found, given);
      },

      async send(request, visit, values) {
        const number = request.path.trackingNumber;
        const kept = await notSentYet(move, number, visit, values);
        if (kept) return kept;
        if (move === "answer") refuseWithoutEvidence(move, await caseFor(visit, number, move), values);
        const seen = versionSeen(values);
        await visit.reply(endpoints[move], {
          path: { trackingNumber: number },
          headers: { "if-match": seen === undefined ? undefined : `"${seen}"` },
          body: bodyTyped(move, values),
        });
        await officerDrafts.drop(visit.subject, visit.address);
        const next = valueOf(values, "lakukan") === "kirim-lalu-berikutnya";
        return seeOther(await afterwards(move, number, visit, next), visit.language);
      },
    }),
  );
}
