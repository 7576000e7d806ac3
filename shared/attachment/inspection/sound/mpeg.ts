import { Bits } from "../bits.ts";
import { PieceCount, Unheard } from "./unheard.ts";

/** A frame of MP3 as its head describes it. */
interface Frame {
  at: number;
  length: number;
  /** Version and rate: all frames of a recording have the same. */
  kind: string;
  isFirstVersion: boolean;
  isMono: boolean;
  isProtected: boolean;
}

/** A frame as it was copied. Its data may begin in the frames before it. */
interface Written {
  data: number;
  length: number;
  /** How many bytes before its own data begin, and how many of them are heard. */
  before: number;
  heard: number;
}

const bitrates = [
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
] as const;
const rates = [44_100, 48_000, 32_000];
const thirdLayer = 1;

/** Whether a frame may begin here: eleven bits in a row, and the number of the layer. */
const isHead = (file: Buffer, at: number): boolean =>
  file[at] === 0xff && ((file[at + 1] ?? 0) & 0xe6) === (0xe0 | (thirdLayer << 1));

function nextHead(file: Buffer, from: number): number {
  let at = from;
  while (at < file.length && !isHead(file, at)) at += 1;
  return at;
}

function frameAt(file: Buffer, at: number): Frame | undefined {
  if (at + 4 > file.length || !isHead(file, at)) return undefined;
  const second = file[at + 1] ?? 0;
  const [third = 0, fourth = 0] = [file[at + 2], file[at + 3]];
  const version = (second >> 3) & 3;
  const rate = rates[(third >> 2) & 3];
  const isFirstVersion = version === 3;
  const bitrate = bitrates[isFirstVersion ? 1 : 0][third >> 4];
  if (version === 1 || !rate || !bitrate) return undefined;
  const perSecond = rate / (isFirstVersion ? 1 : version === 2 ? 2 : 4);
  const length = Math.floor(((isFirstVersion ? 144 : 72) * bitrate * 1000) / perSecond) + ((third >> 1) & 1);
  return {
    ...{ at, length, isFirstVersion },
    kind: `${version}/${perSecond}`,
    isMono: fourth >> 6 === 3,
    isProtected: (second & 1) === 0,
  };
}

/** Where the sound begins: behind titles and pictures that say how long they are. */
function behindTitles(file: Buffer): number {
  let at = 0;
  while (file.toString("latin1", at, at + 3) === "ID3" && at + 10 <= file.length) {
    const size = [6, 7, 8, 9].reduce((sum, place) => sum * 128 + ((file[at + place] ?? 0) & 127), 0);
    at += 10 + size + ((file[at + 5] ?? 0) & 0x10 ? 10 : 0);
  }
  return at;
}

/** The frames of a file. Where one is not followed by another, the next two that follow each other are looked for. */
function* framesOf(file: Buffer): Generator<Frame> {
  let kind: string | undefined;
  const fits = (frame: Frame | undefined): frame is Frame =>
    frame !== undefined && frame.at + frame.length <= file.length && (kind ?? frame.kind) === frame.kind;
  const count = new PieceCount();
  let inStep = false;
  for (let at = behindTitles(file); at + 4 <= file.length;) {
    const frame = frameAt(file, at);
    if (fits(frame) && (inStep || isFollowed(file, frame))) {
      kind = frame.kind;
      count.add();
      yield frame;
      at += frame.length;
      inStep = true;
    } else {
      at = nextHead(file, at + 1);
      inStep = false;
    }
  }
}

/** Whether the file ends behind a frame, or another one of its kind follows. */
const isFollowed = (file: Buffer, { at, length, kind }: Frame): boolean =>
  at + length === file.length || frameAt(file, at + length)?.kind === kind;

const sideOf = ({ isFirstVersion, isMono }: Frame): number => {
  if (isFirstVersion) return isMono ? 17 : 32;
  return isMono ? 9 : 17;
};

/** Whether a frame holds no sound, but how the recording was made and by which program. */
function isNote(file: Buffer, frame: Frame): boolean {
  const body = frame.at + 4 + (frame.isProtected ? 2 : 0) + sideOf(frame);
  return (
    ["Xing", "Info"].includes(file.toString("latin1", body, body + 4)) ||
    file.toString("latin1", frame.at + 36, frame.at + 40) === "VBRI"
  );
}

/** Reads how the data of a copied frame lie, and clears the bits that programs use as they like. */
function read(out: Buffer, frame: Frame): Written {
  const side = frame.at + 4 + (frame.isProtected ? 2 : 0);
  const data = side + sideOf(frame);
  const channels = frame.isMono ? 1 : 2;
  const bits = new Bits(out, side, data);
  const before = bits.take(frame.isFirstVersion ? 9 : 8);
  const free = frame.isFirstVersion ? (frame.isMono ? 5 : 3) : channels;
  // A checksum covers them where there is one.
  if (frame.isProtected) bits.take(free);
  else {
    out[frame.at + 2] = (out[frame.at + 2] ?? 0) & 0xfe;
    bits.clear(free);
  }
  if (frame.isFirstVersion) bits.take(4 * channels);
  let heard = 0;
  for (let part = 0; part < channels * (frame.isFirstVersion ? 2 : 1); part++) {
    heard += bits.take(12);
    bits.take(frame.isFirstVersion ? 47 : 51);
  }
  return { data, length: frame.at + frame.length - data, before, heard: Math.ceil(heard / 8) };
}

/** Blanks what lies between the data of frames: encoders write their names there. */
function quietGaps(out: Buffer, frames: readonly Written[]): void {
  let reached = 0;
  let place = 0;
  let piece = 0;
  let pieceStart = 0;
  /** Blanks a stretch of the data, which lie in the frames one behind the other. */
  const blank = (from: number, to: number) => {
    for (let at = from; at < to;) {
      let frame = frames[piece];
      while (frame && pieceStart + frame.length <= at) {
        pieceStart += frame.length;
        frame = frames[++piece];
      }
      if (!frame) return;
      const start = at - pieceStart;
      const end = Math.min(to - pieceStart, frame.length);
      out.fill(0, frame.data + start, frame.data + end);
      at = pieceStart + end;
    }
  };
  for (const { before, heard, length } of frames) {
    const start = place - before;
    blank(reached, start);
    place += length;
    reached = Math.min(Math.max(reached, start + heard), place);
  }
  blank(reached, place);
}

/**
 * Copies an MP3 and keeps its frames of sound. Titles, pictures and lyrics before and behind them (ID3, APE), the frame in which
 * an encoder describes itself, and what lies between the data of frames are left out.
 */
export function mpegCopy(file: Buffer): Buffer {
  const frames = [...framesOf(file)].filter((frame) => !isNote(file, frame));
  if (frames.length < 2) throw new Unheard();
  const out = Buffer.concat(frames.map(({ at, length }) => file.subarray(at, at + length)));
  let at = 0;
  const written = frames.map((frame) => {
    const copied = read(out, { ...frame, at });
    at += frame.length;
    return copied;
  });
  quietGaps(out, written);
  return out;
}
