/**
 * For a list of which several rows can be ticked. The form works without it.
 *
 * - `input[type=checkbox][data-ticks="n"]` in a form: ticks all boxes of that name in it, or clears them, and is itself ticked
 *   while all of them are.
 */
import { all } from "./parts/elements.ts";

for (const whole of all<HTMLInputElement>("input[data-ticks]")) {
  const boxes = all<HTMLInputElement>(`[name="${whole.dataset.ticks ?? ""}"]`, whole.form ?? document);
  const follow = () => (whole.checked = boxes.every(({ checked }) => checked));
  const lead = () => {
    for (const box of boxes) box.checked = whole.checked;
  };
  whole.addEventListener("change", lead);
  for (const box of boxes) box.addEventListener("change", follow);
  // A browser that comes back remembers what was ticked, and tells it after the script has run.
  addEventListener("pageshow", () => (whole.checked ? lead() : follow()));
}
