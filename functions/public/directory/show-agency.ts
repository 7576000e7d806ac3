import * as z from "zod";
import { asCursor, cursorOf } from "../../../shared/cursor.ts";
import { localDate } from "../../../shared/deadline/calendar/local-date.ts";
import { type Agency, agency as agencyEntry } from "../../../shared/directory/directory.ts";
import type { DirectoryStore } from "../../../shared/directory/directory-store.ts";
import { successorOf } from "../../../shared/directory/succession-flow.ts";
import { usualMatters } from "../../../shared/directory/suggestion.ts";
import { endpoint } from "../../../shared/http/endpoint.ts";
import { cachedForAMinute, ok } from "../../../shared/http/reply.ts";
import type { Language, Text } from "../../../shared/language.ts";
import { Refusal } from "../../../shared/refusal.ts";
import { agencyNumbers, numbersOf, type PublicCases } from "../../../shared/statistics/public-figures.ts";
import { agencyId } from "../../../shared/text/id.ts";

/** Agencies right below that one answer lists. */
const childrenShown = 100;

const typeText: Record<Agency["type"], Text> = {
  "managing-institution": { id: "Instansi pengelola", en: "Managing institution" },
  province: { id: "Pemerintah provinsi", en: "Provincial government" },
  regency: { id: "Pemerintah kabupaten", en: "Regency government" },
  city: { id: "Pemerintah kota", en: "City government" },
  department: { id: "Perangkat daerah", en: "Department" },
  unit: { id: "Unit", en: "Unit" },
};

const named = z.object({ id: z.string(), name: z.string() });
const { type } = agencyEntry.shape;

export const agencyShown = z.object({
  id: z.string(),
  name: z.string(),
  type,
  typeText: z.string(),
  about: z.string().describe("What the agency is for, in one or more sentences"),
  region: z.object({ code: z.string(), name: z.string() }).nullable(),
  timeZone: agencyEntry.shape.timeZone,
  parents: z.array(named).describe("The agencies above it, the nearest first"),
  children: z.object({
    items: z
      .array(named.extend({ type, typeText: z.string() }))
      .describe("Open agencies right below it, by id"),
    total: z.int(),
    cursor: z.string().nullable(),
  }),
  /** When it was closed, as a local date, and the agency that has come in its place. */
  closedOn: z.iso.date().nullable(),
  successor: named.nullable(),
  numbers: agencyNumbers.describe(
    "Public cases that this agency itself has, or had last. Cases of agencies below it count there.",
  ),
});

const cursor = cursorOf((after) => agencyId.safeParse(after).success);

const noSuchAgency = () =>
  new Refusal("not-found", {
    id: "Tidak ada instansi dengan kode ini. Cari instansi di /v1/agencies.",
    en: "There is no agency with this id. Look for it at /v1/agencies.",
  });

const inRow = (words: readonly string[], and: string): string =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1) ?? ""}` : words.join();

/** What the directory says an agency is for. What it usually takes care of is assumed from its name. */
function aboutIn(
  language: Language,
  {
    kind,
    above,
    region,
    below,
    governs,
    matters,
  }: {
    kind: string;
    above: string | undefined;
    region: string | undefined;
    below: number;
    governs: boolean;
    matters: readonly string[];
  },
): string {
  const sentences =
    language === "id"
      ? [
          above === undefined ? `${kind}.` : `${kind} di bawah ${above}.`,
          region && `Wilayahnya ${region}.`,
          matters.length > 0 && `Biasanya menangani ${inRow(matters, "dan")}.`,
          governs && "Laporan diverifikasi di sini, lalu diteruskan kepada dinas yang berwenang.",
          below > 0 && `Di bawahnya ada ${below} instansi.`,
        ]
      : [
          above === undefined ? `${kind}.` : `${kind} under ${above}.`,
          region && `It serves ${region}.`,
          matters.length > 0 && `It usually takes care of ${inRow(matters, "and")} (in Indonesian).`,
          governs && "Reports are verified here and passed on to the department in charge.",
          below > 0 && `Agencies right below it: ${below}.`,
        ];
  return sentences.filter((one) => typeof one === "string" && one !== "").join(" ");
}

const asNamed = ({ id, name }: Agency) => ({ id, name });

/** `GET /v1/agencies/{agencyId}`: shows an agency to everybody: what it is for, where it stands, and how its public cases stand. */
export const showAgency = (directory: DirectoryStore, publicCases: () => Promise<PublicCases>) =>
  endpoint(
    {
      summary: { id: "Lihat sebuah instansi", en: "See an agency" },
      input: {
        path: z.strictObject({ agencyId }),
        query: z.strictObject({ cursor: cursor.optional() }),
      },
      output: { 200: agencyShown },
      refusals: { "not-found": "There is no such agency." },
    },
    async ({ path: { agencyId }, query }, { language }) => {
      const agency = await directory.agency(agencyId);
      if (!agency) throw noSuchAgency();
      const { id, name, type, regionCode, timeZone, closedAt } = agency;
      const [wayUp, below, region, successor, found] = await Promise.all([
        directory.pathOf(id),
        directory.rightBelow(id),
        regionCode === undefined ? undefined : directory.region(regionCode),
        closedAt === undefined ? undefined : successorOf(directory, id),
        publicCases(),
      ]);
      const above = await Promise.all(wayUp.slice(1).map((one) => directory.agency(one)));
      const parents = above.filter((one) => one !== undefined).map(asNamed);
      const children = below.filter((one) => !one.closedAt).sort((a, b) => (a.id < b.id ? -1 : 1));
      const rest = children.filter((one) => query.cursor === undefined || one.id > query.cursor);
      const shown = rest.slice(0, childrenShown);
      return ok(
        {
          id,
          name,
          type,
          typeText: typeText[type][language],
          about: aboutIn(language, {
            kind: typeText[type][language],
            above: parents[0]?.name,
            region: region?.name,
            below: children.length,
            governs: ["province", "regency", "city"].includes(type),
            matters: usualMatters(name),
          }),
          region: region ? { code: region.code, name: region.name } : null,
          timeZone,
          parents,
          children: {
            items: shown.map((one) => ({
              ...asNamed(one),
              type: one.type,
              typeText: typeText[one.type][language],
            })),
            total: children.length,
            cursor: asCursor(rest.length > shown.length ? shown.at(-1)?.id : undefined),
          },
          closedOn: closedAt ? localDate(new Date(closedAt), timeZone) : null,
          successor: successor ? asNamed(successor) : null,
          numbers: numbersOf(found, id),
        },
        cachedForAMinute,
      );
    },
  );
