import * as z from "zod";
import { worksOnCases } from "../../../shared/case/moves/deputies/deputy.ts";
import { absencesOf } from "../../../shared/case/views/absences-flow.ts";
import { roleText } from "../../../shared/case/views/words.ts";
import { localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Officer, OfficerRole } from "../../../shared/directory/directory.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { bodyOf } from "../../../shared/http/page/form.ts";
import {
  notForYou,
  officerActionAt,
  officerFormAt,
  type OfficerVisit,
} from "../../../shared/http/page/officer.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { mailsOptions } from "../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { radios, sendButton, type Told, wrongFields } from "../../../shared/page/parts/form.ts";
import { summaryList } from "../../../shared/page/parts/lists.ts";
import { officerId } from "../../../shared/text/id.ts";
import { deputiesListed } from "../list-deputies.ts";
import { openingRoles, viewsOfOfficers } from "../registry.ts";
import { absenceIn, absenceInputs, endAbsenceButton } from "./officers/absence-pages.ts";
import { doneQuery, leadOn, type Room, roomForm, shown, withQuery } from "./room.ts";

const words = {
  title: { id: "Saya", en: "About me" },
  calendar: { id: "Batas waktu di kalender Anda", en: "Due dates in your calendar" },
  calendarText: {
    id: "Kalender di ponsel atau komputer Anda dapat menampilkan batas waktu laporan: hanya nomor dan hitungannya.",
    en: "The calendar of your phone or computer can show the due dates of your cases: numbers and clocks only.",
  },
  tools: { id: "Halaman lain untuk jabatan Anda", en: "Other pages for your post" },
  toCalendar: { id: "Atur kalender", en: "Set up the calendar" },
  name: { id: "Nama", en: "Name" },
  email: { id: "Email", en: "Email" },
  unreached: { id: "Email tidak sampai", en: "No email arrives" },
  outside: { id: "Email di luar domain dinas", en: "Email outside official domains" },
  wrongData: {
    id: "Nama atau alamatnya salah? Admin instansi Anda yang memperbaikinya.",
    en: "Is your name or address wrong? The administrator of your agency corrects it.",
  },
  posts: { id: "Jabatan Anda", en: "Your posts" },
  role: { id: "Peran", en: "Role" },
  agency: { id: "Instansi", en: "Agency" },
  absence: { id: "Tidak di tempat", en: "Absence" },
  away: { id: "Wakil Anda", en: "Your deputy" },
  present: { id: "Tidak ada wakil yang ditunjuk.", en: "No deputy is named." },
  until: { id: "sampai", en: "until" },
  standsIn: { id: "Anda mewakili", en: "You stand in for" },
  nameDeputy: { id: "Tunjuk wakil selama Anda tidak di tempat", en: "Name a deputy while you are away" },
  mails: { id: "Email untuk Anda", en: "Emails to you" },
  question: { id: "Bagaimana email dikirim?", en: "How do emails come?" },
  mailsHint: { id: "Berlaku untuk semua jabatan Anda.", en: "It counts for all your posts." },
  save: { id: "Simpan", en: "Save" },
  deputyTitle: { id: "Tunjuk wakil", en: "Name a deputy" },
} as const satisfies Record<string, Text>;

const deputyAddress = (post: Officer): string => `/petugas/saya/wakil?jabatan=${post.id}`;

/** One post: where, as what, who stands in, and whom this post stands in for. */
async function postShown({ registry }: Room, post: Officer, language: Language): Promise<Hole> {
  const [agency, { absence, standsInFor }] = await Promise.all([
    registry.directory.agency(post.agencyId),
    absencesOf(registry.directory, post, registry.now()),
  ]);
  const dates = (from: string, until: string): string =>
    `${localDateInWords(from, language)} ${words.until[language]} ${localDateInWords(until, language)}`;
  return html`${summaryList([
    { label: words.role[language], value: roleText[post.role][language] },
    { label: words.agency[language], value: agency?.name ?? post.agencyId },
    {
      label: words.away[language],
      value: absence
        ? html`${absence.deputy.name}<br><small>${dates(absence.from, absence.until)}</small>`
        : words.present[language],
    },
    ...standsInFor.map(({ officer, from, until }) => ({
      label: words.standsIn[language],
      value: html`${officer.name}<br><small>${dates(from, until)}</small>`,
    })),
  ])}${worksOnCases(post.role) && html`<p><a class="link" href="${pageIn(language, deputyAddress(post))}">${words.nameDeputy[language]}</a></p>`}${absence && endAbsenceButton(`/petugas/saya/wakil/akhiri?jabatan=${post.id}`, language)}`;
}

