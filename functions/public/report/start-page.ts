import * as z from "zod";
import type { Route } from "../../../shared/http/endpoint.ts";
import { valueOf } from "../../../shared/http/page/form.ts";
import { formAt, seeOther } from "../../../shared/http/page/route.ts";
import { page } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { type Hole, html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { errorSummary } from "../../../shared/page/parts/form.ts";
import { keptUntil, stepWords, unsentOnPhone } from "../../../shared/page/report/step.ts";
import type { Draft } from "../../../shared/visitor/draft.ts";
import { noDraftCookie, type ReportDesk } from "./desk.ts";
import {
  byWay,
  type Named,
  namedBy,
  notToBeHad,
  openWay,
  toWhom,
  type WayIn,
  wayIn,
  wayInFields,
  wayInOf,
  waysIn,
} from "./way-in.ts";

const words = {
  title: { id: "Buat laporan", en: "Make a report" },
  intro: {
    id: "Sekitar 10 menit, tanpa akun dan tanpa biaya. Tiap langkah disimpan, jadi Anda boleh berhenti kapan saja.",
    en: "About 10 minutes, without an account and free of charge. Each step is saved, so you may stop at any time.",
  },
  begin: { id: "Mulai", en: "Begin" },
  goOn: { id: "Lanjutkan draf", en: "Go on with the draft" },
  draft: { id: "Ada draf di peramban ini", en: "There is a draft in this browser" },
  anew: { id: "Hapus draf dan mulai baru", en: "Delete the draft and begin anew" },
  remove: { id: "Hapus draf", en: "Delete the draft" },
  sentTitle: { id: "Laporan Anda sudah terkirim", en: "Your report has been sent" },
  sentText: {
    id: "Nomor dan tanda terimanya masih dapat dibuka. Sesudah Anda mulai yang baru, tanda terima itu tidak tampil lagi.",
    en: "Its number and receipt can still be opened. Once you begin another one, that receipt is not shown again.",
  },
  toReceipt: { id: "Buka nomor dan tanda terima", en: "Open the number and receipt" },
  another: { id: "Sudah dicatat, buat laporan lain", en: "I have noted it: make another report" },
  steps: { id: "Enam langkah pendek", en: "Six short steps" },
  afterwards: { id: "Sesudah terkirim", en: "After it is sent" },
  elsewhere: { id: "Bukan untuk semua hal", en: "Not for everything" },
  elsewhereText: {
    id: "Perkara pengadilan, tindak pidana, korupsi, atau urusan pribadi punya pintu lain.",
    en: "Court cases, crimes, corruption and private matters have other doors.",
  },
  elsewhereLink: { id: "Ke mana saya harus melapor?", en: "Where do I report that?" },
} as const satisfies Record<string, Text>;

const steps: readonly Text[] = [
  { id: "Cerita: apa yang terjadi.", en: "What happened." },
  { id: "Tempat. Boleh tidak tahu.", en: "Where. It is fine not to know." },
  { id: "Laporan serupa, bila ada.", en: "Similar reports, if there are any." },
  {
    id: "Tujuan. Kami dapat memilihkan instansinya.",
    en: "To whom. We can choose the agency for you.",
  },
  {
    id: "Siapa yang melihat Anda. Boleh anonim, boleh rahasia.",
    en: "Who sees you. You may stay anonymous, and the report may be secret.",
  },
  { id: "Periksa dan kirim.", en: "Check and send." },
];

const afterwards: Text = {
  id: "Anda mendapat nomor pelacakan dan tanda terima rahasia. Dengan keduanya Anda mengikuti laporan, menjawab, dan menambah foto.",
  en: "You get a tracking number and a secret receipt. With both you follow the report, answer, and add photos.",
};

/** What has happened to a draft, for whoever is led here. */
const happened = new Map<string, Text>([
  [
    "habis",
    {
      id: "Draf tidak ditemukan lagi. Lewat 24 jam, sudah dihapus, atau kuki peramban ini hilang atau berubah. Mulai yang baru di bawah.",
      en: "The draft is gone. 24 hours are over, it was deleted, or this browser lost or changed its cookie. Begin a new one below.",
    },
  ],
  [
    "kuki",
    {
      id: "Peramban ini tidak menyimpan kuki, jadi draf tidak dapat dilanjutkan. Izinkan kuki untuk situs ini, lalu kembali satu halaman dan kirim lagi.",
      en: "This browser keeps no cookie, so the draft cannot go on. Allow cookies for this site, then go back one page and send again.",
    },
  ],
  ["dihapus", { id: "Draf sudah dihapus.", en: "The draft is deleted." }],
  ["tersimpan", { id: "Tersimpan.", en: "Saved." }],
]);

/** What becomes of the agency of a link where a draft is there already: a draft keeps the agency that it has. */
async function draftGoesTo(
  { directory }: ReportDesk,
  { values }: Draft,
  named: Named,
  language: Language,
): Promise<Hole> {
  const own = values.agencyId ? await directory.agency(values.agencyId) : undefined;
  if (named.is !== "open") return own && toWhom(own.name, language);
  if (!own) return values.instansi === undefined && toWhom(named.agency.name, language);
  if (own.id === named.agency.id) return toWhom(own.name, language);
  const kept = {
    id: html`Draf ini untuk <b>${own.name}</b>. Untuk melapor ke <b>${named.agency.name}</b>, ubah tujuannya di langkah 4, atau hapus draf dan mulai baru.`,
    en: html`This draft goes to <b>${own.name}</b>. To report to <b>${named.agency.name}</b>, change that in step 4, or delete the draft and begin anew.`,
  };
  return html`<p>${kept[language]}</p>`;
}

const draftPart = (draft: Draft, { way, goesTo }: { way: WayIn; goesTo: Hole }, language: Language): Hole => {
  const until = keptUntil(draft, language);
  const kept = {
    id: `Disimpan sampai ${until}. Hanya peramban ini, di perangkat ini, yang dapat membukanya. Di perangkat bersama, hapus draf sebelum pergi.`,
    en: `Kept until ${until}. Only this browser on this device can open it. On a shared device, delete the draft before you leave.`,
  };
  return html`<h2>${words.draft[language]}</h2>
${goesTo}
<p>${kept[language]}</p>
<p class="row"><a class="button" href="${pageIn(language, byWay("/lapor/cerita", way))}">${words.goOn[language]}</a></p>
<form method="post" action="${pageIn(language, "/lapor")}" data-once data-draft-removes data-no-line="${stepWords.pressAgain[language]}">${wayInFields(way)}<div class="row"><button class="button second" name="aksi" value="hapus">${words.remove[language]}</button> <button class="link" name="aksi" value="baru">${words.anew[language]}</button></div></form>`;
};

const sentPart = (way: WayIn, language: Language): Hole => html`<h2>${words.sentTitle[language]}</h2>
<p>${words.sentText[language]}</p>
<p class="row"><a class="button" href="${pageIn(language, "/lapor/terkirim")}">${words.toReceipt[language]}</a></p>
<form method="post" action="${pageIn(language, "/lapor")}" data-once data-draft-removes data-no-line="${stepWords.pressAgain[language]}">${wayInFields(way)}<button class="link" name="aksi" value="baru">${words.another[language]}</button></form>`;

const query = z.strictObject({ draf: z.string().max(20).optional(), ...waysIn });

/** `/lapor`: what happens and how long it takes. A draft can be gone on with or deleted. */
export const reportStartPage = (desk: ReportDesk): Route[] =>
  formAt(desk.frame, "/lapor", {
    input: { query },
    async show({ query }, visit, tried) {
      const { language } = visit;
      const { held, lost } = await desk.opened(visit);
      if (!tried) desk.isSaved(held, visit);
      const notice = happened.get(query.draf ?? "") ?? (lost ? happened.get("habis") : undefined);
      const asked = tried ? wayInOf(tried.values) : wayIn(query);
      const named = await namedBy(desk, asked.instansi);
      const way = openWay(asked, named);
      return {
        ...page(
          layout({
            language,
            address: byWay("/lapor", asked),
            files: desk.frame.files,
            title: words.title[language],
            focused: true,
            narrow: true,
            quickExit: true,
            scripts: ["draft.js"],
            summary: errorSummary(tried?.problem, language),
            main: html`${notice && html`<div class="notice"><p>${notice[language]}</p></div>`}
${notToBeHad(named, language)}
${unsentOnPhone(language)}
<h1>${words.title[language]}</h1>
<p>${words.intro[language]}</p>
${
  held
    ? held.draft.sent
      ? sentPart(way, language)
      : draftPart(held.draft, { way, goesTo: await draftGoesTo(desk, held.draft, named, language) }, language)
    : html`${named.is === "open" && toWhom(named.agency.name, language)}
<p class="row"><a class="button" href="${pageIn(language, byWay("/lapor/cerita", way))}">${words.begin[language]}</a></p>`
}
<h2>${words.steps[language]}</h2>
<ol>${steps.map((step) => html`<li>${step[language]}</li>`)}</ol>
<h2>${words.afterwards[language]}</h2>
<p>${afterwards[language]}</p>
<h2>${words.elsewhere[language]}</h2>
<p>${words.elsewhereText[language]} <a href="${pageIn(language, "/lapor/bukan-di-sini")}">${words.elsewhereLink[language]}</a></p>`,
          }),
        ),
        cookies: lost ? [noDraftCookie()] : [],
      };
    },
    async send(_, visit, sent) {
      const { held } = await desk.opened(visit);
      if (held) await desk.remove(held);
      const isAnew = valueOf(sent, "aksi") === "baru";
      const next = isAnew ? byWay("/lapor/cerita", wayInOf(sent)) : "/lapor?draf=dihapus";
      return seeOther(next, visit.language, [noDraftCookie()]);
    },
  });
