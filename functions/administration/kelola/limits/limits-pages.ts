import * as z from "zod";
import { localDate } from "../../../../shared/deadline/calendar/local-date.ts";
import { inWords, localDateInWords } from "../../../../shared/deadline/calendar/time-zone.ts";
import { clockText } from "../../../../shared/deadline/clock-view.ts";
import {
  basisIn,
  caseClass,
  certainties,
  type Limit,
  limit,
  policy,
  policyOn,
  type PolicyVersion,
} from "../../../../shared/deadline/policy.ts";
import { mayAnywhere } from "../../../../shared/directory/administration/powers.ts";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { dateTyped, type FormValues, valueOf } from "../../../../shared/http/page/form.ts";
import {
  notForYou,
  officerActionAt,
  officerPageAt,
  type OfficerVisit,
} from "../../../../shared/http/page/officer.ts";
import type { Tried } from "../../../../shared/http/page/route.ts";
import type { Reply } from "../../../../shared/http/reply.ts";
import type { Language, Text } from "../../../../shared/language.ts";
import { classText } from "../../../../shared/notification/mails/words/case.ts";
import { trialFigures } from "../../../../shared/page/administration/trial.ts";
import { type Hole, html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import {
  checkbox,
  fieldGroup,
  selectField,
  sendButton,
  textArea,
  textField,
  type Told,
} from "../../../../shared/page/parts/form.ts";
import { Refusal, refuseFields } from "../../../../shared/refusal.ts";
import { allTidied } from "../../../../shared/text/tidy.ts";
import { policyApplied, policyNumber } from "../../apply-policy.ts";
import { policiesListed } from "../../list-policies.ts";
import { policySet } from "../../set-policy.ts";
import { doneQuery, leadOn, type Room, roomForm, shown } from "../room.ts";
import { changeTried, triedFields } from "../tried.ts";

const words = {
  title: { id: "Batas waktu", en: "Limits" },
  manage: { id: "Kelola", en: "Manage" },
  lead: {
    id: "Setiap batas waktu menyebut dasarnya dan seberapa pasti dasar itu. Laporan memakai batas yang berlaku saat dimulai.",
    en: "Each limit names its basis and how sure that is. A case keeps the limits that it began with.",
  },
  inForce: { id: "Berlaku sekarang", en: "In force now" },
  coming: { id: "Akan berlaku", en: "To come" },
  earlier: { id: "Versi lain", en: "Other versions" },
  from: { id: "Berlaku mulai", en: "In force from" },
  version: { id: "Versi", en: "Version" },
  stored: { id: "disimpan", en: "stored" },
  what: { id: "Hitungan hari", en: "Count of days" },
  length: { id: "Lama", en: "Length" },
  basis: { id: "Dasar", en: "Basis" },
  workingDays: { id: "hari kerja", en: "working days" },
  calendarDays: { id: "hari kalender", en: "calendar days" },
  extendable: { id: "dapat diperpanjang", en: "may be extended by" },
  supervised: { id: "berkadar pengawasan", en: "supervised" },
  notSupervised: { id: "tidak berkadar pengawasan", en: "not supervised" },
  formal: { id: "permohonan resmi UU 14/2008", en: "formal, under UU 14/2008" },
  notFormal: { id: "bukan permohonan resmi", en: "not formal" },
  at: { id: "di", en: "at" },
  change: { id: "Ubah batas waktu", en: "Change the limits" },
  apply: { id: "Terapkan pada laporan yang masih terbuka", en: "Apply to the cases that are open" },
  days: { id: "Hari", en: "Days" },
  basisId: { id: "Dasar (bahasa Indonesia)", en: "Basis (in Indonesian)" },
  basisEn: { id: "Dasar (bahasa Inggris)", en: "Basis (in English)" },
  certainty: { id: "Seberapa pasti", en: "How sure" },
  remove: { id: "Hapus batas waktu ini", en: "Remove this limit" },
  effective: { id: "Berlaku mulai tanggal", en: "In force from" },
  effectiveHint: {
    id: "Paling awal hari ini, misalnya 1/1/2027",
    en: "Today at the earliest, such as 1/1/2027",
  },
  new: { id: "Tambah batas waktu khusus", en: "Add a special limit" },
  newHint: {
    id: "Untuk satu jenis laporan atau satu instansi dan yang di bawahnya.",
    en: "Of one class of case, or of one agency and those below it.",
  },
  clock: { id: "Hitungan", en: "Count" },
  class: { id: "Jenis laporan", en: "Class of case" },
  all: { id: "Semua", en: "All" },
  agency: { id: "Id instansi", en: "Id of the agency" },
  supervision: { id: "Pengawasan", en: "Supervision" },
  unit: { id: "Satuan", en: "Unit" },
  try: { id: "Coba dulu", en: "Try it first" },
  trialTitle: { id: "Percobaan batas waktu", en: "Trial of limits" },
  trialNote: {
    id: "Angka di bawah menunjukkan akibatnya bila batas baru juga diterapkan pada laporan yang terbuka. Menyimpannya saja tidak memindahkan laporan yang terbuka.",
    en: "The numbers below tell what would follow if the new limits were applied to open cases too. To store them moves no open case.",
  },
  activate: { id: "Simpan batas waktu ini", en: "Store these limits" },
  back: { id: "Ubah lagi", en: "Change it again" },
  reason: { id: "Alasan", en: "Reason" },
  reasonHint: {
    id: "Tercantum di setiap laporan dan dibaca publik, misalnya nomor peraturannya.",
    en: "It stands in every case, and the public reads it, such as the number of the regulation.",
  },
  applyIt: { id: "Terapkan sekarang", en: "Apply now" },
  applyAfter: {
    id: "Laporan yang terbuka dihitung ulang dalam beberapa menit. Setiap laporan menyebut alasannya.",
    en: "The open cases are counted anew within minutes. Each tells the reason.",
  },
  nationalOnly: {
    id: "Hanya admin nasional yang mengubahnya.",
    en: "Only a national administrator changes them.",
  },
  changed: { id: "Yang berubah terhadap versi terbaru", en: "What differs from the newest version" },
  nothing: { id: "Tidak ada batas waktu yang berubah.", en: "No limit changes." },
  gone: { id: "dihapus", en: "removed" },
} as const satisfies Record<string, Text>;

const certaintyText: Record<Limit["certainty"], Text> = {
  found: { id: "Sumbernya ditemukan", en: "The source was found" },
  "one-secondary-source": { id: "Satu sumber sekunder", en: "One secondary source" },
  "from-memory": { id: "Dari ingatan, belum diperiksa", en: "From memory, not checked" },
  "own-choice": { id: "Pilihan sendiri: tidak ada sumber", en: "Our own choice: no source" },
};

const limitText: Record<Limit["clock"], Text> = {
  ...clockText,
  objection: { id: "Masa keberatan pelapor", en: "Time to object" },
};

const maySet = ({ posts }: OfficerVisit): boolean => posts.some((post) => mayAnywhere("set-limits", post));
const versionsSeen = async ({ asked }: Room, visit: OfficerVisit): Promise<PolicyVersion[]> =>
  (await visit.ask(asked.policies, {}, policiesListed)).items;
const newestOf = (versions: readonly PolicyVersion[]): PolicyVersion =>
  versions.reduce((a, b) => (b.version > a.version ? b : a));

/** For which cases a limit holds. */
function whom({ class: kind, supervised, formal, agencyId }: Limit, language: Language): string {
  const parts: (string | false | undefined)[] = [
    kind && classText[kind][language],
    supervised !== undefined && (supervised ? words.supervised : words.notSupervised)[language],
    formal !== undefined && (formal ? words.formal : words.notFormal)[language],
    agencyId !== undefined && `${words.at[language]} ${agencyId}`,
  ];
  return parts.filter(Boolean).join(", ");
}

const nameOf = (one: Limit, language: Language): string =>
  [limitText[one.clock][language], whom(one, language)].filter(Boolean).join(": ");

const lengthOf = ({ days, unit, extendableBy }: Limit, language: Language): string => {
  const unitWord = (unit === "working-days" ? words.workingDays : words.calendarDays)[language];
  const more = extendableBy === undefined ? "" : `, ${words.extendable[language]} ${extendableBy}`;
  return `${days} ${unitWord}${more}`;
};

const table = (of: PolicyVersion, language: Language): Hole =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${words.version[language]} ${of.version}"><table><thead><tr><th scope="col">${words.what[language]}</th><th scope="col">${words.length[language]}</th><th scope="col">${words.basis[language]}</th></tr></thead><tbody>${of.limits.map(
    (one) =>
      html`<tr><td>${nameOf(one, language)}</td><td>${lengthOf(one, language)}</td><td>${basisIn(one.legalBasis, language)}<br><span class="chip ${one.certainty === "found" ? "" : "due"}">${certaintyText[one.certainty][language]}</span></td></tr>`,
  )}</tbody></table></div>`;

const versionShown = (of: PolicyVersion, national: boolean, language: Language): Hole =>
  html`<p>${words.version[language]} ${of.version}. ${words.from[language]} ${localDateInWords(of.effectiveFrom, language)}${of.stored && `; ${words.stored[language]} ${inWords(of.stored.at, "Asia/Jakarta", language)} (${of.stored.officerId})`}.</p>${table(of, language)}${national && html`<p><a class="link" href="${pageIn(language, `/petugas/kelola/batas/${of.version}/terapkan`)}">${words.apply[language]}<span class="unseen">: ${words.version[language]} ${of.version}</span></a></p>`}`;

/** `/petugas/kelola/batas`: the limits in force, those to come, and the earlier ones, each with its basis. */
const limitsPage = (room: Room): Route[] =>
  officerPageAt(
    room.registry.frame,
    "/petugas/kelola/batas",
    { query: z.strictObject({ ...doneQuery }) },
    async (_, visit) => {
      const { language } = visit;
      const versions = await versionsSeen(room, visit);
      const today = localDate(room.registry.now(), "Asia/Jakarta");
      const current = policyOn(versions, today);
      const coming = versions.filter(({ effectiveFrom }) => effectiveFrom > today);
      const others = versions.filter((one) => one !== current && !coming.includes(one));
      const national = maySet(visit);
      return shown(room, visit, {
        title: words.title,
        back: { address: "/petugas/kelola", label: words.manage[language] },
        main: html`<h1>${words.title[language]}</h1><p>${words.lead[language]}</p>
