import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StartFailure } from "./start-failure.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const files = ["kalimantan-timur.json", "categories.json", "sample-officers.json"].map((file) =>
  join(project, "shared/directory/data", file),
);

/** The command behind `npm run directory:load`, in this process: one of its own would take half a second to be there. */
const command = pathToFileURL(join(project, "functions/commands/load-directory.ts")).href;

/** Loads the agencies of Kalimantan Timur, the categories and invented officers; tells line by line what that did. */
export const loadDirectory = async (dynamo: DynamoDBClient, table: string): Promise<string[]> => {
  const { loadFiles, Mistake } = await import(command);
  try {
    return await loadFiles(files, dynamo, table);
  } catch (error) {
    if (error instanceof Mistake)
      throw new StartFailure(`The directory cannot be loaded:\n${(error as Error).message}`);
    throw error;
  }
};
