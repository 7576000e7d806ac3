import * as z from "zod";
import { moveTitle } from "../../shared/case/moves/table.ts";
import type { Route } from "../../shared/http/endpoint.ts";
import { fieldRefusals } from "../../shared/http/field-messages.ts";
import { bodyOf, type FormValues, valueOf } from "../../shared/http/page/form.ts";
import { bodyTyped } from "../../shared/http/page/move-typed.ts";
import { formAt, seeOther, type Tried } from "../../shared/http/page/route.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import { problemOf } from "../../shared/http/problem.ts";
import { page, type Reply } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, type Html, html } from "../../shared/page/html.ts";
import { openingHead, staysClosed } from "../../shared/page/officer/case/opening-page.ts";
import { moveAddresses } from "../../shared/page/officer/move-addresses.ts";
import { movePage, type MovePlace, noMovePage } from "../../shared/page/officer/moves/page.ts";
import { errorSummary, hidden, wrongFields } from "../../shared/page/parts/form.ts";
import { postInWords, viewPractised } from "../../shared/page/practice/case-practised.ts";
import { lessonInWords, practiceBanner, practicePage } from "../../shared/page/practice/practice-page.ts";
import { offeredMoves, scenarioAddress } from "../../shared/page/practice/task-form.ts";
import { bodyOfMove, objectionInPractice } from "../../shared/practice/moves.ts";
import { takeStep } from "../../shared/practice/practice-flow.ts";
import { postOf } from "../../shared/practice/run.ts";
import { type PractisedMove, practisedMoves } from "../../shared/practice/scenario.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { choicesInPractice, foresightInPractice, type PractisedForm } from "./foresight.ts";
import { type GoingOn, seenIn, whileGoingOn } from "./going-on.ts";
import { ofScenario, titleOf } from "./start-page.ts";
import type { PracticeRoom } from "./trainee.ts";

const words = {
  refused: { id: "Aturan menolak langkah ini", en: "The rules refuse this step" },
  why: { id: "Mengapa bukan langkah ini", en: "Why not this step" },
  saved: {
    id: "Pada laporan nyata tulisan ini kini tersimpan sebagai draf. Latihan tidak menyimpannya: lanjutkan di bawah.",
    en: "In a real case what you wrote would be kept as a draft now. Practice keeps none: go on below.",
  },
} as const satisfies Record<string, Text>;

const addressed = new Map(practisedMoves.map((move) => [moveAddresses[move] as string, move]));

const path = ofScenario.extend({
  move: z
    .string()
    .refine((address) => addressed.has(address))
    .transform((address) => addressed.get(address) ?? "ask"),
});

const isForm = (move: PractisedMove): move is PractisedForm => move !== "open-identity";

/** What was filled in, by the schema of the real route. */
function bodyIn(move: PractisedMove, values: FormValues): Record<string, unknown> {
  const body = isForm(move) ? bodyTyped(move, values) : bodyOf(values, ["reason"]);
  const read = bodyOfMove(move).safeParse(body);
  if (!read.success) throw refuseFields(fieldRefusals("body", read.error, body));
  return read.data as Record<string, unknown>;
}

/** What somebody sees of a move: after a refusal with all that was typed, and likewise after a button that sends nothing yet. */
interface Filled {
  tried?: Tried | undefined;
  values?: FormValues | undefined;
  isSaved?: boolean;
}

/** Why a step that the rules refuse is wrong here as well. Of a field to be corrected there is nothing to explain. */
const explained = (
  { state: { task } }: GoingOn,
  move: PractisedMove,
  isRefused: boolean,
  language: Language,
): Hole => {
  const lesson = task?.kind === "move" && move !== task.right && task.wrong[move];
  return (
    isRefused &&
    lesson &&
    html`<div class="notice"><h2>${words.why[language]}</h2>${lessonInWords(lesson, language)}</div>`
  );
};

