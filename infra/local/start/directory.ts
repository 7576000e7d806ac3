import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StartFailure } from "./start-failure.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));
const files = ["kalimantan-timur.json", "categories.json", "sample-officers.json"].map((file) =>
  join(project, "shared/directory/data", file),
);

/** The commands behind `npm run directory:load` and `regions:load`, in this process: one of its own would take half a second to be there. */
const command = (name: string) => pathToFileURL(join(project, `functions/commands/${name}.ts`)).href;

/**
 * Loads the agencies of Kalimantan Timur with its regions down to the kelurahan, the categories and invented officers; tells line
 * by line what that did.
 */
export const loadDirectory = async (dynamo: DynamoDBClient, table: string): Promise<string[]> => {
  const [{ loadFiles }, { loadRegions }, { Mistake }] = await Promise.all([
    import(command("load-directory")),
    import(command("load-regions")),
    import(command("directory-table")),
  ]);
  try {
    const told: string[] = await loadFiles(files, dynamo, table);
    return [...told, ...(await loadRegions(dynamo, table))];
  } catch (error) {
    if (error instanceof Mistake)
      throw new StartFailure(`The directory cannot be loaded:\n${(error as Error).message}`);
    throw error;
  }
};
