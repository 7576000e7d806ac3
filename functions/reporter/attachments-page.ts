import * as z from "zod";
import { beforeSending, uploadForm } from "../../shared/attachment/upload-flow.ts";
import { trackingNumber } from "../../shared/case/tracking-number.ts";
import type { attachmentView } from "../../shared/case/views/attachment-view.ts";
import type { Route } from "../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../shared/http/page/form.ts";
import { leadToNewReceipt, leadToReceipt } from "../../shared/http/page/own-case.ts";
import { actionAt, formAt, type Tried } from "../../shared/http/page/route.ts";
import { keptOpen, openReceipt } from "../../shared/http/page/session.ts";
import type { Visit } from "../../shared/http/page/visit.ts";
import { problemOf } from "../../shared/http/problem.ts";
import { ok, page, type Reply } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { fileForm, fileList, filesSending, type ShownFile } from "../../shared/page/case/files.ts";
import { type Hole, html } from "../../shared/page/html.ts";
import { layout, pageIn } from "../../shared/page/layout.ts";
import { errorSummary, sendButton, type Summary, wrongFields } from "../../shared/page/parts/form.ts";
import { Refusal } from "../../shared/refusal.ts";
import { attachFile } from "./attach-file.ts";
import type { Counter } from "./counter.ts";
import { filesView, listFiles } from "./list-files.ts";

