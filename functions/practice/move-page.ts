import * as z from "zod";
import { moveTitle } from "../../shared/case/moves/table.ts";
import type { Route } from "../../shared/http/endpoint.ts";
import { fieldRefusals } from "../../shared/http/field-messages.ts";
import { bodyOf, type FormValues } from "../../shared/http/page/form.ts";
import { formAt, seeOther, type Tried } from "../../shared/http/page/route.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import { page, type Reply } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { besideMove } from "../../shared/page/officer/guidance.ts";
import { moveAddresses } from "../../shared/page/officer/move-addresses.ts";
import { errorSummary, hidden, sendButton, wrongFields } from "../../shared/page/parts/form.ts";
import { postInWords } from "../../shared/page/practice/case-practised.ts";
import { fieldsOfMove, moveFields } from "../../shared/page/practice/move-form.ts";
import { lessonInWords, practiceBanner, practicePage } from "../../shared/page/practice/practice-page.ts";
import { offeredMoves, scenarioAddress } from "../../shared/page/practice/task-form.ts";
import { bodyOfMove } from "../../shared/practice/moves.ts";
import { takeStep } from "../../shared/practice/practice-flow.ts";
import { postOf } from "../../shared/practice/run.ts";
import { type PractisedMove, practisedMoves } from "../../shared/practice/scenario.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { type GoingOn, seenIn, whileGoingOn } from "./going-on.ts";
import { ofScenario, titleOf } from "./start-page.ts";
import type { PracticeRoom } from "./trainee.ts";

const words = {
  back: { id: "Kembali ke laporan", en: "Back to the case" },
  refused: { id: "Aturan menolak langkah ini", en: "The rules refuse this step" },
  why: { id: "Mengapa bukan langkah ini", en: "Why not this step" },
} as const satisfies Record<string, Text>;

const addressed = new Map(practisedMoves.map((move) => [moveAddresses[move] as string, move]));

const path = ofScenario.extend({
  move: z
    .string()
    .refine((address) => addressed.has(address))
    .transform((address) => addressed.get(address) ?? "ask"),
});

/** What was filled in, by the schema of the real route. */
function bodyIn(move: PractisedMove, values: FormValues): Record<string, unknown> {
  const { names, ticked } = fieldsOfMove(move);
  const body = bodyOf(values, names, { booleans: ticked });
  const read = bodyOfMove(move).safeParse(body);
  if (!read.success) throw refuseFields(fieldRefusals("body", read.error, body));
  return read.data as Record<string, unknown>;
}

/** Why a step that the rules refused is wrong here as well. Of a field to be corrected there is nothing to explain. */
const explained = (
  { state: { task } }: GoingOn,
  move: PractisedMove,
  tried: Tried | undefined,
  language: Language,
): Hole => {
  const lesson = task?.kind === "move" && move !== task.right && task.wrong[move];
  return (
    tried &&
    !tried.problem.errors &&
    lesson &&
    html`<div class="notice"><h2>${words.why[language]}</h2>${lessonInWords(lesson, language)}</div>`
  );
};

function shown(
  room: PracticeRoom,
  { scenario, move }: z.output<typeof path>,
  { language, address }: Visit,
  on: GoingOn,
  tried?: Tried,
): Reply {
  const { state, run, practiser } = on;
  const { task, astray } = state;
  const back = pageIn(language, scenarioAddress(scenario, "langkah"));
  if (astray || task?.kind !== "move" || !offeredMoves(task).includes(move))
    return seeOther(scenarioAddress(scenario, "langkah"), language);
  const values = tried?.values ?? { class: state.file.case.class };
  const told = { language, wrong: wrongFields(tried?.problem), values };
  return page(
    practicePage(
      { language, address, files: room.frame.files, signedIn: practiser.signedIn },
      {
        title: `${titleOf(scenario, language)} (${moveTitle[move][language]})`,
        summary: errorSummary(tried?.problem, fieldsOfMove(move).names, language, words.refused),
        main: html`<p><a href="${back}" class="back">${words.back[language]}</a></p>
<h1>${moveTitle[move][language]}</h1>
${practiceBanner(language)}
${explained(on, move, tried, language)}
<p class="where">${postInWords(postOf(state), language)}</p>
<p>${task.says[language]}</p>
${besideMove(move, language)}
<form method="post" action="${`${back}/${moveAddresses[move]}`}">${hidden("versi", String(run.version))}${moveFields(move, told)}${sendButton(moveTitle[move][language])}</form>`,
      },
    ),
  );
}

/** `/latihan/{scenario}/langkah/{move}`: the form of a move, which the rules of real cases take or refuse. */
export const movePage = (room: PracticeRoom): Route[] =>
  formAt(room.frame, "/latihan/{scenario}/langkah/{move}", {
    input: { path },
    show: (request, visit, tried) =>
      whileGoingOn(room, request.path.scenario, visit, async (on) =>
        shown(room, request.path, visit, on, tried),
      ),
    send: ({ path: { scenario, move } }, visit, values) =>
      whileGoingOn(room, scenario, visit, async (on) => {
        await takeStep(room, on.trainee, on, {
          step: { kind: "move", move, body: bodyIn(move, values) },
          seen: seenIn(values),
        });
        return seeOther(scenarioAddress(scenario, "langkah"), visit.language);
      }),
  });
