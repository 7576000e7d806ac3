import type { Route } from "../../shared/http/endpoint.ts";
import { pageAt } from "../../shared/http/page/route.ts";
import { canonicalOf, type Frame } from "../../shared/http/page/visit.ts";
import { page, publicPage } from "../../shared/http/reply.ts";
import { accessibility } from "../../shared/page/guides/accessibility.ts";
import { guideInWords } from "../../shared/page/guides/guide.ts";
import { howToReport } from "../../shared/page/guides/how-to-report.ts";
import { privacy } from "../../shared/page/guides/privacy.ts";
import { rights } from "../../shared/page/guides/rights.ts";
import { layout } from "../../shared/page/layout.ts";

/** The pages of instruction: `/cara`, `/hak`, `/privasi`, `/aksesibilitas`. */
export const guidePages = (frame: Frame): Route[] =>
  [howToReport, rights, privacy, accessibility].flatMap((guide) =>
    pageAt(guide.address, {}, async (_, { language, address }) => ({
      ...page(
        layout({
          language,
          address,
          files: frame.files,
          title: guide.title[language],
          canonical: canonicalOf(frame),
          main: guideInWords(guide, language),
        }),
      ),
      headers: publicPage,
    })),
  );
