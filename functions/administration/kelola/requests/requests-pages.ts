import * as z from "zod";
import { roleText } from "../../../../shared/case/views/words.ts";
import { inWords } from "../../../../shared/deadline/calendar/time-zone.ts";
import { entryEventText } from "../../../../shared/directory/entry-history.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { bodyOf } from "../../../../shared/http/page/form.ts";
import { officerActionAt, officerPageAt, type OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { valueInWords } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { sendButton, textArea } from "../../../../shared/page/parts/form.ts";
import { nextPage, summaryList } from "../../../../shared/page/parts/lists.ts";
import { waits } from "../../ask-second-person.ts";
import { requestsListed } from "../../list-requests.ts";
import type { requestView } from "../../request-view.ts";
import { addressOfAgency } from "../agencies/agency-page.ts";
import { addressOfOfficer } from "../officers/officer-page.ts";
import { doneQuery, leadOn, type Room, roomForm, shown, withQuery } from "../room.ts";

const words = {
  title: { id: "Permohonan orang kedua", en: "Requests for a second person" },
  lead: {
    id: "Yang memberi kuasa atas rahasia tidak diubah satu orang saja. Orang kedua yang berwenang menyetujui atau menolaknya dalam 7 hari.",
    en: "What gives power over secrets is not changed by one person alone. A second person in charge confirms or refuses it within 7 days.",
  },
  none: {
    id: "Tidak ada permohonan yang Anda ajukan atau dapat Anda putuskan.",
    en: "There are no requests that you made or may decide on.",
  },
  one: { id: "Permohonan", en: "Request" },
  manage: { id: "Kelola", en: "Manage" },
  more: { id: "Permohonan berikutnya", en: "More requests" },
  about: { id: "Tentang", en: "About" },
  agency: { id: "instansi", en: "agency" },
  officer: { id: "petugas", en: "officer" },
  changes: { id: "Yang berubah", en: "What changes" },
  wanted: { id: "Menjadi", en: "As it has to be" },
  askedBy: { id: "Diajukan oleh", en: "Asked by" },
  at: { id: "Diajukan", en: "Asked" },
  until: { id: "Berlaku sampai", en: "Holds until" },
  state: { id: "Keadaan", en: "State" },
  reason: { id: "Alasan", en: "Reason" },
  own: { id: "Anda yang mengajukan", en: "You asked for it" },
  confirm: { id: "Setujui dan laksanakan", en: "Confirm and carry out" },
  confirmHint: {
    id: "Perubahan berlaku begitu Anda menyetujui, dan nama kedua orang tercatat dalam riwayatnya. Pastikan dulu dengan yang mengajukan.",
    en: "The change takes effect as you confirm it, and the history names both people. Make sure first with whoever asked.",
  },
  refuse: { id: "Tolak permohonan", en: "Refuse the request" },
  withdraw: { id: "Tarik kembali permohonan", en: "Withdraw the request" },
  waitsForOther: {
    id: "Permohonan ini menunggu orang kedua. Anda tidak dapat menyetujuinya sendiri.",
    en: "This request waits for a second person. You cannot confirm it yourself.",
  },
} as const satisfies Record<string, Text>;

const stateText: Record<Shown["state"], Text> = {
  open: { id: "Menunggu orang kedua", en: "Waits for a second person" },
  confirmed: { id: "Disetujui", en: "Confirmed" },
  refused: { id: "Ditolak", en: "Refused" },
  withdrawn: { id: "Ditarik kembali", en: "Withdrawn" },
  expired: { id: "Kedaluwarsa", en: "Expired" },
};

const wantedText: Readonly<Record<string, Text>> = {
  name: { id: "Nama", en: "Name" },
  email: { id: "Email", en: "Email" },
  role: { id: "Peran", en: "Role" },
  agencyId: { id: "Instansi", en: "Agency" },
  mails: { id: "Cara menerima email", en: "How emails come" },
  type: { id: "Jenis", en: "Type" },
  duty: { id: "Tugas dalam sistem", en: "Duty in the system" },
  parent: { id: "Instansi di atasnya", en: "Agency above it" },
  regionCode: { id: "Kode wilayah", en: "Code of the region" },
  timeZone: { id: "Zona waktu", en: "Time zone" },
  alertEmail: { id: "Kotak email", en: "Mailbox" },
};

type Shown = z.output<typeof requestView>;
const pathOfRequest = z.strictObject({ id: z.uuid() });
const addressOf = (id: string): string => `/petugas/kelola/permintaan/${id}`;

/** Which fields a request changes, in the words of the history. */
const fieldsOf = ({ fields }: Shown, language: Language): string =>
  entryEventText({ type: "changed", changes: fields.map((field) => ({ field })) })[language];

const entryLine = (one: Shown, language: Language): Hole =>
  html`<li class="card"><h3><a href="${pageIn(language, addressOf(one.id))}">${one.text}</a></h3><p>${words[one.about.kind][language]} <code>${one.about.id}</code></p><p><span class="chip ${one.state === "open" ? "due" : ""}">${stateText[one.state][language]}</span>${one.own && html` <span class="chip">${words.own[language]}</span>`}</p><p class="hint">${words.until[language]} ${inWords(one.expiresAt, "Asia/Makassar", language)}</p></li>`;

/** `/petugas/kelola/permintaan`: what waits for a second person, the oldest first. */
const listPage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola/permintaan",
    { query: z.strictObject({ mulai: z.string().optional(), ...doneQuery }) },
    async ({ query: { mulai } }, visit) => {
      const { language } = visit;
      const { items, cursor } = await visit.ask(
        room.asked.requests,
        { query: { cursor: mulai } },
        requestsListed,
      );
      const sorted = items.toSorted((a, b) => Number(b.state === "open") - Number(a.state === "open"));
      const next =
        cursor === null ? undefined : pageIn(language, withQuery(visit.address, { mulai: cursor }));
      return shown(room, visit, {
        title: words.title,
        query: { mulai },
        back: { address: "/petugas/kelola", label: words.manage[language] },
        main: html`<h1>${words.title[language]}</h1><p>${words.lead[language]}</p>
${sorted.length === 0 ? html`<p>${words.none[language]}</p>` : html`<ul class="cards">${sorted.map((one) => entryLine(one, language))}</ul>`}${nextPage(next, words.more[language])}`,
      });
    },
  );

