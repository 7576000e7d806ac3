import { type Box, boxAt, boxesIn, Malformed, partsOf } from "./boxes.ts";

/** A sample, a picture or a piece of sound, with its place in the file and the description that it follows. */
export interface Sample {
  from: number;
  to: number;
  description: number;
  /** The size of each, where several of one size lie behind each other. */
  size?: number;
}

/** More samples than a film of hours has, with all its sounds. */
const samplesInAll = 2_000_000;

/** Counts the samples of a whole film. A few bytes can claim millions of empty ones. */
export class SampleCount {
  private left = samplesInAll;

  add(samples: number): void {
    this.left -= samples;
    if (this.left < 0) throw new Malformed();
  }
}

export const numberOfTrack = (file: Buffer, track: Box): number => {
  const { body, end } = boxAt(file, track, "tkhd");
  const at = body + (file[body] === 1 ? 20 : 12);
  if (at + 4 > end) throw new Malformed();
  return file.readUInt32BE(at);
};

/** The samples of a track that its own tables place. */
export function samplesOf(file: Buffer, track: Box, count: SampleCount): Sample[] {
  const within = partsOf(file, boxAt(file, track, "mdia", "minf", "stbl"));
  const rows = (type: string, header: number, width: number) => {
    const box = within.get(type);
    if (!box) return undefined;
    const count = file.readUInt32BE(box.body + header - 4);
    if (box.body + header + count * width > box.end) throw new Malformed();
    return { at: (index: number) => box.body + header + index * width, count };
  };
  const sizes = sizesOf(file, within, rows("stsz", 12, 0));
  const runs = rows("stsc", 8, 12);
  const short = rows("stco", 8, 4);
  const long = rows("co64", 8, 8);
  const chunks = short ?? long;
  if (!runs || !chunks || (short && long)) throw new Malformed();

  const samples: Sample[] = [];
  let run = -1;
  let placed = 0;
  for (let chunk = 0; chunk < chunks.count; chunk++) {
    while (run + 1 < runs.count && file.readUInt32BE(runs.at(run + 1)) <= chunk + 1) run++;
    if (run < 0) throw new Malformed();
    const many = file.readUInt32BE(runs.at(run) + 4);
    const description = file.readUInt32BE(runs.at(run) + 8);
    let from = short ? file.readUInt32BE(chunks.at(chunk)) : Number(file.readBigUInt64BE(chunks.at(chunk)));
    placed += many;
    if (placed > sizes.count) throw new Malformed();
    count.add(sizes.fixed ? 1 : many);
    if (sizes.fixed) samples.push({ from, to: from + sizes.fixed * many, description, size: sizes.fixed });
    else
      for (let index = placed - many; index < placed; index++) {
        const to = from + sizes.of(index);
        if (to > from) samples.push({ from, to, description });
        from = to;
      }
  }
  if (placed !== sizes.count) throw new Malformed();
  return samples;
}

interface Sizes {
  count: number;
  /** The size of every sample, where all have one: single values of sound. The samples of a chunk count as one then. */
  fixed?: number;
  of: (sample: number) => number;
}

function sizesOf(file: Buffer, within: ReadonlyMap<string, Box>, full: { count: number } | undefined): Sizes {
  const small = within.get("stz2");
  const box = within.get("stsz") ?? small;
  if (!box || (full && small)) throw new Malformed();
  const count = file.readUInt32BE(box.body + 8);
  const first = box.body + 12;
  if (small) {
    const width = file[box.body + 7] ?? 0;
    if (![4, 8, 16].includes(width) || first + (count * width) / 8 > box.end) throw new Malformed();
    if (width === 4)
      return { count, of: (sample) => ((file[first + (sample >> 1)] ?? 0) >> (sample % 2 ? 0 : 4)) & 15 };
    return { count, of: (sample) => file.readUIntBE(first + (sample * width) / 8, width / 8) };
  }
  const fixed = file.readUInt32BE(box.body + 4);
  if (fixed > 0) return { count, fixed, of: () => fixed };
  if (first + count * 4 > box.end) throw new Malformed();
  return { count, of: (sample) => file.readUInt32BE(first + sample * 4) };
}

