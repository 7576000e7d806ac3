import type { Language, Text } from "../../language.ts";
import { html } from "../html.ts";
import { layout, pageIn, type StaticFiles } from "../layout.ts";
import { signOutButton } from "./outside.ts";

/** Why somebody is at the page to sign in, if not by themselves. */
export const reasons = {
  habis: {
    title: { id: "Sesi Anda berakhir", en: "Your session has ended" },
    text: {
      id: "Sesi berakhir bila 60 menit tidak dipakai, atau sesudah 8 jam. Masuk lagi untuk melanjutkan. Anda kembali ke halaman yang sama.",
      en: "A session ends when it is not used for 60 minutes, or after 8 hours. Sign in again to go on. You come back to the same page.",
    },
  },
  simpan: {
    title: { id: "Tulisan Anda tersimpan, belum terkirim", en: "Your text is kept, not sent yet" },
    text: {
      id: "Sesi Anda berakhir sebelum tulisan itu terkirim. Masuk lagi. Anda kembali ke halamannya, dan tulisan Anda ada di sana. Periksa, lalu kirim.",
      en: "Your session ended before the text was sent. Sign in again. You come back to its page, and your text is there. Check it, then send it.",
    },
  },
  batal: {
    title: { id: "Anda belum masuk", en: "You are not signed in" },
    text: {
      id: "Layanan akun tidak meneruskan Anda: Anda membatalkan, atau akun Anda tidak boleh masuk. Bila bukan Anda yang membatalkan, hubungi admin instansi Anda.",
      en: "The account service did not let you through: you cancelled, or your account may not sign in. If you did not cancel, ask the administrator of your agency.",
    },
  },
  lewat: {
    title: { id: "Mulai masuk sekali lagi", en: "Start signing in again" },
    text: {
      id: "Jawaban dari layanan akun tidak dapat dipakai di peramban ini. Mungkin sudah lewat 10 menit, sudah pernah dipakai, atau dimulai di peramban lain. Tidak ada yang berubah.",
      en: "The answer of the account service is of no use in this browser. It may be older than 10 minutes, used before, or begun in another browser. Nothing has changed.",
    },
  },
  gagal: {
    title: { id: "Masuk belum berhasil", en: "Signing in did not succeed" },
    text: {
      id: "Jawaban dari layanan akun tidak benar, jadi kami tidak memakainya. Masuk sekali lagi. Bila tetap gagal, hubungi admin instansi Anda. Tidak ada yang berubah.",
      en: "The answer of the account service is not right, so we did not use it. Sign in once more. If it fails again, ask the administrator of your agency. Nothing has changed.",
    },
  },
  sibuk: {
    title: { id: "Layanan akun tidak menjawab", en: "The account service does not answer" },
    text: {
      id: "Laporan dan tulisan Anda aman. Tunggu satu menit, lalu coba lagi. Bila tetap begini, kabari admin instansi Anda.",
      en: "Reports and what you wrote are safe. Wait a minute, then try again. If it stays like this, tell the administrator of your agency.",
    },
  },
} as const satisfies Record<string, { title: Text; text: Text }>;
export type SignInReason = keyof typeof reasons;

