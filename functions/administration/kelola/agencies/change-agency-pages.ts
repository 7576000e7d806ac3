import * as z from "zod";
import { typesInCharge } from "../../../../shared/directory/administration/powers.ts";
import { agency as anAgency } from "../../../../shared/directory/directory.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { bodyOf, type FormValues, valueOf } from "../../../../shared/http/page/form.ts";
import type { OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Reply } from "../../../../shared/http/reply.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { dutyOptions, typeOptions, zoneOptions } from "../../../../shared/page/administration/words.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { selectField, textField, type Told } from "../../../../shared/page/parts/form.ts";
import { Refusal, refuseFields } from "../../../../shared/refusal.ts";
import { agencyId } from "../../../../shared/text/id.ts";
import { afterChange, type Making, namesOf, type Room, roomForm, seenIn } from "../room.ts";
import { addressOfAgency, agencyAt, backToAgency, type ShownAgency } from "./agency-page.ts";
import { agencyChoice, choicesFor, type ManagedAgency, searchForm } from "./chooser.ts";

const words = {
  change: { id: "Ubah instansi", en: "Change an agency" },
  create: { id: "Buat instansi", en: "Create an agency" },
  move: { id: "Pindahkan instansi", en: "Move an agency" },
  name: { id: "Nama", en: "Name" },
  id: { id: "Id", en: "Id" },
  idHint: {
    id: "Huruf kecil, angka, dan tanda hubung, misalnya balikpapan-dinas-pu. Id tidak dapat diganti lagi. Bila kosong, id dibuat dari nama.",
    en: "Small letters, digits and hyphens, such as balikpapan-dinas-pu. The id cannot be changed later. Without one it is made from the name.",
  },
  type: { id: "Jenis", en: "Type" },
  duty: { id: "Tugas dalam sistem", en: "Duty in the system" },
  region: { id: "Kode wilayah", en: "Code of the region" },
  regionHint: {
    id: "Kode Kemendagri, misalnya 64.71 untuk Kota Balikpapan.",
    en: "Of the Kemendagri list, such as 64.71 for Kota Balikpapan.",
  },
  zone: { id: "Zona waktu", en: "Time zone" },
  zoneHint: {
    id: "Batas waktu laporannya dihitung menurut zona ini.",
    en: "The dates of its cases are counted in this zone.",
  },
  mailbox: { id: "Kotak email instansi", en: "Mailbox of the agency" },
  mailboxHint: {
    id: "Peringatan batas waktu dikirim ke sini. Pakai kotak dinas, bukan alamat pribadi.",
    en: "Alerts of deadlines go there. Use an office mailbox, not somebody's own.",
  },
  secondMailbox: {
    id: "Kotak di domain lain menunggu persetujuan orang kedua. Tanpa persetujuan:",
    en: "A mailbox at another domain waits for a second person. None is needed for:",
  },
  secondPlace: {
    id: "Bila instansi ini jadi berada di bawah kepala lain yang berwenang atas rahasia, pemindahannya menunggu persetujuan orang kedua. Sampai saat itu tidak ada yang berubah.",
    en: "Where the agency comes below another head with power over secrets, the move waits for a second person. Nothing changes until then.",
  },
  parent: { id: "Instansi di atasnya", en: "Agency above it" },
  noParent: { id: "Tidak ada: paling atas", en: "None: at the top" },
  below: { id: "Instansi baru ini berada di bawah", en: "The new agency stands below" },
  save: { id: "Simpan", en: "Save" },
  createIt: { id: "Buat instansi", en: "Create the agency" },
  moveIt: { id: "Pindahkan", en: "Move it" },
  manage: { id: "Kelola", en: "Manage" },
} as const satisfies Record<string, Text>;

const idIsTaken: Text = {
  id: "Id ini sudah dipakai instansi lain. Tulis id lain.",
  en: "Another agency has this id. Give another one.",
};

const noName: Text = { id: "Tulis nama instansinya.", en: "Give the name of the agency." };

const idFromName: Text = {
  id: "Nama ini tidak dapat menjadi id. Tulis id sendiri.",
  en: "This name makes no id. Give one yourself.",
};

