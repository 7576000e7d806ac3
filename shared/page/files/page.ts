/**
 * For every page. Each page works without it.
 *
 * - `.summary` (tabindex -1): takes the focus when the page has loaded.
 * - `button[data-copy="#id"][hidden]`: copies the text of the element; `data-value` on that element is copied instead of its
 *   text. Words: `data-done`, `data-failed` (then the text is marked, ready to be copied by hand).
 * - `button[data-print][hidden]`: prints.
 * - `button[data-download="#id"][hidden]`: saves the text of an element as a file; a `<template>` with `<p>` or `<pre>` will do.
 *   `data-name` is the name of the file.
 * - `form[data-once]`: is sent once. Word for its button meanwhile: `data-busy`, on the form.
 * - `textarea[data-limit="10000"]`: says how many characters are left. Words: `data-left="Sisa {n} huruf"`,
 *   `data-over="{n} huruf terlalu banyak"`. Give it no `maxlength`: a text that is too long must not be cut.
 * - `form[data-quick-exit="https://…"]` with one button, the form that ends the sitting: tells the server, empties the page,
 *   deletes what is kept on the phone and leaves for that address. `a[data-quick-exit][href]` or `button[data-quick-exit="https://…"]` inside such a form will do, too.
 *   `body[data-escape-leaves]`: Escape three times does the same.
 * - `button[data-locate][hidden]` in a form with inputs `location.latitude` and `location.longitude`: fills them. Words:
 *   `data-busy`, `data-found="… {meters} …"`, `data-denied`, `data-unavailable`, `data-late`.
 */
import { all, first, language, mainButton, pageWords, sayAfter, show } from "./parts/elements.ts";
import { leavesQuickly } from "./parts/fields.ts";
import { tellOthers } from "./parts/other-tabs.ts";
import { emptyPhone } from "./parts/phone-store.ts";
import { countCharacters } from "./parts/writing.ts";

const named = (selector: string | undefined): HTMLElement | null => (selector ? first(selector) : null);

/** Marks a text, so that it can be copied by hand. */
function mark(element: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

async function copy(button: HTMLElement): Promise<void> {
  const from = named(button.dataset.copy);
  if (!from) return;
  try {
    await navigator.clipboard.writeText(from.dataset.value ?? from.textContent?.trim() ?? "");
    sayAfter(button, pageWords(button, "done"));
  } catch {
    mark(from);
    sayAfter(button, pageWords(button, "failed"));
  }
}

/** The text of an element, line by line, without the indents of the markup. */
const linesOf = (element: HTMLElement): string => {
  const node: ParentNode & Node = element instanceof HTMLTemplateElement ? element.content : element;
  const blocks = all("p, pre, li, dt, dd, h1, h2, h3", node);
  const texts = blocks.length > 0 ? blocks.map((block) => block.textContent) : [node.textContent];
  return texts.map((text) => (text ?? "").trim()).join("\r\n");
};

function download(button: HTMLElement): void {
  const from = named(button.dataset.download);
  if (!from) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([linesOf(from), "\r\n"], { type: "text/plain;charset=utf-8" }));
  link.download = button.dataset.name ?? "";
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Makes a button work that the markup hides. */
function offer(selector: string, act: (button: HTMLElement) => unknown): void {
  for (const button of all(selector)) {
    sayAfter(button, "");
    show(button);
    button.addEventListener("click", () => void act(button));
  }
}

const sent = new Map<HTMLFormElement, () => void>();

/** Forms are told when all others have had their say, so that a submission that was stopped is none. */
function sendOnce(event: Event): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("once" in form.dataset) || event.defaultPrevented) return;
  if (sent.has(form)) return event.preventDefault();
  const buttons = all<HTMLButtonElement>("button:not([type=button])", form);
  const words = buttons.map((button) => button.textContent);
  sent.set(form, () =>
    buttons.forEach((button, index) => {
      button.disabled = false;
      button.textContent = words[index] ?? "";
      sayAfter(button, "");
    }),
  );
  // A disabled button would not send its name and value: it is disabled when the browser has read the form.
  setTimeout(() => {
    if (!sent.has(form)) return;
    for (const button of buttons) button.disabled = true;
    const main = mainButton(form);
    if (main && form.dataset.busy) sayAfter(main, form.dataset.busy);
  });
}

function takeBack(): void {
  for (const undo of sent.values()) undo();
  sent.clear();
}

