import * as z from "zod";
import { timeZones } from "../deadline/calendar/time-zone.ts";
import { orElse } from "../stored.ts";
import { agencyId, governedRegionCode, officerId, regionCode } from "../text/id.ts";

/** A box around a region, in degrees. It holds the islands of the region, and so the sea between them too. */
export const bounds = z
  .strictObject({
    south: z.number().min(-90).max(90),
    west: z.number().min(-180).max(180),
    north: z.number().min(-90).max(90),
    east: z.number().min(-180).max(180),
  })
  .refine(({ south, north, west, east }) => south < north && west < east, {
    message: "South and west come first: south < north and west < east.",
  });
export type Bounds = z.infer<typeof bounds>;

export const region = z.strictObject({
  code: regionCode,
  /** A province, kabupaten or kota has its word in its name, as in "Kota Balikpapan". A region below has not: "Damai". */
  name: z.string().min(1).max(200),
  type: z.enum(["province", "regency", "city", "district", "village"]),
  parent: regionCode.optional(),
  /** Where coordinates of this region may lie. Without it they may lie anywhere in Indonesia. A region below a kabupaten has none. */
  bounds: bounds.optional(),
});
export type Region = z.infer<typeof region>;

/** A province, kabupaten or kota. */
const governedRegion = region.extend({
  code: governedRegionCode,
  type: region.shape.type.extract(["province", "regency", "city"]),
  parent: governedRegionCode.optional(),
});

export const agency = z.strictObject({
  id: agencyId,
  name: z.string().min(1).max(200),
  type: orElse(z.enum(["managing-institution", "province", "regency", "city", "department", "unit"]), "unit"),
  /** The duty of an institution that manages the whole system. */
  duty: z
    .enum([
      "daily-management",
      "regional-coordination",
      "information-technology",
      "national-priorities",
      "oversight",
    ])
    .optional(),
  parent: agencyId.nullable(),
  regionCode: governedRegionCode.optional(),
  timeZone: z.enum(timeZones),
  /** Alerts about the agency's cases go to this address. */
  alertEmail: z.email().max(254),
  /** An administrator said then that the mailbox is right, though mails had come back from it. */
  addressFreedAt: z.iso.datetime().optional(),
  /** The agency was closed then. It takes no cases from then on. */
  closedAt: z.iso.datetime().optional(),
  /** This agency took over the open cases of the closed one. */
  successor: agencyId.optional(),
});
export type Agency = z.infer<typeof agency>;

const subcategory = z.strictObject({ id: z.string().max(250), name: z.string().min(1).max(200) });
export const category = subcategory.extend({ subcategories: z.array(subcategory).max(500) });
export type Category = z.infer<typeof category>;

/** What officers are to the system. shared/case/moves/table.ts says what each may do. */
export const officerRole = z.enum([
  "national-admin",
  "agency-admin",
  "liaison-officer",
  "unit-officer",
  "agency-head",
  "ombudsman-observer",
  "auditor",
]);
export type OfficerRole = z.infer<typeof officerRole>;

/** Somebody who signs in. The issuer says who they are (`subject`). This entry alone says what they may do and where. */
export const officer = z.strictObject({
  id: officerId,
  name: z.string().min(1).max(200),
  email: z.email().max(254),
  role: officerRole,
  agencyId,
  /** The issuer of sign-in knows the officer by this `sub`. */
  subject: z.string().min(1).max(255),
  /** The officer's mails come one by one, or gathered once a day. */
  mails: orElse(z.enum(["immediate", "daily"]), "immediate"),
  /** This officer stands in for them on the local dates from `absentFrom` to `absentUntil`, both included. */
  deputyId: officerId.optional(),
  absentFrom: z.iso.date().optional(),
  absentUntil: z.iso.date().optional(),
  /** An administrator said then that the address is right, though mails had come back from it. */
  addressFreedAt: z.iso.datetime().optional(),
  /** The officer left then. From then on they may do nothing and get no mail. */
  dismissedAt: z.iso.datetime().optional(),
  /** Whoever signed in on pages before has to sign in again: the authenticator of their account was reset then. */
  sessionsEndedAt: z.iso.datetime().optional(),
});
export type Officer = z.infer<typeof officer>;

/** What can be told of an officer whose entry newer code wrote. They may do nothing, because nobody here knows what they may do. */
export const unreadableOfficer = officer.pick({ id: true, name: true });
export type UnreadableOfficer = z.infer<typeof unreadableOfficer>;

/** The content of a file that `npm run directory:load` reads. Each part may be missing. */
export const directoryFile = z.strictObject({
  source: z.string().optional(),
  regions: z.array(governedRegion).default([]),
  agencies: z.array(agency).default([]),
  categories: z.array(category).default([]),
  officers: z.array(officer).default([]),
});
export type DirectoryFile = z.infer<typeof directoryFile>;

/**
 * Finds everything in a directory that contradicts itself, each as a sentence that names the entry. A sound directory has
 * none.
 */
export function contradictions({ regions, agencies, categories, officers }: DirectoryFile): string[] {
  const found: string[] = [];
  const twice = (kind: string, ids: string[]) => {
    const seen = new Set<string>();
    for (const id of ids) {
      if (seen.has(id)) found.push(`${kind} ${id} is there twice`);
      seen.add(id);
    }
    return seen;
  };
  const codes = twice(
    "region",
    regions.map(({ code }) => code),
  );
  const ids = twice(
    "agency",
    agencies.map(({ id }) => id),
  );
  twice(
    "category",
    categories.flatMap(({ id, subcategories }) => [id, ...subcategories.map((sub) => sub.id)]),
  );

  for (const { code, parent } of regions)
    if (parent && !codes.has(parent)) found.push(`region ${code} lies in ${parent}, which is not there`);
  for (const { id, parent, regionCode } of agencies) {
    if (parent && !ids.has(parent)) found.push(`agency ${id} stands under ${parent}, which is not there`);
    if (regionCode && !codes.has(regionCode))
      found.push(`agency ${id} serves region ${regionCode}, which is not there`);
  }
  twice(
    "officer",
    officers.map(({ id }) => id),
  );
  twice(
    "subject",
    officers.map(({ subject }) => subject),
  );
  for (const { id, agencyId } of officers)
    if (!ids.has(agencyId)) found.push(`officer ${id} works for ${agencyId}, which is not there`);
  found.push(...circles(agencies));
  return found;
}

function circles(agencies: Agency[]): string[] {
  const parentOf = new Map(agencies.map(({ id, parent }) => [id, parent]));
  const sound = new Set<string>();
  return agencies.flatMap(({ id }) => {
    const path = new Set<string>();
    for (let at: string | null | undefined = id; at && !sound.has(at); at = parentOf.get(at)) {
      if (path.has(at)) return at === id ? [`agency ${id} stands above itself`] : [];
      path.add(at);
    }
    for (const passed of path) sound.add(passed);
    return [];
  });
}
