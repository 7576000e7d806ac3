import { retentions } from "../../case/moves/retention.ts";
import type { CaseClass } from "../../deadline/policy.ts";
import type { Language, Text } from "../../language.ts";
import { subscriberDays } from "../../subscriber/subscriber.ts";
import { type Html, html } from "../html.ts";
import type { Guide } from "./guide.ts";

const classText: Record<CaseClass, Text> = {
  complaint: { id: "Pengaduan", en: "Complaint" },
  aspiration: { id: "Aspirasi", en: "Aspiration" },
  "information-request": { id: "Permintaan informasi", en: "Information request" },
};

const words = {
  caption: { id: "Berapa lama identitas dan berkas disimpan", en: "How long identity and files are kept" },
  kind: { id: "Jenis laporan", en: "Kind of report" },
  days: { id: "Hari sejak selesai", en: "Days from its end" },
  basis: { id: "Alasan", en: "Reason" },
  own: {
    id: "Masa ini pilihan kami sendiri. Tidak ada sumber yang mengatur masa simpan LAPOR!.",
    en: "These periods are our own choice. No source says how long LAPOR! keeps anything.",
  },
  followers: {
    id: "Email orang yang mengikuti sebuah laporan dihapus {days} hari sesudah laporan itu berakhir. Sekali klik menghapusnya kapan saja.",
    en: "Addresses of people who follow a report are deleted {days} days after it ended. One click deletes them at any time.",
  },
} as const satisfies Record<string, Text>;

const kept = (
  language: Language,
): Html => html`<div class="scroll" role="region" aria-label="${words.caption[language]}" tabindex="0"><table><caption>${words.caption[language]}</caption>
<thead><tr><th scope="col">${words.kind[language]}</th><th scope="col">${words.days[language]}</th><th scope="col">${words.basis[language]}</th></tr></thead>
<tbody>${Object.entries(retentions).map(
  ([kind, { days, basis }]) =>
    html`<tr><th scope="row">${classText[kind as CaseClass][language]}</th><td>${days}</td><td>${basis[language]}</td></tr>`,
)}</tbody></table></div>
<p class="hint">${words.own[language]}</p>
<p>${words.followers[language].replace("{days}", String(subscriberDays))}</p>`;

export const privacy: Guide = {
  address: "/privasi",
  title: { id: "Privasi", en: "Privacy" },
  lead: {
    id: "Kami menyimpan sedikit, menyegel identitas, dan mengatakan siapa yang membacanya.",
    en: "We keep little, seal identities, and say who reads them.",
  },
  sections: [
    {
      heading: { id: "Yang Anda berikan", en: "What you give" },
      list: [
        {
          id: "Cerita, tempat, dan berkas: dibaca instansi yang menangani.",
          en: "Your story, place and files: the agency in charge reads them.",
        },
        {
          id: "Nama, email, telepon, dan NIK: boleh kosong semuanya.",
          en: "Name, email, telephone and NIK: all of them may stay empty.",
        },
        {
          id: "Identitas disimpan terpisah dan disegel. Petugas membukanya hanya dengan alasan yang tercatat.",
          en: "Identities are kept apart and sealed. An officer opens one only with a reason that is recorded.",
        },
      ],
    },
    {
      heading: { id: "Anonim dan rahasia", en: "Anonymous and secret" },
      list: [
        {
          id: "Anonim: nama Anda tidak terlihat oleh instansi dan publik.",
          en: "Anonymous: the agency and the public do not see your name.",
        },
        {
          id: "Rahasia: isi laporan tidak terlihat oleh publik.",
          en: "Secret: the public does not see what you report.",
        },
        { id: "Keduanya dapat dipilih bersama.", en: "You can choose both." },
        {
          id: "Isi cerita dapat mengungkap siapa Anda. Tulis hanya yang perlu.",
          en: "What you tell may show who you are. Write only what is needed.",
        },
      ],
    },
    {
      heading: { id: "Yang dibaca publik", en: "What the public reads" },
      paragraphs: [
        {
          id: "Nomor telepon, NIK, email, dan pelat nomor dalam teks kami tutup. Anda dapat mengubah teks yang dibaca publik kapan saja.",
          en: "We mask telephone numbers, NIK, email addresses and number plates in the text. You can change the public text at any time.",
        },
        {
          id: "Foto dibersihkan dari lokasi, waktu, dan nama kamera. Yang terlihat di foto tetap terlihat.",
          en: "Photos lose their position, time and camera. What can be seen in a photo stays.",
        },
      ],
    },
    { heading: { id: "Berapa lama", en: "How long" }, more: kept },
    {
      heading: { id: "Kuki dan jejak", en: "Cookies and traces" },
      list: [
        {
          id: "Tidak ada pelacak, iklan, atau pihak lain di halaman ini.",
          en: "There is no tracker, advertisement or third party on these pages.",
        },
        {
          id: "Kuki hanya untuk draf (24 jam), laporan yang Anda buka (30 menit), dukungan dan tanda keluar cepat (satu hari).",
          en: "Cookies serve drafts (24 hours), reports that you open (30 minutes), supports and a quick exit (one day) only.",
        },
        {
          id: "Alamat internet dihitung beberapa menit untuk menahan banjir laporan. Alamat itu tidak dicatat.",
          en: "Internet addresses are counted for minutes to hold off floods. They are not logged.",
        },
        {
          id: "Tombol “Keluar cepat” menutup laporan, menghapus draf di perangkat ini, dan membuka situs lain.",
          en: "The button “Leave quickly” closes the report, deletes drafts on this device and opens another site.",
        },
      ],
    },
    {
      heading: { id: "Hak Anda atas data", en: "Your rights to your data" },
      paragraphs: [
        {
          id: "Buka laporan dengan tanda terima. Di sana Anda dapat melihat, mengunduh, memperbaiki, dan menghapus data Anda.",
          en: "Open your report with its receipt. There you can see, download, correct and delete your data.",
        },
      ],
    },
  ],
};
