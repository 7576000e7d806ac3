import * as z from "zod";
import { standsInFor } from "../../shared/case/moves/deputies/deputy-flow.ts";
import { mayRead, readerOf } from "../../shared/case/moves/table.ts";
import type { Agency, Officer } from "../../shared/directory/directory.ts";
import { agenciesInCharge } from "../../shared/directory/succession-flow.ts";
import type { OfficerCaller } from "../../shared/http/endpoint.ts";
import type { Text } from "../../shared/language.ts";
import { refuseFields } from "../../shared/refusal.ts";
import { agencyId } from "../../shared/text/id.ts";
import type { Desk } from "./desk.ts";

/** The parameters that say which agencies a list is about. */
export const whichAgencies = {
  agency: agencyId.optional(),
  /** "subtree" means the agency and all below it. */
  scope: z.enum(["agency", "subtree"]).optional(),
};

/** One call reads the cases of so many agencies. Where more are below, the cursor leads to them. */
const agenciesAtOnce = 600;

/** The agencies that one call is about. `next` is the last of them, where the next call has to go on behind it. */
export interface Asked {
  agency: Agency;
  holders: Agency[];
  next: string | undefined;
}

const refuse = (path: string, message: Text) => refuseFields([{ in: "query", path, message }]);

/** Finds the agency that a list is about. Refuses an agency that the officer may not see. */
async function agencyAsked(
  { directory }: Pick<Desk, "directory">,
  asked: string | undefined,
  officer: Officer,
): Promise<Agency> {
  const readsAll = mayRead({ role: officer.role, own: false });
  // Observers and auditors watch over agencies and work in none.
  const watches = readerOf(officer.role) !== "officer";
  if (watches && asked === undefined)
    throw refuse("agency", {
      id: "Pilih instansi. Lihat /v1/agencies.",
      en: "Choose an agency. See /v1/agencies.",
    });
  const id = asked ?? officer.agencyId;
  const [agency, path] = await Promise.all([directory.agency(id), agenciesInCharge(directory, id)]);
  if (!agency || !(readsAll || path.includes(officer.agencyId)))
    throw refuse("agency", {
      id: "Instansi ini bukan instansi Anda atau unit di bawahnya.",
      en: "This agency is neither yours nor below yours.",
    });
  return agency;
}

/**
 * The agencies whose cases are a person's work: those of all their posts, and those of officers in whose place they stand now.
 * Observers and auditors watch over agencies and work in none.
 */
export async function workplacesOf(
  { directory, now }: Pick<Desk, "directory" | "now">,
  posts: readonly Officer[],
): Promise<Agency[]> {
  const working = posts.filter(({ role }) => readerOf(role) === "officer");
  const absent = await Promise.all(working.map((post) => standsInFor(directory, post, now())));
  const ids = new Set([...working, ...absent.flat()].map(({ agencyId }) => agencyId));
  const agencies = await Promise.all([...ids].map((id) => directory.agency(id)));
  return agencies.filter((one) => one !== undefined);
}

/**
 * Finds the agency that a list is about, and the agencies whose cases are in this part of it. `after` is the last agency of
 * the part before. Where an officer names no agency, it is their work in all their posts, also as a deputy. A tree is that of one
 * agency: the one that is named, or the one of the post that asks.
 */
export async function agenciesOf(
  desk: Pick<Desk, "directory" | "now">,
  query: { agency?: string | undefined; scope?: "agency" | "subtree" | undefined },
  { officer, posts }: Pick<OfficerCaller, "officer" | "posts">,
  after: string | undefined,
): Promise<Asked> {
  const agency = await agencyAsked(desk, query.agency, officer);
  if (query.scope !== "subtree") {
    const holders = query.agency === undefined ? await workplacesOf(desk, posts) : [agency];
    return { agency, holders, next: undefined };
  }
  const portion = await desk.directory.subtreeOf(agency.id, { after, limit: agenciesAtOnce });
  if (!portion)
    throw refuse("cursor", {
      id: "Susunan instansi berubah sementara itu. Mulai lagi dari halaman pertama, tanpa cursor.",
      en: "The agencies have been rearranged in the meantime. Begin again with the first page, without a cursor.",
    });
  return { agency, holders: portion.agencies, next: portion.next };
}