const words = {
  title: { id: "Masuk sebagai petugas", en: "Sign in as an officer" },
  what: {
    id: "Halaman di balik ini untuk petugas instansi. Anda masuk lewat layanan akun petugas, lalu dibawa ke halaman yang Anda tuju.",
    en: "The pages behind this one are for officers of agencies. You sign in at the account service of officers and are led to the page that you asked for.",
  },
  signIn: { id: "Masuk", en: "Sign in" },
  tryAgain: { id: "Coba lagi", en: "Try again" },
  noAccount: {
    id: "Belum punya akun? Minta admin instansi Anda mendaftarkan Anda.",
    en: "No account yet? Ask the administrator of your agency to register you.",
  },
  practise: {
    id: "Ingin berlatih dulu? Latihan tidak perlu akun.",
    en: "Want to practise first? Practice needs no account.",
  },
  practice: { id: "Buka latihan", en: "Open practice" },
  citizen: { id: "Ingin melapor? Anda tidak perlu akun.", en: "Want to report? You need no account." },
  report: { id: "Buat laporan", en: "Make a report" },
  track: { id: "Lacak laporan", en: "Track a report" },
  leaving: { id: "Menutup sesi akun Anda", en: "Ending your account session" },
  leavingWhy: {
    id: "Anda sudah keluar dari meja petugas. Sebentar lagi sesi Anda di layanan akun ditutup juga.",
    en: "You have signed out of the officers' desk. In a moment your session at the account service ends too.",
  },
  leave: { id: "Tutup sesi akun sekarang", en: "End the account session now" },
  signedOut: { id: "Anda sudah keluar", en: "You have signed out" },
  signedOutWhy: {
    id: "Di komputer bersama, tutup juga perambannya.",
    en: "On a shared computer, close the browser too.",
  },
  stillOpen: {
    id: "Layanan akun Anda mungkin masih mengenali Anda di peramban ini. Keluar juga di sana, atau tutup perambannya.",
    en: "Your account service may still know you in this browser. Sign out there too, or close the browser.",
  },
  signInAgain: { id: "Masuk lagi", en: "Sign in again" },
  signedIn: { id: "Anda masih masuk", en: "You are still signed in" },
  signOut: { id: "Keluar", en: "Sign out" },
  toDesk: { id: "Ke meja petugas", en: "To the officers' desk" },
} as const satisfies Record<string, Text>;

interface Place {
  language: Language;
  files: StaticFiles;
}

/** The way in for officers: what it is, and why one is here. `to` is the page that they asked for, without its language. */
export function signInPage({ language, files }: Place, to: string, reason?: SignInReason) {
  const why = reason && reasons[reason];
  const start = pageIn(language, "/petugas/masuk/mulai");
  return layout({
    language,
    address: "/petugas/masuk",
    files,
    title: (why?.title ?? words.title)[language],
    focused: true,
    narrow: true,
    main: html`<h1>${(why?.title ?? words.title)[language]}</h1>
<p>${(why?.text ?? words.what)[language]}</p>
<p><a class="button" href="${start}?ke=${to}">${(reason === "sibuk" ? words.tryAgain : words.signIn)[language]}</a></p>
<p>${words.noAccount[language]}</p>
<p>${words.practise[language]} <a class="link" href="${pageIn(language, "/latihan")}">${words.practice[language]}</a></p>
<p>${words.citizen[language]} <a class="link" href="${pageIn(language, "/lapor")}">${words.report[language]}</a> <a class="link" href="${pageIn(language, "/lacak")}">${words.track[language]}</a></p>`,
  });
}

/** Leads on to where the session at the issuer ends. A form could not: browsers hold it to this site. */
export const leavingPage = ({ language, files }: Place, signOutAddress: string) =>
  layout({
    language,
    address: "/petugas/keluar",
    files,
    title: words.leaving[language],
    focused: true,
    narrow: true,
    refresh: { seconds: 0, address: signOutAddress },
    main: html`<h1>${words.leaving[language]}</h1>
<p>${words.leavingWhy[language]}</p>
<p><a class="button" href="${signOutAddress}">${words.leave[language]}</a></p>`,
  });

/** Who is here has signed out. `stillOpen`: the session at the issuer could not be ended from here. */
export const signedOutPage = ({ language, files }: Place, stillOpen: boolean) =>
  layout({
    language,
    address: "/petugas/keluar",
    files,
    title: words.signedOut[language],
    focused: true,
    narrow: true,
    main: html`<h1>${words.signedOut[language]}</h1>
<p>${(stillOpen ? words.stillOpen : words.signedOutWhy)[language]}</p>
<p><a class="button second" href="${pageIn(language, "/petugas/masuk")}">${words.signInAgain[language]}</a></p>`,
  });

/** Who typed the address of signing out has not signed out yet: that takes a button. */
export const stillSignedInPage = ({ language, files }: Place) =>
  layout({
    language,
    address: "/petugas/keluar",
    files,
    title: words.signedIn[language],
    focused: true,
    narrow: true,
    main: html`<h1>${words.signedIn[language]}</h1>
${signOutButton(language, words.signOut[language], "")}
<p><a class="link" href="${pageIn(language, "/petugas")}">${words.toDesk[language]}</a></p>`,
  });
