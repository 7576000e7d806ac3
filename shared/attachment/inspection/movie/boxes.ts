/** A box of an MP4 file: 4 bytes of size, 4 of type, sometimes 8 of a larger size, then its body. */
export interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** A film that contradicts itself. */
export class Malformed extends Error {}

function boxFrom(file: Buffer, start: number, end: number): Box | undefined {
  if (end - start < 8) return undefined;
  const size = file.readUInt32BE(start);
  const large = size === 1;
  const body = start + (large ? 16 : 8);
  if (body > end) return undefined;
  const length = large ? Number(file.readBigUInt64BE(start + 8)) : size === 0 ? end - start : size;
  if (start + length > end || start + length < body) return undefined;
  return { type: file.toString("latin1", start + 4, start + 8), start, body, end: start + length };
}

export function boxesIn(file: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at < end; at = boxes.at(-1)?.end ?? end) {
    const box = boxFrom(file, at, end);
    if (!box) throw new Malformed();
    boxes.push(box);
  }
  return boxes;
}

/** The boxes of a list that QuickTime may have ended with a few zeros. They become zeros here, whatever they were. */
export function boxesBefore(file: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  let at = start;
  while (end - at >= 8) {
    const box = boxFrom(file, at, end);
    if (!box) throw new Malformed();
    boxes.push(box);
    at = box.end;
  }
  file.fill(0, at, end);
  return boxes;
}

/** The boxes of a whole file. Phones write notes behind the last one that are no box. No player reads them: they are blanked. */
export function boxesOf(file: Buffer): Box[] {
  const boxes: Box[] = [];
  let end = 0;
  for (let box = boxFrom(file, 0, file.length); box; box = boxFrom(file, end, file.length)) {
    boxes.push(box);
    end = box.end;
  }
  file.fill(0, end);
  if (file.length - end < 8) return boxes;
  file.writeUInt32BE(file.length - end, end);
  file.write("free", end + 4, "latin1");
  return [...boxes, { type: "free", start: end, body: end + 8, end: file.length }];
}

/** The boxes in a box, by type. Each may be there once. */
export function partsOf(file: Buffer, { body, end }: Box): Map<string, Box> {
  const parts = new Map<string, Box>();
  for (const box of boxesIn(file, body, end)) {
    if (parts.has(box.type) && box.type !== "free") throw new Malformed();
    parts.set(box.type, box);
  }
  return parts;
}

export const boxAt = (file: Buffer, from: Box, ...path: string[]): Box => {
  let box = from;
  for (const type of path) {
    const [found, ...more] = boxesIn(file, box.body, box.end).filter((child) => child.type === type);
    if (!found || more.length > 0) throw new Malformed();
    box = found;
  }
  return box;
};

/** Makes a box one that says nothing. It keeps its length, so that every offset stays true. */
export const blank = (file: Buffer, { start, body, end }: Box): void => {
  file.write("free", start + 4, "latin1");
  file.fill(0, body, end);
};

/** A number of rows behind a head, as most tables have them. */
const rows =
  (head: number, width: number) =>
  (file: Buffer, { body, end }: Box) => {
    if (body + head > end) throw new Malformed();
    const used = head + file.readUInt32BE(body + head - 4) * width;
    if (body + used > end) throw new Malformed();
    return used;
  };
const sized =
  (first: number, later: number) =>
  (file: Buffer, { body }: Box) =>
    file[body] === 0 ? first : later;
const exactly = (length: number) => () => length;
const flagsOf = (file: Buffer, { body }: Box) => file.readUIntBE(body + 1, 3);
const bits = (flags: number, ...of: number[]) => of.filter((bit) => flags & bit).length;

/** How many bytes a box needs. What stands behind them says nothing to a player, and is blanked. */
const lengths: Readonly<Record<string, (file: Buffer, box: Box) => number>> = {
  ...{
    mvhd: sized(100, 112),
    tkhd: sized(84, 96),
    mdhd: sized(24, 36),
    mehd: sized(8, 12),
    tfdt: sized(8, 12),
  },
  ...{ vmhd: exactly(12), smhd: exactly(8), trex: exactly(24), mfhd: exactly(8), cslg: sized(24, 44) },
  ...{
    stts: rows(8, 8),
    ctts: rows(8, 8),
    stsc: rows(8, 12),
    stco: rows(8, 4),
    co64: rows(8, 8),
    stss: rows(8, 4),
  },
  elst: (file, box) => rows(8, file[box.body] === 0 ? 12 : 20)(file, box),
  stsz: (file, box) => (file.readUInt32BE(box.body + 4) > 0 ? 12 : rows(12, 4)(file, box)),
  stz2: (file, box) => {
    const used = 12 + Math.ceil((file.readUInt32BE(box.body + 8) * (file[box.body + 7] ?? 8)) / 8);
    if (box.body + used > box.end) throw new Malformed();
    return used;
  },
  sidx: (file, { body }) => {
    const head = file[body] === 0 ? 24 : 32;
    return head + file.readUInt16BE(body + head - 2) * 12;
  },
  tfhd: (file, box) => {
    const flags = flagsOf(file, box);
    return 8 + bits(flags, 1) * 8 + bits(flags, 2, 8, 16, 32) * 4;
  },
  trun: (file, box) => {
    const flags = flagsOf(file, box);
    const row = bits(flags, 0x100, 0x200, 0x400, 0x800) * 4;
    return 8 + bits(flags, 1, 4) * 4 + file.readUInt32BE(box.body + 4) * row;
  },
};

/** Blanks what stands behind the bytes that a box needs. */
export function trim(file: Buffer, box: Box): void {
  const used = lengths[box.type]?.(file, box) ?? 0;
  if (box.body + used < box.end) file.fill(0, box.body + used, box.end);
}
