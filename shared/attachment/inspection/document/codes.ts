import { bytesOfString, type Token, Tokens } from "./tokens.ts";

/** What a CMap may hold between "begin..." and "end...": pairs and triples of codes, and nothing that reads like a name. */
const sections = /^begin(codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar|notdefrange)$/;
/** A glyph stands for so many bytes of text at most. More would be a text of its own. */
const bytesOfGlyph = 16;

/** Writes a CMap anew with its codes only, under a name of ours. */
export function codesOf(
  content: Uint8Array,
  { ordering, vertical }: { ordering?: string; vertical: boolean },
): Buffer {
  const tokens = new Tokens(content);
  const lines = [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering ?? "UCS"}) /Supplement 0 >> def`,
    `/CMapName /Codes def /CMapType ${ordering ? 1 : 2} def${vertical ? " /WMode 1 def" : ""}`,
  ];
  for (let token = tokens.next(); token; token = tokens.next()) {
    const section = token.kind === "word" ? sections.exec(tokens.text(token))?.[1] : undefined;
    if (section) lines.push(...rowsOf(tokens, section));
  }
  return Buffer.from(
    `${lines.join("\n")}\nendcmap CMapName currentdict /CMap defineresource pop end end\n`,
    "latin1",
  );
}

function rowsOf(tokens: Tokens, section: string): string[] {
  const width = section === "codespacerange" || section.endsWith("char") ? 2 : 3;
  const rows: string[] = [];
  let row: (string | undefined)[] = [];
  for (let token = tokens.next(); token && token.kind !== "word"; token = tokens.next()) {
    row.push(token.kind === "[" ? listOfCodes(tokens) : codeOf(tokens, token));
    if (row.length < width) continue;
    if (row.every((code) => code !== undefined)) rows.push(row.join(" "));
    row = [];
  }
  const blocks: string[] = [];
  for (let at = 0; at < rows.length; at += 100) {
    const block = rows.slice(at, at + 100);
    blocks.push(`${block.length} begin${section}`, ...block, `end${section}`);
  }
  return blocks;
}

/** A list up to its end; undefined where one of its codes is too long. */
function listOfCodes(tokens: Tokens): string | undefined {
  const codes: (string | undefined)[] = [];
  for (let each = tokens.next(); each && each.kind !== "]" && each.kind !== "word"; each = tokens.next())
    codes.push(codeOf(tokens, each));
  return codes.every((code) => code !== undefined) ? `[${codes.join(" ")}]` : undefined;
}

function codeOf(tokens: Tokens, token: Token): string | undefined {
  if (token.kind === "number") return tokens.text(token);
  if (token.kind !== "string") return undefined;
  const code = bytesOfString(tokens.bytes.subarray(token.start, token.end));
  return code.length > 0 && code.length <= bytesOfGlyph
    ? `<${Buffer.from(code).toString("hex")}>`
    : undefined;
}

const calculations = new Set(
  [
    "abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate",
    "and bitshift eq false ge gt le lt ne not or true xor if ifelse copy dup exch index pop roll",
  ]
    .join(" ")
    .split(" "),
);

/** Writes a function that calculates anew: its numbers, operators and braces. */
export function calculationOf(content: Uint8Array): Buffer {
  const tokens = new Tokens(content);
  const kept: string[] = [];
  for (let token = tokens.next(); token; token = tokens.next()) {
    const text = tokens.text(token);
    const known =
      token.kind === "number" || token.kind === "{" || token.kind === "}" || calculations.has(text);
    if (known) kept.push(text);
  }
  return Buffer.from(kept.join(" "), "latin1");
}
