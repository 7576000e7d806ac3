import { u32 } from "./marked-films.ts";

const bytes = (...values: number[]) => Buffer.from(values);
/** What is heard in the recordings of these tests. */
export const sounds = ["SUARA-PERTAMA", "SUARA-KEDUA", "SUARA-KETIGA"];

/** A frame of MP3: one channel, 128 kbit/s. What is heard is followed by what an encoder writes as it likes. */
export function mp3Frame(heard: string, { behind = "", before = 0, mark = "" } = {}): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc0]);
  const side = 4;
  frame[side] = before >> 1;
  const bits = heard.length * 8;
  // Nine bits of "before", five free ones, four for both halves, then the length of the first half in twelve.
  frame[side + 1] = ((before & 1) << 7) | (mark ? 0x7c : 0);
  frame[side + 2] = bits >> 6;
  frame[side + 3] = (bits & 63) << 2;
  frame.write(heard.slice(before), side + 17, "latin1");
  frame.write(behind, side + 17 + heard.length - before, "latin1");
  return frame;
}

const id3 = (mark: string) => {
  const text = Buffer.concat([Buffer.from("TIT2"), u32(mark.length + 1), bytes(0, 0, 3), Buffer.from(mark)]);
  return Buffer.concat([Buffer.from("ID3"), bytes(4, 0, 0, 0, 0, text.length >> 7, text.length & 127), text]);
};
const id3v1 = (mark: string) => Buffer.from(`TAG${mark.slice(0, 30)}`.padEnd(128, "\0"), "latin1");
const ape = (mark: string) => Buffer.from(`APETAGEX\0\0\0\0Title\0${mark}APETAGEX`, "latin1");
const xing = (mark: string) => {
  const frame = mp3Frame("");
  frame.write(`Xing${mark}`, 21, "latin1");
  return frame;
};

/** An MP3 with a mark in each of these places. */
export const placesOfMp3: Record<string, (mark: string) => Buffer> = {
  "a title in front": (mark) => Buffer.concat([id3(mark), ...mp3()]),
  "two titles in front": (mark) => Buffer.concat([id3(mark), id3(mark), ...mp3()]),
  "a title behind": (mark) => Buffer.concat([...mp3(), id3v1(mark)]),
  "a list of titles behind": (mark) => Buffer.concat([...mp3(), ape(mark), id3v1(mark)]),
  "lyrics behind": (mark) => Buffer.concat([...mp3(), Buffer.from(`LYRICSBEGIN${mark}LYRICS200`)]),
  "how it was encoded": (mark) => Buffer.concat([xing(mark), ...mp3()]),
  "bytes behind what is heard": (mark) => Buffer.concat(mp3({ behind: mark })),
  "bytes between frames": (mark) => {
    const [first, second, third] = mp3();
    return Buffer.concat([first ?? bytes(), second ?? bytes(), Buffer.from(mark), third ?? bytes()]);
  },
};
export const mp3 = (change: { behind?: string } = {}): Buffer[] =>
  sounds.map((heard) => mp3Frame(heard, change));

/** A page of Ogg. Its checksum is that of the marked file, so it is left out. */
export const oggPage = (
  packets: readonly Buffer[],
  { flags = 0, granule = 0, stream = 0x516e7a01, number = 0, isOpen = false } = {},
): Buffer => {
  const lengths = packets.flatMap((packet, index) => [
    ...Array<number>(Math.floor(packet.length / 255)).fill(255),
    ...(isOpen && index === packets.length - 1 ? [] : [packet.length % 255]),
  ]);
  const head = Buffer.alloc(27);
  head.write("OggS");
  head[5] = flags;
  head.writeBigInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(stream, 14);
  head.writeUInt32LE(number, 18);
  head[26] = lengths.length;
  return Buffer.concat([head, bytes(...lengths), ...packets]);
};
export const opusHead = (rate = 48_000) => {
  const head = Buffer.alloc(19);
  head.write("OpusHead");
  head.set([1, 1, 0x38, 1], 8);
  head.writeUInt32LE(rate, 12);
  return head;
};
const titles = (maker: string, ...comments: string[]) => {
  const size = (text: string) =>
    Buffer.concat([bytes(text.length & 255, text.length >> 8, 0, 0), Buffer.from(text)]);
  return Buffer.concat([
    Buffer.from("OpusTags"),
    size(maker),
    bytes(comments.length, 0, 0, 0),
    ...comments.map(size),
  ]);
};
/** A packet of one frame, and one that is filled up with a mark. */
export const opusPacket = (heard: string) => Buffer.concat([bytes(0x08), Buffer.from(heard)]);
const filledPacket = (heard: string, mark: string) =>
  Buffer.concat([bytes(0x0b, 0x41, mark.length), Buffer.from(heard), Buffer.from(mark)]);

interface Ogg {
  maker?: string;
  comments?: string[];
  packets?: Buffer[];
  rate?: number;
}
export const ogg = ({
  maker = "",
  comments = [],
  packets = sounds.map(opusPacket),
  rate = 48_000,
}: Ogg = {}) => [
  oggPage([opusHead(rate)], { flags: 2 }),
  oggPage([titles(maker, ...comments)], { number: 1 }),
  oggPage(packets, { flags: 4, granule: 2880, number: 2 }),
];

