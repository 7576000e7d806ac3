import type { Route } from "../../shared/http/endpoint.ts";
import { pageAt } from "../../shared/http/page/route.ts";
import { page } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { daySeen } from "../../shared/page/case/moments.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { cards } from "../../shared/page/parts/lists.ts";
import { chip } from "../../shared/page/parts/turn.ts";
import { practiceBanner, practicePage } from "../../shared/page/practice/practice-page.ts";
import { scenarioAddress } from "../../shared/page/practice/task-form.ts";
import type { Finish } from "../../shared/practice/practice-store.ts";
import { type ScenarioId, scenarioIds } from "../../shared/practice/scenario.ts";
import { scenarios } from "../../shared/practice/scenarios.ts";
import { knownFurther, type PracticeRoom, practiserOf } from "./trainee.ts";

const words = {
  title: { id: "Latihan", en: "Practice" },
  lead: {
    id: "Sepuluh kasus, masing-masing {least} sampai {most} menit. Anda memilih langkah, dan aturan yang dipakai pada laporan nyata memeriksanya.",
    en: "Ten cases of {least} to {most} minutes each. You choose what to do, and the rules of real cases check it.",
  },
  minutes: { id: "menit", en: "minutes" },
  begun: { id: "Belum selesai", en: "Not finished" },
  finished: { id: "Selesai", en: "Finished" },
  signedOut: {
    id: "Anda dapat berlatih tanpa masuk. Latihan Anda disimpan tujuh hari di peramban ini, dan tidak tercatat atas nama Anda.",
    en: "You can practise without signing in. Your practice is kept for seven days in this browser, and not recorded under your name.",
  },
  signIn: { id: "Masuk supaya tercatat", en: "Sign in to have it recorded" },
  recorded: {
    id: "Latihan yang selesai tercatat atas nama Anda paling lama satu tahun. Admin instansi Anda melihat latihan mana yang selesai dan kapan. Langkah dan tulisan Anda tidak dilihat siapa pun, dan dihapus tujuh hari sesudah langkah terakhir.",
    en: "What you finish is recorded under your name for a year at most. The administrator of your agency sees which scenarios you finished and when. Nobody sees your steps and texts, and they are removed seven days after the last step.",
  },
} as const satisfies Record<string, Text>;

const allMinutes = scenarioIds.map((id) => scenarios[id].minutes);

function statusOf(
  id: ScenarioId,
  { begun, finished }: { begun: readonly ScenarioId[]; finished: readonly Finish[] },
  language: Language,
): Hole {
  const done = finished.find(({ scenario }) => scenario === id);
  if (done)
    return html` ${chip("calm", words.finished[language])} <span class="hint">${daySeen(done.finishedAt, "Asia/Makassar", language)}</span>`;
  return begun.includes(id) && html` ${chip("due", words.begun[language])}`;
}

/** `/latihan`: the ten scenarios, and how far one has come. */
export const listPage = (room: PracticeRoom): Route[] =>
  pageAt("/latihan", {}, async (_, visit) => {
    const { language, address } = visit;
    const practiser = await practiserOf(room, visit);
    const { trainee, signedIn } = practiser;
    const known = trainee
      ? await room.practice.of(trainee, room.now())
      : { begun: [] as ScenarioId[], finished: [] as Finish[] };
    const shown = practicePage(
      { language, address, files: room.frame.files, signedIn },
      {
        title: words.title[language],
        main: html`<h1>${words.title[language]}</h1>
${practiceBanner(language)}
<p>${words.lead[language].replace("{least}", String(Math.min(...allMinutes))).replace("{most}", String(Math.max(...allMinutes)))}</p>
${
  signedIn
    ? html`<p class="hint">${words.recorded[language]}</p>`
    : html`<p>${words.signedOut[language]} <a href="${pageIn(language, "/petugas/masuk")}?ke=/latihan">${words.signIn[language]}</a></p>`
}
${cards(
  scenarioIds.map((id, at) => {
    const { title, about, minutes } = scenarios[id];
    return html`<h2><a class="link" href="${pageIn(language, scenarioAddress(id))}">${at + 1}. ${title[language]}</a></h2><p>${about[language]}</p><p class="hint">${minutes} ${words.minutes[language]}${statusOf(id, known, language)}</p>`;
  }),
)}`,
      },
    );
    return knownFurther(page(shown), practiser);
  });
