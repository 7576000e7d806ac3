import { territoryOf } from "../../../shared/case/moves/handing/handing.ts";
import { asRead } from "../../../shared/case/views/reading/as-read.ts";
import { officersTexts } from "../../../shared/case/views/reading/withheld.ts";
import { type CaseClass, caseClass } from "../../../shared/deadline/policy.ts";
import { namedLike } from "../../../shared/directory/agency-names.ts";
import type { Agency, Officer } from "../../../shared/directory/directory.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { classText } from "../../../shared/notification/mails/words/case.ts";
import { returnsInWords, routingChoices } from "../../../shared/page/officer/case/routing.ts";
import { type Choices, choiceWords } from "../../../shared/page/officer/moves/fields.ts";
import { type FormMove, moveForms } from "../../../shared/page/officer/moves/table.ts";
import type { Option } from "../../../shared/page/parts/form.ts";
import { likelyCategories } from "../../../shared/page/report/likely-categories.ts";
import type { Routing } from "../../../shared/routing/routing.ts";
import { agencyId as idOfAgency } from "../../../shared/text/id.ts";
import type { Desk } from "../desk.ts";
import { type OfficersView, wantsEvidence } from "./typed.ts";

/** So many agencies or categories that a search found are shown. */
const mostFound = 20;
/** So many agencies right below one's own are shown before anybody searched. */
const mostBelow = 30;
/** One read brings so many agencies. */
const readAtOnce = 500;
const mostReads = 10;

const words = {
  chosen: { id: "Pilihan Anda", en: "Your choice" },
  likely: { id: "Mirip isi laporan", en: "Like what was reported" },
  main: { id: "Kategori utama", en: "Main categories" },
  noCategory: { id: "Tanpa kategori", en: "No category" },
} as const satisfies Record<string, Text>;

interface Asked {
  move: FormMove;
  view: OfficersView;
  /** Help to choose an agency, where the form chooses one. */
  help: Routing | undefined;
  post: Officer;
  values: FormValues;
  /** The agencies that a search found. */
  found: readonly Agency[];
  language: Language;
}

/** All agencies to which an officer may hand cases on. */
async function agenciesWithin({ directory }: Desk, within: string): Promise<Agency[]> {
  const all: Agency[] = [];
  let after: string | undefined;
  for (let read = 0; read < mostReads; read++) {
    if (within === "anywhere") {
      const { items, more } = await directory.agencies({ limit: readAtOnce, ...(after && { after }) });
      all.push(...items);
      after = more ? items.at(-1)?.id : undefined;
    } else {
      const portion = await directory.subtreeOf(within, { after, limit: readAtOnce });
      all.push(...(portion?.agencies ?? []));
      after = portion?.next;
    }
    if (after === undefined) break;
  }
  return all;
}

/** The agencies that a search finds among those to which an officer may hand cases on. */
export async function agenciesFound(
  desk: Desk,
  { move, post, typed }: { move: FormMove; post: Officer; typed: string },
): Promise<Agency[]> {
  if (typed === "") return [];
  const within = territoryOf(post, move === "verify" ? "verify" : "assign");
  return namedLike(await agenciesWithin(desk, within), typed)
    .filter(({ closedAt }) => closedAt === undefined)
    .slice(0, mostFound);
}

const byName = (agencies: readonly Agency[]): Agency[] =>
  agencies.toSorted((one, other) => one.name.localeCompare(other.name, "id"));

/** The agencies to choose from: the one that was chosen, what a search found, likely ones, and those right below one's own. */
async function agenciesFor(
  { directory }: Desk,
  { move, view, help, post, values, found, language }: Asked,
): Promise<Option[]> {
  const within = territoryOf(post, move === "verify" ? "verify" : "assign");
  const typedId = valueOf(values, "agencyId");
  const [below, chosen] = await Promise.all([
    found.length > 0 || within === "anywhere" ? [] : directory.rightBelow(within).then(byName),
    idOfAgency.safeParse(typedId).success ? directory.agency(typedId) : undefined,
  ]);
  const isOpen = ({ id, closedAt }: Agency) =>
    closedAt === undefined && (id !== view.agency?.id || view.status === "submitted");
  const withHint = (why: Text) => (one: Agency) => ({
    value: one.id,
    label: one.name,
    hint: [why[language], help && returnsInWords(help, one.id, language)].filter(Boolean).join(". "),
  });
  const options: Option[] = [
    ...(chosen ? [withHint(words.chosen)(chosen)] : []),
    ...found.filter(isOpen).map(withHint(choiceWords.found)),
    ...(help ? routingChoices(help, language) : []).filter(
      ({ value }) => value !== view.agency?.id || view.status === "submitted",
    ),
    ...below.filter(isOpen).slice(0, mostBelow).map(withHint(choiceWords.below)),
  ];
  return options.filter(({ value }, at) => options.findIndex((other) => other.value === value) === at);
}

