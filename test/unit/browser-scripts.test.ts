import { globSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PhoneReport } from "../../shared/page/files/parts/kept.ts";
import { afterAnswer, askedPause, pauseAfter } from "../../shared/page/files/parts/send-report.ts";
import { countCharacters } from "../../shared/page/files/parts/writing.ts";
import { writtenReport } from "../../shared/page/files/parts/written-report.ts";
import { written } from "../../shared/text/writing.ts";
import { bundled, scripts } from "../pages/scripts/bundled.ts";

const files = await bundled();
const sources = globSync("shared/page/files/**/*.ts").map((file) => ({
  file,
  text: readFileSync(file, "utf8"),
}));
const packed = (name: string): number =>
  brotliCompressSync(files.get(`${name}.js`) ?? Buffer.alloc(0)).length;

describe("what a page loads of scripts", () => {
  test.each([
    ["every page", ["page"], 2.5],
    ["a page of a report", ["page", "draft"], 5],
    ["the form for being offline", ["page", "offline"], 8],
    ["a page that solves a challenge", ["page", "proof", "proof-worker"], 8],
    ["the proof of a history", ["page", "proof-check"], 4],
    ["a page that sends files", ["page", "upload"], 8],
    ["a queue of officers", ["page", "ticks"], 3],
    ["the service worker", ["sw"], 4],
  ])("%s: %s stays below %d KB, compressed", (_, names, kilobytes) => {
    const bytes = names.map(packed);
    expect(bytes.every((size) => size > 100)).toBe(true);
    expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(kilobytes * 1024);
  });

  test("no script uses what phones of 2019 do not have, nor what turns text into markup or code", () => {
    for (const [name, contents] of files) {
      const text = contents.toString();
      expect
        .soft(
          text.match(
            /\?\.\w|\?\?=|\|\|=|static\{|\breplaceAll\(|\.at\(|randomUUID|structuredClone|replaceChildren/g,
          ),
          name,
        )
        .toBeNull();
      expect
        .soft(
          text.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/g),
          name,
        )
        .toBeNull();
    }
  });

  test("texts for people come from the page: no script holds a sentence", () => {
    const said = sources.flatMap(({ file, text }) =>
      [
        ...text
          .replace(/^\s*(?:\*|\/\*|\/\/).*$/gm, "")
          .matchAll(/textContent = "([^"]+)"|sayAfter\([^,]+, "([^"]+)"/g),
      ].map(([found]) => `${file}: ${found}`),
    );
    expect(said).toEqual([]);
  });

  test.each(scripts)("%s.ts says at its top what it expects of a page", (name) => {
    expect(
      readFileSync(`shared/page/files/${name}.ts`, "utf8").startsWith("/**\n * ") || name === "proof-worker",
    ).toBe(true);
  });
});

describe("the manifest", () => {
  const manifest = JSON.parse(readFileSync("shared/page/files/site.webmanifest", "utf8")) as {
    start_url: string;
    icons: { src: string }[];
  };

  test("starts at the first page, and its address tells nobody where a visitor comes from", () => {
    expect(manifest.start_url).toBe("/");
    expect(JSON.stringify(manifest)).not.toMatch(/utm_|\?/);
  });

  test("shows the icon itself, so that it needs no address with a hash", () => {
    const [icon] = manifest.icons;
    expect(decodeURIComponent(icon?.src.replace("data:image/svg+xml,", "") ?? "")).toBe(
      readFileSync("shared/page/files/icon.svg", "utf8").trim(),
    );
  });
});

describe("counting", () => {
  test("a text that the page calls short enough is short enough for the server, and the other way round", () => {
    const parts = fc.constantFrom("a", "é", "e\u0301", "😀", "\r\n", "\n", " ", "한", "ab");
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 30 }), (all) => {
        const text = `a${all.join("")}z`;
        const limit = countCharacters(text);
        expect(written(limit).safeParse(text).success).toBe(true);
        expect(written(limit - 1).safeParse(text).success).toBe(false);
      }),
    );
  });
});

describe("a report on the phone", () => {
  const waiting: PhoneReport = {
    id: "0b1f3c7e-4a55-4d0e-9f1b-6f2f8f3f7a11",
    state: "waiting",
    values: { title: ["Jalan"] },
    body: "{}",
    language: "id",
    tries: 3,
    nextAt: 0,
    heldUntil: 9,
  };
  const answered = (status: number, body: object = {}, retryAfter: string | null = null) =>
    afterAnswer(waiting, { status, retryAfter, body }, 1_000_000);

  test("leaves the phone only with a receipt in the answer", () => {
    expect(answered(201, { trackingNumber: "A", receipt: "B" })).toMatchObject({
      state: "answered",
      values: {},
      answer: { trackingNumber: "A", receipt: "B" },
    });
    // The line breaks in the middle of the answer.
    expect(answered(201)).toMatchObject({ state: "waiting", body: "{}", values: waiting.values });
  });

  test("keeps its words and its key whatever else is answered, and waits or asks the person", () => {
    for (const status of [0, 200, 302, 408, 409, 425, 428, 429, 500, 502, 503, 504])
      expect(answered(status)).toMatchObject({ state: "waiting", body: "{}", id: waiting.id, heldUntil: 0 });
    for (const status of [400, 401, 403, 404, 413, 415, 422])
      expect(answered(status, { detail: "no" })).toMatchObject({
        state: "writing",
        values: waiting.values,
        refusal: { status },
      });
    expect(afterAnswer(waiting, undefined, 0)).toMatchObject({ state: "waiting", refusal: { status: 0 } });
  });

  test("waits as long as the server asks, in seconds or until a date, and never shorter than its own pause", () => {
    expect(askedPause("120", 0)).toBe(120_000);
    expect(askedPause("Thu, 01 Jan 1970 00:02:00 GMT", 60_000)).toBe(60_000);
    expect(askedPause("soon", 0)).toBe(0);
    expect(askedPause(null, 0)).toBe(0);
    expect(answered(429, {}, "3600").nextAt).toBe(1_000_000 + 3_600_000);
    expect(answered(429, {}, "1").nextAt).toBe(1_000_000 + pauseAfter(3));
  });

  test("pauses double and end at ten minutes", () => {
    expect([1, 2, 3, 4, 50, 5_000].map(pauseAfter)).toEqual([
      5_000, 10_000, 20_000, 40_000, 600_000, 600_000,
    ]);
  });

  test("takes challenges from our own address only", () => {
    expect(answered(428, { challenges: "https://example.com/" }).challenges).toBe("/v1/challenges");
    expect(answered(428, { challenges: "/v1/challenges?x=1" }).challenges).toBe("/v1/challenges?x=1");
  });

  test("has no field that nobody filled in, and the place in words at its end", () => {
    expect(
      writtenReport(
        { class: ["complaint"], title: [" Jalan "], text: ["Teks\n"], place: [""] },
        "Tempat: {place}",
      ),
    ).toEqual({
      class: "complaint",
      title: "Jalan",
      text: "Teks\n",
      anonymous: false,
      secret: false,
    });
    expect(
      writtenReport({ text: ["Teks\n"], place: ["$& di pasar"], anonymous: ["yes"] }, "Tempat: {place}"),
    ).toMatchObject({
      text: "Teks\n\nTempat: $& di pasar",
      anonymous: true,
    });
  });
});
