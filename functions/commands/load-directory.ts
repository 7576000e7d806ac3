/**
 * npm run directory:load -- FILE... [--stage NAME | --local DIR] [--overwrite]
 *
 * Loads agencies, regions, categories and officers into the directory of a deployed stage, or of the system that runs on this
 * machine. It checks everything first, so a file with a mistake changes nothing. An agency or officer that administrators have
 * changed since is kept, unless --overwrite is given.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { contradictions, type DirectoryFile, directoryFile } from "../../shared/directory/directory.ts";
import { type Loaded, loadingStore } from "../../shared/directory/loading-store.ts";

const usage =
  "Usage: npm run directory:load -- FILE... [--stage NAME | --local DIR (default .local)] [--overwrite]";

/** The operator can mend this error. It is printed without a stack trace. */
export class Mistake extends Error {}

type Table = { client: DynamoDBClient; name: string };

async function localTable(dataDir: string): Promise<Table> {
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
  return { client, name: addresses.tables.Directory };
}

async function deployedTable(stage: string): Promise<Table> {
  // The client is loaded here, because only a deployed stage needs it.
  const { CloudFormationClient, DescribeStacksCommand } = await import("@aws-sdk/client-cloudformation");
  const StackName = `sp4n-lapor-${stage}-data`;
  const { Stacks } = await new CloudFormationClient({})
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: Error) => {
      throw new Mistake(`The stack ${StackName} could not be read: ${error.message}`);
    });
  const name = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === "DirectoryTable")?.OutputValue;
  if (!name) throw new Mistake(`The stack ${StackName} has no output DirectoryTable; deploy it first.`);
  return { client: new DynamoDBClient({}), name };
}

/** Reads all files together. Refuses them if anything in them is wrong. */
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
  const directory = {
    regions: files.flatMap(({ regions }) => regions),
    agencies: files.flatMap(({ agencies }) => agencies),
    categories: files.flatMap(({ categories }) => categories),
    officers: files.flatMap(({ officers }) => officers),
  };
  const wrong = contradictions(directory);
  if (wrong.length > 0)
    throw new Mistake(
      `The directory contradicts itself. Nothing was loaded.\n${wrong.map((line) => `- ${line}`).join("\n")}`,
    );
  return directory;
}

/** Tells in one line what a load did. */
const told = (name: string, { added, changed, unchanged, kept, left }: Loaded): string => {
  const keptOnes = kept > 0 ? `, ${kept} changed by administrators and kept` : "";
  return `${name}: ${added} added, ${changed} changed, ${unchanged} unchanged${keptOnes}, ${left} not in the file and left as they are`;
};

async function load(
  { regions, agencies, categories, officers }: DirectoryFile,
  { client, name }: Table,
  overwrite: boolean,
): Promise<string[]> {
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const store = loadingStore(dynamo, name);
  // Regions come before the agencies that serve them, and agencies before their officers.
  return [
    told("regions", await store.load("region", regions)),
    told("agencies", await store.load("agency", agencies, { overwrite })),
    told("categories", await store.load("category", categories)),
    told("officers", await store.load("officer", officers, { overwrite })),
  ];
}

/** Loads files into the table of a directory. Tells line by line what that did. */
export const loadFiles = async (
  paths: readonly string[],
  client: DynamoDBClient,
  name: string,
): Promise<string[]> => load(await readDirectory(paths), { client, name }, false);

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

  const { stage, local = ".local", overwrite = false } = values;
  const directory = await readDirectory(positionals);
  const table = stage ? await deployedTable(stage) : await localTable(local);
  for (const line of await load(directory, table, overwrite)) console.log(line);
}

if (import.meta.main)
  main().catch((error: unknown) => {
    console.error(error instanceof Mistake ? error.message : error);
    process.exitCode = 1;
  });
