import { all } from "./elements.ts";

export type FormField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const neverKept = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

/** The fields of a form that a person fills in, without those that the page wants nowhere else. */
const fieldsOf = (form: HTMLFormElement): FormField[] =>
  all<FormField>("input[name], textarea[name], select[name]", form).filter(
    (field) => !neverKept.has(field.type) && !field.closest("[data-not-kept]"),
  );

const canBeTicked = (field: FormField): field is HTMLInputElement =>
  field.type === "checkbox" || field.type === "radio";

/** What is filled in, by name. A name without a tick is there too, so that taking a tick away is remembered. */
export function valuesOf(form: HTMLFormElement): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const field of fieldsOf(form)) {
    const ofName = (values[field.name] = values[field.name] ?? []);
    if (!canBeTicked(field) || field.checked) ofName.push(field.value);
  }
  return values;
}

/**
 * Whether a value fits. A list takes what it offers. A suggested subcategory does not replace the main category that the server
 * has read out of it.
 */
const canTake = (field: FormField, value: string): boolean =>
  !(field instanceof HTMLSelectElement) ||
  (Array.from(field.options).some((option) => option.value === value) &&
    !(field.value !== "" && value.startsWith(`${field.value}/`)));

/** Fills a form in again. Fields that nothing is known of stay as they are. */
export function putValues(form: HTMLFormElement, values: Readonly<Record<string, readonly string[]>>): void {
  const taken: Record<string, number> = {};
  for (const field of fieldsOf(form)) {
    const known = values[field.name];
    if (!known) continue;
    if (canBeTicked(field)) field.checked = known.includes(field.value);
    else {
      const place = (taken[field.name] = (taken[field.name] ?? -1) + 1);
      const value = known[place];
      if (value !== undefined && canTake(field, value)) field.value = value;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** A page that is left quickly gets this event: nothing of it is kept any more. */
export const leavesQuickly = "keluar-cepat";

/** Calls back a moment after the last change; and when the page goes away after a change, where only what is done at once is done. */
export function whenChanged(form: HTMLFormElement, { save, leave }: { save(): void; leave(): void }): void {
  let timer: number | undefined;
  let hasChanged = false;
  const now = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    save();
  };
  const soon = () => {
    hasChanged = true;
    clearTimeout(timer);
    timer = window.setTimeout(now, 300);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", now);
  document.addEventListener("visibilitychange", now);
  window.addEventListener("pagehide", () => hasChanged && leave());
  window.addEventListener(leavesQuickly, () => {
    form.removeEventListener("input", soon);
    form.removeEventListener("change", soon);
    clearTimeout(timer);
    timer = undefined;
    hasChanged = false;
  });
}
