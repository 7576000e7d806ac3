/**
 * For the pages of a report: keeps drafts on the phone, if the person says so, and readies the form for being offline. Nothing is
 * kept without the tick.
 *
 * - `form[data-draft]`: its fields are kept by their names. Never kept: hidden fields, passwords, files, and what stands in
 *   `[data-not-kept]` (a NIK, say).
 * - `form[data-no-line]`: words for a form that is sent while the device knows that it has no line; it is not sent then.
 * - `[data-keep-box][hidden]`: shown where the browser can keep things. Inside: `input[type=checkbox][data-keep]` without a name,
 *   with words that say on which device and in which browser it is kept, and `[data-kept]` with role="status", whose
 *   `data-words="Tersimpan di perangkat ini, {time}"`, `data-deleted` and `data-failed` say what is kept.
 * - `[data-drafts-box][hidden]`: shown if there are drafts besides the one in the form. Inside: `[data-drafts]`, filled from its `<template>` of one element
 *   with `[data-draft-title]`, `[data-draft-time]`, `button[data-draft-open]`, `button[data-draft-delete]`. `data-untitled` on
 *   `[data-drafts]`: the title of a draft without one.
 * - `[data-draft-done]` anywhere, such as on the page with the receipt: the draft of this tab is deleted.
 * - `form[data-draft-removes]`, whose button deletes the draft on the server: the draft of this tab goes, too.
 * - `[data-unsent][hidden]`: shown if a report waits on this phone to be sent; holds a link to `/lapor/tanpa-sinyal`.
 * - Policy of the page: `trusted-types offline-worker`, `worker-src 'self'`, `connect-src 'self'`.
 */
import {
  all,
  copyOf,
  first,
  mainButton,
  momentInWords,
  pageWords,
  sayAfter,
  show,
} from "./parts/elements.ts";
import { putValues, valuesOf, whenChanged } from "./parts/fields.ts";
import type { PhoneDraft, PhoneReport, Shelf } from "./parts/kept.ts";
import { registerOfflineWorker } from "./parts/offline-worker.ts";
import { shelfOf } from "./parts/phone-store.ts";
import { lastWords, randomId, tabMemory } from "./parts/tab-memory.ts";

const mine = tabMemory("draf");
const last = lastWords("draf-terakhir");
/** The draft that this tab was deleting when the page went away. */
const removed = tabMemory("draf-dihapus");

/** The line where the page says what is kept. */
function tell(name: "words" | "deleted" | "failed", at = 0): void {
  const kept = first("[data-kept]");
  if (kept) kept.textContent = pageWords(kept, name, { time: at ? momentInWords(at) : "" });
}

const tick = (): HTMLInputElement | null => first<HTMLInputElement>("[data-keep]");

function untick(): void {
  const box = tick();
  if (box) box.checked = false;
  mine.write(undefined);
}

const withValues = (id: string, was: PhoneDraft | undefined, values: PhoneDraft["values"]): PhoneDraft => {
  const all = { ...was?.values, ...values };
  return { id, title: all.title?.[0]?.trim() ?? "", savedAt: Date.now(), values: all };
};

/** A draft that another tab has deleted stays deleted. */
async function save(drafts: Shelf<PhoneDraft>, form: HTMLFormElement, isNew: boolean): Promise<void> {
  const id = mine.read();
  if (id === undefined) return;
  const values = valuesOf(form);
  try {
    const kept = await drafts.change(id, (was) => (was || isNew ? withValues(id, was, values) : undefined));
    if (kept) tell("words", kept.savedAt);
    else untick();
  } catch {
    tell("failed");
  }
}

async function remove(drafts: Shelf<PhoneDraft>, id: string): Promise<void> {
  if (id === mine.read()) untick();
  last.take(id);
  try {
    await drafts.change(id, () => undefined);
    tell("deleted");
  } catch {
    tell("failed");
  }
}

async function restore(drafts: Shelf<PhoneDraft>, form: HTMLFormElement): Promise<void> {
  const id = mine.read();
  const values = id === undefined ? undefined : last.take(id);
  if (id !== undefined && values) await drafts.change(id, (was) => was && withValues(id, was, values));
  const draft = (await drafts.all()).find((one) => one.id === id);
  const box = tick();
  if (box) box.checked = !!draft;
  if (!draft) return mine.write(undefined);
  putValues(form, draft.values);
  tell("words", draft.savedAt);
}

