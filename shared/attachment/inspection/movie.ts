import type { RefusalReason } from "../../case/views/attachment-view.ts";
import type { Copy } from "../attachment.ts";
import { blank, type Box, boxAt, boxesIn, boxesOf, Malformed, trim } from "./movie/boxes.ts";
import { isTaken, quietDescriptions } from "./movie/descriptions.ts";
import type { Quieting } from "./movie/quiet.ts";
import { fragmentSamples, numberOfTrack, type Sample, SampleCount, samplesOf } from "./movie/samples.ts";

/** The boxes that a player needs, by the box that they are in. Any other, and any of these in another place, is blanked. */
const needed: Readonly<Record<string, readonly string[]>> = {
  file: ["ftyp", "styp", "moov", "sidx", "moof", "mdat"],
  moov: ["mvhd", "trak", "mvex"],
  trak: ["tkhd", "edts", "mdia"],
  edts: ["elst"],
  mdia: ["mdhd", "hdlr", "minf"],
  minf: ["vmhd", "smhd", "dinf", "stbl"],
  dinf: ["dref"],
  stbl: ["stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss"],
  mvex: ["mehd", "trex"],
  moof: ["mfhd", "traf"],
  traf: ["tfhd", "tfdt", "trun"],
};
const shownOrHeard = ["vide", "soun"];
/** Pictures that stand still beside a sound: a cover, or one for each chapter. */
const stills = ["jpeg", "png ", "mjpa", "mjpb"];

/** Kinds of files that a player goes by. Another kind, and its version, tell the program that wrote it. */
const brands = [
  ...["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71", "avc1"],
  ...["av01", "hvc1", "dash", "cmfc", "msdh", "msix", "M4A ", "M4B ", "M4V ", "3gp4", "3gp5", "3gp6", "f4v "],
];

interface Track {
  box: Box;
  id: number;
  samples: Sample[];
  quieting: (Quieting | undefined)[];
}

/**
 * Copies an MP4 or M4A file and leaves only pictures, sound and what a player needs for them. Other boxes and tracks, names
 * of programs, and bytes that belong to no picture or sound say where it was recorded, by whom and with what. They are
 * overwritten: the file keeps its length, and every offset stays true. A file whose tables contradict each other is refused.
 */
export function movieCopy(
  bytes: Uint8Array,
  type: "video/mp4" | "audio/mp4",
): { copy: Copy } | { refused: RefusalReason } {
  const file = Buffer.from(bytes);
  try {
    const top = boxesOf(file);
    const movies = top.filter((box) => box.type === "moov");
    const [movie] = movies;
    if (top[0]?.type !== "ftyp" || !movie || movies.length > 1) throw new Malformed();
    const fragments = top.filter((box) => box.type === "moof");
    const count = new SampleCount();
    const inFragments = fragmentSamples(file, movie, fragments, count);
    const tracks: Track[] = [];
    const all = boxesIn(file, movie.body, movie.end).filter((box) => box.type === "trak");
    const kept = keptOf(file, all);
    for (const box of all) {
      const track = kept.includes(box) && trackOf(file, box, inFragments, count);
      if (track) tracks.push(track);
      else blank(file, box);
    }
    const numbers = new Set(tracks.map(({ id }) => id));
    if (tracks.length === 0 || numbers.size < tracks.length) throw new Malformed();
    leaveOnly(
      file,
      tracks.flatMap(({ samples }) => samples),
      top.filter((box) => box.type === "mdat"),
    );
    for (const track of tracks) quietSamples(file, track);
    for (const fragment of fragments) blankOthers(file, fragment, numbers);
    keepNeeded(file, "file", top);
    return { copy: { type, bytes: file } };
  } catch (error) {
    if (error instanceof Malformed || error instanceof RangeError) return { refused: "unreadable" };
    throw error;
  }
}

const handlerOf = (file: Buffer, track: Box): string => {
  const { body } = boxAt(file, track, "mdia", "hdlr");
  return file.toString("latin1", body + 8, body + 12);
};
const descriptionsAt = (file: Buffer, track: Box): Box => boxAt(file, track, "mdia", "minf", "stbl", "stsd");

/** The tracks of a copy. A phone writes some sound twice, once for its own programs: that goes where the other one stays. */
function keptOf(file: Buffer, all: readonly Box[]): Box[] {
  const kept = all.filter((box) => isKept(file, box));
  const sounds = kept.filter((box) => handlerOf(file, box) === "soun");
  const taken = sounds.filter((box) => isTaken(file, descriptionsAt(file, box)));
  return taken.length === 0 ? kept : kept.filter((box) => !sounds.includes(box) || taken.includes(box));
}

/** Whether a track is seen or heard. Other tracks hold positions, times, texts and covers. */
function isKept(file: Buffer, track: Box): boolean {
  if (!shownOrHeard.includes(handlerOf(file, track))) return false;
  const { body, end } = descriptionsAt(file, track);
  return !boxesIn(file, body + 8, end).some((entry) => stills.includes(entry.type));
}

