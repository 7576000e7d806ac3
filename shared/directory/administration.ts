import * as z from "zod";
import type { Text } from "../language.ts";
import { extension, type FieldRefusal, Refusal, refuseFields } from "../refusal.ts";
import { agencyId } from "../text/id.ts";
import { line, written } from "../text/writing.ts";
import { type Agency, agency, type Officer, officer, type OfficerRole } from "./directory.ts";
import { type Change, changed, type EntryAct, type Recorded } from "./entry-history.ts";

/** Where somebody may do something: everywhere, in their own agency and below it, or below it only. */
export type Reach = "anywhere" | "own-or-below" | "below";

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
} as const satisfies Record<string, Partial<Record<OfficerRole, Reach>>>;
export type Act = keyof typeof powers;

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

const notInCharge = (): Refusal =>
  new Refusal("forbidden", {
    id: "Peran Anda tidak berwenang untuk ini.",
    en: "Your role does not allow this.",
  });

const reachOf = (act: Act, { role }: Officer): Reach | undefined =>
  (powers[act] as Partial<Record<OfficerRole, Reach>>)[role];

/** Refuses what somebody may do nowhere. */
export function refuseRole(act: Act, who: Officer): void {
  if (!reachOf(act, who)) throw notInCharge();
}

/**
 * Refuses what somebody may not do at an agency, of which `path` is the way from itself to the top; empty: above all
 * agencies.
 */
export function refuseUnlessInCharge(act: Act, who: Officer, path: readonly string[]): void {
  refuseRole(act, who);
  const reach = reachOf(act, who);
  if (reach === "anywhere") return;
  if (path.length === 0) throw notInCharge();
  if (!path.includes(who.agencyId)) throw noSuchEntry();
  if (reach === "below" && path[0] === who.agencyId) throw notInCharge();
}

/** Whether an agency is in the part of the tree in which somebody may do this. */
const inReach = (act: Act, who: Officer, path: readonly string[]): boolean =>
  reachOf(act, who) === "anywhere" || path.includes(who.agencyId);

const wrong = (path: string, message: Text): FieldRefusal => ({ in: "body", path, message });

const notAvailable = (path: string): FieldRefusal =>
  wrong(path, {
    id: "Instansi ini tidak ada, atau bukan instansi Anda atau unit di bawahnya.",
    en: "This agency does not exist, or is neither yours nor below yours.",
  });

const isClosed = (path: string): FieldRefusal =>
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

const idsOf = (path: AgencyPath): string[] => path.map(({ entry }) => entry.id);

/** Levels of the tree, the top included; Kalimantan Timur has five. */
export const deepest = 8;

const email = z.email().max(254);
const reason = written(2_000);

/** What an agency is to be, as a whole: `PUT`. */
export const agencyEntry = z.strictObject({
  name: line(200),
  type: agency.shape.type,
  duty: agency.shape.duty,
  parent: agencyId.nullable(),
  regionCode: agency.shape.regionCode,
  timeZone: agency.shape.timeZone,
  alertEmail: email,
});
export type AgencyEntry = z.output<typeof agencyEntry>;

/**
 * Creates an agency, or changes its name, mailbox, place in the tree and so on; undefined where it is so already. `above`
 * is the path of the agency that it is to stand under, `height` how many levels there are from it downwards.
 */
export function agencyAs(
  before: Recorded<"agency"> | undefined,
  id: string,
  wanted: AgencyEntry,
  {
    who,
    at,
    path,
    above,
    knownRegion,
    height,
  }: {
    who: Officer;
    at: Date;
    /** Of the agency as it is now. */
    path: AgencyPath;
    above: AgencyPath;
    knownRegion: boolean;
    height: number;
  },
): Change<"agency"> | undefined {
  const was = before?.entry;
  const moves = !was || was.parent !== wanted.parent;
  if (was) refuseUnlessInCharge("change-agency", who, idsOf(path));
  else refuseRole("create-agency", who);
  if (was && moves) refuseUnlessInCharge("move-agency", who, idsOf(path));
  if (moves && wanted.parent === null) refuseUnlessInCharge("create-agency", who, []);
  if (was?.closedAt) throw alreadyClosed();
  const change = changed(
    "agency",
    before,
    { id, ...wanted },
    {
      type: before ? "changed" : "created",
      by: actorOf(who),
      at,
    },
  );
  if (!change) return undefined;

  const fields: FieldRefusal[] = [];
  if (moves && wanted.parent !== null) {
    if (above.length === 0 || !inReach("create-agency", who, idsOf(above)))
      fields.push(notAvailable("parent"));
    else if (above.some(({ entry }) => entry.closedAt)) fields.push(isClosed("parent"));
    else if (idsOf(above).includes(id))
      fields.push(
        wrong("parent", {
          id: "Instansi tidak dapat berada di bawah dirinya sendiri.",
          en: "An agency cannot stand below itself.",
        }),
      );
    else if (above.length + height > deepest)
      fields.push(
        wrong("parent", {
          id: `Paling banyak ${deepest} tingkat instansi.`,
          en: `At most ${deepest} levels of agencies.`,
        }),
      );
  }
  if (wanted.regionCode !== undefined && wanted.regionCode !== was?.regionCode && !knownRegion)
    fields.push(
      wrong("regionCode", {
        id: "Wilayah ini tidak ada dalam daftar. Lihat /v1/regions.",
        en: "This region is not on the list. See /v1/regions.",
      }),
    );
  if (wanted.type !== was?.type && !typesInCharge[who.role]?.includes(wanted.type))
    fields.push(
      wrong("type", {
        id: `Pilih salah satu: ${(typesInCharge[who.role] ?? []).join(", ")}.`,
        en: `Choose one of: ${(typesInCharge[who.role] ?? []).join(", ")}.`,
      }),
    );
  if (wanted.duty !== was?.duty && who.role !== "national-admin")
    fields.push(
      wrong("duty", {
        id: "Tugas ini ditetapkan oleh admin nasional.",
        en: "This duty is given by the national administrator.",
      }),
    );
  if (fields.length > 0) throw refuseFields(fields);
  return change;
}

