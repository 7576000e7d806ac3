import { decodePDFRawStream, PDFArray, PDFDocument, type PDFObject, PDFRawStream } from "@cantoo/pdf-lib";
import sharp from "sharp";

type Matrix = readonly [number, number, number, number, number, number];

/** What a matrix does after another one has. */
const after = ([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix => [
  a * A + b * C,
  a * B + b * D,
  c * A + d * C,
  c * B + d * D,
  e * A + f * C + E,
  e * B + f * D + F,
];

const byte = (level: number) => Math.round(level * 255);

/** The filled areas of a page as SVG. Texts, lines and clips are left out: no code is made of them. */
function filledAreas(drawn: string): string[] {
  const areas: string[] = [];
  let now = { matrix: [1, 0, 0, 1, 0, 0] as Matrix, colour: "rgb(0,0,0)" };
  const kept: (typeof now)[] = [];
  let path: string[] = [];
  let given: number[] = [];
  const fill = (rule: string) => {
    areas.push(
      `<path fill-rule="${rule}" fill="${now.colour}" transform="matrix(${now.matrix.join(" ")})" d="${path.join("")}"/>`,
    );
    path = [];
  };
  const operators: Record<string, () => unknown> = {
    q: () => kept.push(now),
    Q: () => (now = kept.pop() ?? now),
    cm: () => {
      const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = given;
      now = { ...now, matrix: after([a, b, c, d, e, f], now.matrix) };
    },
    rg: () => (now = { ...now, colour: `rgb(${given.map(byte).join(",")})` }),
    g: () =>
      (now = {
        ...now,
        colour: `rgb(${Array(3)
          .fill(byte(given[0] ?? 0))
          .join(",")})`,
      }),
    m: () => path.push(`M${given.join(" ")}`),
    l: () => path.push(`L${given.join(" ")}`),
    c: () => path.push(`C${given.join(" ")}`),
    h: () => path.push("Z"),
    re: () => {
      const [x = 0, y = 0, width = 0, height = 0] = given;
      path.push(`M${x} ${y}h${width}v${height}h${-width}Z`);
    },
    f: () => fill("nonzero"),
    "f*": () => fill("evenodd"),
    n: () => (path = []),
    S: () => (path = []),
  };
  for (const word of drawn.replace(/\bBT\s[\s\S]*?\sET\b/g, " ").split(/\s+/)) {
    const number = Number(word);
    if (word !== "" && !Number.isNaN(number)) {
      given.push(number);
      continue;
    }
    operators[word]?.();
    given = [];
  }
  return areas;
}

const textOf = (stream: PDFObject | undefined): string =>
  stream instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1") : "";

/** The pages of a PDF as pictures, at so many dots an inch: what they draw, without their texts. */
export async function picturesOfPdf(bytes: Uint8Array, dotsPerInch = 150): Promise<Buffer[]> {
  const read = await PDFDocument.load(bytes, { updateMetadata: false });
  return Promise.all(
    read.getPages().map((page) => {
      const { width, height } = page.getSize();
      const contents = page.node.Contents();
      const streams =
        contents instanceof PDFArray ? contents.asArray().map((one) => read.context.lookup(one)) : [contents];
      const areas = filledAreas(streams.map(textOf).join("\n"));
      const size = [width, height].map((points) => Math.round((points * dotsPerInch) / 72));
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${width} ${height}"><g transform="matrix(1 0 0 -1 0 ${height})">${areas.join("")}</g></svg>`;
      return sharp(Buffer.from(svg)).flatten({ background: "white" }).png().toBuffer();
    }),
  );
}
