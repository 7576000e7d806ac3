import * as z from "zod";
import type { Route } from "../../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { formAt, seeOther } from "../../../shared/http/page/route.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import { type Problem, problemOf } from "../../../shared/http/problem.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { type Hole, type Html, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { errorSummary, hidden, type Told, wrongFields } from "../../../shared/page/parts/form.ts";
import { keepBox, placeInSteps, saved, stepBar, stepWords } from "../../../shared/page/report/step.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { tidied } from "../../../shared/text/tidy.ts";
import type { Draft } from "../../../shared/visitor/draft.ts";
import type { Held } from "../../../shared/visitor/draft-flow.ts";
import { typedFields } from "./body.ts";
import { alreadySent, anotherDraft, draftCookie, draftIsGone, type ReportDesk } from "./desk.ts";
import { type ReportStep, reportSteps, type StepName } from "./steps.ts";
import {
  byWay,
  namedBy,
  notToBeHad,
  openWay,
  takenFrom,
  toWhom,
  type WayIn,
  wayIn,
  wayInFields,
  wayInOf,
  waysIn,
} from "./way-in.ts";

type Values = Readonly<Record<string, string>>;

/** What one step asks. */
export interface StepForm {
  name: StepName;
  title: Text;
  intro?: Text;
  /** The fields of its form. Nothing where there is nothing to ask. */
  fields(told: Told, values: Values, visit: Visit): Promise<Html | undefined>;
  /** What stands below the form. */
  below?(visit: Visit): Hole;
  back(values: Values): string;
  /** Where the report goes on once the step is right. */
  next(values: Values, visit: Visit): Promise<string>;
  /** Buttons that store what was typed and show the step again, with more to choose from. */
  choosesFurther?: boolean;
  /** What the button that goes on says, if not "save and continue". */
  go?: Text;
  /** What stands above the form. */
  above?(visit: Visit): Hole;
}

const query = z.strictObject({
  /** What happened to the draft: "habis" (gone), "baru" (just begun). */
  draf: z.string().max(20).optional(),
  /** Whether the step was found wrong, and shows why. */
  salah: z.string().max(5).optional(),
  ...waysIn,
});
type Query = z.output<typeof query>;

/** The first of these steps that is not right yet. */
export async function firstWrong(
  desk: Pick<ReportDesk, "check">,
  values: Values,
  names: readonly StepName[],
  visit: Visit,
): Promise<StepName | undefined> {
  for (const name of names)
    try {
      await desk.check(name, values, visit);
    } catch (error) {
      if (error instanceof Refusal) return name;
      throw error;
    }
  return undefined;
}

/** Leads to a step that has to be corrected. */
export const toCorrect = (name: StepName, visit: Visit, cookies: readonly string[] = []): Reply =>
  seeOther(`${reportSteps[name].address}?salah=1`, visit.language, cookies);

const before = ({ at }: ReportStep): StepName[] =>
  (Object.keys(reportSteps) as StepName[]).filter((name) => reportSteps[name].at < at);

/** Where a visitor without a draft begins. It says why, where there is something to say. */
export const toBeginning = (visit: Visit, { lost, asked }: { lost: boolean; asked?: string | undefined }) =>
  seeOther(lost ? "/lapor?draf=habis" : asked === "baru" ? "/lapor?draf=kuki" : "/lapor", visit.language);

/** Whether a form that was opened without a draft holds another story than the draft that there is by now. */
const isAnother = ({ text = "" }: Values, typed: Values): boolean =>
  text !== "" && typed.text !== undefined && typed.text !== text;

/**
 * Whether a draft holds no story. Whoever sat at this browser before could have begun it and noted its key, and nobody would see
 * that it is theirs: so a story begins a draft of its own, under a new key. What later steps hold is shown to its writer there.
 */
const hasNoStory = ({ values: { title = "", text = "" }, sent, underway = [] }: Draft): boolean =>
  !sent && underway.length === 0 && tidied(title) === "" && tidied(text) === "";

interface Shown {
  values: Values;
  problem?: Problem | undefined;
  held: Held | undefined;
  query: Query;
  way: WayIn;
  cookies?: readonly string[];
}