const alreadyClosed = (): Refusal =>
  new Refusal("conflict", {
    id: "Instansi ini sudah ditutup dan tidak dapat diubah lagi.",
    en: "This agency has been closed and cannot be changed any more.",
  });

export const closing = z.strictObject({
  /** The agency that takes over the cases that are open. */
  successor: agencyId.optional(),
  reason,
});

/**
 * Closes an agency for good. One with open cases needs a successor, one with open agencies below it has to wait for them;
 * undefined where it was closed in favour of this successor already.
 */
export function close(
  before: Recorded<"agency">,
  { successor, reason }: z.output<typeof closing>,
  {
    who,
    at,
    path,
    successorPath,
    openCases,
    openAgencies,
    verifyingAgency,
  }: {
    who: Officer;
    at: Date;
    path: AgencyPath;
    successorPath: AgencyPath;
    openCases: number;
    /** Ids of those right below it. */
    openAgencies: readonly string[];
    verifyingAgency: string;
  },
): Change<"agency"> | undefined {
  const { entry } = before;
  refuseUnlessInCharge("close-agency", who, idsOf(path));
  if (entry.closedAt) {
    if (entry.successor === successor) return undefined;
    throw alreadyClosed();
  }
  if (entry.id === verifyingAgency)
    throw new Refusal("conflict", {
      id: "Instansi ini memverifikasi laporan yang tidak menyebut instansi. Tetapkan dulu instansi lain untuk itu dalam konfigurasi sistem.",
      en: "This agency verifies the reports that name no agency. First set another one for that in the system's configuration.",
    });
  if (successor !== undefined) {
    if (successorPath.length === 0 || !inReach("close-agency", who, idsOf(successorPath)))
      throw refuseFields([notAvailable("successor")]);
    if (successor === entry.id)
      throw refuseFields([
        wrong("successor", {
          id: "Instansi tidak dapat menggantikan dirinya sendiri.",
          en: "An agency cannot succeed itself.",
        }),
      ]);
    if (successorPath.some((one) => one.entry.closedAt)) throw refuseFields([isClosed("successor")]);
  }
  if ((openCases > 0 && successor === undefined) || openAgencies.length > 0)
    throw new Refusal("conflict", stillOpen(openCases, openAgencies.length, successor !== undefined), {
      more: openStill({ openCases, openAgencies }),
    });
  return changed(
    "agency",
    before,
    { ...entry, closedAt: at.toISOString(), ...(successor !== undefined && { successor }) },
    { type: "closed", by: actorOf(who), at, reason },
  );
}

const openStill = extension({ openCases: z.int(), openAgencies: z.array(z.string()) });

function stillOpen(cases: number, agencies: number, hasSuccessor: boolean): Text {
  const withCases = cases > 0 && !hasSuccessor;
  return {
    id: [
      withCases && `Instansi ini masih memiliki ${cases} laporan terbuka. Pilih instansi penggantinya.`,
      agencies > 0 && `Masih ada ${agencies} instansi terbuka di bawahnya. Tutup atau pindahkan dulu.`,
    ]
      .filter(Boolean)
      .join(" "),
    en: [
      withCases && `This agency still has ${cases} open cases. Choose its successor.`,
      agencies > 0 && `There are still ${agencies} open agencies below it. Close or move them first.`,
    ]
      .filter(Boolean)
      .join(" "),
  };
}

/** What an officer is to be, as a whole: `PUT`. */
export const officerEntry = z.strictObject({
  name: line(200),
  email,
  role: officer.shape.role,
  agencyId,
  /** Left out: as the officer chose. */
  mails: officer.shape.mails.optional(),
  /** Only where accounts are somebody else's: what the issuer calls them. */
  subject: z.stringFormat("subject", /^[\x21-\x7e]{1,255}$/).optional(),
});
export type OfficerEntry = z.output<typeof officerEntry>;