function trackOf(
  file: Buffer,
  box: Box,
  inFragments: ReadonlyMap<number, Sample[]>,
  count: SampleCount,
): Track {
  const id = numberOfTrack(file, box);
  return {
    ...{ box, id },
    samples: [...samplesOf(file, box, count), ...(inFragments.get(id) ?? [])],
    quieting: quietDescriptions(file, descriptionsAt(file, box), handlerOf(file, box)),
  };
}

/** Blanks every byte of the data that belongs to no sample. Samples lie in the data, and none lies in another. */
function leaveOnly(file: Buffer, samples: readonly Sample[], data: readonly Box[]): void {
  const inOrder = samples.toSorted((a, b) => a.from - b.from);
  let next = 0;
  for (const { body, end } of data) {
    let at = body;
    for (let sample = inOrder[next]; sample && sample.from < end; sample = inOrder[++next]) {
      if (sample.from < at || sample.to > end) throw new Malformed();
      file.fill(0, at, sample.from);
      at = sample.to;
    }
    file.fill(0, at, end);
  }
  if (next < inOrder.length) throw new Malformed();
}

function quietSamples(file: Buffer, { samples, quieting }: Track): void {
  for (const { from, to, description, size } of samples)
    for (let at = from; at < to; at += size ?? to - from)
      quieting[description - 1]?.(file, at, at + (size ?? to - from));
}

/** Blanks the parts of a fragment that belong to no track of the copy. */
function blankOthers(file: Buffer, fragment: Box, tracks: ReadonlySet<number>): void {
  for (const part of boxesIn(file, fragment.body, fragment.end)) {
    if (part.type !== "traf") continue;
    const id = file.readUInt32BE(boxAt(file, part, "tfhd").body + 4);
    if (!tracks.has(id)) blank(file, part);
  }
}

function keepNeeded(file: Buffer, within: string, boxes: readonly Box[]): void {
  for (const box of boxes) {
    if (!needed[within]?.includes(box.type)) blank(file, box);
    else if (needed[box.type]) keepNeeded(file, box.type, boxesIn(file, box.body, box.end));
    else if (Object.hasOwn(rewrites, box.type)) rewrites[box.type]?.(file, box);
    else {
      trim(file, box);
      quietHead(file, box);
    }
  }
}

const rewrites: Readonly<Record<string, (file: Buffer, box: Box) => void>> = {
  ftyp: quietBrands,
  styp: quietBrands,
  hdlr: (file, { body, end }) => {
    if (body + 12 > end) throw new Malformed();
    file.fill(0, body, body + 8);
    file.fill(0, body + 12, end);
  },
  dref: quietSources,
  // The data and the descriptions are quiet by now.
  mdat: () => {},
  stsd: (file, { body }) => void file.fill(0, body, body + 4),
};

function quietBrands(file: Buffer, { body, end }: Box): void {
  if (end - body < 8) throw new Malformed();
  file.fill(0, body + 4, body + 8);
  for (let at = body; at < end; at += 4) {
    if (at === body + 4) continue;
    if (at + 4 > end) file.fill(0, at, end);
    else if (!brands.includes(file.toString("latin1", at, at + 4))) file.write("isom", at, "latin1");
  }
}

/** Where the data of a track are: in this file, whatever path stands here. */
function quietSources(file: Buffer, { body, end }: Box): void {
  if (body + 8 > end) throw new Malformed();
  for (const source of boxesIn(file, body + 8, end)) {
    if (source.end - source.body < 4) throw new Malformed();
    file.write("url ", source.start + 4, "latin1");
    file.fill(0, source.body, source.end);
    file[source.body + 3] = 1;
  }
}

/** Dates of making and changing, and reserved bytes, of heads in version 0 and 1: from where to where. */
const quietRanges: Readonly<Record<string, readonly [first: readonly number[], later: readonly number[]]>> = {
  mvhd: [
    [4, 12, 26, 36, 72, 96],
    [4, 20, 38, 48, 84, 108],
  ],
  tkhd: [
    [4, 12, 16, 20, 24, 32, 38, 40],
    [4, 20, 24, 28, 36, 44, 50, 52],
  ],
  mdhd: [
    [4, 12, 22, 24],
    [4, 20, 34, 36],
  ],
};

function quietHead(file: Buffer, { type, body, end }: Box): void {
  const [first = [], later = []] = (Object.hasOwn(quietRanges, type) && quietRanges[type]) || [];
  const ranges = file[body] === 0 ? first : later;
  for (let at = 0; at < ranges.length; at += 2) {
    const [from, to] = [body + (ranges[at] ?? 0), body + (ranges[at + 1] ?? 0)];
    if (at === 0 && to > end) throw new Malformed();
    file.fill(0, Math.min(from, end), Math.min(to, end));
  }
}
