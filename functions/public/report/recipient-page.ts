import * as z from "zod";
import type { Route } from "../../../shared/http/endpoint.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import type { Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { type Option, radios, textField } from "../../../shared/page/parts/form.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { agencyId as idOfAgency } from "../../../shared/text/id.ts";
import { regionOf, reportBody } from "./body.ts";
import type { ReportDesk } from "./desk.ts";
import { stepPage } from "./step-page.ts";

const words = {
  title: { id: "Kepada siapa?", en: "To whom?" },
  intro: {
    id: "Anda tidak perlu tahu siapa yang berwenang. Laporan yang salah alamat kami teruskan.",
    en: "You need not know who is in charge. We pass on a report that went to the wrong one.",
  },
  who: { id: "Instansi tujuan", en: "Agency" },
  whoHint: {
    id: "Bila laporan ini tentang kantor atau atasan Anda, biarkan kami yang memilih. Petugas instansi tujuan membaca ceritanya.",
    en: "If this is about your own office or superior, let us choose. Officers of the agency read your story.",
  },
  choose: { id: "Pilihkan untuk saya", en: "Choose for me" },
  chooseHint: {
    id: "Kementerian PANRB membaca laporan ini dan meneruskannya",
    en: "The Ministry of PANRB reads this report and passes it on",
  },
  chosen: { id: "Pilihan Anda sebelumnya", en: "Your earlier choice" },
  other: { id: "Cari instansi lain", en: "Find another agency" },
  otherHint: {
    id: "Paling sedikit tiga huruf, misalnya: pekerjaan umum.",
    en: "At least three letters, such as: pekerjaan umum.",
  },
  find: { id: "Cari", en: "Search" },
  nothing: {
    id: "Tidak ada instansi dengan nama itu. Coba kata lain, atau biarkan kami yang memilih.",
    en: "There is no agency with that name. Try another word, or let us choose.",
  },
} as const satisfies Record<string, Text>;

const suggestions = z.object({
  items: z.array(
    z.object({ agency: z.looseObject({ id: z.string(), name: z.string() }), reason: z.string() }),
  ),
});

/** Agencies that fit the category and the place, with the reason. */
async function suggested({ asked }: ReportDesk, values: Readonly<Record<string, string>>, visit: Visit) {
  const region = regionOf(values);
  if (!asked.suggestions || region === "") return [];
  const { category } = reportBody(values);
  const query = { region, ...(typeof category === "string" && { category }) };
  try {
    const { items } = await visit.ask(asked.suggestions, { query }, suggestions);
    return items.map(({ agency, reason }) => ({ value: agency.id, label: agency.name, hint: reason }));
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

const listed = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string() })),
  cursor: z.string().nullable(),
});

const mostFound = 12;
const mostPages = 10;

/** Agencies whose names have all these words. */
async function foundBy(typed: string, { asked }: ReportDesk, visit: Visit): Promise<Option[]> {
  const wanted =
    typed
      .slice(0, 100)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  if (wanted.join("").length < 3) return [];
  const found: Option[] = [];
  let cursor: string | undefined;
  for (let at = 0; at < mostPages && found.length < mostFound; at++) {
    const list = await visit.ask(asked.agencies, { query: { limit: "500", cursor } }, listed);
    for (const { id, name } of list.items)
      if (wanted.every((word) => name.toLowerCase().includes(word))) found.push({ value: id, label: name });
    if (list.cursor === null) break;
    cursor = list.cursor;
  }
  return found.slice(0, mostFound);
}

/** The agency of an id that somebody sent. What has not the form of an id is not looked up. */
const agencyNamed = async ({ directory }: ReportDesk, typed: string) =>
  idOfAgency.safeParse(typed).success ? directory.agency(typed) : undefined;

/** `/lapor/tujuan`: to whom the report goes. Nobody has to know who is in charge. */
export const reportRecipientPage = (desk: ReportDesk): Route[] =>
  stepPage(desk, {
    name: "recipient",
    title: words.title,
    intro: words.intro,
    choosesFurther: true,
    async fields(told, values, visit) {
      const { language } = told;
      const { agencyId = "", agencyWords = "" } = values;
      const [likely, found, chosen] = await Promise.all([
        suggested(desk, values, visit),
        foundBy(agencyWords, desk, visit),
        agencyNamed(desk, agencyId),
      ]);
      const known: Option[] = [...likely, ...found];
      const earlier = agencyId !== "" && !known.some(({ value }) => value === agencyId);
      const options = [
        { value: "", label: words.choose[language], hint: words.chooseHint[language] },
        ...(earlier
          ? [{ value: agencyId, label: chosen?.name ?? agencyId, hint: words.chosen[language] }]
          : []),
        ...known.filter(({ value }, at) => known.findIndex((other) => other.value === value) === at),
      ];
      return html`${radios(told, { name: "agencyId", label: words.who[language], hint: words.whoHint[language] }, options)}
${textField(told, { name: "agencyWords", label: words.other[language], hint: words.otherHint[language], optional: true }, { type: "search" })}
<p><button class="button second" name="lanjut" value="#agencyId">${words.find[language]}</button></p>
${agencyWords && found.length === 0 && html`<p role="status">${words.nothing[language]}</p>`}`;
    },
    back: ({ alike }) => (alike ? "/lapor/serupa" : "/lapor/tempat"),
    next: async () => "/lapor/identitas",
  });
