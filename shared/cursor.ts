import * as z from "zod";
import type { Text } from "./language.ts";
import { refuseFields } from "./refusal.ts";

/** Writes the end of a page as a cursor for its reader. The cursor is null if there is no next page. */
export const asCursor = (after: string | undefined): string | null =>
  after === undefined ? null : Buffer.from(after).toString("base64url");

const mistyped: Text = {
  id: "Pakai cursor persis seperti yang diberikan halaman sebelumnya.",
  en: "Use the cursor exactly as the page before gave it.",
};

/** Refuses the cursor of another list. */
export const cursorOfAnother = () => refuseFields([{ in: "query", path: "cursor", message: mistyped }]);

/** Reads the cursor of the page before. `isOurs` tells whether it can be the end of a page of this list. */
export const cursorOf = (isOurs: (after: string) => boolean) =>
  z
    .string()
    .max(200)
    .transform((given, context) => {
      const after = Buffer.from(given, "base64url").toString();
      if (isOurs(after)) return after;
      context.addIssue({ code: "custom", params: { text: mistyped } });
      return z.NEVER;
    });
