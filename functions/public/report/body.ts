import { bodyOf, dateTyped, type FormValues, valueOf } from "../../../shared/http/page/form.ts";

type Values = Readonly<Record<string, string>>;

const sentFields = [
  "class",
  "title",
  "text",
  "occurredOn",
  "category",
  "location.regionCode",
  "location.address",
  "location.latitude",
  "location.longitude",
  "agencyId",
  "anonymous",
  "secret",
  "reporter.name",
  "reporter.email",
  "reporter.phone",
  "reporter.nik",
  "reporter.mailReceipt",
];

const inOrOf = (code: string | undefined, above: string, separator: string): boolean =>
  above !== "" && code !== undefined && code.startsWith(`${above}${separator}`);

/** The nearest region that was chosen. A kecamatan of another kabupaten is left over from an earlier choice. */
export function regionOf(values: Values): string {
  const city = values["location.regionCode"] ?? "";
  const { district = "", village = "" } = values;
  if (!inOrOf(district, city, ".")) return city;
  return inOrOf(village, district, ".") ? village : district;
}

/** The category that was chosen: the subcategory, where it belongs to the main one. */
function categoryOf({ category = "", subcategory = "" }: Values): string {
  return inOrOf(subcategory, category, "/") ? subcategory : category;
}

/** Fields that are in no report: what they hold is chosen, or looked for. */
const helping = new Set(["subcategory", "district", "village", "agencyWords", "alike", "asked"]);
const longestHelping = 250;

/** What a step typed, by the names of its fields. A suggested subcategory is a choice of its main category too. */
export function typedFields(form: FormValues, names: readonly string[]): Record<string, string> {
  const typed = Object.fromEntries(
    names.map((name) => {
      const text = valueOf(form, name);
      return [name, helping.has(name) ? text.slice(0, longestHelping) : text];
    }),
  );
  const { category = "" } = typed;
  if (category.includes("/"))
    Object.assign(typed, { category: category.split("/", 1)[0] ?? "", subcategory: category });
  return typed;
}

/** The body of `POST /v1/cases` that the values of a draft stand for. */
export function reportBody(values: Values): Record<string, unknown> {
  const meant = {
    ...values,
    category: categoryOf(values),
    occurredOn: dateTyped(values.occurredOn ?? ""),
    "location.regionCode": regionOf(values),
    "reporter.nik": (values["reporter.nik"] ?? "").trim(),
  };
  const body = bodyOf(meant, sentFields, {
    booleans: ["anonymous", "secret", "reporter.mailReceipt"],
    numbers: ["location.latitude", "location.longitude"],
  });
  const { mailReceipt, ...contact } = body.reporter as Record<string, unknown>;
  const reporter = { ...contact, ...(mailReceipt === true && { mailReceipt }) };
  if (Object.keys(reporter).length > 0) return { ...body, reporter };
  const { reporter: _, ...rest } = body;
  return rest;
}
