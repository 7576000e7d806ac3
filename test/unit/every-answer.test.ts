import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Submission } from "../../shared/case/submission/submission.ts";
import { type Officer, officerRole } from "../../shared/directory/directory.ts";
import type { Route } from "../../shared/http/endpoint.ts";
import { serve } from "../../shared/http/serve.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { type Answer, call, type Handler } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";

/**
 * Every route is called by everybody there is, rightly and wrongly, about a case in which every text that anybody left has a
 * mark. No answer, refusal or header may hold a mark that its reader may not see. `mayRead` says who may see which mark, and
 * `asked` what each route may show at all: a route without a row there fails.
 */

/** Every text that is stored, each with a mark of its own. None of them looks like something that masking takes out. */
const marks = {
  title: "TANDAjudulpelapor",
  story: "TANDAcerita",
  address: "TANDAalamat",
  coordinates: "1.2379",
  corrected: "TANDAjudulpetugas",
  dispositionNote: "TANDAdisposisi",
  returnReason: "TANDApengembalian",
  question: "TANDApertanyaan",
  questionWithdrawn: "TANDAditariknya",
  reply: "TANDAbalasan",
  progress: "TANDAperkembangan",
  internalNote: "TANDAcatatandalam",
  answer: "TANDAjawaban",
  firstAnswer: "TANDAkeliru",
  correctionReason: "TANDAralat",
  withheldWords: "TANDAtertutup",
  withholdingReason: "TANDAalasantutup",
  removalReason: "TANDAalasanhapus",
  removedFileName: "TANDAhapusanberkas",
  dispute: "TANDAsanggahan",
  comment: "TANDAkomentar",
  joinText: "TANDApenggabungan",
  separation: "TANDApemisahan",
  archiveText: "TANDAarsip",
  restoreText: "TANDApulih",
  objection: "TANDAkeberatan",
  granted: "TANDAditerima",
  upheld: "TANDAditolak",
  openingReason: "TANDAmembuka",
  fileName: "TANDAberkas",
  reporterName: "TANDAnamapelapor",
  reporterEmail: "tandasurel@contoh.example",
  reporterPhone: "81299990001",
  reporterNik: "6471016001900001",
  officerName: "TANDAnamapetugas",
  officerId: "tandanomorpetugas",
  officerEmail: "tandapetugas@balikpapan.example",
  officerSubject: "tandasubjek",
  alertMailbox: "dinas-pu@balikpapan.example",
  wantedEmail: "tandakepala@balikpapan.example",
  searchReason: "TANDAmencari pemilik nomor",
  otherTitle: "TANDAlainjudul",
  otherStory: "TANDAlaincerita",
};
/** These marks are drawn by the system: the number of a secret case that this one was once joined to, and what nobody reads. */
type Mark = keyof typeof marks | "otherNumber" | "receiptHash" | "salt" | "digestOfLastMove" | "otherReceipt";

/** What somebody may be to the case. Everybody is also one of the public. */
type Kind =
  | "public"
  | "reporter"
  | "own-officer" // of the agency that has the case or one above it, or the national administrator
  | "observer"
  | "auditor"
  | "opener" // may open an identity, for a reason that the reporter reads
  | "agency-administrator" // of the agency that has the case
  | "national" // reads every case
  | "officer-of-other" // of the agency that has the other, secret case
  | "reporter-of-other";

const parties: Kind[] = ["reporter", "own-officer", "observer"];
const officials: Kind[] = ["own-officer", "observer"];
const trail: Kind[] = ["own-officer", "observer", "auditor"];
const readersOfOther: Kind[] = ["national", "observer", "officer-of-other", "reporter-of-other"];

