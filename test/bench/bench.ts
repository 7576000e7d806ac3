/**
 * npm run bench [-- WORD ...]
 *
 * Measures what loading, storing and answering cost, as ratios taken in one run on one machine. They say where a change made
 * something dearer. Times of different machines or runs do not compare, so nothing here passes or fails on a time. With words,
 * only those sections run whose titles hold one of them: `npm run bench -- waits asked`.
 */
import "./quiet.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Mistake, orUsage, runCommand } from "../../shared/platform/command.ts";

const usage = "Usage: npm run bench [-- WORD ...]";

async function main(): Promise<void> {
  const words = orUsage(usage, () => parseArgs({ allowPositionals: true }).positionals).map((word) =>
    word.toLowerCase(),
  );
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

  // Loading all that is measured takes seconds.
  const { sectionsIn } = await import("./sections.ts");
  const { sections, close } = sectionsIn(folder, stopping.signal);
  const named = (title: string, word: string) => title.toLowerCase().includes(word);
  const unknown = words.find((word) => !sections.some(({ title }) => named(title, word)));
  if (unknown !== undefined)
    throw new Mistake(
      `No section is called like "${unknown}". There are:\n${sections.map(({ title }) => `- ${title}`).join("\n")}\n${usage}`,
    );

  const began = Date.now();
  const [cpu] = cpus();
  console.log(`# Bench

${cpus().length} cores (${cpu?.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, ${new Date().toISOString()}`);
  try {
    for (const { title, text, measure } of sections)
      if (words.length === 0 || words.some((word) => named(title, word)))
        console.log(`\n## ${title}\n\n${text}\n\n${await measure()}`);
    console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} seconds.`);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    process.exitCode = 1;
  } finally {
    await close();
  }
}

await runCommand(main);
