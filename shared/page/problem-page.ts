import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { type Hole, html } from "./html.ts";
import { layout, pageIn, type StaticFiles, type WholePage } from "./layout.ts";
import { sendButton } from "./parts/form.ts";
import { textSaved, typedAgain, type TypedText } from "./typed-again.ts";
import { waitInWords } from "./waiting-page.ts";

interface Problem {
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors?: readonly { path: string; message: string }[] | undefined;
}

const words = {
  search: { id: "Cari laporan warga", en: "Search public reports" },
  find: { id: "Cari", en: "Search" },
  home: { id: "Ke halaman awal", en: "To the home page" },
  track: { id: "Lacak laporan Anda", en: "Track your report" },
  agencies: { id: "Cari instansi", en: "Find an agency" },
  again: { id: "Buka halaman ini lagi", en: "Open this page again" },
  changed: { id: "Yang berubah sementara itu", en: "What has changed meanwhile" },
  wait: { id: "Coba lagi sesudah {wait}.", en: "Try again after {wait}." },
  number: { id: "Nomor gangguan", en: "Reference number" },
  draft: {
    id: "Lanjutkan dari draf. Laporan yang sama tidak terkirim dua kali.",
    en: "Go on from the draft. The same report is not sent twice.",
  },
  desk: { id: "Ke meja Anda", en: "To your desk" },
  queues: { id: "Buka antrean", en: "Open the queues" },
  toDraft: { id: "Lanjutkan draf", en: "Go on with the draft" },
} as const satisfies Record<string, Text>;

/** A status in the words of people, and what they do next. What is not listed speaks for itself. */
const told: Readonly<Record<number, { title: Text; next?: Text }>> = {
  400: {
    title: {
      id: "Ada yang tidak cocok pada alamat atau isian",
      en: "Something in the address or the form does not fit",
    },
    next: {
      id: "Buka halamannya lagi, lalu isi dari sana.",
      en: "Open the page again and fill it in there.",
    },
  },
  401: {
    title: { id: "Buka laporan Anda dulu", en: "Open your report first" },
    next: {
      id: "Masukkan nomor pelacakan dan tanda terima di halaman Lacak. Laporan tertutup sendiri sesudah 30 menit.",
      en: "Enter the tracking number and the receipt on the Track page. A report closes after 30 minutes.",
    },
  },
  403: {
    title: { id: "Kami tidak menerima kiriman ini", en: "We did not accept this" },
    next: {
      id: "Belum ada yang tersimpan. Buka halamannya di situs ini, isi lagi, lalu kirim.",
      en: "Nothing has been stored. Open the page on this site, fill it in again and send it.",
    },
  },
  405: {
    title: { id: "Alamat ini tidak dapat dibuka seperti itu", en: "This address cannot be opened like this" },
  },
  409: {
    title: { id: "Ini tidak dapat dilakukan sekarang", en: "This cannot be done now" },
    next: {
      id: "Buka laporannya lagi, baca yang baru, lalu putuskan apakah masih perlu mengirim.",
      en: "Open the report again, read what is new, then decide whether you still need to send.",
    },
  },
  413: {
    title: { id: "Kiriman ini terlalu panjang", en: "This is too long" },
    next: {
      id: "Belum ada yang tersimpan. Tekan tombol kembali di peramban, lalu persingkat teksnya.",
      en: "Nothing has been stored. Press your browser's back button and shorten the text.",
    },
  },
  415: {
    title: { id: "Kiriman ini tidak dapat dibaca", en: "We cannot read what was sent" },
    next: {
      id: "Belum ada yang tersimpan. Buka halamannya lagi, lalu kirim dari sana.",
      en: "Nothing has been stored. Open the page again and send it from there.",
    },
  },
  428: {
    title: { id: "Kami sedang ramai", en: "We are very busy" },
    next: {
      id: "Tunggu beberapa menit, lalu buka halaman ini lagi.",
      en: "Wait some minutes and open this page again.",
    },
  },
  429: {
    title: { id: "Tunggu sebentar", en: "Wait a little" },
  },
  500: {
    title: { id: "Ada gangguan pada kami", en: "Something went wrong on our side" },
    next: {
      id: "Ini bukan kesalahan Anda. Sebelum mengirim lagi, lihat dulu apakah kiriman Anda sudah masuk.",
      en: "It is not your fault. Before you send again, look whether what you sent has arrived.",
    },
  },
  503: {
    title: { id: "Kami sedang tidak dapat menjawab", en: "We cannot answer right now" },
  },
};

/** Officers are at their desk and not at a report of theirs. */
const toldOfficers: typeof told = {
  403: {
    title: { id: "Ini bukan untuk jabatan Anda", en: "This is not for your post" },
  },
  404: {
    title: { id: "Ini tidak dapat dibuka", en: "This cannot be opened" },
  },
};

