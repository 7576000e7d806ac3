/** A picture that cannot be followed. No program shows it either. */
class Unfollowed extends Error {}

const u16 = (bytes: Uint8Array, at: number) => {
  const [high, low] = [bytes[at], bytes[at + 1]];
  if (high === undefined || low === undefined) throw new Unfollowed();
  return (high << 8) | low;
};
const u32 = (bytes: Uint8Array, at: number) => u16(bytes, at) * 65536 + u16(bytes, at + 2);
const latin = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString("latin1");

const startOfJpeg = Buffer.from([0xff, 0xd8, 0xff]);
/** Marks of a JPEG that have no length and no body. Between segments they mean nothing. */
const isAlone = (marker: number) => marker <= 1 || (marker >= 0xd0 && marker <= 0xd8);
/** Segments of a JPEG that its pixels need: frames, tables, scans, intervals. */
const isNeeded = (marker: number) =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xdd);

/**
 * A JPEG with the segments that its pixels need, and nothing behind its end. Of the others stay JFIF without its preview and
 * Adobe's, because they say how colours are meant.
 */
export function bareJpeg(file: Uint8Array): Buffer {
  const start = Buffer.from(file.buffer, file.byteOffset, file.byteLength).indexOf(startOfJpeg);
  if (start < 0) throw new Unfollowed();
  const bytes = file.subarray(start);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let scans = 0;
  let at = 2;
  while (at + 1 < bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    // Programs that show photos skip whatever stands before a marker.
    if (bytes[at] !== 0xff || marker === 0xff || isAlone(marker)) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const end = Math.min(at + 2 + u16(bytes, at + 2), bytes.length);
    const body = latin(bytes, at + 4, at + 9);
    if (isNeeded(marker)) kept.push(bytes.subarray(at, end));
    else if (marker === 0xe0 && body === "JFIF\0" && end - at >= 16)
      kept.push(Buffer.from([0xff, 0xe0, 0, 16]), bytes.subarray(at + 4, at + 16), Buffer.from([0, 0]));
    else if (marker === 0xee && body === "Adobe" && end - at >= 16)
      kept.push(Buffer.from([0xff, 0xee, 0, 14]), bytes.subarray(at + 4, at + 16));
    at = end;
    if (marker !== 0xda) continue;
    scans += 1;
    const scanned = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, scanned));
    at = scanned;
  }
  if (scans === 0) throw new Unfollowed();
  return Buffer.concat([...kept, Buffer.from([0xff, 0xd9])]);
}

function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return at;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** The boxes of a JPEG 2000 that its pixels need. Names, rights, positions and notes stand in others. */
const neededBoxes = ["ihdr", "bpcc", "colr", "pclr", "cmap", "cdef"];

/** A JPEG 2000 with its codestream and the boxes that say how to read it. Comments in the codestream are blanked. */
export function bareJpeg2000(bytes: Uint8Array): Buffer {
  if (u16(bytes, 0) === 0xff4f) return bareCodestream(bytes);
  const kept: Uint8Array[] = [];
  let hasPixels = false;
  for (const { type, body, end } of boxesOf(bytes, 0, bytes.length)) {
    if (type === "jP  ") kept.push(boxOf(type, Buffer.from([0x0d, 0x0a, 0x87, 0x0a])));
    else if (type === "ftyp") kept.push(boxOf(type, Buffer.from("jp2 \0\0\0\0jp2 ", "latin1")));
    else if (type === "jp2h") {
      const inside = [...boxesOf(bytes, body, end)].filter((box) => isNeededBox(bytes, box));
      kept.push(boxOf(type, ...inside.map((box) => bytes.subarray(box.start, box.end))));
    } else if (type === "jp2c") {
      kept.push(boxOf(type, bareCodestream(bytes.subarray(body, end))));
      hasPixels = true;
    }
  }
  if (!hasPixels) throw new Unfollowed();
  return Buffer.concat(kept);
}

/** A colour profile in a picture of a PDF counts for little, and has room for names. */
const isNeededBox = (bytes: Uint8Array, { type, body }: { type: string; body: number }) =>
  neededBoxes.includes(type) && !(type === "colr" && bytes[body] !== 1);

function* boxesOf(bytes: Uint8Array, from: number, to: number) {
  for (let at = from; at + 8 <= to;) {
    const size = u32(bytes, at);
    const isLarge = size === 1;
    const length = isLarge ? u32(bytes, at + 8) * 2 ** 32 + u32(bytes, at + 12) : size === 0 ? to - at : size;
    const body = at + (isLarge ? 16 : 8);
    if (length < body - at || at + length > to) throw new Unfollowed();
    yield { type: latin(bytes, at + 4, at + 8), start: at, body, end: at + length };
    at += length;
  }
}

const boxOf = (type: string, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
};

/** Comments keep their length, because tile parts say how long they are. */
function bareCodestream(bytes: Uint8Array): Buffer {
  const out = Buffer.from(bytes);
  let at = 2;
  let tileEnd = 0;
  while (at + 2 <= out.length) {
    const marker = u16(out, at);
    if (marker === 0xffd9) return out.subarray(0, at + 2);
    if (marker === 0xff93) {
      if (tileEnd === 0) {
        // The last tile part goes to the mark of the end, which never stands among its pixels.
        const end = out.indexOf(Buffer.from([0xff, 0xd9]), at + 2);
        return end < 0 ? out : out.subarray(0, end + 2);
      }
      if (tileEnd < at + 2) throw new Unfollowed();
      at = tileEnd;
      continue;
    }
    if (marker < 0xff00) throw new Unfollowed();
    const length = u16(out, at + 2);
    if (length < 2) throw new Unfollowed();
    if (marker === 0xff64) out.fill(0, at + 6, Math.min(at + 2 + length, out.length));
    if (marker === 0xff90) {
      const part = u32(out, at + 6);
      tileEnd = part === 0 ? 0 : at + part;
    }
    at += 2 + length;
  }
  return out;
}

/** The segments of a JBIG2 picture that hold comments. */
const comments = 62;
const unknownLength = 0xffffffff;

/** A JBIG2 picture without the comments of its encoder and what stands behind its segments. */
export function bareJbig2(bytes: Uint8Array): Buffer {
  const kept: Uint8Array[] = [];
  for (let at = 0; at + 11 <= bytes.length;) {
    const start = at;
    const number = u32(bytes, at);
    const flags = bytes[at + 4] ?? 0;
    const short = (bytes[at + 5] ?? 0) >> 5;
    const isLong = short === 7;
    const references = isLong ? u32(bytes, at + 5) & 0x1fffffff : short;
    const width = number <= 256 ? 1 : number <= 65536 ? 2 : 4;
    at +=
      5 + (isLong ? 4 + Math.ceil((references + 1) / 8) : 1) + references * width + (flags & 0x40 ? 4 : 1);
    const length = u32(bytes, at);
    at += 4;
    if (length === unknownLength) {
      kept.push(bytes.subarray(start));
      break;
    }
    if (at + length > bytes.length) break;
    at += length;
    if ((flags & 0x3f) !== comments) kept.push(bytes.subarray(start, at));
  }
  return Buffer.concat(kept);
}

/** A fax picture up to the mark of its end, which stands once: two ends of line after each other. */
export function bareFax(bytes: Uint8Array): Uint8Array {
  let last = 0;
  for (const [at, byte] of bytes.entries()) {
    for (let bit = 7; bit >= 0; bit--) {
      last = ((last << 1) | ((byte >> bit) & 1)) & 0xffffff;
      if (last === 0x001001) return bytes.subarray(0, at + 1);
    }
  }
  return bytes;
}
