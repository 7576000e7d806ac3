import * as z from "zod";
import type { Route } from "../../shared/http/endpoint.ts";
import { formAt, seeOther } from "../../shared/http/page/route.ts";
import { page } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { errorSummary, sendButton } from "../../shared/page/parts/form.ts";
import { postInWords } from "../../shared/page/practice/case-practised.ts";
import { practiceBanner, practicePage } from "../../shared/page/practice/practice-page.ts";
import { scenarioAddress } from "../../shared/page/practice/task-form.ts";
import { beginRun, runOf } from "../../shared/practice/practice-flow.ts";
import { type ScenarioId, scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { knownFurther, newPractiser, type PracticeRoom, practiserOf } from "./trainee.ts";

/** The path of every page of a scenario. */
export const ofScenario = z.strictObject({ scenario: z.enum(scenarioIds) });

const words = {
  practice: { id: "Latihan", en: "Practice" },
  all: { id: "Semua latihan", en: "All scenarios" },
  minutes: { id: "Sekitar", en: "About" },
  minutesOf: { id: "menit", en: "minutes" },
  begin: { id: "Mulai", en: "Begin" },
  again: { id: "Mulai dari awal", en: "Begin again" },
  goOn: { id: "Lanjutkan", en: "Go on" },
  result: { id: "Lihat yang dipelajari", en: "See what was learnt" },
  kept: {
    id: "Anda dapat berhenti kapan saja. Latihan ini menunggu tujuh hari.",
    en: "You can stop at any time. This practice waits for seven days.",
  },
  changed: {
    id: "Latihan yang Anda mulai tidak dapat dilanjutkan, karena kalender, batas waktu, atau latihannya sudah berubah. Mulai dari awal dengan yang berlaku sekarang.",
    en: "The practice that you began cannot go on, because the calendar, the limits or the scenario have changed. Begin again with what holds now.",
  },
  expired: {
    id: "Latihan ini belum dimulai di peramban ini, atau sudah lebih dari tujuh hari.",
    en: "This practice was not begun in this browser, or more than seven days ago.",
  },
} as const satisfies Record<string, Text>;

/** Why somebody was led back to the beginning. */
const query = z.strictObject({ sebab: z.enum(["berubah", "habis"]).optional() });

const noticeOf = (text: Text, language: Language): Hole =>
  html`<div class="notice"><p>${text[language]}</p></div>`;

/** The title of every page of a scenario. */
export const titleOf = (id: ScenarioId, language: Language): string =>
  `${words.practice[language]}: ${scenarios[id].title[language]}`;

/** The way back to all scenarios. */
export const backToAll = (language: Language) =>
  html`<p><a href="${pageIn(language, "/latihan")}" class="back">${words.all[language]}</a></p>`;

/** `/latihan/{scenario}`: the story, and the button that begins it. */
export const startPage = (room: PracticeRoom): Route[] =>
  formAt(room.frame, "/latihan/{scenario}", {
    input: { path: ofScenario, query },
    async show({ path, query: { sebab } }, visit, tried) {
      const { language, address } = visit;
      const scenario = scenarios[path.scenario];
      const practiser = await practiserOf(room, visit);
      const found = await runOf(room, practiser.trainee, scenario);
      const state = typeof found === "string" ? undefined : found.state;
      const shown = practicePage(
        { language, address, files: room.frame.files, signedIn: practiser.signedIn },
        {
          title: titleOf(path.scenario, language),
          summary: errorSummary(tried?.problem, language),
          main: html`${backToAll(language)}
<h1>${scenario.title[language]}</h1>
${practiceBanner(language)}
${(found === "changed" || sebab === "berubah") && !state && noticeOf(words.changed, language)}${sebab === "habis" && !state && found !== "changed" && noticeOf(words.expired, language)}
<p class="where">${postInWords(scenario.post, language)}. ${words.minutes[language]} ${scenario.minutes} ${words.minutesOf[language]}.</p>
<p>${scenario.story[language]}</p>
<p>${words.kept[language]}</p>
${
  state &&
  html`<p><a class="button" href="${pageIn(language, scenarioAddress(path.scenario, state.task ? "langkah" : "selesai"))}">${(state.task ? words.goOn : words.result)[language]}</a></p>`
}
<form method="post" action="${pageIn(language, scenarioAddress(path.scenario))}">${sendButton((state ? words.again : words.begin)[language], state ? "second" : "")}</form>`,
        },
      );
      return knownFurther(page(shown), practiser);
    },
    async send({ path }, visit) {
      const practiser = await newPractiser(room, visit);
      await beginRun(room, practiser.trainee, scenarios[path.scenario]);
      return knownFurther(seeOther(scenarioAddress(path.scenario, "langkah"), visit.language), practiser);
    },
  });
