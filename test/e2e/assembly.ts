import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { synthesise } from "../../infra/local/template/synthesise.ts";
import { beginRecord } from "../privileges/recording.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder in which the stacks of the stage "dev" are synthesised. */
    assembly: string;
  }
}

/** Synthesises the stacks once for all files of a run, because the files only read them. */
export default async function synthesiseOnce(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-assembly-"));
  const assembly = join(folder, "dev");
  await synthesise({ stage: "dev", outdir: assembly });
  project.provide("assembly", assembly);
  beginRecord("e2e");
  return () => rmSync(folder, { recursive: true });
}
