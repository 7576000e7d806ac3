/**
 * npm run directory:load -- FILE... [--stage NAME | --local DIR] [--overwrite]
 *
 * Loads agencies, regions, categories and officers into the directory of a deployed stage or of the system that runs on this
 * machine. Checks everything first: a file with a mistake changes nothing. Agencies and officers that administrators have
 * changed since are kept as they are, unless --overwrite is given.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { contradictions, type DirectoryFile, directoryFile } from "../../shared/directory/directory.ts";
import { type DirectoryStore, directoryStore } from "../../shared/directory/directory-store.ts";

const usage =
  "Usage: npm run directory:load -- FILE... [--stage NAME | --local DIR (default .local)] [--overwrite]";

class Mistake extends Error {}

const marshalling = { marshallOptions: { removeUndefinedValues: true } };

async function localStore(dataDir: string): Promise<DirectoryStore> {
  const path = join(dataDir, "addresses.json");
  const text = await readFile(path, "utf8").catch(() => {
    throw new Mistake(
      `No system is running with the data folder ${dataDir}: ${path} is not there. Start it with npm start.`,
    );
  });
  const addresses = z
    .object({ dynamodb: z.url(), tables: z.object({ Directory: z.string() }) })
    .parse(JSON.parse(text));
  const client = new DynamoDBClient({
    endpoint: addresses.dynamodb,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  return directoryStore(DynamoDBDocumentClient.from(client, marshalling), addresses.tables.Directory);
}

async function deployedStore(stage: string): Promise<DirectoryStore> {
  const StackName = `sp4n-lapor-${stage}-data`;
  const { Stacks } = await new CloudFormationClient({})
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: Error) => {
      throw new Mistake(`The stack ${StackName} could not be read: ${error.message}`);
    });
  const table = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === "DirectoryTable")?.OutputValue;
  if (!table) throw new Mistake(`The stack ${StackName} has no output DirectoryTable; deploy it first.`);
  return directoryStore(DynamoDBDocumentClient.from(new DynamoDBClient({}), marshalling), table);
}

async function readDirectory(paths: readonly string[]): Promise<DirectoryFile> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
        throw new Mistake(`${path} cannot be read (${error.code}).`);
      });
      try {
        return directoryFile.parse(JSON.parse(text));
      } catch (error) {
        const detail = error instanceof z.ZodError ? z.prettifyError(error) : "It is not valid JSON.";
        throw new Mistake(`${path} is not a directory file. Nothing was loaded.\n${detail}`);
      }
    }),
  );
  return {
    regions: files.flatMap(({ regions }) => regions),
    agencies: files.flatMap(({ agencies }) => agencies),
    categories: files.flatMap(({ categories }) => categories),
    officers: files.flatMap(({ officers }) => officers),
  };
}

const parallel = 16;

/** Stores every entry and says in one line what that did. */
async function load<E>(
  name: string,
  entries: readonly E[],
  idOf: (entry: E) => string,
  put: (entry: E) => ReturnType<DirectoryStore["put"]>,
  stored: readonly string[],
): Promise<string> {
  const count = { added: 0, changed: 0, unchanged: 0, kept: 0 };
  const waiting = [...entries];
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift())
        count[await put(entry)]++;
    }),
  );
  const given = new Set(entries.map(idOf));
  const left = stored.filter((id) => !given.has(id)).length;
  const kept = count.kept > 0 ? `, ${count.kept} changed by administrators and kept` : "";
  return `${name}: ${count.added} added, ${count.changed} changed, ${count.unchanged} unchanged${kept}, ${left} not in the file and left as they are`;
}

async function main(): Promise<void> {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        options: { stage: { type: "string" }, local: { type: "string" }, overwrite: { type: "boolean" } },
        allowPositionals: true,
      });
    } catch (error) {
      throw new Mistake(`${(error as Error).message}\n${usage}`);
    }
  })();
  if (positionals.length === 0 || (values.stage && values.local)) throw new Mistake(usage);

  const directory = await readDirectory(positionals);
  const wrong = contradictions(directory);
  if (wrong.length > 0)
    throw new Mistake(
      `The directory contradicts itself. Nothing was loaded.\n${wrong.map((line) => `- ${line}`).join("\n")}`,
    );

  const store = values.stage ? await deployedStore(values.stage) : await localStore(values.local ?? ".local");
  const { regions, agencies, categories, officers } = directory;
  const { overwrite = false } = values;
  // Regions before the agencies that serve them.
  for (const line of [
    await load(
      "regions",
      regions,
      ({ code }) => code,
      (one) => store.put("region", one),
      await store.ids("region"),
    ),
    await load(
      "agencies",
      agencies,
      ({ id }) => id,
      (one) => store.put("agency", one, { overwrite }),
      await store.ids("agency"),
    ),
    await load(
      "categories",
      categories,
      ({ id }) => id,
      (one) => store.put("category", one),
      await store.ids("category"),
    ),
    await load(
      "officers",
      officers,
      ({ id }) => id,
      (one) => store.put("officer", one, { overwrite }),
      await store.ids("officer"),
    ),
  ])
    console.log(line);
}

main().catch((error: unknown) => {
  console.error(error instanceof Mistake ? error.message : error);
  process.exitCode = 1;
});
