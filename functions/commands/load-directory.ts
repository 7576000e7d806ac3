/**
 * npm run directory:load -- FILE... [--stage NAME | --local DIR] [--overwrite]
 *
 * Loads agencies, regions, categories and officers into the directory of a deployed stage, or of the system that runs on this
 * machine. It checks everything first, so a file with a mistake changes nothing. An agency or officer that administrators have
 * changed since is kept, unless --overwrite is given.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { contradictions, type DirectoryFile, directoryFile } from "../../shared/directory/directory.ts";
import { loadingStore } from "../../shared/directory/loading-store.ts";
import { Mistake, orUsage, places, refuseTwoPlaces, runCommand } from "../../shared/platform/command.ts";
import { type Table, tableOf, told } from "./directory-table.ts";

const usage =
  "Usage: npm run directory:load -- FILE... [--stage NAME | --local DIR (default .local)] [--overwrite]";

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
  const { values, files } = orUsage(usage, () => {
    const { values, positionals } = parseArgs({
      options: { ...places, overwrite: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new Mistake("Name the files that hold the directory.");
    refuseTwoPlaces(values);
    return { values, files: positionals };
  });
  const { overwrite } = values;
  const directory = await readDirectory(files);
  const table = await tableOf(values);
  for (const line of await load(directory, table, overwrite)) console.log(line);
}

if (import.meta.main) await runCommand(main);