/** Whoever pressed a button that is gone goes on at the next one. */
function keepFocus(): void {
  if (document.activeElement === document.body) (first("[data-draft-delete]") ?? tick())?.focus();
}

/** Lists the drafts, the newest first. */
async function list(drafts: Shelf<PhoneDraft>, form: HTMLFormElement): Promise<void> {
  const place = first("[data-drafts]");
  const template = place && first<HTMLTemplateElement>("template", place);
  if (!place || !template) return;
  const kept = (await drafts.all()).sort((a, b) => b.savedAt - a.savedAt);
  while (template.nextSibling) template.nextSibling.remove();
  for (const draft of kept) {
    const line = copyOf(template);
    const title = draft.title || pageWords(place, "untitled");
    const put = (name: string, text: string) => {
      const element = first(`[data-draft-${name}]`, line);
      if (element) element.textContent = text;
    };
    put("title", title);
    put("time", momentInWords(draft.savedAt));
    const act = (name: string, click: () => Promise<void>) => {
      const button = first(`[data-draft-${name}]`, line);
      // Several lines have the same words: the title tells them apart.
      button?.setAttribute("aria-label", `${button.textContent?.trim() ?? ""}: ${title}`);
      button?.addEventListener(
        "click",
        () =>
          void click()
            .then(() => list(drafts, form))
            .then(keepFocus),
      );
    };
    act("open", async () => {
      mine.write(draft.id);
      await restore(drafts, form);
      first('input:not([type="hidden"]), textarea, select', form)?.focus();
    });
    act("delete", () => remove(drafts, draft.id));
    place.append(line);
  }
  const box = first("[data-drafts-box]");
  // The draft that stands in the form opens no list of itself.
  const hasOthers = kept.some(({ id }) => id !== mine.read());
  show(box, hasOthers || (kept.length > 0 && !box?.hidden));
}

/** Words beside the button, where the device says itself that there is no line: the browser's own page would take the form away. */
function stopWithoutLine(form: HTMLFormElement): void {
  const words = form.dataset.noLine;
  const button = mainButton(form);
  if (!words || !button) return;
  sayAfter(button, "");
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return sayAfter(button, "");
    event.preventDefault();
    sayAfter(button, words);
  });
  window.addEventListener("online", () => sayAfter(button, ""));
}

async function keepDrafts(
  form: HTMLFormElement | null,
  drafts: Shelf<PhoneDraft>,
  reports: Shelf<PhoneReport>,
): Promise<void> {
  const gone = removed.read();
  const done = first("[data-draft-done]") ? mine.read() : undefined;
  for (const id of [gone, done]) if (id !== undefined) await remove(drafts, id);
  removed.write(undefined);
  const waiting = (await reports.all()).filter(({ state }) => state !== "writing");
  show(first("[data-unsent]"), waiting.length > 0);
  if (!form) return;
  await restore(drafts, form);
  await list(drafts, form);
  show(first("[data-keep-box]"));
  whenChanged(form, {
    save: () => void save(drafts, form, false),
    leave() {
      const id = mine.read();
      if (id !== undefined) last.keep(id, valuesOf(form));
    },
  });
  tick()?.addEventListener("change", ({ target }) => {
    const id = mine.read();
    if (!(target as HTMLInputElement).checked) {
      if (id !== undefined) void remove(drafts, id).then(() => list(drafts, form));
      return;
    }
    mine.write(id ?? randomId());
    void save(drafts, form, true).then(() => list(drafts, form));
  });
  // Another tab may have deleted one, or "back" may have brought this page from memory.
  window.addEventListener("pageshow", ({ persisted }) => persisted && void list(drafts, form));
  document.addEventListener("visibilitychange", () => !document.hidden && void list(drafts, form));
}

const form = first<HTMLFormElement>("form[data-draft]");
all<HTMLFormElement>("form[data-no-line]").forEach(stopWithoutLine);
for (const each of all("form[data-draft-removes]"))
  each.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    removed.write(mine.read());
    mine.write(undefined);
  });
void Promise.all([shelfOf("drafts"), shelfOf("reports")]).then(
  ([drafts, reports]) => keepDrafts(form, drafts, reports),
  () => {
    // This browser keeps nothing (some private windows): the tick stays hidden, and the pages work as without it.
  },
);
if (form) void registerOfflineWorker();
