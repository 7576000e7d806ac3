/**
 * For the one page that works without a line: `/lapor/tanpa-sinyal`. Keeps what is written on the phone, sends it once when the
 * line is back, and shows the number and the receipt. The page is the same for everybody and may lie in a cache: it holds nothing of
 * the visitor. Everything in it that only works with the script is `hidden`.
 *
 * - `form[data-offline]` with the fields `class`, `title`, `text`, `occurredOn`, `place`, and the ticks `anonymous` and `secret`.
 *   `data-place-line="Tempat: {place}"`: how the place in words ends the text. `data-worker`: the address of `proof-worker.js`.
 *   Without the script the form is posted to its action, the first step of a report.
 * - `[data-state]` with role="status": says what is going on. Words: `data-writing="… {time}"` (kept on this phone),
 *   `data-not-lasting` (this browser keeps nothing: the page must stay open), `data-sending`, `data-offline` (no line; it is sent by
 *   itself), `data-waiting="… {time}"` (the next attempt, after 5xx, 409 and no answer), `data-busy="… {time}"` (429),
 *   `data-proving` (428: solves a challenge), `data-refused` (what to correct stands below), `data-answered`,
 *   `data-deleted`, `data-noted` (nothing of it is on this phone any more).
 * - `[data-writing-part]`: the form and what belongs to it. `[data-waiting-part][hidden]`: shown while the report waits, with
 *   `button[data-send-now]`, and `button[data-edit]`, shown as long as no attempt has left the phone.
 * - `button[type=button][data-forget]`: deletes what is written here, at once.
 * - `[data-answer-part][hidden]` with tabindex="-1": shown when the answer is there, with `[data-number]`, `[data-receipt]` (in
 *   groups, `data-value` gets the receipt for the copy button of `page.ts`), and `button[data-receipt-noted]`, which deletes both from
 *   the phone and begins anew.
 * - `template[data-errors]` with `.summary` (tabindex="-1") with `[data-detail]` and `ul`, put before the form; `template[data-error]`
 *   with one element, put before the field, which gets `aria-invalid` and `aria-describedby`.
 * - Policy of the page: `trusted-types offline-worker proof-worker`, `worker-src 'self'`, `connect-src 'self'`.
 */
import { all, copyOf, first, language, momentInWords, pageWords, show } from "./parts/elements.ts";
import { type FormField, putValues, valuesOf, whenChanged } from "./parts/fields.ts";
import type { PhoneReport, Shelf } from "./parts/kept.ts";
import { registerOfflineWorker } from "./parts/offline-worker.ts";
import { tellOthers, whenTold } from "./parts/other-tabs.ts";
import { shelfOf, shelfOfPage } from "./parts/phone-store.ts";
import { proofFor } from "./parts/proof-of-work.ts";
import { sendWaiting } from "./parts/send-report.ts";
import { lastWords, randomId, tabMemory } from "./parts/tab-memory.ts";
import { writtenReport } from "./parts/written-report.ts";

const mine = tabMemory("tanpa-sinyal");
const last = lastWords("tanpa-sinyal-terakhir");
/** The report that this tab was sending when the page went away. */
const interrupted = tabMemory("tanpa-sinyal-terputus");
const form = first<HTMLFormElement>("form[data-offline]");

/** So long a challenge that failed waits before the next one. */
const proofPause = 15_000;

function say(name: string, at = 0): void {
  const state = first("[data-state]");
  const text = state ? pageWords(state, name, { time: at ? momentInWords(at) : "" }) : "";
  // A text that is said already is not said again.
  if (state && state.textContent !== text) state.textContent = text;
}

const inGroups = (receipt: string): string =>
  receipt.includes("-") ? receipt : receipt.replace(/(.{4})(?=.)/g, "$1-");

function clearErrors(): void {
  for (const element of all("[data-put]")) element.remove();
  for (const field of all('[aria-invalid="true"]')) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    field.closest(".field")?.classList.remove("wrong");
  }
}

/** A copy of a template, marked so that the next attempt takes it away. */
function put(name: string): HTMLElement | undefined {
  const template = first<HTMLTemplateElement>(`template[data-${name}]`);
  const element = template ? copyOf(template) : undefined;
  if (element) element.dataset.put = "";
  return element;
}

/** The field of a path of the API: "location.address" is the place in words. */
const fieldOf = (within: HTMLFormElement, path: string): FormField | null =>
  first<FormField>(`[name="${CSS.escape(path)}"]`, within) ??
  (path.startsWith("location") ? first<FormField>('[name="place"]', within) : null);

/** What a field is called, without what stands beside its label. */
const labelOf = (field: FormField): string | undefined => {
  const [label] = field.labels ?? [];
  const words =
    field.type === "radio"
      ? field.closest("fieldset")?.querySelector("legend")
      : (label?.querySelector("b") ?? label?.firstChild);
  return words?.textContent?.trim() || undefined;
};

