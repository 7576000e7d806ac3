import { Bits } from "../bits.ts";

/** Overwrites what a piece of pictures or sound says beside what is seen and heard. Its length stays. */
export type Quieting = (file: Buffer, from: number, to: number) => void;

/** How H.264 and HEVC tell their units: the bytes of a head, the types of notes, and the types that nobody decodes. */
const unitsOf = {
  avc: {
    head: 1,
    type: (first: number) => first & 31,
    notes: [6],
    ignored: [0, 12, 16, 17, 18, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31],
  },
  hevc: {
    head: 2,
    type: (first: number) => (first >> 1) & 63,
    notes: [39, 40],
    ignored: [38, ...Array.from({ length: 23 }, (_, index) => 41 + index)],
  },
};
/** Notes that change what is seen: where playing can begin, how colours and light are meant, how it is turned. */
const notesKept = [6, 45, 47, 129, 137, 144, 147];
const longestNote = 64;

/** Pictures of H.264 and HEVC in units, each behind its length. */
export const quietUnits =
  (codec: keyof typeof unitsOf, lengthSize: number): Quieting =>
  (file, from, to) => {
    let at = from;
    while (at + lengthSize <= to) {
      const start = at + lengthSize;
      const end = start + file.readUIntBE(at, lengthSize);
      if (end > to) break;
      quietUnit(codec, file, start, end);
      at = end;
    }
    file.fill(0, at, to); // No player reads on from here.
  };

export function quietUnit(codec: keyof typeof unitsOf, file: Buffer, start: number, end: number): void {
  const { head, type, notes, ignored } = unitsOf[codec];
  const kind = type(file[start] ?? 0);
  const body = start + head;
  if (body >= end) return;
  if (ignored.includes(kind)) {
    file.fill(0xff, body, end);
    file[end - 1] = 0x80;
  } else if (notes.includes(kind) && !isNeededNote(file.subarray(body, end))) fillNote(file, body, end);
}

/** Whether a unit of notes holds needed ones only, and nothing behind them. */
function isNeededNote(unit: Buffer): boolean {
  if (unit.length > longestNote * 2) return false;
  const plain = withoutEscapes(unit);
  let at = 0;
  while (at < plain.length && plain[at] !== 0x80) {
    const number = () => {
      let sum = 0;
      while (plain[at] === 0xff) {
        sum += 255;
        at += 1;
      }
      sum += plain[at] ?? 0;
      at += 1;
      return sum;
    };
    const type = number();
    const size = number();
    if (!notesKept.includes(type) || size > longestNote) return false;
    at += size;
  }
  return at === plain.length - 1;
}

/** A unit has a 3 behind two zeros, so that no start of a unit is found inside it. */
function withoutEscapes(unit: Buffer): number[] {
  const plain: number[] = [];
  for (const [at, byte] of unit.entries())
    if (!(byte === 3 && at >= 2 && unit[at - 1] === 0 && unit[at - 2] === 0)) plain.push(byte);
  return plain;
}

/** Type of the note that only fills. */
const filler = 3;

/** Makes a unit of notes one that only fills. */
function fillNote(file: Buffer, start: number, end: number): void {
  let at = start;
  if (end - at < 3) return; // Too short for a note.
  if ((end - at - 3) % 256 === 255) {
    file.set([filler, 0], at);
    at += 2;
  }
  const rest = end - at - 3;
  file[at++] = filler;
  for (let whole = 0; whole < Math.floor(rest / 256); whole++) file[at++] = 0xff;
  file[at++] = rest % 256;
  file.fill(0xff, at, end - 1);
  file[end - 1] = 0x80;
}

const obusKept = [1, 2, 3, 4, 6, 7, 8];
const padding = 15;

/** Pictures of AV1. Units of notes become padding. */
export const quietObus: Quieting = (file, from, to) => {
  for (let at = from; at < to;) {
    const head = file[at] ?? 0;
    const type = (head >> 3) & 15;
    let body = at + (head & 4 ? 2 : 1);
    let length = to - body;
    if (head & 2) {
      length = 0;
      for (let byte = 0x80, shift = 0; byte & 0x80 && shift < 35; shift += 7) {
        byte = file[body++] ?? 0;
        length += (byte & 0x7f) * 2 ** shift;
      }
    }
    if (length < 0 || body + length > to) {
      file.fill(0, at, to); // No player reads on from here.
      return;
    }
    if (!obusKept.includes(type)) {
      file[at] = (head & 0x87) | (padding << 3);
      file.fill(0, body, body + length);
      if (length > 0) file[body + length - 1] = 0x80;
    }
    at = body + length;
  }
};

/** Pictures of MPEG-4 Visual. Texts of the encoder stand behind a start code of their own. */
export const quietUserData: Quieting = (file, from, to) => {
  const piece = file.subarray(from, to);
  const start = Buffer.from([0, 0, 1]);
  for (let at = piece.indexOf(start); at >= 0; at = piece.indexOf(start, at + 3)) {
    if (piece[at + 3] !== 0xb2) continue;
    const next = piece.indexOf(start, at + 4);
    piece.fill(0xff, at + 4, next < 0 ? piece.length : next);
  }
};

const elements = { data: 4, fill: 6 };
/** Kinds of filling that are heard: the upper half of the sound. */
const heard = [13, 14];

/** Sound of AAC. An encoder writes its name in front of the sound, as data or as filling. */
export const quietAac: Quieting = (file, from, to) => {
  const bits = new Bits(file, from, to);
  for (;;) {
    const element = bits.take(3);
    if (element === elements.data) {
      bits.take(4);
      const aligned = bits.take(1);
      let bytes = bits.take(8);
      if (bytes === 255) bytes += bits.take(8);
      if (aligned) bits.align();
      if (!bits.clear(bytes * 8)) return;
    } else if (element === elements.fill) {
      let bytes = bits.take(4);
      if (bytes === 15) bytes += bits.take(8) - 1;
      if (bytes > 0 && heard.includes(bits.peek(4))) return;
      if (!bits.clear(bytes * 8)) return;
    } else return;
  }
};
