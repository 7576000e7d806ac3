import type { Text } from "../../language.ts";
import { type FieldRefusal, Refusal } from "../../refusal.ts";
import { type Agency, agency, type Officer, type OfficerRole } from "../directory.ts";
import type { EntryAct, Recorded } from "../entry-history.ts";

/** Where somebody may do something: everywhere, in their own agency and below it, or below it only. */
export type Extent = "anywhere" | "own-or-below" | "below";

/** What administrators do with the directory, who may, and where. What is not in this table is not allowed. */
export const powers = {
  read: { "national-admin": "anywhere", "agency-admin": "own-or-below" },
  /** Where: the agency that the new one stands under. */
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

/** The roles that somebody may give, and the officers, by role, whom they may change or dismiss. */
export const rolesInCharge: Partial<Record<OfficerRole, readonly OfficerRole[]>> = {
  "national-admin": [...inAgencies, "national-admin", "ombudsman-observer", "auditor"],
  "agency-admin": inAgencies,
};

/** The types of agency that somebody may make. Duties for the whole system are the national administrator's to give. */
export const typesInCharge: Partial<Record<OfficerRole, readonly Agency["type"][]>> = {
  "national-admin": agency.shape.type.options,
  "agency-admin": ["department", "unit"],
};

/** The same for an id that nobody has and one outside the caller's part of the tree, so that nobody learns which it was. */
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

/** Whether somebody may do this for the whole system. */
export const mayAnywhere = (power: Power, who: Officer): boolean => extentOf(power, who) === "anywhere";

/** Refuses what somebody may do nowhere. */
export function refuseRole(power: Power, who: Officer): void {
  if (!extentOf(power, who)) throw notInCharge();
}

/**
 * Refuses what somebody may not do at an agency, of which `path` is the way from itself to the top; empty: above all
 * agencies.
 */
export function refuseUnlessInCharge(power: Power, who: Officer, path: readonly string[]): void {
  refuseRole(power, who);
  const extent = extentOf(power, who);
  if (extent === "anywhere") return;
  if (path.length === 0) throw notInCharge();
  if (!path.includes(who.agencyId)) throw noSuchEntry();
  if (extent === "below" && path[0] === who.agencyId) throw notInCharge();
}

/** Whether an agency is in the part of the tree in which somebody may do this. */
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

/** Agencies from one to the top, as they are recorded. */
export type AgencyPath = readonly Recorded<"agency">[];

export const idsOf = (path: AgencyPath): string[] => path.map(({ entry }) => entry.id);

/** Levels of the tree, the top included; Kalimantan Timur has five. */
export const deepest = 8;