/** Who may see which mark of an ordinary case. */
const mayRead: Record<Mark, Kind[]> = {
  title: parties,
  story: ["public"],
  address: ["public"],
  coordinates: parties,
  corrected: ["public"],
  dispositionNote: officials,
  returnReason: ["reporter", ...trail],
  question: parties,
  questionWithdrawn: ["reporter", ...trail],
  reply: parties,
  progress: ["public"],
  internalNote: officials,
  answer: ["public"],
  firstAnswer: officials, // it was corrected
  correctionReason: ["reporter", ...trail],
  withheldWords: officials,
  withholdingReason: ["reporter", ...trail],
  removalReason: ["reporter", ...trail],
  removedFileName: [],
  dispute: parties,
  comment: parties,
  joinText: ["national", "observer", "auditor"], // it may tell of the other case
  separation: parties,
  archiveText: ["reporter", ...trail],
  restoreText: trail,
  objection: parties,
  granted: ["reporter", ...trail],
  upheld: ["reporter", ...trail],
  openingReason: ["reporter", ...trail],
  fileName: parties,
  reporterName: ["reporter", "opener"],
  reporterEmail: ["reporter", "opener"],
  reporterPhone: ["reporter", "opener"],
  reporterNik: [], // nobody is shown more than a part of it
  officerName: [...trail, "agency-administrator", "national"],
  officerId: [...trail, "agency-administrator", "national"],
  officerEmail: ["agency-administrator", "national"],
  officerSubject: [],
  alertMailbox: ["agency-administrator", "national"],
  wantedEmail: ["agency-administrator", "national"],
  searchReason: ["auditor"],
  otherTitle: readersOfOther,
  otherStory: readersOfOther,
  otherNumber: ["national", "observer", "auditor"],
  receiptHash: [],
  salt: [],
  digestOfLastMove: [],
  otherReceipt: [],
};

/** What the public does not see of other cases. The parties see the same of every case. */
const unseenByPublic: Record<string, Mark[]> = {
  named: [],
  anonymous: ["address"],
  secret: ["story", "address", "corrected", "progress", "answer"],
  withdrawn: ["story", "address", "corrected", "progress", "answer"],
  "joined to a secret case": ["story", "address", "corrected", "progress", "answer"],
};
/** Nobody but the reporter is told who reported an anonymous case, unless the reporter agrees. */
const ofReporter: Mark[] = ["reporterName", "reporterEmail", "reporterPhone", "reporterNik"];

/** What the routes show at all, in groups. */
const report: Mark[] = ["title", "story", "address", "coordinates", "corrected"];
const talk: Mark[] = [
  "question",
  "reply",
  "progress",
  "answer",
  "dispute",
  "comment",
  "separation",
  "objection",
];
const trailOfCase: Mark[] = [
  "dispositionNote",
  "returnReason",
  "questionWithdrawn",
  "firstAnswer",
  "correctionReason",
  "withheldWords",
  "withholdingReason",
  "removalReason",
  "internalNote",
  "joinText",
  "archiveText",
  "restoreText",
  "granted",
  "upheld",
  "openingReason",
  "officerName",
  "officerId",
  "otherNumber",
];
const other: Mark[] = ["otherTitle", "otherStory", "otherNumber"];
const file: Mark[] = ["fileName"];
/** A whole case with its history. */
const wholeCase = [...report, ...talk, ...trailOfCase, ...file, ...other];
/** A move answers the case without its history. Whoever was overtaken is told of all that happened. */
const caseAfterMove = [...report.filter((mark) => mark !== "story"), ...talk, ...trailOfCase];
const nothing: Mark[] = [];
const directory: Mark[] = ["officerName", "officerId", "officerEmail", "alertMailbox"];
/** What an administrator asked a second person for. */
const wanted: Mark[] = [...directory, "wantedEmail"];

interface Row {
  /** The marks that its answers may hold, of those that the reader may see. */
  shows: Mark[];
  /** A right request, if the route reads more than its address. */
  body?: (world: World) => unknown;
  query?: Record<string, string>;
  headers?: () => Record<string, string>;
  /** It takes away what other requests are about, so it comes last. */
  ends?: true;
}

const said = "Kami sudah meninjau lokasi dan menambal jalan itu.";
const text = (more: Partial<Row> = {}): Row => ({
  shows: caseAfterMove,
  body: () => ({ text: said }),
  ...more,
});
const anAbsence = { deputyId: "agency-admin-of-pemkot-balikpapan", from: "2026-12-01", until: "2026-12-05" };
const anOldCalendar = { year: 2027, decree: "SKB contoh", days: [] };

