import * as z from "zod";
import type { Officer } from "../../../shared/directory/directory.ts";
import { type Chapter, chapters } from "../../../shared/guidance/chapters.ts";
import type { Route } from "../../../shared/http/endpoint.ts";
import { notForYou, officerPageAt, type OfficerVisit } from "../../../shared/http/page/officer.ts";
import { page, type Reply } from "../../../shared/http/reply.ts";
import type { Html } from "../../../shared/page/html.ts";
import { deskPage } from "../../../shared/page/officer/desk-page.ts";
import {
  bookletInWords,
  chapterInWords,
  contentsInWords,
  type GuidanceReader,
  guidanceWords,
} from "../../../shared/page/officer/guidance/guidance-pages.ts";
import { agencyId } from "../../../shared/text/id.ts";
import type { Desk } from "../desk.ts";
import { inForceAt } from "./in-force.ts";

const input = { query: z.strictObject({ instansi: agencyId.optional(), sudah: z.string().optional() }) };
type Asked = { query: { instansi?: string | undefined } };

/** The post for whose agency somebody reads. Refuses an agency at which they have none. */
function postAt({ posts }: Pick<OfficerVisit, "posts">, asked: string | undefined): Officer {
  const post = posts.find((one) => one.agencyId === (asked ?? posts[0].agencyId));
  if (!post) throw notForYou();
  return post;
}

/** Whoever reads, and what holds for the agency that they read for. */
async function readerOf(desk: Desk, { query }: Asked, visit: OfficerVisit): Promise<GuidanceReader> {
  const post = postAt(visit, query.instansi);
  const ids = new Set(visit.posts.map((one) => one.agencyId).filter((id) => id !== post.agencyId));
  const others = await Promise.all([...ids].map((id) => desk.directory.agency(id)));
  return {
    language: visit.language,
    inForce: await inForceAt(desk, post),
    others: others.filter((one) => one !== undefined),
    query: query.instansi === undefined ? "" : `?instansi=${query.instansi}`,
  };
}

/** A page of the guidance. */
const guidancePage = (
  desk: Desk,
  path: string,
  { title, main }: { title: keyof typeof guidanceWords | Chapter; main: (reader: GuidanceReader) => Html },
): Route[] =>
  officerPageAt(desk.frame, path, input, async (asked, visit): Promise<Reply> => {
    const reader = await readerOf(desk, asked, visit);
    const words = typeof title === "string" ? guidanceWords[title] : title.title;
    return page(deskPage(visit, desk.frame.files, { title: words[visit.language], main: main(reader) }));
  });

/** The guidance of officers: `/petugas/panduan`, its chapters, and the whole as one booklet, in HTML and PDF. */
export const guidePages = (desk: Desk): Route[] => [
  ...officerPageAt(desk.frame, "/petugas/panduan/buku.pdf", input, async (asked, visit) => {
    const { language, inForce } = await readerOf(desk, asked, visit);
    // Few ask for it, and the writer of PDF is large.
    const { bookletPdf } = await import("../../../shared/booklet/booklet-pdf.ts");
    return {
      status: 200,
      file: {
        content: await bookletPdf({ language, inForce, title: guidanceWords.booklet[language] }),
        type: "application/pdf",
      },
      headers: {
        // A browser shows no PDF under the policy of our answers, so it keeps it as a file.
        "content-disposition": `attachment; filename="panduan-petugas-${inForce.agency.id}-${inForce.today}.pdf"`,
      },
    };
  }),
  ...guidancePage(desk, "/petugas/panduan/buku", { title: "booklet", main: bookletInWords }),
  ...chapters.flatMap((chapter) =>
    guidancePage(desk, `/petugas/panduan/${chapter.id}`, {
      title: chapter,
      main: (reader) => chapterInWords(chapter, reader),
    }),
  ),
  ...guidancePage(desk, "/petugas/panduan", { title: "title", main: contentsInWords }),
];
