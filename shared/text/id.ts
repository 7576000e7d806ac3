import * as z from "zod";
import { say } from "../language.ts";

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The id of an agency: lower-case words with hyphens, such as "pemkot-balikpapan". */
export const agencyId = z.string().max(80).regex(slug);

/** The id of an officer, of the same shape. */
export const officerId = z.string().max(80).regex(slug);

const anyRegion = /^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/;

/** Whether a text has the form of a code of the Kemendagri list. The list itself may not have it. */
export const isRegionCode = (text: string): boolean => anyRegion.test(text);

/** Says what a code of a region looks like, to somebody who wrote something else. */
export const regionCodeForm = say(
  "Tulis kode wilayah Kemendagri dengan titik: 64.71 kabupaten/kota, 64.71.05 kecamatan, 64.71.05.1001 kelurahan/desa. Cari di /v1/regions?q=nama.",
  "Write the region code of Kemendagri with its dots: 64.71 is a kabupaten or kota, 64.71.05 a kecamatan, 64.71.05.1001 a kelurahan or desa. Find it with /v1/regions?q=name.",
);

/**
 * A code of the Kemendagri list: "64" is a province, "64.71" a kabupaten or kota, "64.71.05" a kecamatan, "64.71.05.1001" a
 * kelurahan or desa.
 */
export const regionCode = z.string().refine(isRegionCode, regionCodeForm).meta({ pattern: anyRegion.source });

/** A region that a government of its own governs: a province, kabupaten or kota. Agencies and regional holidays belong to one. */
export const governedRegionCode = z.string().regex(/^\d{2}(\.\d{2})?$/);
