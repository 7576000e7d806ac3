import type * as z from "zod";
import { canBeShown } from "../../../shared/case/moves/evidence.ts";
import type { officerView } from "../../../shared/case/views/schemas.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { fieldNames, type FormMove } from "../../../shared/page/officer/moves/table.ts";

export type OfficersView = z.output<typeof officerView>;

/** What a form brings along besides its fields: what was looked for, a confirmation, and the version that was seen. */
const besides = ["cari", "withoutEvidence", "seen"];

/** What is kept of a form that was not sent. */
export const worthKeeping = (move: FormMove, values: FormValues): Record<string, string | string[]> =>
  Object.fromEntries(
    [...fieldNames(move), ...besides].flatMap((name) => {
      const value = values[name];
      return value === undefined || value.length === 0
        ? []
        : [[name, typeof value === "string" ? value : [...value]]];
    }),
  );

/** Whether somebody typed anything that is not in the form by itself. */
export const isWritten = (move: FormMove, values: FormValues): boolean =>
  Object.keys(worthKeeping(move, values)).some((name) => name !== "seen");

/** The last answer, as officers read it by now. */
const lastAnswerSeen = ({ timeline = [] }: OfficersView) =>
  timeline.findLast(({ type }) => type === "answered")?.content;

/** What the fields of a form hold before anybody typed. */
export function filledFrom(move: FormMove, view: OfficersView): FormValues {
  switch (move) {
    case "verify":
      return { class: view.class, category: view.category?.id ?? "", title: view.title ?? "" };
    case "correct-answer": {
      const { text = "", evidence = [] } = lastAnswerSeen(view) ?? {};
      return { text, evidence };
    }
    default:
      return {};
  }
}

/** The version of the case that the form was shown with. */
export const versionSeen = (values: FormValues): number | undefined => {
  const seen = valueOf(values, "seen");
  return /^\d{1,9}$/.test(seen) ? Number(seen) : undefined;
};

type TimelineEntry = NonNullable<OfficersView["timeline"]>[number];

/** Whether somebody attached or removed a file by themselves: on the way to their answer, and no news to them. */
export const isOwnFile = ({ type, officer }: TimelineEntry, posts: readonly { id: string }[]): boolean =>
  (type === "attached" || type === "attachment-removed") && posts.some(({ id }) => id === officer?.id);

/** The files that somebody attached since they began a draft, which they meant for it. */
export const attachedFor = (
  { timeline = [] }: OfficersView,
  begun: number,
  posts: readonly { id: string }[],
): string[] =>
  timeline
    .filter((one) => one.sequence > begun && one.type === "attached" && isOwnFile(one, posts))
    .flatMap(({ content }) => content?.attachmentId ?? []);

/** Whether an answer to a case is asked for evidence. */
export const wantsEvidence = ({ class: kind, location, category }: OfficersView): boolean =>
  kind !== undefined && canBeShown({ class: kind, location, category: category?.id });
