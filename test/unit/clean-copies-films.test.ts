import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspect } from "../../shared/attachment/inspection/inspection.ts";
import { box, filmOf, pictures, placesOfFilms, type Script, script, u32 } from "../fakes/marked-films.ts";

const outcomeOf = (bytes: Buffer) => inspect(bytes, { megapixels: 50 });
const copyOf = async (bytes: Buffer): Promise<Buffer> => {
  const outcome = await outcomeOf(bytes);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return Buffer.from(outcome.copy.bytes);
};
const utf16 = (mark: string) => Buffer.from(mark, "utf16le");
const writings: Record<string, (mark: string) => Buffer> = {
  "in letters": (mark) => Buffer.from(mark),
  "in UTF-16 LE": utf16,
  "in UTF-16 BE": (mark) => utf16(mark).swap16(),
};
const scriptWith = (places: readonly string[], mark: Buffer): Script => {
  const of = script();
  for (const place of places) placesOfFilms[place]?.(of, mark);
  return of;
};
/** What the name of a kind or a compressor can hold of a mark. */
const shortest = (mark: Buffer) => mark.subarray(0, 4);

describe("a mark in a place of a film that is neither seen nor heard", () => {
  test.each(Object.keys(placesOfFilms))("the copy of a film says nothing of a mark in: %s", async (place) => {
    for (const write of Object.values(writings))
      for (const inFragments of [false, true]) {
        const mark = write("QvzTandaRahasia");
        const original = filmOf(scriptWith([place], mark), { inFragments });
        expect(original.includes(shortest(mark))).toBe(true);
        const copy = await copyOf(original);
        expect([inFragments, copy.includes(shortest(mark))]).toEqual([inFragments, false]);
        expect(copy.length).toBe(original.length);
        for (const words of [...pictures, "SUARA-PERTAMA", "SUARA-KEDUA"])
          expect(copy.indexOf(words)).toBe(original.indexOf(words));
      }
  });

  test("the copy of a film says nothing of marks in several places, and its pictures and sounds lie where they lay", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(Object.keys(placesOfFilms), { minLength: 1, maxLength: 8 }),
        fc.stringMatching(/^Qvz[A-Za-z]{9,20}$/),
        fc.constantFrom(...Object.keys(writings)),
        fc.boolean(),
        async (places, words, writing, inFragments) => {
          const mark = writings[writing]?.(words) ?? Buffer.alloc(0);
          const original = filmOf(scriptWith(places, mark), { inFragments });
          const copy = await copyOf(original);
          expect(copy.includes(shortest(mark))).toBe(false);
          for (const picture of pictures) expect(copy.indexOf(picture)).toBe(original.indexOf(picture));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("the copy of a film has no date of recording", async () => {
    const copy = await copyOf(filmOf(script()));
    expect(copy.includes(u32(script().dates))).toBe(false);
  });

  test("what is seen and heard is the same, byte by byte, and so are the tables that place it", async () => {
    const original = filmOf(script());
    const copy = await copyOf(original);
    for (const type of ["stts", "stsz", "stsc", "stco", "avcC", "esds", "mdat"]) {
      const at = original.indexOf(type);
      const end = at - 4 + original.readUInt32BE(at - 4);
      expect([type, copy.subarray(at, end).equals(original.subarray(at, end))]).toEqual([type, true]);
    }
  });

  test("a film of an iPhone (.mov) becomes an MP4 with the same pictures and sounds, where players find what decodes its sound", async () => {
    const of = { ...script(), brands: "qt  ", isQuickTime: true };
    const original = filmOf(of);
    const outcome = await outcomeOf(original);
    if ("refused" in outcome) throw new Error(outcome.refused);
    const copy = Buffer.from(outcome.copy.bytes);
    expect([outcome.originalType, outcome.copy.type]).toEqual(["video/quicktime", "video/mp4"]);
    expect([copy.length, copy.toString("latin1", 8, 12)]).toEqual([original.length, "isom"]);
    for (const words of [...pictures, "SUARA-PERTAMA", "SUARA-KEDUA"])
      expect(copy.indexOf(words)).toBe(original.indexOf(words));
    const sound = copy.indexOf("mp4a");
    expect(copy.readUInt16BE(sound + 4 + 8)).toBe(0);
    expect(copy.toString("latin1", sound + 4 + 28 + 4, sound + 4 + 28 + 8)).toBe("esds");
    expect([copy.includes("wave"), copy.includes("chan"), copy.includes("qt  ")]).toEqual([
      false,
      false,
      false,
    ]);
    expect((await copyOf(copy)).equals(copy)).toBe(true);
  });

  test.each(Object.keys(placesOfFilms))(
    "the copy of a film of an iPhone says nothing of a mark in: %s",
    async (place) => {
      const mark = Buffer.from("QvzTandaRahasia");
      const original = filmOf({ ...scriptWith([place], mark), isQuickTime: true });
      expect((await copyOf(original)).includes(shortest(mark))).toBe(false);
    },
  );

  test("a second sound that only its phone's programs know goes, where another one stays", async () => {
    const of = script();
    of.others.push({ handler: "soun", data: Buffer.from("QvzSuara") });
    const copy = await copyOf(filmOf(of));
    expect([copy.includes("QvzSuara"), copy.includes("SUARA-KEDUA")]).toEqual([false, true]);
  });

  test("a note of the encoder that says where playing can begin stays", async () => {
    const of = script();
    const kept = Buffer.from([0, 0, 0, 5, 6, 6, 1, 0xc4, 0x80]);
    of.units.push(kept);
    expect((await copyOf(filmOf(of))).includes(kept)).toBe(true);
  });

  test("an M4A of a phone keeps its sound and loses its cover, which is a track of stills", async () => {
    const of = script();
    of.others.push({ handler: "vide", data: Buffer.from("QvzSampul") });
    const film = filmOf(of);
    const still = film.lastIndexOf("mett");
    film.write("jpeg", still, "latin1");
    const copy = await copyOf(film);
    expect(copy.includes("QvzSampul")).toBe(false);
    expect(copy.includes("SUARA-KEDUA")).toBe(true);
  });

  test.each([3, 64])(
    "%i bytes behind the last box of a film, as some phones write them, refuse no film",
    async (length) => {
      const film = filmOf(script());
      const copy = await copyOf(Buffer.concat([film, Buffer.alloc(length, "QvzTanda")]));
      expect(copy.length).toBe(film.length + length);
      expect(copy.includes("Qvz")).toBe(false);
      expect((await copyOf(copy)).equals(copy)).toBe(true);
    },
  );

  test("what stands behind the last whole unit of a picture is blanked", async () => {
    const of = script();
    of.behindPictures = Buffer.concat([u32(1000), Buffer.from("QvzTanda")]);
    const copy = await copyOf(filmOf(of));
    expect(copy.includes("Qvz")).toBe(false);
    for (const picture of pictures) expect(copy.includes(picture)).toBe(true);
  });

  test("the copy of a film in AV1 says nothing of a mark behind its last whole unit", async () => {
    const of = script();
    of.behindPictures = Buffer.from([0x0a, 0x7f, ...Buffer.from("QvzTanda")]);
    const film = filmOf(of);
    film.write("av01", film.indexOf("avc1"), "latin1");
    film.write("av1C", film.indexOf("avcC"), "latin1");
    for (const picture of pictures) {
      const at = film.indexOf(picture) - 5;
      film.set([0x32, picture.length + 3, 0, 0, 0], at);
    }
    const copy = await copyOf(film);
    expect(copy.includes("Qvz")).toBe(false);
    for (const picture of pictures) expect(copy.includes(picture)).toBe(true);
  });

  test("sounds of one size each lose what an encoder writes in front of every one", async () => {
    const of = script();
    of.sound = Buffer.concat([Buffer.from([0b100_0000_1, 8]), Buffer.from("QvzTanda")]);
    of.sounds = ["SUARA-PERTAMA", "SUARA-KEDUA--"];
    const film = filmOf(of);
    const table = film.lastIndexOf("stsz") + 4;
    film.writeUInt32BE(film.readUInt32BE(table + 12), table + 4);
    const copy = await copyOf(film);
    expect(copy.includes("Qvz")).toBe(false);
    for (const sound of of.sounds) expect(copy.includes(sound)).toBe(true);
  });

  test.each(["M4V ", "3gp4"])(
    "a film of the kind %s is taken as one, and its copy keeps that kind",
    async (kind) => {
      const of = script();
      of.brands = kind;
      const outcome = await outcomeOf(filmOf(of));
      expect(outcome).toMatchObject({ originalType: "video/mp4", copy: { type: "video/mp4" } });
      expect((await copyOf(filmOf(of))).toString("latin1", 8, 12)).toBe(kind);
    },
  );

  test("the copy of a film is its own source, whatever path the film names", async () => {
    const copy = await copyOf(filmOf(scriptWith(["the path of the data"], Buffer.from("QvzTanda"))));
    expect(copy.includes(Buffer.concat([Buffer.from("url "), u32(1)]))).toBe(true);
  });

  test("a fragment of the copy holds no part of a track that is gone", async () => {
    const copy = await copyOf(
      filmOf(scriptWith(["a track of positions"], Buffer.from("QvzTanda")), { inFragments: true }),
    );
    expect(copy.toString("latin1").match(/traf/g)).toHaveLength(2);
  });

  test("what a decoder reads behind the comment on the channels of a sound stays", async () => {
    const of = script();
    placesOfFilms["the comment on the channels of a sound"]?.(of, Buffer.from("QvzTanda"));
    const upperHalf = Buffer.from([0x56, 0xe5, 0x98]);
    of.decoder = Buffer.concat([of.decoder, upperHalf]);
    const copy = await copyOf(filmOf(of));
    expect(copy.includes(Buffer.concat([Buffer.alloc(8), upperHalf]))).toBe(true);
  });

  test("sounds whose sizes are written in half bytes stay", async () => {
    const of = script();
    of.sounds = ["SUARA-1", "KEDUA", "TIGA"];
    const film = filmOf(of);
    const table = film.lastIndexOf("stsz");
    film.write("stz2", table, "latin1");
    film.set([0, 0, 0, 4, 0, 0, 0, 3, 0x86, 0x50, 0, 0], table + 8);
    film.fill(0, table + 20, table + 28);
    const copy = await copyOf(film);
    for (const sound of of.sounds) expect(copy.includes(sound)).toBe(true);
  });

  test("a copy of a copy is the same file", async () => {
    const once = await copyOf(filmOf(scriptWith(Object.keys(placesOfFilms), Buffer.from("QvzTanda"))));
    expect((await copyOf(once)).equals(once)).toBe(true);
  });
});

describe("a film that contradicts itself", () => {
  const changed = (change: (film: Buffer) => unknown, inFragments = false) => {
    const film = filmOf(script(), { inFragments });
    change(film);
    return film;
  };
  const at = (film: Buffer, type: string, offset: number) => film.indexOf(type) + 4 + offset;
  const secondChunk = (film: Buffer) => film.lastIndexOf("stco") + 12;

  test.each<[string, () => Buffer]>([
    [
      "has samples of two tracks in one place",
      () => changed((film) => film.copy(film, secondChunk(film), at(film, "stco", 8), at(film, "stco", 12))),
    ],
    ["has samples outside its data", () => changed((film) => film.writeUInt32BE(20, at(film, "stco", 8)))],
    ["has samples behind its end", () => changed((film) => film.writeUInt32BE(2 ** 31, at(film, "stco", 8)))],
    [
      "has a sample that is longer than the data",
      () => changed((film) => film.writeUInt32BE(2 ** 20, at(film, "stsz", 16))),
    ],
    [
      "counts more samples than its table has",
      () => changed((film) => film.writeUInt32BE(2 ** 30, at(film, "stsz", 8))),
    ],
    [
      "places fewer samples than it counts",
      () => changed((film) => film.writeUInt32BE(1, at(film, "stsc", 12))),
    ],
    [
      "places more samples than it counts",
      () => changed((film) => film.writeUInt32BE(3, at(film, "stsc", 12))),
    ],
    [
      "counts more chunks than its table has",
      () => changed((film) => film.writeUInt32BE(2 ** 30, at(film, "stco", 4))),
    ],
    [
      "counts a billion pictures in a fragment",
      () => changed((film) => film.writeUInt32BE(2 ** 30, at(film, "trun", 4)), true),
    ],
    [
      "has a fragment that points in front of it",
      () => changed((film) => film.writeInt32BE(-(2 ** 20), at(film, "trun", 8)), true),
    ],
    [
      "is packed by a codec that nobody knows",
      () => changed((film) => film.write("QvzX", film.indexOf("avc1"), "latin1")),
    ],
    [
      "has its sounds in a box behind its data",
      () => {
        const film = filmOf(script());
        film.writeUInt32BE(film.length + 8, secondChunk(film));
        return Buffer.concat([film, box("free", Buffer.alloc(64, 1))]);
      },
    ],
    [
      "says that its data are elsewhere",
      () => changed((film) => (film[film.indexOf("esds") + 4 + 4 + 3 + 2] = 0x40)),
    ],
    [
      "claims millions of empty pictures in a few bytes",
      () =>
        changed((film) => {
          film.writeUInt32BE(0, at(film, "trun", 0));
          film.writeUInt32BE(2_000_001, at(film, "trun", 4));
        }, true),
    ],
    [
      "has two tracks of one number",
      () => changed((film) => film.writeUInt32BE(1, film.lastIndexOf("tkhd") + 4 + 12)),
    ],
    [
      "has a table twice",
      () => {
        const of = script();
        of.inTable.push(box("stco", u32(0, 0)));
        return filmOf(of);
      },
    ],
  ])("a film is refused as unreadable that %s", async (_what, make) => {
    expect(await outcomeOf(make())).toEqual({ refused: "unreadable" });
  });
});
