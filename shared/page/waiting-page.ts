import type { Language, Text } from "../language.ts";
import { attributes, html } from "./html.ts";
import { layout, pageIn, type StaticFiles } from "./layout.ts";
import { hidden, sendButton } from "./parts/form.ts";
import { typedAgain, type TypedText } from "./typed-again.ts";

const words = {
  title: { id: "Kami sedang ramai", en: "We are very busy" },
  kept: {
    id: "Isian Anda tetap ada di halaman ini. Anda tidak perlu mengetik lagi.",
    en: "What you filled in is still on this page. You need not type it again.",
  },
  wait: { id: "Tunggu {wait}, lalu tekan tombol di bawah.", en: "Wait {wait}, then press the button below." },
  early: {
    id: "Masih terlalu cepat. Tunggu {wait} lagi, lalu tekan tombol di bawah.",
    en: "That was too early. Wait {wait} more, then press the button below.",
  },
  full: {
    id: "Antrean dari jaringan Anda penuh. Tekan tombol di bawah sesudah {wait}, atau pakai jaringan lain.",
    en: "The queue from your network is full. Press the button below after {wait}, or use another network.",
  },
  held: {
    id: "Nomor antrean Anda berlaku 10 menit sesudah itu.",
    en: "Your place in the queue then holds for 10 minutes.",
  },
  again: { id: "Kirim lagi", en: "Send again" },
  working: {
    id: "Perangkat Anda sedang mengerjakan soal hitungan sebagai ganti antre, {seconds} detik…",
    en: "Your device is working on a puzzle instead of queueing, {seconds} seconds…",
  },
  sending: { id: "Selesai. Kami kirim lagi…", en: "Done. Sending again…" },
  failed: {
    id: "Soal tidak terjawab. Kami pakai antrean.",
    en: "The puzzle was not solved. We use the queue.",
  },
  cancelled: { id: "Dihentikan. Isian Anda tetap ada.", en: "Stopped. What you filled in is still here." },
  stop: { id: "Hentikan", en: "Stop" },
} as const satisfies Record<string, Text>;

/** Seconds in words: "20 detik", "3 menit". */
export const waitInWords = (seconds: number, language: Language): string => {
  if (seconds < 90) return language === "id" ? `${seconds} detik` : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return language === "id" ? `${minutes} menit` : `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return language === "id" ? `${hours} jam` : `${hours} hours`;
};

export interface WaitingPage {
  language: Language;
  /** The address of the page whose form waits, without its language. */
  address: string;
  files: StaticFiles;
  /** Why people wait, and what has become of what they sent. */
  why: string;
  state: string;
  seconds: number;
  /** None where the queue is full. */
  ticket: string | undefined;
  /** They pressed before their time had come. */
  isEarly: boolean;
  /** They come from this page: a script does not begin by itself again. */
  isAgain: boolean;
  /** All that was typed, sealed. */
  sealed: string;
  typed: readonly TypedText[];
  /** The API's path that gives the challenge to solve. */
  challenges: string;
}

/**
 * What people see whose form came in a flood. A script solves a challenge and sends it again. Without one people wait and press the
 * button. The form holds everything that they typed.
 */
export function waitingPage(waiting: WaitingPage) {
  const {
    language,
    address,
    files,
    why,
    state,
    seconds,
    ticket,
    isEarly,
    isAgain,
    sealed,
    typed,
    challenges,
  } = waiting;
  const said = ticket === undefined ? words.full : isEarly ? words.early : words.wait;
  return layout({
    language,
    address,
    files,
    title: words.title[language],
    narrow: true,
    quickExit: true,
    scripts: ["proof.js"],
    main: html`<h1>${words.title[language]}</h1>
<div class="turn due"><p><strong>${said[language].replace("{wait}", waitInWords(seconds, language))}</strong>${ticket !== undefined && words.held[language]}</p></div>
<p>${why} ${state}</p>
<p>${words.kept[language]}</p>
<form method="post" action="${pageIn(language, address)}" data-once data-proof="${challenges}" ${attributes({ "data-proof-auto": !isAgain })} data-worker="${files["proof-worker.js"] ?? ""}">
${hidden("isian", sealed)}${hidden("tiket", ticket ?? "")}${hidden("proof", "")}
<p role="status" data-proof-state hidden data-working="${words.working[language]}" data-sending="${words.sending[language]}" data-failed="${words.failed[language]}" data-cancelled="${words.cancelled[language]}"></p>
${sendButton(words.again[language])} <button type="button" class="link" data-proof-cancel hidden>${words.stop[language]}</button>
</form>
${typedAgain(typed, language)}`,
  });
}
