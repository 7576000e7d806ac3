import * as z from "zod";
import type { Text } from "./language.ts";

export type RefusalKind =
  | "invalid-input"
  | "not-signed-in"
  | "forbidden"
  | "not-found"
  | "method-not-allowed"
  | "conflict"
  | "too-many-requests"
  | "proof-needed"
  | "too-large"
  | "unsupported-media-type"
  | "unavailable";

export type Part = "body" | "query" | "path" | "header";

/** Tells one thing to correct: its place in the request, and what to do about it. */
export interface FieldRefusal {
  in: Part;
  /** A dotted path inside that part. "" means the whole part. */
  path: string;
  message: Text;
  /** What a page says in its place, where the message names values that a form shows in words. */
  onPage?: Text;
}

declare const isDeclared: unique symbol;
/**
 * Fields that a refusal carries for programs (extension members of RFC 9457). Only a declaration by `problemFields` makes
 * them.
 */
export type Extension = Readonly<Record<string, unknown>> & { readonly [isDeclared]: true };

type Shape = Readonly<Record<string, z.ZodType>>;
type Listed<T> = T extends readonly (infer E)[] ? readonly E[] : T;
type FieldsOf<S extends Shape> = { readonly [K in keyof S]: Listed<z.input<S[K]>> };

const declared: Record<string, z.ZodType> = {};

/**
 * Declares fields that a rule's refusals carry for programs, beside the sentence for people. The declaration stands
 * beside the rule's throw. The contract lists the fields of all rules.
 */
export function problemFields<S extends Shape>(shape: S) {
  const taken = Object.keys(shape).find((name) => name in declared);
  if (taken !== undefined) throw new Error(`Two rules declare the field ${taken} of their refusals`);
  Object.assign(declared, shape);
  return <F extends FieldsOf<S>>(fields: F) => fields as F & Extension;
}

/** Lists the fields that the rules loaded so far have declared. */
export const declaredFields = (): Shape => declared;

/**
 * A rule throws this when it says no. The person who asked reads the message: it says what to do and holds no personal
 * data.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly text: Text;
  readonly fields: readonly FieldRefusal[];
  readonly headers: Readonly<Record<string, string>>;
  readonly more: Extension | undefined;
  /** Whether this holds for the post that the caller acts in, and another post of theirs may be let. */
  readonly ofPost: boolean;

  constructor(
    kind: RefusalKind,
    text: Text,
    details: {
      fields?: readonly FieldRefusal[];
      headers?: Record<string, string>;
      more?: Extension;
      ofPost?: boolean;
    } = {},
  ) {
    super(text.en);
    this.name = "Refusal";
    this.kind = kind;
    this.text = text;
    this.fields = details.fields ?? [];
    this.headers = details.headers ?? {};
    this.more = details.more;
    this.ofPost = details.ofPost ?? ["forbidden", "not-found", "invalid-input"].includes(kind);
  }
}

const pleaseCorrect: Text = {
  id: "Ada isian yang perlu diperbaiki. Lihat daftar di bawah, perbaiki, lalu kirim lagi.",
  en: "Some fields need correcting. See the list below, correct them and send again.",
};

/** Refuses a request for all its wrong fields at once. Its sender corrects them together, not one by one. */
export const refuseFields = (fields: readonly FieldRefusal[]): Refusal =>
  new Refusal("invalid-input", pleaseCorrect, { fields });

/** Tells somebody who decided on an older version what has happened since. */
export const changedSince = problemFields({
  changes: z.array(z.looseObject({ type: z.string(), text: z.string() })),
});
