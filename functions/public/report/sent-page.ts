import { receiptAsText } from "../../../shared/case/receipt/receipt-sheet.ts";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import { localDateInWords } from "../../../shared/deadline/calendar/time-zone.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { actionAt, formAt, seeOther } from "../../../shared/http/page/route.ts";
import { keptOpen } from "../../../shared/http/page/session.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html, paragraphs } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { days } from "../../../shared/page/parts/days.ts";
import { errorSummary } from "../../../shared/page/parts/form.ts";
import { turn } from "../../../shared/page/parts/turn.ts";
import { keptUntil, stepWords } from "../../../shared/page/report/step.ts";
import type { Draft } from "../../../shared/visitor/draft.ts";
import { noDraftCookie, type ReportDesk } from "./desk.ts";
import { toBeginning } from "./step-page.ts";

const words = {
  title: { id: "Laporan Anda terkirim", en: "Your report is sent" },
  number: { id: "Nomor pelacakan", en: "Tracking number" },
  numberHint: {
    id: "Siapa pun boleh memakainya untuk mengikuti laporan ini.",
    en: "Anybody may use it to follow this report.",
  },
  receipt: { id: "Tanda terima rahasia", en: "Secret receipt" },
  receiptHint: {
    id: "Dengan ini Anda menjawab, menilai, dan menambah foto. Siapa pun yang memegangnya dianggap pelapor.",
    en: "With it you answer, rate and add photos. Whoever holds it counts as the reporter.",
  },
  alphabet: {
    id: "Tidak ada huruf I, L, O, S, dan U di dalamnya.",
    en: "It has no letters I, L, O, S and U.",
  },
  copyNumber: { id: "Salin nomor", en: "Copy the number" },
  copyReceipt: { id: "Salin tanda terima", en: "Copy the receipt" },
  copied: {
    id: "Sudah disalin. Tempelkan di tempat yang hanya Anda buka.",
    en: "Copied. Paste it where only you look.",
  },
  byHand: {
    id: "Tidak dapat menyalin otomatis. Teksnya sudah ditandai: salin sendiri.",
    en: "It cannot be copied automatically. The text is selected: copy it yourself.",
  },
  print: { id: "Cetak keduanya", en: "Print both" },
  download: { id: "Unduh keduanya", en: "Download both" },
  qr: { id: "Kode QR alamat publik laporan ini", en: "QR code of the public address of this report" },
  qrText: {
    id: "Kode ini hanya memuat nomornya, bukan tanda terimanya.",
    en: "The code holds the number only, not the receipt.",
  },
  next: { id: "Yang terjadi sesudah ini", en: "What happens next" },
  turn: { id: "Giliran petugas", en: "Now with the officers" },
  then: {
    id: "Sesudah diverifikasi, laporan diteruskan ke instansi. Siapa yang harus bertindak, dan sampai kapan, selalu tertulis di laporan Anda.",
    en: "Once verified, the report goes to an agency. Your report always says who has to act, and by when.",
  },
  photos: { id: "Tambah foto atau berkas", en: "Add photos or files" },
  open: { id: "Buka laporan saya", en: "Open my report" },
  openText: {
    id: "Laporan ini sekarang terbuka di peramban ini. Ia tertutup sendiri sesudah 30 menit tidak dibuka.",
    en: "This report is open in this browser now. It closes when nobody looks at it for 30 minutes.",
  },
  noted: { id: "Saya sudah mencatatnya", en: "I have noted it" },
  notedText: {
    id: "Tombol ini menghapus tanda terima dari sini, begitu pula tombol Keluar. Sesudah itu tidak ada yang dapat menampilkannya lagi, kami pun tidak.",
    en: "This button removes the receipt from here, and so does leaving. After that nobody can show it again, and neither can we.",
  },
  before: {
    id: "Laporan ini sudah tersimpan pada pengiriman sebelumnya. Perubahan terakhir Anda tidak ikut. Salin dari sini, lalu kirim sebagai jawaban di laporan Anda.",
    en: "This report had been stored when you sent it before. Your last changes are not in it. Copy them from here and send them as a reply in your report.",
  },
  changed: { id: "Perubahan terakhir Anda", en: "Your last changes" },
} as const satisfies Record<string, Text>;

type Sent = NonNullable<Draft["sent"]>;

/** Groups that stay whole where the line breaks. The hyphens belong to what is copied. */
const groups = (receipt: string): Hole =>
  receipt
    .split(/(?<=-)/)
    .map((group, at) => (at === 0 ? html`<span>${group}</span>` : html`<wbr><span>${group}</span>`));

const copyButton = (of: string, label: string, language: Language): Hole =>
  html`<div class="row"><button type="button" class="button second" hidden data-copy="${of}" data-done="${words.copied[language]}" data-failed="${words.byHand[language]}">${label}</button></div>`;

const sheetAddress = "/lapor/terkirim/lembar";

