const u8 = (...values: number[]): Buffer => Buffer.from(values);
const u16 = (value: number): Buffer => u8((value >> 8) & 255, value & 255);
export const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
  return bytes;
};
export const box = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, "latin1"), body]);
};

/** A unit of H.264 behind its length. */
export const unit = (...parts: (Buffer | number[])[]): Buffer => {
  const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([u32(bytes.length), bytes]);
};
const slice = (text: string) => unit([0x65], Buffer.from(text));
/** A note of an encoder: 16 bytes that name it, and its words. */
const note = (words: Buffer): Buffer => {
  const size = 16 + words.length;
  return unit(
    [6, 5, ...Array<number>(Math.floor(size / 255)).fill(255), size % 255],
    Buffer.alloc(16, 7),
    words,
    [0x80],
  );
};

/** Where a mark goes in a film. Each part is empty unless a place fills it. */
export interface Script {
  brands: string;
  /** Boxes at the top, in the film, in its tracks and in its tables. */
  top: Buffer[];
  inMovie: Buffer[];
  inTrack: Buffer[];
  inTable: Buffer[];
  /** Boxes in the descriptions of pictures and sound. */
  ofPictures: Buffer[];
  ofSound: Buffer[];
  maker: Buffer;
  handler: Buffer;
  compressor: Buffer;
  sources: Buffer[];
  /** Bytes of the data before, between and behind samples. */
  gaps: [Buffer, Buffer, Buffer];
  /** Units beside those that are seen, in the samples and in the decoder's box. */
  units: Buffer[];
  parameters: Buffer[];
  /** Texts in front of the sound, and descriptors beside its decoder's. */
  sound: Buffer;
  descriptors: Buffer[];
  /** Behind the rows of tables. */
  rest: Buffer;
  others: { handler: string; data: Buffer }[];
  /** What is heard, and bytes behind what is seen in each picture. */
  sounds: string[];
  behindPictures: Buffer;
  /** Whether descriptions are as a camera of QuickTime writes them. */
  isQuickTime: boolean;
  /** How the sound is decoded, and bytes behind how pictures are. */
  decoder: Buffer;
  behindParameters: Buffer;
  dates: number;
}

export const script = (): Script => ({
  ...{ brands: "isom", top: [], inMovie: [], inTrack: [], inTable: [], ofPictures: [], ofSound: [] },
  ...{ maker: Buffer.alloc(4), handler: Buffer.from("\0"), compressor: Buffer.alloc(0), sources: [] },
  gaps: [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)],
  ...{
    units: [],
    parameters: [],
    sound: Buffer.alloc(0),
    descriptors: [],
    rest: Buffer.alloc(0),
    others: [],
  },
  ...{ sounds: ["SUARA-PERTAMA", "SUARA-KEDUA"], behindPictures: Buffer.alloc(0) },
  ...{ decoder: u8(0x12, 0x08), behindParameters: Buffer.alloc(0) },
  isQuickTime: false,
  dates: 3_860_000_000,
});

export const pictures = ["GAMBAR-PERTAMA", "GAMBAR-KEDUA"];
/** The first element of such a sound is a channel, and what follows is heard. */
const heard = (words: string) => Buffer.concat([u8(0x00), Buffer.from(words)]);

const descriptor = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u8(tag, 0x80 | (body.length >> 7), body.length & 127), body]);
};

function descriptionOfPictures({
  compressor,
  ofPictures,
  parameters,
  behindParameters,
  maker,
  isQuickTime,
}: Script): Buffer {
  const name = Buffer.alloc(32);
  u8(Math.min(compressor.length, 31)).copy(name);
  compressor.copy(name, 1);
  const short = (one: Buffer) => Buffer.concat([u16(one.length - 4), one.subarray(4)]);
  const sets = [unit([0x67], Buffer.from("SPS")), ...parameters];
  const avcC = box(
    "avcC",
    u8(1, 66, 0, 30, 0xff, 0xe0 | sets.length),
    ...sets.map(short),
    u8(1),
    short(unit([0x68], Buffer.from("PPS"))),
    behindParameters,
  );
  const head = [
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(4),
    maker,
    Buffer.alloc(8),
    u16(64),
    u16(48),
    u32(0x480000, 0x480000, 0),
    u16(1),
  ];
  const behind = isQuickTime ? [u32(0)] : [];
  return box("avc1", ...head, name, u16(24), u16(0xffff), avcC, ...ofPictures, ...behind);
}

