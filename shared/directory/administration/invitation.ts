import { Refusal } from "../../refusal.ts";

const minute = 60 * 1000;
const day = 24 * 60 * minute;

/** The temporary password of an invitation holds so long. infra/sign-in-stack.ts sets the same. */
export const invitationHoldsMs = day;
/** So many accounts are opened for an address within a day. Each begins with an invitation. */
const accountsADay = 5;
/** So many invitations follow the first one within a day, and so far apart. */
const againADay = 5;
const apartMs = 5 * minute;

/** Keeps the times of a day: when an invitation was mailed again. */
export const ofTheDay = (sent: readonly Date[], at: Date): Date[] =>
  sent.filter((one) => at.getTime() - one.getTime() < day);

/** From when on the invitation may be mailed again. Undefined: now. */
export function mayInviteFrom(sent: readonly Date[], at: Date): Date | undefined {
  const recent = ofTheDay(sent, at).sort((a, b) => a.getTime() - b.getTime());
  const last = recent.at(-1);
  const eldest = recent.at(-againADay);
  const from = Math.max((last?.getTime() ?? 0) + apartMs, (eldest?.getTime() ?? -day) + day);
  return from > at.getTime() ? new Date(from) : undefined;
}

/** From when on another account may be opened for an address. Undefined: now. */
export function mayOpenFrom(opened: readonly Date[], at: Date): Date | undefined {
  const recent = ofTheDay(opened, at).sort((a, b) => a.getTime() - b.getTime());
  const eldest = recent.at(-accountsADay);
  return eldest && new Date(eldest.getTime() + day);
}

const retryAfter = (from: Date, at: Date) => ({
  headers: { "retry-after": String(Math.ceil((from.getTime() - at.getTime()) / 1000)) },
});

/** Whoever is dismissed and invited by turns, or gets one address after the other, would be mailed each time. */
export const invitedOften = (from: Date, at: Date): Refusal =>
  new Refusal(
    "too-many-requests",
    {
      id: `Alamat ini sudah ${accountsADay} kali diundang dalam sehari. Pakai alamat lain, atau coba lagi sesudah waktu pada Retry-After (dalam detik).`,
      en: `This address was invited ${accountsADay} times within a day. Use another address, or try again after the time in Retry-After (in seconds).`,
    },
    retryAfter(from, at),
  );

/** Too many invitations in a row would flood a mailbox. */
export const invitedJustNow = (from: Date, at: Date): Refusal =>
  new Refusal(
    "too-many-requests",
    {
      id: "Undangan ini baru saja dikirim. Mintalah yang bersangkutan memeriksa kotak email dan folder spam. Coba lagi sesudah waktu pada Retry-After (dalam detik).",
      en: "This invitation was sent just now. Ask the person to look into the mailbox and the spam folder. Try again after the time in Retry-After (in seconds).",
    },
    retryAfter(from, at),
  );

/** The account was used already, so there is nobody to invite. */
export const alreadyActive = (): Refusal =>
  new Refusal("conflict", {
    id: "Petugas ini sudah pernah masuk, jadi tidak perlu undangan. Kata sandi yang lupa diatur ulang di halaman masuk. Autentikator yang hilang diatur ulang lewat authenticator-reset.",
    en: "This officer has signed in already and needs no invitation. A forgotten password is reset on the sign-in page, a lost authenticator by authenticator-reset.",
  });

/** The account was never used, so there is no authenticator yet. */
export const neverSignedIn = (): Refusal =>
  new Refusal("conflict", {
    id: "Petugas ini belum pernah masuk, jadi belum punya autentikator. Kirim undangannya lagi lewat invitation.",
    en: "This officer has never signed in and has no authenticator yet. Send the invitation again by invitation.",
  });

export const noAccount = (): Refusal =>
  new Refusal("conflict", {
    id: "Petugas ini tidak punya akun yang aktif. Daftarkan lagi: berhentikan dulu bila belum, lalu PUT dengan alamat yang sama.",
    en: "This officer has no active account. Invite them anew: dismiss them first if they are not, then PUT with the same address.",
  });

export const accountsElsewhere = (): Refusal =>
  new Refusal("conflict", {
    id: "Akun petugas dikelola penerbit tanda masuk di luar sistem ini. Urus undangan dan autentikator di sana.",
    en: "The accounts belong to an issuer of sign-in outside this system. See to invitations and authenticators there.",
  });
