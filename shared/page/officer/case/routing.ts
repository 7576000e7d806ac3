import { localDateInWords } from "../../../deadline/calendar/time-zone.ts";
import type { Language, Text } from "../../../language.ts";
import type { Routing } from "../../../routing/routing.ts";
import { attributes, type Hole, type Html, html } from "../../html.ts";
import { pageIn } from "../../layout.ts";
import type { Option } from "../../parts/form.ts";
import { chip } from "../../parts/turn.ts";
import { officersCase } from "../move-addresses.ts";

const words = {
  untitled: { id: "Laporan", en: "Report" },
  returnedThis: {
    id: "Sudah pernah mengembalikan laporan ini.",
    en: "Has returned this very case already.",
  },
  outside: { id: "Mungkin berwenang, di luar jangkauan Anda", en: "Perhaps in charge, out of your reach" },
  outsideText: {
    id: "Anda tidak dapat meneruskan ke instansi ini. Kembalikan laporan dengan alasan: tingkat di atas Anda meneruskannya.",
    en: "You cannot hand the case to these agencies. Return it with a reason: the level above you passes it on.",
  },
  similar: { id: "Laporan serupa, dan di mana berakhir", en: "Similar cases, and where they ended" },
  similarText: {
    id: "Paling banyak 20 laporan terbaru dari kabupaten atau kota yang sama, dengan kategori atau kata yang sama.",
    en: "At most the 20 newest of the same kabupaten or kota, of the same category or in the same words.",
  },
  notAll: {
    id: "Laporan di sini lebih banyak daripada yang dapat dibandingkan. Yang lama tidak ikut dilihat.",
    en: "There are more reports here than can be compared. Old ones were not looked at.",
  },
  noSimilar: {
    id: "Belum ada laporan serupa yang sudah diverifikasi.",
    en: "No similar case has been verified yet.",
  },
  ended: { id: "Berakhir di", en: "Ended with" },
  report: { id: "Laporan", en: "Case" },
  why: { id: "Mengapa serupa", en: "Why it is similar" },
  returns: { id: "Pengembalian dalam setahun", en: "Returns within a year" },
  returnsText: {
    id: "Instansi ini pernah mengembalikan laporan sebagai bukan kewenangannya. Baca dulu alasannya sebelum meneruskan hal yang sama ke sana.",
    en: "These agencies returned cases as not theirs to handle. Think twice before you send the same matter there again.",
  },
  noReturns: {
    id: "Instansi yang diusulkan tidak pernah mengembalikan laporan dalam setahun ini.",
    en: "The suggested agencies have returned no case within a year.",
  },
  since: { id: "Dihitung sejak", en: "Counted since" },
  from: { id: "Dikembalikan oleh", en: "Returned by" },
  to: { id: "Kepada", en: "To" },
  cases: { id: "Laporan", en: "Cases" },
  none: { id: "Belum ada instansi yang dapat diusulkan.", en: "No agency can be suggested yet." },
} as const satisfies Record<string, Text>;

const times = (count: number, language: Language): string =>
  ({ id: `${count} laporan`, en: `${count} case${count === 1 ? "" : "s"}` })[language];

/** What an agency returned within a year, in one sentence. Nothing where it returned nothing. */
export function returnsInWords(
  { returns }: Routing,
  agencyId: string,
  language: Language,
): string | undefined {
  const found = returns.find(({ from }) => from.id === agencyId);
  if (!found) return undefined;
  const to = found.to
    .slice(0, 2)
    .map(({ name, cases }) => (language === "id" ? `${cases} ke ${name}` : `${cases} to ${name}`))
    .join(", ");
  const matter =
    found.ofCategory > 0
      ? {
          id: ` ${found.ofCategory} di antaranya tentang hal ini.`,
          en: ` ${found.ofCategory} were about this matter.`,
        }[language]
      : "";
  return {
    id: `Mengembalikan ${times(found.cases, "id")} dalam setahun (${to}).${matter}`,
    en: `Returned ${times(found.cases, "en")} within a year (${to}).${matter}`,
  }[language];
}

