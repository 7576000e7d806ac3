import { createHash } from "node:crypto";
import * as z from "zod";

/** The part of the address of a calendar that nobody guesses: 192 bits. */
const tokenBytes = 24;

/** The address of a calendar, without the origin of the site. */
export const calendarPath = (token: string): string => `/v1/calendar/${token}.ics`;

/** Makes a token of fresh random bytes. */
export const calendarToken = (random: (bytes: number) => Buffer): string =>
  random(tokenBytes).toString("base64url");

/** What the last part of an address names: the token of a calendar. Undefined where it is none. */
export const tokenIn = (file: string): string | undefined => /^([\w-]{32})\.ics$/.exec(file)?.[1];

/** What is stored in place of a token. Whoever reads the table can open no calendar with it. */
export const calendarHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** That an officer has an address for their calendar, and since when. The address itself is kept nowhere. */
export const ownAddress = z.strictObject({ hash: z.string(), madeAt: z.iso.datetime() });
export type OwnAddress = z.infer<typeof ownAddress>;