function besideField(field: FormField, message: string, index: number): string {
  const error = put("error");
  if (error) {
    error.id = `salah-${index}`;
    error.textContent = message;
    field.before(error);
    field.setAttribute("aria-describedby", error.id);
  }
  field.setAttribute("aria-invalid", "true");
  field.closest(".field")?.classList.add("wrong");
  field.id = field.id || `isian-${index}`;
  return field.id;
}

/** Shows what the server asks to correct: all of it in the summary, and each beside its field. */
function showErrors(
  form: HTMLFormElement,
  { detail = "", errors = [] }: NonNullable<PhoneReport["refusal"]>,
): void {
  clearErrors();
  const summary = put("errors");
  const list = summary && first("ul", summary);
  errors.forEach(({ path, message }, index) => {
    const line = document.createElement("li");
    const field = fieldOf(form, path);
    const link = document.createElement(field ? "a" : "span");
    if (field && link instanceof HTMLAnchorElement)
      link.setAttribute("href", `#${besideField(field, message, index)}`);
    const called = field && labelOf(field);
    link.textContent = called ? `${called}: ${message}` : message;
    line.append(link);
    list?.append(line);
  });
  if (!summary) return;
  const said = first("[data-detail]", summary);
  if (said) said.textContent = detail;
  form.before(summary);
  summary.focus();
}

function showAnswer({ trackingNumber, receipt }: NonNullable<PhoneReport["answer"]>): void {
  const number = first("[data-number]");
  const secret = first("[data-receipt]");
  if (number) number.textContent = trackingNumber;
  if (secret) {
    secret.textContent = inGroups(receipt);
    secret.dataset.value = receipt;
  }
  const part = first("[data-answer-part]");
  if (!part?.hidden) return;
  show(part);
  part.focus();
}

/** Hidden is not enough: what somebody has noted is no longer in the page. */
function clearAnswer(): void {
  show(first("[data-answer-part]"), false);
  for (const element of all("[data-number], [data-receipt]")) {
    element.textContent = "";
    delete element.dataset.value;
  }
}

/** Says why a report waits. */
function sayWaiting({ refusal, challenges, nextAt }: PhoneReport): void {
  if (challenges) say("proving");
  else if (!navigator.onLine) say("offline");
  else if (!refusal) say("sending");
  else if (refusal.status === 429) say("busy", nextAt);
  else say("waiting", nextAt);
}

let shownRefusal = "";

function showReport(form: HTMLFormElement, report: PhoneReport): void {
  const { state, refusal, answer, tries } = report;
  show(first("[data-writing-part]"), state === "writing");
  show(first("[data-waiting-part]"), state === "waiting");
  show(first("[data-edit]"), tries === 0);
  if (state === "waiting") sayWaiting(report);
  if (state === "answered" && answer) {
    say("answered");
    showAnswer(answer);
  }
  const refused = state === "writing" && refusal ? JSON.stringify([report.id, tries]) : "";
  if (refusal && refused && refused !== shownRefusal) {
    say("refused");
    showErrors(form, refusal);
  }
  shownRefusal = refused;
}

const begun = (): PhoneReport => ({
  id: randomId(),
  state: "writing",
  values: {},
  language: language(),
  tries: 0,
  nextAt: 0,
  heldUntil: 0,
});

/** Asks the browser to send later, also when the page is closed. Few browsers can. */
async function sendLater(registration: ServiceWorkerRegistration | undefined): Promise<void> {
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } };
  try {
    await sync?.register("reports");
  } catch {
    // The person allows no work in the background. Then the page sends, when it is open.
  }
}

/** What this tab had written or begun to send in the moment before the page went away. */
async function resumed(reports: Shelf<PhoneReport>, { id }: PhoneReport): Promise<PhoneReport | undefined> {
  const values = last.take(id);
  const isFree = interrupted.read() === id;
  interrupted.write(undefined);
  return reports.change(
    id,
    (was) =>
      was && {
        ...was,
        ...(values && was.state === "writing" && { values }),
        ...(isFree && { heldUntil: 0, nextAt: 0 }),
      },
  );
}

