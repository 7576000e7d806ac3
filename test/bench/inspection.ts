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
  "MP3 of 25 MB",
  "voice note of 25 MB",
  "recording of a browser of 25 MB",
  "Word document of 25 MB",
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

async function mp3OfMegabytes(megabytes: number): Promise<Buffer> {
  const { mp3Frame } = await import("../fakes/marked-sounds.ts");
  const count = Math.floor((megabytes * 2 ** 20) / 417);
  return Buffer.concat(
    Array.from({ length: count }, () => mp3Frame(randomBytes(150).toString("hex"), { behind: "LAME" })),
  );
}

/** Packets of a fiftieth of a second, as messengers write them. */
const packets = (megabytes: number): Buffer[] =>
  Array.from({ length: Math.floor((megabytes * 2 ** 20) / 66) }, () =>
    Buffer.concat([Buffer.from([0x08]), randomBytes(60)]),
  );

async function oggOfMegabytes(megabytes: number): Promise<Buffer> {
  const { ogg, oggPage } = await import("../fakes/marked-sounds.ts");
  const all = packets(megabytes);
  const pages = Array.from({ length: Math.ceil(all.length / 50) }, (_, page) =>
    oggPage(all.slice(page * 50, page * 50 + 50), { number: page + 2 }),
  );
  return Buffer.concat([...ogg().slice(0, 2), ...pages]);
}

const make: Record<Kind, () => Promise<Buffer>> = {
  "photo of 12 megapixels": () => photoOf(12),
  "photo of 48 megapixels": () => photoOf(48),
  "PDF of 40 pages": () => documentOf(40),
  "film of 25 MB": () => filmOfMegabytes(24.5),
  "MP3 of 25 MB": () => mp3OfMegabytes(24.5),
  "voice note of 25 MB": () => oggOfMegabytes(24),
  "recording of a browser of 25 MB": async () =>
    (await import("../fakes/marked-sounds.ts")).webm({ packets: packets(24) }),
  "Word document of 25 MB": async () =>
    (await import("../fakes/packed-documents.ts")).officeDocument({
      parts: [{ name: "word/media/image1.png", text: randomBytes(24 * 2 ** 20) }],
    }),
};

if (process.argv[1] === itself) {
  const [kind, path = "../../shared/attachment/inspection/inspection.ts"] = process.argv.slice(2);
  const file = await make[kind as Kind]();
  const before = process.resourceUsage().maxRSS / 1024;
  const { inspect, isPacked, inspectPacked } = await import(path);
  const timed = async () => {
    const began = performance.now();
    const outcome = isPacked?.(file) ? await inspectPacked(file) : await inspect(file, { megapixels: 50 });
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