const changes = z.array(z.object({ text: z.string() }));

/** What somebody else did with the case meanwhile. */
function changedMeanwhile(problem: Problem, language: Language): Hole {
  const { data = [] } = changes.safeParse((problem as { changes?: unknown }).changes);
  return (
    data.length > 0 &&
    html`<h2>${words.changed[language]}</h2><ul>${data.map(({ text }) => html`<li>${text}</li>`)}</ul>`
  );
}

interface Place {
  language: Language;
  address: string;
  files: StaticFiles;
  /** What "Retry-After" says. */
  retrySeconds?: number | undefined;
  /** What somebody typed into a form that no page can show again. */
  typed?: readonly TypedText[];
  /** All that they wrote lies in their draft of a report. */
  saved?: boolean;
  /** Who has signed in, at a page of officers. */
  officer?: WholePage["officer"] | undefined;
}

const toldAt = ({ status }: Problem, { officer }: Place) => (officer && toldOfficers[status]) ?? told[status];

const isOfOfficers = (address: string): boolean => /^\/petugas(\/|$)/.test(address);

/** What somebody does next. Of a draft it is said that it is there. */
function nextIn(problem: Problem, place: Place): Hole {
  const { language, saved } = place;
  if (saved)
    return html`<div class="notice"><p><strong>${textSaved[language]}</strong> ${words.draft[language]}</p><p><a class="button" href="${pageIn(language, "/lapor")}">${words.toDraft[language]}</a></p></div>`;
  const next = toldAt(problem, place)?.next;
  return next && html`<p>${next[language]}</p>`;
}

/** The page to go back to: the case, for what was asked of it; else the address itself, if a page can stand there. */
function pageToOpen(status: number, { address, officer }: Place): string | undefined {
  if (status === 404 || (officer && status === 403)) return undefined;
  const [ofCase] = /^\/saya\/[\w-]+/.exec(address) ?? [];
  if (ofCase !== undefined && [401, 405, 409].includes(status)) return ofCase;
  return status === 405 ? undefined : address;
}

const searchForm = (language: Language): Hole =>
  html`<form action="${pageIn(language, "/laporan")}" role="search"><label for="q">${words.search[language]}</label>
<div class="row"><input type="search" id="q" name="q" class="grow" autocomplete="off">${sendButton(words.find[language], "second")}</div></form>`;

type Way = readonly [address: string, label: Text];

const fromDesk: readonly Way[] = [
  ["/petugas", words.desk],
  ["/petugas/antrean", words.queues],
];
const fromHome: readonly Way[] = [
  ["/", words.home],
  ["/lacak", words.track],
];

/** Where somebody goes on: officers from their desk, citizens from the front page. */
function waysOn({ status }: Problem, place: Place): Hole {
  const { language, address } = place;
  const open = pageToOpen(status, place);
  const ways: Way[] = [];
  if (status === 404 && address.startsWith("/instansi")) ways.push(["/instansi", words.agencies]);
  if (open !== undefined) ways.push([open, words.again]);
  ways.push(...(isOfOfficers(address) ? fromDesk : fromHome));
  return html`<p class="row">${ways.map(([to, label]) => html`<a class="link" href="${pageIn(language, to)}">${label[language]}</a> `)}</p>`;
}

/** What people read where a page cannot be shown: what happened, what to do, and ways on. */
export function problemPage(problem: Problem, place: Place) {
  const { language, address, files, retrySeconds, typed = [], officer } = place;
  const { status, detail, errors = [] } = problem;
  const { title = { id: problem.title, en: problem.title } } = toldAt(problem, place) ?? {};
  return layout({
    language,
    address,
    files,
    title: title[language],
    narrow: true,
    officer,
    // It may say what became of a case, or give back what somebody wrote.
    quickExit: /^\/(saya|lapor)(\/|$)/.test(address) || typed.length > 0,
    main: html`<h1>${title[language]}</h1>
<p>${detail}</p>
${errors.length > 0 && html`<ul>${errors.map(({ message }) => html`<li>${message}</li>`)}</ul>`}
${changedMeanwhile(problem, language)}
${retrySeconds !== undefined && html`<p><strong>${words.wait[language].replace("{wait}", waitInWords(retrySeconds, language))}</strong></p>`}
${nextIn(problem, place)}
${status === 500 && html`<p>${words.number[language]}: <code>${problem.instance.replace(/^.*:/, "")}</code></p>`}
${typedAgain(typed, language)}
${status === 404 && !officer && searchForm(language)}
${waysOn(problem, place)}`,
  });
}
