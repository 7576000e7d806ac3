import { parse } from "parse5";
import { expect } from "vitest";
import type { Answer } from "../../fakes/gateway.ts";

/** The text that people read on a page, with single blanks. Fails on markup that a browser has to guess at. */
export function readPage(answer: Answer): string {
  expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
  const errors: string[] = [];
  parse(answer.body, { onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`) });
  expect(errors).toEqual([]);
  return String(answer.body)
    .replace(/<head>[\s\S]*?<\/head>|<[^>]*>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

/** The cookies that a browser has after these answers: "name=value". */
export function keptAfter(...answers: readonly Pick<Answer, "cookies">[]): string[] {
  const jar = new Map<string, string>();
  for (const line of answers.flatMap(({ cookies }) => cookies)) {
    const [pair = "", ...more] = line.split("; ");
    const [name = ""] = pair.split("=");
    if (more.includes("Max-Age=0")) jar.delete(name);
    else jar.set(name, pair);
  }
  return [...jar.values()];
}
