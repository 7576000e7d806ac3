import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { findings } from "./compare.ts";
import { judged } from "./judge.ts";
import type { Template } from "./template.ts";
import { acceptedIn, recordedIn, templatesNow, templatesRecorded } from "./templates.ts";

const accepted = z.array(z.strictObject({ line: z.string(), reason: z.string().min(10) }));

if (!existsSync(recordedIn)) {
  console.error(
    `No release is recorded in ${recordedIn}, the version of package.json. Raise the version with the release itself: npm run release:record.`,
  );
  process.exit(1);
}
const now = Object.fromEntries(
  Object.entries(templatesNow()).map(([name, text]) => [name, JSON.parse(text) as Template]),
);
const { refused, stale } = judged(
  findings(templatesRecorded(), now),
  accepted.parse(JSON.parse(readFileSync(acceptedIn, "utf8"))),
);
for (const { line } of refused) console.error(line);
for (const line of stale) console.error(`accepted, but not so: ${line}`);
if (refused.length + stale.length > 0) {
  console.error(
    `\nCompared with ${recordedIn}. Change it, or accept the line with its reason in ${acceptedIn} (docs/runbook.md, "Releases").`,
  );
  process.exitCode = 1;
} else console.log(`Nothing is lost or widened since ${recordedIn}.`);
