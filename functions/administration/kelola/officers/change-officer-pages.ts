import { randomBytes } from "node:crypto";
import * as z from "zod";
import { roleText } from "../../../../shared/case/views/words.ts";
import { rolesInCharge } from "../../../../shared/directory/administration/powers.ts";
import { guardedRoles } from "../../../../shared/directory/administration/two-people.ts";
import { type OfficerRole, officerRole } from "../../../../shared/directory/directory.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { bodyOf, valueOf } from "../../../../shared/http/page/form.ts";
import type { OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Reply } from "../../../../shared/http/reply.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { mailsOptions, roleOptions } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import {
  hidden,
  radios,
  selectField,
  textArea,
  textField,
  type Told,
} from "../../../../shared/page/parts/form.ts";
import { Refusal } from "../../../../shared/refusal.ts";
import { agencyId, officerId } from "../../../../shared/text/id.ts";
import { agencyAt } from "../agencies/agency-page.ts";
import { agencyChoice, choicesFor, searchForm } from "../agencies/chooser.ts";
import { afterChange, namesOf, type Room, roomForm, seenIn } from "../room.ts";
import { addressOfOfficer, backToOfficer, officerAt, pathOfOfficer } from "./officer-page.ts";

const words = {
  change: { id: "Ubah petugas", en: "Change an officer" },
  invite: { id: "Daftarkan petugas", en: "Register an officer" },
  move: { id: "Pindahkan petugas", en: "Move an officer" },
  dismiss: { id: "Berhentikan petugas", en: "Dismiss an officer" },
  reset: { id: "Atur ulang autentikator", en: "Reset an authenticator" },
  name: { id: "Nama", en: "Name" },
  email: { id: "Alamat email dinas", en: "Office email address" },
  emailHint: {
    id: "Undangan dikirim ke sini. Bila alamatnya kelak diganti, akunnya ikut diganti.",
    en: "The invitation goes there. If the address changes later, so does the account.",
  },
  role: { id: "Peran", en: "Role" },
  mails: { id: "Cara menerima email", en: "How emails come" },
  subject: { id: "Subjek akun (sub)", en: "Subject of the account (sub)" },
  subjectHint: {
    id: "Akun petugas dikelola penerbit lain. Isi dengan sub dari penerbit itu.",
    en: "The accounts belong to another issuer. Give the sub that it knows the officer by.",
  },
  second: {
    id: "Penunjukan, email, dan instansi peran yang berwenang atas rahasia baru berlaku sesudah orang kedua menyetujui:",
    en: "Appointment, email and agency of roles with power over secrets take effect once a second person confirms:",
  },
  waiting: {
    id: "Permohonannya menunggu di halaman permohonan, paling lama 7 hari.",
    en: "The request waits on the page of requests, for 7 days at most.",
  },
  agency: { id: "Instansi barunya", en: "New agency" },
  at: { id: "Petugas ini bertugas di", en: "The officer works for" },
  save: { id: "Simpan", en: "Save" },
  inviteIt: { id: "Daftarkan dan kirim undangan", en: "Register and send the invitation" },
  moveIt: { id: "Pindahkan", en: "Move" },
  reason: { id: "Alasan", en: "Reason" },
  reasonHint: { id: "Tercatat dalam riwayat petugas.", en: "It stands in the history of the officer." },
  dismissAfter: {
    id: "Sejak itu petugas ini tidak dapat masuk dan tidak menerima email. Laporan yang ia kerjakan tetap di instansinya.",
    en: "From then on the officer cannot sign in and gets no email. The cases that they worked on stay with the agency.",
  },
  dismissIt: { id: "Berhentikan", en: "Dismiss" },
  resetAfter: {
    id: "Petugas memasang autentikator baru saat masuk berikutnya, dan diberi tahu lewat email. Pastikan dulu bahwa yang meminta memang orangnya, misalnya lewat telepon.",
    en: "The officer sets up a new authenticator at the next sign-in and is told by email. First make sure that it is them who ask, such as by telephone.",
  },
  resetIt: { id: "Atur ulang", en: "Reset" },
} as const satisfies Record<string, Text>;

const fieldsOfOfficer = ["name", "email", "role", "mails", "subject"] as const;

