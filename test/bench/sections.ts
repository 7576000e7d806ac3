import { join } from "node:path";
import { startSystem } from "../../infra/local/system.ts";
import { synthesise } from "../../infra/local/template/synthesise.ts";
import { launchBrowser, unpackBrowser } from "../pages/launch.ts";
import { siteOf } from "../pages/site.ts";
import { answersTime } from "./answers.ts";
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
import { searchCost } from "./search.ts";
import { officersPages, officersTrees } from "./site/officers.ts";
import { besideOthers } from "./site/others.ts";
import { slowPaints } from "./site/paint.ts";
import { rowsRendered } from "./site/rendering.ts";
import { siteWaits } from "./site/waits.ts";
import { siteWeight } from "./site/weight.ts";
import { sweepsCost } from "./sweeps.ts";
import { submissionsPerSecond } from "./throughput.ts";
import { treesCost } from "./trees.ts";
import { waits } from "./waits.ts";

/** A part of the bench, with what it is about and what it aims at. */
export interface Section {
  title: string;
  text: string;
  measure(): string | Promise<string>;
}

/** Opened by the first section that uses it, and closed at the end. */
function shared<T>(open: () => Promise<T>, close: (opened: T) => Promise<void>) {
  let opening: Promise<T> | undefined;
  return {
    get: () => (opening ??= open()),
    close: async () => opening && close(await opening),
  };
}