/** How each route is called rightly, and what it may show. */
const asked: Record<string, Row> = {
  "POST /v1/cases": {
    shows: nothing,
    headers: () => ({ "idempotency-key": randomUUID() }),
    body: () => ({ class: "complaint", title: "Lampu", text: "Lampu mati.", anonymous: true, secret: true }),
  },
  "GET /v1/cases": { shows: [...report, ...other] },
  "POST /v1/cases/duplicates": {
    shows: [...report, ...other],
    body: () => ({
      title: `${marks.corrected} ${marks.title} ${marks.otherTitle}`,
      text: `${marks.story} ${marks.otherStory} ${marks.address}`,
    }),
  },
  "POST /v1/cases/{trackingNumber}/supports": { shows: nothing, body: () => ({ device: randomUUID() }) },
  "GET /v1/cases/{trackingNumber}": { shows: wholeCase },
  "GET /v1/cases/{trackingNumber}/clocks": { shows: nothing },
  "GET /v1/cases/{trackingNumber}/proof": { shows: nothing },
  "GET /v1/challenges": { shows: nothing },
  "GET /v1/cases/{trackingNumber}/attachments/{attachmentId}": { shows: nothing },
  "GET /v1/deadlines": { shows: nothing, query: { class: "complaint", from: "2026-11-24" } },
  "GET /v1/agencies": { shows: nothing },
  "GET /v1/agencies/suggestions": {
    shows: nothing,
    query: { category: "pekerjaan-umum", region: "64.71.06.1005" },
  },
  "GET /v1/agencies/{agencyId}": { shows: nothing },
  "GET /v1/figures": { shows: report },
  "GET /v1/categories": { shows: nothing },
  "GET /v1/regions": { shows: nothing },
  "GET /v1/health": { shows: nothing },
  "GET /laporan.atom": { shows: [...report, ...other] },
  "GET /laporan.json": { shows: [...report, ...other] },
  "GET /en/laporan.atom": { shows: [...report, ...other] },
  "GET /en/laporan.json": { shows: [...report, ...other] },

  "POST /v1/cases/{trackingNumber}/replies": text(),
  "POST /v1/cases/{trackingNumber}/confirmation": text({ body: () => ({ stars: 1 }) }),
  "POST /v1/cases/{trackingNumber}/appeal": text(),
  "POST /v1/cases/{trackingNumber}/objection": text(),
  "POST /v1/cases/{trackingNumber}/withdrawal": text({ body: () => ({}), ends: true }),
  "POST /v1/cases/{trackingNumber}/separation": text(),
  "POST /v1/cases/{trackingNumber}/redaction": text(),
  "POST /v1/cases/{trackingNumber}/referral-consent": text({ body: () => ({}) }),
  "POST /v1/cases/{trackingNumber}/receipt-rotation": {
    shows: nothing,
    headers: () => ({ "idempotency-key": randomUUID() }),
    ends: true,
  },
  "POST /v1/cases/{trackingNumber}/identity-consent": text({ body: () => ({ agreed: false }) }),
  "POST /v1/cases/{trackingNumber}/attachments": {
    shows: nothing,
    body: () => ({ name: "jalan.jpg", type: "image/jpeg", size: 1000 }),
  },
  "POST /v1/cases/{trackingNumber}/original-erasure": text({ body: () => ({}) }),
  "POST /v1/cases/{trackingNumber}/attachments/{attachmentId}/removal": text({
    body: () => ({}),
    ends: true,
    shows: [...caseAfterMove, ...file],
  }),
  "PUT /v1/cases/{trackingNumber}/mail-settings": { shows: nothing, body: () => ({ mails: true }) },

  // A link in a mail. It holds a token, and not the number of a case.
  "GET /v1/unsubscribe/{token}": { shows: nothing },
  "POST /v1/unsubscribe/{token}": { shows: nothing, body: () => ({ "List-Unsubscribe": "One-Click" }) },

  "POST /v1/cases/{trackingNumber}/followers": {
    shows: nothing,
    body: () => ({ email: "pengikut@contoh.example" }),
  },
  "GET /v1/follow/{token}": { shows: nothing },
  "POST /v1/follow/{token}": { shows: nothing, body: () => ({ follow: "yes" }) },

  "GET /v1/cases/{trackingNumber}/personal-data": { shows: [...wholeCase, ...ofReporter] },
  "PUT /v1/cases/{trackingNumber}/contact": {
    shows: [...caseAfterMove, ...ofReporter],
    body: () => ({ name: "Warga Contoh" }),
  },
  "POST /v1/cases/{trackingNumber}/identity-deletion": { shows: caseAfterMove, body: () => ({}), ends: true },
  "POST /v1/officer/cases/{trackingNumber}/identity-opening": {
    shows: [...caseAfterMove, ...ofReporter],
    body: () => ({ reason: said }),
  },
  "POST /v1/officer/identity-search": {
    shows: nothing,
    body: () => ({ nik: marks.reporterNik, reason: said }),
  },
  "GET /v1/officer/identity-searches": { shows: ["searchReason"] },
  "GET /v1/officer/identity-searches/{officerId}": { shows: ["searchReason"] },
  "POST /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/opening": {
    shows: caseAfterMove,
    body: () => ({ reason: said }),
  },
  "GET /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/original": { shows: nothing },

  "GET /v1/officer/me": { shows: nothing },
  "GET /v1/officer/cases": { shows: report, query: { queue: "in-progress", agency: "balikpapan-dinas-pu" } },
  "GET /v1/officer/counts": { shows: nothing, query: { agency: "balikpapan-dinas-pu" } },
  "GET /v1/officer/cases/{trackingNumber}": { shows: wholeCase },
  "GET /v1/officer/cases/{trackingNumber}/proof": { shows: nothing },
  "POST /v1/officer/cases/{trackingNumber}/verification": text({ body: () => ({}) }),
  "POST /v1/officer/cases/{trackingNumber}/assignment": text({
    body: () => ({ agencyId: "balikpapan-uptd-jalan" }),
  }),
  "POST /v1/officer/cases/{trackingNumber}/return": text({ body: () => ({ reason: said }) }),
  "POST /v1/officer/cases/{trackingNumber}/question": text(),
  "POST /v1/officer/cases/{trackingNumber}/question-withdrawal": text({ body: () => ({ reason: said }) }),
  "POST /v1/officer/cases/{trackingNumber}/progress": text(),
  "POST /v1/officer/cases/{trackingNumber}/notes": text(),
  "POST /v1/officer/cases/{trackingNumber}/answer": text(),
  "POST /v1/officer/cases/{trackingNumber}/answer-correction": text({
    body: () => ({ text: `${said} Benar.`, reason: said }),
  }),
  "POST /v1/officer/cases/{trackingNumber}/withholding": text({
    body: () => ({ entry: 1, words: said, reason: said }),
  }),
  "POST /v1/officer/cases/{trackingNumber}/extension": text(),
  "POST /v1/officer/cases/{trackingNumber}/archival": text({
    body: ({ otherNumber }) => ({ reason: "duplicate-of", text: said, duplicateOf: otherNumber }),
  }),
  "GET /v1/officer/cases/{trackingNumber}/duplicates": { shows: [...report, ...other] },
  "GET /v1/officer/cases/{trackingNumber}/routing": { shows: [...report, ...other] },
  "POST /v1/officer/cases/{trackingNumber}/joining": text({
    body: ({ otherNumber }) => ({ trackingNumber: otherNumber }),
  }),
  "POST /v1/officer/cases/{trackingNumber}/separation": text(),
  "POST /v1/officer/cases/{trackingNumber}/restoration": text(),
  "POST /v1/officer/cases/{trackingNumber}/upholding": text(),
  "POST /v1/officer/cases/{trackingNumber}/referral": text(),
  "POST /v1/officer/cases/{trackingNumber}/attachments": {
    shows: nothing,
    body: () => ({ name: "jalan.jpg", type: "image/jpeg", size: 1000 }),
  },
  "GET /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}": { shows: nothing },
  "POST /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/removal": text({
    body: () => ({}),
    shows: [...caseAfterMove, ...file],
  }),

  "GET /v1/admin/agencies": { shows: nothing },
  "GET /v1/admin/agencies/{id}": { shows: directory },
  "PUT /v1/admin/agencies/{id}": {
    shows: directory,
    body: () => ({
      name: "Dinas Contoh",
      type: "department",
      parent: "pemkot-balikpapan",
      timeZone: "Asia/Makassar",
      alertEmail: "baru@balikpapan.example",
    }),
  },
  "POST /v1/admin/agencies/{id}/closing": {
    shows: directory,
    body: () => ({ successor: "pemkot-balikpapan", reason: said }),
    ends: true,
  },
  "POST /v1/admin/agencies/{id}/address-confirmation": { shows: nothing },
  "GET /v1/admin/agencies/{id}/history": { shows: directory },
  "GET /v1/admin/agencies/{id}/answer-templates": { shows: nothing },
  "PUT /v1/admin/agencies/{id}/answer-templates": {
    shows: nothing,
    body: () => ({ items: [{ title: "Jalan ditambal", text: "Laporan {nomor} sudah selesai." }] }),
  },
  "GET /v1/admin/officers": { shows: wanted, query: { agency: "balikpapan-dinas-pu" } },
  "GET /v1/admin/officers/{id}": { shows: directory },
  "PUT /v1/admin/officers/{id}": {
    shows: directory,
    body: () => ({
      name: "Contoh Baru",
      email: marks.officerEmail,
      role: "unit-officer",
      agencyId: "balikpapan-dinas-pu",
    }),
  },
  "POST /v1/admin/officers/{id}/dismissal": { shows: directory, body: () => ({ reason: said }), ends: true },
  "POST /v1/admin/officers/{id}/invitation": { shows: nothing },
  // Nothing came back from these addresses, so the answer is a refusal.
  "POST /v1/admin/officers/{id}/address-confirmation": { shows: nothing },
  "POST /v1/admin/officers/{id}/authenticator-reset": { shows: wanted, body: () => ({ reason: said }) },
  "GET /v1/admin/officers/{id}/history": { shows: directory },
  "GET /v1/admin/officers/{id}/deputies": { shows: directory },
  "POST /v1/admin/directory-loads": {
    shows: wanted,
    body: () => ({ agencies: [], officers: [] }),
    query: { dryRun: "true" },
  },
  "GET /v1/admin/requests": { shows: wanted },
  "GET /v1/admin/requests/{id}": { shows: wanted },
  "POST /v1/admin/requests/{id}/confirmation": { shows: wanted, body: () => ({}), ends: true },
  "POST /v1/admin/requests/{id}/refusal": { shows: wanted, body: () => ({ reason: said }), ends: true },
  "POST /v1/admin/requests/{id}/withdrawal": { shows: wanted, body: () => ({ reason: said }), ends: true },
  "PUT /v1/officer/me/mail-settings": { shows: nothing, body: () => ({ mails: "immediate" }) },
  "GET /v1/officer/me/deputies": { shows: directory },
  "PUT /v1/officer/me/absence": { shows: nothing, body: () => anAbsence },
  "DELETE /v1/officer/me/absence": { shows: nothing },
  "GET /v1/officer/me/calendar": { shows: nothing },
  "PUT /v1/officer/me/calendar": { shows: nothing, body: () => ({}) },
  "DELETE /v1/officer/me/calendar": { shows: nothing },
  // An address that a program asks without signing in. It holds a token, and not the number of a case.
  "GET /v1/calendar/{token}": { shows: nothing },
  "PUT /v1/admin/officers/{id}/absence": { shows: directory, body: () => anAbsence },
  "DELETE /v1/admin/officers/{id}/absence": { shows: directory },
  "GET /v1/admin/calendars/{year}": { shows: nothing },
  "PUT /v1/admin/calendars/{year}": {
    shows: nothing,
    body: () => anOldCalendar,
    query: { dryRun: "true" },
  },
  "GET /v1/admin/policies": { shows: nothing },
  "GET /v1/admin/practice": { shows: directory, query: { agency: "balikpapan-dinas-pu" } },
  "PUT /v1/admin/policies": { shows: nothing, body: () => ({}) },
  "POST /v1/admin/policies/{version}/application": {
    shows: nothing,
    body: () => ({ reason: said }),
    query: { dryRun: "true" },
  },
};