/** What speaks for and against an agency, as a hint below its name. */
const hintOf = (
  help: Routing,
  { agency, reasons, returnedThis }: Routing["agencies"][number],
  language: Language,
): Hole =>
  [...reasons, returnedThis && words.returnedThis[language], returnsInWords(help, agency.id, language)]
    .filter((part) => typeof part === "string")
    .join(" ");

/** The agencies that may be in charge and that this officer can choose, the likeliest first, each with what speaks for and against it. */
export const routingChoices = (help: Routing, language: Language): Option[] =>
  help.agencies
    .filter(({ withinReach }) => withinReach)
    .map((one) => ({ value: one.agency.id, label: one.agency.name, hint: hintOf(help, one, language) }));

const outOfReach = (help: Routing, language: Language, holder: string | undefined): Hole => {
  const outside = help.agencies.filter(({ agency, withinReach }) => !withinReach && agency.id !== holder);
  return (
    outside.length > 0 &&
    html`<h3>${words.outside[language]}</h3><ul>${outside.map((one) => html`<li><b>${one.agency.name}</b>. ${hintOf(help, one, language)}</li>`)}</ul><p class="hint">${words.outsideText[language]}</p>`
  );
};

function similarCases({ similar }: Routing, language: Language): Html {
  const { items, ended, complete } = similar;
  if (items.length === 0) return html`<p>${words.noSimilar[language]}</p>`;
  return html`<ul>${ended.map(({ name, cases }) => html`<li><b>${name}</b>: ${times(cases, language)}</li>`)}</ul>
<p class="hint">${words.similarText[language]} ${!complete && words.notAll[language]}</p>
<details><summary>${words.similar[language]} (${items.length})</summary><div class="scroll" tabindex="0" role="region" aria-label="${words.similar[language]}"><table><thead><tr><th scope="col">${words.report[language]}</th><th scope="col">${words.ended[language]}</th><th scope="col">${words.why[language]}</th></tr></thead><tbody>${items.map(
    ({ trackingNumber, title, open, statusText, agency, answeredBy, reasons }) =>
      html`<tr><td><a href="${pageIn(language, open ? officersCase(trackingNumber) : `/laporan/${trackingNumber}`)}" ${attributes({ lang: title && "id" })}>${title ?? `${words.untitled[language]} ${trackingNumber}`}</a></td><td>${(answeredBy ?? agency)?.name}<br>${chip("calm", statusText)}</td><td class="hint">${reasons.join(". ")}</td></tr>`,
  )}</tbody></table></div></details>`;
}

const returnsTable = ({ returns, returnsSince }: Routing, language: Language): Html =>
  html`<h3>${words.returns[language]}</h3>${
    returns.length === 0
      ? html`<p>${words.noReturns[language]}</p>`
      : html`<p>${words.returnsText[language]}</p><div class="scroll" tabindex="0" role="region" aria-label="${words.returns[language]}"><table><thead><tr><th scope="col">${words.from[language]}</th><th scope="col">${words.to[language]}</th><th scope="col">${words.cases[language]}</th></tr></thead><tbody>${returns.flatMap(
          ({ from, to }) =>
            to.map(
              ({ name, cases }) => html`<tr><td>${from.name}</td><td>${name}</td><td>${cases}</td></tr>`,
            ),
        )}</tbody></table></div>`
  }<p class="hint">${words.since[language]} ${localDateInWords(returnsSince, language)}.</p>`;

/**
 * What helps to choose the agency of a case, besides the choices themselves: who may be in charge elsewhere, where similar cases
 * ended, and who returned cases to whom. `holder` has the case already. It stands below a heading of level 2.
 */
export const routingHelp = (help: Routing, language: Language, holder?: string): Html =>
  html`${help.agencies.length === 0 && html`<p>${words.none[language]}</p>`}
${outOfReach(help, language, holder)}
<h3>${words.similar[language]}</h3>
${similarCases(help, language)}
${returnsTable(help, language)}`;
