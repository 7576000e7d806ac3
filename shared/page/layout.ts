import type { Language, Text } from "../language.ts";
import { attributes, type Hole, type Html, html, labelsIn } from "./html.ts";
import type { Summary } from "./parts/form.ts";

/** The addresses of static files by their names, as they were deployed: "style.css" -> "/aset/style-1A2B3C4D.css". */
export type StaticFiles = Readonly<Record<string, string>>;

interface OfficerAtPage {
  name: string;
  administers: boolean;
  /** Where their name leads. Without it that is their own page. */
  leadsTo?: string;
}

export interface WholePage {
  language: Language;
  /** The address of this page without its language: "/laporan". */
  address: string;
  files: StaticFiles;
  /** What the tab and the history say. It names no case, no person and no secret. */
  title: string;
  /** What is wrong with what was sent. It stands first, and the title says so first. */
  summary?: Summary | undefined;
  /** The page has the brand alone in its top bar: one topic, and no way to get lost. */
  focused?: boolean;
  /** The page has lines for reading. */
  narrow?: boolean;
  /** Leads away at once and closes what was open. For every page that shows a case. */
  quickExit?: boolean;
  /** An officer is at the page: the top bar is that of their desk. */
  officer?: OfficerAtPage;
  /** Scripts by their names, besides the one that every page has. */
  scripts?: readonly string[];
  /** The public origin, and whether search engines may show this page: for public pages. */
  canonical?: string | undefined;
  /** Opens this address after so many seconds, where a page waits. */
  refresh?: { seconds: number; address: string };
  /** Origins that this page sends files to and has pictures from. */
  buckets?: readonly string[];
  /** Links in the head, such as a feed. */
  links?: readonly Html[];
  main: Hole;
}

const brand = "SP4N-LAPOR!";

const words = {
  failed: { id: "Kesalahan", en: "Error" },
  skip: { id: "Langsung ke isi", en: "Skip to content" },
  place: { id: "Kalimantan Timur", en: "East Kalimantan" },
  report: { id: "Buat laporan", en: "Make a report" },
  track: { id: "Lacak", en: "Track" },
  reports: { id: "Laporan warga", en: "Public reports" },
  agencies: { id: "Instansi", en: "Agencies" },
  other: { id: "English", en: "Bahasa Indonesia" },
  quickExit: { id: "Keluar cepat", en: "Leave quickly" },
  how: { id: "Cara melapor", en: "How to report" },
  rights: { id: "Hak Anda", en: "Your rights" },
  privacy: { id: "Privasi", en: "Privacy" },
  accessibility: { id: "Aksesibilitas", en: "Accessibility" },
  status: { id: "Keadaan sistem", en: "System status" },
  calculator: { id: "Hitung batas waktu", en: "Deadline calculator" },
  emergency: { id: "Darurat? Telepon", en: "Emergency? Call" },
  desk: { id: "Meja petugas", en: "Officers' desk" },
  queues: { id: "Antrean", en: "Queues" },
  guidance: { id: "Panduan", en: "Guidance" },
  practice: { id: "Latihan", en: "Practice" },
  manage: { id: "Kelola", en: "Manage" },
  me: { id: "Saya", en: "Me" },
  signOut: { id: "Keluar", en: "Sign out" },
  officers: { id: "Untuk petugas", en: "For officers" },
  main: { id: "Utama", en: "Main" },
  more: { id: "Tentang layanan ini", en: "About this service" },
} as const satisfies Record<string, Text>;

/** The address of a page in a language. */
export const pageIn = (language: Language, address: string): string =>
  language === "id" ? address : address === "/" ? "/en" : `/en${address}`;

/** A link of a menu. It tells that somebody is there already. `more` stands in place of the label where there is room. */
const link = ({ language, address }: WholePage, to: string, label: Text, more?: Html): Html =>
  html`<a href="${pageIn(language, to)}" ${attributes({ "aria-current": to === address.split("?")[0] ? "page" : undefined })}>${more ? html`<i>${label[language]}</i>${more}` : label[language]}</a>`;

const file = (files: StaticFiles, name: string): string => {
  const address = files[name];
  if (address === undefined) throw new Error(`There is no static file "${name}"`);
  return address;
};

