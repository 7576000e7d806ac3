/**
 * Checks the history of a case in the browser: it fetches the proof from our own origin and hashes every event again.
 *
 * - `button[data-check-history="/v1/cases/…/proof"][hidden]`: checks. Words: `data-working`, `data-right="… {events} … {hashed} …"`,
 *   `data-wrong="… {n} …"`, `data-unable` (the browser or the line is too old or too bad for it).
 */
import { all, pageWords, sayAfter, show } from "./parts/elements.ts";
import { checkHistory, type ShownHistory } from "./parts/history-check.ts";

async function resultOf(button: HTMLElement): Promise<string> {
  try {
    const answer = await fetch(button.dataset.checkHistory ?? "", { credentials: "omit" });
    if (!answer.ok) throw new Error("The history was not given");
    const { events, hashed, wrongAt } = await checkHistory((await answer.json()) as ShownHistory);
    return wrongAt === undefined
      ? pageWords(button, "right", { events, hashed })
      : pageWords(button, "wrong", { n: wrongAt });
  } catch {
    return pageWords(button, "unable");
  }
}

// Browsers hash on pages of https only, and on this machine.
if (window.isSecureContext)
  for (const button of all<HTMLButtonElement>("button[data-check-history]")) {
    sayAfter(button, "");
    show(button);
    button.addEventListener("click", () => {
      button.disabled = true;
      sayAfter(button, pageWords(button, "working"));
      void resultOf(button).then((result) => {
        button.disabled = false;
        sayAfter(button, result);
      });
    });
  }