const described = ["name", "type", "duty", "regionCode", "timeZone", "alertEmail"] as const;
const isNational = ({ posts }: OfficerVisit): boolean => posts.some(({ role }) => role === "national-admin");

/** The types that this administrator may give, and the one that the agency has. */
const typesFor = ({ posts }: OfficerVisit, has?: ShownAgency["type"]): ShownAgency["type"][] =>
  anAgency.shape.type.options.filter(
    (type) => type === has || posts.some(({ role }) => typesInCharge[role]?.includes(type)),
  );

/** What an agency is called and where its mails go. */
const fieldsOf = (room: Room, told: Told, visit: OfficerVisit, has?: ShownAgency["type"]): Hole => {
  const { language } = visit;
  return html`${selectField(told, { name: "type", label: words.type[language] }, typeOptions(typesFor(visit, has), language))}
${isNational(visit) && selectField(told, { name: "duty", label: words.duty[language], optional: true }, dutyOptions(language))}
${textField(told, { name: "regionCode", label: words.region[language], hint: words.regionHint[language], optional: true }, { width: "short" })}
${selectField(told, { name: "timeZone", label: words.zone[language], hint: words.zoneHint[language] }, zoneOptions())}
${textField(told, { name: "alertEmail", label: words.mailbox[language], hint: words.mailboxHint[language] }, { type: "text", inputmode: "email", autocapitalize: "none" })}
<p class="hint">${words.secondMailbox[language]} ${room.registry.mailboxDomains.join(", ")}.</p>`;
};

const nameField = (told: Told, language: Language): Hole =>
  textField(told, { name: "name", label: words.name[language] });

/** The whole agency as the route takes it: what the form says, and what it says nothing of as it is. */
const wholeBody = (visit: OfficerVisit, { parent, duty }: ShownAgency, values: FormValues) => ({
  parent,
  ...(duty !== undefined && !isNational(visit) && { duty }),
  ...bodyOf(values, isNational(visit) ? described : described.filter((field) => field !== "duty")),
});

const pathOfAgency = z.strictObject({ id: agencyId });

/** `/petugas/kelola/instansi/{id}/ubah`: changes the name, type, region, zone and mailbox of an agency. */
export const changeAgencyPage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/instansi/{id}/ubah",
    input: { path: pathOfAgency },
    load: ({ path }, visit) => agencyAt(room, visit, path.id),
    title: words.change,
    heading: (_, language) => words.change[language],
    back: ({ agency }) => backToAgency(agency),
    filled: ({ agency }) => ({
      name: agency.name,
      type: agency.type,
      duty: agency.duty ?? "",
      regionCode: agency.regionCode ?? "",
      timeZone: agency.timeZone,
      alertEmail: agency.alertEmail,
    }),
    inputs: ({ told, visit, state, language }) =>
      html`${nameField(told, language)}${fieldsOf(room, told, visit, state.agency.type)}`,
    button: words.save,
    async send({ path: { id } }, visit, values) {
      const { agency } = await agencyAt(room, visit, id);
      const body = wholeBody(visit, agency, values);
      const reply = await visit.reply(room.asked.putAgency, { path: { id }, body, headers: seenIn(values) });
      return afterChange(reply, visit, addressOfAgency(id), "disimpan");
    },
  });

/** An id made of a name: "Dinas Contoh (Baru)" is "dinas-contoh-baru". */
const idOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-+|-+$/g, "");

/** Creates an agency. An id that is taken is said at its field: nobody else's agency is changed by it. */
async function create(
  { asked }: Room,
  visit: OfficerVisit,
  parent: string | null,
  values: FormValues,
): Promise<Reply> {
  const typed = valueOf(values, "id").trim();
  const id = typed || idOf(valueOf(values, "name"));
  if (!agencyId.safeParse(id).success && !typed)
    throw refuseFields([
      valueOf(values, "name").trim()
        ? { in: "body", path: "id", message: idFromName }
        : { in: "body", path: "name", message: noName },
    ]);
  const fields = isNational(visit) ? described : described.filter((field) => field !== "duty");
  const body = { parent, ...bodyOf(values, fields) };
  try {
    const reply = await visit.reply(asked.putAgency, { path: { id }, body, headers: { "if-match": '"0"' } });
    return afterChange(reply, visit, addressOfAgency(id), "dibuat");
  } catch (error) {
    if (
      error instanceof Refusal &&
      ["conflict", "not-found"].includes(error.kind) &&
      error.fields.length === 0
    )
      throw refuseFields([
        { in: "body", path: "id", message: error.kind === "conflict" ? idIsTaken : error.text },
      ]);
    throw error;
  }
}