/** Declares the page of a step. What it is sent is stored before anything else, right or wrong. */
export function stepPage(desk: ReportDesk, form: StepForm): Route[] {
  const step = reportSteps[form.name];
  const { frame } = desk;

  const show = async (
    visit: Visit,
    { values, problem, held, query, way: asked, cookies = [] }: Shown,
  ): Promise<Reply> => {
    const { language } = visit;
    const told: Told = { language, wrong: wrongFields(problem), values };
    const fields = await form.fields(told, values, visit);
    if (!fields && !problem) return seeOther(await form.next(values, visit), language, cookies);
    const sent = held?.draft.sent !== undefined;
    const named = await namedBy(desk, asked.instansi);
    const way = openWay(asked, named);
    const agency =
      values.agencyId !== undefined
        ? await desk.directory.agency(values.agencyId)
        : named.is === "open" && values.instansi === undefined
          ? named.agency
          : undefined;
    return {
      ...page(
        layout({
          language,
          address: byWay(step.address, asked),
          files: frame.files,
          title: `${form.title[language]} (${placeInSteps(step.at)[language]})`,
          focused: true,
          narrow: true,
          quickExit: true,
          scripts: ["draft.js"],
          summary: errorSummary(problem, language, sent ? stepWords.alreadySent : undefined),
          main: html`${sent && html`<div class="notice"><p><a class="link" href="${pageIn(language, "/lapor/terkirim")}">${stepWords.toReceipt[language]}</a></p></div>`}
${query.draf === "habis" && !problem && html`<div class="notice"><p>${stepWords.lost[language]}</p></div>`}
${stepBar(language, { at: step.at, name: step.name, back: form.back(values), saved: held !== undefined })}
<h1>${form.title[language]}</h1>
${form.intro && html`<p>${form.intro[language]}</p>`}
${notToBeHad(named, language)}
${agency && !agency.closedAt && form.name !== "recipient" && toWhom(agency.name, language, step.at > reportSteps.recipient.at)}
${form.above?.(visit)}
<form method="post" action="${pageIn(language, step.address)}" data-once data-busy="${stepWords.busy[language]}" novalidate data-draft data-no-line="${stepWords.noLine[language]}">
${form.choosesFurther && html`<button name="lanjut" value="ya" hidden>${stepWords.go[language]}</button>`}
${hidden("versi", String(held?.draft.version ?? 0))}
${wayInFields(way)}
${fields}
${form.name !== "alike" && keepBox(language)}
<div class="row"><button class="button" name="lanjut" value="ya">${(form.go ?? stepWords.go)[language]}</button> <button class="link" name="lanjut" value="nanti">${stepWords.later[language]}</button></div>
</form>
${saved(language, held?.draft)}
${form.below?.(visit)}`,
        }),
      ),
      cookies,
    };
  };

  const refused = (error: unknown, visit: Visit): Problem | undefined =>
    error instanceof Refusal ? problemOf(error, visit.language, visit.requestId) : undefined;

  const problemIn = async (values: Values, visit: Visit): Promise<Problem | undefined> => {
    try {
      await desk.check(form.name, values, visit);
    } catch (error) {
      const problem = refused(error, visit);
      if (problem) return problem;
      throw error;
    }
    return undefined;
  };

  /** Goes on from what was stored: for another time, with more to choose from, or to the next step. */
  const goOn = async (
    held: Held,
    sent: FormValues,
    visit: Visit,
    told: "habis" | "baru" | undefined,
  ): Promise<Reply> => {
    const { language } = visit;
    const cookies = [draftCookie(held)];
    const { values } = held.draft;
    const chosen = valueOf(sent, "lanjut");
    if (chosen === "nanti") return seeOther("/lapor?draf=tersimpan", language, cookies);
    if (/^#[a-z-]{1,40}$/i.test(chosen)) return seeOther(`${step.address}${chosen}`, language, cookies);
    await desk.check(form.name, values, visit);
    const next = await form.next(values, visit);
    return seeOther(told ? `${next}?draf=${told}` : next, language, cookies);
  };

  return formAt(frame, step.address, {
    input: { query },
    async show({ query }, visit, tried) {
      const { held, lost } = await desk.opened(visit);
      if (tried) {
        const values = { ...held?.draft.values, ...typedFields(tried.values, step.fields) };
        return show(visit, { values, problem: tried.problem, held, query, way: wayInOf(tried.values) });
      }
      desk.isSaved(held, visit);
      if (!held && step.at > 1) return toBeginning(visit, { lost, asked: query.draf });
      if (held?.draft.sent) return seeOther("/lapor/terkirim", visit.language);
      const values = held?.draft.values ?? {};
      const wrong = await firstWrong(desk, values, before(step), visit);
      if (wrong) return toCorrect(wrong, visit);
      const problem = query.salah ? await problemIn(values, visit) : undefined;
      const shown = lost ? { ...query, draf: "habis" } : query;
      return show(visit, { values, problem, held, query: shown, way: wayIn(query) });
    },
    async send({ query }, visit, sent) {
      const { held: opened, lost } = await desk.opened(visit);
      const isBeginning = step.at === 1 && opened !== undefined && hasNoStory(opened.draft);
      const found = isBeginning ? undefined : opened;
      const typed = typedFields(sent, step.fields);
      const way = wayInOf(sent);
      if (found?.draft.sent) throw alreadySent();
      if (found && valueOf(sent, "versi") === "0" && isAnother(found.draft.values, typed))
        throw anotherDraft();
      const isNew = !visit.cookies.has("__Host-draf");
      const already = isBeginning ? opened.draft.values : {};
      const taken = takenFrom(way, found?.draft.values ?? already);
      const held = await desk.keep(found, { ...already, ...taken, ...typed }, visit);
      if (held.draft.sent) throw alreadySent();
      try {
        if (!found && step.at > 1) throw draftIsGone();
        return await goOn(held, sent, visit, lost ? "habis" : isNew ? "baru" : undefined);
      } catch (error) {
        const problem = refused(error, visit);
        if (!problem) throw error;
        const { values } = held.draft;
        const cookies = [draftCookie(held)];
        const shown = await show(visit, { values, problem, held, query, way, cookies });
        return { ...shown, status: problem.status };
      }
    },
  });
}