${national ? html`<p><a class="button second" href="${pageIn(language, "/petugas/kelola/batas/ubah")}">${words.change[language]}</a></p>` : html`<p class="hint">${words.nationalOnly[language]}</p>`}
<h2>${words.inForce[language]}</h2>${versionShown(current, national, language)}
${coming.length > 0 && html`<h2>${words.coming[language]}</h2>${coming.map((one) => versionShown(one, national, language))}`}
${others.length > 0 && html`<details><summary>${words.earlier[language]} (${others.length})</summary>${others.map((one) => versionShown(one, national, language))}</details>`}`,
      });
    },
  );

/** The limits that a form stands for, each with the front of the names of its fields. */
interface WrittenLimit {
  limit: Record<string, unknown>;
  field: string;
}

const numberTyped = (typed: string): unknown => (/^\d{1,6}$/.test(typed.trim()) ? Number(typed) : typed);

/** What the form says of a limit's length and basis. */
const lengthAndBasis = (values: FormValues, field: string): Record<string, unknown> => {
  const [id, en] = [valueOf(values, `${field}.basisId`).trim(), valueOf(values, `${field}.basisEn`).trim()];
  return {
    days: numberTyped(valueOf(values, `${field}.days`)),
    legalBasis: en === "" ? id : { id, en },
    certainty: valueOf(values, `${field}.certainty`),
  };
};

/** A yes-or-no of a new limit that may also be left open. */
const openOr = (typed: string): { supervised?: boolean } =>
  typed === "" ? {} : { supervised: typed === "true" };

function writtenLimits(values: FormValues, newest: PolicyVersion): WrittenLimit[] {
  const kept = newest.limits.flatMap((one, at): WrittenLimit[] => {
    const field = `batas.${at}`;
    if (valueOf(values, `${field}.hapus`) === "true") return [];
    return [{ limit: { ...one, ...lengthAndBasis(values, field) }, field }];
  });
  const isNew = ["days", "basisId", "agencyId"].some((part) => valueOf(values, `baru.${part}`).trim() !== "");
  if (!isNew) return kept;
  const [kind, agencyId] = [valueOf(values, "baru.class"), valueOf(values, "baru.agencyId").trim()];
  const added = {
    clock: valueOf(values, "baru.clock"),
    ...(kind && { class: kind }),
    ...openOr(valueOf(values, "baru.supervised")),
    ...(agencyId && { agencyId }),
    unit: valueOf(values, "baru.unit"),
    ...lengthAndBasis(values, "baru"),
  };
  return [...kept, { limit: added, field: "baru" }];
}

/** Says what is wrong with a limit at the field that it was typed into. */
function atTheirFields(error: unknown, written: readonly WrittenLimit[]): unknown {
  if (!(error instanceof Refusal) || error.fields.length === 0) return error;
  return refuseFields(
    error.fields.map((one) => {
      const [, index, part = "days"] = /^limits\.(\d+)(?:\.(\w+))?/.exec(one.path) ?? [];
      const field = index === undefined ? undefined : written[Number(index)]?.field;
      if (field === undefined) return one;
      return { ...one, path: `${field}.${part === "legalBasis" ? "basisId" : part}` };
    }),
  );
}

const basisFields = (told: Told, field: string, language: Language): Hole =>
  html`${textField(told, { name: `${field}.days`, label: words.days[language] }, { inputmode: "numeric", width: "short" })}${textField(told, { name: `${field}.basisId`, label: words.basisId[language] })}${textField(told, { name: `${field}.basisEn`, label: words.basisEn[language], optional: true })}${selectField(
    told,
    { name: `${field}.certainty`, label: words.certainty[language] },
    certainties.map((value) => ({ value, label: certaintyText[value][language] })),
  )}`;

const newFields = (told: Told, language: Language): Hole =>
  html`<details><summary>${words.new[language]}</summary>${fieldGroup(
    words.newHint[language],
    html`${selectField(
      told,
      { name: "baru.clock", label: words.clock[language] },
      limit.shape.clock.options.map((value) => ({ value, label: limitText[value][language] })),
    )}${selectField(told, { name: "baru.class", label: words.class[language] }, [
      { value: "", label: words.all[language] },
      ...caseClass.options.map((value) => ({ value, label: classText[value][language] })),
    ])}${selectField(told, { name: "baru.supervised", label: words.supervision[language] }, [
      { value: "", label: words.all[language] },
      { value: "true", label: words.supervised[language] },
      { value: "false", label: words.notSupervised[language] },
    ])}${textField(told, { name: "baru.agencyId", label: words.agency[language], optional: true })}${selectField(
      told,
      { name: "baru.unit", label: words.unit[language] },
      [
        { value: "working-days", label: words.workingDays[language] },
        { value: "calendar-days", label: words.calendarDays[language] },
      ],
    )}${basisFields(told, "baru", language)}`,
    words.new[language],
  )}</details>`;

const filledFrom = ({ limits }: PolicyVersion): Record<string, string> =>
  Object.fromEntries(
    limits.flatMap(({ days, legalBasis, certainty }, at) => {
      const basis = typeof legalBasis === "string" ? { id: legalBasis, en: "" } : legalBasis;
      return [
        [`batas.${at}.days`, String(days)],
        [`batas.${at}.basisId`, basis.id],
        [`batas.${at}.basisEn`, basis.en],
        [`batas.${at}.certainty`, certainty],
      ];
    }),
  );

const contentOf = (one: Limit): string => JSON.stringify([one.days, one.legalBasis, one.certainty]);

/** In what the limits differ from the newest version: those that are new or have another length or basis, and those that go. */
function differences(before: PolicyVersion, after: readonly Limit[], language: Language): Hole {
  const named = (limits: readonly Limit[]) => new Map(limits.map((one) => [nameOf(one, "id"), one]));
  const [was, is] = [named(before.limits), named(after)];
  const changed = [...is].filter(([name, one]) => {
    const earlier = was.get(name);
    return !earlier || contentOf(earlier) !== contentOf(one);
  });
  const gone = [...was].filter(([name]) => !is.has(name));
  if (changed.length + gone.length === 0) return html`<p>${words.nothing[language]}</p>`;
  return html`<h2>${words.changed[language]}</h2><ul>${changed.map(([name, one]) => {
    const earlier = was.get(name);
    return html`<li>${nameOf(one, language)}: ${earlier && `${lengthOf(earlier, language)} → `}${lengthOf(one, language)}; ${basisIn(one.legalBasis, language)}</li>`;
  })}${gone.map(([, one]) => html`<li>${nameOf(one, language)}: ${words.gone[language]}</li>`)}</ul>`;
}

const sealedLimits = "limits";

/** What the limits would do. Its page alone has the button that stores them. */
async function trialPage(
  room: Room,
  visit: OfficerVisit,
  { body, version, tried }: { body: unknown; version: number; tried?: Tried | undefined },
): Promise<Reply> {
  const { language } = visit;
  const wanted = policy.parse(body);
  const [reply, versions] = await Promise.all([
    visit.ask(
      room.asked.setPolicy,
      { query: { dryRun: "true" }, body, headers: { "if-match": `"${version}"` } },
      policySet,
    ),
    versionsSeen(room, visit),
  ]);
  const fields = await triedFields(room.registry.frame, visit, sealedLimits, { body, version });
  const form = "/petugas/kelola/batas/ubah";
  return shown(
    room,
    { ...visit, address: form },
    {
      title: words.trialTitle,
      back: { address: form, label: words.back[language] },
      tried,
      main: html`<h1>${words.trialTitle[language]}</h1><p>${words.trialNote[language]}</p>${reply.trial && trialFigures(reply.trial, language)}