/** A voice note in Ogg with a mark in each of these places. */
export const placesOfOgg: Record<string, (mark: string) => Buffer> = {
  "the program that made it": (mark) => Buffer.concat(ogg({ maker: mark })),
  "a title": (mark) => Buffer.concat(ogg({ comments: [`TITLE=${mark}`, `LOCATION=${mark}`] })),
  "a picture in the titles, over several pages": (mark) => {
    const long = titles(mark, `METADATA_BLOCK_PICTURE=${mark.repeat(20_000 / mark.length)}`);
    const whole = long.subarray(0, 255 * 20);
    const [first, , last] = ogg();
    return Buffer.concat([
      first ?? bytes(),
      oggPage([whole], { number: 1, isOpen: true }),
      oggPage([long.subarray(whole.length)], { flags: 1, number: 2 }),
      last ?? bytes(),
    ]);
  },
  "another stream": (mark) => {
    const [first, tags, last] = ogg();
    const other = { stream: 7 };
    return Buffer.concat([
      first ?? bytes(),
      oggPage([Buffer.from(`\x80theora${mark}`)], { ...other, flags: 2 }),
      tags ?? bytes(),
      oggPage([Buffer.from(mark)], { ...other, number: 1 }),
      last ?? bytes(),
    ]);
  },
  "bytes between pages": (mark) => {
    const [first, ...others] = ogg();
    return Buffer.concat([first ?? bytes(), Buffer.from(mark), ...others]);
  },
  "bytes behind": (mark) => Buffer.concat([...ogg(), Buffer.from(mark)]),
  "another recording behind": (mark) => Buffer.concat([...ogg(), ...ogg({ comments: [mark] })]),
  "bytes that fill a packet up": (mark) =>
    Buffer.concat(ogg({ packets: sounds.map((heard) => filledPacket(heard, mark)) })),
  "bytes that fill a packet of two pages up": (mark) => {
    const [first, tags] = ogg();
    const packet = filledPacket(`${sounds.join("")}${"-".repeat(300)}`, mark);
    const cut = 255;
    return Buffer.concat([
      first ?? bytes(),
      tags ?? bytes(),
      oggPage([packet.subarray(0, cut)], { number: 2, isOpen: true }),
      oggPage([packet.subarray(cut)], { flags: 5, granule: 960, number: 3 }),
    ]);
  },
};

const element = (type: number[], ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  return Buffer.concat([bytes(...type), bytes(0x40 | (body.length >> 8), body.length & 255), body]);
};
const trackOf = (...more: Buffer[]) =>
  element(
    [0xae],
    element([0xd7], bytes(1)),
    element([0x83], bytes(2)),
    element([0x86], "A_OPUS"),
    element([0x63, 0xa2], opusHead()),
    ...more,
  );
const block = (packet: Buffer, at: number) => element([0xa3], bytes(0x81, at >> 8, at & 255, 0x80), packet);
interface Webm {
  info?: Buffer[];
  inTrack?: Buffer[];
  inCluster?: Buffer[];
  behind?: Buffer[];
  packets?: Buffer[];
}
const unknownSize = bytes(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
/** Sound as a browser records it: nothing says how long it is. */
export const webm = ({
  info = [],
  inTrack = [],
  inCluster = [],
  behind = [],
  packets = sounds.map(opusPacket),
}: Webm = {}) =>
  Buffer.concat([
    element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], "webm")),
    bytes(0x18, 0x53, 0x80, 0x67),
    unknownSize,
    element([0x15, 0x49, 0xa9, 0x66], ...info),
    element([0x16, 0x54, 0xae, 0x6b], trackOf(...inTrack)),
    bytes(0x1f, 0x43, 0xb6, 0x75),
    unknownSize,
    element([0xe7], bytes(0)),
    ...packets.map((packet, index) => block(packet, index * 20)),
    ...inCluster,
    ...behind,
  ]);

/** A recording of a browser with a mark in each of these places. */
export const placesOfWebm: Record<string, (mark: string) => Buffer> = {
  "its title and program": (mark) =>
    webm({ info: [element([0x7b, 0xa9], mark), element([0x4d, 0x80], mark), element([0x57, 0x41], mark)] }),
  "the name of its track": (mark) => webm({ inTrack: [element([0x53, 0x6e], mark)] }),
  "an element that nobody knows": (mark) => webm({ inCluster: [element([0xec], mark)] }),
  "tags and files behind": (mark) =>
    webm({ behind: [element([0x12, 0x54, 0xc3, 0x67], mark), element([0x19, 0x41, 0xa4, 0x69], mark)] }),
  "bytes that fill a packet up": (mark) =>
    webm({ packets: sounds.map((heard) => filledPacket(heard, mark)) }),
};

/** A voice note of an older phone: frames of 31 bytes. */
export const amr = () =>
  Buffer.concat([
    Buffer.from("#!AMR\n"),
    ...sounds.map((heard) => Buffer.concat([bytes(0x3c), Buffer.from(heard.padEnd(31, "."))])),
  ]);
export const placesOfAmr: Record<string, (mark: string) => Buffer> = {
  "bytes behind": (mark) => Buffer.concat([amr(), bytes(0xff), Buffer.from(mark)]),
};
