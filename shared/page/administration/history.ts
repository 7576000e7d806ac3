import { roleText } from "../../case/views/words.ts";
import { inWords, type TimeZone } from "../../deadline/calendar/time-zone.ts";
import { type EntryEvent, entryFieldText } from "../../directory/entry-history.ts";
import type { Language, Text } from "../../language.ts";
import { type Hole, html } from "../html.ts";
import { journey } from "../parts/lists.ts";
import { valueInWords } from "./words.ts";

const words = {
  changes: { id: "Perubahan, yang terbaru dulu", en: "Changes, the newest first" },
  hidden: { id: "berubah; isinya tidak dicatat", en: "changed; what it holds is not recorded" },
  reason: { id: "Alasan", en: "Reason" },
  askedBy: { id: "dimohonkan oleh", en: "asked for by" },
  by: { id: "oleh", en: "by" },
  flawless: {
    id: "Riwayat ini utuh: tidak ada yang mengubahnya.",
    en: "This history is whole: nobody touched it.",
  },
  flaws: {
    id: "Riwayat ini tidak utuh. Beri tahu admin nasional.",
    en: "This history is not whole. Tell the national administrator.",
  },
} as const satisfies Record<string, Text>;

type Shown = EntryEvent & { text: string };

/** What agencies, regions and officers are called, by their ids. */
type Names = ReadonlyMap<string, string>;

/** Who made a change: their role, and who they are. */
const whoDid = ({ role, officerId }: EntryEvent["by"], names: Names, language: Language): string =>
  officerId === undefined
    ? roleText[role][language]
    : `${roleText[role][language]} (${names.get(officerId) ?? officerId})`;

const changesOf = ({ changes }: Shown, names: Names, language: Language): Hole => {
  const told = changes.filter(({ from, to }) => from !== undefined || to !== undefined);
  const inWordsOf = (value: string | null | undefined) =>
    names.get(value ?? "") ?? valueInWords(value, language);
  return (
    told.length > 0 &&
    html`<ul>${told.map(
      ({ field, from, to }) =>
        html`<li>${entryFieldText(field)[language]}: ${from !== undefined && html`${inWordsOf(from)} → `}${inWordsOf(to)}</li>`,
    )}</ul>`
  );
};

const heldIn = (items: readonly EntryEvent[], fields: readonly string[]): string[] => [
  ...new Set(
    items.flatMap(({ changes }) =>
      changes
        .filter(({ field }) => fields.includes(field))
        .flatMap(({ from, to }) => [from ?? [], to ?? []].flat()),
    ),
  ),
];

/** The agencies, regions and officers that a history names, by their ids. */
export const namedInHistory = (items: readonly EntryEvent[]) => ({
  agencies: heldIn(items, ["parent", "agencyId", "successor"]),
  regions: heldIn(items, ["regionCode"]),
  officers: [
    ...new Set(
      items.flatMap(({ by, request }) => [by.officerId ?? [], request?.askedBy?.officerId ?? []].flat()),
    ),
  ],
});

/** The history of an agency or officer: what changed, when, who did it and who asked for it. */
export const entryHistory = (
  { items, flaws }: { items: readonly Shown[]; flaws: readonly unknown[] },
  { zone, names }: { zone: TimeZone; names: Names },
  language: Language,
): Hole =>
  html`<h2>${words.changes[language]}</h2>${journey(
    items.toReversed().map((event) => ({
      what: event.text,
      when: inWords(event.at, zone, language),
      who: [
        whoDid(event.by, names, language),
        ...(event.request?.askedBy
          ? [`${words.askedBy[language]} ${whoDid(event.request.askedBy, names, language)}`]
          : []),
      ].join(", "),
      more: html`${changesOf(event, names, language)}${event.reason !== undefined && html`<p>${words.reason[language]}: ${event.reason}</p>`}`,
    })),
  )}<p class="hint">${flaws.length === 0 ? words.flawless[language] : words.flaws[language]}</p>`;