/** The officer who did everything on the case. */
const worker = anOfficer("unit-officer", "balikpapan-dinas-pu", {
  id: marks.officerId,
  name: marks.officerName,
  email: marks.officerEmail,
  subject: marks.officerSubject,
});
const everywhere = ["national-admin", "ombudsman-observer", "auditor"];
const inside = officerRole.options.map((role) =>
  anOfficer(role, everywhere.includes(role) ? "kemenpanrb" : "pemkot-balikpapan"),
);
const outside = officerRole.options
  .filter((role) => !everywhere.includes(role))
  .map((role) => anOfficer(role, "pemkot-samarinda"));
const [head, liaison] = [
  anOfficer("agency-head", "balikpapan-dinas-pu"),
  anOfficer("liaison-officer", "balikpapan-dinas-pu"),
];

const kindsOf = ({ role, agencyId }: Officer): Kind[] => {
  if (role === "auditor") return ["auditor"];
  if (role === "ombudsman-observer") return ["observer", "opener"];
  if (role === "national-admin") return ["own-officer", "national"];
  if (agencyId === "pemkot-samarinda") return ["officer-of-other"];
  const more: Partial<Record<string, Kind>> = {
    "agency-head": "opener",
    "agency-admin": "agency-administrator",
  };
  return ["own-officer", ...[more[role] ?? []].flat()];
};

