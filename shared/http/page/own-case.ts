import * as z from "zod";
import type { Move } from "../../case/moves/table.ts";
import { trackingNumber } from "../../case/tracking-number.ts";
import { reporterView } from "../../case/views/schemas.ts";
import type { Language, Text } from "../../language.ts";
import { zoneSeen } from "../../page/case/moments.ts";
import { caseForm, ownPage, receiptField } from "../../page/case/own-page.ts";
import { changesTold, timelineSeen } from "../../page/case/timeline.ts";
import { type Hole, html, paragraphs } from "../../page/html.ts";
import { errorSummary, type Told, wrongFields } from "../../page/parts/form.ts";
import { changedSince, Refusal } from "../../refusal.ts";
import type { Endpoint, Route } from "../endpoint.ts";
import { page, type Reply } from "../reply.ts";
import { bodyOf, type FieldKinds, type FormValues, valueOf } from "./form.ts";
import { formAt, seeOther, type Tried } from "./route.ts";
import { allClosed, closedAlone, keptOpen, openReceipt, whyClosed } from "./session.ts";
import type { Frame, Visit } from "./visit.ts";

/** A case as its reporter sees it. */
export type OwnView = z.output<typeof reporterView>;

const words = {
  over: {
    id: "Laporan ini tertutup sendiri, karena 30 menit tidak dibuka, karena sudah 8 jam terbuka, atau karena Anda keluar. Yang Anda tulis belum terkirim dan masih ada di bawah. Masukkan tanda terimanya, lalu kirim lagi.",
    en: "This report was closed on this device: nobody looked at it for 30 minutes, it was open for 8 hours, or you left. What you wrote was not sent and is still below. Enter the receipt and send it again.",
  },
  unreadable: {
    id: "Kami tidak dapat membaca catatan yang disimpan peramban Anda. Yang Anda tulis belum terkirim dan masih ada di bawah. Masukkan tanda terimanya, lalu kirim lagi.",
    en: "We cannot read what your browser had kept. What you wrote was not sent and is still below. Enter the receipt and send it again.",
  },
  enterReceipt: { id: "Masukkan tanda terima laporan ini.", en: "Enter the receipt of this report." },
  changed: {
    id: "Sementara Anda menulis, laporan ini berubah. Yang Anda tulis belum terkirim dan masih ada di bawah. Baca dulu yang berubah, lalu kirim lagi bila masih perlu.",
    en: "While you were writing, this report changed. What you wrote was not sent and is still below. Read what changed first, then send it again if you still want to.",
  },
  changes: { id: "Yang berubah sementara itu", en: "What changed meanwhile" },
  notNow: { id: "Ini tidak dapat dilakukan sekarang", en: "Not possible now" },
  standsAt: { id: "Status laporan ini", en: "Status of this report" },
  unsent: { id: "Yang Anda tulis (belum terkirim)", en: "What you wrote (not sent)" },
} as const satisfies Record<string, Text>;

/** What a reporter's form is made with. `view` is missing where the case is not open: then nothing of it is shown. */
export interface Making {
  told: Told;
  language: Language;
  view: OwnView | undefined;
}

/** The same where the case is open. */
type Open = Making & { view: OwnView };

/** Whoever has a case open. */
interface Asking<P> {
  path: P;
  receipt: string;
  visit: Visit;
}

/** What a form that was sent asks for. */
export interface Sent<P> extends Asking<P> {
  values: FormValues;
}

/** The path of a page of one's own case. */
type CasePath = Readonly<Record<string, string>> & { trackingNumber: string };

/** One page a move: what it does, what follows, and the form. */
export interface OwnForm<P extends CasePath> {
  /** The address below `/saya/{trackingNumber}/`. */
  at: string;
  path: z.ZodType<P>;
  title: (view: OwnView | undefined) => Text;
  /** The move that it makes. Without one it is always there. */
  move?: Move;
  /** Why the move cannot be made now, and when it can. */
  notNow?: (view: OwnView, language: Language) => Hole;
  /** What is sent means something else once others have acted, so whoever was overtaken reads of it first. */
  leans?: boolean;
  /** The names of its fields, in order. */
  fields: readonly string[];
  /** Hidden values, made for each form that is shown, by the receipt. */
  carried?: { names: readonly string[]; made: (receipt: string) => Readonly<Record<string, string>> };
  /** What else the case has to have for it, such as the file that the address names. */
  fits?: (view: OwnView, path: P) => boolean;
  /** What the fields hold before anybody typed. */
  filled?: (view: OwnView, asking: Asking<P>) => Promise<Readonly<Record<string, string>>>;
  /** What stands above the form. */
  intro?: (made: Open & { path: P }) => Hole;
  inputs: (made: Making) => Hole;
  consequence?: (made: Making) => Hole;
  button: (view: OwnView | undefined) => Text;
  kind?: "leave";
  /** Does it. Undefined leads back to the case, which says by `done` what was done. */
  send: (sent: Sent<P>) => Promise<Reply | undefined>;
  /** The word in the address of the case by which it says what was done. It tells nothing of what was written. */
  done: string | ((values: FormValues) => string);
}

