import { bytesOfString, isBlank, type Token, Tokens } from "./tokens.ts";

/** The folders of a page's resources that operators name. */
export type ResourceFolder = "ExtGState" | "Font" | "ColorSpace" | "Pattern" | "Shading" | "XObject";

/** A value of an inline image. A string is a name, bytes are a string. */
export type InlineValue =
  number | string | boolean | Uint8Array | InlineValue[] | { [key: string]: InlineValue };

/** What a content stream draws, written anew. */
export interface Drawing {
  bytes: Buffer;
  /** The resources that it names, by their own names. */
  uses: Map<ResourceFolder, Set<string>>;
  /** Whether it ends where it began: no operand and no marked content is left over for the stream that follows. */
  isWhole: boolean;
}

export interface DrawingRules {
  /** The name that the copy has in place of this one. */
  alias: (name: string) => string;
  /** Whether marked content of this layer is hidden when the document is opened. */
  hides: (layer: string) => boolean;
  /** Keeps an inline image as a resource. Gives the name of that; undefined where it cannot be shown. */
  image: (entries: { [key: string]: InlineValue }, data: Uint8Array) => string | undefined;
}

/** Names that mean themselves in place of a colour space. */
const ownColourSpaces = ["DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern", "G", "RGB", "CMYK", "I"];
const intents = ["AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"];

/**
 * Every operator that draws, with what it takes: a number, a string, a list of both (T) or of numbers (D), a name of a
 * folder of resources, an intent (I), colours (*). Another operator, and a value that an operator does not take, draws
 * nothing and is left out. So are marks on content: they hold other words for what is drawn, and notes of programs.
 */
const operators: Readonly<Record<string, string>> = {
  ...{ w: "n", J: "n", j: "n", M: "n", d: "Dn", ri: "I", i: "n", gs: "E", q: "", Q: "", cm: "nnnnnn" },
  ...{ m: "nn", l: "nn", c: "nnnnnn", v: "nnnn", y: "nnnn", h: "", re: "nnnn" },
  ...{ S: "", s: "", f: "", F: "", "f*": "", B: "", "B*": "", b: "", "b*": "", n: "", W: "", "W*": "" },
  ...{ BT: "", ET: "", Tc: "n", Tw: "n", Tz: "n", TL: "n", Tf: "Fn", Tr: "n", Ts: "n" },
  ...{ Td: "nn", TD: "nn", Tm: "nnnnnn", "T*": "", Tj: "s", TJ: "T", "'": "s", '"': "nns" },
  ...{ d0: "nn", d1: "nnnnnn", CS: "C", cs: "C", SC: "*", SCN: "*", sc: "*", scn: "*" },
  ...{ G: "n", g: "n", RG: "nnn", rg: "nnn", K: "nnnn", k: "nnnn", sh: "S", Do: "X" },
};
const folders: Readonly<Record<string, ResourceFolder>> = {
  E: "ExtGState",
  F: "Font",
  C: "ColorSpace",
  P: "Pattern",
  S: "Shading",
  X: "XObject",
};
const painting = ["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"];
const showing = ["Tj", "TJ", "'", '"', "sh", "Do"];
/** More operands than any operator takes. A list with more pieces is no list of a drawing. */
const operandsAtMost = 40;
const piecesAtMost = 500_000;
const deepest = 20;
/** Bytes of one content stream, written anew. */
const drawingAtMost = 128 * 1024 * 1024;

interface Operand {
  kind: Token["kind"];
  start: number;
  end: number;
  list?: Token[];
}

/** Writes a content stream anew, operator by operator. */
export function redrawn(content: Uint8Array, rules: DrawingRules): Drawing {
  const pen = new Pen(content, rules);
  return pen.draw();
}

class Pen {
  private readonly tokens: Tokens;
  private readonly rules: DrawingRules;
  private out = Buffer.allocUnsafe(4096);
  private length = 0;
  private readonly uses: Drawing["uses"] = new Map();
  private operands: Operand[] = [];
  private readonly marks: boolean[] = [];
  private hidden = 0;
  private isWhole = true;

  constructor(content: Uint8Array, rules: DrawingRules) {
    this.tokens = new Tokens(content);
    this.rules = rules;
  }

  draw(): Drawing {
    for (let token = this.tokens.next(); token; token = this.tokens.next()) this.take(token);
    const isWhole = this.isWhole && this.operands.length === 0 && this.marks.length === 0;
    return { bytes: this.out.subarray(0, this.length), uses: this.uses, isWhole };
  }

  private take(token: Token): void {
    if (token.kind === "word") this.operate(this.tokens.text(token));
    else if (token.kind === "[") this.operands.push({ ...token, list: this.list() });
    else if (token.kind === "<<") {
      this.skipDictionary();
      this.operands.push(token);
    } else if (token.kind === "number" || token.kind === "string" || token.kind === "name")
      this.operands.push(token);
    if (this.operands.length > operandsAtMost) this.operands.shift();
  }

