/**
 * Solves a challenge (ALTCHA) for a form, for pages that ask for work in floods. Without it the form is sent as it is, and the
 * server answers its waiting page.
 *
 * - `form[data-proof="/v1/challenges"]`: the address that gives the challenge. `data-worker`: the address of `proof-worker.js`.
 *   `data-proof-auto` starts at once, for the waiting page itself.
 * - `input[type=hidden][name=proof]` inside: gets what goes into the header Proof-Of-Work.
 * - `[data-proof-state][hidden]` inside, with role="status": shown while it works. Words: `data-working="… {seconds} …"`,
 *   `data-sending`, `data-failed` (the form goes without a proof), `data-cancelled`.
 * - `button[type=button][data-proof-cancel][hidden]` inside: stops it; everything typed stays.
 * - Policy of the page: `trusted-types proof-worker`, `worker-src 'self'`, `connect-src 'self'`.
 */
import { all, first, pageWords, show } from "./parts/elements.ts";
import { proofFor } from "./parts/proof-of-work.ts";

/** Sends a form as its button would: with the button's name, and with the checks of other scripts. */
function send(form: HTMLFormElement, button: HTMLButtonElement | null): void {
  if (typeof form.requestSubmit === "function") return form.requestSubmit(button ?? undefined);
  if (button?.name) {
    const stands = document.createElement("input");
    stands.type = "hidden";
    stands.name = button.name;
    stands.value = button.value;
    form.append(stands);
  }
  form.submit();
}

function solveFor(form: HTMLFormElement): void {
  const field = first<HTMLInputElement>('input[name="proof"]', form);
  const state = first("[data-proof-state]", form);
  const cancel = first("[data-proof-cancel]", form);
  if (!field || !state) return;
  let working: AbortController | undefined;
  let isReady = false;

  const say = (name: string, seconds = 0): void => {
    show(state);
    state.textContent = pageWords(state, name, { seconds });
  };

  const work = async (button: HTMLButtonElement | null) => {
    const controller = (working = new AbortController());
    const began = Date.now();
    const clock = setInterval(() => say("working", Math.round((Date.now() - began) / 1000)), 5_000);
    say("working");
    show(cancel);
    let proof: string | undefined;
    let failed = false;
    try {
      proof = await proofFor(form.dataset.proof || "/v1/challenges", form.dataset.worker ?? "", controller);
    } catch {
      failed = true;
    }
    clearInterval(clock);
    show(cancel, false);
    working = undefined;
    if (controller.signal.aborted) return say("cancelled");
    field.value = proof ?? "";
    // The server decides. Without a proof it answers its waiting page, which keeps the text.
    say(failed || !proof ? "failed" : "sending");
    isReady = true;
    send(form, button);
  };

  form.addEventListener("submit", (event) => {
    if (isReady) return;
    event.preventDefault();
    if (!working) void work((event.submitter as HTMLButtonElement | null | undefined) ?? null);
  });
  cancel?.addEventListener("click", () => working?.abort());
  window.addEventListener("pageshow", ({ persisted }) => {
    // A proof counts once: whoever comes back by "back" gets another one.
    if (!persisted) return;
    isReady = false;
    field.value = "";
    show(state, false);
  });
  if ("proofAuto" in form.dataset) void work(null);
}

all<HTMLFormElement>("form[data-proof]").forEach(solveFor);
