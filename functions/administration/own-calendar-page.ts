import type * as z from "zod";
import { cancelledForDays, mostEvents } from "../../shared/calendar-feed/told-calendar.ts";
import { inWords, type TimeZone } from "../../shared/deadline/calendar/time-zone.ts";
import { del, type Endpoint, get, put, type Route } from "../../shared/http/endpoint.ts";
import { valueOf } from "../../shared/http/page/form.ts";
import { officerFormAt, type OfficerVisit } from "../../shared/http/page/officer.ts";
import { seeOther } from "../../shared/http/page/route.ts";
import { page } from "../../shared/http/reply.ts";
import type { Language, Text } from "../../shared/language.ts";
import { caseForm } from "../../shared/page/case/own-page.ts";
import { type Hole, type Html, html } from "../../shared/page/html.ts";
import { pageIn } from "../../shared/page/layout.ts";
import { deskPage } from "../../shared/page/officer/desk-page.ts";
import { errorSummary, type Summary } from "../../shared/page/parts/form.ts";
import {
  calendarState,
  makeOwnCalendar,
  newCalendar,
  revokeOwnCalendar,
  showOwnCalendar,
} from "./own-calendar.ts";
import type { Registry } from "./registry.ts";

const words = {
  title: { id: "Kalender batas waktu saya", en: "The calendar of my deadlines" },
  back: { id: "Kembali ke pengaturan saya", en: "Back to my settings" },
  intro: {
    id: "Batas waktu laporan di antrean Anda muncul di kalender ponsel atau komputer Anda, dan ikut berpindah bila tanggalnya berpindah.",
    en: "The deadlines of the cases in your queues show in the calendar of your phone or computer, and move when their dates move.",
  },
  holds: {
    id: "Isinya nomor laporan dan nama hitungannya saja: tanpa judul, tempat, dan orang.",
    en: "It holds the numbers of cases and the names of clocks only: no title, no place, no person.",
  },
  whose: {
    id: "Yang masuk: laporan di semua jabatan Anda, dan milik petugas yang sedang Anda wakili.",
    en: "What goes in: the cases of all your posts, and those of officers in whose place you stand now.",
  },
  most: {
    id: `Paling banyak ${mostEvents.toLocaleString("id")} batas waktu, yang terdekat lebih dulu. Yang selesai atau pindah terbaca batal selama ${cancelledForDays} hari.`,
    en: `At most ${mostEvents.toLocaleString("en")} deadlines, the nearest first. What ended or went elsewhere reads as cancelled for ${cancelledForDays} days.`,
  },
  key: {
    id: "Siapa pun yang memegang alamatnya dapat membaca kalender ini tanpa masuk. Jangan membagikannya. Bila bocor, cabut.",
    en: "Whoever holds the address can read this calendar without signing in. Do not share it. If it leaks, revoke it.",
  },
  none: { id: "Anda belum punya alamat kalender.", en: "You have no address for your calendar yet." },
  since: { id: "Alamat kalender Anda dibuat", en: "The address of your calendar was made on" },
  make: { id: "Buat alamat kalender", en: "Make an address" },
  makeNew: { id: "Buat alamat baru", en: "Make a new address" },
  makes: {
    id: "Alamatnya tampil sekali, di halaman berikutnya. Kami hanya menyimpan sidiknya.",
    en: "The address is shown once, on the next page. We keep only its hash.",
  },
  replaces: {
    id: "Alamat yang lama langsung tidak berlaku. Kalender yang memakainya berhenti diperbarui.",
    en: "The old address stops working at once. Calendars that use it are not updated any more.",
  },
  revoke: { id: "Cabut alamat", en: "Revoke the address" },
  revokes: {
    id: "Kalender yang memakai alamat ini berhenti diperbarui. Anda dapat membuat alamat baru kapan saja.",
    en: "Calendars that use this address are not updated any more. You can make a new one at any time.",
  },
  made: { id: "Alamat kalender Anda", en: "The address of your calendar" },
  once: {
    id: "Salin sekarang: alamat ini tidak ditampilkan lagi.",
    en: "Copy it now: this address is not shown again.",
  },
  how: { id: "Cara memakainya", en: "How to use it" },
  phone: {
    id: "Google Kalender (di komputer): Kalender lainnya, Dari URL, lalu tempel alamatnya.",
    en: "Google Calendar (on a computer): Other calendars, From URL, then paste the address.",
  },
  apple: {
    id: "iPhone: Pengaturan, Kalender, Akun, Tambah Akun, Lainnya, Tambah Kalender Berlangganan.",
    en: "iPhone: Settings, Calendar, Accounts, Add Account, Other, Add Subscribed Calendar.",
  },
  outlook: {
    id: "Outlook: Tambahkan kalender, Berlangganan dari web, lalu tempel alamatnya.",
    en: "Outlook: Add calendar, Subscribe from web, then paste the address.",
  },
  english: {
    id: "Tambahkan ?lang=en di belakangnya bila Anda ingin kalendernya berbahasa Inggris.",
    en: "Put ?lang=en behind it to have the calendar in English.",
  },
  slow: {
    id: "Kalender bertanya sekali sejam; Google kadang sekali sehari. Yang pasti selalu meja Anda.",
    en: "Calendars ask once an hour; Google sometimes once a day. Your desk is always right.",
  },
  done: { id: "Sudah dicabut.", en: "It is revoked." },
} as const satisfies Record<string, Text>;