/** All sections in the order in which they are measured, and what ends all that they have opened. */
export function sectionsIn(folder: string, signal: AbortSignal) {
  const sections: Section[] = [];
  const section = (title: string, text: string, measure: Section["measure"]) =>
    sections.push({ title, text, measure });

  const stacks = shared(
    () => synthesise({ stage: "dev", outdir: join(folder, "functions"), signal }),
    async () => {},
  );
  const aDatabase = () =>
    shared(
      async () => openDatabase(await stacks.get(), signal),
      (database) => database.close(),
    );
  const database = aDatabase();
  const dataDir = join(folder, "system");
  const system = shared(
    () => startSystem({ dataDir, signal }),
    (running) => running.stop(),
  );
  const browser = shared(
    async () => {
      await unpackBrowser();
      return launchBrowser();
    },
    (running) => running.close(),
  );
  const site = async () => siteOf({ dataDir, addresses: (await system.get()).addresses });

  section(
    "Load time of the functions",
    "A fresh process imports the bundle; beside it a bundle that only constructs the same SDK clients, with the same settings. Medians of interleaved runs. Aim: ratio at most 1.15.",
    async () => loadTimes(await stacks.get(), join(folder, "clients"), signal),
  );
  section(
    "What DynamoDB is asked",
    "With the functions' own code on DynamoDB Local, thresholds of floods as in production. Aim: one request per submission on a calm day. DynamoDB Local counts writes differently from AWS, so beside its own units stand those by AWS's published rules, from the sizes of the items: those of the table, and those of its indexes.",
    async () => capacity(await database.get()),
  );
  section(
    "What each move asks of DynamoDB",
    "A long life of one case. Aim: one transaction, and no reads beyond the case and the caller; what a function remembers it does not read again, so beside it stands one that has just started.",
    async () => movesCost(await database.get()),
  );
  section(
    "Pages of 50",
    "Of one agency with 1,000 cases and one with 100,000. Aim: the same units whatever the total, and a bounded number of reads behind a filter.",
    async () => pagesCost(await database.get()),
  );
  section(
    "Trees of agencies",
    "The officer of a province asks about all below it: of a function that has just started, and again. Each agency has two cases that wait. Beside the time of a call that of one bare index query, as a ratio. Aim: at most 600 agencies and as many index queries a call.",
    async () => treesCost(await database.get()),
  );
  section(
    "Likely duplicates",
    "Of one report, among more and more reports of the same kabupaten or kota in 14 days. Aim: bounded rows.",
    async () => duplicatesCost(await database.get()),
  );
  section(
    "Server time of the site's pages",
    "The function that everybody calls, warm: a page, compressed as it is sent, beside the JSON routes that the page asks, all at once. In turns. Aim: at most 5 ms more than the routes.",
    async () => siteWaits(await database.get()),
  );
  section(
    "Server time and bytes of officers' pages",
    "Desk, queue of 50 and case of one unit, warm, beside the JSON routes that each asks, all at once. In turns. Aim: below 40 KB each, and a time that follows the routes.",
    async () => officersPages(await database.get()),
  );
  section(
    "Officers' pages of trees",
    "An officer with more and more agencies below, of which few hold cases; of a function that has just started, and again. Aim: a desk costs the same whatever is below.",
    async () => officersTrees(await database.get()),
  );
  section(
    "Sweeps",
    "1,000 due cases among 10,000 and among 100,000 open ones. Aim: the same index units.",
    async () => {
      // The sections from here on need the memory more than the database does.
      await database.close();
      const openCases = aDatabase();
      try {
        return await sweepsCost(await openCases.get());
      } finally {
        await openCases.close();
      }
    },
  );
  section(
    "Due dates a second",
    "60 working days from 500 starts with the holidays of the decrees, in turns; beside ours the packages that people would use. Aim: 50 times date-fns, 10 times with the explanation.",
    deadlinesPerSecond,
  );
  section(
    "Masking",
    "Of the invented sentences in test/unit/data, kind by kind; the held-out half was not looked at while the rule was written.",
    () => `${maskingScores()}\n\n${maskingTimes()}`,
  );
  section(
    "Search",
    "Of the index as its job builds it and the public's function asks it, without the database around it: invented reports of some sixty words from a vocabulary in which few words are frequent, as in any language. The worst query asks for a word that nearly every report holds. Aim: at most 70 MB and 150 ms for 100,000.",
    () => searchCost(folder),
  );
  section(
    "Inspection of a photo",
    "A process of its own each: the first inspection, one that follows, and peak memory.",
    () => inspectionCost(signal),
  );
  section(
    "Proof of work",
    "On one core of this machine; a cheap phone takes about four times as long. What a flood costs its sender, beside one report at the lowest hardness. Aim: seconds for a citizen, an hour and more for a thousand reports of one network.",
    proofsCost,
  );
  section("Alert mails", "All due on the same morning. Aim: one digest an officer.", digestsSent);
  section(
    "Waits of one client",
    "One request at a time, in turns: through the local HTTP API; by the same code in the client's process; the requests to DynamoDB Local alone that it makes. HTTP less function is the local gateway, the threads and what else the machine does meanwhile: mails are sent behind submissions. Aim: at most 1.5 times the bare requests.",
    async () => waits((await system.get()).addresses, signal),
  );
  section(
    "Submissions through the local HTTP API",
    "Beside them the same transaction sent straight to the same DynamoDB Local, with as many at a time. Behind both, events are published and mails sent. A function has at most four environments here, so that of 16 requests 12 wait.",
    async () => submissionsPerSecond((await system.get()).addresses, signal),
  );
  section(
    "An officer's answer through the local HTTP API",
    "Beside it the same officer reading the same cases.",
    async () => answersTime((await system.get()).addresses, signal),
  );
  section(
    "Rendering of the site's pages",
    "200 rows of the public feed, as markup and as JSON, in turns. Aim: below 5 ms, so that no page waits for its template.",
    rowsRendered,
  );
  section(
    "Weight of the site's pages",
    "Over the line with an empty cache, headers included, as the local gateway compresses them (brotli). Aim: 30 KB and 5 requests for the first page, 40 KB for a page of the report.",
    async () => siteWeight(await browser.get(), await site(), signal),
  );
  section(
    "Largest paint of the site's pages",
    "A line of 400 kbit/s on which each answer begins 400 ms later (emulated), an empty cache, three visits. The processor is not slowed. Aim: below 2.5 s.",
    async () => slowPaints(await browser.get(), (await site()).url, signal),
  );
  section(
    "The site's pages beside other services",
    "What a first visit loads besides the page, in bytes after brotli at its best. How the others were weighed, and what is missing, is in site/others.ts.",
    async () => besideOthers((await site()).url),
  );

  return { sections, close: () => Promise.all([database.close(), browser.close(), system.close()]) };
}
