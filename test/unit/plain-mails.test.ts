import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { queueNames, watchNames } from "../../shared/case/lists/queues.ts";
import { anOffice } from "../fakes/office.ts";

const root = join(import.meta.dirname, "../..");
const words = globSync("shared/notification/mails/words/*.ts", { cwd: root });

/** Every sentence that a module exports. A sentence that names something names nothing here. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") {
    const named = new Proxy({}, { get: (_, name) => (name === Symbol.toPrimitive ? () => 1 : "") });
    return sentencesOf((value as (...args: unknown[]) => unknown)(named, named, named));
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentencesOf) : [];
}

test.each(words)("%s speaks to people: it names no route, queue or field of the API", async (file) => {
  const exported = Object.values((await import(join(root, file))) as object);
  const sentences = exported.flatMap(sentencesOf).filter((sentence) => sentence.includes(" "));
  const routes = Object.values(anOffice().tables())
    .flat()
    .flatMap(({ path }) => path.split("/"))
    .filter((segment) => segment.includes("-"));
  for (const sentence of sentences)
    for (const name of new Set(
      [...routes, ...queueNames, ...watchNames, "/v1/"].filter((one) => /[-/]/.test(one)),
    ))
      expect(sentence.toLowerCase()).not.toContain(name);
});
