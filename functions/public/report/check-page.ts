import * as z from "zod";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import { localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import { verifierFor } from "../../../shared/directory/succession-flow.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { formAt, seeOther, type Tried } from "../../../shared/http/page/route.ts";
import { keptOpen } from "../../../shared/http/page/session.ts";
import type { Visit } from "../../../shared/http/page/visit.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html, paragraphs } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { days } from "../../../shared/page/parts/days.ts";
import { errorSummary } from "../../../shared/page/parts/form.ts";
import { summaryList } from "../../../shared/page/parts/lists.ts";
import { placeInSteps, saved, stepBar, stepWords } from "../../../shared/page/report/step.ts";
import { Refusal } from "../../../shared/refusal.ts";
import type { Draft } from "../../../shared/visitor/draft.ts";
import { reportBody } from "./body.ts";
import { draftCookie, type ReportDesk } from "./desk.ts";
import { mailboxWarning } from "./identity-page.ts";
import { regionInWords } from "./place-page.ts";
import { sendReport } from "./send.ts";
import { firstWrong, toBeginning, toCorrect } from "./step-page.ts";
import { reportSteps, type StepName, stepOfField } from "./steps.ts";

type Values = Draft["values"];

const words = {
  title: { id: "Periksa, lalu kirim", en: "Check, then send" },
  change: { id: "Ubah", en: "Change" },
  empty: { id: "Tidak diisi", en: "Left empty" },
  class: { id: "Anda ingin", en: "You want to" },
  heading: { id: "Judul", en: "Title" },
  text: { id: "Cerita", en: "Story" },
  date: { id: "Tanggal kejadian", en: "Date of the event" },
  category: { id: "Kategori", en: "Category" },
  place: { id: "Tempat", en: "Place" },
  agency: { id: "Tujuan", en: "To" },
  chosenForYou: { id: "Kami pilihkan", en: "We choose" },
  seen: { id: "Siapa yang melihat Anda", en: "Who sees you" },
  contact: { id: "Data Anda", en: "Your data" },
  name: { id: "Nama", en: "Name" },
  email: { id: "Email", en: "Email" },
  phone: { id: "Nomor telepon", en: "Phone number" },
  nik: { id: "NIK", en: "NIK" },
  mailed: { id: "Tanda terima dikirim juga ke sini", en: "The receipt is emailed here too" },
  ends: { id: "berakhir dengan", en: "ends in" },
  due: { id: "Sampai kapan", en: "By when" },
  consequence: { id: "Bila Anda mengirim", en: "If you send it" },
  public: {
    id: "Judul dan cerita langsung dapat dibaca siapa saja. Nama Anda tidak.",
    en: "Anybody can read the title and the story at once, but not your name.",
  },
  secret: {
    id: "Publik hanya melihat nomor, status, dan batas waktunya.",
    en: "The public sees only its number, its status and its deadlines.",
  },
  final: {
    id: "Cerita tidak dapat diubah lagi. Anda tetap dapat menambah foto, menjawab, atau mencabut laporan.",
    en: "The story cannot be changed any more. You can still add photos, answer, or withdraw the report.",
  },
  send: { id: "Kirim laporan", en: "Send the report" },
  sending: { id: "Mengirim…", en: "Sending…" },
} as const satisfies Record<string, Text>;

const classes: Readonly<Record<string, Text>> = {
  complaint: { id: "Mengadu", en: "Complain" },
  aspiration: { id: "Menyampaikan aspirasi", en: "Propose something (aspirasi)" },
  "information-request": { id: "Meminta informasi", en: "Ask for information" },
};

const seen = ({ anonymous, secret }: Values, language: Language): string => {
  const key = `${anonymous === "true"}-${secret === "true"}`;
  const texts: Readonly<Record<string, Text>> = {
    "false-false": {
      id: "Publik tidak melihat Anda. Kepala instansi dan Ombudsman boleh membuka identitas dengan alasan.",
      en: "The public does not see you. The head of the agency and the Ombudsman may open your identity, with a reason.",
    },
    "true-false": {
      id: "Anonim: identitas tidak dibuka, kecuali Anda mengizinkan.",
      en: "Anonymous: your identity stays closed, unless you allow it.",
    },
    "false-true": { id: "Rahasia: publik tidak membaca isinya.", en: "Secret: the public does not read it." },
    "true-true": {
      id: "Anonim dan rahasia: identitas tidak dibuka, dan publik tidak membaca isinya.",
      en: "Anonymous and secret: your identity stays closed, and the public does not read it.",
    },
  };
  return texts[key]?.[language] ?? "";
};

/** The names that the directory has for what was chosen by its code. */
async function namesOf(desk: ReportDesk, values: Values, visit: Visit) {
  const { directory } = desk;
  const { category } = reportBody(values);
  const [categoryName, region, agency] = await Promise.all([
    typeof category === "string" ? directory.categoryName(category) : undefined,
    regionInWords(desk, values, visit),
    values.agencyId ? directory.agency(values.agencyId) : undefined,
  ]);
  return { category: categoryName, region, agency: agency?.name };
}

type Row = (
  label: Text,
  value: Hole,
  step: StepName,
  field: string,
) => Parameters<typeof summaryList>[0][number];

/** What somebody told of themselves. One line where they told nothing. */
function contactRows(values: Values, language: Language, row: Row) {
  const [name, email, phone, nik] = ["name", "email", "phone", "nik"].map((field) =>
    values[`reporter.${field}`]?.trim(),
  );
  const mailed = values["reporter.mailReceipt"] === "true" && html`<br>${words.mailed[language]}`;
  const rows = [
    name && row(words.name, name, "identity", "reporter-name"),
    (email || mailed) && row(words.email, html`${email}${mailed}`, "identity", "reporter-email"),
    phone && row(words.phone, phone, "identity", "reporter-phone"),
    nik && row(words.nik, `${words.ends[language]} ${nik.slice(-4)}`, "identity", "reporter-nik"),
  ].filter((one) => typeof one === "object");
  return rows.length > 0 ? rows : [row(words.contact, undefined, "identity", "reporter-name")];
}

/** Every answer, with the link that changes it. */
async function answers(desk: ReportDesk, values: Values, visit: Visit): Promise<Hole> {
  const { language } = visit;
  const names = await namesOf(desk, values, visit);
  const row: Row = (label, value, step, field) => ({
    label: label[language],
    value: value || html`<span class="hint">${words.empty[language]}</span>`,
    change: {
      address: pageIn(language, `${reportSteps[step].address}#${field}`),
      label: words.change[language],
    },
  });
  const of = (name: string): string | undefined => values[name];
  const date = reportBody(values).occurredOn;
  const points = [of("location.latitude"), of("location.longitude")].filter(Boolean).join("; ");
  return summaryList([
    row(words.class, classes[values.class ?? ""]?.[language], "story", "class"),
    row(words.heading, of("title"), "story", "title"),
    row(words.text, values.text && paragraphs(values.text), "story", "text"),
    row(words.date, typeof date === "string" && localDateInWords(date, language), "story", "occurredOn"),
    row(words.category, names.category, "story", "category"),
    row(
      words.place,
      [of("location.address"), names.region, points].filter(Boolean).join(", "),
      "place",
      "location-regionCode",
    ),
    row(words.agency, names.agency ?? words.chosenForYou[language], "recipient", "agencyId"),
    row(words.seen, seen(values, language), "identity", "anonymous"),
    ...contactRows(values, language, row),
  ]);
}

const deadlines = z.object({
  from: z.string(),
  clocks: z.array(
    z.looseObject({
      clock: z.string(),
      dueDate: z.string(),
      explanation: z.looseObject({
        skipped: z.array(z.object({ date: z.string(), why: z.string(), name: z.string() })),
      }),
    }),
  ),
});

/** Until when the report has to be verified, counted where its verifier is. */
async function firstLimit(desk: ReportDesk, values: Values, visit: Visit): Promise<Hole> {
  const { directory, verifyingAgency, asked, frame } = desk;
  const { language } = visit;
  const verifier = await directory.agency(await verifierFor(directory, values.agencyId, verifyingAgency));
  const timeZone = verifier?.timeZone ?? "Asia/Makassar";
  const query = { class: values.class, timeZone, region: verifier?.regionCode };
  const { from, clocks } = await visit.ask(asked.deadlines, { query }, deadlines);
  const clock = clocks.find((one) => one.clock === "verification");
  if (!clock) return undefined;
  const by = localDateInWords(clock.dueDate, language);
  const text = {
    id: html`Laporan diverifikasi paling lambat <b>${by}</b>, bila terkirim hari ini. Bila lewat, atasannya diberi tahu.`,
    en: html`The report has to be verified by <b>${by}</b>, if it is sent today. After that, the level above is told.`,
  };
  const today = localDate(frame.now(), timeZone);
  return html`<h2>${words.due[language]}</h2><p>${text[language]}</p>${days({ from, due: clock.dueDate, skipped: clock.explanation.skipped, today }, language)}`;
}

/** The form that sends it. In a flood the answer is a page that waits: `actionAt` gives it. */
const sendForm = (language: Language): Hole =>
  html`<form method="post" action="${pageIn(language, "/lapor/periksa")}" data-once data-busy="${words.sending[language]}" data-no-line="${stepWords.noLine[language]}"><button class="button">${words.send[language]}</button></form>`;

/** `/lapor/periksa`: all answers, what follows, and the button that sends them. */
export const reportCheckPage = (desk: ReportDesk): Route[] => {
  const { frame } = desk;
  const step = reportSteps.check;
  const names: StepName[] = ["story", "place", "recipient", "identity"];

  const show = async (visit: Visit, draft: Draft, tried: Tried | undefined): Promise<Reply> => {
    const { language } = visit;
    const { values } = draft;
    return page(
      layout({
        language,
        address: step.address,
        files: frame.files,
        title: `${words.title[language]} (${placeInSteps(step.at)[language]})`,
        focused: true,
        narrow: true,
        quickExit: true,
        scripts: ["draft.js"],
        summary: errorSummary(tried?.problem, language),
        main: html`${stepBar(language, { at: step.at, name: step.name, back: "/lapor/identitas", saved: true })}
<h1>${words.title[language]}</h1>
${await answers(desk, values, visit)}
${mailboxWarning(values["reporter.email"], language)}
${await firstLimit(desk, values, visit)}
<h2>${words.consequence[language]}</h2>
<p>${(values.secret === "true" ? words.secret : words.public)[language]} ${words.final[language]}</p>
${sendForm(language)}
<p class="row"><a class="link" href="${pageIn(language, "/lapor?draf=tersimpan")}">${stepWords.later[language]}</a></p>
${saved(language, draft)}`,
      }),
    );
  };

  /** Leads elsewhere where this draft cannot be sent yet, or was sent. */
  const elsewhere = async ({ sent, values }: Draft, visit: Visit): Promise<Reply | undefined> => {
    if (sent) return seeOther("/lapor/terkirim", visit.language);
    const wrong = await firstWrong(desk, values, names, visit);
    if (wrong) return toCorrect(wrong, visit);
    return values.asked ? undefined : seeOther("/lapor/identitas", visit.language);
  };

  return formAt(frame, step.address, {
    input: { query: z.strictObject({ draf: z.string().max(20).optional() }) },
    async show({ query }, visit, tried) {
      const { held, lost } = await desk.opened(visit);
      desk.isSaved(held, visit);
      if (!held) return toBeginning(visit, { lost, asked: query.draf });
      return (tried ? undefined : await elsewhere(held.draft, visit)) ?? show(visit, held.draft, tried);
    },
    async send(_, visit) {
      const { held } = await desk.opened(visit);
      desk.isSaved(held, visit);
      // Whoever presses this button had a draft.
      if (!held) return toBeginning(visit, { lost: true });
      const before = await elsewhere(held.draft, visit);
      if (before) return before;
      try {
        const sent = await sendReport(desk, held, visit);
        const { trackingNumber = "", receipt = "" } = sent.draft.sent ?? {};
        const open = await keptOpen(frame, visit, trackingNumber, receipt);
        return seeOther("/lapor/terkirim", visit.language, [draftCookie(sent), open]);
      } catch (error) {
        const [field] = error instanceof Refusal ? error.fields : [];
        const wrong = field && stepOfField(field.path);
        if (wrong) return toCorrect(wrong, visit);
        throw error;
      }
    },
  });
};