/** The page of a move, as it is at a real case, below the banner of practice. With its status where the rules refuse the move. */
function moveShown(
  { frame }: PracticeRoom,
  { scenario, move }: z.output<typeof path>,
  { language, requestId }: Visit,
  on: GoingOn,
  { tried, values, isSaved = false }: Filled,
): { main: Html; status: number } {
  const { state, run, book } = on;
  const view = { ...viewPractised(state, book, language), version: state.file.events.length };
  const back = scenarioAddress(scenario, "langkah");
  const objection = objectionInPractice(state.file, { by: postOf(state), move }, { at: state.at, book });
  const isRefused = objection !== undefined || (tried !== undefined && !tried.problem.errors);
  const head = html`${practiceBanner(language)}
${isSaved && html`<div class="notice" role="status"><p>${words.saved[language]}</p></div>`}
${explained(on, move, isRefused, language)}
<p class="where">${postInWords(postOf(state), language)}</p>
<p>${state.task?.says[language]}</p>`;
  const seen = hidden("versi", String(run.version));
  const place: MovePlace = {
    back,
    form: `${back}/${moveAddresses[move]}`,
    seen,
    head,
    buttons: ["kirim", "simpan"],
  };
  if (!isForm(move)) {
    // No scenario has anybody at a case whose reporter they may learn.
    if (!objection) throw new Error(`Practice has no form for the move ${move}`);
    return {
      main: html`${openingHead(moveTitle[move][language], view.trackingNumber, language, back)}
${head}
${staysClosed(language, objection.text, tried)}`,
      status: 409,
    };
  }
  if (objection) {
    const { status, detail } = problemOf(objection, language, requestId);
    const typed = ["text", "reason", "note"].map((name) => valueOf(tried?.values ?? {}, name));
    const unsent = typed.filter((text) => text.trim() !== "");
    return {
      main: noMovePage({ move, language, view, why: detail, changes: undefined, unsent, place }),
      status,
    };
  }
  const filled = tried?.values ?? values ?? { class: view.class, title: view.title ?? "" };
  const choices = choicesInPractice(state, move, filled, language);
  const told = { language, wrong: wrongFields(tried?.problem), values: filled };
  const foreseeing = { book, siteUrl: frame.siteUrl, language };
  return {
    main: movePage({
      move,
      language,
      view,
      told,
      choices,
      ...foresightInPractice(state, { move, values: filled, choices }, foreseeing),
      isSaved,
      changes: undefined,
      templates: undefined,
      place,
    }),
    status: 200,
  };
}

function shown(
  room: PracticeRoom,
  asked: z.output<typeof path>,
  visit: Visit,
  on: GoingOn,
  filled: Filled = {},
): Reply {
  const { scenario, move } = asked;
  const { state, practiser } = on;
  const { language, address } = visit;
  const { task, astray } = state;
  if (astray || task?.kind !== "move" || !offeredMoves(task).includes(move))
    return seeOther(scenarioAddress(scenario, "langkah"), language);
  const { main, status } = moveShown(room, asked, visit, on, filled);
  return {
    ...page(
      practicePage(
        { language, address, files: room.frame.files, signedIn: practiser.signedIn },
        {
          title: `${titleOf(scenario, language)} (${moveTitle[move][language]})`,
          summary: errorSummary(filled.tried?.problem, language, words.refused),
          main,
        },
      ),
    ),
    status,
  };
}

/** The buttons of a form that send nothing yet: the page is shown again, with what the move would do with what is typed. */
const notSentYet = new Set(["simpan", "cari"]);

/** `/latihan/{scenario}/langkah/{move}`: the form of a move, which the rules of real cases take or refuse. */
export const practisedMovePage = (room: PracticeRoom): Route[] =>
  formAt(room.frame, "/latihan/{scenario}/langkah/{move}", {
    input: { path },
    show: (request, visit, tried) =>
      whileGoingOn(room, request.path.scenario, visit, async (on) =>
        shown(room, request.path, visit, on, { tried }),
      ),
    send: ({ path }, visit, values) =>
      whileGoingOn(room, path.scenario, visit, async (on) => {
        const doing = valueOf(values, "lakukan");
        if (notSentYet.has(doing))
          return shown(room, path, visit, on, { values, isSaved: doing === "simpan" });
        const { scenario, move } = path;
        await takeStep(room, on.trainee, on, {
          step: { kind: "move", move, body: bodyIn(move, values) },
          seen: seenIn(values),
        });
        return seeOther(scenarioAddress(scenario, "langkah"), visit.language);
      }),
  });