  private list(): Token[] {
    const list: Token[] = [];
    for (let token = this.tokens.next(); token && token.kind !== "]"; token = this.tokens.next()) {
      // A list never ends inside an operator. Programs read on from there.
      if (token.kind === "word") {
        this.tokens.at = token.start;
        return list;
      }
      if (token.kind === "<<") this.skipDictionary();
      else if (list.push(token) > piecesAtMost) throw new Error("A longer list than any text");
    }
    if (this.tokens.at >= this.tokens.bytes.length && this.tokens.bytes.at(-1) !== 0x5d) this.isWhole = false;
    return list;
  }

  private skipDictionary(): void {
    let depth = 1;
    while (depth > 0) {
      const token = this.tokens.next();
      if (!token) {
        this.isWhole = false;
        return;
      }
      if (token.kind === "<<") depth += 1;
      if (token.kind === ">>") depth -= 1;
    }
  }

  private operate(operator: string): void {
    const operands = this.operands;
    this.operands = [];
    switch (operator) {
      case "true":
      case "false":
      case "null":
        return;
      case "BMC":
      case "BDC":
        return this.begin(operator, operands);
      case "EMC":
        if (this.marks.length === 0) this.isWhole = false;
        else if (this.marks.pop()) this.hidden -= 1;
        return;
      case "BI":
        return this.inlineImage();
    }
    const takes = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    if (takes === undefined) return;
    if (this.hidden > 0 && showing.includes(operator)) return;
    if (this.hidden > 0 && painting.includes(operator)) return this.put("n\n");
    if (takes === "*") return this.colour(operator, operands);
    const taken = takes === "" ? [] : operands.slice(-takes.length);
    if (taken.length < takes.length) {
      this.isWhole = false; // Its operands may stand in the stream before.
      return;
    }
    const written = taken.map((operand, index) => this.written(operand, takes[index] ?? ""));
    if (written.some((each) => each === undefined)) return;
    for (const each of written) if (each !== undefined) this.put(each, " ");
    this.put(operator, "\n");
  }

  private begin(operator: string, operands: readonly Operand[]): void {
    const [tag, layer] = operands.slice(-2);
    const isLayer =
      operator === "BDC" && tag?.kind === "name" && layer?.kind === "name" && this.tokens.name(tag) === "OC";
    const hides = isLayer && this.rules.hides(this.tokens.name(layer));
    this.marks.push(hides);
    if (hides) this.hidden += 1;
  }

  /** Numbers, and the name of a pattern behind them. */
  private colour(operator: string, operands: readonly Operand[]): void {
    const last = operands.at(-1);
    const numbers = operands.filter(({ kind }) => kind === "number");
    if (last?.kind !== "name" && numbers.length === 0) {
      this.isWhole = false;
      return;
    }
    for (const number of numbers) this.put(this.raw(number), " ");
    if (last?.kind === "name") this.put(this.resource(last, "Pattern"), " ");
    this.put(operator, "\n");
  }

  private written(operand: Operand, takes: string): string | Uint8Array | undefined {
    const { kind, list } = operand;
    if (takes === "n") return kind === "number" ? this.raw(operand) : undefined;
    if (takes === "s") return kind === "string" ? this.raw(operand) : undefined;
    if (takes === "T" || takes === "D") {
      const kept = list?.filter(
        (each) => each.kind === "number" || (takes === "T" && each.kind === "string"),
      );
      return kept && `[${kept.map((each) => this.tokens.text(each)).join(" ")}]`;
    }
    if (kind !== "name") return undefined;
    const name = this.tokens.name(operand);
    if (takes === "I") return intents.includes(name) ? `/${name}` : undefined;
    if (takes === "C" && ownColourSpaces.includes(name)) return `/${name}`;
    const folder = folders[takes];
    return folder && this.resource(operand, folder);
  }

  private resource(operand: Operand, folder: ResourceFolder): string {
    const name = this.tokens.name(operand);
    const used = this.uses.get(folder) ?? new Set();
    this.uses.set(folder, used.add(name));
    return `/${this.rules.alias(name)}`;
  }

  private raw({ start, end }: { start: number; end: number }): Uint8Array {
    return this.tokens.bytes.subarray(start, end);
  }

  private put(...parts: (string | Uint8Array)[]): void {
    for (const part of parts) {
      const needed = this.length + part.length;
      if (needed > this.out.length) {
        if (needed > drawingAtMost) throw new Error("More than any page draws");
        const larger = Buffer.allocUnsafe(needed * 2);
        this.out.copy(larger, 0, 0, this.length);
        this.out = larger;
      }
      if (typeof part === "string") this.out.write(part, this.length, "latin1");
      else this.out.set(part, this.length);
      this.length = needed;
    }
  }