/** The address of a page of one's own case, without its language. */
const addressFor = (at: string, path: CasePath): string =>
  `/saya/${path.trackingNumber}/${at.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((path[name] ?? "").toWellFormed()),
  )}`;

/** Leads to where the receipt is asked for, with why. */
const closedReply = (
  trackingNumber: string,
  { why, language, cookies = [] }: { why: string; language: Language; cookies?: readonly string[] },
): Reply => seeOther(`/lacak?nomor=${trackingNumber}&sesi=${why}`, language, cookies);

/** Leads somebody whose case is not open to where its receipt is asked for, and says why. */
export async function leadToReceipt(
  frame: Pick<Frame, "seal">,
  visit: Visit,
  trackingNumber: string,
): Promise<Reply> {
  const why = await whyClosed(frame, visit);
  const cookies = why === "asing" ? [allClosed()] : [];
  return closedReply(trackingNumber, { why, language: visit.language, cookies });
}

/** The same where a case was opened with a receipt that somebody has replaced since. Anything else is thrown again. */
export async function leadToNewReceipt(
  error: unknown,
  frame: Pick<Frame, "seal" | "now">,
  visit: Visit,
  trackingNumber: string,
): Promise<Reply> {
  if (!(error instanceof Refusal && error.kind === "not-found")) throw error;
  const cookies = [await closedAlone(frame, visit, trackingNumber)];
  return closedReply(trackingNumber, { why: "diganti", language: visit.language, cookies });
}

/** What the reporter has open: the case and its receipt, or where they are led instead. */
export async function openCase(
  frame: Pick<Frame, "seal" | "now">,
  visit: Visit,
  { see, trackingNumber }: { see: Endpoint; trackingNumber: string },
): Promise<{ view: OwnView; receipt: string } | { closed: Reply }> {
  const receipt = await openReceipt(frame, visit, trackingNumber);
  if (receipt === undefined) return { closed: await leadToReceipt(frame, visit, trackingNumber) };
  try {
    return { view: await visit.ask(see, { path: { trackingNumber }, receipt }, reporterView), receipt };
  } catch (error) {
    return { closed: await leadToNewReceipt(error, frame, visit, trackingNumber) };
  }
}

/** What a refusal says that others did meanwhile. */
function changesOf(tried: Tried | undefined, view: OwnView, language: Language): Hole {
  const told = changesTold.safeParse(tried?.problem);
  if (!told.success) return undefined;
  return html`<div class="notice"><h2>${words.changes[language]}</h2>${timelineSeen(told.data.changes, { zone: zoneSeen(view) }, language)}</div>`;
}

/** Files come by themselves some time after they were sent. They change nothing of what somebody writes. */
const passing = ["attached", "recounted", "ombudsman-offered"];

/** Refuses what was written on a case that others have acted on since, and tells what they did. */
async function refuseOvertaken(
  see: Endpoint,
  { path, receipt, values, visit }: Sent<CasePath>,
): Promise<void> {
  const seen = Number.parseInt(valueOf(values, "seen"), 10);
  if (!Number.isSafeInteger(seen)) return;
  const asked = { path: { trackingNumber: path.trackingNumber }, receipt };
  const { timeline = [] } = await visit.ask(see, asked, reporterView);
  const changes = timeline.filter(
    ({ sequence, by, type }) => sequence > seen && by !== "reporter" && !passing.includes(type),
  );
  if (changes.length > 0) throw new Refusal("conflict", words.changed, { more: changedSince({ changes }) });
}

const overMeanwhile = (why: "habis" | "asing") =>
  new Refusal("not-signed-in", why === "habis" ? words.over : words.unreadable, {
    fields: [{ in: "body", path: "receipt", message: words.enterReceipt }],
  });

/** What was typed in the fields of a form that can no longer be sent. */
const unsent = (values: FormValues, fields: readonly string[], language: Language): Hole => {
  const texts = fields.map((name) => valueOf(values, name)).filter((text) => text.trim() !== "");
  return (
    texts.length > 0 &&
    html`<h2>${words.unsent[language]}</h2><div class="card">${texts.map(paragraphs)}</div>`
  );
};

/**
 * Declares a page with one move of a reporter, in both languages. Whoever has the case open needs no receipt. Where it closed in
 * the meantime, the page comes again with all that was typed and asks for the receipt: sending it does the move and opens the case.
 */