/** The number and the receipt, on a sheet that can be copied, printed and saved. */
const sheet = ({ trackingNumber, receipt }: Sent, language: Language): Hole => html`<div id="lembar">
<h2>${words.number[language]}</h2>
<p class="receipt public" id="nomor" translate="no">${trackingNumber}</p>
<p class="hint">${words.numberHint[language]}</p>
${copyButton("#nomor", words.copyNumber[language], language)}
<h2>${words.receipt[language]}</h2>
<p class="receipt" id="tanda-terima" translate="no" data-value="${receipt}">${groups(receipt)}</p>
<p class="hint">${words.receiptHint[language]} ${words.alphabet[language]}</p>
${copyButton("#tanda-terima", words.copyReceipt[language], language)}
</div>
<form method="post" action="${pageIn(language, sheetAddress)}"><div class="row"><button type="button" class="button second" hidden data-print>${words.print[language]}</button> <button class="button second">${words.download[language]}</button></div></form>`;

const qrCode = ({ qrOf, frame: { siteUrl } }: ReportDesk, number: string, language: Language): Hole => {
  if (!qrOf || siteUrl === undefined) return undefined;
  const { size, path } = qrOf(new URL(`/laporan/${number}`, siteUrl).toString());
  return html`<p><svg class="qr" role="img" aria-label="${words.qr[language]}" viewBox="${`0 0 ${size} ${size}`}"><path d="${path}"/></svg></p><p class="hint">${words.qrText[language]}</p>`;
};

const whatIsNext = ({ verification }: Sent, today: string, language: Language): Hole => {
  if (!verification) return undefined;
  const by = localDateInWords(verification.due, language);
  const until = {
    id: `Laporan harus diverifikasi paling lambat ${by}.`,
    en: `The report has to be verified by ${by}.`,
  };
  return html`${turn("calm", words.turn[language], until[language])}${days({ ...verification, today }, language)}`;
};

/** The sheet as a file. A form asks for it, because a link would be opened again by whoever looks into the history. */
const sheetAsFile = (desk: ReportDesk): Route[] =>
  actionAt(desk.frame, sheetAddress, {}, async (_, visit) => {
    const { held, lost } = await desk.opened(visit);
    const sent = held?.draft.sent;
    if (!sent) return toBeginning(visit, { lost });
    const { trackingNumber, receipt } = sent;
    const { siteUrl } = desk.frame;
    const text = receiptAsText(
      { trackingNumber, receipt, timeZone: "Asia/Makassar", siteUrl },
      visit.language,
    );
    return {
      status: 200,
      file: { content: Buffer.from(text), type: "text/plain; charset=utf-8" },
      headers: { "content-disposition": 'attachment; filename="laporan.txt"' },
    };
  });

/** `/lapor/terkirim`: number and receipt, shown until the visitor says that they have noted them, or the draft is forgotten. */
export const reportSentPage = (desk: ReportDesk): Route[] => [
  ...sheetAsFile(desk),
  ...formAt(desk.frame, "/lapor/terkirim", {
    input: {},
    async show(_, visit, tried) {
      const { language } = visit;
      const { held, lost } = await desk.opened(visit);
      if (!held) return toBeginning(visit, { lost });
      const { sent, values } = held.draft;
      if (!sent) return seeOther("/lapor/periksa", language);
      const today = localDate(desk.frame.now(), "Asia/Makassar");
      const until = keptUntil(held.draft, language);
      const shownHere = {
        id: `Tanda terima ini hanya tampil di halaman ini, di peramban ini, paling lama sampai ${until}. Catat, salin, atau cetak sekarang.`,
        en: `This receipt is shown on this page only, in this browser, until ${until} at the latest. Note, copy or print it now.`,
      };
      const mine = pageIn(language, `/saya/${sent.trackingNumber}`);
      return {
        ...page(
          layout({
            language,
            address: "/lapor/terkirim",
            files: desk.frame.files,
            title: words.title[language],
            focused: true,
            narrow: true,
            quickExit: true,
            scripts: ["draft.js"],
            summary: errorSummary(tried?.problem, language),
            main: html`<h1>${words.title[language]}</h1>
${sent.notices.map((text) => html`<div class="notice"><p>${text}</p></div>`)}
${sent.before && html`<div class="notice"><p>${words.before[language]}</p><details><summary>${words.changed[language]}</summary><p><b>${values.title ?? ""}</b></p>${paragraphs(values.text ?? "")}</details></div>`}
<p><b>${shownHere[language]}</b></p>
${sheet(sent, language)}
${qrCode(desk, sent.trackingNumber, language)}
<h2>${words.next[language]}</h2>
${whatIsNext(sent, today, language)}
<p>${words.then[language]}</p>
<p>${words.openText[language]}</p>
<p class="row"><a class="button" href="${`${mine}/lampiran`}">${words.photos[language]}</a> <a class="link" href="${mine}">${words.open[language]}</a></p>
<form method="post" action="${pageIn(language, "/lapor/terkirim")}" data-once data-draft-done data-no-line="${stepWords.pressAgain[language]}"><p class="hint">${words.notedText[language]}</p><button class="button second">${words.noted[language]}</button></form>`,
          }),
        ),
        cookies: [await keptOpen(desk.frame, visit, sent.trackingNumber, sent.receipt)],
      };
    },
    async send(_, visit) {
      const { held, lost } = await desk.opened(visit);
      const sent = held?.draft.sent;
      if (!held || !sent) return toBeginning(visit, { lost });
      await desk.remove(held);
      const open = await keptOpen(desk.frame, visit, sent.trackingNumber, sent.receipt);
      return seeOther(`/saya/${sent.trackingNumber}`, visit.language, [noDraftCookie(), open]);
    },
  }),
];