/** The categories to choose from: the one that it has, likely ones, what a search found, and the main ones. */
async function categoriesFor(
  { directory }: Desk,
  { view, values, language }: Asked,
): Promise<{ groups: Choices["categories"]; found: number }> {
  const tree = await directory.categories();
  const all = tree.flatMap((main) => [
    { id: main.id, name: main.name },
    ...main.subcategories.map((sub) => ({ id: sub.id, name: `${main.name}: ${sub.name}` })),
  ]);
  const asOption = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name });
  const found = namedLike(all, valueOf(values, "cari")).slice(0, mostFound);
  const likely = likelyCategories(tree, view.title ?? "", view.text ?? "").map(({ id, name, main }) => ({
    id,
    name: `${main}: ${name}`,
  }));
  const chosen = [valueOf(values, "category"), view.category?.id ?? ""];
  const first = all.filter(({ id }) => chosen.includes(id));
  const taken = new Set<string>();
  const group = (label: string, entries: readonly { id: string; name: string }[]) => {
    const fresh = entries.filter(({ id }) => !taken.has(id));
    for (const { id } of fresh) taken.add(id);
    return fresh.length > 0 ? [{ label, options: fresh.map(asOption) }] : [];
  };
  return {
    groups: [
      { value: "", label: words.noCategory[language] },
      ...group(words.chosen[language], first),
      ...group(choiceWords.found[language], found),
      ...group(words.likely[language], likely),
      ...group(words.main[language], tree),
    ],
    found: found.length,
  };
}

const brief = (text: string): string => {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > 160 ? `${letters.slice(0, 160).join("")} …` : letters.join("");
};

/** The entries in which an officer wrote something that somebody outside reads. */
async function entriesOf(desk: Desk, { view }: Asked): Promise<Option[]> {
  const file = await desk.cases.find(view.trackingNumber);
  return [...asRead(file?.events ?? [])].flatMap(([sequence, one]) => {
    const texts = Object.values(officersTexts(one));
    if (texts.length === 0 || one.isWithheldWhole) return [];
    const told = view.timeline?.find((entry) => entry.sequence === sequence)?.text ?? "";
    const label = `${sequence}. ${told}`;
    return [{ value: String(sequence), label, hint: brief(texts.join(" · ")) }];
  });
}

/** What the fields of a form let an officer choose from. */
export async function choicesFor(desk: Desk, asked: Asked): Promise<Choices> {
  const { move, view, values, found, language } = asked;
  const kinds = new Set(moveForms[move].fields.map(({ kind }) => kind));
  const [agencies, categories, entries] = await Promise.all([
    kinds.has("agency") ? agenciesFor(desk, asked) : [],
    kinds.has("category") ? categoriesFor(desk, asked) : undefined,
    kinds.has("entry") ? entriesOf(desk, asked) : [],
  ]);
  const later: Option = {
    value: "",
    label: choiceWords.later[language],
    hint: choiceWords.laterHint[language],
  };
  const isOptional = moveForms[move].fields.some(({ kind, optional }) => kind === "agency" && optional);
  return {
    agencies: [...(isOptional ? [later] : []), ...agencies],
    categories: categories?.groups ?? [],
    classes: caseClass.options.map((one: CaseClass) => ({ value: one, label: classText[one][language] })),
    entries,
    evidence: (view.attachments ?? [])
      .filter(({ state }) => state === "clean")
      .map(({ attachmentId, name, stateText }) => ({ value: attachmentId, label: name, hint: stateText })),
    foundNothing: valueOf(values, "cari") !== "" && found.length + (categories?.found ?? 0) === 0,
    wantsEvidence: move === "answer" && wantsEvidence(view),
    mayAttach: view.legalMoves?.includes("attach") ?? false,
  };
}