/** Somebody who calls the API. */
interface Asker {
  name: string;
  kinds: Kind[];
  subject?: string;
  receipt?: "own" | "of the other case" | "wrong";
}
const askers: Asker[] = [
  { name: "the public", kinds: [] },
  { name: "the reporter", kinds: ["reporter"], receipt: "own" },
  { name: "the reporter of the other case", kinds: ["reporter-of-other"], receipt: "of the other case" },
  { name: "somebody with a wrong receipt", kinds: [], receipt: "wrong" },
  { name: "somebody who signed in and is no officer", kinds: [], subject: "subject-of-nobody" },
  ...[...inside, ...outside].map((officer) => ({
    name: `${officer.role} of ${officer.agencyId}`,
    kinds: kindsOf(officer),
    subject: officer.subject,
  })),
];

interface World {
  number: string;
  receipt: string;
  otherNumber: string;
  otherReceipt: string;
  attachmentId: string;
  /** A request for a second person's word, and an officer who searched by identity. */
  requestId: string;
  searcherId: string;
  /** What each mark is. */
  texts: Record<Mark, string>;
  api: Handler;
  table: Route[];
}

/** A case in which everybody left every text that they can leave, and how it stands now. */
async function aWorld(kind: keyof typeof unseenByPublic): Promise<World> {
  const office = anOffice(undefined, { people: [...inside, ...outside, worker, head, liaison] });
  const change: Partial<Submission> = {
    ...(kind === "anonymous" && { anonymous: true }),
    ...(kind === "secret" && { secret: true }),
  };
  const found = await office.submit({
    title: marks.title,
    text: marks.story,
    location: { regionCode: "64.71", address: marks.address, latitude: -1.2379, longitude: 116.8529 },
    reporter: {
      name: marks.reporterName,
      email: marks.reporterEmail,
      phone: `+62${marks.reporterPhone}`,
      nik: marks.reporterNik,
    },
    ...change,
  });
  const unrelated = await office.submit({
    title: marks.otherTitle,
    text: marks.otherStory,
    agencyId: "pemkot-samarinda",
    secret: true,
  });
  const by = (role: string, at = "balikpapan") =>
    [...inside, ...outside].find(
      (one) => one.role === role && (everywhere.includes(role) || one.agencyId.endsWith(at)),
    ) as Officer;
  const [national, admin] = [by("national-admin"), by("agency-admin")];
  const answer = `${marks.answer} ${said}`;
  const steps = [
    await found.as(national, "joining", { trackingNumber: unrelated.number, text: marks.joinText }),
    await found.reporter("separation", { text: marks.separation }),
    await found.as(admin, "verification", { title: marks.corrected }),
    await found.as(liaison, "assignment", { agencyId: "balikpapan-uptd-jalan", note: marks.dispositionNote }),
    await found.as(admin, "return", { reason: marks.returnReason }),
    await found.as(worker, "question", { text: marks.question }),
    await found.reporter("replies", { text: marks.reply }),
    await found.as(worker, "question", { text: `${marks.question} Lagi.` }),
    await found.as(worker, "question-withdrawal", { reason: marks.questionWithdrawn }),
    await found.as(worker, "progress", { text: `${marks.progress} ${marks.withheldWords}` }),
    await found.as(worker, "notes", { text: marks.internalNote }),
    await found.as(national, "archival", { reason: "abusive", text: marks.archiveText }),
    await found.as(national, "restoration", { text: marks.restoreText }),
    await found.as(national, "archival", { reason: "abusive", text: `${marks.archiveText} lagi` }),
    await found.reporter("objection", { text: marks.objection }),
    await found.as(by("ombudsman-observer"), "restoration", { text: marks.granted }),
    await found.as(national, "archival", { reason: "abusive", text: `${marks.archiveText} sekali lagi` }),
    await found.reporter("objection", { text: `${marks.objection} lagi` }),
    await found.as(by("ombudsman-observer"), "upholding", { text: marks.upheld }),
    await found.as(national, "restoration", { text: `${marks.restoreText} lagi` }),
    await found.as(worker, "answer", { text: answer }),
    await found.reporter("replies", { text: marks.dispute }),
    await found.as(worker, "answer", { text: `${marks.firstAnswer} ${said}` }),
    await found.as(worker, "answer-correction", { text: `${answer} Lagi.`, reason: marks.correctionReason }),
    await found.reporter("confirmation", { stars: 2, comment: marks.comment }),
  ];
  if (kind === "anonymous") await found.reporter("identity-consent", { agreed: true });
  steps.push(
    await call(
      serve(office.tables().identity, office.directory),
      "POST",
      `/v1/officer/cases/${found.number}/identity-opening`,
      {
        body: { reason: marks.openingReason },
        subject: by("agency-head").subject,
      },
    ),
  );
  if (kind === "anonymous") await found.reporter("identity-consent", { agreed: false });
  const noted = (await office.cases.find(found.number))?.events.find(({ type }) => type === "progressed");
  const wrongFile = await found.as(head, "attachments", {
    name: `${marks.removedFileName}.jpg`,
    type: "image/jpeg",
    size: 9,
  });
  steps.push(
    await found.as(head, "withholding", {
      entry: noted?.sequence,
      words: marks.withheldWords,
      reason: marks.withholdingReason,
    }),
    await found.as(head, `attachments/${wrongFile.body.attachmentId}/removal`, {
      reason: marks.removalReason,
    }),
  );
  const form = await found.reporter("attachments", {
    name: `${marks.fileName}.jpg`,
    type: "image/jpeg",
    size: 9,
  });
  const { attachmentId, upload } = form.body;
  const bytes = Buffer.from("gambar");
  const uploaded = office.files.upload(upload.fields.key, bytes);
  await found.inspect(
    uploaded,
    {},
    async () =>
      ({ copy: { type: "image/jpeg", bytes }, originalType: "image/jpeg", digest: "0".repeat(64) }) as never,
  );
  steps.push(await found.as(head, "progress", { text: marks.progress }));
  if (kind === "withdrawn") steps.push(await found.reporter("withdrawal"));
  if (kind === "joined to a secret case")
    steps.push(
      await found.as(national, "joining", { trackingNumber: unrelated.number, text: marks.joinText }),
    );
  expect(steps.map(({ status }) => status)).toEqual(steps.map(() => 200));

  const searched = await call(
    serve(office.tables().identity, office.directory),
    "POST",
    "/v1/officer/identity-search",
    {
      body: { nik: "6471010101900001", reason: marks.searchReason },
      subject: by("agency-head").subject,
    },
  );
  const appointment = { name: "Contoh Kepala", email: marks.wantedEmail, role: "agency-head" };
  const requested = await office.admin(national, "PUT", "officers/contoh-kepala-baru", {
    ...appointment,
    agencyId: "balikpapan-dinas-pu",
  });
  expect([searched.status, requested.status]).toEqual([200, 202]);

  const stored = await office.cases.find(found.number);
  const table = Object.values(office.tables()).flat().filter(isOfApi);
  return {
    number: found.number,
    receipt: found.receipt.authorization,
    otherNumber: unrelated.number,
    otherReceipt: unrelated.receipt.authorization,
    attachmentId,
    requestId: String(requested.body.request.id),
    searcherId: by("agency-head").id,
    texts: {
      ...marks,
      otherNumber: unrelated.number,
      receiptHash: stored?.case.receiptHash ?? "?",
      digestOfLastMove: stored?.case.lastMove?.digest ?? "?",
      salt: stored?.events[0]?.salt ?? "?",
      otherReceipt: unrelated.receipt.authorization.replace("Receipt ", ""),
    },
    api: serve(table, office.directory),
    table,
  };
}

