import * as z from "zod";
import { localDate } from "../../deadline/calendar/local-date.ts";
import { caseClass } from "../../deadline/policy.ts";
import type { Region } from "../../directory/directory.ts";
import { governedPart, notOnTheList } from "../../directory/regions/place.ts";
import { say } from "../../language.ts";
import { refuseFields } from "../../refusal.ts";
import { nik } from "../../reporter/nik.ts";
import { phone } from "../../reporter/phone.ts";
import { isRegionCode, regionCodeForm } from "../../text/id.ts";
import { line, lookedUp, written } from "../../text/writing.ts";
import { implausible } from "./place.ts";

const degrees = (most: number, id: string, en: string) =>
  z
    .number()
    .refine((value) => Math.abs(value) <= most, say(id, en))
    .meta({ minimum: -most, maximum: most });

export const location = z
  .strictObject({
    regionCode: lookedUp(80).refine(isRegionCode, regionCodeForm),
    address: line(300).optional(),
    latitude: degrees(
      90,
      "Lintang antara -90 dan 90. Bila lintang dan bujur tertukar, tukar keduanya: di Indonesia lintang antara -11 dan 6, bujur antara 95 dan 141.",
      "A latitude is between -90 and 90. If latitude and longitude are swapped, swap them: in Indonesia the latitude is between -11 and 6, and the longitude between 95 and 141.",
    ).optional(),
    longitude: degrees(
      180,
      "Bujur antara -180 dan 180. Di Indonesia bujur antara 95 dan 141.",
      "A longitude is between -180 and 180. In Indonesia it is between 95 and 141.",
    ).optional(),
  })
  .refine((place) => (place.latitude === undefined) === (place.longitude === undefined), {
    path: ["longitude"],
    ...say(
      "Isi lintang dan bujur, atau kosongkan keduanya.",
      "Give both latitude and longitude, or neither.",
    ),
  });

const reporterContact = z
  .strictObject({
    name: line(100).optional(),
    email: z.email().max(254).optional(),
    phone: phone.optional(),
    nik: nik.optional(),
    mailReceipt: z.boolean().optional(),
  })
  .refine((contact) => !contact.mailReceipt || contact.email !== undefined, {
    path: ["email"],
    ...say(
      "Isi alamat email supaya tanda terima dapat dikirim.",
      "Give an email address, so that the receipt can be emailed.",
    ),
  });

/**
 * Six decimals, about 10 cm, as RFC 7946 advises. Phones give up to fifteen, and how many they give tells which phone it
 * was.
 */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** A location as it is sent. Locations that were stored before keep the decimals that they have. */
const sentLocation = location.transform(({ latitude, longitude, ...place }) => ({
  ...place,
  ...(latitude !== undefined && { latitude: rounded(latitude) }),
  ...(longitude !== undefined && { longitude: rounded(longitude) }),
}));

/** What a person sends: the body of `POST /v1/cases`. A field that is not declared here is refused by name. */
export const submission = z.strictObject({
  class: caseClass,
  title: line(150),
  text: written(10_000),
  occurredOn: z.iso.date().optional(),
  location: sentLocation.optional(),
  /** Id of a category or subcategory. */
  category: lookedUp(250).optional(),
  agencyId: lookedUp(80).optional(),
  /** Hides who reports from the agency and the public. */
  anonymous: z.boolean(),
  /** Hides what is reported from the public. */
  secret: z.boolean(),
  reporter: reporterContact.optional(),
});
export type Submission = z.infer<typeof submission>;

/** What of a report is compared with the directory and the clock. Any part of a report may be. */
export type ListedParts = Partial<Pick<Submission, "occurredOn" | "location" | "category" | "agencyId">>;

/** The zone of Indonesia in which a day begins first (WIT). */
const firstZone = "Asia/Jayapura";

/**
 * Refuses a date still to come, an agency, region or category that the directory does not have, and coordinates that do not
 * lie in the region; all of them at once.
 */
export function checkAgainstDirectory(
  { occurredOn, location, category, agencyId }: ListedParts,
  known: {
    /** Whether the directory has the agency, and it is open. */
    agency: boolean;
    /** What has come in the place of a closed one. */
    successor?: { id: string; name: string } | undefined;
    /** The region that the report names and those above it, the nearest first: those that the directory has. */
    regionPath: readonly Region[];
    category: boolean;
  },
  now: Date,
): void {
  const wrong = [
    occurredOn &&
      (occurredOn > localDate(now, firstZone) || occurredOn < "1900-01-01") && {
        path: "occurredOn",
        message: {
          id: "Tanggal kejadian tidak boleh di masa depan atau sebelum tahun 1900.",
          en: "The date of the event cannot be in the future or before 1900.",
        },
      },
    location &&
      known.regionPath[0]?.code !== location.regionCode && {
        path: "location.regionCode",
        message: notOnTheList(known.regionPath),
      },
    category &&
      !known.category && {
        path: "category",
        message: {
          id: "Kategori ini tidak ada dalam daftar. Lihat /v1/categories.",
          en: "This category is not on the list. See /v1/categories.",
        },
      },
    agencyId &&
      !known.agency && {
        path: "agencyId",
        message: known.successor
          ? {
              id: `Instansi ini sudah ditutup. Tugasnya kini pada ${known.successor.name} (${known.successor.id}): sebut instansi itu, atau kosongkan.`,
              en: `This agency has been closed. Its work is now with ${known.successor.name} (${known.successor.id}): name that one, or leave it out.`,
            }
          : {
              id: "Instansi ini tidak ada dalam daftar. Lihat /v1/agencies, atau kosongkan: kami yang mencarikan.",
              en: "This agency is not on the list. See /v1/agencies, or leave it out: we find the right one.",
            },
      },
    // A kecamatan has no box of its own: that of its kabupaten or kota holds.
    ...(location
      ? implausible(
          location,
          known.regionPath.find(({ code }) => code === governedPart(location.regionCode)),
        )
      : []),
  ].filter((refusal) => typeof refusal === "object");
  if (wrong.length > 0) throw refuseFields(wrong.map((refusal) => ({ in: "body", ...refusal })));
}
