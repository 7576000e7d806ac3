/**
 * npm run regions:load -- [PROVINCE ... (default 64)] [--stage NAME | --local DIR]
 *
 * Loads the kecamatan, and the kelurahan and desa, of provinces into the directory of a deployed stage, or of the system that
 * runs on this machine. The data are those of the npm package idn-area-data. The provinces with their kabupaten and kota have
 * to be there: `npm run directory:load` loads them. A list that contradicts itself changes nothing.
 */
import { parseArgs } from "node:util";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { getDistricts, getVillages } from "idn-area-data";
import * as z from "zod";
import { type Region, region } from "../../shared/directory/directory.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { loadingStore } from "../../shared/directory/loading-store.ts";
import { regionFlaws } from "../../shared/directory/regions/lower-regions.ts";
import { Mistake, orUsage, places, refuseTwoPlaces, runCommand } from "../../shared/platform/command.ts";
import { tableOf, told } from "./directory-table.ts";

const usage =
  "Usage: npm run regions:load -- [PROVINCE ... (default 64)] [--stage NAME | --local DIR (default .local)]";

/** The provinces of the shipped directory. */
const shipped = ["64"];

interface Listed {
  code: string;
  name: string;
}

const asRegion = (type: Region["type"], { code, name }: Listed): Region =>
  region.parse({ code, name: name.trim(), type, parent: code.slice(0, code.lastIndexOf(".")) });

/** Reads the regions below the kabupaten and kota of some provinces. */
export async function readLowerRegions(
  provinces: readonly string[],
): Promise<{ districts: Region[]; villages: Region[] }> {
  const isAsked = ({ code }: Listed) => provinces.some((province) => code.startsWith(`${province}.`));
  const [districts, villages] = await Promise.all([
    getDistricts({ transform: true }),
    getVillages({ transform: true }),
  ]);
  try {
    return {
      districts: districts.filter(isAsked).map((one) => asRegion("district", one)),
      villages: villages.filter(isAsked).map((one) => asRegion("village", one)),
    };
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Mistake(`idn-area-data has a region that cannot be read. Nothing was loaded.\n${detail}`);
  }
}

/** Loads the regions below the kabupaten and kota of some provinces. Tells line by line what that did. */
export async function loadRegions(
  client: DynamoDBClient,
  table: string,
  provinces: readonly string[] = shipped,
): Promise<string[]> {
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const [{ districts, villages }, governed] = await Promise.all([
    readLowerRegions(provinces),
    directoryStore(dynamo, table).regions(),
  ]);
  const missing = provinces.filter((province) => !districts.some(({ code }) => code.startsWith(province)));
  const flaws = [
    ...missing.map((province) => `idn-area-data has no province ${province}`),
    ...regionFlaws([...governed, ...districts, ...villages]),
  ];
  if (flaws.length > 0)
    throw new Mistake(
      `The list of regions cannot be loaded. Nothing was loaded.\n${flaws
        .slice(0, 20)
        .map((line) => `- ${line}`)
        .join("\n")}`,
    );
  const store = loadingStore(dynamo, table);
  // A kecamatan comes before what lies in it.
  return [
    told("kecamatan", await store.load("district", districts)),
    told("kelurahan and desa", await store.load("village", villages)),
  ];
}

async function main(): Promise<void> {
  const { values, provinces } = orUsage(usage, () => {
    const { values, positionals } = parseArgs({ options: places, allowPositionals: true });
    const other = positionals.find((one) => !/^\d\d$/.test(one));
    if (other !== undefined)
      throw new Mistake(`"${other}" is not the code of a province: two digits, such as 64.`);
    refuseTwoPlaces(values);
    return { values, provinces: positionals.length > 0 ? positionals : shipped };
  });
  const { client, name } = await tableOf(values);
  for (const line of await loadRegions(client, name, provinces)) console.log(line);
}

if (import.meta.main) await runCommand(main);
