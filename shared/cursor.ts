import * as z from "zod";

/** Writes the end of a page as a cursor for its reader. The cursor is null if there is no next page. */
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

/** Reads the cursor of the page before. `isOurs` tells whether it can be the end of a page of this list. */
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
