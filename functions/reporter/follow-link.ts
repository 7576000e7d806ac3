import * as z from "zod";
import { endpoint } from "../../shared/http/endpoint.ts";
import { ok, page } from "../../shared/http/reply.ts";
import { say } from "../../shared/language.ts";
import {
  confirmFollowing,
  type Following,
  wishOf,
} from "../../shared/notification/subscribers/following-flow.ts";
import { followForm, nowFollowing } from "../../shared/notification/subscribers/following-page.ts";

const path = z.strictObject({
  token: z
    .string()
    .refine(
      (typed) => /^[\w-]{40,400}$/.test(typed),
      say(
        "Tautan ini tidak lengkap. Buka tautan dari email kami seutuhnya.",
        "This link is not whole. Open the whole link of our mail.",
      ),
    )
    .describe("The token of the link in a mail. It tells neither a case nor an address."),
});

/** `GET /v1/follow/{token}`: a page with one button. It changes nothing: programs open the links of mails too. */
export const showFollow = (following: Pick<Following, "followTokens" | "now">) =>
  endpoint(
    {
      summary: { id: "Halaman untuk mengikuti sebuah laporan", en: "The page to follow a case" },
      input: { path },
      output: { 200: "page" },
    },
    async ({ path: { token } }, { language }) => {
      await wishOf(following, token);
      return page(followForm(language));
    },
  );

/** `POST /v1/follow/{token}`: has the address that the mail went to follow its case. A second click changes nothing. */
export const confirmFollow = (following: Following) =>
  endpoint(
    {
      summary: {
        id: "Konfirmasi untuk mengikuti sebuah laporan",
        en: "Confirm that an address follows a case",
      },
      input: { path, body: z.strictObject({ follow: z.literal("yes") }) },
      output: { 200: z.object({ following: z.literal(true), trackingNumber: z.string(), text: z.string() }) },
      refusals: { conflict: "As many addresses follow this case as may." },
      takesForms: true,
      hasRenderings: true,
    },
    async ({ path: { token } }, { language }) => {
      const trackingNumber = await confirmFollowing(following, token);
      const { text, page: document } = nowFollowing(language);
      return {
        ...ok({ following: true, trackingNumber, text }),
        renderings: { "text/html": () => document },
      };
    },
  );