function descriptionOfSound({ ofSound, descriptors, maker, decoder: needed, isQuickTime }: Script): Buffer {
  const decoder = descriptor(4, u8(0x40, 0x15, 0, 0, 0), u32(0, 0), descriptor(5, needed));
  const esds = box(
    "esds",
    u32(0),
    descriptor(3, u16(1), u8(0), decoder, descriptor(6, u8(2)), ...descriptors),
  );
  const head = [
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(4),
    maker,
    u16(1),
    u16(16),
    u32(0),
    u32(44_100 * 65_536),
  ];
  if (!isQuickTime) return box("mp4a", ...head, esds, ...ofSound);
  const version = Buffer.concat(head);
  version.writeUInt16BE(1, 8);
  version.writeInt16BE(-2, 20);
  const wave = box("wave", box("frma", "mp4a"), box("mp4a", u32(0)), esds, ...ofSound, u32(8, 0));
  return box("mp4a", version, u32(1024, 0, 0, 2), wave, box("chan", Buffer.alloc(12)), u32(0));
}

interface Part {
  handler: string;
  description: Buffer;
  samples: Buffer[];
}

const partsOf = (of: Script): Part[] => [
  {
    handler: "vide",
    description: descriptionOfPictures(of),
    samples: pictures.map((words) => Buffer.concat([...of.units, slice(words), of.behindPictures])),
  },
  {
    handler: "soun",
    description: descriptionOfSound(of),
    samples: of.sounds.map((words) => Buffer.concat([of.sound, heard(words)])),
  },
  ...of.others.map(({ handler, data }) => ({
    handler,
    description: box("mett", Buffer.alloc(8)),
    samples: [data],
  })),
];

/** A film of two pictures and two sounds as its script says, with its samples in the film or in fragments. */
export function filmOf(of: Script, { inFragments = false } = {}): Buffer {
  const ftyp = box(
    "ftyp",
    of.brands.slice(0, 4).padEnd(4),
    of.brands.length > 4 ? of.brands.slice(4, 8).padEnd(4) : u32(512),
    "isom",
    "mp42",
  );
  const parts = partsOf(of);
  const dated = of.dates;
  const tables = (part: Part, chunk: number) =>
    inFragments
      ? [box("stts", u32(0, 0)), box("stsz", u32(0, 0, 0)), box("stsc", u32(0, 0)), box("stco", u32(0, 0))]
      : [
          box("stts", u32(0, 1, part.samples.length, 1), of.rest),
          box(
            "stsz",
            u32(0, 0, part.samples.length),
            u32(...part.samples.map(({ length }) => length)),
            of.rest,
          ),
          box("stsc", u32(0, 1, 1, part.samples.length, 1), of.rest),
          box("stco", u32(0, 1, chunk), of.rest),
        ];
  const track = (part: Part, index: number, chunk: number) =>
    box(
      "trak",
      box("tkhd", u32(7, dated, dated, index + 1, 0, 0), Buffer.alloc(60), of.rest),
      ...of.inTrack,
      box(
        "mdia",
        box("mdhd", u32(0, dated, dated, 1000, 2, 0x55c40000), of.rest),
        box("hdlr", u32(0), of.maker, part.handler, u32(0, 0, 0), of.handler),
        box(
          "minf",
          box("vmhd", u32(1, 0, 0)),
          box(
            "dinf",
            box(
              "dref",
              u32(0, Math.max(of.sources.length, 1)),
              ...(of.sources.length > 0 ? of.sources : [box("url ", u32(1))]),
            ),
          ),
          box("stbl", box("stsd", u32(0, 1), part.description), ...tables(part, chunk), ...of.inTable),
        ),
      ),
    );
  const movie = (chunks: readonly number[]) =>
    box(
      "moov",
      box("mvhd", u32(0, dated, dated, 1000, 2), Buffer.alloc(80), of.rest),
      ...parts.map((part, index) => track(part, index, chunks[index] ?? 0)),
      ...(inFragments
        ? [box("mvex", ...parts.map((_, index) => box("trex", u32(0, index + 1, 1, 1, 0, 0))))]
        : []),
      ...of.inMovie,
    );
  const [before, between, behind] = of.gaps;
  const data = parts.flatMap(({ samples }, index) => [index === 0 ? before : between, ...samples]);
  const chunksFrom = (start: number): number[] => {
    let at = start;
    return parts.map(({ samples }, index) => {
      at += (index === 0 ? before : between).length;
      const chunk = at;
      at += samples.reduce((all, { length }) => all + length, 0);
      return chunk;
    });
  };
  const mdat = box("mdat", ...data, behind);
  const front = Buffer.concat([ftyp, ...of.top]);
  if (!inFragments) {
    const length = front.length + movie(parts.map(() => 0)).length + 8;
    return Buffer.concat([front, movie(chunksFrom(length)), mdat]);
  }
  const fragment = (chunks: readonly number[]) =>
    box(
      "moof",
      box("mfhd", u32(0, 1)),
      ...parts.map(({ samples }, index) =>
        box(
          "traf",
          box("tfhd", u32(0x20000, index + 1)),
          box(
            "trun",
            u32(0x201, samples.length, chunks[index] ?? 0),
            u32(...samples.map(({ length }) => length)),
            of.rest,
          ),
          ...of.inTrack,
        ),
      ),
    );
  const length = fragment(parts.map(() => 0)).length + 8;
  return Buffer.concat([front, movie(parts.map(() => 0)), fragment(chunksFrom(length)), mdat]);
}

