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

/** One thing to correct: where it stands in the request and what to do about it. */
export interface FieldRefusal {
  in: Part;
  /** Dotted path inside that part, "" for the whole of it. */
  path: string;
  message: Text;
}

/** What a rule throws when it says no. The message is read by the person who asked: it says what to do and holds no personal data. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly text: Text;
  readonly fields: readonly FieldRefusal[];
  readonly headers: Readonly<Record<string, string>>;
  /** More for programs to read, beside the sentence for people (RFC 9457, extension members). */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    kind: RefusalKind,
    text: Text,
    details: {
      fields?: readonly FieldRefusal[];
      headers?: Record<string, string>;
      more?: Record<string, unknown>;
    } = {},
  ) {
    super(text.en);
    this.name = "Refusal";
    this.kind = kind;
    this.text = text;
    this.fields = details.fields ?? [];
    this.headers = details.headers ?? {};
    this.more = details.more ?? {};
  }
}

const pleaseCorrect: Text = {
  id: "Ada isian yang perlu diperbaiki. Lihat daftar di bawah, perbaiki, lalu kirim lagi.",
  en: "Some fields need correcting. See the list below, correct them and send again.",
};

/** Refuses a request for the fields listed, all at once, so that nobody has to correct them one by one. */
export const refuseFields = (fields: readonly FieldRefusal[]): Refusal =>
  new Refusal("invalid-input", pleaseCorrect, { fields });
