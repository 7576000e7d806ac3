import { Bits } from "../bits.ts";
import { blank, type Box, boxesBefore, boxesIn, Malformed } from "./boxes.ts";
import { quietAac, type Quieting, quietObus, quietUnit, quietUnits, quietUserData } from "./quiet.ts";

/** What kinds of pictures and sound a copy may hold, each with how notes inside its samples are found. */
const codecs: Readonly<Record<string, "avc" | "hevc" | "av1" | "mpeg4" | "aac" | "plain">> = {
  ...{ avc1: "avc", avc3: "avc", hvc1: "hevc", hev1: "hevc", av01: "av1", mp4v: "mpeg4" },
  ...{ vp08: "plain", vp09: "plain", s263: "plain", h263: "plain" },
  ...{ mp4a: "aac", samr: "plain", sawb: "plain", alac: "plain", "ac-3": "plain", "ec-3": "plain" },
  ...{
    Opus: "plain",
    fLaC: "plain",
    sowt: "plain",
    twos: "plain",
    lpcm: "plain",
    ipcm: "plain",
    fpcm: "plain",
  },
  ...{ ulaw: "plain", alaw: "plain", ".mp3": "plain", in24: "plain" },
};

/** Boxes of a description that tell a player how to decode and show. */
const needed = [
  ...["avcC", "hvcC", "av1C", "vpcC", "esds", "d263", "damr", "dac3", "dec3", "alac", "dOps", "dfLa", "pcmC"],
  ...["colr", "pasp", "clap", "fiel", "mdcv", "clli", "SmDm", "CoLL", "btrt", "srat"],
];

/** Rewrites the descriptions of a track's samples without names. Gives how the samples of each are made quiet. */
export function quietDescriptions(file: Buffer, table: Box, handler: string): (Quieting | undefined)[] {
  if (table.body + 8 > table.end) throw new Malformed();
  const entries = boxesIn(file, table.body + 8, table.end);
  if (file.readUInt32BE(table.body + 4) !== entries.length) throw new Malformed();
  return entries.map((entry) => quietDescription(file, entry, handler));
}

function quietDescription(file: Buffer, entry: Box, handler: string): Quieting | undefined {
  const codec = Object.hasOwn(codecs, entry.type) ? codecs[entry.type] : undefined;
  if (!codec) throw new Malformed();
  file.fill(0, entry.body, entry.body + 6);
  if (handler === "soun") asInMp4(file, entry);
  const parts = handler === "vide" ? visual(file, entry) : audible(file, entry);
  let found: Quieting | undefined;
  for (const box of boxesBefore(file, parts, entry.end)) {
    if (!needed.includes(box.type) || !isUnderstood(file, box)) blank(file, box);
    else found = quietPart(file, box, codec) ?? found;
  }
  if (codec === "mpeg4") return quietUserData;
  return found;
}

/** Version, maker and reserved numbers are blanked, and the name of the program that packed the pictures. */
function visual(file: Buffer, { body, end }: Box): number {
  if (body + 78 > end) throw new Malformed();
  file.fill(0, body + 8, body + 24);
  file.fill(0, body + 36, body + 40);
  file.fill(0, body + 42, body + 74);
  return body + 78;
}

function audible(file: Buffer, { body, end }: Box): number {
  if (body + 28 > end) throw new Malformed();
  const version = file.readUInt16BE(body + 8);
  file.fill(0, body + 10, body + 16);
  const length = { 0: 28, 1: 44, 2: 64 }[version];
  if (length === undefined || body + length > end) throw new Malformed();
  return body + length;
}

/** Whether the samples of a track are of kinds that a copy may hold. */
export const isTaken = (file: Buffer, { body, end }: Box): boolean =>
  boxesIn(file, body + 8, end).every(({ type }) => Object.hasOwn(codecs, type));

/** How long the head of a description of sound is in MP4, and in the version of QuickTime that has a box "wave". */
const heads = { mp4: 28, quickTime: 44 };

/**
 * QuickTime puts what the decoder of a sound needs into a box of its own ("wave"), behind a longer head. MP4 has it in the description
 * itself, and players of MP4 look there. What is left of the length is filled.
 */
