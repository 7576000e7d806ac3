import { createHash, randomUUID } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case } from "../case/case.ts";
import type { CaseStore } from "../case/store/case-store.ts";
import { writeIndex } from "./index-file-store.ts";
import type { IndexPlace } from "./index-place-store.ts";
import { newIndexName } from "./place.ts";
import { indexForm, type IndexPointer, isCurrent } from "./pointer.ts";
import { toldWords } from "./told.ts";

/** Cases whose texts are read together. */
const atOnce = 100;

/** Takes the number and the version of each case of the feed, and makes one hash of them all. */
function fingerprints() {
  const hash = createHash("sha256").update(`form ${indexForm}\n`);
  let count = 0;
  return {
    take(cases: readonly Case[]) {
      for (const { trackingNumber, version } of cases) hash.update(`${trackingNumber}#${version}\n`);
      count += cases.length;
    },
    all: () => ({ fingerprint: hash.digest("base64url"), count }),
  };
}

/**
 * Builds the index of all that the public may read, and makes it the newest. Returns undefined where nothing has changed since the
 * last build. The feed is read portion by portion, so memory does not grow with it.
 */
export async function buildIndex(
  cases: Pick<CaseStore, "wholeFeed" | "reports">,
  place: Omit<IndexPlace, "fetch">,
  { at, folder = tmpdir() }: { at: Date; folder?: string },
): Promise<IndexPointer | undefined> {
  const before = fingerprints();
  for await (const portion of cases.wholeFeed()) before.take(portion);
  if (isCurrent(await place.newest(), before.all().fingerprint, at)) return undefined;

  const name = newIndexName(at, randomUUID());
  const file = join(folder, `${name}.sqlite`);
  try {
    const writer = writeIndex(file, { name, builtAt: at });
    // What moved since the feed was read first is in the index. It counts as the state that was indexed.
    const indexed = fingerprints();
    for await (const portion of cases.wholeFeed()) {
      indexed.take(portion);
      for (let from = 0; from < portion.length; from += atOnce)
        writer.add(
          (await cases.reports(portion.slice(from, from + atOnce))).flatMap((read) => {
            const told = toldWords(read);
            return told ? [{ found: read.case, told }] : [];
          }),
        );
    }
    writer.finish();
    await place.keep(name, file);
    const { fingerprint, count } = indexed.all();
    const pointer = {
      name,
      builtAt: at.toISOString(),
      fingerprint,
      cases: count,
      bytes: statSync(file).size,
    };
    await place.point(pointer);
    return pointer;
  } finally {
    rmSync(file, { force: true });
  }
}
