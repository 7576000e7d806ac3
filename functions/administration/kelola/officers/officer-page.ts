import * as z from "zod";
import { worksOnCases } from "../../../../shared/case/moves/deputies/deputy.ts";
import { roleText } from "../../../../shared/case/views/words.ts";
import { inWords, localDateInWords } from "../../../../shared/deadline/calendar/time-zone.ts";
import { rolesInCharge } from "../../../../shared/directory/administration/powers.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { officerActionAt, officerPageAt, type OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { entryHistory, namedInHistory } from "../../../../shared/page/administration/history.ts";
import { valueInWords } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { sendButton } from "../../../../shared/page/parts/form.ts";
import { summaryList } from "../../../../shared/page/parts/lists.ts";
import { officerId } from "../../../../shared/text/id.ts";
import { reachedOfficerView } from "../../registry.ts";
import { historyShown } from "../../show-history.ts";
import { addressOfAgency, agencyAt } from "../agencies/agency-page.ts";
import { doneQuery, leadOn, namesInHistory, type Room, shown, versionOf } from "../room.ts";

const words = {
  title: { id: "Petugas", en: "Officer" },
  history: { id: "Riwayat petugas", en: "History of the officer" },
  back: { id: "Petugas instansi ini", en: "Officers of this agency" },
  id: { id: "Id", en: "Id" },
  role: { id: "Peran", en: "Role" },
  agency: { id: "Instansi", en: "Agency" },
  email: { id: "Email", en: "Email" },
  unreached: { id: "Email tidak sampai", en: "No email arrives" },
  addressRight: { id: "Alamat sudah benar, kirim lagi", en: "The address is right, send again" },
  outside: { id: "Email di luar domain dinas", en: "Email outside official domains" },
  outsideWhy: {
    id: "Email dari sistem ini dibaca di luar kantor. Mintalah alamat dinas, lalu ubah di sini.",
    en: "Emails of this system are read outside the office. Ask for an official address and change it here.",
  },
  mails: { id: "Cara menerima email", en: "How emails come" },
  away: { id: "Tidak di tempat", en: "Away" },
  until: { id: "sampai", en: "until" },
  deputy: { id: "wakilnya", en: "deputy" },
  dismissed: { id: "Petugas ini diberhentikan", en: "This officer was dismissed" },
  whatYouCanDo: { id: "Yang dapat Anda lakukan", en: "What you can do" },
  change: { id: "Ubah nama, email, atau peran", en: "Change name, email or role" },
  again: { id: "Daftarkan kembali", en: "Register them again" },
  move: { id: "Pindahkan ke instansi lain", en: "Move them to another agency" },
  absence: { id: "Atur wakil selama tidak di tempat", en: "Name a deputy for an absence" },
  invite: { id: "Kirim lagi undangan", en: "Send the invitation again" },
  inviteHint: {
    id: "Untuk petugas yang belum pernah masuk: kata sandi sementaranya berlaku satu hari.",
    en: "For an officer who has never signed in: the temporary password holds for a day.",
  },
  authenticator: { id: "Atur ulang autentikator", en: "Reset the authenticator" },
  dismiss: { id: "Berhentikan petugas", en: "Dismiss the officer" },
  notYours: {
    id: "Peran ini tidak dapat Anda ubah. Admin nasional yang mengurusnya.",
    en: "You cannot change this role. A national administrator does.",
  },
} as const satisfies Record<string, Text>;

export const pathOfOfficer = z.strictObject({ id: officerId });
export type ShownOfficer = z.output<typeof reachedOfficerView>;

/** An officer as this administrator sees them, with the version that they see. */
export async function officerAt(
  { asked }: Room,
  visit: OfficerVisit,
  id: string,
): Promise<{ officer: ShownOfficer; version: number }> {
  const reply = await visit.reply(asked.officer, { path: { id } });
  return { officer: reachedOfficerView.parse(reply.body), version: versionOf(reply) };
}

/** The address of an officer's page, without its language. */
export const addressOfOfficer = (id: string): string => `/petugas/kelola/petugas/${id}`;

/** The way back to an officer. Its label is the name, which only this page's readers see. */
export const backToOfficer = ({ id, name }: Pick<ShownOfficer, "id" | "name">) => ({
  address: addressOfOfficer(id),
  label: name,
});

