import type { Officer } from "../../directory/directory.ts";
import type { Language } from "../../language.ts";
import type { Hole } from "../html.ts";
import { layout, type StaticFiles, type WholePage } from "../layout.ts";

type Posts = readonly [Pick<Officer, "name" | "role">, ...Pick<Officer, "name" | "role">[]];

interface Place {
  language: Language;
  address: string;
  posts: Posts;
}

/** What the bar of the desk says of an officer. */
export const barOf = (posts: Posts): NonNullable<WholePage["officer"]> => ({
  name: posts[0].name,
  administers: posts.some(({ role }) => role === "national-admin" || role === "agency-admin"),
});

/** A page for an officer, with the bar of their desk at its top. Its title names no case and no person. */
export const deskPage = (
  { language, address, posts }: Place,
  files: StaticFiles,
  page: Pick<WholePage, "title" | "summary" | "narrow" | "scripts" | "buckets"> & { main: Hole },
) =>
  layout({
    ...page,
    language,
    address,
    files,
    officer: barOf(posts),
  });
