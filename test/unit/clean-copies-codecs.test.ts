import { describe, expect, test } from "vitest";
import { boxesIn } from "../../shared/attachment/inspection/movie/boxes.ts";
import { quietDescriptions } from "../../shared/attachment/inspection/movie/descriptions.ts";
import { quietAac, quietObus, quietUserData } from "../../shared/attachment/inspection/movie/quiet.ts";
import { bitsOf, box, u32, unit } from "../fakes/marked-films.ts";

const mark = Buffer.from("QvzTanda");
const bytes = (...parts: (Buffer | number[] | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

/** The description of one kind of sound or pictures, and how its samples are made quiet. */
function described(kind: string, handler: string, ...parts: Buffer[]) {
  const head = Buffer.alloc(handler === "vide" ? 78 : 28);
  const file = box("stsd", u32(0, 1), box(kind, head, ...parts));
  const [table] = boxesIn(file, 0, file.length);
  if (!table) throw new Error("There is no table");
  return { file, quieting: quietDescriptions(file, table, handler)[0] };
}

describe("what codecs say beside pictures and sound", () => {
  test("titles and pictures in the description of FLAC become padding, and how it is decoded stays", () => {
    const stream = bytes([0, 0, 0, 34], Buffer.alloc(34, 9));
    const { file } = described("fLaC", "soun", box("dfLa", u32(0), stream, bytes([0x84, 0, 0, 8], mark)));
    expect(file.includes(mark)).toBe(false);
    expect(file.includes(stream)).toBe(true);
    expect(file.includes(bytes([0x81, 0, 0, 8], Buffer.alloc(8)))).toBe(true);
  });

  test("the maker of an encoder of AMR goes", () => {
    const { file } = described("samr", "soun", box("damr", bytes("Qvzm", [1, 0x81, 0xff, 0, 1])));
    expect(file.includes("Qvzm")).toBe(false);
    expect(file.includes(bytes([1, 0x81, 0xff, 0, 1]).subarray(1))).toBe(true);
  });

  test("notes of an encoder in HEVC go from the description and from every picture", () => {
    const note = (words: Buffer) => bytes([39 << 1, 1, 5, words.length], words, [0x80]);
    const set = note(mark);
    const head = Buffer.alloc(23);
    head.set([0x03, 1], 21);
    const list = bytes([39, 0, 1, 0, set.length], set);
    const { file, quieting } = described("hvc1", "vide", box("hvcC", head, list, mark));
    expect(file.includes(mark)).toBe(false);
    const picture = bytes(unit(note(mark)), unit([1 << 1, 1], Buffer.from("GAMBAR")));
    quieting?.(picture, 0, picture.length);
    expect(picture.includes(mark)).toBe(false);
    expect(picture.includes("GAMBAR")).toBe(true);
  });

  test("colours of H.264 stay in its description, and what stands behind them goes", () => {
    const parameters = bytes([1, 100, 0, 30, 0xff, 0xe0, 0], [0xfd, 0xf8, 0xf8, 0]);
    const { file } = described("avc1", "vide", box("avcC", parameters, mark));
    expect(file.includes(parameters)).toBe(true);
    expect(file.includes(mark)).toBe(false);
  });

  test("texts of an encoder of MPEG-4 go, and what follows them stays", () => {
    const picture = bytes([0, 0, 1, 0xb2], mark, [0, 0, 1, 0xb6], "GAMBAR");
    quietUserData(picture, 0, picture.length);
    expect(picture).toEqual(bytes([0, 0, 1, 0xb2], Buffer.alloc(8, 0xff), [0, 0, 1, 0xb6], "GAMBAR"));
  });

  test("metadata of AV1 become padding, and pictures stay", () => {
    const picture = bytes([(5 << 3) | 2, mark.length], mark, [(6 << 3) | 2, 6], "GAMBAR");
    quietObus(picture, 0, picture.length);
    expect(picture).toEqual(bytes([(15 << 3) | 2, 8], Buffer.alloc(7), [0x80], [(6 << 3) | 2, 6], "GAMBAR"));
  });

  test("long filling in front of AAC goes, and so do data behind it", () => {
    const bitsOfText = (text: string) =>
      [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
    // Filling of 15 + 3 - 1 bytes; then data of 8 bytes, not aligned; then a channel.
    const front = (filling: string, data: string) =>
      `110 1111 00000011 ${filling} 100 0000 0 00001000 ${data}`;
    const sound = bitsOf(
      `${front(`0000${bitsOfText("QvzTandaRahasia!")}0000`, bitsOfText("QvzTanda"))} 000 ${bitsOfText("SUARA")}`,
    );
    quietAac(sound, 0, sound.length);
    expect(sound).toEqual(bitsOf(`${front("0".repeat(17 * 8), "0".repeat(64))} 000 ${bitsOfText("SUARA")}`));
  });

  test.each([13, 14])("the upper half of a sound, which AAC writes as filling of kind %i, stays", (kind) => {
    const sound = bitsOf(`110 0011 ${kind.toString(2).padStart(4, "0")} ${"1".repeat(20)} 000`);
    const before = Buffer.from(sound);
    quietAac(sound, 0, sound.length);
    expect(sound).toEqual(before);
  });
});
