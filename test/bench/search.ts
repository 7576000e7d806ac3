import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Case, type CaseFile, submit } from "../../shared/case/case.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
import { buildIndex } from "../../shared/search/build-flow.ts";
import { openIndex } from "../../shared/search/index-file-store.ts";
import { wantedIn } from "../../shared/search/wanted.ts";
import { memoryIndexPlace } from "../fakes/memory/index-place.ts";
import { shortReport } from "./reports.ts";
import { quantile, table } from "./table.ts";

const syllables = "ba be bi bo bu da de di do du ga gu ka ke ki ko ku la le li lo lu ma me mi mo mu".split(
  " ",
);
/** Ten thousand invented words. The first is the most frequent. */
const vocabulary = Array.from(
  { length: 10_000 },
  (_, index) =>
    `${syllables[index % 29]}${syllables[Math.floor(index / 29) % 29]}${syllables[Math.floor(index / 841) % 29]}r`,
);

/** Numbers from 0 to 1, the same in every run. */
function numbers(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Text in which the nth word comes about 1/n times as often as the first. */
const textOf = (draw: () => number, words: number): string =>
  Array.from({ length: words }, () => vocabulary[Math.floor(vocabulary.length ** draw()) - 1]).join(" ");

/** The feed of so many reports, made while it is read. */
function feedOf(count: number) {
  const model = submit(shortReport, {
    trackingNumber: "00000-00000",
    receipt: "0000-0000-0000-0000-0000",
    salt: "salt",
    language: "id",
    verifyingAgency: "kemenpanrb",
    at: new Date("2026-11-24T01:00:00Z"),
  });
  const texts = new Map<string, string>();
  return {
    async *wholeFeed(): AsyncGenerator<Case[]> {
      const draw = numbers();
      for (let from = 0; from < count; from += 500) {
        texts.clear();
        yield Array.from({ length: Math.min(500, count - from) }, (_, index) => {
          const trackingNumber = newTrackingNumber(randomBytes(trackingNumberEntropy));
          texts.set(trackingNumber, textOf(draw, 60));
          const submittedAt = new Date(1_700_000_000_000 + (from + index) * 60_000).toISOString();
          return { ...model.case, trackingNumber, submittedAt, title: textOf(draw, 6) };
        });
      }
    },
    reports: async (cases: readonly Case[]): Promise<CaseFile[]> =>
      cases.map((found) => {
        const content = {
          ...shortReport,
          text: texts.get(found.trackingNumber) ?? "",
          reachableByMail: false,
        };
        return { case: found, events: [{ ...model.event, content } as CaseFile["events"][number]] };
      }),
  };
}

/** Milliseconds that the slower of most such searches takes. */
function waits(search: () => unknown): string {
  const taken = Array.from({ length: 15 }, () => {
    const began = performance.now();
    search();
    return performance.now() - began;
  });
  return quantile(taken, 0.9).toFixed(1);
}

/** What an index of more and more reports takes to build, to keep and to ask. */
export async function searchCost(folder: string): Promise<string> {
  const rows: string[][] = [];
  mkdirSync(folder, { recursive: true });
  for (const count of [1_000, 10_000, 100_000]) {
    const place = memoryIndexPlace();
    const began = performance.now();
    const built = await buildIndex(feedOf(count), place, { at: new Date(), folder });
    const took = performance.now() - began;
    if (!built) throw new Error("Nothing was built.");
    const file = join(folder, "search.sqlite");
    await place.fetch(built.name, file);
    const opened = performance.now();
    const index = openIndex(file);
    const opening = performance.now() - opened;
    const ask = (q: string, take = 201) => index.find(wantedIn(q), {}, { skip: 0, take });
    const [frequent = "", next = "", , , , , , , , rare = ""] = vocabulary;
    rows.push([
      count.toLocaleString("en"),
      (took / 1000).toFixed(1),
      (built.bytes / 1e6).toFixed(1),
      opening.toFixed(1),
      waits(() => ask(frequent)),
      waits(() => ask(`${frequent} "${next} ${frequent}"`)),
      waits(() => ask(`${rare} ${vocabulary[500]}`)),
    ]);
    index.close();
  }
  return table(
    ["Reports", "Build, s", "MB", "Open, ms", "Worst word, ms", "Phrase, ms", "Two rarer words, ms"],
    rows,
  );
}