const address = "/petugas/saya/kalender";
const settings = "/petugas/saya";

interface Asked {
  see: Endpoint;
  make: Endpoint;
  revoke: Endpoint;
}

/** The buttons of the page. Both bring back which address their officer saw. */
const button = (
  language: Language,
  {
    act,
    madeAt,
    label,
    after,
    kind,
  }: { act: string; madeAt: string | null; label: Text; after: Hole; kind?: "leave" },
): Html =>
  caseForm(language, {
    address,
    carried: { apa: act, seen: madeAt ?? "" },
    inputs: undefined,
    consequence: after,
    button: label[language],
    kind,
  });

/** The zone that an officer's first post works in. */
async function zoneOf({ directory }: Pick<Registry, "directory">, visit: OfficerVisit): Promise<TimeZone> {
  const [{ agencyId }] = visit.posts;
  return (await directory.agency(agencyId))?.timeZone ?? "Asia/Jakarta";
}

/** `/petugas/saya/kalender`: makes the address of an officer's calendar, which is shown once, or revokes it. */
const ownCalendarPage = (registry: Registry, { see, make, revoke }: Asked): Route[] => {
  const { frame } = registry;
  const shown = (visit: OfficerVisit, title: Text, main: Hole, summary?: Summary) =>
    page(
      deskPage(visit, frame.files, {
        title: title[visit.language],
        narrow: true,
        summary,
        main: html`<p><a class="back" href="${pageIn(visit.language, settings)}">${words.back[visit.language]}</a></p>
<h1>${title[visit.language]}</h1>
${main}`,
      }),
    );

  const buttons = async (visit: OfficerVisit, madeAt: string | null): Promise<Hole> => {
    const { language } = visit;
    const makes = html`<p>${words.makes[language]}</p>`;
    if (madeAt === null)
      return html`<p>${words.none[language]}</p>
${button(language, { act: "buat", madeAt, label: words.make, after: makes })}`;
    return html`<p>${words.since[language]} ${inWords(madeAt, await zoneOf(registry, visit), language)}.</p>
<h2>${words.makeNew[language]}</h2>
${button(language, { act: "buat", madeAt, label: words.makeNew, after: html`${makes}<p>${words.replaces[language]}</p>`, kind: "leave" })}
<h2>${words.revoke[language]}</h2>
${button(language, { act: "cabut", madeAt, label: words.revoke, after: html`<p>${words.revokes[language]}</p>`, kind: "leave" })}`;
  };

  const addressShown = (
    { url }: z.output<typeof newCalendar>,
    language: Language,
  ): Hole => html`<p><b>${words.once[language]}</b></p>
<p class="card"><code>${url}</code></p>
<p>${words.key[language]}</p>
<h2>${words.how[language]}</h2>
<ul>${[words.phone, words.apple, words.outlook, words.english, words.slow].map((text) => html`<li>${text[language]}</li>`)}</ul>`;

  return officerFormAt(frame, address, {
    input: {},

    async show(_request, visit, tried) {
      const { language } = visit;
      const { madeAt } = await visit.ask(see, {}, calendarState);
      return shown(
        visit,
        words.title,
        html`${visit.query.sudah === "cabut" && html`<div class="notice"><p>${words.done[language]}</p></div>`}<p>${words.intro[language]}</p>
<ul>${[words.holds, words.whose, words.most, words.key].map((text) => html`<li>${text[language]}</li>`)}</ul>
${await buttons(visit, madeAt)}`,
        errorSummary(tried?.problem, language),
      );
    },

    async send(_request, visit, values) {
      const { language } = visit;
      if (valueOf(values, "apa") === "cabut") {
        await visit.reply(revoke, {});
        return seeOther(`${address}?sudah=cabut`, language);
      }
      // A form that is sent again comes from before the address that it made, and does not end it.
      const replaces = valueOf(values, "seen") || null;
      const made = await visit.ask(make, { body: { replaces } }, newCalendar);
      return shown(visit, words.made, addressShown(made, language));
    },
  });
};

const ofMine = "/v1/officer/me/calendar";

/** Everything about the address of one's own calendar. */
export const ownCalendarRoutes = (registry: Registry): Route[] => {
  const asked = {
    see: showOwnCalendar(registry),
    make: makeOwnCalendar(registry),
    revoke: revokeOwnCalendar(registry),
  };
  return [
    get(ofMine, asked.see),
    put(ofMine, asked.make),
    del(ofMine, asked.revoke),
    ...ownCalendarPage(registry, asked),
  ];
};
