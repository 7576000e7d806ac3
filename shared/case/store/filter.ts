import { isVillage } from "../../directory/regions/place.ts";
import type { Search } from "../lists/search.ts";

/** Conditions that DynamoDB checks on each row that it has read, with what they name. */
export interface Filter {
  expression: string | undefined;
  names: Record<string, string> | undefined;
  values: Record<string, unknown> | undefined;
}

/**
 * The filter of a search. A main category stands for its subcategories too, a region for those in it. Reports that name an
 * agency are also its own while another one verifies for it. The public does not see in which kelurahan or desa an anonymous
 * report is (case-view.ts), so a search of the public does not find it there either.
 */
export function filterOf({
  class: kind,
  category,
  region,
  status,
  holder,
  movedSince,
  reader,
}: Search & { status?: string; holder?: string; reader: "public" | "officer" }): Filter {
  const conditions: string[] = [];
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const equals = (name: string, value: string | undefined) => {
    if (value === undefined) return;
    names[`#${name}`] = name;
    values[`:${name}`] = value;
    conditions.push(`#${name} = :${name}`);
  };
  equals("class", kind);
  equals("status", status);
  if (holder !== undefined) {
    Object.assign(names, { "#holder": "holder", "#agencyId": "agencyId", "#status": "status" });
    Object.assign(values, { ":holder": holder, ":submitted": "submitted" });
    conditions.push("(#holder = :holder OR (#agencyId = :holder AND #status = :submitted))");
  }
  if (movedSince !== undefined) {
    names["#movedAt"] = "movedAt";
    values[":since"] = movedSince;
    conditions.push("#movedAt > :since");
  }
  if (category !== undefined) {
    names["#category"] = "category";
    Object.assign(values, { ":category": category, ":within": `${category}/` });
    conditions.push("(#category = :category OR begins_with(#category, :within))");
  }
  if (region !== undefined) {
    Object.assign(names, { "#location": "location", "#code": "regionCode" });
    values[":region"] = region;
    conditions.push("begins_with(#location.#code, :region)");
    if (reader === "public" && isVillage(region)) {
      names["#anonymous"] = "anonymous";
      values[":named"] = false;
      conditions.push("#anonymous = :named");
    }
  }
  return conditions.length > 0
    ? { expression: conditions.join(" AND "), names, values }
    : { expression: undefined, names: undefined, values: undefined };
}
