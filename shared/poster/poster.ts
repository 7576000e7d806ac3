import type { Language } from "../language.ts";

/** What a poster says, on paper and on the page. */
export interface Poster {
  agency: { id: string; name: string };
  /** The address of the pages, such as "https://lapor.example". */
  siteUrl: string;
  language: Language;
}

/** The address that the QR code of a poster leads to. The way in is counted by `dari`. */
export const posterAddress = ({ siteUrl, agency: { id } }: Pick<Poster, "siteUrl" | "agency">): string =>
  new URL(`/instansi/${id}?dari=poster-${id}`, siteUrl).toString();

/** The address for people to type: short, without the scheme and without what is counted. */
export const printedAddress = ({ siteUrl, agency: { id } }: Pick<Poster, "siteUrl" | "agency">): string =>
  `${new URL(siteUrl).host}/instansi/${id}`;

interface PosterWords {
  title: (agency: string) => string;
  headline: string;
  about: string;
  steps: readonly [string, string, string];
  free: string;
  orOpen: string;
  /** What the QR code is, for whoever cannot see it. */
  code: string;
  sms: string;
}

/** The number that takes reports by SMS. */
const smsNumber = "1708";

/** The words of a poster. */
export const posterWords: Record<Language, PosterWords> = {
  id: {
    title: (agency) => `Lapor kepada ${agency}`,
    headline: "Ada masalah? Laporkan.",
    about: "Layanan dari",
    steps: [
      "Pindai kode ini dengan kamera ponsel Anda.",
      "Ceritakan apa yang terjadi dan di mana.",
      "Simpan nomor laporan Anda, lalu pantau jawabannya.",
    ],
    free: "Gratis. Boleh tanpa nama.",
    orOpen: "Atau buka",
    code: "Kode QR ke halaman instansi ini",
    sms: `Tanpa internet: SMS ke ${smsNumber}`,
  },
  en: {
    title: (agency) => `Report to ${agency}`,
    headline: "Something wrong? Report it.",
    about: "Services of",
    steps: [
      "Scan this code with the camera of your phone.",
      "Say what happened, and where.",
      "Keep the number of your report and follow the answer.",
    ],
    free: "Free. No name needed.",
    orOpen: "Or open",
    code: "QR code to the page of this agency",
    sms: `No internet: send an SMS to ${smsNumber}`,
  },
};
