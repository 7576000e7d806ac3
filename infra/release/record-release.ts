import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acceptedIn, recordedIn, templatesNow } from "./templates.ts";

rmSync(recordedIn, { recursive: true, force: true });
mkdirSync(recordedIn, { recursive: true });
const templates = Object.entries(templatesNow());
for (const [name, template] of templates) writeFileSync(join(recordedIn, `${name}.json`), `${template}\n`);
// What was accepted is done with this release.
writeFileSync(acceptedIn, "[]\n");
console.log(`${templates.length} templates are recorded in ${recordedIn}.`);
