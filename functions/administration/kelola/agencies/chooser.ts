import type { z } from "zod";
import type { OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { agencyTypeText } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import {
  type Field,
  type Option,
  radios,
  sendButton,
  textField,
  type Told,
} from "../../../../shared/page/parts/form.ts";
import { agenciesManaged } from "../../list-agencies.ts";
import type { Room } from "../room.ts";

export type ManagedAgency = z.output<typeof agenciesManaged>["items"][number];

const words = {
  find: { id: "Cari instansi menurut nama", en: "Find an agency by its name" },
  hint: {
    id: "Sebagian juga boleh, misalnya: pekerjaan balikpapan",
    en: "A part will do, such as: pekerjaan balikpapan",
  },
  search: { id: "Cari", en: "Search" },
  none: {
    id: "Tidak ada instansi dengan nama itu. Coba kata lain.",
    en: "No agency has that name. Try other words.",
  },
  now: { id: "Sekarang", en: "Now" },
  chosen: { id: "Pilihan Anda", en: "Your choice" },
} as const satisfies Record<string, Text>;

/** The agencies to choose from: those that a text names, or those at the top. Closed ones are left out. */
export async function choicesFor(
  { asked }: Room,
  visit: OfficerVisit,
  cari: string | undefined,
): Promise<ManagedAgency[]> {
  const { items } = await visit.ask(asked.agencies, { query: { q: cari } }, agenciesManaged);
  return items.filter(({ closedAt }) => closedAt === undefined);
}

/** The search that fills the choice below it. It stands above the form, because it is one of its own. */
export const searchForm = (address: string, cari: string | undefined, language: Language): Hole => {
  const told: Told = { language, wrong: new Map(), values: { cari: cari ?? "" } };
  return html`<form action="${pageIn(language, address)}" role="search" class="card">${textField(told, { name: "cari", label: words.find[language], hint: words.hint[language] }, { type: "search" })}${sendButton(words.search[language], "second")}</form>`;
};

/** What was chosen and is not among those found: the agency that it is now, by its name, or what somebody typed. */
const unlisted = (chosen: string, name: string | undefined, language: Language): Option =>
  name === undefined
    ? { value: chosen, label: `${words.chosen[language]}: ${chosen}` }
    : { value: chosen, label: name, hint: words.now[language] };

/** One agency to choose of those found. What was chosen before stays among them. */
export function agencyChoice(
  told: Told,
  field: Field,
  found: readonly ManagedAgency[],
  { none, names }: { none?: string | undefined; names?: ReadonlyMap<string, string> } = {},
): Hole {
  const { language, values } = told;
  const typed = values[field.name];
  const chosen = typeof typed === "string" && typed !== "" ? typed : undefined;
  const isListed = chosen === undefined || found.some(({ id }) => id === chosen);
  return radios(told, found.length > 0 ? field : { ...field, hint: words.none[language] }, [
    ...(isListed ? [] : [unlisted(chosen, names?.get(chosen), language)]),
    ...(none === undefined ? [] : [{ value: "", label: none }]),
    ...found.map(({ id, name, type, above }) => ({
      value: id,
      label: name,
      hint: [agencyTypeText[type][language], ...(above ? [above] : [])].join(", "),
    })),
  ]);
}