const rolesFor = ({ posts }: OfficerVisit, has?: OfficerRole): OfficerRole[] =>
  officerRole.options.filter(
    (role) => role === has || posts.some((post) => rolesInCharge[post.role]?.includes(role)),
  );

/** Which roles wait for a second person, before anybody asks. */
const secondPerson = ({ registry }: Room, language: Language): Hole =>
  html`<p class="hint">${words.second[language]} ${[...new Set(guardedRoles(registry.openingRoles))].map((role) => roleText[role][language]).join(", ")}. ${words.waiting[language]}</p>`;

const fieldsOf = ({ registry }: Room, told: Told, visit: OfficerVisit, has?: OfficerRole): Hole => {
  const { language } = visit;
  return html`${textField(told, { name: "name", label: words.name[language] })}
${textField(told, { name: "email", label: words.email[language], hint: words.emailHint[language] }, { type: "text", inputmode: "email", autocapitalize: "none" })}
${selectField(told, { name: "role", label: words.role[language] }, roleOptions(rolesFor(visit, has), language))}
${registry.accounts === undefined && textField(told, { name: "subject", label: words.subject[language], hint: words.subjectHint[language], optional: has !== undefined }, { autocapitalize: "none", spellcheck: "false" })}`;
};

/** Registers an officer. A second click finds what the first one did. */
async function invited(
  room: Room,
  visit: OfficerVisit,
  id: string,
  body: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  try {
    return await visit.reply(room.asked.putOfficer, { path: { id }, body, headers: { "if-match": '"0"' } });
  } catch (error) {
    if (!(error instanceof Refusal && error.kind === "conflict")) throw error;
    // A refusal here tells of the entry that is in the way, and the conflict is told instead.
    const there = await officerAt(room, visit, id).catch((refused: unknown) => {
      if (refused instanceof Refusal) return undefined;
      throw refused;
    });
    const isSame =
      there &&
      Object.entries(body).every(([field, value]) =>
        Object.entries(there.officer).some(([name, has]) => name === field && has === value),
      );
    if (!isSame) throw error;
    return { status: 200 };
  }
}

/** `/petugas/kelola/instansi/{id}/undang`: registers a new officer of an agency. Their id tells nothing of who they are. */
const invitePage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/instansi/{id}/undang",
    input: { path: z.strictObject({ id: agencyId }) },
    load: async ({ path }, visit) => ({ agency: (await agencyAt(room, visit, path.id)).agency }),
    title: words.invite,
    heading: (_, language) => words.invite[language],
    back: ({ agency }) => ({ address: `/petugas/kelola/petugas?instansi=${agency.id}`, label: agency.name }),
    // The same form sent twice registers one officer.
    filled: () => ({ id: `petugas-${randomBytes(5).toString("hex")}` }),
    intro: ({ state, language }) => html`<p>${words.at[language]} <b>${state.agency.name}</b>.</p>`,
    inputs: ({ told, visit }) =>
      html`${hidden("id", valueOf(told.values, "id"))}${fieldsOf(room, told, visit)}`,
    consequence: ({ language }) => secondPerson(room, language),
    button: words.inviteIt,
    async send({ path }, visit, values) {
      const typed = officerId.safeParse(valueOf(values, "id"));
      const id = typed.success ? typed.data : `petugas-${randomBytes(5).toString("hex")}`;
      const body = { agencyId: path.id, ...bodyOf(values, ["name", "email", "role", "subject"]) };
      const reply = await invited(room, visit, id, body);
      return afterChange(reply, visit, addressOfOfficer(id), "diundang");
    },
  });

/** `/petugas/kelola/petugas/{id}/ubah`: changes what an officer is called, where their mails go and what they may do. */
const changePage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/petugas/{id}/ubah",
    input: { path: pathOfOfficer },
    load: ({ path }, visit) => officerAt(room, visit, path.id),
    title: words.change,
    heading: (_, language) => words.change[language],
    back: ({ officer }) => backToOfficer(officer),
    filled: ({ officer: { name, email, role, mails } }) => ({ name, email, role, mails }),
    inputs: ({ told, visit, state, language }) =>
      html`${fieldsOf(room, told, visit, state.officer.role)}${radios(told, { name: "mails", label: words.mails[language] }, mailsOptions(language))}`,
    consequence: ({ language }) => secondPerson(room, language),
    button: words.save,
    async send({ path: { id } }, visit, values) {
      const { officer } = await officerAt(room, visit, id);
      const body = { agencyId: officer.agencyId, ...bodyOf(values, fieldsOfOfficer) };
      const reply = await visit.reply(room.asked.putOfficer, { path: { id }, body, headers: seenIn(values) });
      return afterChange(reply, visit, addressOfOfficer(id), officer.dismissedAt ? "diundang" : "disimpan");
    },
  });

