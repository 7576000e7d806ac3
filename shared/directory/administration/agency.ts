import * as z from "zod";
import type { Text } from "../../language.ts";
import { type FieldRefusal, problemFields, Refusal, refuseFields } from "../../refusal.ts";
import { agencyId } from "../../text/id.ts";
import { line, written } from "../../text/writing.ts";
import { agency, type Officer } from "../directory.ts";
import { type Change, changed, type EntryAct, type Recorded } from "../entry-history.ts";
import { addressKept } from "./address.ts";
import {
  actorOf,
  type AgencyPath,
  deepest,
  idsOf,
  inExtent,
  isClosed,
  notAvailable,
  refuseRole,
  refuseUnlessInCharge,
  typesInCharge,
  wrong,
} from "./powers.ts";

/** The body of a `PUT`: the whole agency as it has to be. */
export const agencyEntry = z.strictObject({
  name: line(200),
  type: agency.shape.type,
  duty: agency.shape.duty,
  parent: agencyId.nullable(),
  regionCode: agency.shape.regionCode,
  timeZone: agency.shape.timeZone,
  alertEmail: z.email().max(254),
});
export type AgencyEntry = z.output<typeof agencyEntry>;

/**
 * Creates an agency, or changes its fields or its place in the tree. Returns undefined if it is so already. `above` is
 * the path of the agency that it has to stand under. `height` counts the levels from the agency downwards.
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
    request,
  }: Pick<EntryAct, "at" | "request"> & {
    who: Officer;
    /** The path of the agency as it is now. */
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
    { id, ...wanted, ...(was?.alertEmail === wanted.alertEmail && addressKept(was)) },
    {
      type: before ? "changed" : "created",
      by: actorOf(who),
      at,
      ...(request && { request }),
    },
  );
  if (!change) return undefined;

  const fields: FieldRefusal[] = [];
  if (moves && wanted.parent !== null) {
    if (above.length === 0 || !inExtent("create-agency", who, idsOf(above)))
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
  /** This agency takes over the open cases. */
  successor: agencyId.optional(),
  reason: written(2_000),
});

/**
 * Closes an agency for good. An agency with open cases needs a successor. One with open agencies below it has to wait for
 * them. Returns undefined if it was closed in favour of this successor already.
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
    /** Ids of the open agencies right below it. */
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
    if (successorPath.length === 0 || !inExtent("close-agency", who, idsOf(successorPath)))
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

const openStill = problemFields({ openCases: z.int(), openAgencies: z.array(z.string()) });

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

/** A message: the cases of this closed agency have to go to its successor. */
export const handOverTask = z.strictObject({ agencyId });
export type HandOverTask = z.infer<typeof handOverTask>;
