import * as z from "zod";
import { inWords, zoneAbbreviation } from "../../../../shared/deadline/calendar/time-zone.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { officerActionAt, officerPageAt, type OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { entryHistory, namedInHistory } from "../../../../shared/page/administration/history.ts";
import { agencyTypeText, valueInWords } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { sendButton } from "../../../../shared/page/parts/form.ts";
import { nextPage, summaryList } from "../../../../shared/page/parts/lists.ts";
import { agencyId } from "../../../../shared/text/id.ts";
import { agenciesManaged } from "../../list-agencies.ts";
import { agencyManaged } from "../../show-agency.ts";
import { historyShown } from "../../show-history.ts";
import {
  doneQuery,
  leadOn,
  namesInHistory,
  namesOf,
  type Room,
  shown,
  versionOf,
  withQuery,
} from "../room.ts";
import { agencyLinks } from "./home-page.ts";

const words = {
  title: { id: "Instansi", en: "Agency" },
  history: { id: "Riwayat instansi", en: "History of the agency" },
  all: { id: "Kelola", en: "Manage" },
  id: { id: "Id", en: "Id" },
  type: { id: "Jenis", en: "Type" },
  duty: { id: "Tugas dalam sistem", en: "Duty in the system" },
  above: { id: "Di bawah", en: "Below" },
  region: { id: "Wilayah", en: "Region" },
  zone: { id: "Zona waktu", en: "Time zone" },
  mailbox: { id: "Kotak email instansi", en: "Mailbox of the agency" },
  unreached: { id: "Email tidak sampai", en: "No email arrives" },
  addressRight: { id: "Alamat sudah benar, kirim lagi", en: "The address is right, send again" },
  closed: { id: "Instansi ini ditutup", en: "This agency was closed" },
  successor: { id: "Penggantinya", en: "Its successor" },
  officers: { id: "Petugas instansi ini", en: "Officers of this agency" },
  change: {
    id: "Ubah nama, jenis, zona waktu, atau kotak email",
    en: "Change name, type, time zone or mailbox",
  },
  move: { id: "Pindahkan ke bawah instansi lain", en: "Move it below another agency" },
  create: { id: "Buat instansi di bawahnya", en: "Create an agency below it" },
  close: { id: "Tutup instansi ini", en: "Close this agency" },
  whatYouCanDo: { id: "Yang dapat Anda lakukan", en: "What you can do" },
  below: { id: "Instansi di bawahnya", en: "Agencies below it" },
  nothingBelow: { id: "Tidak ada instansi di bawahnya.", en: "There are no agencies below it." },
  more: { id: "Instansi berikutnya", en: "More agencies" },
} as const satisfies Record<string, Text>;

const pathOfAgency = z.strictObject({ id: agencyId });

export type ShownAgency = z.output<typeof agencyManaged>;

/** An agency as this administrator sees it, with the version that they see. */
export async function agencyAt(
  { asked }: Room,
  visit: OfficerVisit,
  id: string,
): Promise<{ agency: ShownAgency; version: number }> {
  const reply = await visit.reply(asked.agency, { path: { id } });
  return { agency: agencyManaged.parse(reply.body), version: versionOf(reply) };
}

/** The address of an agency's page, without its language. */
export const addressOfAgency = (id: string): string => `/petugas/kelola/instansi/${id}`;

/** The way back to an agency. */
export const backToAgency = ({ id, name }: { id: string; name: string }) => ({
  address: addressOfAgency(id),
  label: name,
});

type Names = ReadonlyMap<string, string>;

const linkTo = (id: string, names: Names, language: Language): Hole =>
  html`<a class="link" href="${pageIn(language, addressOfAgency(id))}">${names.get(id)}</a>`;

const rowsOf = async ({ registry }: Room, agency: ShownAgency, names: Names, language: Language) => {
  const { regionCode } = agency;
  const region = regionCode === undefined ? undefined : await registry.directory.region(regionCode);
  return [
    { label: words.id[language], value: html`<code>${agency.id}</code>` },
    { label: words.type[language], value: agencyTypeText[agency.type][language] },
    ...(agency.duty ? [{ label: words.duty[language], value: valueInWords(agency.duty, language) }] : []),
    ...(agency.parent === null
      ? []
      : [{ label: words.above[language], value: linkTo(agency.parent, names, language) }]),
    ...(regionCode === undefined
      ? []
      : [{ label: words.region[language], value: `${region?.name ?? ""} (${regionCode})` }]),
    { label: words.zone[language], value: `${zoneAbbreviation[agency.timeZone]} (${agency.timeZone})` },
    {
      label: words.mailbox[language],
      value: html`${agency.alertEmail}${agency.undeliverable && html`<br><span class="chip late">${words.unreached[language]}</span><br>${agency.undeliverable.text}`}`,
    },
  ];
};