const head = ({
  language,
  address,
  files,
  title,
  summary,
  scripts = [],
  canonical,
  refresh,
  links = [],
}: WholePage): Html => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${summary && `${words.failed[language]}: `}${title} - ${brand} ${words.place[language]}</title>
<link rel="stylesheet" href="${file(files, "style.css")}">
${files["icon.svg"] && html`<link rel="icon" href="${files["icon.svg"]}" type="image/svg+xml">`}
${files["site.webmanifest"] && html`<link rel="manifest" href="${files["site.webmanifest"]}">`}
<meta name="theme-color" content="#063d2b">
${
  canonical === undefined
    ? html`<meta name="robots" content="noindex">`
    : html`<link rel="canonical" href="${new URL(pageIn(language, address), canonical).href}">
<link rel="alternate" hreflang="id" href="${new URL(pageIn("id", address), canonical).href}">
<link rel="alternate" hreflang="en" href="${new URL(pageIn("en", address), canonical).href}">`
}
${refresh && html`<meta http-equiv="refresh" content="${`${refresh.seconds};url=${refresh.address}`}">`}
${links}
${["page.js", ...scripts].filter((name) => files[name] !== undefined).map((name) => html`<script type="module" src="${file(files, name)}"></script>`)}
</head>`;

/** Where "leave quickly" leads: a page that everybody has open. */
export const neutralSite = "https://www.bmkg.go.id/";

/** The button that leaves at once. Without a script it closes the session and is led away. */
const exitButton = (language: Language): Html =>
  html`<form method="post" action="${pageIn(language, "/keluar-cepat")}" class="leave-form" data-quick-exit="${neutralSite}"><button class="button leave">${words.quickExit[language]}</button></form>`;

/** The languages of a page, and the way to the other one. */
const otherLanguage = ({ language, address }: WholePage): Html =>
  html`<a href="${pageIn(language === "id" ? "en" : "id", address)}" lang="${language === "id" ? "en" : "id"}" hreflang="${language === "id" ? "en" : "id"}">${words.other[language]}</a>`;

/** What an officer sees at the top of every page: the way to what they work with, who they are where there is room, and the way out. */
const officersBar = (page: WholePage, { name, administers, leadsTo }: OfficerAtPage): Html => {
  const { language } = page;
  return html`<header class="top"><div>
<a class="brand" href="${pageIn(language, "/petugas")}">${brand} <span>${words.desk[language]}</span></a>
<nav aria-label="${words.main[language]}">${link(page, "/petugas/antrean", words.queues)}${link(page, "/petugas/panduan", words.guidance)}${link(page, "/latihan", words.practice)}${administers && link(page, "/petugas/kelola", words.manage)}${leadsTo === undefined ? link(page, "/petugas/saya", words.me, html`<span>${name}</span>`) : link(page, leadsTo, { id: name, en: name })}</nav>
${otherLanguage(page)}
<form method="post" action="${pageIn(language, "/petugas/keluar")}"><button class="as-link">${words.signOut[language]}</button></form>
</div></header>`;
};

const topBar = (page: WholePage): Html => {
  const { language, focused, officer } = page;
  if (officer) return officersBar(page, officer);
  return html`<header class="top"><div>
<a class="brand" href="${pageIn(language, "/")}">${brand} <span>${words.place[language]}</span></a>
${
  !focused &&
  html`<nav aria-label="${words.main[language]}">${link(page, "/lapor", words.report)}${link(page, "/lacak", words.track)}${link(page, "/laporan", words.reports)}</nav>`
}
${otherLanguage(page)}
</div></header>`;
};

const footer = (page: WholePage): Html => {
  const { language } = page;
  return html`<footer><div>
<nav aria-label="${words.more[language]}">${link(page, "/cara", words.how)}${link(page, "/hak", words.rights)}${link(page, "/privasi", words.privacy)}${link(page, "/instansi", words.agencies)}${link(page, "/hitung", words.calculator)}${link(page, "/aksesibilitas", words.accessibility)}${link(page, "/status", words.status)}${link(page, "/petugas", words.officers)}</nav>
<p>${words.emergency[language]} <a href="tel:112">112</a>.</p>
</div></footer>`;
};

/** A browser starts a worker for a script only under a policy that the page names. */
const workersOf = [
  { script: "draft.js", policy: "offline-worker" },
  { script: "offline.js", policy: "offline-worker" },
  { script: "offline.js", policy: "proof-worker" },
  { script: "proof.js", policy: "proof-worker" },
];

/** What a page may load, run and send: from its own origin, and files to the bucket. */
const policyOf = ({ buckets = [], scripts = [], quickExit = false }: WholePage): string => {
  const trusted = workersOf.filter(({ script }) => scripts.includes(script)).map(({ policy }) => policy);
  const bucket = buckets.map((origin) => ` ${origin}`).join("");
  // Browsers hold a form to this also where the answer leads it on: without a script the quick exit would stay on the page.
  const exit = quickExit ? ` ${new URL(neutralSite).origin}` : "";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${bucket}`,
    `connect-src 'self'${bucket}`,
    `form-action 'self'${bucket}${exit}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trusted.length > 0 ? trusted.join(" ") : "'none'"}`,
  ].join("; ");
};

/** A whole page, with what it may load and run. */
export function layout(page: WholePage) {
  const { language, narrow, quickExit, summary, main } = page;
  const whole = html`<!doctype html>
<html lang="${language}">
${head(page)}
<body ${attributes({ "data-escape-leaves": quickExit ?? false })}>
<a class="skip" href="#isi">${words.skip[language]}</a>
${topBar(page)}
<main id="isi" tabindex="-1" ${attributes({ class: narrow ? "narrow" : undefined })}>
${quickExit && exitButton(language)}
${summary?.(labelsIn(main))}${main}
</main>
${footer(page)}
</body>
</html>
`;
  return { text: whole.markup, contentSecurityPolicy: policyOf(page) };
}
