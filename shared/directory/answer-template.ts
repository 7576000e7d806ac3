import { createHash } from "node:crypto";
import * as z from "zod";
import { say } from "../language.ts";
import { line, written } from "../text/writing.ts";
import type { Officer, OfficerRole } from "./directory.ts";

/** What a placeholder in an example of an answer stands for. */
export const placeholders = ["nomor", "judul", "instansi"] as const;
type Filling = Readonly<Record<(typeof placeholders)[number], string>>;

const known: ReadonlySet<string> = new Set(placeholders);
const placeholder = /\{(\w*)\}/g;

/** An example of an answer that an agency keeps. */
export const answerTemplate = z.strictObject({
  title: line(100),
  text: written(3_000).refine(
    (text) => [...text.matchAll(placeholder)].every(([, name = ""]) => known.has(name)),
    say(
      "Hanya {nomor}, {judul}, dan {instansi} yang dapat diisi sendiri. Hapus tanda kurung kurawal yang lain.",
      "Only {nomor}, {judul} and {instansi} can be filled in. Take the other braces out.",
    ),
  ),
});
export type AnswerTemplate = z.infer<typeof answerTemplate>;

/** All examples that an agency keeps, in the order in which they are offered. */
export const answerTemplates = z.array(answerTemplate).max(20);

/** Names an example by what it says. */
export const templateId = ({ title, text }: AnswerTemplate): string =>
  createHash("sha256")
    .update(JSON.stringify([title, text]))
    .digest("base64url")
    .slice(0, 16);

/** An example with its placeholders filled in. */
export const filledTemplate = (text: string, filling: Filling): string =>
  text.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(filling, name) ? filling[name as keyof Filling] : whole,
  );

const keepers: readonly OfficerRole[] = ["liaison-officer", "agency-admin"];

/** Whether an officer keeps the examples of an agency: its own liaison officers and administrators do. */
export const keepsTemplates = ({ role, agencyId }: Pick<Officer, "role" | "agencyId">, id: string): boolean =>
  agencyId === id && keepers.includes(role);