const inputsOfNew =
  (room: Room) =>
  ({ told, visit, language }: Pick<Making<unknown>, "told" | "visit" | "language">): Hole =>
    html`${nameField(told, language)}${textField(told, { name: "id", label: words.id[language], hint: words.idHint[language], optional: true }, { autocapitalize: "none", spellcheck: "false" })}${fieldsOf(room, told, visit)}`;

/** `/petugas/kelola/instansi/{id}/baru`: creates an agency below one. `/petugas/kelola/instansi-baru`: at the top. */
export const createAgencyPages = (room: Room): Route[] => [
  ...roomForm(room, {
    at: "/petugas/kelola/instansi/{id}/baru",
    input: { path: pathOfAgency },
    load: async ({ path }, visit) => ({ agency: (await agencyAt(room, visit, path.id)).agency }),
    title: words.create,
    heading: (_, language) => words.create[language],
    back: ({ agency }) => backToAgency(agency),
    filled: ({ agency }) => ({
      type: agency.type === "department" || agency.type === "unit" ? "unit" : "department",
      regionCode: agency.regionCode ?? "",
      timeZone: agency.timeZone,
    }),
    intro: ({ state, language }) => html`<p>${words.below[language]} <b>${state.agency.name}</b>.</p>`,
    inputs: inputsOfNew(room),
    button: words.createIt,
    send: ({ path: { id } }, visit, values) => create(room, visit, id, values),
  }),
  ...roomForm(room, {
    at: "/petugas/kelola/instansi-baru",
    input: {},
    load: async () => ({}),
    title: words.create,
    heading: (_, language) => words.create[language],
    back: (_, language) => ({ address: "/petugas/kelola", label: words.manage[language] }),
    filled: () => ({ type: "province", timeZone: "Asia/Makassar" }),
    inputs: inputsOfNew(room),
    button: words.createIt,
    send: (_, visit, values) => create(room, visit, null, values),
  }),
];

interface Moving {
  agency: ShownAgency;
  names: ReadonlyMap<string, string>;
  found: readonly ManagedAgency[];
}

/** `/petugas/kelola/instansi/{id}/pindah`: moves an agency below another one. */
export const moveAgencyPage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/instansi/{id}/pindah",
    input: { path: pathOfAgency, query: z.strictObject({ cari: z.string().max(200).optional() }) },
    async load({ path, query }, visit): Promise<Moving & { version: number }> {
      const [entry, found] = await Promise.all([
        agencyAt(room, visit, path.id),
        choicesFor(room, visit, query.cari),
      ]);
      const names = await namesOf(room, [entry.agency.parent ?? []].flat());
      return { ...entry, names, found: found.filter(({ id }) => id !== path.id) };
    },
    title: words.move,
    heading: (_, language) => words.move[language],
    back: ({ agency }) => backToAgency(agency),
    filled: ({ agency }) => ({ parent: agency.parent ?? "" }),
    query: ({ query }) => ({ cari: query.cari }),
    intro: ({ state, visit, language, request }) =>
      html`<p><b>${state.agency.name}</b></p>${searchForm(visit.address, request.query.cari, language)}`,
    inputs: ({ told, state, visit, language }) =>
      agencyChoice(told, { name: "parent", label: words.parent[language] }, state.found, {
        none: isNational(visit) ? words.noParent[language] : undefined,
        names: state.names,
      }),
    consequence: ({ language }) => html`<p>${words.secondPlace[language]}</p>`,
    button: words.moveIt,
    async send({ path: { id } }, visit, values) {
      const { agency } = await agencyAt(room, visit, id);
      const { id: _, undeliverable: _u, closedAt: _c, successor: _s, ...entry } = agency;
      const body = { ...entry, parent: valueOf(values, "parent") || null };
      const reply = await visit.reply(room.asked.putAgency, { path: { id }, body, headers: seenIn(values) });
      return afterChange(reply, visit, addressOfAgency(id), "dipindah");
    },
  });
