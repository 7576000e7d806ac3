import * as z from "zod";
import { roleText } from "../../../../shared/case/views/words.ts";
import { rolesInCharge } from "../../../../shared/directory/administration/powers.ts";
import { officerRole } from "../../../../shared/directory/directory.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { officerPageAt } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { hidden, selectField, sendButton } from "../../../../shared/page/parts/form.ts";
import { nextPage } from "../../../../shared/page/parts/lists.ts";
import { agencyId } from "../../../../shared/text/id.ts";
import { officersListed } from "../../list-officers.ts";
import { agencyAt, backToAgency } from "../agencies/agency-page.ts";
import { doneQuery, type Room, shown, withQuery } from "../room.ts";

const words = {
  title: { id: "Petugas instansi", en: "Officers of an agency" },
  invite: { id: "Daftarkan petugas baru", en: "Register a new officer" },
  role: { id: "Peran", en: "Role" },
  state: { id: "Keadaan", en: "State" },
  every: { id: "Semua", en: "All" },
  active: { id: "Masih bertugas", en: "In office" },
  dismissed: { id: "Sudah diberhentikan", en: "Dismissed" },
  unreached: { id: "Email tidak sampai", en: "No email arrives" },
  outside: { id: "Email di luar domain dinas", en: "Email outside official domains" },
  filter: { id: "Saring", en: "Filter" },
  none: { id: "Tidak ada petugas seperti itu di instansi ini.", en: "This agency has no such officers." },
  name: { id: "Petugas", en: "Officer" },
  email: { id: "Email", en: "Email" },
  more: { id: "Petugas berikutnya", en: "More officers" },
  away: { id: "Wakil sudah ditunjuk", en: "A deputy is named" },
  unreadable: { id: "Petugas dengan peran yang belum dikenal", en: "Officers whose role is not known yet" },
} as const satisfies Record<string, Text>;

/** So many officers stand on one page. */
const pageSize = 50;

type Listed = z.output<typeof officersListed>["items"][number];
type Unreadable = z.output<typeof officersListed>["unreadable"];

/** Which officers a filter shows. */
const states = {
  bertugas: ({ dismissedAt }: Listed) => dismissedAt === undefined,
  berhenti: ({ dismissedAt }: Listed) => dismissedAt !== undefined,
  "tidak-sampai": ({ undeliverable }: Listed) => undeliverable !== undefined,
  "luar-domain": ({ outsideDomains }: Listed) => outsideDomains === true,
};
const stateText: Record<keyof typeof states, Text> = {
  bertugas: words.active,
  berhenti: words.dismissed,
  "tidak-sampai": words.unreached,
  "luar-domain": words.outside,
};
const stateNames = Object.keys(states) as (keyof typeof states)[];

const chips = (
  { dismissedAt, undeliverable, outsideDomains, deputyId }: Listed,
  language: Language,
): Hole => [
  dismissedAt !== undefined && html`<span class="chip late">${words.dismissed[language]}</span> `,
  undeliverable && html`<span class="chip late">${words.unreached[language]}</span> `,
  outsideDomains && html`<span class="chip due">${words.outside[language]}</span> `,
  deputyId !== undefined && html`<span class="chip">${words.away[language]}</span>`,
];

const table = (officers: readonly Listed[], language: Language): Hole =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${words.title[language]}"><table><thead><tr><th scope="col">${words.name[language]}</th><th scope="col">${words.role[language]}</th><th scope="col">${words.email[language]}</th></tr></thead><tbody>${officers.map(
    (one) =>
      html`<tr><td><a class="link" href="${pageIn(language, `/petugas/kelola/petugas/${one.id}`)}">${one.name}</a><br>${chips(one, language)}</td><td>${roleText[one.role][language]}</td><td>${one.email}</td></tr>`,
  )}</tbody></table></div>`;

/** Those whom newer code entered. There is no page to lead to: nothing of them can be changed here. */
const unreadableOnes = (officers: Unreadable, language: Language): Hole =>
  officers.length > 0 &&
  html`<h2>${words.unreadable[language]}</h2><p>${officers[0]?.text}</p><ul>${officers.map(({ id, name }) => html`<li>${name} (<code>${id}</code>)</li>`)}</ul>`;

/** `/petugas/kelola/petugas`: who works for an agency. No name is in its address. */
export const officersPage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola/petugas",
    {
      query: z.strictObject({
        instansi: agencyId.optional(),
        peran: officerRole.optional(),
        keadaan: z.enum(stateNames as [keyof typeof states, ...(keyof typeof states)[]]).optional(),
        hal: z.stringFormat("page", /^[1-9]\d{0,3}$/).optional(),
        ...doneQuery,
      }),
    },
    async ({ query }, visit) => {
      const { language, posts } = visit;
      const { peran, keadaan } = query;
      const own = posts.find(({ role }) => rolesInCharge[role]) ?? posts[0];
      const instansi = query.instansi ?? own.agencyId;
      const [{ agency }, { items, unreadable }] = await Promise.all([
        agencyAt(room, visit, instansi),
        visit.ask(room.asked.officers, { query: { agency: instansi } }, officersListed),
      ]);
      const found = items
        .filter((one) => (!peran || one.role === peran) && (!keadaan || states[keadaan](one)))
        .sort((a, b) => a.name.localeCompare(b.name, "id"));
      const at = Number(query.hal ?? "1");
      const here = found.slice((at - 1) * pageSize, at * pageSize);
      const kept = { instansi, peran, keadaan };
      const next =
        at * pageSize < found.length
          ? pageIn(language, withQuery(visit.address, { ...kept, hal: String(at + 1) }))
          : undefined;
      const told = {
        language,
        wrong: new Map<string, string>(),
        values: { peran: peran ?? "", keadaan: keadaan ?? "" },
      };
      return shown(room, visit, {
        title: words.title,
        query: { ...kept, hal: query.hal },
        back: backToAgency(agency),
        main: html`<h1>${words.title[language]}</h1><p><b>${agency.name}</b></p>
${agency.closedAt === undefined && html`<p><a class="button second" href="${pageIn(language, `/petugas/kelola/instansi/${instansi}/undang`)}">${words.invite[language]}</a></p>`}
<form class="filters" action="${pageIn(language, visit.address)}">${hidden("instansi", instansi)}${selectField(told, { name: "peran", label: words.role[language] }, [{ value: "", label: words.every[language] }, ...officerRole.options.map((value) => ({ value, label: roleText[value][language] }))])}${selectField(told, { name: "keadaan", label: words.state[language] }, [{ value: "", label: words.every[language] }, ...stateNames.map((value) => ({ value, label: stateText[value][language] }))])}${sendButton(words.filter[language], "second")}</form>
${here.length === 0 ? html`<p>${words.none[language]}</p>` : table(here, language)}${nextPage(next, words.more[language])}${unreadableOnes(unreadable, language)}`,
      });
    },
  );