function asInMp4(file: Buffer, { body, end }: Box): void {
  if (body + heads.quickTime > end || file.readUInt16BE(body + 8) !== 1) return;
  const boxes = boxesBefore(file, body + heads.quickTime, end);
  if (!boxes.some(({ type }) => type === "wave")) return;
  const kept = boxes
    .flatMap((box) => (box.type === "wave" ? boxesBefore(file, box.body, box.end) : [box]))
    .filter(({ type }) => needed.includes(type))
    .map((box) => Buffer.from(file.subarray(box.start, box.end)));
  file.writeUInt16BE(0, body + 8);
  file.fill(0, body + 20, body + 24);
  const parts = Buffer.concat(kept);
  const filling = body + heads.mp4 + parts.copy(file, body + heads.mp4);
  file.writeUInt32BE(end - filling, filling);
  blank(file, { type: "free", start: filling, body: filling + 8, end });
}

const isUnderstood = (file: Buffer, { type, body }: Box): boolean =>
  type !== "colr" || ["nclx", "nclc"].includes(file.toString("latin1", body, body + 4));

/** How many bytes such a part needs. */
const lengths: Readonly<Record<string, number>> = {
  ...{ colr: 11, pasp: 8, clap: 32, fiel: 2, mdcv: 24, clli: 4, SmDm: 28, CoLL: 8, btrt: 12, srat: 8 },
  ...{ d263: 7, damr: 9, dac3: 3, dec3: 40, pcmC: 6, vpcC: 12, alac: 28, dOps: 24 },
};

function quietPart(file: Buffer, { type, body, end }: Box, codec: string): Quieting | undefined {
  const length = Object.hasOwn(lengths, type) ? lengths[type] : undefined;
  if (length !== undefined && body + length < end) file.fill(0, body + length, end);
  switch (type) {
    case "avcC":
      return quietAvc(file, body, end);
    case "hvcC":
      return quietHevc(file, body, end);
    case "av1C":
      quietObus(file, body + 4, end);
      return quietObus;
    case "esds":
      return quietDescriptors(file, body + 4, end, codec);
    case "dfLa":
      quietFlac(file, body + 4, end);
      return undefined;
    case "damr":
      file.fill(0, body, Math.min(body + 4, end)); // Who made the encoder.
      return undefined;
    default:
      return undefined;
  }
}

/** Goes through so many units, each behind a length of two bytes. Gives where they end. */
function unitsIn(file: Buffer, from: number, to: number, count: number, codec: "avc" | "hevc"): number {
  let at = from;
  for (let unit = 0; unit < count; unit++) {
    if (at + 2 > to) return at;
    const end = at + 2 + file.readUInt16BE(at);
    if (end > to) return at;
    quietUnit(codec, file, at + 2, end);
    at = end;
  }
  return at;
}

/** Profiles of H.264 whose description ends with how colours are kept. */
const withColours = [100, 110, 122, 144, 244];

function quietAvc(file: Buffer, body: number, end: number): Quieting | undefined {
  if (body + 6 > end) return undefined;
  let at = unitsIn(file, body + 6, end, (file[body + 5] ?? 0) & 31, "avc");
  at = unitsIn(file, at + 1, end, file[at] ?? 0, "avc");
  if (withColours.includes(file[body + 1] ?? 0) && at + 4 <= end) {
    for (const [place, reserved] of [0xfc, 0xf8, 0xf8].entries())
      file[at + place] = (file[at + place] ?? 0) | reserved;
    at = unitsIn(file, at + 4, end, file[at + 3] ?? 0, "avc");
  }
  if (at < end) file.fill(0, at, end);
  return quietUnits("avc", ((file[body + 4] ?? 0) & 3) + 1);
}

function quietHevc(file: Buffer, body: number, end: number): Quieting | undefined {
  if (body + 23 > end) return undefined;
  let at = body + 23;
  for (let list = 0; list < (file[body + 22] ?? 0) && at + 3 <= end; list++)
    at = unitsIn(file, at + 3, end, file.readUInt16BE(at + 1), "hevc");
  if (at < end) file.fill(0, at, end);
  return quietUnits("hevc", ((file[body + 21] ?? 0) & 3) + 1);
}

