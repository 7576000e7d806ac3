/**
 * Sends several files one after another, for the form that sends one file straight to the bucket without it.
 *
 * - `form[data-upload][data-ask="/saya/…/lampiran/formulir"]`: for each file the script posts `name`, `type`, `size` (of what is
 *   really sent) and, where the tick says so, `original=yes` to that address (application/x-www-form-urlencoded), and gets JSON
 *   `{url, fields}`: a presigned form without `success_action_redirect`, which a script cannot follow to another origin. A
 *   problem's `detail` is shown at the file. `data-most-files`, `data-most-bytes` are the limits. The bucket has to allow `POST`
 *   from this site (CORS), and `connect-src` of the page names it.
 * - `input[type=file]` inside; the script makes it take several. `input[type=checkbox][data-original]`: "send the original as
 *   evidence"; without it photos are shrunk.
 * - `[data-files][hidden]` inside: gets a line a file, from its `<template>` of one element with `[data-file-name]`,
 *   `[data-file-state]` (role="status"), `progress`, `button[type=button][data-file-cancel]`, `button[type=button][data-file-again]`.
 *   Words on `[data-files]`: `data-waiting`, `data-shrinking`, `data-sending="{percent} %"`, `data-sent`, `data-retrying="… {seconds} …"`,
 *   `data-failed`, `data-cancelled`, `data-too-large="… {size} … {most} …"` (in MB), `data-too-many="… {most} …"`.
 * - The form itself may be `hidden`: the script shows it, and hides every `[data-without-script]` on the page.
 * - `[data-upload-none]`, anywhere: says that there are no files, and is hidden once one is sent.
 * - `[data-upload-done][hidden]`: shown when all files are through; holds a link to the page itself, with the state of the inspection.
 */
import { all, copyOf, first, language, pageWords, show } from "./parts/elements.ts";
import { smallerPhoto } from "./parts/smaller-photo.ts";

/** Seconds between attempts after a broken line. After the last one the person decides. */
const pauses = [2, 5, 15, 30];

interface Line {
  element: HTMLElement;
  file: File;
  stop: AbortController;
}

/** What no further attempt changes. */
class UploadRefused extends Error {}

const inMegabytes = (bytes: number): string =>
  (bytes / 1024 / 1024).toLocaleString(language(), { maximumFractionDigits: 1 });

async function askForm(ask: string, file: File, original: boolean, signal: AbortSignal) {
  const response = await fetch(ask, {
    method: "POST",
    headers: { accept: "application/json", "accept-language": language() },
    body: new URLSearchParams({
      name: file.name,
      type: file.type,
      size: String(file.size),
      ...(original && { original: "yes" }),
    }),
    credentials: "same-origin",
    signal,
  });
  if (response.ok) return (await response.json()) as { url: string; fields: Record<string, string> };
  // An answer that is no JSON comes from something else than the site, and explains nothing.
  const { detail = "", errors = [] } = (await response.json().catch(() => ({}))) as {
    detail?: string;
    errors?: { message: string }[];
  };
  const said = errors.map(({ message }) => message).join(" ") || detail;
  if (response.status < 500 && response.status !== 408) throw new UploadRefused(said);
  throw new Error(said);
}

/** `fetch` tells nothing of how far a body has gone. */
const post = (
  { url, fields }: { url: string; fields: Record<string, string> },
  file: File,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = new FormData();
    for (const name of Object.keys(fields)) body.append(name, fields[name] ?? "");
    // S3 ignores what stands behind the file.
    body.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) =>
      lengthComputable && onProgress(loaded / total);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      // The bucket refuses an expired or altered form: another one may do.
      else reject(new Error(String(request.status)));
    };
    request.onerror = request.ontimeout = () => reject(new Error("line"));
    request.onabort = () => reject(new Error("stopped"));
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });

/** Waits, but no longer than until the line is back or the person cancels. */
const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });

