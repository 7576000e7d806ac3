import * as z from "zod";
import { caseStatus } from "../../../shared/case/case.ts";
import { filters, typedSearch } from "../../../shared/case/lists/search.ts";
import type { CaseView } from "../../../shared/case/views/schemas.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { cachedForAMinute, isKnown, type Reply, tagOf } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { escaped } from "../../../shared/text/html.ts";
import { agencyId } from "../../../shared/text/id.ts";
import { publicCases, type PublicLists } from "./list-cases.ts";

/** What a feed comes as. */
export type FeedForm = "atom" | "json";

const feedTypes: Record<FeedForm, string> = {
  atom: "application/atom+xml",
  json: "application/feed+json",
};

const titles: Text = { id: "Laporan warga", en: "Public reports" };
const subtitles: Text = {
  id: "Laporan yang terbuka untuk publik dan statusnya sekarang",
  en: "Reports that everybody may read, and their status now",
};

/** What XML 1.0 has no place for. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const writable = (text: string): string => text.replace(unwritable, "");

/** The last time that the public is told of, of those that a list shows. */
const toldAt = ({ submittedAt, verifiedAt, closedAt, referredAt }: CaseView): Date =>
  new Date(
    Math.max(
      ...[submittedAt, verifiedAt, closedAt, referredAt].flatMap((at) => (at ? [Date.parse(at)] : [])),
    ),
  );

/** An empty feed is as old as this. */
const beginning = new Date("2026-01-01T00:00:00Z");

/** Where a case stands, who has it, and where it happened, on one line. */
const inShort = ({ statusText, agency, category, location }: CaseView): string =>
  [statusText, agency?.name, category?.name, location?.regionName]
    .filter((part) => part !== undefined)
    .join(" · ");

interface FeedOf {
  site: string;
  /** The path and query that the feed was asked at. */
  self: string;
  language: Language;
}

/** The addresses of a feed and of its cases, in the language that it is read in. */
const addressesOf = ({ site, self, language }: FeedOf) => {
  const list = new URL(language === "en" ? "/en/laporan" : "/laporan", site).href;
  return { list, self: new URL(self, site).href, host: new URL(site).hostname };
};

/** Writes cases as a feed that readers of feeds subscribe to. */
export async function casesFeed(cases: readonly CaseView[], form: FeedForm, of: FeedOf) {
  // Most calls are none for a feed, and do not wait for its writer.
  const { Feed } = await import("feed");
  const { list, self, host } = addressesOf(of);
  const times = cases.map((one) => toldAt(one).getTime());
  const updated = times.length > 0 ? new Date(Math.max(...times)) : beginning;
  // A summary is HTML in both, a title only in the one.
  const titled = (plain: string): string => (form === "atom" ? escaped(writable(plain)) : writable(plain));
  const feed = new Feed({
    id: `tag:${host},2026:${new URL(self).pathname}${new URL(self).search}`,
    title: titles[of.language],
    description: subtitles[of.language],
    link: list,
    language: of.language,
    updated,
    generator: "SP4N-LAPOR!",
    copyright: "",
    author: { name: "SP4N-LAPOR!" },
    feedLinks: { [form]: self },
  });
  for (const one of cases)
    feed.addItem({
      id: `tag:${host},2026:laporan/${one.trackingNumber}`,
      title: titled(one.title ?? one.trackingNumber),
      link: `${list}/${one.trackingNumber}`,
      description: escaped(writable(inShort(one))),
      date: toldAt(one),
      published: new Date(one.submittedAt),
    });
  return { text: form === "atom" ? feed.atom1() : feed.json1(), updated };
}

/** A form sends the fields that nobody filled in, too. */
const filledIn = (given: unknown): unknown =>
  typeof given === "object" && given !== null
    ? Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""))
    : given;

const query = z.preprocess(
  filledIn,
  z.strictObject({
    q: typedSearch.optional(),
    instansi: agencyId.optional(),
    wilayah: filters.region,
    kategori: filters.category,
    jenis: filters.class,
    status: caseStatus.optional(),
  }),
);

const withoutSite = () =>
  new Refusal("not-found", {
    id: "Umpan ini belum ada: alamat situsnya belum diatur. Pakai GET /v1/cases.",
    en: "This feed is not there yet: its site has no address. Use GET /v1/cases.",
  });

const words = z.string();
/** JSON Feed, version 1 (jsonfeed.org). */
const jsonFeed = z.object({
  ...{ version: words, title: words, home_page_url: words, feed_url: words, description: words },
  author: z.object({ name: words }),
  items: z.array(
    z.object({
      ...{ id: words, url: words, title: words, content_html: words },
      date_modified: z.iso.datetime(),
      date_published: z.iso.datetime(),
    }),
  ),
});

/** `GET /laporan.atom` and `/laporan.json`: the public list, with the filters of its page. */
export const feedCases = (
  lists: PublicLists,
  siteUrl: string | undefined,
  { form, language }: { form: FeedForm; language: Language },
) =>
  endpoint(
    {
      summary: {
        id: `Umpan laporan (${form === "atom" ? "Atom" : "JSON Feed"})`,
        en: `Feed of the newest cases (${form === "atom" ? "Atom" : "JSON Feed"})`,
      },
      input: { query, header: z.object({ "if-none-match": z.string().optional() }) },
      output: { 200: form === "atom" ? "page" : jsonFeed, 304: "page" },
      documentType: feedTypes[form],
      refusals: {
        "not-found": "The site of this stage has no address",
        unavailable:
          "Feeds wait while the system is strained; `retry-after` says how long. Or something that the answer needs cannot be reached.",
      },
    },
    async ({ query: asked, header }): Promise<Reply> => {
      if (siteUrl === undefined) throw withoutSite();
      lists.strain.holdBack("export");
      const { q, instansi, wilayah, kategori, jenis, status } = asked;
      const { items } = await publicCases(
        lists,
        {
          ...(q !== undefined && { q }),
          ...(instansi && { agency: instansi }),
          ...(wilayah && { region: wilayah }),
          ...(kategori && { category: kategori }),
          ...(jenis && { class: jenis }),
          ...(status && { status }),
          limit: 50,
        },
        language,
      );
      const search = new URLSearchParams(
        Object.entries(asked).filter((one): one is [string, string] => one[1] !== undefined),
      ).toString();
      const path = `${language === "en" ? "/en" : ""}/laporan.${form}`;
      const { text, updated } = await casesFeed(items, form, {
        site: siteUrl,
        self: search ? `${path}?${search}` : path,
        language,
      });
      const tag = tagOf(text);
      const headers = {
        ...cachedForAMinute,
        etag: tag,
        "last-modified": updated.toUTCString(),
        "content-language": language,
      };
      return isKnown(header["if-none-match"], tag)
        ? { status: 304, headers }
        : { status: 200, headers, page: { text, type: feedTypes[form] } };
    },
  );