export function ownFormAt<P extends CasePath>(frame: Frame, see: Endpoint, form: OwnForm<P>): Route[] {
  const { at, fields } = form;

  const shownClosed = async (path: P, visit: Visit, { problem, values }: Tried): Promise<Reply> => {
    const { language } = visit;
    const told = { language, wrong: wrongFields(problem), values: { ...values, receipt: "" } };
    const why = (await whyClosed(frame, visit)) === "habis" ? words.over : words.unreadable;
    const kept = Object.fromEntries(
      ["seen", ...(form.carried?.names ?? [])].map((name) => [name, valueOf(values, name)]),
    );
    const title = form.title(undefined)[language];
    return page(
      ownPage({
        language,
        address: addressFor(at, path),
        files: frame.files,
        title,
        trackingNumber: path.trackingNumber,
        summary: errorSummary(problem, language),
        main: html`${problem.status === 401 && html`<p>${why[language]}</p>`}
${caseForm(language, {
  address: addressFor(at, path),
  carried: kept,
  inputs: [receiptField(told), form.inputs({ told, language, view: undefined })],
  consequence: form.consequence?.({ told, language, view: undefined }),
  button: form.button(undefined)[language],
  kind: form.kind,
})}`,
      }),
    );
  };

  const shownOpen = async (
    path: P,
    visit: Visit,
    { view, receipt, tried }: { view: OwnView; receipt: string; tried: Tried | undefined },
  ): Promise<Reply> => {
    const { language } = visit;
    const isLegal =
      (form.move === undefined || (view.legalMoves ?? []).includes(form.move)) &&
      (form.fits?.(view, path) ?? true);
    const values = tried?.values ?? (await form.filled?.(view, { path, receipt, visit })) ?? {};
    const told = { language, wrong: wrongFields(tried?.problem), values: { ...values, receipt: "" } };
    const made = { told, language, view };
    const shown = isLegal
      ? html`${form.intro?.({ ...made, path })}
${caseForm(language, {
  address: addressFor(at, path),
  carried: { seen: String(view.version), ...form.carried?.made(receipt) },
  inputs: form.inputs(made),
  consequence: form.consequence?.(made),
  button: form.button(view)[language],
  kind: form.kind,
})}`
      : html`<div class="notice"><p><b>${words.notNow[language]}.</b> ${words.standsAt[language]}: ${view.statusText}.</p>${form.notNow?.(view, language)}</div>${tried && unsent(tried.values, fields, language)}`;
    return {
      ...page(
        ownPage({
          language,
          address: addressFor(at, path),
          files: frame.files,
          title: form.title(view)[language],
          trackingNumber: path.trackingNumber,
          summary: errorSummary(tried?.problem, language),
          main: html`${changesOf(tried, view, language)}${shown}`,
        }),
      ),
      cookies: [await keptOpen(frame, visit, path.trackingNumber, receipt)],
    };
  };

  /** After a refusal. Where the case cannot be read either, nothing that was typed is lost. */
  const shownAgain = async (path: P, visit: Visit, tried: Tried): Promise<Reply> => {
    const receipt = receiptOf(tried.values) ?? (await openReceipt(frame, visit, path.trackingNumber));
    if (receipt === undefined) return shownClosed(path, visit, tried);
    // A receipt that was refused is not tried again: each try is counted.
    if (tried.problem.status === 404 && receiptOf(tried.values) !== undefined)
      return shownClosed(path, visit, tried);
    try {
      const asked = { path: { trackingNumber: path.trackingNumber }, receipt };
      const view = await visit.ask(see, asked, reporterView);
      return await shownOpen(path, visit, { view, receipt, tried });
    } catch (error) {
      if (error instanceof Refusal) return shownClosed(path, visit, tried);
      throw error;
    }
  };

  return formAt(frame, `/saya/{trackingNumber}/${at}`, {
    input: { path: form.path },
    async show({ path }, visit, tried) {
      if (tried) return shownAgain(path, visit, tried);
      const opened = await openCase(frame, visit, { see, trackingNumber: path.trackingNumber });
      return "closed" in opened ? opened.closed : shownOpen(path, visit, { ...opened, tried });
    },
    async send({ path }, visit, values) {
      const receipt = receiptOf(values) ?? (await openReceipt(frame, visit, path.trackingNumber));
      if (receipt === undefined) throw overMeanwhile(await whyClosed(frame, visit));
      const sent = { path, receipt, values, visit };
      if (form.leans) await refuseOvertaken(see, sent);
      const reply = await form.send(sent);
      if (reply) return reply;
      const cookie = await keptOpen(frame, visit, path.trackingNumber, receipt);
      return seeOther(
        `/saya/${path.trackingNumber}?sudah=${typeof form.done === "string" ? form.done : form.done(values)}`,
        visit.language,
        [cookie],
      );
    },
  });
}

/** The receipt that somebody typed into the form. */
const receiptOf = (values: FormValues): string | undefined => valueOf(values, "receipt").trim() || undefined;

/** Has the fields of a form sent to the declared route of a move. */
export const sentTo =
  (endpoint: Endpoint, fields: readonly string[], kinds?: FieldKinds) =>
  async ({ path, receipt, values, visit }: Sent<CasePath>): Promise<undefined> => {
    await visit.reply(endpoint, { path, receipt, body: bodyOf(values, fields, kinds) });
  };

/** The path of a page with a move. */
export const ofOwnCase = z.strictObject({ trackingNumber });
