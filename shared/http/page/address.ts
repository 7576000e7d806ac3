import type { Language } from "../../language.ts";

const inEnglish = /^\/en(?=\/|$)/;

/** Everything outside the API and the feeds is a page for people. */
export const isPage = (path: string): boolean => !/^\/(v1|open311)(\/|$)|\.(atom|json)$/.test(path);

/** The language of a page follows from its address alone, so that a cache can keep it. */
export const languageOfPage = (path: string): Language => (inEnglish.test(path) ? "en" : "id");

/** The address of a page without its language. It begins with one slash: with two, a browser would read another site's name. */
export const addressOfPage = (path: string): string => path.replace(inEnglish, "").replace(/^[/\\]*/, "/");