const words = {
  title: { id: "Foto dan berkas", en: "Photos and files" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  safe: {
    id: "Teks laporan Anda sudah tersimpan. Foto boleh menyusul, satu demi satu.",
    en: "The text of your report is stored. Photos may follow, one after another.",
  },
  sent: {
    id: "Terima kasih. Berkas yang sampai ada di daftar di bawah, dan kami periksa sebelum petugas melihatnya.",
    en: "Thank you. What has arrived is in the list below, and we inspect it before officers see it.",
  },
  none: { id: "Belum ada foto atau berkas.", en: "There are no photos or files yet." },
  noMore: {
    id: "Sekarang tidak ada berkas lagi yang dapat dikirim untuk laporan ini. Formulir yang tidak dipakai memberi tempat lagi sesudah 25 menit.",
    en: "No more files can be sent for this report now. A form that was not used makes room again after 25 minutes.",
  },
  waits: { id: "Kami sedang memeriksa berkas Anda", en: "We are inspecting your file" },
  waitsText: {
    id: "Biasanya kurang dari satu menit. Anda tidak perlu menunggu di sini.",
    en: "It usually takes less than a minute. You need not wait here.",
  },
  look: { id: "Lihat lagi sekarang", en: "Look again now" },
  watch: { id: "Perbarui halaman ini otomatis", en: "Refresh this page automatically" },
  watching: {
    id: "Halaman ini diperbarui dalam {seconds} detik.",
    en: "This page refreshes in {seconds} seconds.",
  },
  stopWatching: { id: "Hentikan pembaruan otomatis", en: "Stop refreshing" },
  one: { id: "Kirim satu berkas", en: "Send one file" },
  oneMore: { id: "Kembali tanpa mengirim", en: "Back without sending" },
  leave: { id: "Keluar", en: "Leave" },
} as const satisfies Record<string, Text>;

/** Pauses in seconds between looks at files that are inspected. After the last one people look themselves. */
const pauses = [5, 10, 15, 30, 60, 60, 60];

const path = z.strictObject({ trackingNumber });
const query = z.strictObject({
  terkirim: z.string().max(20).optional(),
  pantau: z.string().max(2).optional(),
});
type Query = z.output<typeof query>;

const addressOf = (number: string): string => `/saya/${number}/lampiran`;

/** A name for a file that the sender gives none. Phones give long ones, and some with folders. */
function nameOf(typed: string, instead: string): string {
  const name = typed
    .replace(/[/\\]/g, "-")
    .replace(/\p{Cc}/gu, " ")
    .trim();
  return name === "" ? instead : [...name].slice(-120).join("").trim();
}

/** `/saya/{trackingNumber}/lampiran`: photos and files, once the text is safe. */
export function attachmentsPage(counter: Counter): Route[] {
  const { frame, evidence } = counter;
  const { siteUrl } = frame;
  const list = listFiles(counter);
  const ask = attachFile(counter);
  /** The form of a page leads back to the page. A script stays where it is. */
  const askForPage = attachFile(counter, (number, language) =>
    siteUrl === undefined
      ? undefined
      : new URL(`${pageIn(language, addressOf(number))}?terkirim=1`, siteUrl).toString(),
  );
  const mostBytes = () => evidence.limits.megabytes * 1024 * 1024;

  const frameOfPage = async (number: string, { language }: Visit, main: Hole, summary?: Summary) =>
    layout({
      language,
      address: addressOf(number),
      files: frame.files,
      title: words.title[language],
      quickExit: true,
      scripts: ["upload.js"],
      buckets: [await (await evidence.files()).origin()],
      summary,
      main: html`<p><a class="link back" href="${pageIn(language, `/saya/${number}`)}">${words.back[language]}</a></p>${main}
<hr><form method="post" action="${pageIn(language, "/keluar")}">${sendButton(words.leave[language], "second")}</form>`,
    });

  /** The files of a case that the visitor has open, or where they are led instead. */
  async function filesOpen(number: string, visit: Visit) {
    const receipt = await openReceipt(frame, visit, number);
    if (receipt === undefined) return { closed: await leadToReceipt(frame, visit, number) };
    try {
      const asked = { path: { trackingNumber: number }, receipt };
      return { ...(await visit.ask(list, asked, filesView)), receipt };
    } catch (error) {
      return { closed: await leadToNewReceipt(error, frame, visit, number) };
    }
  }

  async function show(number: string, visit: Visit, asked: Query, tried: Tried | undefined): Promise<Reply> {
    const { language } = visit;
    const opened = await filesOpen(number, visit);
    if (opened.closed) return opened.closed;
    const { files, mayAttach, receipt } = opened;
    const mine = files.filter(({ by }) => by === "reporter");
    const isWaiting = mine.some(({ state }) => state === "waiting");
    const look = lookAgain(number, language, asked);
    const told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
    const shown = await frameOfPage(
      number,
      visit,
      html`<h1>${words.title[language]}</h1>
${asked.terkirim && !tried && html`<div class="notice" role="status"><p>${words.sent[language]}</p></div>`}
<p>${words.safe[language]}</p>
${isWaiting && look.box}
${mine.length > 0 ? fileList(mine.map(shownFile(number)), language) : html`<p data-upload-none>${words.none[language]}</p>`}
${
  mayAttach
    ? filesSending({
        told,
        address: addressOf(number),
        notice: beforeSending[language],
        mostBytes: mostBytes(),
        mostFiles:
          evidence.limits.files - mine.filter(({ state }) => state === "waiting" || state === "clean").length,
      })
    : html`<p>${words.noMore[language]}</p>`
}`,
      errorSummary(tried?.problem, language),
    );
    return {
      ...page(shown),
      headers: isWaiting && !tried && look.refresh !== undefined ? { refresh: look.refresh } : {},
      cookies: [await keptOpen(frame, visit, number, receipt)],
    };
  }

  /** Asks for a place for one file. */
  const placeFor = async (
    visit: Visit,
    given: { number: string; receipt: string; name: string; type: string; size: number },
    endpoint: typeof ask,
  ) => {
    const { number, receipt, ...body } = given;
    return visit.ask(endpoint, { path: { trackingNumber: number }, receipt, body }, uploadForm);
  };

  const formForOne = async (number: string, visit: Visit, values: FormValues): Promise<Reply> => {
    const { language } = visit;
    const opened = await filesOpen(number, visit);
    if (opened.closed) return opened.closed;
    const { files, receipt } = opened;
    const made = files.filter(({ by }) => by === "reporter").length + 1;
    const name = nameOf(valueOf(values, "name"), language === "id" ? `Berkas ${made}` : `File ${made}`);
    // Without a script nobody knows the file yet: what it is goes by its content, and it may be as large as any.
    const asked = { number, receipt, name, type: "", size: mostBytes() };
    const { upload, notice } = await placeFor(visit, asked, askForPage);
    const shown = await frameOfPage(
      number,
      visit,
      html`<h1>${words.one[language]}: ${name}</h1>
${fileForm({ upload, notice: notice ?? beforeSending[language], mostBytes: mostBytes() }, language)}
<p><a class="link" href="${pageIn(language, addressOf(number))}">${words.oneMore[language]}</a></p>`,
    );
    return { ...page(shown), cookies: [await keptOpen(frame, visit, number, receipt)] };
  };

  /** Answers the script of the page: a form for a file that it knows, or what is wrong with the file. */
  const placeForScript = async (number: string, visit: Visit, values: FormValues): Promise<Reply> => {
    const { language, requestId } = visit;
    const receipt = await openReceipt(frame, visit, number);
    try {
      if (receipt === undefined) throw sessionOver();
      const { upload } = await placeFor(
        visit,
        {
          number,
          receipt,
          name: nameOf(valueOf(values, "name"), "lampiran"),
          type: valueOf(values, "type"),
          size: Number(valueOf(values, "size")) || 0,
        },
        ask,
      );
      return { ...ok(upload), cookies: [await keptOpen(frame, visit, number, receipt)] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const problem = problemOf(error, language, requestId);
      return {
        status: problem.status,
        body: problem,
        bodyType: "application/problem+json",
        headers: { ...error.headers },
      };
    }
  };

  return [
    ...formAt(frame, "/saya/{trackingNumber}/lampiran", {
      input: { path, query },
      show: ({ path, query }, visit, tried) => show(path.trackingNumber, visit, query, tried),
      send: ({ path }, visit, values) => formForOne(path.trackingNumber, visit, values),
    }),
    ...actionAt(frame, "/saya/{trackingNumber}/lampiran/tempat", { path }, ({ path }, visit, values) =>
      placeForScript(path.trackingNumber, visit, values),
    ),
  ];
}

const sessionOver = () =>
  new Refusal("not-signed-in", {
    id: "Laporan ini sudah tertutup sendiri. Buka lagi dengan tanda terimanya, lalu pilih berkasnya lagi.",
    en: "This report was closed on this device. Open it again with its receipt, then choose the file again.",
  });

const shownFile =
  (number: string) =>
  ({ attachmentId, ...file }: z.output<typeof attachmentView>): ShownFile => ({
    ...file,
    open: `/saya/${number}/berkas/${attachmentId}`,
    remove: `/saya/${number}/berkas/${attachmentId}/hapus`,
  });

/** How people see what became of a file: by a link, or by a page that renews itself, which they can stop. */
function lookAgain(number: string, language: Language, { terkirim, pantau }: Query) {
  const here = pageIn(language, addressOf(number));
  const round = pantau === undefined ? (terkirim === undefined ? 0 : 1) : Number(pantau) || 0;
  const seconds = round > 0 ? pauses[round - 1] : undefined;
  const box = html`<div class="turn"><p><strong>${words.waits[language]}</strong>${words.waitsText[language]}</p>
<p>${
    seconds === undefined
      ? html`<a class="link" href="${here}">${words.look[language]}</a> <a class="link" href="${`${here}?pantau=1`}">${words.watch[language]}</a>`
      : html`${words.watching[language].replace("{seconds}", String(seconds))} <a class="link" href="${here}">${words.stopWatching[language]}</a>`
  }</p></div>`;
  return { box, refresh: seconds === undefined ? undefined : `${seconds};url=${here}?pantau=${round + 1}` };
}
