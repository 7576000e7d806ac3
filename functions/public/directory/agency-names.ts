import type * as z from "zod";
import type { Endpoint } from "../../../shared/http/endpoint.ts";
import type { Asked, Visit } from "../../../shared/http/page/visit.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { agenciesListed } from "./list-directory.ts";
import { agencyShown } from "./show-agency.ts";

export type ListedAgency = z.output<typeof agenciesListed>["items"][number];

/** So many pages of 500 are read at most. */
const mostPages = 10;

/** All agencies, by id. */
export async function allAgencies(visit: Visit, agencies: Endpoint): Promise<ListedAgency[]> {
  const all: ListedAgency[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const read = await visit.ask(agencies, { query: { limit: "500", cursor } }, agenciesListed);
    all.push(...read.items);
    if (read.cursor === null) break;
    cursor = read.cursor;
  }
  return all;
}

/** An agency for a page. Who typed a wrong address is told where to look, in words for people. */
export async function agencyAt(
  visit: Visit,
  agency: Endpoint,
  asked: Asked,
): Promise<z.output<typeof agencyShown>> {
  try {
    return await visit.ask(agency, asked, agencyShown);
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind !== "not-found") throw error;
    throw new Refusal("not-found", {
      id: "Tidak ada instansi di alamat ini. Cari namanya lewat tautan di bawah.",
      en: "There is no agency at this address. Look for its name by the link below.",
    });
  }
}
