/** A piece of a content stream or a CMap, with its place in the bytes. */
export interface Token {
  kind: "number" | "string" | "name" | "word" | "[" | "]" | "<<" | ">>" | "{" | "}";
  start: number;
  end: number;
}

const regular = 0;
const white = 1;
const delimiter = 2;
const kinds = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) kinds[byte] = white;
for (const char of "()<>[]{}/%") kinds[char.charCodeAt(0)] = delimiter;
const kindAt = (bytes: Uint8Array, at: number) => kinds[bytes[at] ?? 0];
export const isBlank = (byte: number | undefined): boolean => byte === undefined || kinds[byte] === white;

const code = (char: string) => char.charCodeAt(0);
const [slash, percent, backslash] = [code("/"), code("%"), code("\\")];
const [open, close, less, greater] = [code("("), code(")"), code("<"), code(">")];
const [zero, nine, plus, minus, point] = [code("0"), code("9"), code("+"), code("-"), code(".")];
const brackets: Readonly<Record<number, "[" | "]" | "{" | "}">> = {
  [code("[")]: "[",
  [code("]")]: "]",
  [code("{")]: "{",
  [code("}")]: "}",
};

/** Reads tokens one after the other. Comments are skipped, so they get into no copy. */
export class Tokens {
  at = 0;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  next(): Token | undefined {
    this.skip();
    const { bytes, at: start } = this;
    const byte = bytes[start];
    if (byte === undefined) return undefined;
    if (kinds[byte] === regular) {
      const end = this.run(start);
      this.at = end;
      return { kind: isNumber(bytes, start, end) ? "number" : "word", start, end };
    }
    const token = this.delimited(byte, start);
    this.at = token.end;
    return token;
  }

  text({ start, end }: Token): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString("latin1");
  }

  /** A name without its slash, its numbers read as letters. */
  name(token: Token): string {
    return this.text(token)
      .slice(1)
      .replace(/#([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }

  private skip(): void {
    const { bytes } = this;
    for (; this.at < bytes.length; this.at++) {
      if (bytes[this.at] === percent)
        while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++;
      else if (kindAt(bytes, this.at) !== white) return;
    }
  }

  private run(start: number): number {
    let end = start;
    while (end < this.bytes.length && kindAt(this.bytes, end) === regular) end++;
    return end;
  }

  private delimited(byte: number, start: number): Token {
    const bracket = brackets[byte];
    if (bracket) return { kind: bracket, start, end: start + 1 };
    if (byte === slash) return { kind: "name", start, end: this.run(start + 1) };
    if (byte === open) return { kind: "string", start, end: this.literal(start) };
    if (byte === less && this.bytes[start + 1] === less) return { kind: "<<", start, end: start + 2 };
    if (byte === greater && this.bytes[start + 1] === greater) return { kind: ">>", start, end: start + 2 };
    if (byte !== less) return { kind: "word", start, end: start + 1 };
    const end = this.bytes.indexOf(greater, start);
    return { kind: "string", start, end: end < 0 ? this.bytes.length : end + 1 };
  }

  private literal(start: number): number {
    let depth = 0;
    for (let at = start; at < this.bytes.length; at++) {
      const byte = this.bytes[at];
      if (byte === backslash) at++;
      else if (byte === open) depth++;
      else if (byte === close && --depth === 0) return at + 1;
    }
    return this.bytes.length;
  }
}

function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let digits = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= nine) digits = true;
    else if (byte !== plus && byte !== minus && byte !== point) return false;
  }
  return digits;
}

/** The bytes that a string stands for. */
export function bytesOfString(raw: Uint8Array): Uint8Array {
  if (raw[0] === less) {
    const digits = Buffer.from(raw)
      .toString("latin1")
      .replace(/[^\da-fA-F]/g, "");
    return Buffer.from(digits.length % 2 ? `${digits}0` : digits, "hex");
  }
  const out: number[] = [];
  for (let at = 1; at < raw.length - 1; at++) {
    const byte = raw[at] ?? 0;
    if (byte !== backslash) {
      out.push(byte);
      continue;
    }
    const next = raw[++at] ?? 0;
    if (next >= zero && next < zero + 8) {
      let value = next - zero;
      for (let more = 0; more < 2 && isOctal(raw[at + 1]); more++)
        value = value * 8 + (raw[++at] ?? 0) - zero;
      out.push(value & 255);
    } else if (next === 13) {
      if (raw[at + 1] === 10) at++;
    } else if (next !== 10) out.push(escapes[next] ?? next);
  }
  return Uint8Array.from(out);
}

const isOctal = (byte: number | undefined) => byte !== undefined && byte >= zero && byte < zero + 8;
const escapes: Readonly<Record<number, number>> = {
  [code("n")]: 10,
  [code("r")]: 13,
  [code("t")]: 9,
  [code("b")]: 8,
  [code("f")]: 12,
};