/** Bits as bytes, filled up with zeros. */
export const bitsOf = (bits: string): Buffer =>
  u8(...(bits.replace(/ /g, "").match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, "0"), 2)));

const uuid = (words: Buffer) => box("uuid", Buffer.alloc(16, 1), words);

/** Every place of a film that can say who recorded it, with what, when and where, beside what is seen and heard. */
export const placesOfFilms: Readonly<Record<string, (of: Script, mark: Buffer) => unknown>> = {
  "a box at the top": (of, mark) =>
    of.top.push(uuid(mark), box("free", mark), box("meta", mark), box("pdin", mark)),
  "boxes of the film": (of, mark) =>
    of.inMovie.push(box("udta", box("©xyz", mark)), uuid(mark), box("meta", mark), box("iods", mark)),
  "boxes of a track": (of, mark) =>
    of.inTrack.push(
      box("udta", box("name", mark)),
      uuid(mark),
      box("tref", box("cdsc", mark)),
      box("wide", mark),
    ),
  "boxes of a table": (of, mark) =>
    of.inTable.push(uuid(mark), box("sgpd", mark), box("subs", mark), box("skip", mark)),
  "boxes in the description of pictures": (of, mark) =>
    of.ofPictures.push(
      uuid(mark),
      box("colr", "prof", mark),
      box("pasp", u32(1, 1), mark),
      box("free", mark),
    ),
  "boxes in the description of sound": (of, mark) =>
    of.ofSound.push(uuid(mark), box("btrt", u32(0, 0, 0), mark), box("wave", mark)),
  "boxes of another place": (of, mark) => {
    of.inMovie.push(box("mdat", mark), box("stsd", u32(0, 1), mark));
    of.inTrack.push(
      box("mdat", mark),
      box("stsd", u32(0, 1), mark),
      box("trak", box("mdia", box("minf", box("stbl", box("stsd", u32(0, 1), box("avc1", mark)))))),
    );
    of.inTable.push(box("mdat", mark), box("moov", box("mdat", mark)));
  },
  "bytes behind the parameters of the decoder": (of, mark) => (of.behindParameters = mark),
  "the comment on the channels of a sound": (of, mark) =>
    // AAC at 44.1 kHz with a list of channels: one in front, none elsewhere.
    (of.decoder = Buffer.concat([
      bitsOf("00010 0100 0000 000 0000 01 0100 0001 0000 0000 00 000 0000 000 00000"),
      u8(mark.length),
      mark,
    ])),
  "bytes behind what the decoder of a sound needs": (of, mark) =>
    (of.decoder = Buffer.concat([u8(0x12, 0x08), mark])),
  "dates in a head of the later version": (of, mark) =>
    of.inMovie.push(
      box("mvhd", u8(1, 0, 0, 0), mark.subarray(0, 16), Buffer.alloc(108 - Math.min(16, mark.length))),
    ),
  "the name of a handler": (of, mark) => (of.handler = Buffer.concat([mark, u8(0)])),
  "the name of a compressor": (of, mark) => (of.compressor = mark.subarray(0, 31)),
  "the path of the data": (of, mark) =>
    of.sources.push(box("url ", u32(0), mark), box("urn ", u32(0), mark), box("alis", u32(0), mark)),
  "bytes before the samples": (of, mark) => (of.gaps[0] = mark),
  "bytes between samples": (of, mark) => (of.gaps[1] = mark),
  "bytes behind the samples": (of, mark) => (of.gaps[2] = mark),
  "bytes behind the rows of tables": (of, mark) => (of.rest = mark),
  "the kinds of the file": (of, mark) => (of.brands = `isom${mark.toString("latin1", 0, 4)}`),
  "a track of positions": (of, mark) => of.others.push({ handler: "meta", data: mark }),
  "a track of texts, and one of times": (of, mark) =>
    of.others.push({ handler: "text", data: mark }, { handler: "tmcd", data: mark }),
  "notes of the encoder in pictures": (of, mark) => of.units.push(note(mark)),
  "long notes of the encoder": (of, mark) =>
    of.units.push(note(Buffer.concat([mark, Buffer.alloc(700, 1), mark]))),
  "units that nobody decodes": (of, mark) => of.units.push(unit([12], mark, [0x80]), unit([30], mark)),
  "notes beside the parameters of the decoder": (of, mark) => of.parameters.push(note(mark)),
  "data in front of the sound": (of, mark) =>
    // Three bits of the kind, four of a number, one of alignment; then the length.
    (of.sound = Buffer.concat([u8(0b100_0000_1, mark.length), mark])),
  "descriptors of the sound": (of, mark) =>
    of.descriptors.push(descriptor(0xc0, mark), descriptor(0x0d, mark)),
};
