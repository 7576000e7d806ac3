import type { Route } from "../../shared/http/endpoint.ts";
import { dateTyped, type FormValues, valueOf } from "../../shared/http/page/form.ts";
import { actionAt, formAt, seeOther, type Tried } from "../../shared/http/page/route.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import { page, type Reply } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, type Html, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { errorSummary, wrongFields } from "../../shared/page/parts/form.ts";
import { step } from "../../shared/page/parts/lists.ts";
import { casePractised, countPractised, postInWords } from "../../shared/page/practice/case-practised.ts";
import { lessonInWords, practiceBanner, practicePage } from "../../shared/page/practice/practice-page.ts";
import {
  backButton,
  choiceForm,
  dayButtons,
  dueForm,
  movesToTry,
  scenarioAddress,
} from "../../shared/page/practice/task-form.ts";
import { takeBack, takeStep } from "../../shared/practice/practice-flow.ts";
import { postOf, type Step } from "../../shared/practice/run.ts";
import type { ScenarioId } from "../../shared/practice/scenario.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { type GoingOn, seenIn, whileGoingOn } from "./going-on.ts";
import { ofScenario, titleOf } from "./start-page.ts";
import type { PracticeRoom } from "./trainee.ts";

const words = {
  right: { id: "Benar", en: "Right" },
  happened: { id: "Ada kabar baru", en: "Something has happened" },
  wrong: { id: "Ini bukan langkah yang tepat", en: "This is not the right step" },
  legal: {
    id: "Aturan menerimanya, jadi pada laporan nyata ini sudah terjadi. Di sini Anda dapat mengambilnya kembali.",
    en: "The rules took it, so in a real case it would have happened. Here you can take it back.",
  },
  notThisAnswer: { id: "Belum tepat", en: "Not right yet" },
  of: { id: "dari", en: "of" },
  stepNumber: { id: "Tugas", en: "Task" },
  story: { id: "Cerita", en: "The story" },
} as const satisfies Record<string, Text>;

/** What the step before taught, or what came of waiting. */
const taughtBefore = ({ state: { taught }, state, book }: GoingOn, language: Language): Hole =>
  taught &&
  html`<div class="notice" role="status">${lessonInWords(taught, language)}${taught.clock && countPractised(taught.clock, state, book, language)}</div>`;

/** What is wrong with the last step, and the button that takes it back. */
const wrongStep = ({ state, run }: GoingOn, language: Language): Hole =>
  state.astray &&
  html`<div class="notice" role="alert"><h2>${words.wrong[language]}</h2>${lessonInWords(state.astray, language)}<p>${words.legal[language]}</p>${backButton({ state, version: run.version, language }, "")}</div>`;

/** The task at hand, with its form. */
function taskOf(on: GoingOn, tried: Tried | undefined, language: Language): Hole {
  const { state, run, book } = on;
  const { task } = state;
  if (!task || state.astray) return undefined;
  const practising = { state, version: run.version, language };
  const told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
  const says = html`<p class="where">${postInWords(postOf(state), language)}</p><p>${task.says[language]}</p>`;
  switch (task.kind) {
    case "move":
      return html`${says}${movesToTry(task, practising)}${dayButtons(practising)}`;
    case "due":
      return html`${says}${dueForm(task, practising, told, book)}`;
    case "choice":
      return html`${says}${choiceForm(task, practising, told)}`;
    case "wait":
      return html`${says}${dayButtons(practising)}`;
  }
}

/** The head of every page in the middle of a scenario. */
const headOf = ({ state }: Pick<GoingOn, "state">, id: ScenarioId, language: Language): Html =>
  html`${step({
    back: { address: pageIn(language, scenarioAddress(id)), label: words.story[language] },
    text: `${words.stepNumber[language]} ${Math.min(state.done + 1, state.scenario.tasks.length)} ${words.of[language]} ${state.scenario.tasks.length}`,
    at: state.done,
    of: state.scenario.tasks.length,
  })}
<h1>${state.scenario.title[language]}</h1>
${practiceBanner(language)}`;