/** `/petugas/saya`: what the directory says of whoever has signed in, and what they set themselves. */
const myPage = (room: Room): Route[] => {
  const { frame } = room.registry;
  return officerFormAt(frame, "/petugas/saya", {
    input: { query: z.strictObject({ ...doneQuery }) },
    async show(_, visit, tried) {
      const { language, posts } = visit;
      const [first] = posts;
      const [[own], shownPosts] = await Promise.all([
        viewsOfOfficers(room.registry, [first], language),
        Promise.all(posts.map((post) => postShown(room, post, language))),
      ]);
      const mark = own?.undeliverable;
      const told: Told = {
        language,
        wrong: wrongFields(tried?.problem),
        values: tried?.values ?? { mails: first.mails },
      };
      return shown(room, visit, {
        title: words.title,
        tried,
        narrow: true,
        main: html`<h1>${words.title[language]}</h1>
${summaryList([
  { label: words.name[language], value: first.name },
  {
    label: words.email[language],
    value: html`${first.email}${mark && html`<br><span class="chip late">${words.unreached[language]}</span><br>${mark.text}`}${own?.outsideDomains && html`<br><span class="chip due">${words.outside[language]}</span>`}`,
  },
])}
<p class="hint">${words.wrongData[language]}</p>
<h2>${words.posts[language]}</h2>${shownPosts}
<h2>${words.calendar[language]}</h2>
<p>${words.calendarText[language]}</p>
<p><a class="link" href="${pageIn(language, "/petugas/saya/kalender")}">${words.toCalendar[language]}</a></p>
<h2>${words.mails[language]}</h2>
<form method="post" action="${pageIn(language, "/petugas/saya")}">${radios(told, { name: "mails", label: words.question[language], hint: words.mailsHint[language] }, mailsOptions(language))}${sendButton(words.save[language])}</form>
${toolsOf(posts, language)}`,
      });
    },
    async send(_, visit, values) {
      await visit.reply(room.asked.chooseMails, { body: bodyOf(values, ["mails"]) });
      return leadOn(visit, "/petugas/saya", "disimpan");
    },
  });
};

/** Pages that only some posts have, and that stand in no menu. */
const tools: readonly { roles: readonly OfficerRole[]; address: string; label: Text }[] = [
  {
    roles: ["liaison-officer", "agency-admin"],
    address: "/petugas/kelola/jawaban",
    label: { id: "Contoh jawaban instansi", en: "Examples of answers" },
  },
  {
    roles: openingRoles,
    address: "/petugas/pencarian-identitas",
    label: { id: "Cari laporan menurut NIK atau telepon", en: "Find cases by NIK or telephone" },
  },
  {
    roles: ["auditor"],
    address: "/petugas/pencarian-identitas/catatan",
    label: { id: "Catatan pencarian identitas", en: "Record of searches by identity" },
  },
];

const toolsOf = (posts: readonly Officer[], language: Language): Hole => {
  const theirs = tools.filter(({ roles }) => posts.some(({ role }) => roles.includes(role)));
  return (
    theirs.length > 0 &&
    html`<h2>${words.tools[language]}</h2><ul class="moves">${theirs.map(({ address, label }) => html`<li><a class="link" href="${pageIn(language, address)}">${label[language]}</a></li>`)}</ul>`
  );
};

const jabatan = { query: z.strictObject({ jabatan: officerId.optional() }) };

/** The post that an address names, of those that the visitor holds; without one the first. */
function postNamed({ posts }: OfficerVisit, id: string | undefined): Officer {
  const post = id === undefined ? posts[0] : posts.find((one) => one.id === id);
  if (!post) throw notForYou();
  return post;
}

/** `/petugas/saya/wakil`: who stands in for me, and from when until when. */
const absenceOfMine = (room: Room): Route[] => [
  ...roomForm(room, {
    at: "/petugas/saya/wakil",
    input: jabatan,
    async load({ query }, visit) {
      const post = postNamed(visit, query.jabatan);
      const headers = { "officer-post": post.id };
      return { post, deputies: await visit.ask(room.asked.ownDeputies, { headers }, deputiesListed) };
    },
    title: words.deputyTitle,
    heading: (_, language) => words.deputyTitle[language],
    back: (_, language) => ({ address: "/petugas/saya", label: words.title[language] }),
    filled: ({ post: { deputyId = "", absentFrom = "", absentUntil = "" } }) => ({
      deputyId,
      from: absentFrom,
      until: absentUntil,
    }),
    query: ({ query }) => ({ jabatan: query.jabatan }),
    inputs: ({ told, state, language }) => absenceInputs(told, state.deputies, language),
    button: words.deputyTitle,
    async send({ query }, visit, values) {
      const headers = { "officer-post": postNamed(visit, query.jabatan).id };
      await visit.reply(room.asked.beAway, { body: absenceIn(values), headers });
      return leadOn(visit, "/petugas/saya", "wakil");
    },
  }),
  ...officerActionAt(room.registry.frame, "/petugas/saya/wakil/akhiri", jabatan, async ({ query }, visit) => {
    const headers = { "officer-post": postNamed(visit, query.jabatan).id };
    await visit.reply(room.asked.comeBack, { headers });
    return leadOn(visit, withQuery("/petugas/saya"), "kembali");
  }),
];

/** The pages on which officers see and set what concerns themselves. */
export const ownPages = (room: Room): Route[] => [...myPage(room), ...absenceOfMine(room)];
