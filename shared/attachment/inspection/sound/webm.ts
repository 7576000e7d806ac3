import { lengthsOf, opusHeads, pageWriter } from "./ogg.ts";
import { quietOpus, samplesOfPacket } from "./opus.ts";
import { PieceCount, Unheard } from "./unheard.ts";

/** The elements that are read, by their numbers (RFC 9559). Those that hold others are stepped into. */
const steppedInto = [0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0];
const trackEntry = 0xae;
const [trackNumber, trackType, codec, forDecoder, encodings] = [0xd7, 0x83, 0x86, 0x63a2, 0x6d80];
const blocks = [0xa3, 0xa1];
const sound = 2;

/** A number of Matroska: its first byte says how many bytes it has. */
function numberAt(file: Buffer, at: number, { withLength }: { withLength: boolean }) {
  const head = file[at] ?? 0;
  const bytes = Math.clz32(head) - 23;
  if (bytes > 8 || at + bytes > file.length) throw new Unheard();
  let value = withLength ? head : head & (0xff >> bytes);
  for (let place = 1; place < bytes; place++) value = value * 256 + (file[at + place] ?? 0);
  return { value, end: at + bytes, isUnknown: value === 2 ** (7 * bytes) - 1 };
}

/** The elements of a file, one behind the other. Browsers do not say how long a recording is that they still make. */
function* elementsOf(file: Buffer): Generator<{ type: number; body: Buffer }> {
  const elements = new PieceCount();
  for (let at = 0; at < file.length;) {
    elements.add();
    const { value: type, end: head } = numberAt(file, at, { withLength: true });
    const { value: size, end: start, isUnknown } = numberAt(file, head, { withLength: false });
    if (steppedInto.includes(type)) {
      yield { type, body: file.subarray(start, start) };
      at = start;
      continue;
    }
    if (isUnknown || start + size > file.length) return; // The recording was cut off here.
    yield { type, body: file.subarray(start, start + size) };
    at = start + size;
  }
}

interface Track {
  number: number;
  type: number;
  codec: string;
  head: Buffer;
  isEncoded: boolean;
}

/** Finds the one track of a recording, and its packets. A film is not taken. */
function heard(file: Buffer): { head: Buffer; packets: Buffer[] } {
  const tracks: Track[] = [];
  const packets: Buffer[] = [];
  for (const { type, body } of elementsOf(file)) {
    const track = tracks.at(-1);
    if (type === trackEntry)
      tracks.push({ number: 0, type: 0, codec: "", head: Buffer.alloc(0), isEncoded: false });
    else if (blocks.includes(type)) packets.push(packetOf(body, tracks[0]));
    else if (!track) continue;
    else if (type === trackNumber) track.number = body.readUIntBE(0, Math.min(body.length, 6));
    else if (type === trackType) track.type = body[0] ?? 0;
    else if (type === codec) track.codec = body.toString("latin1").replace(/\0+$/, "");
    else if (type === forDecoder) track.head = body;
    else if (type === encodings) track.isEncoded = true;
  }
  const [only, ...others] = tracks;
  if (!only || others.length > 0 || only.type !== sound || only.codec !== "A_OPUS" || only.isEncoded)
    throw new Unheard("unknown-type");
  if (packets.length === 0) throw new Unheard();
  return { head: only.head, packets };
}

function packetOf(block: Buffer, track: Track | undefined): Buffer {
  const { value, end } = numberAt(block, 0, { withLength: false });
  const laced = (block[end + 2] ?? 0) & 6;
  if (value !== track?.number || laced > 0 || end + 3 >= block.length) throw new Unheard("unknown-type");
  return block.subarray(end + 3);
}

/** So many packets of a fiftieth of a second are a page. */
const packetsOfPage = 50;
/** A page has so many pieces of packets, each of 255 bytes or the rest. */
const mostPieces = 255;
const piecesOf = (size: number): number => Math.floor(size / 255) + 1;

/** Sound that a browser recorded: Opus in WebM. Its packets are put into Ogg, and nothing else is. */
export function webmCopy(file: Buffer): Buffer {
  const { head, packets } = heard(Buffer.from(file));
  const writer = pageWriter();
  if (head.indexOf("OpusHead") !== 0) throw new Unheard();
  opusHeads(writer, head);
  let granule = 0;
  let page: Buffer[] = [];
  let lengths: number[] = [];
  for (const [index, packet] of packets.entries()) {
    quietOpus(packet);
    granule += samplesOfPacket(packet);
    page.push(packet);
    lengths.push(...lengthsOf(packet.length));
    const following = packets[index + 1];
    const isFull =
      page.length === packetsOfPage || lengths.length + piecesOf(following?.length ?? 0) > mostPieces;
    if (following && !isFull) continue;
    if (lengths.length > mostPieces) throw new Unheard();
    writer.write({
      flags: following ? 0 : 4,
      granule: BigInt(granule),
      lengths: Buffer.from(lengths),
      data: Buffer.concat(page),
    });
    page = [];
    lengths = [];
  }
  return writer.file();
}