async function run(form: HTMLFormElement, reports: Shelf<PhoneReport>, lasts: boolean): Promise<void> {
  const registering = registerOfflineWorker();
  const kept = await reports.all();
  // What this tab is about; else what waits, or was answered while nobody looked; else what was begun.
  const known =
    kept.find(({ id }) => id === mine.read()) ?? kept.find(({ state }) => state !== "writing") ?? kept[0];
  // A key that is not on this phone any more may be used up: what was typed under it gets a new one.
  const typed = known ? undefined : last.take(mine.read() ?? "");
  let report = known ?? { ...begun(), ...(typed && { values: typed }) };
  mine.write(report.id);
  report = (await resumed(reports, report)) ?? report;
  putValues(form, report.values);

  let timer: number | undefined;
  let sending: AbortController | undefined;
  let proving = false;
  let isKept = known !== undefined;

  const beginAnew = () => {
    report = begun();
    isKept = false;
    mine.write(report.id);
    form.reset();
    clearErrors();
    clearAnswer();
    say("noted");
  };

  const take = (now: PhoneReport | undefined) => {
    if (now && now.id !== report.id) return;
    if (now) report = now;
    // Another tab has sent it, or deleted it: its key is used up.
    else if (isKept) beginAnew();
    isKept = now !== undefined;
    showReport(form, report);
    clearTimeout(timer);
    if (report.state !== "waiting") return;
    const at = Math.max(report.nextAt, report.heldUntil) - Date.now();
    timer = window.setTimeout(() => void attempt(), Math.max(250, at));
  };

  const read = async () => take((await reports.all()).find(({ id }) => id === report.id));

  const prove = async (challenges: string) => {
    if (proving) return undefined;
    proving = true;
    const controller = new AbortController();
    try {
      return await proofFor(challenges, form.dataset.worker ?? "", controller);
    } catch {
      // The report waits, and the page offers to try again.
      return undefined;
    } finally {
      proving = false;
    }
  };

  /** Sends what waits, as soon as it may be sent. */
  async function attempt(isAsked = false): Promise<void> {
    if (sending || proving || report.state !== "waiting") return;
    // What the device says of its line may be wrong: whoever asks gets an attempt.
    if (!navigator.onLine && !isAsked) return sayWaiting(report);
    const proof = report.challenges ? await prove(report.challenges) : undefined;
    if (report.challenges && !proof) {
      take(await reports.change(report.id, (was) => was && { ...was, nextAt: Date.now() + proofPause }));
      return;
    }
    sending = new AbortController();
    say("sending");
    const after = await sendWaiting(reports, report.id, { stopped: sending, ...(proof && { proof }) });
    sending = undefined;
    take(after);
    tellOthers();
  }

  const saveNow = async () => {
    const values = valuesOf(form);
    const now = await reports.change(report.id, (was) =>
      was && was.state !== "writing" ? was : { ...(was ?? report), values },
    );
    if (now?.state !== "writing") take(now);
    else {
      report = now;
      isKept = true;
      say(lasts ? "writing" : "notLasting", Date.now());
    }
  };

  const send = async () => {
    clearErrors();
    const values = valuesOf(form);
    const body = JSON.stringify(writtenReport(values, form.dataset.placeLine ?? "{place}"));
    const now = await reports.change(report.id, (was = report) => {
      if (was.state !== "writing") return was;
      const { refusal: _, challenges: __, ...rest } = was;
      return { ...rest, values, body, language: language(), state: "waiting", nextAt: 0, heldUntil: 0 };
    });
    if (lasts) void registering.then(sendLater);
    take(now);
    await attempt();
  };

  /** The line is back, or a person asks for it: whatever waits for a line need not wait. A server's wish is kept. */
  const hurry = async (isAsked = false) => {
    take(
      await reports.change(report.id, (was) =>
        was?.state === "waiting" && was.refusal?.status !== 429 ? { ...was, nextAt: 0 } : was,
      ),
    );
    await attempt(isAsked);
  };

  const forget = async (word: string) => {
    await reports.change(report.id, () => undefined);
    tellOthers();
    beginAnew();
    showReport(form, report);
    say(word);
    first<HTMLInputElement>("input, textarea", form)?.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (report.state === "writing") void send();
  });
  whenChanged(form, {
    save: () => void saveNow(),
    leave: () => report.state === "writing" && last.keep(report.id, valuesOf(form)),
  });
  const click = (selector: string, act: () => unknown) =>
    first(selector)?.addEventListener("click", () => void act());
  click("[data-send-now]", () => hurry(true));
  click("[data-forget]", () => forget("deleted"));
  click("[data-receipt-noted]", () => forget("noted"));
  click("[data-edit]", async () =>
    take(
      await reports.change(report.id, (was) =>
        was?.state === "waiting" && was.tries === 0 ? { ...was, state: "writing" } : was,
      ),
    ),
  );
  window.addEventListener("online", () => void hurry());
  window.addEventListener("offline", () => void read());
  window.addEventListener("pageshow", ({ persisted }) => persisted && void read());
  document.addEventListener("visibilitychange", () => !document.hidden && void read());
  whenTold(() => void read());
  // A page that goes away in the middle leaves the report to the next one.
  window.addEventListener("pagehide", () => {
    if (!sending) return;
    sending.abort();
    interrupted.write(report.id);
  });

  take(known && report);
  if (!lasts) say("notLasting");
  show(first("[data-forget]"));
  if (report.state === "waiting") await attempt();
}

if (form)
  void shelfOf("reports").then(
    (reports) => run(form, reports, true),
    () => run(form, shelfOfPage<PhoneReport>(), false),
  );