const actionsOf = ({ id, closedAt }: ShownAgency, language: Language): Hole => {
  const link = (below: string, label: Text): Hole =>
    html`<li><a class="link" href="${pageIn(language, `${addressOfAgency(id)}/${below}`)}">${label[language]}</a></li>`;
  return html`<h2>${words.whatYouCanDo[language]}</h2><ul class="moves"><li><a class="link" href="${pageIn(language, `/petugas/kelola/petugas?instansi=${id}`)}">${words.officers[language]}</a></li>${
    closedAt === undefined &&
    html`${link("ubah", words.change)}${link("baru", words.create)}${link("pindah", words.move)}${link("tutup", words.close)}`
  }${link("riwayat", words.history)}</ul>`;
};

/** `/petugas/kelola/instansi/{id}`: an agency, what can be done with it, and what stands below it. */
export const agencyPage = (room: Room): Route[] => [
  ...officerPageAt(
    room.registry.frame,
    "/petugas/kelola/instansi/{id}",
    { path: pathOfAgency, query: z.strictObject({ mulai: z.string().optional(), ...doneQuery }) },
    async ({ path: { id }, query: { mulai } }, visit) => {
      const { language } = visit;
      const { agency } = await agencyAt(room, visit, id);
      const names = await namesOf(room, [agency.parent ?? [], agency.successor ?? []].flat());
      const below = await visit.ask(
        room.asked.agencies,
        { query: { under: id, cursor: mulai } },
        agenciesManaged,
      );
      const next =
        below.cursor === null
          ? undefined
          : pageIn(language, withQuery(visit.address, { mulai: below.cursor }));
      return shown(room, visit, {
        title: words.title,
        query: { mulai },
        back: { address: "/petugas/kelola", label: words.all[language] },
        main: html`<h1>${agency.name}</h1>
${
  agency.closedAt !== undefined &&
  html`<p class="notice">${words.closed[language]}: ${inWords(agency.closedAt, agency.timeZone, language)}. ${agency.successor !== undefined && html`${words.successor[language]}: ${linkTo(agency.successor, names, language)}`}</p>`
}
${summaryList(await rowsOf(room, agency, names, language))}
${
  agency.undeliverable &&
  html`<form method="post" action="${pageIn(language, `${addressOfAgency(id)}/alamat`)}">${sendButton(words.addressRight[language])}</form>`
}
${actionsOf(agency, language)}
<h2>${words.below[language]}</h2>
${
  below.items.length === 0
    ? html`<p>${words.nothingBelow[language]}</p>`
    : agencyLinks(
        below.items.map((one) => ({ ...one, above: null })),
        language,
      )
}
${nextPage(next, words.more[language])}`,
      });
    },
  ),
  ...officerActionAt(
    room.registry.frame,
    "/petugas/kelola/instansi/{id}/alamat",
    { path: pathOfAgency },
    async ({ path: { id } }, visit) => {
      await visit.reply(room.asked.freeAgency, { path: { id } });
      return leadOn(visit, addressOfAgency(id), "alamat");
    },
  ),
];

/** `/petugas/kelola/instansi/{id}/riwayat`: who changed what of an agency, and when. */
export const agencyHistoryPage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola/instansi/{id}/riwayat",
    { path: pathOfAgency },
    async ({ path: { id } }, visit) => {
      const { language } = visit;
      const { agency } = await agencyAt(room, visit, id);
      const history = await visit.ask(room.asked.agencyHistory, { path: { id } }, historyShown);
      const names = await namesInHistory(room, namedInHistory(history.items));
      return shown(room, visit, {
        title: words.history,
        back: backToAgency(agency),
        main: html`<h1>${words.history[language]}</h1>${entryHistory(history, { zone: agency.timeZone, names }, language)}`,
      });
    },
  );
