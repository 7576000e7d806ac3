import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";

const folder = "shared/page/files";

/** The scripts that pages load: each is one file. */
export const scripts = [
  "page",
  "draft",
  "offline",
  "sw",
  "proof",
  "proof-worker",
  "proof-check",
  "upload",
  "ticks",
] as const;

/** The scripts as phones of 2019 get them, by file name. */
export async function bundled(): Promise<Map<string, Buffer>> {
  const { outputFiles } = await build({
    entryPoints: scripts.map((name) => `${folder}/${name}.ts`),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome80", "safari13", "firefox78"],
    // Safari 13 trips over rare corners of it only; esbuild would refuse all of it.
    supported: { destructuring: true },
    define: { STATIC_FILE_VERSION: '"1"' },
    outdir: "/",
    write: false,
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
}

export const staticFile = (name: string): Buffer => readFileSync(`${folder}/${name}`);
