import type { Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import type { Frame } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";

const words = {
  title: { id: "Bukan di sini: ke mana melapor?", en: "Not here: where to report" },
  intro: {
    id: "Di sini Anda melaporkan pelayanan publik. Untuk hal lain ada pintu yang lebih cepat.",
    en: "Here you report about public services. For other matters there is a faster way.",
  },
  here: { id: "Yang tetap di sini", en: "What belongs here" },
  hereText: {
    id: "Pelayanan polisi, jaksa, atau pengadilan yang lambat, tidak ramah, atau memungut biaya liar. Perkaranya sendiri tidak.",
    en: "A service of the police, a prosecutor or a court that is slow, unfriendly or asks for illegal fees. The case itself does not.",
  },
  report: { id: "Buat laporan tentang pelayanan", en: "Report about a service" },
} as const satisfies Record<string, Text>;

/** A matter that is not for us, and its door. `call`: a number that is free to call. */
const doors: readonly { what: Text; where: Text; call?: string }[] = [
  {
    what: { id: "Keadaan darurat", en: "An emergency" },
    where: {
      id: "Kebakaran, kecelakaan, orang sakit, atau nyawa terancam. Telepon sekarang, jangan menulis di sini.",
      en: "Fire, an accident, somebody is ill or a life is at risk. Call now, do not write here.",
    },
    call: "112",
  },
  {
    what: { id: "Tindak pidana", en: "A crime" },
    where: {
      id: "Pencurian, penipuan, kekerasan, ancaman. Telepon polisi atau datangi kantor polisi terdekat.",
      en: "Theft, fraud, violence, threats. Call the police or go to the nearest police station.",
    },
    call: "110",
  },
  {
    what: { id: "Kekerasan terhadap perempuan dan anak", en: "Violence against women and children" },
    where: {
      id: "Saluran SAPA (Sahabat Perempuan dan Anak) mendampingi korban dan merahasiakan identitas.",
      en: "The ministry’s hotline SAPA stands by victims and keeps identities confidential.",
    },
    call: "129",
  },
  {
    what: { id: "Korupsi", en: "Corruption" },
    where: {
      id: "Suap, gratifikasi, atau uang negara yang hilang. Lapor ke Komisi Pemberantasan Korupsi (KPK).",
      en: "Bribes, illegal gifts or missing state money. Report it to the Corruption Eradication Commission (KPK).",
    },
    call: "198",
  },
  {
    what: { id: "Perkara pengadilan", en: "A court case" },
    where: {
      id: "Putusan dan perkara yang sedang berjalan hanya dapat diubah oleh pengadilan. Tanyakan ke pengadilan itu atau penasihat hukum Anda.",
      en: "Only a court can change a judgment or a case in progress. Ask that court or your lawyer.",
    },
  },
  {
    what: { id: "Undang-undang dan wakil rakyat", en: "Laws and members of parliament" },
    where: {
      id: "Usul tentang undang-undang dan keluhan tentang anggota dewan: sampaikan ke DPR atau DPRD.",
      en: "Proposals about laws, and complaints about members. Turn to the House of Representatives (DPR) or the regional council (DPRD).",
    },
  },
  {
    what: { id: "Urusan pribadi", en: "A private matter" },
    where: {
      id: "Sengketa dengan tetangga, keluarga, majikan, atau toko. Mulai dari ketua RT, lurah, atau penasihat hukum.",
      en: "A dispute with neighbours, family, an employer or a shop. Begin with the head of your neighbourhood (RT) or village (lurah), or a lawyer.",
    },
  },
  {
    what: { id: "Sudah melapor, tetapi tidak diselesaikan", en: "You reported, and nothing was solved" },
    where: {
      id: "Ombudsman memeriksa pelayanan yang buruk, gratis. Anda harus lebih dulu mengadu kepada instansinya.",
      en: "The Ombudsman examines bad service, free of charge. You have to complain to the agency first.",
    },
    call: "137",
  },
];

const callWords: Text = { id: "Telepon", en: "Call" };

/** `/lapor/bukan-di-sini`: what is not for us, and who takes it. */
export const reportElsewherePage = (frame: Frame): Route[] =>
  pageAt("/lapor/bukan-di-sini", {}, async (_, { language }) => ({
    ...page(
      layout({
        language,
        address: "/lapor/bukan-di-sini",
        files: frame.files,
        title: words.title[language],
        focused: true,
        narrow: true,
        quickExit: true,
        canonical: frame.siteUrl && `${frame.siteUrl}/`,
        main: html`<p><a href="${pageIn(language, "/lapor")}" class="back">${words.report[language]}</a></p>
<h1>${words.title[language]}</h1>
<p>${words.intro[language]}</p>
${doors.map(
  ({ what, where, call }) =>
    html`<h2>${what[language]}</h2><p>${where[language]}</p>${call && html`<p><a class="button second" href="tel:${call}">${callWords[language]} ${call}</a></p>`}`,
)}
<h2>${words.here[language]}</h2>
<p>${words.hereText[language]}</p>`,
      }),
    ),
    headers: publicPage,
  }));
