import * as z from "zod";

export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  /** The same for people to keep, for whoever asks for such a type and not for JSON. */
  forms?: Forms;
}

/** What an answer may come as, JSON first: that is what whoever does not mind gets. */
export const mediaTypes = ["application/json", "text/plain", "text/html"] as const;
export type MediaType = (typeof mediaTypes)[number];
export type Forms = Readonly<Record<Exclude<MediaType, "application/json">, () => Form>>;

export interface Form {
  text: string;
  /** What a page may run and load, where that is anything at all. */
  contentSecurityPolicy?: string;
}

export const ok = (body: unknown, headers?: Record<string, string>): Reply => ({
  status: 200,
  body,
  ...(headers && { headers }),
});
export const created = (body: unknown, location: string, headers?: Record<string, string>): Reply => ({
  status: 201,
  body,
  headers: { location, ...headers },
});

/** Goes on to an address elsewhere. */
export const elsewhere = (location: string): Reply => ({
  status: 302,
  body: undefined,
  headers: { location },
});

/** The version of what was read, as HTTP names it. */
export const etag = (version: number) => ({ etag: `"${version}"` });

/** The version that a caller has seen, as they send it back in `If-Match`. */
export const seenVersion = z
  .stringFormat("etag", /^(W\/)?"\d{1,9}"$/)
  .transform((given) => Number(/\d+/.exec(given)?.[0]));

/** For answers that are the same for everybody and change seldom. */
export const cachedForAMinute = { "cache-control": "public, max-age=60" };
