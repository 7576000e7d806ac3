import * as z from "zod";
import type { Route } from "../../../../shared/http/endpoint.ts";
import { bodyOf, type FormValues, valueOf } from "../../../../shared/http/page/form.ts";
import { officerActionAt, type OfficerVisit } from "../../../../shared/http/page/officer.ts";
import type { Text } from "../../../../shared/language.ts";
import { html } from "../../../../shared/page/html.ts";
import { pageIn } from "../../../../shared/page/layout.ts";
import { hidden, sendButton, textArea } from "../../../../shared/page/parts/form.ts";
import { summaryList } from "../../../../shared/page/parts/lists.ts";
import { agencyId } from "../../../../shared/text/id.ts";
import { agencyClosed } from "../../close-agency.ts";
import { leadOn, namesOf, type Room, roomForm, seenIn, shown } from "../room.ts";
import { addressOfAgency, agencyAt, backToAgency } from "./agency-page.ts";
import { agencyChoice, choicesFor, searchForm } from "./chooser.ts";

const words = {
  title: { id: "Tutup instansi", en: "Close an agency" },
  successor: { id: "Instansi penggantinya", en: "Its successor" },
  successorHint: {
    id: "Laporan yang masih terbuka dialihkan ke sini. Wajib bila masih ada laporan terbuka.",
    en: "Cases that are still open go there. It is needed where any are.",
  },
  none: { id: "Tidak ada pengganti", en: "No successor" },
  reason: { id: "Alasan", en: "Reason" },
  reasonHint: {
    id: "Tercatat dalam riwayat instansi, misalnya nomor peraturan daerahnya.",
    en: "It stands in the history of the agency, such as the number of the regulation.",
  },
  look: { id: "Lihat dulu akibatnya", en: "See first what follows" },
  nothingYet: { id: "Belum ada yang berubah.", en: "Nothing has changed yet." },
  cases: { id: "Laporan terbuka yang dialihkan", en: "Open cases that move" },
  officers: {
    id: "Petugas yang tertinggal dan perlu dipindahkan atau diberhentikan",
    en: "Officers who stay behind and have to be moved or dismissed",
  },
  forGood: {
    id: "Instansi yang ditutup tidak menerima laporan lagi dan tidak dapat dibuka kembali.",
    en: "A closed agency takes no cases any more and cannot be opened again.",
  },
  close: { id: "Tutup instansi ini", en: "Close this agency" },
  agency: { id: "Instansi", en: "Agency" },
  back: { id: "Ubah pilihan", en: "Change the choice" },
} as const satisfies Record<string, Text>;

const pathOfAgency = z.strictObject({ id: agencyId });
const asked = (id: string, values: FormValues, dryRun?: "true") => ({
  path: { id },
  query: { dryRun },
  body: bodyOf(values, ["successor", "reason"]),
  headers: seenIn(values),
});

/** `/petugas/kelola/instansi/{id}/tutup`: shows what closing an agency does, then closes it. */
export const closeAgencyPages = (room: Room): Route[] => {
  /** What closing would do. Its page alone has the button that closes, over the version that was looked at. */
  const trial = async (id: string, visit: OfficerVisit, values: FormValues) => {
    const { language } = visit;
    const reply = await visit.reply(room.asked.closeAgency, asked(id, values, "true"));
    const { name, openCases, remainingOfficers } = agencyClosed.parse(reply.body);
    const successor = valueOf(values, "successor");
    const named = successor === "" ? words.none[language] : (await namesOf(room, [successor])).get(successor);
    return shown(room, visit, {
      title: words.title,
      back: { address: `${addressOfAgency(id)}/tutup`, label: words.back[language] },
      narrow: true,
      main: html`<h1>${words.title[language]}</h1><p class="notice">${words.nothingYet[language]}</p>
${summaryList([
  { label: words.agency[language], value: name },
  { label: words.cases[language], value: String(openCases) },
  { label: words.successor[language], value: named },
  { label: words.officers[language], value: String(remainingOfficers.length) },
])}
<p>${words.forGood[language]}</p>
<form method="post" action="${pageIn(language, `${addressOfAgency(id)}/tutup/laksanakan`)}">${hidden("versi", valueOf(values, "versi"))}${hidden("successor", successor)}${hidden("reason", valueOf(values, "reason"))}${sendButton(words.close[language], "leave")}</form>`,
    });
  };
  return [
    ...roomForm(room, {
      at: "/petugas/kelola/instansi/{id}/tutup",
      input: { path: pathOfAgency, query: z.strictObject({ cari: z.string().max(200).optional() }) },
      async load({ path, query }, visit) {
        const [entry, found] = await Promise.all([
          agencyAt(room, visit, path.id),
          choicesFor(room, visit, query.cari),
        ]);
        return { ...entry, found: found.filter(({ id }) => id !== path.id) };
      },
      title: words.title,
      heading: (_, language) => words.title[language],
      back: ({ agency }) => backToAgency(agency),
      query: ({ query }) => ({ cari: query.cari }),
      intro: ({ state, visit, language, request }) =>
        html`<p><b>${state.agency.name}</b></p><p>${words.forGood[language]}</p>${searchForm(visit.address, request.query.cari, language)}`,
      inputs: ({ told, state, language }) =>
        html`${agencyChoice(told, { name: "successor", label: words.successor[language], hint: words.successorHint[language] }, state.found, { none: words.none[language] })}${textArea(told, { name: "reason", label: words.reason[language], hint: words.reasonHint[language] }, { rows: 4, limit: 2_000 })}`,
      button: words.look,
      send: ({ path: { id } }, visit, values) => trial(id, visit, values),
    }),
    ...officerActionAt(
      room.registry.frame,
      "/petugas/kelola/instansi/{id}/tutup/laksanakan",
      { path: pathOfAgency },
      async ({ path: { id } }, visit, values) => {
        await visit.reply(room.asked.closeAgency, asked(id, values));
        return leadOn(visit, addressOfAgency(id), "ditutup");
      },
    ),
  ];
};
