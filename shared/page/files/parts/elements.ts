/** The elements that a selector finds. */
export const all = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] =>
  Array.from(within.querySelectorAll<E>(selector));

export const first = <E extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): E | null => within.querySelector<E>(selector);

/** The button that a form is there for: not one beside it, and not the hidden one that answers the Enter key. */
export const mainButton = (form: HTMLFormElement): HTMLButtonElement | null =>
  first<HTMLButtonElement>(".button:not(.second):not([type=button])", form) ??
  first<HTMLButtonElement>("button:not([type=button]):not([hidden])", form);

/** Shows what the markup hides from browsers without scripts. */
export const show = (element: HTMLElement | null, shown = true): void => {
  if (element) element.hidden = !shown;
};

/** Puts values into a text of the page: "{n} huruf lagi". */
const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** A text that the page keeps for the script in a data attribute. */
export const pageWords = (
  element: HTMLElement,
  name: string,
  values: Readonly<Record<string, string | number>> = {},
): string => fill(element.dataset[name] ?? "", values);

/** A copy of what a template of the page holds. */
export const copyOf = (template: HTMLTemplateElement): HTMLElement =>
  (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;

const lines = new WeakMap<Element, HTMLElement>();

/**
 * Says something after an element, where screen readers wait for it. The line has to stand there before it says something, so
 * make it early with an empty text. What is quiet is there to be read, and not said aloud when it changes.
 */
export function sayAfter(element: HTMLElement, text: string, isQuiet = false): void {
  let line = lines.get(element);
  if (!line) {
    line = document.createElement("span");
    line.setAttribute("role", "status");
    line.className = "hint";
    element.after(line);
    lines.set(element, line);
  }
  line.setAttribute("aria-live", isQuiet ? "off" : "polite");
  line.textContent = text;
}

export const language = (): string => document.documentElement.lang || "id";

/** A moment as people write it, in the zone of the device. */
export const momentInWords = (at: number): string =>
  new Date(at).toLocaleString(language() === "en" ? "en-GB" : "id-ID", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
