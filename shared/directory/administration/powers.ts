import type { Text } from "../../language.ts";
import { type FieldRefusal, Refusal } from "../../refusal.ts";
import { type Agency, agency, type Officer, type OfficerRole } from "../directory.ts";
import type { EntryAct, Recorded } from "../entry-history.ts";

/** An officer may do something everywhere, in their own agency and below it, or below it only. */
export type Extent = "anywhere" | "own-or-below" | "below";

/**
 * Says what administrators may do with the directory, who may, and where. A power that is not in this table is not
 * allowed.
 */
export const powers = {
  read: { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  /** The extent is about the agency that the new one stands under. */
  "create-agency": { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  "change-agency": { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  "move-agency": { "national-admin": "anywhere", "agency-admin": "below" },
  "close-agency": { "national-admin": "anywhere", "agency-admin": "below" },
  "invite-officer": { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  "change-officer": { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  "dismiss-officer": { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  /** Holidays and limits hold for all agencies. */
  "set-limits": { "national-admin": "anywhere" },
} as const satisfies Record<string, Partial<Record<OfficerRole, Extent>>>;
export type Power = keyof typeof powers;

const inAgencies = ["agency-admin", "liaison-officer", "unit-officer", "agency-head"] as const;

/** An officer may give these roles, and may change or dismiss officers who have them. */
export const rolesInCharge: Partial<Record<OfficerRole, readonly OfficerRole[]>> = {
  "national-admin": [...inAgencies, "national-admin", "ombudsman-observer", "auditor"],
  "agency-admin": inAgencies,
};

/** An officer may make agencies of these types. Only the national administrator gives duties for the whole system. */
export const typesInCharge: Partial<Record<OfficerRole, readonly Agency["type"][]>> = {
  "national-admin": agency.shape.type.options,
  "agency-admin": ["department", "unit"],
};

/** Answers the same for an unknown id and for one outside the caller's part of the tree. Nobody learns which it was. */
export const noSuchEntry = (): Refusal =>
  new Refusal("not-found", {
    id: "Tidak ada instansi atau petugas dengan id ini di instansi Anda atau di bawahnya. Bila Anda ingin membuatnya, pilih id lain.",
    en: "There is no agency or officer with this id at your agency or below it. If you want to create one, choose another id.",
  });

export const notInCharge = (): Refusal =>
  new Refusal("forbidden", {
    id: "Peran Anda tidak berwenang untuk ini.",
    en: "Your role does not allow this.",
  });

const extentOf = (power: Power, { role }: Officer): Extent | undefined =>
  (powers[power] as Partial<Record<OfficerRole, Extent>>)[role];

/** Tells whether an officer may do this in the whole system. */
export const mayAnywhere = (power: Power, who: Officer): boolean => extentOf(power, who) === "anywhere";

/** Refuses an officer who may do this nowhere. */
export function refuseRole(power: Power, who: Officer): void {
  if (!extentOf(power, who)) throw notInCharge();
}

/**
 * Refuses an officer who may not do this at an agency. `path` leads from that agency to the top. An empty path stands for
 * the place above all agencies.
 */
export function refuseUnlessInCharge(power: Power, who: Officer, path: readonly string[]): void {
  refuseRole(power, who);
  const extent = extentOf(power, who);
  if (extent === "anywhere") return;
  if (path.length === 0) throw notInCharge();
  if (!path.includes(who.agencyId)) throw noSuchEntry();
  if (extent === "below" && path[0] === who.agencyId) throw notInCharge();
}

/** Tells whether an agency lies in the part of the tree in which an officer may do this. */
export const inExtent = (power: Power, who: Officer, path: readonly string[]): boolean =>
  extentOf(power, who) === "anywhere" || path.includes(who.agencyId);

export const wrong = (path: string, message: Text): FieldRefusal => ({ in: "body", path, message });

export const notAvailable = (path: string): FieldRefusal =>
  wrong(path, {
    id: "Instansi ini tidak ada, atau bukan instansi Anda atau unit di bawahnya.",
    en: "This agency does not exist, or is neither yours nor below yours.",
  });

export const isClosed = (path: string): FieldRefusal =>
  wrong(path, {
    id: "Instansi ini, atau salah satu di atasnya, sudah ditutup.",
    en: "This agency, or one above it, has been closed.",
  });

export const actorOf = ({ role, agencyId, id }: Officer): EntryAct["by"] => ({
  role,
  agencyId,
  officerId: id,
});

/** The recorded agencies from one to the top. */
export type AgencyPath = readonly Recorded<"agency">[];

export const idsOf = (path: AgencyPath): string[] => path.map(({ entry }) => entry.id);

/** The tree has at most so many levels, the top included. Kalimantan Timur has five. */
export const deepest = 8;
