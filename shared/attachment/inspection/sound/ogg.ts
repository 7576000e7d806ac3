import { quietOpus } from "./opus.ts";
import { PieceCount, Unheard } from "./unheard.ts";

/** A page of an Ogg file: pieces of the packets of one stream. */
interface Page {
  flags: number;
  granule: bigint;
  stream: number;
  /** The lengths of its pieces. One of 255 goes on in the next. */
  lengths: Buffer;
  data: Buffer;
}

const continued = 1;
const first = 2;
const last = 4;

/** The pages of a file, one behind the other. What stands between or behind them is passed over. */
function* pagesOf(file: Buffer): Generator<Page> {
  const pages = new PieceCount();
  for (let at = file.indexOf("OggS"); at >= 0 && at + 27 <= file.length;) {
    const count = file[at + 26] ?? 0;
    const lengths = file.subarray(at + 27, at + 27 + count);
    const start = at + 27 + count;
    const end = start + lengths.reduce((sum, length) => sum + length, 0);
    if (end > file.length) return;
    pages.add();
    yield {
      flags: file[at + 5] ?? 0,
      granule: file.readBigInt64LE(at + 6),
      stream: file.readUInt32LE(at + 14),
      lengths,
      data: Buffer.from(file.subarray(start, end)),
    };
    at = file.indexOf("OggS", end);
  }
}

const table = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = (rest << 1) ^ (rest < 0 ? 0x04c11db7 : 0);
  return rest >>> 0;
});
const checksumOf = (page: Buffer): number => {
  let sum = 0;
  for (const byte of page) sum = ((sum << 8) ^ (table[((sum >>> 24) ^ byte) & 255] ?? 0)) >>> 0;
  return sum;
};

/** Writes pages of one stream. Number of the stream and of its pages are ours: a number at random tells one recording from another. */
export function pageWriter() {
  const pages: Buffer[] = [];
  return {
    write({ flags, granule, lengths, data }: Omit<Page, "stream">): void {
      const head = Buffer.alloc(27);
      head.write("OggS", 0, "latin1");
      head[5] = flags;
      head.writeBigInt64LE(granule, 6);
      head.writeUInt32LE(1, 14);
      head.writeUInt32LE(pages.length, 18);
      head[26] = lengths.length;
      const page = Buffer.concat([head, lengths, data]);
      page.writeUInt32LE(checksumOf(page), 22);
      pages.push(page);
    },
    file: (): Buffer => Buffer.concat(pages),
  };
}

/** The lengths of the pieces of one whole packet. */
export const lengthsOf = (size: number): Buffer =>
  Buffer.from([...Array<number>(Math.floor(size / 255)).fill(255), size % 255]);

/** What a decoder of Opus needs, and a list of titles without titles and without the name of the program. */
export function opusHeads(writer: ReturnType<typeof pageWriter>, head: Buffer): void {
  const titles = Buffer.alloc(16);
  titles.write("OpusTags", "latin1");
  for (const [data, flags] of [
    [opusHead(head), first],
    [titles, 0],
  ] as const)
    writer.write({ flags, granule: 0n, lengths: lengthsOf(data.length), data });
}

function opusHead(packet: Buffer): Buffer {
  const [version = 16, channels = 0] = packet.subarray(8, 10);
  if (packet.length < 19 || version > 15) throw new Unheard();
  // Sound for many loudspeakers has packets of another shape.
  if (channels < 1 || channels > 2 || packet[18] !== 0) throw new Unheard("unknown-type");
  const head = Buffer.from(packet.subarray(0, 19));
  // With what the sound was recorded tells of the phone. Players go by 48,000 alone.
  head.writeUInt32LE(48_000, 12);
  return head;
}

/**
 * Voice notes of messengers: Opus in Ogg. The copy holds one stream, the first of Opus, page by page. Its titles, its number, other
 * streams, and bytes that fill packets up are left out.
 */
export function oggCopy(file: Buffer): Buffer {
  const writer = pageWriter();
  let stream: number | undefined;
  let heads = 0;
  const sound = new OpenPackets();
  for (const page of pagesOf(file)) {
    if (stream === undefined && page.flags & first && page.data.indexOf("OpusHead") === 0) {
      stream = page.stream;
      opusHeads(writer, page.data);
      heads = 1;
    } else if (stream === undefined || page.stream !== stream) continue;
    else if (page.flags & first)
      break; // Another recording behind this one.
    else if (heads === 1) {
      // The titles end with their page.
      if (page.lengths.at(-1) !== 255) heads = 2;
    } else {
      for (const quiet of sound.add(page)) writer.write(quiet);
      if (page.flags & last) break;
    }
  }
  if (stream === undefined) throw new Unheard("unknown-type");
  if (heads < 2) throw new Unheard();
  for (const cut of sound.cutOff()) writer.write(cut);
  return writer.file();
}

/** Holds pages back until the packets that lie in them have ended, because a packet is filled up at its end. */
class OpenPackets {
  private pages: Page[] = [];
  private pieces: Buffer[] = [];

  /** Gives the pages that are quiet now. */
  add(page: Page): Page[] {
    if (!(page.flags & continued)) this.pieces = [];
    this.pages.push({ ...page, flags: page.flags & (continued | last) });
    let at = 0;
    for (const length of page.lengths) {
      this.pieces.push(page.data.subarray(at, at + length));
      at += length;
      if (length < 255) this.end();
    }
    return this.pieces.length === 0 ? this.pages.splice(0) : [];
  }

  /** Gives the pages of a recording that was cut off inside a packet. */
  cutOff(): Page[] {
    for (const piece of this.pieces) piece.fill(0);
    return this.pages;
  }

  private end(): void {
    const packet = Buffer.concat(this.pieces);
    quietOpus(packet);
    let at = 0;
    for (const piece of this.pieces) {
      packet.copy(piece, 0, at, at + piece.length);
      at += piece.length;
    }
    this.pieces = [];
  }
}
