import type { Language, Text } from "../../language.ts";
import { html } from "../html.ts";
import { layout, pageIn, type StaticFiles } from "../layout.ts";
import { hidden, sendButton } from "../parts/form.ts";
import { maySendAgain, typedAgain, worthGivingBack } from "../typed-again.ts";

const words = {
  noEntry: {
    id: "Akun ini belum terdaftar sebagai petugas",
    en: "This account is not registered as an officer",
  },
  why: {
    id: "Anda berhasil masuk, tetapi tidak ada jabatan yang tercatat untuk akun ini. Mungkin Anda belum didaftarkan, atau jabatan Anda sudah berakhir.",
    en: "You signed in, but no post is on record for this account. You may not be registered yet, or your post has ended.",
  },
  askWhom: {
    id: "Hubungi admin instansi Anda. Ia dapat mendaftarkan Anda dalam beberapa menit. Bila Anda tidak tahu siapa, tanyakan kepada pejabat penghubung instansi Anda.",
    en: "Ask the administrator of your agency, who can register you within minutes. If you do not know who that is, ask the liaison officer of your agency.",
  },
  otherAccount: { id: "Keluar dan pakai akun lain", en: "Sign out and use another account" },
  agencies: { id: "Daftar instansi", en: "List of agencies" },
  over: { id: "Anda perlu masuk lagi", en: "You need to sign in again" },
  overWhy: {
    id: "Sesi Anda berakhir, karena 60 menit tidak dipakai, karena sudah 8 jam, atau karena Anda keluar. Belum ada yang terkirim.",
    en: "Your session has ended: it was not used for 60 minutes, it was open for 8 hours, or you signed out. Nothing was sent.",
  },
  copyFirst: {
    id: "Salin dulu tulisan Anda di bawah. Sesudah masuk, tempelkan kembali di halamannya.",
    en: "Copy your text below first. After signing in, paste it into its page again.",
  },
  signIn: { id: "Masuk", en: "Sign in" },
  sendAgain: {
    id: "Tulisan Anda masih ada di halaman ini. Biarkan halaman ini terbuka dan masuk di tab baru. Lalu kembali ke sini dan kirim lagi.",
    en: "What you wrote is still on this page. Leave this page open and sign in in a new tab. Then come back here and send it again.",
  },
  inNewTab: { id: "Masuk di tab baru", en: "Sign in in a new tab" },
  again: { id: "Sudah masuk, kirim lagi", en: "I have signed in, send again" },
} as const satisfies Record<string, Text>;

interface Place {
  language: Language;
  address: string;
  files: StaticFiles;
}

/** The button that signs an officer out. */
export const signOutButton = (language: Language, label: string, kind: "" | "second" = "second") =>
  html`<form method="post" action="${pageIn(language, "/petugas/keluar")}">${sendButton(label, kind)}</form>`;

/** What somebody reads who has signed in and whom the directory does not know: whom to ask. */
export const noEntryPage = ({ language, address, files }: Place) =>
  layout({
    language,
    address,
    files,
    title: words.noEntry[language],
    narrow: true,
    main: html`<h1>${words.noEntry[language]}</h1>
<p>${words.why[language]}</p>
<p>${words.askWhom[language]}</p>
${signOutButton(language, words.otherAccount[language])}
<p><a class="link" href="${pageIn(language, "/instansi")}">${words.agencies[language]}</a></p>`,
  });

type Values = Readonly<Record<string, string | readonly string[]>>;

/** Two steps by which a form is sent after all: signing in elsewhere, and sending what this page still holds. */
const sentAgain = (values: Values, { language, at }: Pick<Place, "language"> & At) =>
  html`<p>${words.sendAgain[language]}</p>
<p><a class="button" target="_blank" href="${signInAt(at, language)}">${words.inNewTab[language]}</a></p>
<form method="post" action="${pageIn(language, at)}" data-once>${Object.entries(values).map(([name, value]) => [value].flat().map((one) => hidden(name, one)))}${sendButton(words.again[language], "second")}</form>`;

interface At {
  /** The page to come back to. */
  at: string;
}

const signInAt = (at: string, language: Language): string =>
  `${pageIn(language, "/petugas/masuk")}?${new URLSearchParams({ ke: at })}`;

/**
 * What somebody reads whose session ended before their form came: it was not sent, and here is what they wrote. `hasPage`: the form can
 * be sent again from here.
 */
export function sessionOverPage({
  language,
  address,
  at,
  files,
  values,
  hasPage,
}: Place & At & { values: Values; hasPage: boolean }) {
  const typed = worthGivingBack(values);
  const whole = hasPage && maySendAgain(values);
  return layout({
    language,
    address,
    files,
    title: words.over[language],
    narrow: true,
    main: html`<h1>${words.over[language]}</h1>
<p>${words.overWhy[language]}</p>
${whole ? sentAgain(values, { language, at }) : typed.length > 0 && html`<p>${words.copyFirst[language]}</p>`}
${typedAgain(typed, language)}
${!whole && html`<p><a class="button" href="${signInAt(at, language)}">${words.signIn[language]}</a></p>`}`,
  });
}
