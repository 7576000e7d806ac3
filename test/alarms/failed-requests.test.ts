import { describe, expect, test } from "vitest";
import { noteFailedRequest } from "../../shared/http/failed-request.ts";
import { Collision } from "../../shared/platform/dynamo.ts";
import { tooBusy } from "../../shared/platform/overload.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { Refusal } from "../../shared/refusal.ts";
import { enterLine, readingLines } from "./emf.ts";
import { metricBook } from "./metric-book.ts";

/** How often a function counted a request that failed. */
async function counted(run: () => unknown): Promise<number> {
  const book = metricBook();
  process.env.AWS_LAMBDA_FUNCTION_NAME = "officer";
  try {
    await readingLines(
      (line) => enterLine(book, line, 0),
      async () => run(),
    );
  } finally {
    delete process.env.AWS_LAMBDA_FUNCTION_NAME;
  }
  const names = [...book.names()].map((name) => JSON.parse(name) as [string, string, [string, string][]]);
  const found = names.filter(([, name]) => name === "RequestFailed");
  for (const [, , dimensions] of found)
    expect(Object.fromEntries(dimensions)).toMatchObject({ function: "officer" });
  return found.reduce(
    (sum, [namespace, name, dimensions]) =>
      sum + book.values({ namespace, name, dimensions: Object.fromEntries(dimensions) }, 0, 1).length,
    0,
  );
}

const heldBack = (): unknown => {
  try {
    strainMeter({ always: true }).holdBack("search");
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was held back");
};

describe("a request counts as failed, by its function,", () => {
  test.each<[string, unknown]>([
    ["where the code is wrong", new TypeError("wrong")],
    ["where the tables take nothing more", Object.assign(new Error("busy"), { name: "ThrottlingException" })],
    ["where the time of the function ran out", tooBusy()],
    [
      "where a key cannot be used",
      new Refusal("unavailable", { id: "Kunci terkunci.", en: "The key is locked." }),
    ],
  ])("%s", async (_, error) => {
    expect(await counted(() => noteFailedRequest(error, "request-1"))).toBe(1);
  });
});

describe("a request does not count as failed", () => {
  test.each<[string, unknown]>([
    ["where somebody typed something wrong", new Refusal("invalid-input", { id: "Salah.", en: "Wrong." })],
    ["where it has to wait on purpose, so that reports go on", heldBack()],
    [
      "where somebody sends so much about one case at once that it collides with itself",
      new Collision("unavailable", { id: "Sangat sibuk.", en: "Very busy." }),
    ],
  ])("%s", async (_, error) => {
    expect(await counted(() => noteFailedRequest(error, "request-1"))).toBe(0);
  });
});
