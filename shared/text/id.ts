import * as z from "zod";

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The id of an agency: lower-case words with hyphens, such as "pemkot-balikpapan". */
export const agencyId = z.string().max(80).regex(slug);

/** The id of an officer, of the same shape. */
export const officerId = z.string().max(80).regex(slug);

/** A code of the Kemendagri list: "64" is a province, "64.71" a kabupaten or kota. */
export const regionCode = z.string().regex(/^\d{2}(\.\d{2})?$/);