interface Defaults {
  size: number;
  description: number;
}

/** The samples of all tracks that lie in fragments, by the number of their track. */
export function fragmentSamples(
  file: Buffer,
  movie: Box,
  fragments: readonly Box[],
  count: SampleCount,
): Map<number, Sample[]> {
  const found = new Map<number, Sample[]>();
  const defaults = defaultsOf(file, movie);
  for (const fragment of fragments) {
    let end = fragment.start;
    for (const part of boxesIn(file, fragment.body, fragment.end)) {
      if (part.type !== "traf") continue;
      const at = { start: fragment.start, end, defaults, count };
      const { id, samples, last } = samplesOfPart(file, part, at);
      end = last;
      const all = found.get(id) ?? [];
      for (const sample of samples) all.push(sample);
      found.set(id, all);
    }
  }
  return found;
}

function defaultsOf(file: Buffer, movie: Box): Map<number, Defaults> {
  const extended = boxesIn(file, movie.body, movie.end).find(({ type }) => type === "mvex");
  const rows = extended
    ? boxesIn(file, extended.body, extended.end).filter(({ type }) => type === "trex")
    : [];
  return new Map(
    rows.map(({ body }) => [
      file.readUInt32BE(body + 4),
      { description: file.readUInt32BE(body + 8), size: file.readUInt32BE(body + 16) },
    ]),
  );
}

interface PartAt {
  /** Where its fragment begins, and where the data of the part before it end. */
  start: number;
  end: number;
  defaults: ReadonlyMap<number, Defaults>;
  count: SampleCount;
}

function samplesOfPart(file: Buffer, part: Box, { start, end, defaults, count }: PartAt) {
  const head = boxAt(file, part, "tfhd");
  const flags = file.readUIntBE(head.body + 1, 3);
  const id = file.readUInt32BE(head.body + 4);
  let at = head.body + 8;
  const next = (bit: number) => {
    if (!(flags & bit)) return undefined;
    at += 4;
    return file.readUInt32BE(at - 4);
  };
  let base = flags & 0x20000 ? start : end;
  if (flags & 1) {
    base = Number(file.readBigUInt64BE(at));
    at += 8;
  }
  const description = next(2) ?? defaults.get(id)?.description ?? 1;
  next(8);
  const size = next(16) ?? defaults.get(id)?.size ?? 0;
  const samples: Sample[] = [];
  let from = base;
  for (const run of boxesIn(file, part.body, part.end)) {
    if (run.type !== "trun") continue;
    count.add(file.readUInt32BE(run.body + 4));
    for (const one of samplesOfRun(file, run, { base, from, size })) {
      if (one.to > one.from) samples.push({ ...one, description });
      from = one.to;
    }
  }
  return { id, samples, last: from };
}

function* samplesOfRun(
  file: Buffer,
  { body, end }: Box,
  { base, from, size }: { base: number; from: number; size: number },
): Generator<{ from: number; to: number }> {
  const flags = file.readUIntBE(body + 1, 3);
  const count = file.readUInt32BE(body + 4);
  const has = (bit: number) => ((flags & bit) > 0 ? 4 : 0);
  let place = flags & 1 ? base + file.readInt32BE(body + 8) : from;
  const row = has(0x100) + has(0x200) + has(0x400) + has(0x800);
  const first = body + 8 + has(1) + has(4);
  if (first + count * row > end) throw new Malformed();
  for (let sample = 0; sample < count; sample++) {
    const length = has(0x200) ? file.readUInt32BE(first + sample * row + has(0x100)) : size;
    yield { from: place, to: place + length };
    place += length;
  }
}