${differences(newestOf(versions), wanted.limits, language)}
<p>${words.from[language]} ${localDateInWords(wanted.effectiveFrom, language)}.</p>
<form method="post" action="${pageIn(language, "/petugas/kelola/batas/aktifkan")}">${fields}${sendButton(words.activate[language])}</form>`,
    },
  );
}

/** That a change begins with limits that are not in force yet. */
const startsFrom = ({ newest, current }: { newest: PolicyVersion; current: PolicyVersion }): Text => {
  const [id, en] = [
    localDateInWords(newest.effectiveFrom, "id"),
    localDateInWords(newest.effectiveFrom, "en"),
  ];
  return {
    id: `Isian ini berangkat dari versi ${newest.version}, berlaku mulai ${id}. Yang berlaku hari ini, versi ${current.version}, tetap berlaku sampai saat itu.`,
    en: `This form starts from version ${newest.version}, in force from ${en}. What is in force today, version ${current.version}, stays in force until then.`,
  };
};

/** `/petugas/kelola/batas/ubah`: writes new limits from a date on, and tries them. */
const changePage = (room: Room): Route[] =>
  roomForm(room, {
    at: "/petugas/kelola/batas/ubah",
    input: {},
    async load(_, visit) {
      if (!maySet(visit)) throw notForYou();
      const versions = await versionsSeen(room, visit);
      const newest = newestOf(versions);
      const today = localDate(room.registry.now(), "Asia/Jakarta");
      const current = policyOn(versions, today);
      return { newest, current, version: newest.version };
    },
    title: words.change,
    heading: (_, language) => words.change[language],
    back: (_, language) => ({ address: "/petugas/kelola/batas", label: words.title[language] }),
    filled: ({ newest }) => filledFrom(newest),
    intro: ({ state, language }) =>
      html`<p>${words.lead[language]}</p>${state.current.version !== state.newest.version && html`<p class="notice">${startsFrom(state)[language]}</p>`}`,
    inputs: ({ told, state, language }) =>
      html`${textField(told, { name: "effectiveFrom", label: words.effective[language], hint: words.effectiveHint[language] }, { type: "date", width: "short" })}${state.newest.limits.map(
        (one, at) =>
          html`<details><summary>${nameOf(one, language)}: ${lengthOf(one, language)}</summary>${fieldGroup(nameOf(one, language), html`${basisFields(told, `batas.${at}`, language)}${checkbox(told, { name: `batas.${at}.hapus`, label: words.remove[language] })}`)}</details>`,
      )}${newFields(told, language)}`,
    button: words.try,
    async send(_, visit, values) {
      if (!maySet(visit)) throw notForYou();
      const version = Number(valueOf(values, "versi")) || 0;
      const written = writtenLimits(values, newestOf(await versionsSeen(room, visit)));
      const effectiveFrom = dateTyped(valueOf(values, "effectiveFrom"));
      const body = allTidied({ effectiveFrom, limits: written.map((one) => one.limit) });
      const asked = { query: { dryRun: "true" }, body, headers: { "if-match": `"${version}"` } };
      try {
        if (!policy.safeParse(body).success) await visit.reply(room.asked.setPolicy, asked);
        return await trialPage(room, visit, { body: policy.parse(body), version });
      } catch (error) {
        throw atTheirFields(error, written);
      }
    },
  });

/** Stores what was tried. Where somebody was faster it is tried anew, and the page shows what would be lost. */
const activation = (room: Room): Route[] =>
  officerActionAt(
    room.registry.frame,
    "/petugas/kelola/batas/aktifkan",
    {},
    async (_, visit, values) => {
      const { body, version } = await changeTried(room.registry.frame, visit, sealedLimits, values);
      await visit.reply(room.asked.setPolicy, { body, headers: { "if-match": `"${version}"` } });
      return leadOn(visit, "/petugas/kelola/batas", "batas");
    },
    async (_, visit, tried) => {
      const { body } = await changeTried(room.registry.frame, visit, sealedLimits, tried?.values ?? {});
      const { version } = newestOf(await versionsSeen(room, visit));
      return trialPage(room, visit, { body, version, tried });
    },
  );

const pathOfVersion = z.strictObject({ version: policyNumber });
const sealedApplication = (version: number): string => `application ${version}`;

/** What putting the open cases under a policy would do. Its page alone has the button that does it. */
async function applicationTrial(
  room: Room,
  visit: OfficerVisit,
  version: number,
  body: unknown,
): Promise<Reply> {
  const { language } = visit;
  const at = `/petugas/kelola/batas/${version}/terapkan`;
  const reply = await visit.ask(
    room.asked.applyPolicy,
    { path: { version: String(version) }, query: { dryRun: "true" }, body },
    policyApplied,
  );
  const fields = await triedFields(room.registry.frame, visit, sealedApplication(version), { body, version });
  return shown(room, visit, {
    title: words.trialTitle,
    back: { address: at, label: words.back[language] },
    main: html`<h1>${words.trialTitle[language]}</h1>${reply.trial && trialFigures(reply.trial, language)}