/** `/petugas/kelola/petugas/{id}/pindah`: moves an officer to another agency. */
const movePage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/petugas/{id}/pindah",
    input: { path: pathOfOfficer, query: z.strictObject({ cari: z.string().max(200).optional() }) },
    async load({ path, query }, visit) {
      const [entry, found] = await Promise.all([
        officerAt(room, visit, path.id),
        choicesFor(room, visit, query.cari),
      ]);
      return { ...entry, found, names: await namesOf(room, [entry.officer.agencyId]) };
    },
    title: words.move,
    heading: (_, language) => words.move[language],
    back: ({ officer }) => backToOfficer(officer),
    filled: ({ officer }) => ({ agencyId: officer.agencyId }),
    query: ({ query }) => ({ cari: query.cari }),
    intro: ({ visit, language, request }) => searchForm(visit.address, request.query.cari, language),
    inputs: ({ told, state, language }) =>
      agencyChoice(told, { name: "agencyId", label: words.agency[language] }, state.found, {
        names: state.names,
      }),
    consequence: ({ language }) => secondPerson(room, language),
    button: words.moveIt,
    async send({ path: { id } }, visit, values) {
      const { name, email, role } = (await officerAt(room, visit, id)).officer;
      const body = { name, email, role, ...bodyOf(values, ["agencyId"]) };
      const reply = await visit.reply(room.asked.putOfficer, { path: { id }, body, headers: seenIn(values) });
      return afterChange(reply, visit, addressOfOfficer(id), "dipindah");
    },
  });

const reasonField = (told: Told, language: Language, optional = false): Hole =>
  textArea(
    told,
    { name: "reason", label: words.reason[language], hint: words.reasonHint[language], optional },
    { rows: 4, limit: 2_000 },
  );

/** `/petugas/kelola/petugas/{id}/berhentikan`: dismisses an officer. */
const dismissPage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/petugas/{id}/berhentikan",
    input: { path: pathOfOfficer },
    load: ({ path }, visit) => officerAt(room, visit, path.id),
    title: words.dismiss,
    heading: (_, language) => words.dismiss[language],
    back: ({ officer }) => backToOfficer(officer),
    inputs: ({ told, language }) => reasonField(told, language),
    consequence: ({ language }) => html`<p>${words.dismissAfter[language]}</p>`,
    button: words.dismissIt,
    kind: "leave",
    async send({ path }, visit, values) {
      await visit.reply(room.asked.dismiss, {
        path,
        body: bodyOf(values, ["reason"]),
        headers: seenIn(values),
      });
      return afterChange({ status: 200 }, visit, addressOfOfficer(path.id), "diberhentikan");
    },
  });

/** `/petugas/kelola/petugas/{id}/autentikator`: has an officer set up a new authenticator. */
const resetPage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/petugas/{id}/autentikator",
    input: { path: pathOfOfficer },
    load: ({ path }, visit) => officerAt(room, visit, path.id),
    title: words.reset,
    heading: (_, language) => words.reset[language],
    back: ({ officer }) => backToOfficer(officer),
    intro: ({ language }) => html`<p>${words.resetAfter[language]}</p>`,
    inputs: ({ told, language }) => reasonField(told, language, true),
    consequence: ({ language }) => secondPerson(room, language),
    button: words.resetIt,
    async send({ path }, visit, values) {
      const body = bodyOf(values, ["reason"]);
      const reply = await visit.reply(room.asked.resetAuthenticator, { path, body, headers: seenIn(values) });
      return afterChange(reply, visit, addressOfOfficer(path.id), "autentikator");
    },
  });

/** The pages that register an officer, change them, and end what they may do. */
export const changeOfficerPages = (room: Room): Route[] => [
  ...invitePage(room),
  ...changePage(room),
  ...movePage(room),
  ...dismissPage(room),
  ...resetPage(room),
];