const rowsOf = (
  officer: ShownOfficer,
  { agencyName, deputyName }: { agencyName: string; deputyName: string | undefined },
  language: Language,
) => [
  { label: words.id[language], value: html`<code>${officer.id}</code>` },
  { label: words.role[language], value: roleText[officer.role][language] },
  {
    label: words.agency[language],
    value: html`<a class="link" href="${pageIn(language, addressOfAgency(officer.agencyId))}">${agencyName}</a>`,
  },
  {
    label: words.email[language],
    value: html`${officer.email}${officer.undeliverable && html`<br><span class="chip late">${words.unreached[language]}</span><br>${officer.undeliverable.text}`}${officer.outsideDomains && html`<br><span class="chip due">${words.outside[language]}</span><br>${words.outsideWhy[language]}`}`,
  },
  { label: words.mails[language], value: valueInWords(officer.mails, language) },
  ...(officer.absentFrom !== undefined && officer.absentUntil !== undefined
    ? [
        {
          label: words.away[language],
          value: `${localDateInWords(officer.absentFrom, language)} ${words.until[language]} ${localDateInWords(officer.absentUntil, language)}; ${words.deputy[language]}: ${deputyName ?? officer.deputyId ?? ""}`,
        },
      ]
    : []),
];

const actionsOf = ({ id, role, dismissedAt }: ShownOfficer, language: Language): Hole => {
  const link = (below: string, label: Text): Hole =>
    html`<li><a class="link" href="${pageIn(language, `${addressOfOfficer(id)}/${below}`)}">${label[language]}</a></li>`;
  if (dismissedAt !== undefined) return link("ubah", words.again);
  return html`${link("ubah", words.change)}${link("pindah", words.move)}${worksOnCases(role) && link("wakil", words.absence)}${link("autentikator", words.authenticator)}${link("berhentikan", words.dismiss)}`;
};

/** `/petugas/kelola/petugas/{id}`: an officer, and what can be done. */
export const officerPage = (room: Room): Route[] => [
  ...officerPageAt(
    room.registry.frame,
    "/petugas/kelola/petugas/{id}",
    { path: pathOfOfficer, query: z.strictObject({ ...doneQuery }) },
    async ({ path: { id } }, visit) => {
      const { language, posts } = visit;
      const { officer } = await officerAt(room, visit, id);
      const { deputyId } = officer;
      const [{ agency }, deputy] = await Promise.all([
        agencyAt(room, visit, officer.agencyId),
        deputyId === undefined ? undefined : room.registry.directory.officer(deputyId),
      ]);
      const inCharge = posts.some(({ role }) => rolesInCharge[role]?.includes(officer.role));
      const { dismissedAt } = officer;
      return shown(room, visit, {
        title: words.title,
        back: {
          address: `/petugas/kelola/petugas?instansi=${officer.agencyId}`,
          label: words.back[language],
        },
        main: html`<h1>${officer.name}</h1>
${dismissedAt !== undefined && html`<p class="notice">${words.dismissed[language]}: ${inWords(dismissedAt, agency.timeZone, language)}.</p>`}
${summaryList(rowsOf(officer, { agencyName: agency.name, deputyName: deputy?.name }, language))}
${inCharge && dismissedAt === undefined && officer.undeliverable && html`<form method="post" action="${pageIn(language, `${addressOfOfficer(id)}/alamat`)}">${sendButton(words.addressRight[language])}</form>`}
<h2>${words.whatYouCanDo[language]}</h2>${!inCharge && html`<p>${words.notYours[language]}</p>`}<ul class="moves">${inCharge && actionsOf(officer, language)}<li><a class="link" href="${pageIn(language, `${addressOfOfficer(id)}/riwayat`)}">${words.history[language]}</a></li></ul>
${inCharge && dismissedAt === undefined && html`<form method="post" action="${pageIn(language, `${addressOfOfficer(id)}/undangan`)}"><p class="hint">${words.inviteHint[language]}</p>${sendButton(words.invite[language], "second")}</form>`}`,
      });
    },
  ),
  ...officerActionAt(
    room.registry.frame,
    "/petugas/kelola/petugas/{id}/undangan",
    { path: pathOfOfficer },
    async ({ path: { id } }, visit) => {
      await visit.reply(room.asked.inviteAgain, { path: { id } });
      return leadOn(visit, addressOfOfficer(id), "undangan");
    },
  ),
  ...officerActionAt(
    room.registry.frame,
    "/petugas/kelola/petugas/{id}/alamat",
    { path: pathOfOfficer },
    async ({ path: { id } }, visit) => {
      await visit.reply(room.asked.freeOfficer, { path: { id } });
      return leadOn(visit, addressOfOfficer(id), "alamat");
    },
  ),
  ...officerPageAt(
    room.registry.frame,
    "/petugas/kelola/petugas/{id}/riwayat",
    { path: pathOfOfficer },
    async ({ path: { id } }, visit) => {
      const { language } = visit;
      const { officer } = await officerAt(room, visit, id);
      const [{ agency }, history] = await Promise.all([
        agencyAt(room, visit, officer.agencyId),
        visit.ask(room.asked.officerHistory, { path: { id } }, historyShown),
      ]);
      const names = await namesInHistory(room, namedInHistory(history.items));
      return shown(room, visit, {
        title: words.history,
        back: backToOfficer(officer),
        main: html`<h1>${words.history[language]}</h1>${entryHistory(history, { zone: agency.timeZone, names }, language)}`,
      });
    },
  ),
];
