import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { table } from "./table.ts";

/** The first inspection of a process, as after a cold start, and one that follows; peak memory with both. */
type Measured = { kind: string; megabytes: number; first: number; next: number; memory: number };

const itself = fileURLToPath(import.meta.url);

/**
 * What the inspection of files asks for: each kind in a process of its own. With sharp's native build where there is one;
 * docs/decisions/0015 has the ratio of WebAssembly, which is deployed.
 */
export async function inspectionCost(signal: AbortSignal): Promise<string> {
  const rows: string[][] = [];
  for (const megapixels of [12, 48]) {
    const { stdout } = await promisify(execFile)(process.execPath, [itself, String(megapixels)], {
      signal,
      timeout: 120_000,
    });
    const { kind, megabytes, first, next, memory }: Measured = JSON.parse(stdout);
    rows.push([kind, megabytes.toFixed(1), first.toFixed(0), next.toFixed(0), memory.toFixed(0)]);
  }
  return table(["File", "MB", "First (ms)", "Next (ms)", "Peak memory (MB)"], rows);
}

if (process.argv[1] === itself) {
  const megapixels = Number(process.argv[2]);
  const { default: sharp } = await import("sharp");
  const { inspect } = await import("../../shared/attachment/inspection/inspection.ts");
  const width = Math.round(Math.sqrt((megapixels * 1_000_000 * 4) / 3));
  const height = Math.round((width * 3) / 4);
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  const photo = await sharp({ create: { width, height, channels: 3, background: "#808080", noise } })
    .jpeg({ quality: 85 })
    .toBuffer();
  const timed = async () => {
    const began = performance.now();
    const outcome = await inspect(photo, { megapixels: 50 });
    if ("refused" in outcome) throw new Error(outcome.refused);
    return performance.now() - began;
  };
  const measured: Measured = {
    kind: `JPEG, ${megapixels} megapixels`,
    megabytes: photo.length / 2 ** 20,
    first: await timed(),
    next: await timed(),
    memory: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(measured));
}