export interface OfficerContext {
  who: Officer;
  at: Date;
  /** Of the agency that the officer works for now. */
  path: readonly string[];
  /** Of the agency that they are to work for. */
  agency: AgencyPath;
  /** Whether accounts are ours to give: then nobody names a subject. */
  ownAccounts: boolean;
  /** Whether there is another national administrator. */
  otherNationalAdmin: boolean;
}

/** Refuses an invitation or a change of an officer for all that can be known before they have an account. */
export function refuseOfficer(
  before: Recorded<"officer"> | undefined,
  id: string,
  wanted: OfficerEntry,
  { who, path, agency, ownAccounts, otherNationalAdmin }: OfficerContext,
): void {
  const was = before?.entry;
  const active = was && !was.dismissedAt;
  const act = active ? "change-officer" : "invite-officer";
  if (was) {
    refuseUnlessInCharge(act, who, path);
    if (!rolesInCharge[who.role]?.includes(was.role)) throw notInCharge();
  } else refuseRole(act, who);
  if (!rolesInCharge[who.role]?.includes(wanted.role))
    throw new Refusal("forbidden", {
      id: "Anda tidak berwenang memberikan peran ini.",
      en: "You may not give this role.",
    });
  if (was && who.id === id && who.role !== "national-admin")
    if (was.role !== wanted.role || was.agencyId !== wanted.agencyId)
      throw new Refusal("forbidden", {
        id: "Anda tidak dapat mengubah peran atau instansi Anda sendiri.",
        en: "You cannot change your own role or agency.",
      });
  if (active && was.role === "national-admin" && wanted.role !== "national-admin" && !otherNationalAdmin)
    throw lastNationalAdmin();

  const fields: FieldRefusal[] = [];
  if (!active || was.agencyId !== wanted.agencyId) {
    if (agency.length === 0 || !inReach(act, who, idsOf(agency))) fields.push(notAvailable("agencyId"));
    else if (agency.some(({ entry }) => entry.closedAt)) fields.push(isClosed("agencyId"));
  }
  if (ownAccounts && wanted.subject !== undefined)
    fields.push(
      wrong("subject", {
        id: "Hapus isian ini: akun dibuat oleh sistem.",
        en: "Remove this field: the system makes the account.",
      }),
    );
  if (!ownAccounts && !was && wanted.subject === undefined)
    fields.push(
      wrong("subject", {
        id: "Isi dengan `sub` akun petugas ini pada penerbit tanda masuk.",
        en: "Give the `sub` that the issuer of sign-in knows this officer by.",
      }),
    );
  if (fields.length > 0) throw refuseFields(fields);
}

/** Invites an officer or changes what they are; undefined where they are so already. `subject` is that of their account. */
export function officerAs(
  before: Recorded<"officer"> | undefined,
  id: string,
  { mails = before?.entry.mails ?? "immediate", ...wanted }: OfficerEntry,
  { who, at, subject }: { who: Officer; at: Date; subject: string },
): Change<"officer"> | undefined {
  const entry = { ...wanted, id, mails, subject };
  const type = before && !before.entry.dismissedAt ? "changed" : "invited";
  return changed("officer", before, entry, { type, by: actorOf(who), at });
}

const lastNationalAdmin = (): Refusal =>
  new Refusal("conflict", {
    id: "Ini admin nasional yang terakhir. Daftarkan admin nasional lain lebih dulu.",
    en: "This is the last national administrator. Invite another one first.",
  });

export const dismissal = z.strictObject({ reason });

/** Dismisses an officer: they may do nothing more and get no mail. Undefined where they have left already. */
export function dismiss(
  before: Recorded<"officer">,
  { reason }: z.output<typeof dismissal>,
  { who, at, path, otherNationalAdmin }: Pick<OfficerContext, "who" | "at" | "path" | "otherNationalAdmin">,
): Change<"officer"> | undefined {
  const { entry } = before;
  refuseUnlessInCharge("dismiss-officer", who, path);
  if (!rolesInCharge[who.role]?.includes(entry.role)) throw notInCharge();
  if (who.id === entry.id && who.role !== "national-admin")
    throw new Refusal("forbidden", {
      id: "Anda tidak dapat memberhentikan diri sendiri.",
      en: "You cannot dismiss yourself.",
    });
  if (entry.dismissedAt) return undefined;
  if (entry.role === "national-admin" && !otherNationalAdmin) throw lastNationalAdmin();
  return changed(
    "officer",
    before,
    { ...entry, dismissedAt: at.toISOString() },
    { type: "dismissed", by: actorOf(who), at, reason },
  );
}

/** An officer chooses how their own mails come; undefined where it is so already. */
export const chooseMails = (
  before: Recorded<"officer">,
  mails: Officer["mails"],
  at: Date,
): Change<"officer"> | undefined =>
  changed(
    "officer",
    before,
    { ...before.entry, mails },
    {
      type: "changed",
      by: actorOf(before.entry),
      at,
    },
  );

/** A message: the cases of this agency, which was closed, go to whoever follows it. */
export const handOverTask = z.strictObject({ agencyId });
export type HandOverTask = z.infer<typeof handOverTask>;
