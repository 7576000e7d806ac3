import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import project from "../../package.json" with { type: "json" };
import { buildApp } from "../app.ts";
import type { Template } from "./template.ts";

const releases = join(import.meta.dirname, "../../releases");
/** The templates of the last release, one file a stack. */
export const recordedIn = join(releases, project.version);
/** What the next release does on purpose, each line with its reason. */
export const acceptedIn = join(releases, "accepted.json");

/** Names that follow from contents change with every edit, and tell nothing of what an update does. */
const withoutContents = (template: string): string =>
  template
    .replaceAll(/\b[0-9a-f]{64}(?=\.(?:zip|json)\b)/g, "asset")
    .replaceAll(/-[0-9a-f]{10}(?=\.[a-z0-9]+\b)/g, "-content");

/** The templates of production as they are now, by the names of stacks, on one line each. */
export function templatesNow(): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "sp4n-lapor-release-"));
  try {
    const { stacks } = buildApp({
      stage: "prod",
      outdir,
      first: false,
      code: false,
      validation: false,
    }).synth();
    return Object.fromEntries(
      stacks.map(({ stackName, template }) => [stackName, withoutContents(JSON.stringify(template))]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The templates of the last release. */
export const templatesRecorded = (): Record<string, Template> =>
  Object.fromEntries(
    readdirSync(recordedIn).map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(join(recordedIn, file), "utf8")) as Template,
    ]),
  );
