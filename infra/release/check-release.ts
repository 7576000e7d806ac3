/**
 * npm run release:check
 *
 * Compares production's templates with those of the last release. It refuses what would lose data or give somebody more power.
 */
import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { Mistake, runCommand, takesNothing } from "../../shared/platform/command.ts";
import type { Template } from "./template.ts";

const accepted = z.array(z.strictObject({ line: z.string(), reason: z.string().min(10) }));

async function main(): Promise<void> {
  takesNothing("Usage: npm run release:check (it takes nothing)");
  // The CDK takes two seconds to load.
  const [{ findings }, { judged }, { acceptedIn, recordedIn, templatesNow, templatesRecorded }] =
    await Promise.all([import("./compare.ts"), import("./judge.ts"), import("./templates.ts")]);
  if (!existsSync(recordedIn))
    throw new Mistake(
      `No release is recorded in ${recordedIn}, the version of package.json. Raise the version with the release itself: npm run release:record.`,
    );
  const now = Object.fromEntries(
    Object.entries(templatesNow()).map(([name, text]) => [name, JSON.parse(text) as Template]),
  );
  const { refused, stale } = judged(
    findings(templatesRecorded(), now),
    accepted.parse(JSON.parse(readFileSync(acceptedIn, "utf8"))),
  );
  for (const { line } of refused) console.error(line);
  for (const line of stale) console.error(`accepted, but not so: ${line}`);
  if (refused.length + stale.length > 0)
    throw new Mistake(
      `\nCompared with ${recordedIn}. Change it, or accept the line with its reason in ${acceptedIn} (docs/runbook.md, "Releases").`,
    );
  console.log(`Nothing is lost or widened since ${recordedIn}.`);
}

await runCommand(main);
