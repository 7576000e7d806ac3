/** Lines of bytes, and how far apart a byte and the one before it are that mean the same. */
export interface Lines {
  step: number;
  length: number;
}

/** The first predictor whose lines begin with a byte that tells what their differences are to. */
export const linesWithHead = 10;
const longestLine = 1024 * 1024;

/** The bytes that lines of differences stand for (as in PNG). Lines that nobody can read stay as they are. */
export function withoutDifferences(content: Uint8Array, lines: Lines | undefined): Uint8Array {
  if (!lines || !(lines.length > 0 && lines.length <= longestLine)) return content;
  const { step, length } = lines;
  const out = new Uint8Array(Math.ceil(content.length / (length + 1)) * length);
  let to = 0;
  for (let from = 0; from < content.length; from += length + 1) {
    const kind = content[from] ?? 0;
    const last = Math.min(from + 1 + length, content.length);
    for (let at = from + 1, inLine = 0; at < last; at++, inLine++, to++) {
      const left = inLine < step ? 0 : (out[to - step] ?? 0);
      const above = out[to - length] ?? 0;
      const corner = inLine < step ? 0 : (out[to - length - step] ?? 0);
      out[to] = (content[at] ?? 0) + expected(kind, left, above, corner);
    }
  }
  return out.subarray(0, to);
}

function expected(kind: number, left: number, above: number, corner: number): number {
  switch (kind) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const sum = left + above - corner;
      const far = (each: number) => Math.abs(sum - each);
      if (far(left) <= far(above) && far(left) <= far(corner)) return left;
      return far(above) <= far(corner) ? above : corner;
    }
    default:
      return 0;
  }
}