/** Pages ask these routes for whoever looks at them, and show what they answer: test/unit/pages and test/pages look at them. */
const isOfApi = ({ pageIn }: Route): boolean => pageIn === undefined;

/** One call of a route, and what makes it wrong. */
interface Try {
  route: Route;
  how: string;
  number?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const rowOf = (route: Route): Row => asked[nameOf(route)] ?? { shows: nothing };

/** All that is tried: reading, then what is wrong, then what is overtaken, then what is right, then reading again. */
function triesOf(world: World, how: "rightly" | "also wrongly"): Try[] {
  const { table, otherNumber } = world;
  const [reads, writes] = [
    table.filter(({ method }) => method === "GET"),
    table.filter(({ method }) => method !== "GET"),
  ];
  const right = (route: Route) => rowOf(route).body?.(world) ?? {};
  const last = [...writes].sort((a, b) => Number(rowOf(a).ends ?? false) - Number(rowOf(b).ends ?? false));
  return [
    ...reads.flatMap((route) => [
      { route, how: "reads" },
      { route, how: "reads another case", number: otherNumber },
      { route, how: "reads nothing", number: "00000-00000" },
    ]),
    ...(how === "rightly" ? [] : writes).flatMap((route) => [
      { route, how: "writes broken JSON", body: "{" },
      { route, how: "writes unknown fields", body: { unknown: true } },
      { route, how: "writes to nothing", body: right(route), number: "00000-00000" },
    ]),
    ...writes.map((route) => ({
      route,
      how: "is overtaken",
      body: right(route),
      headers: { "if-match": '"1"' },
    })),
    ...last.map((route) => ({ route, how: "writes", body: right(route) })),
    ...reads.map((route) => ({ route, how: "reads again" })),
  ];
}

async function made(world: World, asker: Asker, { route, number, body, headers }: Try): Promise<Answer> {
  const receipts = {
    own: world.receipt,
    "of the other case": world.otherReceipt,
    wrong: "Receipt 0000-0000-0000-0000-0000",
  };
  const path = route.path
    .replace("{trackingNumber}", number ?? world.number)
    .replace("{attachmentId}", world.attachmentId)
    .replace("/requests/{id}", `/requests/${world.requestId}`)
    .replace("{officerId}", world.searcherId)
    .replace("{agencyId}", "balikpapan-dinas-pu")
    .replace("{id}", route.path.includes("/officers/") ? marks.officerId : "balikpapan-dinas-pu")
    .replace("{year}", "2027")
    .replace("{version}", "1");
  const { query, headers: needed } = rowOf(route);
  return call(world.api, route.method, path, {
    ...(query && { query }),
    ...(route.method !== "GET" && { body }),
    ...(asker.subject && { subject: asker.subject }),
    // No two askers disturb each other by wrong receipts.
    headers: {
      ...needed?.(),
      ...headers,
      ...(asker.receipt && { authorization: receipts[asker.receipt] }),
    },
  });
}

/** The marks that somebody may see in the answers of a route. */
function allowed(kind: keyof typeof unseenByPublic, { kinds }: Asker, route: Route): Mark[] {
  const isOwn = kinds.some((one) => parties.includes(one));
  return rowOf(route).shows.filter((mark) => {
    const readers = mayRead[mark];
    if (kind === "anonymous" && ofReporter.includes(mark)) return kinds.includes("reporter");
    const isPublic = readers.includes("public") && !unseenByPublic[kind]?.includes(mark);
    const isPartys = readers.includes("public") && isOwn;
    return isPublic || isPartys || kinds.some((one) => readers.includes(one));
  });
}

describe("the tables of routes", () => {
  test("every folder of functions that serves routes is asked", () => {
    const folders = globSync("functions/*/routes.ts").map((path) => path.split("/")[1]);
    expect(Object.keys(anOffice().tables()).sort()).toEqual(folders.sort());
  });

  test("every route has a row that says what it may show, and every row has its route", () => {
    const routes = Object.values(anOffice().tables()).flat().filter(isOfApi).map(nameOf);
    expect(Object.keys(asked).sort()).toEqual(routes.sort());
  });
});

/** Which marks somebody saw of a case, and what they were told without leave. */
async function seen(kind: string, asker: Asker) {
  const world = await aWorld(kind);
  const saw = new Set<Mark>();
  const leaks: string[] = [];
  for (const one of triesOf(world, kind === "named" ? "also wrongly" : "rightly")) {
    const { status, headers, body } = await made(world, asker, one);
    const answered = JSON.stringify([headers, body]);
    const may = allowed(kind, asker, one.route);
    if (status >= 500) leaks.push(`${nameOf(one.route)} fails where somebody ${one.how}`);
    // Whoever typed a number gets it back.
    const typed = JSON.stringify([one.body, one.number, rowOf(one.route).query]);
    for (const [mark, stored] of Object.entries(world.texts) as [Mark, string][]) {
      if (!answered.includes(stored) || typed.includes(stored)) continue;
      saw.add(mark);
      if (!may.includes(mark))
        leaks.push(`${nameOf(one.route)} shows ${mark} where ${asker.name} ${one.how}`);
    }
  }
  return { saw, leaks };
}

const sawOfNamed = new Map<string, ReadonlySet<Mark>>();

/** Officers of one agency read the same of a case that ended as of any other, so one of each part of the tree is enough. */
const askersOf = (kind: string) =>
  kind === "named" || kind === "secret"
    ? askers
    : askers.filter(({ name }) => !/^(unit-officer|liaison-officer|agency-admin) /.test(name));

describe.each(Object.keys(unseenByPublic))("of a case that is %s", (kind) => {
  test.each(askersOf(kind))(
    "$name is told nothing that is not theirs to know, by no answer, refusal or header",
    async (asker) => {
      const { saw, leaks } = await seen(kind, asker);
      if (kind === "named") sawOfNamed.set(asker.name, saw);
      expect(leaks).toEqual([]);
    },
  );
});

test("every mark was stored, and each kind of people who may see one was shown it by some route", async () => {
  const { texts } = await aWorld("named");
  expect(Object.entries(texts).filter(([, stored]) => stored.length < 6)).toEqual([]);
  const unseen = (Object.keys(mayRead) as Mark[]).flatMap((mark) =>
    mayRead[mark]
      .filter((kind) => {
        const ofKind = askers.filter(({ name, kinds }) =>
          kind === "public" ? name === "the public" : kinds.includes(kind),
        );
        return !ofKind.some(({ name }) => sawOfNamed.get(name)?.has(mark));
      })
      .map((kind) => `${mark} by ${kind}`),
  );
  expect(unseen).toEqual([]);
});
