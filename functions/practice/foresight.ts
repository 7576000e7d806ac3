import { type CaseClass, caseClass } from "../../shared/deadline/policy.ts";
import { namedLike } from "../../shared/directory/agency-names.ts";
import { type FormValues, valueOf } from "../../shared/http/page/form.ts";
import { bodyOtherwise, bodyTyped } from "../../shared/http/page/move-typed.ts";
import type { Language, Text } from "../../shared/language.ts";
import { isDiscreet } from "../../shared/notification/mails/discretion.ts";
import { reporterNotice } from "../../shared/notification/mails/notice.ts";
import { classText } from "../../shared/notification/mails/words/case.ts";
import { agencyOf } from "../../shared/notification/recipients/recipients.ts";
import { effectsOfMove } from "../../shared/page/officer/moves/effects.ts";
import { type Choices, choiceWords } from "../../shared/page/officer/moves/fields.ts";
import type { MovePage } from "../../shared/page/officer/moves/page.ts";
import { type FormMove, moveForms } from "../../shared/page/officer/moves/table.ts";
import type { Option } from "../../shared/page/parts/form.ts";
import {
  practiceAgency,
  practiceLevelAbove,
  practiceNames,
  practicePath,
} from "../../shared/practice/agencies.ts";
import { foreseenInPractice } from "../../shared/practice/foresight.ts";
import { territoryOfPost } from "../../shared/practice/moves.ts";
import type { Rulebook } from "../../shared/practice/rulebook.ts";
import { postOf, type PracticeState } from "../../shared/practice/run.ts";
import type { PractisedMove } from "../../shared/practice/scenario.ts";

/** The moves of practice whose pages are made from the table of forms. */
export type PractisedForm = FormMove & PractisedMove;

const words = {
  noCategory: { id: "Tanpa kategori", en: "No category" },
} as const satisfies Record<string, Text>;

/** What the form of a move of practice lets a trainee choose from. */
export function choicesInPractice(
  state: PracticeState,
  move: PractisedForm,
  values: FormValues,
  language: Language,
): Choices {
  const { holder, status } = state.file.case;
  const within = territoryOfPost(postOf(state), move === "verify" ? "verify" : "assign");
  const open = Object.entries(practiceNames)
    .map(([id, name]) => ({ id, name }))
    .filter(({ id }) => within === "anywhere" || practicePath(id).includes(within))
    .filter(({ id }) => id !== holder || status === "submitted");
  const typed = valueOf(values, "cari");
  const found = typed === "" ? [] : namedLike(open, typed);
  const below = open.filter(({ id }) => within === "anywhere" || practiceLevelAbove(id) === within);
  const chosen = open.filter(({ id }) => id === valueOf(values, "agencyId"));
  const options = [
    ...found.map(({ id, name }): Option => ({ value: id, label: name, hint: choiceWords.found[language] })),
    ...(found.length > 0 ? chosen : [...below, ...chosen]).map(({ id, name }): Option => ({
      value: id,
      label: name,
      ...(within !== "anywhere" && { hint: choiceWords.below[language] }),
    })),
  ];
  const isOptional = moveForms[move].fields.some(({ kind, optional }) => kind === "agency" && optional);
  return {
    agencies: [
      ...(isOptional
        ? [{ value: "", label: choiceWords.later[language], hint: choiceWords.laterHint[language] }]
        : []),
      ...options.filter(({ value }, at) => options.findIndex((other) => other.value === value) === at),
    ],
    categories: [{ value: "", label: words.noCategory[language] }],
    classes: caseClass.options.map((one: CaseClass) => ({ value: one, label: classText[one][language] })),
    entries: [],
    evidence: [],
    foundNothing: typed !== "" && found.length === 0,
    wantsEvidence: false,
    mayAttach: false,
  };
}

/** What a move of practice would do to the clocks of its case, and the mail that a reporter would get: told as on the page of a real case. */
export function foresightInPractice(
  state: PracticeState,
  { move, values, choices }: { move: PractisedForm; values: FormValues; choices: Choices },
  { book, siteUrl, language }: { book: Rulebook; siteUrl: string | undefined; language: Language },
): Pick<MovePage, "effects" | "mail" | "isDiscreet"> {
  const otherwise = {
    ...bodyOtherwise(move, state.file.case, {
      agencyId: choices.agencies.find(({ value }) => value !== "")?.value,
      chosen: valueOf(values, "agencyId"),
      entry: undefined,
    }),
    ...(move === "join" && { trackingNumber: state.scenario.other?.trackingNumber ?? "00000-00000" }),
  };
  const isOpen =
    moveForms[move].fields.some(({ kind }) => kind === "agency") && valueOf(values, "agencyId") === "";
  const seen = foreseenInPractice(state, move, { typed: bodyTyped(move, values), otherwise }, book);
  if (!seen) return { effects: undefined, mail: undefined, isDiscreet: false };
  const { after, event } = seen;
  const about = { case: after, event, agency: practiceAgency(agencyOf(event, after.holder)), siteUrl };
  const { from, to } = event.content as { from?: string; to?: string };
  // A case that is only handed down within an agency is no news to its reporter.
  const isInternal =
    event.type === "assigned" && to !== undefined && from !== undefined && practicePath(to).includes(from);
  return {
    effects: effectsOfMove(
      { ...seen, agency: practiceAgency(after.holder) },
      language,
      isOpen ? (move === "verify" ? "may-change" : "open") : undefined,
    ),
    mail: isInternal ? undefined : reporterNotice({ email: "", language }, about),
    isDiscreet: isDiscreet(after),
  };
}
