/**
 * npm run bench
 *
 * What loading, storing and answering cost, as ratios taken in one run on one machine: they say where a change made
 * something dearer. Times of different machines or runs do not compare, so nothing here passes or fails on a time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { StartFailure } from "../../infra/local/start/start-failure.ts";
import { synthesise } from "../../infra/local/template/synthesise.ts";
import { capacity } from "./capacity.ts";
import { openDatabase } from "./database.ts";
import { deadlinesPerSecond } from "./deadlines.ts";
import { digestsSent } from "./digests.ts";
import { duplicatesCost } from "./duplicates.ts";
import { inspectionCost } from "./inspection.ts";
import { loadTimes } from "./load-time.ts";
import { maskingScores, maskingTimes } from "./masking.ts";
import { movesCost } from "./moves.ts";
import { pagesCost } from "./pages.ts";
import { proofsCost } from "./proof.ts";
import { sweepsCost } from "./sweeps.ts";
import { throughput } from "./throughput.ts";

import "./quiet.ts";

const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

const section = (title: string, text: string) => console.log(`\n## ${title}\n\n${text}\n`);

try {
  const began = Date.now();
  const [cpu] = cpus();
  console.log(`# Bench

${cpus().length} cores (${cpu?.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, ${new Date().toISOString()}`);

  const { signal } = stopping;
  const stacks = await synthesise({ stage: "dev", outdir: join(folder, "functions"), signal });

  section(
    "Load time of the functions",
    "A fresh process imports the bundle; beside it a bundle that only constructs the same SDK clients, with the same settings. Medians of interleaved runs. Aim: ratio at most 1.15.",
  );
  console.log(await loadTimes(stacks, join(folder, "clients"), signal));

  section(
    "What DynamoDB is asked",
    "With the functions' own code on DynamoDB Local. Aim: one request per submission. DynamoDB Local counts writes differently from AWS, so beside its own units stand those by AWS's published rules, from the sizes of the items.",
  );
  const database = await openDatabase(stacks, signal);
  try {
    console.log(await capacity(database));

    section(
      "What each move asks of DynamoDB",
      "A long life of one case. Aim: one transaction, and no reads beyond the case and the caller; what a function remembers it does not read again, so beside it stands one that has just started.",
    );
    console.log(await movesCost(database));

    section(
      "Pages of 50",
      "Of one agency with 1,000 cases and one with 100,000. Aim: the same units whatever the total, and a bounded number of reads behind a filter.",
    );
    console.log(await pagesCost(database));

    section(
      "Likely duplicates",
      "Of one report, among more and more reports of the same kabupaten or kota in 14 days. Aim: bounded rows.",
    );
    console.log(await duplicatesCost(database));
  } finally {
    await database.close();
  }

  section("Sweeps", "1,000 due cases among 10,000 and among 100,000 open ones. Aim: the same index units.");
  const openCases = await openDatabase(stacks, signal);
  try {
    console.log(await sweepsCost(openCases));
  } finally {
    await openCases.close();
  }

  section(
    "Due dates a second",
    "60 working days from 500 starts with the holidays of the decrees, in turns; beside ours the packages that people would use. Aim: 50 times date-fns, 10 times with the explanation.",
  );
  console.log(deadlinesPerSecond());

  section(
    "Masking",
    "Of the invented sentences in test/unit/data, kind by kind; the held-out half was not looked at while the rule was written.",
  );
  console.log(maskingScores());
  console.log(`\n${maskingTimes()}`);

  section(
    "Inspection of a photo",
    "A process of its own each: the first inspection, one that follows, and peak memory.",
  );
  console.log(await inspectionCost(signal));

  section(
    "Proof of work",
    "On one core of this machine; a cheap phone takes about four times as long. What a flood costs its sender, beside one report at the lowest hardness. Aim: seconds for a citizen, an hour and more for a thousand reports of one network.",
  );
  console.log(await proofsCost());

  section("Alert mails", "All due on the same morning. Aim: one digest an officer.");
  console.log(await digestsSent());

  section(
    "Submissions through the local HTTP API",
    "Beside them the same transaction sent straight to the same DynamoDB Local, with as many at a time. Behind both, events are published and mails sent. A function has at most four environments here, so that of 16 requests 12 wait.",
  );
  const { submissions, answers } = await throughput(join(folder, "system"), signal);
  console.log(submissions);

  section(
    "An officer's answer through the local HTTP API",
    "Beside it the same officer reading the same cases.",
  );
  console.log(answers);
  console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} seconds.`);
} catch (error) {
  if (!stopping.signal.aborted) console.error(error instanceof StartFailure ? error.message : error);
  process.exitCode = 1;
}
