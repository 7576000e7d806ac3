import type { Language, Text } from "../../language.ts";
import { type Hole, html } from "../html.ts";

/** What was done, by the word in the address that leads on from it. */
const done: Readonly<Record<string, Text>> = {
  disimpan: { id: "Perubahan sudah tersimpan.", en: "The change is stored." },
  dibuat: { id: "Instansi sudah dibuat.", en: "The agency is created." },
  dipindah: { id: "Sudah dipindahkan.", en: "It has been moved." },
  ditutup: {
    id: "Instansi sudah ditutup. Laporan yang terbuka sedang dialihkan ke penggantinya.",
    en: "The agency is closed. Its open cases are being handed over to its successor.",
  },
  diundang: {
    id: "Petugas sudah didaftarkan. Undangan dikirim ke alamat emailnya.",
    en: "The officer is registered. An invitation goes to their email address.",
  },
  undangan: {
    id: "Undangan sudah dikirim lagi. Kata sandi sementaranya berlaku satu hari.",
    en: "The invitation was sent again. Its temporary password holds for a day.",
  },
  alamat: {
    id: "Dicatat: alamatnya sudah benar. Email dikirim lagi ke sana.",
    en: "Noted: the address is right. Emails go there again.",
  },
  wakil: { id: "Wakil sudah ditunjuk dan diberi tahu.", en: "The deputy is named and has been told." },
  kembali: { id: "Waktu tidak di tempat sudah diakhiri.", en: "The absence has ended." },
  diberhentikan: {
    id: "Petugas sudah diberhentikan. Ia tidak dapat masuk lagi.",
    en: "The officer is dismissed and cannot sign in any more.",
  },
  autentikator: {
    id: "Autentikator sudah diatur ulang. Petugas memasang yang baru saat masuk berikutnya.",
    en: "The authenticator is reset. The officer sets up a new one at the next sign-in.",
  },
  diajukan: {
    id: "Belum ada yang berubah. Permohonan ini menunggu persetujuan orang kedua, paling lama 7 hari. Yang berwenang sudah diberi tahu.",
    en: "Nothing has changed yet. This request waits for a second person, for 7 days at most. Whoever is in charge has been told.",
  },
  disetujui: {
    id: "Permohonan disetujui dan sudah dilaksanakan.",
    en: "The request is confirmed and carried out.",
  },
  ditolak: {
    id: "Permohonan ditolak. Tidak ada yang berubah.",
    en: "The request is refused. Nothing has changed.",
  },
  ditarik: {
    id: "Permohonan ditarik kembali. Tidak ada yang berubah.",
    en: "The request is withdrawn. Nothing has changed.",
  },
  kalender: {
    id: "Kalender sudah berlaku. Laporan yang terbuka dihitung ulang dalam beberapa menit.",
    en: "The calendar counts now. The open cases are counted anew within minutes.",
  },
  batas: {
    id: "Batas waktu baru sudah tersimpan. Laporan yang terbuka tetap memakai batas lamanya.",
    en: "The new limits are stored. Open cases keep the limits that they began with.",
  },
  diterapkan: {
    id: "Batas waktu diterapkan. Laporan yang terbuka dihitung ulang dalam beberapa menit.",
    en: "The limits are applied. The open cases are counted anew within minutes.",
  },
};

/** A short notice of what was done, at the page that leads on from it. Nothing for a word that we do not know. */
export function doneNotice(word: string | undefined, language: Language): Hole {
  const said = word !== undefined && Object.hasOwn(done, word) ? done[word] : undefined;
  return said && html`<p class="notice" role="status">${said[language]}</p>`;
}
