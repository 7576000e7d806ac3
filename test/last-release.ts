import { execFile } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { root } from "./python.ts";

const run = promisify(execFile);
const lock = "package-lock.json";

/** The commit of the last release, as releases/last.json names it. */
const { commit: lastRelease } = z
  .strictObject({ commit: z.string().regex(/^[0-9a-f]{40}$/), why: z.string() })
  .parse(JSON.parse(readFileSync(join(root, "releases/last.json"), "utf8")));

const isHere = () =>
  run("git", ["cat-file", "-e", `${lastRelease}^{commit}`], { cwd: root }).then(
    () => true,
    () => false,
  );

/**
 * Tells why the last release cannot be checked out here, or nothing where it can. A clone without history fetches the one commit that
 * it lacks.
 */
export async function whyNotHere(): Promise<string | undefined> {
  if (await isHere()) return undefined;
  await run("git", ["fetch", "--depth", "1", "origin", lastRelease], { cwd: root, timeout: 60_000 }).catch(
    () => {},
  );
  return (await isHere())
    ? undefined
    : `The commit ${lastRelease} of releases/last.json is not in this clone, and could not be fetched: git fetch --unshallow, or git fetch origin ${lastRelease}`;
}

/**
 * Puts the code of the last release into an empty folder. Its packages are those of its own lock file, or, where `packages` is "linked",
 * in any case those that are installed here.
 */
export async function checkOutLastRelease(into: string, packages: "own" | "linked"): Promise<void> {
  const archive = join(into, "code.tar");
  await run("git", ["archive", "--output", archive, lastRelease], { cwd: root });
  await run("tar", ["-xf", archive, "-C", into]);
  const sameLock = readFileSync(join(into, lock), "utf8") === readFileSync(join(root, lock), "utf8");
  if (sameLock || packages === "linked") symlinkSync(join(root, "node_modules"), join(into, "node_modules"));
  else await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: into });
}
