import * as z from "zod";
import type { Endpoint, Route } from "../../../shared/http/endpoint.ts";
import { pageAt } from "../../../shared/http/page/route.ts";
import { canonicalOf, type Frame, type Visit } from "../../../shared/http/page/visit.ts";
import { page, publicPage } from "../../../shared/http/reply.ts";
import type { Text } from "../../../shared/language.ts";
import { html } from "../../../shared/page/html.ts";
import { layout, pageIn } from "../../../shared/page/layout.ts";
import { type Poster, posterAddress, posterWords, printedAddress } from "../../../shared/poster/poster.ts";
import { qrOf } from "../../../shared/poster/qr.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { agencyId } from "../../../shared/text/id.ts";
import { agencyAt } from "./agency-names.ts";

const words = {
  back: { id: "Kembali ke instansi", en: "Back to the agency" },
  print: { id: "Cetak poster ini", en: "Print this poster" },
  other: { id: "Ukuran A5", en: "Size A5" },
  usual: { id: "Ukuran A4", en: "Size A4" },
  pdf: { id: "Unduh PDF", en: "Download the PDF" },
  hint: {
    id: "Halaman ini dicetak sebagai satu lembar. PDF-nya tampak sama di setiap percetakan.",
    en: "This page prints as one sheet. The PDF looks the same at every printer.",
  },
} as const satisfies Record<string, Text>;

const withoutSite = () =>
  new Refusal("not-found", {
    id: "Poster belum dapat dibuat: alamat situs ini belum diatur.",
    en: "There is no poster yet: this site has no address.",
  });

const input = {
  path: z.strictObject({ agencyId }),
  query: z.strictObject({ ukuran: z.string().optional() }),
};
type Asked = { path: { agencyId: string }; query: { ukuran?: string | undefined } };

const isSmall = ({ query }: Asked): boolean => query.ukuran?.toLowerCase() === "a5";

/** What the poster of an agency says. */
async function posterFor(
  { siteUrl }: Frame,
  agency: Endpoint,
  { path }: Asked,
  visit: Visit,
): Promise<Poster> {
  if (siteUrl === undefined) throw withoutSite();
  const { id, name } = await agencyAt(visit, agency, { path });
  return { agency: { id, name }, siteUrl, language: visit.language };
}

/** `/instansi/{agencyId}/poster` and `…/poster.pdf`: a sheet to hang up, A4 or A5, with the QR code of the agency's page. */
export const posterPages = (frame: Frame, agency: Endpoint): Route[] => [
  ...pageAt("/instansi/{agencyId}/poster.pdf", input, async (asked, visit) => {
    const poster = await posterFor(frame, agency, asked, visit);
    // Few ask for it, and the writer of PDF is large.
    const { posterPdf } = await import("../../../shared/poster/poster-pdf.ts");
    const size = isSmall(asked) ? "A5" : "A4";
    return {
      status: 200,
      file: { content: await posterPdf(poster, size), type: "application/pdf" },
      headers: {
        ...publicPage,
        // Chromium shows no PDF under the policy of our answers, whose sandbox holds its viewer too. So a browser keeps it as a file.
        "content-disposition": `attachment; filename="poster-${poster.agency.id}-${size.toLowerCase()}.pdf"`,
      },
    };
  }),
  ...pageAt("/instansi/{agencyId}/poster", input, async (asked, visit) => {
    const { language } = visit;
    const poster = await posterFor(frame, agency, asked, visit);
    const { id, name } = poster.agency;
    const { title, headline, about, steps, free, orOpen, code, sms } = posterWords[language];
    const { size, path } = qrOf(posterAddress(poster));
    const at = (part: string) => pageIn(language, `/instansi/${id}${part}`);
    const small = isSmall(asked);
    return {
      ...page(
        layout({
          language,
          address: `/instansi/${id}/poster${small ? "?ukuran=a5" : ""}`,
          files: frame.files,
          title: title(name),
          canonical: small ? undefined : canonicalOf(frame),
          main: html`<div class="pager"><p><a class="back" href="${at("")}">${words.back[language]}</a></p>
<p>${words.hint[language]}</p>
<p class="row"><button type="button" class="button" hidden data-print>${words.print[language]}</button><a class="button second" href="${at(`/poster.pdf${small ? "?ukuran=a5" : ""}`)}">${words.pdf[language]}</a><a class="link" href="${at(small ? "/poster" : "/poster?ukuran=a5")}">${(small ? words.usual : words.other)[language]}</a></p></div>
<article class="${small ? "poster small" : "poster"}"><p class="band">SP4N-LAPOR!</p>
<h1>${headline}</h1>
<p>${about} <b>${name}</b></p>
<div class="hero"><svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${code}"><path d="${path}"/></svg>
<ol>${steps.map((one) => html`<li>${one}</li>`)}</ol></div>
<p>${orOpen} <b class="address">${printedAddress(poster)}</b></p>
<p>${sms}</p>
<p class="free"><b>${free}</b></p></article>`,
        }),
      ),
      headers: publicPage,
    };
  }),
];
