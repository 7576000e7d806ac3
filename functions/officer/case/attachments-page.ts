import * as z from "zod";
import { uploadForm } from "../../../shared/attachment/upload-flow.ts";
import { trackingNumber } from "../../../shared/case/tracking-number.ts";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { type FormValues, valueOf } from "../../../shared/http/page/form.ts";
import { officerActionAt, officerFormAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import type { Tried } from "../../../shared/http/page/route.ts";
import { problemOf, refusalHeaders } from "../../../shared/http/problem.ts";
import { ok, page, type Reply } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { fileForm, filesSending } from "../../../shared/page/case/files.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { pageIn } from "../../../shared/page/layout.ts";
import { filesSeen } from "../../../shared/page/officer/case/case-files.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import { addressOfMove, officersCase } from "../../../shared/page/officer/move-addresses.ts";
import { errorSummary, type Summary, wrongFields } from "../../../shared/page/parts/form.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { attachFile } from "../attach-file.ts";
import type { Desk } from "../desk.ts";
import { type CaseSeen, caseSeenBy, noCasePage } from "./seen.ts";

const words = {
  title: { id: "Lampirkan berkas", en: "Attach a file" },
  back: { id: "Kembali ke laporan", en: "Back to the report" },
  what: {
    id: "Kirim foto atau PDF yang menunjukkan apa yang sudah dikerjakan. Pelapor membaca yang Anda jadikan bukti.",
    en: "Send a photo or PDF that shows what was done. The reporter reads what you use as evidence.",
  },
  before: {
    id: "Kami menghapus keterangan kamera, lokasi, waktu, dan penulis dari salinannya. Yang terlihat tetap ada: wajah, pelat nomor, nama, tanda tangan. Tutupi dulu yang tidak perlu. Dokumen Word dan Excel simpan dulu sebagai PDF.",
    en: "We remove camera, position, time and author from the copy. What is seen stays: faces, number plates, names, signatures. Cover first what is not needed. Save Word and Excel documents as PDF first.",
  },
  kinds: {
    id: "Foto, PDF, video, atau rekaman suara. Paling besar {most} MB setiap berkas.",
    en: "Photos, PDF, videos or sound recordings. At most {most} MB each.",
  },
  sent: {
    id: "Berkas yang sampai ada di daftar di bawah. Kami memeriksanya, biasanya kurang dari satu menit.",
    en: "What has arrived is in the list below. We inspect it, usually within a minute.",
  },
  ours: { id: "Berkas dari petugas", en: "Files of officers" },
  noMore: {
    id: "Sekarang tidak ada berkas yang dapat dilampirkan pada laporan ini.",
    en: "No file can be attached to this report now.",
  },
  look: { id: "Lihat lagi sekarang", en: "Look again now" },
  toAnswer: { id: "Kembali ke jawaban", en: "Back to the answer" },
  ready: {
    id: "Berkas sudah diperiksa dan dapat dijadikan bukti.",
    en: "The file is inspected and can be used as evidence.",
  },
  one: { id: "Kirim satu berkas", en: "Send one file" },
  without: { id: "Kembali tanpa mengirim", en: "Back without sending" },
} as const satisfies Record<string, Text>;

/** The pages of moves that lead here for evidence, by the word in the address. */
const leadingHere = { jawab: "answer", "ralat-jawaban": "correct-answer" } as const;
type LedFrom = keyof typeof leadingHere;

const path = z.strictObject({ trackingNumber });
const query = z.strictObject({
  terkirim: z.string().max(5).optional(),
  untuk: z.enum(Object.keys(leadingHere) as [LedFrom, ...LedFrom[]]).optional(),
});
type Query = z.output<typeof query>;

/** A name for a file that the sender gives none. Phones give long ones, and some with folders. */
function nameOf(typed: string, instead: string): string {
  const name = typed
    .replace(/[/\\]/g, "-")
    .replace(/\p{Cc}/gu, " ")
    .trim();
  return name === "" ? instead : [...name].slice(-120).join("").trim();
}

const ofOfficers = ({ view }: CaseSeen) => (view.attachments ?? []).filter(({ by }) => by !== "reporter");

/** `/petugas/laporan/{trackingNumber}/lampirkan`: a file of an officer, straight to the bucket. It leads back to the answer that it is for. */
export function attachmentsPages(desk: Desk, show: Endpoint): Route[] {
  const { frame, evidence } = desk;
  const mostBytes = () => evidence.limits.megabytes * 1024 * 1024;
  const addressOf = (number: string, asked: Query = {}) => {
    const typed = new URLSearchParams(
      Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ).toString();
    return `${addressOfMove(number, "attach")}${typed && `?${typed}`}`;
  };

  const framed = async (
    visit: OfficerVisit,
    number: string,
    { title, main, summary }: { title: string; main: Hole; summary?: Summary | undefined },
  ) => {
    const { language } = visit;
    return page(
      deskPage(visit, frame.files, {
        title: words.title[language],
        scripts: ["upload.js"],
        buckets: [await (await evidence.files()).origin()],
        summary,
        main: html`<p><a class="back" href="${pageIn(language, officersCase(number))}">${words.back[language]}</a></p>
<h1>${title}</h1>
${main}`,
      }),
    );
  };

  const shown = async (
    visit: OfficerVisit,
    seen: CaseSeen,
    { asked, tried }: { asked: Query; tried: Tried | undefined },
  ): Promise<Reply> => {
    const { language } = visit;
    const { trackingNumber: number } = seen.view;
    const files = ofOfficers(seen);
    const told = { language, wrong: wrongFields(tried?.problem), values: tried?.values ?? {} };
    const back = asked.untuk && addressOfMove(number, leadingHere[asked.untuk]);
    const isReady = files.some(({ state }) => state === "clean");
    const taken = files.filter(({ state }) => state === "waiting" || state === "clean").length;
    return framed(visit, number, {
      title: words.title[language],
      summary: errorSummary(tried?.problem, language),
      main: html`<p>${words.what[language]}</p>
${
  asked.terkirim &&
  !tried &&
  html`<div class="notice" role="status"><p>${words.sent[language]}</p><p><a class="link" href="${pageIn(language, addressOf(number, asked))}">${words.look[language]}</a></p></div>`
}
${back && isReady && html`<p>${words.ready[language]}</p>`}
${back && html`<p><a class="${isReady ? "button" : "link"}" href="${pageIn(language, back)}">${words.toAnswer[language]}</a></p>`}
<h2>${words.ours[language]}</h2>
${filesSeen({ ...seen.view, attachments: files, legalMoves: seen.legalMoves }, language)}
${
  seen.legalMoves.has("attach")
    ? filesSending({
        told,
        address: addressOfMove(number, "attach"),
        notice: words.before[language],
        kinds: words.kinds,
        mostBytes: mostBytes(),
        mostFiles: evidence.limits.files - taken,
        ...(asked.untuk && { query: { untuk: asked.untuk } }),
      })
    : html`<p>${words.noMore[language]}</p>`
}`,
    });
  };

  /** Where the browser goes on once the bucket has the file. */
  const leadsTo = (visit: OfficerVisit, number: string, { untuk }: Query): string | undefined =>
    frame.siteUrl === undefined
      ? undefined
      : new URL(
          pageIn(visit.language, addressOf(number, { terkirim: "ya", untuk })),
          frame.siteUrl,
        ).toString();

  const placeFor = (
    visit: OfficerVisit,
    number: string,
    { body, on }: { body: { name: string; type: string; size: number }; on?: string | undefined },
  ) => visit.ask(attachFile(desk, on), { path: { trackingNumber: number }, body }, uploadForm);

  const formForOne = async (visit: OfficerVisit, seen: CaseSeen, values: FormValues, asked: Query) => {
    const { language } = visit;
    const number = seen.view.trackingNumber;
    const made = ofOfficers(seen).length + 1;
    const name = nameOf(valueOf(values, "name"), language === "id" ? `Berkas ${made}` : `File ${made}`);
    // Without a script nobody knows the file yet: what it is goes by its content, and it may be as large as any.
    const body = { name, type: "", size: mostBytes() };
    const { upload } = await placeFor(visit, number, { body, on: leadsTo(visit, number, asked) });
    return framed(visit, number, {
      title: words.one[language],
      main: html`<p><b>${name}</b></p>
${fileForm({ upload, notice: words.before[language], mostBytes: mostBytes() }, language)}
<p><a class="link" href="${pageIn(language, addressOf(number, { untuk: asked.untuk }))}">${words.without[language]}</a></p>`,
    });
  };

  /** Answers the script of the page: a form for a file that it knows, or what is wrong with the file. */
  const placeForScript = async (visit: OfficerVisit, number: string, values: FormValues): Promise<Reply> => {
    try {
      const body = {
        name: nameOf(valueOf(values, "name"), "lampiran"),
        type: valueOf(values, "type"),
        size: Number(valueOf(values, "size")) || 0,
      };
      return ok((await placeFor(visit, number, { body })).upload);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const problem = problemOf(error, visit.language, visit.requestId);
      return {
        status: problem.status,
        body: problem,
        bodyType: "application/problem+json",
        headers: { ...refusalHeaders(error) },
      };
    }
  };

  return [
    ...officerFormAt(frame, "/petugas/laporan/{trackingNumber}/lampirkan", {
      input: { path, query },
      async show({ path: { trackingNumber: number }, query: asked }, visit, tried) {
        const seen = await caseSeenBy(visit, show, number);
        return seen ? shown(visit, seen, { asked, tried }) : noCasePage(visit, frame.files);
      },
      async send({ path: { trackingNumber: number }, query: asked }, visit, values) {
        const seen = await caseSeenBy(visit, show, number);
        return seen ? formForOne(visit, seen, values, asked) : noCasePage(visit, frame.files);
      },
    }),
    ...officerActionAt(
      frame,
      "/petugas/laporan/{trackingNumber}/lampirkan/tempat",
      { path },
      ({ path: { trackingNumber: number } }, visit, values) => placeForScript(visit, number, values),
    ),
  ];
}
