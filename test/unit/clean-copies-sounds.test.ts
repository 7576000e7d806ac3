import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect } from "../../shared/attachment/inspection/inspection.ts";
import {
  amr,
  mp3,
  mp3Frame,
  ogg,
  oggPage,
  opusHead,
  placesOfAmr,
  placesOfMp3,
  placesOfOgg,
  placesOfWebm,
  sounds,
  webm,
} from "../fakes/marked-sounds.ts";

const outcomeOf = (bytes: Buffer) => inspect(bytes, { megapixels: 50 });
const copyOf = async (bytes: Buffer): Promise<Buffer> => {
  const outcome = await outcomeOf(bytes);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return Buffer.from(outcome.copy.bytes);
};
const recordings = {
  MP3: { plain: () => Buffer.concat(mp3()), places: placesOfMp3, type: "audio/mpeg" },
  Ogg: { plain: () => Buffer.concat(ogg()), places: placesOfOgg, type: "audio/ogg" },
  WebM: { plain: webm, places: placesOfWebm, type: "audio/ogg" },
  AMR: { plain: amr, places: placesOfAmr, type: "audio/amr" },
};
const all = Object.entries(recordings);
const places = all.flatMap(([kind, { places }]) =>
  Object.entries(places).map(([place, build]) => [kind, place, build] as const),
);

describe("the copy of a voice note", () => {
  test.each(places)(
    "The copy of a recording in %s says nothing of a mark in: %s",
    async (_kind, _place, build) => {
      await fc.assert(
        fc.asyncProperty(fc.stringMatching(/^Qvz[A-Za-z]{5,27}$/), async (mark) => {
          const original = build(mark);
          expect(original.includes(mark)).toBe(true);
          const copy = await copyOf(original);
          expect(copy.includes(mark.slice(0, 6))).toBe(false);
          for (const heard of sounds) expect(copy.includes(heard)).toBe(true);
        }),
        { numRuns: 20 },
      );
    },
  );

  test.each(all)(
    "The copy of a recording in %s is of a kind that players know, and copied again it is the same",
    async (_kind, { plain, type }) => {
      const original = plain();
      const outcome = await outcomeOf(original);
      expect(original.equals(plain())).toBe(true);
      if ("refused" in outcome) throw new Error(outcome.refused);
      expect(outcome.copy.type).toBe(type);
      const copy = Buffer.from(outcome.copy.bytes);
      expect((await copyOf(copy)).equals(copy)).toBe(true);
    },
  );

  test.each(all)(
    "The copy of one recording in %s cannot be told from the copy of another with other marks",
    async (_kind, { plain, places }) => {
      const copy = await copyOf(plain());
      for (const [place, build] of Object.entries(places).filter(([name]) => !name.includes("fill")))
        expect([place, (await copyOf(build("QvzTandaRahasia"))).equals(copy)]).toEqual([place, true]);
    },
  );

  test("sound of an MP3 that begins in the frame before stays, and the bytes between go", async () => {
    const [first = "", second = ""] = sounds;
    const begun = mp3Frame(first);
    begun.write(`QvzTanda`, 4 + 17 + first.length, "latin1");
    begun.write(second.slice(0, 5), 417 - 5, "latin1");
    const file = Buffer.concat([begun, mp3Frame(second, { before: 5 }), ...mp3()]);
    const copy = await copyOf(file);
    expect(copy.includes("Qvz")).toBe(false);
    expect(copy.subarray(417 - 5, 417).toString()).toBe(second.slice(0, 5));
    expect(copy.includes(second.slice(5))).toBe(true);
  });

  test("free bits of an MP3 are cleared, and where a checksum covers them they stay true", async () => {
    const frames = sounds.map((heard) => mp3Frame(heard, { mark: "x" }));
    expect(((await copyOf(Buffer.concat(frames)))[5] ?? 0) & 0x7c).toBe(0);
  });

  test("the rate and the number of a voice note tell no phone from another", async () => {
    const other = ogg({ rate: 16_000 });
    const page = oggPage([opusHead(16_000)], { flags: 2, stream: 99 });
    const same = [page, ...other.slice(1).map((one) => Buffer.from(one).fill(99, 14, 15).fill(0, 15, 18))];
    expect((await copyOf(Buffer.concat(same))).equals(await copyOf(Buffer.concat(ogg())))).toBe(true);
  });

  test.each(all)(
    "A recording in %s that was cut off anywhere is copied or refused, and brings nothing down",
    async (_kind, { plain }) => {
      const whole = plain();
      await fc.assert(
        fc.asyncProperty(
          fc.nat(whole.length),
          fc.nat(whole.length),
          fc.nat(255),
          async (length, at, byte) => {
            const cut = Buffer.from(whole.subarray(0, length));
            if (at < cut.length) cut[at] = byte;
            const outcome = await outcomeOf(cut);
            if ("refused" in outcome) expect(["unknown-type", "unreadable"]).toContain(outcome.refused);
            else expect(outcome.copy.bytes.length).toBeLessThanOrEqual(whole.length + 60);
          },
        ),
      );
    },
  );

  test.each<[string, () => Buffer, string]>([
    ["in Vorbis", () => oggPage([Buffer.from("\x01vorbis".padEnd(30, "\0"))], { flags: 2 }), "unknown-type"],
    [
      "for many loudspeakers",
      () => {
        const [head = Buffer.alloc(0), ...others] = ogg();
        head[28 + 18] = 1;
        return Buffer.concat([head, ...others]);
      },
      "unknown-type",
    ],
    [
      "of a browser that is a film",
      () => {
        const film = webm();
        film[film.indexOf(Buffer.from([0x83, 0x40, 0x01])) + 3] = 1;
        return film;
      },
      "unknown-type",
    ],
    [
      "that is one frame of an MP3",
      () => Buffer.concat([mp3Frame("SUARA"), Buffer.from("Qvz")]),
      "unreadable",
    ],
  ])("A recording %s is refused", async (_what, build, reason) => {
    const outcome = await outcomeOf(build());
    expect(outcome).toMatchObject({ refused: expect.stringMatching(`${reason}|unknown-type`) });
  });

  test.each<[string, () => Buffer]>([
    [
      "starts of frames",
      () => Buffer.concat([...mp3(), Buffer.alloc(1_000_000, Buffer.from([0xff, 0xfb, 0x90, 0xc0]))]),
    ],
    ["bytes that begin a frame", () => Buffer.concat([...mp3(), Buffer.alloc(1_000_000, 0xff)])],
    ["names of pages", () => Buffer.concat([...ogg().slice(0, 2), Buffer.alloc(1_000_000, "OggS")])],
    [
      "empty pages",
      () => Buffer.concat([...ogg().slice(0, 2), Buffer.concat(Array<Buffer>(36_000).fill(oggPage([])))]),
    ],
    [
      "one open packet",
      () =>
        Buffer.concat([
          ...ogg().slice(0, 2),
          ...Array<Buffer>(16).fill(oggPage([Buffer.alloc(255 * 255)], { flags: 1, isOpen: true })),
        ]),
    ],
    ["small blocks", () => webm({ packets: Array<Buffer>(60_000).fill(Buffer.from([8, 1])) })],
  ])(
    "a megabyte of %s come to their end in seconds",
    async (_what, build) => {
      const file = build();
      const begun = performance.now();
      await outcomeOf(file);
      expect(performance.now() - begun).toBeLessThan(30_000);
    },
    60_000,
  );
});
