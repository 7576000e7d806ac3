/**
 * npm run release:record
 *
 * Records production's templates as those of a release, under the version in package.json.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand, takesNothing } from "../../shared/platform/command.ts";

async function main(): Promise<void> {
  takesNothing("Usage: npm run release:record (it takes nothing: the version is the one in package.json)");
  // The CDK takes two seconds to load.
  const { acceptedIn, recordedIn, templatesNow } = await import("./templates.ts");
  const templates = Object.entries(templatesNow());
  rmSync(recordedIn, { recursive: true, force: true });
  mkdirSync(recordedIn, { recursive: true });
  for (const [name, template] of templates) writeFileSync(join(recordedIn, `${name}.json`), `${template}\n`);
  // What was accepted is done with this release.
  writeFileSync(acceptedIn, "[]\n");
  console.log(`${templates.length} templates are recorded in ${recordedIn}.`);
}

await runCommand(main);