function count(area: HTMLTextAreaElement): void {
  const limit = Number(area.dataset.limit);
  let timer = 0;
  const tell = () => {
    const left = limit - countCharacters(area.value);
    const n = Math.abs(left).toLocaleString(language());
    // Whoever listens while writing hears of it near the end only.
    sayAfter(area, pageWords(area, left < 0 ? "over" : "left", { n }), left > limit / 10);
  };
  tell();
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(tell, 400);
  });
}

const leftMark = "keluar-cepat";

/** Storage may be shut; whoever leaves has to get away all the same. */
function remember(change: () => void): void {
  try {
    change();
  } catch {
    // Without the mark, "back" asks the server, which shows nothing any more.
  }
}

/** So long whoever leaves waits at the most for the phone to delete what it keeps. The page is empty by then. */
const longestFarewell = 500;

/** Takes what was written off the phone: drafts, reports that wait, and what this tab remembers. */
async function forgetWritten(): Promise<void> {
  dispatchEvent(new Event(leavesQuickly));
  remember(() => sessionStorage.clear());
  const late = new Promise<void>((resolve) => setTimeout(resolve, longestFarewell));
  // Where the browser keeps nothing, there is nothing to delete.
  await Promise.race([emptyPhone().then(tellOthers, () => undefined), late]);
}

/** Empties the page at once, because a bad line may take long to bring the next one. */
async function leave(exit: HTMLElement): Promise<void> {
  const to = exit.dataset.quickExit || exit.getAttribute("href") || "about:blank";
  // Without a line the server learns of it with the next page that anybody opens here.
  document.cookie = "__Host-pergi=1; Path=/; Secure; SameSite=Lax; Max-Age=86400";
  const form = exit.closest("form");
  if (form) {
    const said = new URLSearchParams(new FormData(form) as never);
    // The page itself leads away, so the answer must not: a beacon would follow it to another site.
    said.set("diam", "ya");
    navigator.sendBeacon(form.action, said);
  }
  document.title = "";
  document.body.textContent = "";
  await forgetWritten();
  remember(() => sessionStorage.setItem(leftMark, to));
  location.replace(to);
}

/**
 * Somebody presses "back" after a quick exit: each page of ours leaves again, and its entry is replaced. In place of a report there
 * may stand a page that asks for its receipt.
 */
function leaveAgain(fromMemory: boolean): void {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  remember(() => {
    const to = sessionStorage.getItem(leftMark);
    if (to && (fromMemory || entry?.type === "back_forward")) {
      document.body.textContent = "";
      location.replace(to);
    } else sessionStorage.removeItem(leftMark);
  });
}

function quickExit(exit: HTMLElement): void {
  exit.addEventListener(exit instanceof HTMLFormElement ? "submit" : "click", (event) => {
    event.preventDefault();
    void leave(exit);
  });
}

function escapeLeaves(exit: HTMLElement): void {
  let pressed: number[] = [];
  window.addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (key !== "Escape") pressed = [];
    else if (!repeat) pressed = [...pressed.filter((at) => timeStamp - at < 3_000), timeStamp];
    if (pressed.length >= 3) void leave(exit);
  });
}

const faults = ["", "denied", "unavailable", "late"];

function locate(button: HTMLElement): void {
  const form = button.closest("form") ?? document;
  const put = (name: string, degrees: number) => {
    const input = first<HTMLInputElement>(`[name="location.${name}"]`, form);
    if (!input) return;
    // About a metre. More digits tell which phone it was, and no more about the place.
    input.value = degrees.toFixed(5);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  sayAfter(button, pageWords(button, "busy"));
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      put("latitude", coords.latitude);
      put("longitude", coords.longitude);
      sayAfter(button, pageWords(button, "found", { meters: Math.ceil(coords.accuracy) }));
    },
    ({ code }) => sayAfter(button, pageWords(button, faults[code] ?? "unavailable")),
    { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
  );
}

const exit = first("[data-quick-exit]");
leaveAgain(false);
window.addEventListener("pageshow", ({ persisted }) => {
  takeBack();
  if (persisted) leaveAgain(true);
});
first(".summary")?.focus();
offer("[data-copy]", copy);
offer("[data-print]", () => print());
offer("[data-download]", download);
if ("geolocation" in navigator) offer("[data-locate]", locate);
all<HTMLTextAreaElement>("textarea[data-limit]").forEach(count);
all("[data-quick-exit]").forEach(quickExit);
if (exit && "escapeLeaves" in document.body.dataset) escapeLeaves(exit);
document.addEventListener("submit", sendOnce);
