import type { Language } from "../../language.ts";

const inEnglish = /^\/en(?=\/|$)/;

/** Everything outside the API and the feeds is a page for people. */
export const isPage = (path: string): boolean => !/^\/(v1|open311)(\/|$)|\.(atom|json)$/.test(path);

/** The language of a page follows from its address alone, so that a cache can keep it. */
export const languageOfPage = (path: string): Language => (inEnglish.test(path) ? "en" : "id");

/**
 * The address of a page without its language, as it may stand in a link. Whoever types an address may type anything: two slashes or
 * a backslash at its beginning would lead to another site.
 */
export const addressOfPage = (path: string): string =>
  `/${path
    .replace(inEnglish, "")
    .split("/")
    .filter((part) => part !== "")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/")}`;
