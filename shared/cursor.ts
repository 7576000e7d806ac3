import * as z from "zod";

/** The end of a page as its readers carry it around; null where there is no more. */
export const asCursor = (after: string | undefined): string | null =>
  after === undefined ? null : Buffer.from(after).toString("base64url");

const mistyped = {
  params: {
    text: {
      id: "Pakai cursor persis seperti yang diberikan halaman sebelumnya.",
      en: "Use the cursor exactly as the page before gave it.",
    },
  },
};

/** The cursor of the page before. `isOurs` says whether it can be the end of a page of this list. */
export const cursorOf = (isOurs: (after: string) => boolean) =>
  z
    .string()
    .max(200)
    .transform((given, context) => {
      const after = Buffer.from(given, "base64url").toString();
      if (isOurs(after)) return after;
      context.addIssue({ code: "custom", ...mistyped });
      return z.NEVER;
    });
