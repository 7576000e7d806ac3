import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { table } from "./table.ts";

/** The first inspection of a process, as after a cold start, and one that follows; peak memory with both. */
type Measured = { kind: string; megabytes: number; first: number; next: number; memory: number };

const itself = fileURLToPath(import.meta.url);
const kinds = [
  "photo of 12 megapixels",
  "photo of 48 megapixels",
  "PDF of 40 pages",
  "film of 25 MB",
] as const;
type Kind = (typeof kinds)[number];

/**
 * What the inspection of files asks for: each kind in a process of its own. With sharp's native build where there is one;
 * docs/decisions/0015 has the ratio of WebAssembly, which is deployed. Another inspection than this checkout's, to compare
 * with, is named by its path: `node test/bench/inspection.ts "PDF of 40 pages" ../before/shared/attachment/inspection/inspection.ts`.
 */
export async function inspectionCost(signal: AbortSignal): Promise<string> {
  const rows: string[][] = [];
  for (const each of kinds) {
    const { stdout } = await promisify(execFile)(process.execPath, [itself, each], {
      signal,
      timeout: 120_000,
    });
    const { kind, megabytes, first, next, memory }: Measured = JSON.parse(stdout);
    rows.push([kind, megabytes.toFixed(1), first.toFixed(0), next.toFixed(0), memory.toFixed(0)]);
  }
  return table(["File", "MB", "First (ms)", "Next (ms)", "Peak memory (MB)"], rows);
}

async function photoOf(megapixels: number): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  const width = Math.round(Math.sqrt((megapixels * 1_000_000 * 4) / 3));
  const height = Math.round((width * 3) / 4);
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: "#808080", noise } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** Twenty scanned pages, and twenty of text with a table. */
async function documentOf(pages: number): Promise<Buffer> {
  const { PDFDocument, StandardFonts } = await import("@cantoo/pdf-lib");
  const document = await PDFDocument.create();
  const scan = await document.embedJpg(await photoOf(2));
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let number = 0; number < pages; number++) {
    const page = document.addPage([595, 842]);
    if (number % 2 === 0)
      page.drawImage(number === 0 ? scan : await document.embedJpg(await photoOf(2)), {
        width: 595,
        height: 842,
      });
    else
      for (let line = 0; line < 60; line++) {
        page.drawText(`Baris ${line} halaman ${number}: jalan rusak di depan pasar`, {
          x: 40,
          y: 800 - line * 12,
          size: 9,
          font,
        });
        page.drawLine({ start: { x: 40, y: 798 - line * 12 }, end: { x: 550, y: 798 - line * 12 } });
      }
  }
  return Buffer.from(await document.save());
}

/** Pictures of H.264 in units of some kilobytes, as a phone writes them in half a minute. */
async function filmOfMegabytes(megabytes: number): Promise<Buffer> {
  const { filmOf, script, unit } = await import("../fakes/marked-films.ts");
  const of = script();
  for (let made = 0; made < (megabytes / 2) * 2 ** 20; made += 4600)
    of.units.push(unit([0x41], randomBytes(4600)));
  return filmOf(of);
}

const make: Record<Kind, () => Promise<Buffer>> = {
  "photo of 12 megapixels": () => photoOf(12),
  "photo of 48 megapixels": () => photoOf(48),
  "PDF of 40 pages": () => documentOf(40),
  "film of 25 MB": () => filmOfMegabytes(24.5),
};

if (process.argv[1] === itself) {
  const [kind, path = "../../shared/attachment/inspection/inspection.ts"] = process.argv.slice(2);
  const file = await make[kind as Kind]();
  const before = process.resourceUsage().maxRSS / 1024;
  const { inspect } = await import(path);
  const timed = async () => {
    const began = performance.now();
    const outcome = await inspect(file, { megapixels: 50 });
    if ("refused" in outcome) throw new Error(outcome.refused);
    return performance.now() - began;
  };
  const measured: Measured = {
    kind: kind ?? "",
    megabytes: file.length / 2 ** 20,
    first: await timed(),
    next: await timed(),
    memory: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify({ ...measured, making: before }));
}