function shown(
  room: PracticeRoom,
  id: ScenarioId,
  { language, address }: Visit,
  on: GoingOn,
  tried?: Tried,
): Reply {
  const { state, run, practiser, book } = on;
  if (!state.task && !state.astray) return seeOther(scenarioAddress(id, "selesai"), language);
  const isTaught = run.steps.length > 0 && !state.astray;
  return page(
    practicePage(
      { language, address, files: room.frame.files, signedIn: practiser.signedIn },
      {
        title: titleOf(id, language),
        summary: errorSummary(tried?.problem, language, words.notThisAnswer),
        main: html`${headOf(on, id, language)}
${wrongStep(on, language)}${taughtBefore(on, language)}
${taskOf(on, tried, language)}
${casePractised(state, { book, files: room.frame.files }, language)}
${isTaught && backButton({ state, version: run.version, language })}`,
      },
    ),
  );
}

const chooseDate = () =>
  refuseFields([
    {
      in: "body",
      path: "date",
      message: {
        id: "Tulis tanggalnya, misalnya 1/12/2026.",
        en: "Write the date, such as 1/12/2026.",
      },
    },
  ]);
const chooseOption = () =>
  refuseFields([{ in: "body", path: "option", message: { id: "Pilih salah satu.", en: "Choose one." } }]);

const isDate = (date: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(date) && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true;

/** What a form of the task at hand means. */
function stepIn({ state: { task } }: GoingOn, values: FormValues): Step {
  if (task?.kind === "choice") {
    const option = valueOf(values, "option");
    if (!task.options.some(({ id }) => id === option)) throw chooseOption();
    return { kind: "choice", option };
  }
  // The form of another task: which one stands here now is told, and not what is wrong with a field that is not here.
  if (task?.kind !== "due" || valueOf(values, "show") === "true") return { kind: "due" };
  const date = dateTyped(valueOf(values, "date"));
  if (!isDate(date)) throw chooseDate();
  return { kind: "due", date };
}

const next = (id: ScenarioId, language: Language): Reply =>
  seeOther(scenarioAddress(id, "langkah"), language);

/** `/latihan/{scenario}/langkah`: the case as it stands, the task at hand, and what the last step taught. */
export const stepPages = (room: PracticeRoom): Route[] => [
  ...formAt(room.frame, "/latihan/{scenario}/langkah", {
    input: { path: ofScenario },
    show: ({ path: { scenario } }, visit, tried) =>
      whileGoingOn(room, scenario, visit, async (on) => shown(room, scenario, visit, on, tried)),
    send: ({ path: { scenario } }, visit, values) =>
      whileGoingOn(room, scenario, visit, async (on) => {
        await takeStep(room, on.trainee, on, { step: stepIn(on, values), seen: seenIn(values) });
        return next(scenario, visit.language);
      }),
  }),
  ...actionAt(
    room.frame,
    "/latihan/{scenario}/hari",
    { path: ofScenario },
    ({ path: { scenario } }, visit, values) =>
      whileGoingOn(room, scenario, visit, async (on) => {
        const days = valueOf(values, "days") === "5" ? 5 : 1;
        await takeStep(room, on.trainee, on, { step: { kind: "days", days }, seen: seenIn(values) });
        return next(scenario, visit.language);
      }),
    ({ path: { scenario } }, visit, tried) =>
      whileGoingOn(room, scenario, visit, async (on) => shown(room, scenario, visit, on, tried)),
  ),
  ...actionAt(
    room.frame,
    "/latihan/{scenario}/kembali",
    { path: ofScenario },
    ({ path: { scenario } }, visit, values) =>
      whileGoingOn(room, scenario, visit, async (on) => {
        await takeBack(room, on.trainee, on, seenIn(values));
        return next(scenario, visit.language);
      }),
    ({ path: { scenario } }, visit, tried) =>
      whileGoingOn(room, scenario, visit, async (on) => shown(room, scenario, visit, on, tried)),
  ),
];