function uploads(form: HTMLFormElement): void {
  const input = first<HTMLInputElement>('input[type="file"]', form);
  const place = first("[data-files]", form);
  const template = place && first<HTMLTemplateElement>("template", place);
  if (!input || !place || !template || !form.dataset.ask) return;
  const ask = form.dataset.ask;
  const mostFiles = Number(form.dataset.mostFiles) || Infinity;
  const mostBytes = Number(form.dataset.mostBytes) || Infinity;
  const lines: Line[] = [];
  let taken = 0;
  let isBusy = false;
  input.multiple = true;
  // With a script the form needs no place that was asked for before.
  show(form);
  for (const one of all("[data-without-script]")) one.hidden = true;

  const say = ({ element }: Line, name: string, values: Record<string, string | number> = {}, more = "") => {
    const state = first("[data-file-state]", element);
    const text = [pageWords(place, name, values), more].filter(Boolean).join(" ");
    // The same percentage is not said twice.
    if (state && state.textContent !== text) state.textContent = text;
  };
  const button = (line: Line, name: "cancel" | "again", shown: boolean) =>
    show(first(`[data-file-${name}]`, line.element), shown);
  const progress = (line: Line, share: number | undefined) => {
    const bar = first<HTMLProgressElement>("progress", line.element);
    if (!bar) return;
    bar.hidden = share === undefined;
    bar.value = share ?? 0;
    bar.max = 1;
  };

  const sendOnce = async (line: Line, file: File, original: boolean) => {
    const form = await askForm(ask, file, original, line.stop.signal);
    let said = -1;
    await post(form, file, line.stop.signal, (share) => {
      progress(line, share);
      // A screen reader hears each quarter only.
      const quarter = Math.floor(share * 4) * 25;
      if (quarter !== said) say(line, "sending", { percent: (said = quarter) });
    });
  };

  const sendOne = async (line: Line): Promise<void> => {
    const original = !!first<HTMLInputElement>("[data-original]", form)?.checked;
    const { signal } = line.stop;
    if (!original) say(line, "shrinking");
    const file = original ? line.file : await smallerPhoto(line.file);
    if (signal.aborted) return;
    if (file.size > mostBytes)
      return say(line, "tooLarge", { size: inMegabytes(file.size), most: inMegabytes(mostBytes) });
    for (const seconds of [...pauses, undefined]) {
      say(line, "sending", { percent: 0 });
      progress(line, 0);
      try {
        await sendOnce(line, file, original);
        progress(line, 1);
        return say(line, "sent");
      } catch (fault) {
        progress(line, undefined);
        if (signal.aborted) return;
        if (fault instanceof UploadRefused || seconds === undefined) {
          button(line, "again", true);
          return say(line, "failed", {}, fault instanceof UploadRefused ? fault.message : "");
        }
        say(line, "retrying", { seconds });
        await pause(seconds, signal);
        if (signal.aborted) return;
      }
    }
  };

  /** One after another: a bad line carries one file better than three. */
  const sendAll = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let line = lines.shift(); line; line = lines.shift()) {
      if (line.stop.signal.aborted) continue;
      await sendOne(line);
      button(line, "cancel", false);
    }
    isBusy = false;
    show(first("[data-upload-done]", form));
  };

  const queue = (line: Line) => {
    button(line, "cancel", true);
    button(line, "again", false);
    progress(line, undefined);
    say(line, "waiting");
    lines.push(line);
  };

  const add = (file: File) => {
    const element = copyOf(template);
    const line: Line = { element, file, stop: new AbortController() };
    place.append(element);
    const name = first("[data-file-name]", element);
    if (name) name.textContent = file.name;
    for (const one of all("button", element))
      one.setAttribute("aria-label", `${one.textContent?.trim() ?? ""}: ${file.name}`);
    first("[data-file-cancel]", element)?.addEventListener("click", () => {
      line.stop.abort();
      progress(line, undefined);
      button(line, "cancel", false);
      button(line, "again", true);
      say(line, "cancelled");
    });
    first("[data-file-again]", element)?.addEventListener("click", () => {
      line.stop = new AbortController();
      queue(line);
      void sendAll();
    });
    button(line, "cancel", false);
    button(line, "again", false);
    progress(line, undefined);
    if (taken >= mostFiles) return say(line, "tooMany", { most: mostFiles });
    // A photo gets smaller before it is sent; anything else is told at once.
    if (file.size > mostBytes && !file.type.startsWith("image/"))
      return say(line, "tooLarge", { size: inMegabytes(file.size), most: inMegabytes(mostBytes) });
    taken++;
    queue(line);
  };

  form.addEventListener("submit", (event) => {
    const files = Array.from(input.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    show(place);
    show(first("[data-upload-done]", form), false);
    show(first("[data-upload-none]"), false);
    files.forEach(add);
    input.value = "";
    void sendAll();
  });
}

all<HTMLFormElement>("form[data-upload]").forEach(uploads);
