import { brotliCompressSync, constants } from "node:zlib";
import { staticFiles } from "../../../infra/bundling/static-files.ts";
import { table } from "../table.ts";

/** What the first visit of a service loads besides its page, in bytes after brotli at its best. */
interface FirstVisit {
  service: string;
  styles: number;
  scripts: number;
  fonts: number;
  /** What the page has the browser fetch ahead for the pages that follow. */
  ahead: number;
}

/**
 * Taken on 26 November 2026 from the published sources, because a page of a running service could not be had:
 *
 * - FixMyStreet: github.com/mysociety/fixmystreet at 84d7c80c (21 August 2026), the first page with the cobrand "default" and the
 *   map of OpenStreetMap. Its base.css and layout.css were compiled with libsass and the options of its bin/make_css; beside them
 *   stands OpenLayers' style.css. The scripts are those of templates/web/base/common_scripts.html for `frontpage`; those ahead
 *   are the `prefetch` links of common_header_tags.html.
 * - GOV.UK Forms: github.com/alphagov/forms-runner at 40b70b4f (27 March 2026), which has the same files on every page of a form.
 *   Its application.scss was compiled with Sass, its application.js bundled and minified with esbuild, with govuk-frontend 6.1.0
 *   and dfe-autocomplete 1d4cc650 as its lock file names them. The fonts are the two of govuk-frontend, as WOFF2.
 *
 * Missing on both sides: the pages themselves, icons and manifests. Missing of theirs: pictures, FixMyStreet's words for
 * scripts (translation_strings.js), its service worker, and analytics, which GOV.UK Forms loads after consent. A server
 * that compresses less well, or with gzip, sends more than this.
 */
const others: readonly FirstVisit[] = [
  {
    service: "FixMyStreet, first page",
    styles: 22_525 + 4_587 + 2_162,
    scripts: 317 + 9_870 + 536 + 2_125 + 482 + 381,
    fonts: 0,
    ahead: 151_796,
  },
  {
    service: "GOV.UK Forms, any page of a form",
    styles: 13_631,
    scripts: 45_369,
    fonts: 31_480 + 33_382,
    ahead: 0,
  },
];

const bestQuality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** Weighs the static files that a page of ours names. */
async function ours(service: string, address: string): Promise<FirstVisit> {
  const page = await (await fetch(address)).text();
  const weightOf = (ending: string) =>
    staticFiles()
      .files.filter((file) => file.address.endsWith(ending) && page.includes(`"${file.address}"`))
      .reduce((sum, { content }) => sum + brotliCompressSync(content, bestQuality).length, 0);
  return { service, styles: weightOf(".css"), scripts: weightOf(".js"), fonts: 0, ahead: 0 };
}

/** What a first visit loads besides the page: here, and at two services that people know. */
export async function besideOthers(url: string): Promise<string> {
  const visits = [
    await ours("Ours, first page", url),
    await ours("Ours, /lapor/cerita", new URL("/lapor/cerita", url).href),
    ...others,
  ];
  return table(
    ["First visit", "Styles", "Scripts", "Fonts", "Together", "Fetched ahead"],
    visits.map(({ service, styles, scripts, fonts, ahead }) => [
      service,
      ...[styles, scripts, fonts, styles + scripts + fonts, ahead].map((one) => one.toLocaleString("en")),
    ]),
  );
}
