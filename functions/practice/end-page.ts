import { moveTitle } from "../../shared/case/moves/table.ts";
import type { Route } from "../../shared/http/endpoint.ts";
import { pageAt, seeOther } from "../../shared/http/page/route.ts";
import { page } from "../../shared/http/reply.ts";
import type { Text } from "../../shared/language.ts";
import { html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { placeInGuidance } from "../../shared/page/officer/guidance/beside-move.ts";
import { sendButton } from "../../shared/page/parts/form.ts";
import { casePractised, countPractised } from "../../shared/page/practice/case-practised.ts";
import { lessonInWords, practiceBanner, practicePage } from "../../shared/page/practice/practice-page.ts";
import { scenarioAddress } from "../../shared/page/practice/task-form.ts";
import { type PractisedMove, scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { whileGoingOn } from "./going-on.ts";
import { backToAll, ofScenario, titleOf } from "./start-page.ts";
import type { PracticeRoom } from "./trainee.ts";

const words = {
  done: { id: "Selesai", en: "Finished" },
  learnt: { id: "Yang Anda pelajari", en: "What you have learnt" },
  more: { id: "Baca panduannya", en: "Read the guidance" },
  next: { id: "Latihan berikutnya", en: "Next scenario" },
  again: { id: "Mulai dari awal", en: "Begin again" },
  recorded: {
    id: "Tercatat atas nama Anda, paling lama satu tahun. Admin instansi Anda melihatnya.",
    en: "Recorded under your name, for a year at most. The administrator of your agency sees it.",
  },
  notRecorded: {
    id: "Anda belum masuk, jadi latihan ini tidak tercatat atas nama Anda.",
    en: "You have not signed in, so this is not recorded under your name.",
  },
  case: { id: "Laporan pada akhirnya", en: "The case at its end" },
} as const satisfies Record<string, Text>;

/** The moves that a scenario is about, each once. */
const movesOf = (id: (typeof scenarioIds)[number]): PractisedMove[] => [
  ...new Set(scenarios[id].tasks.flatMap((task) => (task.kind === "move" ? [task.right] : []))),
];

/** `/latihan/{scenario}/selesai`: what was learnt, and where to read more. */
export const endPage = (room: PracticeRoom): Route[] =>
  pageAt("/latihan/{scenario}/selesai", { path: ofScenario }, ({ path: { scenario: id } }, visit) =>
    whileGoingOn(room, id, visit, async ({ state, book, practiser }) => {
      const { language, address } = visit;
      if (state.task || state.astray) return seeOther(scenarioAddress(id, "langkah"), language);
      const { learnt, title } = state.scenario;
      const next = scenarioIds[scenarioIds.indexOf(id) + 1];
      return page(
        practicePage(
          { language, address, files: room.frame.files, signedIn: practiser.signedIn },
          {
            title: titleOf(id, language),
            main: html`${backToAll(language)}
<h1>${words.done[language]}: ${title[language]}</h1>
${practiceBanner(language)}
${state.taught && html`<div class="notice" role="status">${lessonInWords(state.taught, language)}${state.taught.clock && countPractised(state.taught.clock, state, book, language)}</div>`}
<section><h2>${words.learnt[language]}</h2><ul>${learnt.map((lesson) => html`<li>${lessonInWords(lesson, language)}</li>`)}</ul></section>
<section><h2>${words.more[language]}</h2><ul>${movesOf(id).map((move) => html`<li><a class="link" href="${`${pageIn(language, "/petugas/panduan/langkah")}#${placeInGuidance(move)}`}">${moveTitle[move][language]}</a></li>`)}</ul></section>
<p>${(practiser.signedIn ? words.recorded : words.notRecorded)[language]}</p>
${next && html`<p><a class="button" href="${pageIn(language, scenarioAddress(next))}">${words.next[language]}: ${scenarios[next].title[language]}</a></p>`}
<form method="post" action="${pageIn(language, scenarioAddress(id))}">${sendButton(words.again[language], "second")}</form>
<details><summary>${words.case[language]}</summary>${casePractised(state, { book, files: room.frame.files }, language)}</details>`,
          },
        ),
      );
    }),
  );
