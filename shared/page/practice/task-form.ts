import { moveTitle } from "../../case/moves/table.ts";
import { localDateInWords } from "../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../language.ts";
import type { Rulebook } from "../../practice/rulebook.ts";
import { clockAsked, nameOfClock, type PracticeState, practiceToday } from "../../practice/run.ts";
import type { ChoiceTask, DueTask, MoveTask, PractisedMove, ScenarioId } from "../../practice/scenario.ts";
import { type Hole, type Html, html } from "../html.ts";
import { pageIn } from "../layout.ts";
import { moveAddresses } from "../officer/move-addresses.ts";
import { hidden, radios, sendButton, textField, type Told } from "../parts/form.ts";
import { countToMake } from "./case-practised.ts";

const words = {
  moves: { id: "Pilih langkah Anda", en: "Choose what you do" },
  due: { id: "Kapan batas waktunya?", en: "When is it due?" },
  dueHint: { id: "Misalnya 1/12/2026", en: "For example 1/12/2026" },
  check: { id: "Periksa", en: "Check" },
  show: { id: "Tunjukkan jawabannya", en: "Show the answer" },
  choice: { id: "Pilih jawaban", en: "Choose an answer" },
  clockShows: { id: "Jam latihan menunjukkan", en: "The practice clock shows" },
  nextDay: { id: "Hari kerja berikutnya", en: "Next working day" },
  fiveDays: { id: "5 hari kerja", en: "5 working days" },
  back: { id: "Ambil kembali langkah terakhir", en: "Take the last step back" },
} as const satisfies Record<string, Text>;

interface Practising {
  state: PracticeState;
  version: number;
  language: Language;
}

/** The address of a scenario, without its language. */
export const scenarioAddress = (id: ScenarioId, room?: string): string =>
  `/latihan/${id}${room === undefined ? "" : `/${room}`}`;

/** Every form of practice says which state of it was seen. */
const seenNow = ({ version }: Pick<Practising, "version">): Html => hidden("versi", String(version));

/** A form of the page that leads to a room of the scenario. */
const formTo = (room: string, { state, version, language }: Practising, content: Hole): Html =>
  html`<form method="post" action="${pageIn(language, scenarioAddress(state.scenario.id, room))}">${seenNow({ version })}${content}</form>`;

/** Takes the last step back. */
export const backButton = (practising: Practising, kind: "" | "second" = "second"): Html =>
  formTo("kembali", practising, sendButton(words.back[practising.language], kind));

/** Has days of the practice clock pass. */
export function dayButtons(practising: Practising): Html {
  const { language, state } = practising;
  const days = (count: string, label: string) =>
    formTo("hari", practising, html`${hidden("days", count)}${sendButton(label, "second")}`);
  return html`<p>${words.clockShows[language]} <b>${localDateInWords(practiceToday(state), language)}</b>.</p>
<div class="row">${days("1", words.nextDay[language])}${days("5", words.fiveDays[language])}</div>`;
}

/** The moves that the trainee may try, in the order of the table of moves. */
export const offeredMoves = ({ right, wrong }: MoveTask): PractisedMove[] => {
  const offered = new Set<string>([right, ...Object.keys(wrong)]);
  return (Object.keys(moveAddresses) as PractisedMove[]).filter((move) => offered.has(move));
};

/** The moves to choose among, legal or not, each a link to its page. */
export const movesToTry = (task: MoveTask, { state, language }: Practising): Html =>
  html`<section><h2>${words.moves[language]}</h2><ul>${offeredMoves(task).map(
    (move) =>
      html`<li><a class="link" href="${pageIn(language, scenarioAddress(state.scenario.id, `langkah/${moveAddresses[move]}`))}">${moveTitle[move][language]}</a></li>`,
  )}</ul></section>`;

/** The question for a due date. */
export function dueForm(task: DueTask, practising: Practising, told: Told, book: Rulebook): Html {
  const { state, language } = practising;
  const clock = clockAsked(state.file, task.clock);
  return html`<section class="card"><h2>${words.due[language]}</h2>
<p>${nameOfClock(task)[language]}</p>
${clock && countToMake(clock, state, book, language)}
${formTo("langkah", practising, html`${textField(told, { name: "date", label: words.due[language], hint: words.dueHint[language] }, { type: "date", width: "middle" })}${sendButton(words.check[language])}`)}
${formTo("langkah", practising, html`${hidden("show", "true")}${sendButton(words.show[language], "second")}`)}</section>`;
}

/** A question with a few answers. */
export const choiceForm = (task: ChoiceTask, practising: Practising, told: Told): Html =>
  formTo(
    "langkah",
    practising,
    html`${radios(
      told,
      { name: "option", label: words.choice[practising.language] },
      task.options.map(({ id, says }) => ({ value: id, label: says[practising.language] })),
    )}${sendButton(words.check[practising.language])}`,
  );