/** FLAC keeps titles, names and pictures in blocks behind the first. They become padding. */
function quietFlac(file: Buffer, from: number, to: number): void {
  const [streamInfo, paddingBlock] = [0, 1];
  let at = from;
  for (let isLast = false; !isLast && at + 4 <= to;) {
    const head = file[at] ?? 0;
    isLast = head >= 0x80;
    const end = Math.min(at + 4 + file.readUIntBE(at + 1, 3), to);
    if ((head & 0x7f) !== streamInfo) {
      file[at] = (head & 0x80) | paddingBlock;
      file.fill(0, at + 4, end);
    }
    at = end;
  }
  file.fill(0, at, to);
}

/** Descriptors of a decoder, by their tags: a stream, its decoder, what the decoder needs, and how it is layered. */
const tags = { stream: 3, decoder: 4, specific: 5, layer: 6 };
const aacTypes = [0x40, 0x66, 0x67, 0x68];

/** Rewrites descriptors without those that hold texts. Gives how sound that they describe is made quiet. */
function quietDescriptors(
  file: Buffer,
  from: number,
  to: number,
  codec: string,
  kind = 0,
): Quieting | undefined {
  let found: Quieting | undefined;
  for (let at = from; at + 2 <= to;) {
    const tag = file[at++] ?? 0;
    let length = 0;
    for (let byte = 0x80, digits = 0; byte & 0x80 && digits < 4; digits++) {
      byte = file[at++] ?? 0;
      length = length * 128 + (byte & 0x7f);
    }
    const end = Math.min(at + length, to);
    if (tag === tags.stream) {
      const flags = file[at + 2] ?? 0;
      if (flags & 0x40) throw new Malformed(); // The stream is elsewhere.
      const head = 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
      found = quietDescriptors(file, at + head, end, codec) ?? found;
    } else if (tag === tags.decoder)
      found = quietDescriptors(file, at + 13, end, codec, file[at] ?? 0) ?? found;
    else if (tag === tags.specific) found = quietSpecific(file, at, end, { codec, kind }) ?? found;
    else if (tag === tags.layer) file.fill(0, Math.min(at + (file[at] ? 1 : 16), end), end);
    else file.fill(0, at, end);
    at = end;
  }
  return found;
}

function quietSpecific(
  file: Buffer,
  from: number,
  to: number,
  { codec, kind }: { codec: string; kind: number },
): Quieting | undefined {
  if (codec === "mpeg4") quietUserData(file, from, to);
  return codec === "aac" && aacTypes.includes(kind) ? quietSound(file, from, to) : undefined;
}

const escaped = { type: 31, frequency: 15 };
const upperHalf = [5, 29];
const plainSound = [1, 2, 3, 4];
const extended = 0x2b7;

/** Rewrites how AAC is decoded without its comment and what stands behind it. */
function quietSound(file: Buffer, from: number, to: number): Quieting | undefined {
  const bits = new Bits(file, from, to);
  const type = () => {
    const short = bits.take(5);
    return short === escaped.type ? 32 + bits.take(6) : short;
  };
  const frequency = () => {
    if (bits.take(4) === escaped.frequency) bits.take(24);
  };
  let kind = type();
  frequency();
  const channels = bits.take(4);
  if (upperHalf.includes(kind)) {
    frequency();
    kind = type();
  }
  if (!plainSound.includes(kind)) return undefined;
  bits.take(1);
  if (bits.take(1)) bits.take(14);
  bits.take(1);
  if (channels === 0) quietChannels(bits);
  if (bits.peek(11) === extended) bits.take(33);
  bits.align();
  if (bits.at / 8 < to) file.fill(0, bits.at / 8, to);
  return quietAac;
}

/** A list of channels ends with a comment. */
function quietChannels(bits: Bits): void {
  bits.take(10);
  const [front, side, back, low, data, coupled] = [4, 4, 4, 2, 3, 4].map((width) => bits.take(width));
  for (const width of [4, 4, 3]) if (bits.take(1)) bits.take(width);
  bits.take(((front ?? 0) + (side ?? 0) + (back ?? 0) + (coupled ?? 0)) * 5 + ((low ?? 0) + (data ?? 0)) * 4);
  bits.align();
  bits.clear(bits.take(8) * 8);
}
