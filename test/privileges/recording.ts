import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Where tests of the running system leave what its functions asked of AWS. */
export const recordedCalls = join(import.meta.dirname, "../../.local/calls");

/** Begins the record of a project anew, and answers its folder. */
export function beginRecord(project: "e2e" | "pages"): string {
  const folder = join(recordedCalls, project);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