<p>${words.applyAfter[language]}</p><form method="post" action="${pageIn(language, `${at}/aktifkan`)}">${fields}${sendButton(words.applyIt[language])}</form>`,
  });
}

/** `/petugas/kelola/batas/{version}/terapkan`: puts the open cases under a version, after a trial. */
const applyPages = (room: Room): Route[] => [
  ...roomForm(room, {
    at: "/petugas/kelola/batas/{version}/terapkan",
    input: { path: pathOfVersion },
    async load({ path }, visit) {
      if (!maySet(visit)) throw notForYou();
      return { of: path.version };
    },
    title: words.apply,
    heading: (_, language) => words.apply[language],
    back: (_, language) => ({ address: "/petugas/kelola/batas", label: words.title[language] }),
    intro: ({ state, language }) => html`<p>${words.version[language]} ${state.of}</p>`,
    inputs: ({ told, language }) =>
      textArea(
        told,
        { name: "reason", label: words.reason[language], hint: words.reasonHint[language] },
        { rows: 3, limit: 500 },
      ),
    button: words.try,
    send: ({ path }, visit, values) =>
      applicationTrial(room, visit, path.version, { reason: valueOf(values, "reason") }),
  }),
  ...officerActionAt(
    room.registry.frame,
    "/petugas/kelola/batas/{version}/terapkan/aktifkan",
    { path: pathOfVersion },
    async ({ path }, visit, values) => {
      const what = sealedApplication(path.version);
      const { body } = await changeTried(room.registry.frame, visit, what, values);
      await visit.reply(room.asked.applyPolicy, { path: { version: String(path.version) }, body });
      return leadOn(visit, "/petugas/kelola/batas", "diterapkan");
    },
  ),
];

/** The pages of the limits. */
export const limitsPages = (room: Room): Route[] => [
  ...limitsPage(room),
  ...changePage(room),
  ...activation(room),
  ...applyPages(room),
];
