import type { RefusalReason } from "../../case/views/attachment-view.ts";
import type { Copy } from "../attachment.ts";

/** A box of an MP4 file: 4 bytes of size, 4 of type, sometimes 8 of a larger size, then its body. */
interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

class Malformed extends Error {}

/** The boxes that hold boxes, then those that a player needs. Boxes on neither list are blanked. */
const containers = ["moov", "trak", "edts", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf", "mfra"];
const needed = [
  ...[
    "ftyp",
    "styp",
    "sidx",
    "mdat",
    "mvhd",
    "iods",
    "trex",
    "mehd",
    "mfhd",
    "tfhd",
    "tfdt",
    "trun",
    "tfra",
    "mfro",
  ],
  ...["tkhd", "tref", "elst", "mdhd", "hdlr", "vmhd", "smhd", "dref"],
  ...["stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stco", "co64", "stss", "sdtp", "sgpd", "sbgp", "subs"],
];
/** These boxes say when it was recorded. */
const dated = ["mvhd", "tkhd", "mdhd"];
const shownOrHeard = ["vide", "soun"];
const deepest = 10;

/**
 * Copies an MP4 or M4A file and leaves only pictures, sound and what a player needs for them. Other boxes and tracks say
 * where it was recorded, by whom and with what. They are overwritten with zeros: the file keeps its length, and every
 * offset stays true.
 */
export function movieCopy(
  bytes: Uint8Array,
  type: "video/mp4" | "audio/mp4",
): { copy: Copy } | { refused: RefusalReason } {
  const file = Buffer.from(bytes);
  try {
    const top = boxesIn(file, 0, file.length);
    const movies = top.filter((box) => box.type === "moov");
    const [movie] = movies;
    if (top[0]?.type !== "ftyp" || !movie || movies.length > 1) throw new Malformed();
    const tracks = boxesIn(file, movie.body, movie.end).filter((box) => box.type === "trak");
    const others = tracks.filter((track) => !shownOrHeard.includes(handlerOf(file, track)));
    if (tracks.length === others.length) throw new Malformed();
    // The samples of such a track would be scattered over the fragments.
    if (others.length > 0 && top.some((box) => box.type === "moof")) throw new Malformed();
    for (const track of others) {
      for (const [from, to] of samplesOf(file, track)) file.fill(0, from, to);
      blank(file, track);
    }
    keepWhatIsNeeded(file, 0, file.length);
    return { copy: { type, bytes: file } };
  } catch (error) {
    if (error instanceof Malformed || error instanceof RangeError) return { refused: "unreadable" };
    throw error;
  }
}

function boxesIn(file: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at < end;) {
    if (end - at < 8) throw new Malformed();
    const size = file.readUInt32BE(at);
    const large = size === 1;
    const length = large ? Number(file.readBigUInt64BE(at + 8)) : size === 0 ? end - at : size;
    const body = at + (large ? 16 : 8);
    if (at + length > end || at + length < body) throw new Malformed();
    boxes.push({ type: file.toString("latin1", at + 4, at + 8), start: at, body, end: at + length });
    at += length;
  }
  return boxes;
}

const boxAt = (file: Buffer, from: Box, ...path: string[]): Box => {
  let box = from;
  for (const type of path) {
    const found = boxesIn(file, box.body, box.end).find((child) => child.type === type);
    if (!found) throw new Malformed();
    box = found;
  }
  return box;
};

const handlerOf = (file: Buffer, track: Box): string => {
  const { body } = boxAt(file, track, "mdia", "hdlr");
  return file.toString("latin1", body + 8, body + 12);
};

const blank = (file: Buffer, { start, body, end }: Box): void => {
  file.write("free", start + 4, "latin1");
  file.fill(0, body, end);
};

function keepWhatIsNeeded(file: Buffer, start: number, end: number, depth = 0): void {
  if (depth > deepest) throw new Malformed();
  for (const box of boxesIn(file, start, end)) {
    if (containers.includes(box.type)) keepWhatIsNeeded(file, box.body, box.end, depth + 1);
    else if (!needed.includes(box.type)) blank(file, box);
    // Version and flags come first, then the times of making and changing: 4 bytes each, or 8 in version 1.
    else if (dated.includes(box.type)) {
      const dates = file[box.body] === 1 ? 16 : 8;
      if (box.end - box.body < 4 + dates) throw new Malformed();
      file.fill(0, box.body + 4, box.body + 4 + dates);
    }
  }
}

/** Where the samples of a track lie in the file. */
function* samplesOf(file: Buffer, track: Box): Generator<[from: number, to: number]> {
  const table = boxAt(file, track, "mdia", "minf", "stbl");
  const within = new Map(boxesIn(file, table.body, table.end).map((box) => [box.type, box]));
  const rows = (type: string, header: number, width: number) => {
    const box = within.get(type);
    if (!box) return undefined;
    const count = file.readUInt32BE(box.body + header - 4);
    if (box.body + header + count * width > box.end) throw new Malformed();
    return { at: (index: number) => box.body + header + index * width, count };
  };
  const { body: sizesAt } = within.get("stsz") ?? {};
  if (sizesAt === undefined) throw new Malformed();
  const fixed = file.readUInt32BE(sizesAt + 4);
  const sizes = fixed > 0 ? undefined : rows("stsz", 12, 4);
  const runs = rows("stsc", 8, 12);
  const short = rows("stco", 8, 4);
  const long = rows("co64", 8, 8);
  const chunks = short ?? long;
  if (!runs || !chunks) throw new Malformed();

  let run = -1;
  let sample = 0;
  for (let chunk = 0; chunk < chunks.count; chunk++) {
    while (run + 1 < runs.count && file.readUInt32BE(runs.at(run + 1)) <= chunk + 1) run++;
    if (run < 0) throw new Malformed();
    const samples = file.readUInt32BE(runs.at(run) + 4);
    const from = short ? file.readUInt32BE(chunks.at(chunk)) : Number(file.readBigUInt64BE(chunks.at(chunk)));
    let length = fixed * samples;
    if (sizes)
      for (let index = 0; index < samples && sample < sizes.count; index++, sample++)
        length += file.readUInt32BE(sizes.at(sample));
    if (from < file.length) yield [from, Math.min(from + length, file.length)];
  }
}