  private inlineImage(): void {
    const entries: { [key: string]: InlineValue } = {};
    for (let key = this.tokens.next(); ; key = this.tokens.next()) {
      if (!key) {
        this.isWhole = false;
        return;
      }
      if (key.kind === "word" && this.tokens.text(key) === "ID") break;
      if (key.kind !== "name") continue;
      const value = this.plain(this.tokens.next());
      if (value !== undefined) entries[expanded(this.tokens.name(key), keysOfImages)] = value;
    }
    const start = this.tokens.at + 1;
    const end = endOfImage(this.tokens.bytes, start, lengthOfImage(entries));
    if (end === undefined) {
      this.isWhole = false;
      this.tokens.at = this.tokens.bytes.length;
      return;
    }
    this.tokens.at = end.next;
    if (this.hidden > 0) return;
    const name = this.rules.image(entries, this.tokens.bytes.subarray(start, end.data));
    if (name !== undefined) this.put(`/${name} Do\n`);
  }

  private plain(token: Token | undefined, depth = 0): InlineValue | undefined {
    if (!token || depth > deepest) return undefined;
    switch (token.kind) {
      case "number":
        return Number(this.tokens.text(token)) || 0;
      case "name":
        return expanded(this.tokens.name(token), valuesOfImages);
      case "string":
        return bytesOfString(this.raw(token));
      case "[": {
        const list: InlineValue[] = [];
        for (let each = this.tokens.next(); each && each.kind !== "]"; each = this.tokens.next()) {
          const value = this.plain(each, depth + 1);
          if (value !== undefined) list.push(value);
        }
        return list;
      }
      case "<<": {
        const dict: { [key: string]: InlineValue } = {};
        for (let each = this.tokens.next(); each && each.kind !== ">>"; each = this.tokens.next()) {
          const value = this.plain(this.tokens.next(), depth + 1);
          if (each.kind === "name" && value !== undefined) dict[this.tokens.name(each)] = value;
        }
        return dict;
      }
      default: {
        const word = this.tokens.text(token);
        return word === "true" || word === "false" ? word === "true" : undefined;
      }
    }
  }
}

const expanded = (name: string, full: Readonly<Record<string, string>>): string =>
  Object.hasOwn(full, name) ? (full[name] ?? name) : name;

const keysOfImages: Readonly<Record<string, string>> = {
  ...{ BPC: "BitsPerComponent", CS: "ColorSpace", D: "Decode", DP: "DecodeParms", F: "Filter" },
  ...{ H: "Height", IM: "ImageMask", I: "Interpolate", W: "Width", L: "Length" },
};
const valuesOfImages: Readonly<Record<string, string>> = {
  ...{ G: "DeviceGray", RGB: "DeviceRGB", CMYK: "DeviceCMYK", I: "Indexed" },
  ...{ AHx: "ASCIIHexDecode", A85: "ASCII85Decode", LZW: "LZWDecode", Fl: "FlateDecode" },
  ...{ RL: "RunLengthDecode", CCF: "CCITTFaxDecode", DCT: "DCTDecode" },
};

/** How long an inline image is that nothing packs. */
function lengthOfImage({
  Filter,
  Width,
  Height,
  ColorSpace,
  BitsPerComponent,
  ImageMask,
}: {
  [key: string]: InlineValue;
}) {
  if ((Filter !== undefined && !(Array.isArray(Filter) && Filter.length === 0)) || typeof Width !== "number")
    return undefined;
  const space = [ColorSpace].flat()[0];
  const components =
    ImageMask === true
      ? 1
      : { DeviceGray: 1, DeviceRGB: 3, DeviceCMYK: 4, Indexed: 1 }[typeof space === "string" ? space : ""];
  const bits = ImageMask === true ? 1 : BitsPerComponent;
  if (!components || typeof bits !== "number" || typeof Height !== "number") return undefined;
  return Height * Math.ceil((Width * components * bits) / 8);
}

const isEnd = (bytes: Uint8Array, at: number) =>
  bytes[at] === 0x45 && bytes[at + 1] === 0x49 && isBlank(bytes[at + 2]);

/** Where the data of an inline image end, and where the operators go on. */
function endOfImage(bytes: Uint8Array, start: number, length: number | undefined) {
  if (length !== undefined)
    for (let at = start + length; at < Math.min(start + length + 4, bytes.length); at++)
      if (isEnd(bytes, at)) return { data: start + length, next: at + 2 };
  for (let at = bytes.indexOf(0x45, start); at >= 0; at = bytes.indexOf(0x45, at + 1))
    if (isEnd(bytes, at) && isBlank(bytes[at - 1]) && looksLikeOperators(bytes, at + 2))
      return { data: at - 1, next: at + 2 };
  return undefined;
}

/** Operators are letters. The data of a picture hardly hold so many letters in a row. */
const looksLikeOperators = (bytes: Uint8Array, from: number): boolean =>
  bytes.subarray(from, from + 16).every((byte) => isBlank(byte) || (byte > 32 && byte < 127));