const rowsOf = (one: Shown, language: Language) => [
  {
    label: words.about[language],
    value: html`${words[one.about.kind][language]} <a class="link" href="${pageIn(language, one.about.kind === "agency" ? addressOfAgency(one.about.id) : addressOfOfficer(one.about.id))}">${one.about.id}</a>`,
  },
  ...(one.fields.length > 0 ? [{ label: words.changes[language], value: fieldsOf(one, language) }] : []),
  ...(one.wanted
    ? [
        {
          label: words.wanted[language],
          value: html`<ul>${Object.entries(one.wanted).map(
            ([field, value]) =>
              html`<li>${wantedText[field]?.[language] ?? field}: ${valueInWords(value, language)}</li>`,
          )}</ul>`,
        },
      ]
    : []),
  {
    label: words.askedBy[language],
    value: `${roleText[one.askedBy.role][language]} (${one.askedBy.officerId ?? ""})`,
  },
  { label: words.at[language], value: inWords(one.askedAt, "Asia/Makassar", language) },
  { label: words.until[language], value: inWords(one.expiresAt, "Asia/Makassar", language) },
  {
    label: words.state[language],
    value: html`${stateText[one.state][language]}${one.ended?.reason !== undefined && html`<br>${words.reason[language]}: ${one.ended.reason}`}`,
  },
];

const decisions = (one: Shown, language: Language): Hole => {
  if (one.state !== "open") return undefined;
  const link = (below: string, label: Text): Hole =>
    html`<p><a class="link" href="${pageIn(language, `${addressOf(one.id)}/${below}`)}">${label[language]}</a></p>`;
  if (one.own) return html`<p>${words.waitsForOther[language]}</p>${link("tarik", words.withdraw)}`;
  return html`<p>${words.confirmHint[language]}</p><form method="post" action="${pageIn(language, `${addressOf(one.id)}/setujui`)}">${sendButton(words.confirm[language])}</form>${link("tolak", words.refuse)}`;
};

/** A request as this administrator sees it. */
const requestAt = async ({ asked }: Room, visit: OfficerVisit, id: string): Promise<Shown> =>
  (await visit.ask(asked.request, { path: { id } }, waits)).request;

/** `/petugas/kelola/permintaan/{id}`: one request, and the way to decide on it. */
const requestPages = (room: Room): Route[] => [
  ...officerPageAt(
    room.registry.frame,
    "/petugas/kelola/permintaan/{id}",
    { path: pathOfRequest, query: z.strictObject({ ...doneQuery }) },
    async ({ path }, visit) => {
      const { language } = visit;
      const one = await requestAt(room, visit, path.id);
      return shown(room, visit, {
        title: words.one,
        back: { address: "/petugas/kelola/permintaan", label: words.title[language] },
        main: html`<h1>${one.text}</h1>${summaryList(rowsOf(one, language))}${decisions(one, language)}`,
      });
    },
  ),
  ...officerActionAt(
    room.registry.frame,
    "/petugas/kelola/permintaan/{id}/setujui",
    { path: pathOfRequest },
    async ({ path }, visit) => {
      await visit.reply(room.asked.confirm, { path });
      return leadOn(visit, addressOf(path.id), "disetujui");
    },
  ),
];

const endPage = (
  room: Room,
  {
    at,
    title,
    endpoint,
    done,
    optional,
  }: { at: string; title: Text; endpoint: "refuse" | "withdraw"; done: string; optional: boolean },
): Route[] =>
  roomForm(room, {
    at: `/petugas/kelola/permintaan/{id}/${at}`,
    input: { path: pathOfRequest },
    load: async ({ path }, visit) => ({ request: await requestAt(room, visit, path.id) }),
    title,
    heading: (_, language) => title[language],
    back: ({ request }) => ({ address: addressOf(request.id), label: request.text }),
    inputs: ({ told, language }) =>
      textArea(told, { name: "reason", label: words.reason[language], optional }, { rows: 4, limit: 2_000 }),
    button: title,
    kind: "second",
    async send({ path }, visit, values) {
      await visit.reply(room.asked[endpoint], { path, body: bodyOf(values, ["reason"]) });
      return leadOn(visit, addressOf(path.id), done);
    },
  });

/** The pages of what waits for a second person. */
export const requestsPages = (room: Room): Route[] => [
  ...listPage(room),
  ...requestPages(room),
  ...endPage(room, {
    at: "tolak",
    title: words.refuse,
    endpoint: "refuse",
    done: "ditolak",
    optional: false,
  }),
  ...endPage(room, {
    at: "tarik",
    title: words.withdraw,
    endpoint: "withdraw",
    done: "ditarik",
    optional: true,
  }),
];
