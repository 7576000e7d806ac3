import sharp from "sharp";

/** A photo as a phone takes it: with a camera and a position in Balikpapan. */
export const photo = ({ width = 640, height = 480, colour = "#ff0000" } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .withExif({
      IFD0: { Model: "TANDA-kamera", Artist: "TANDA-nama" },
      IFD3: {
        GPSLatitudeRef: "S",
        GPSLatitude: "1/1 14/1 16/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "116/1 51/1 36/1",
      },
    })
    .jpeg()
    .toBuffer();

/** Every scanner takes this for malware. It is in two parts, so that no scanner finds it here. */
export const testVirus = Buffer.from(
  ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""),
  "latin1",
);

/**
 * 64 x 48 pixels of HEVC with the camera "TANDA-kamera" and a position in Balikpapan. It was made with libheif, because
 * nothing here encodes HEVC.
 */
export const heicPhoto = Buffer.from(
  "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAF8AAgAAAAACQQABAAAAAAAAALAAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAABF21kYXQAAABbKAGvE4D4EOGn//2AqK/9MvV/nK6YlW9543/9A1cX8XrA7u9ulImyi3xaFKEXqwSYX1NuqoOEMdQ9w8+BTAyBQLs5mBpmBCS8Nh6xGbc+Mj4j9a7XNEk567BNsAAAAAZFeGlmAABNTQAqAAAACAADARAAAgAAAA0AAAAyARIAAwAAAAEABgAAiCUABAAAAAEAAABAAAAAAFRBTkRBLWthbWVyYQAAAAQAAQACAAAAAlMAAAAAAgAFAAAAAwAAAHYAAwACAAAAAkUAAAAABAAFAAAAAwAAAI4AAAAAAAAAAQAAAAEAAAAOAAAAAQAAABAAAAABAAAAdAAAAAEAAAAzAAAAAQAAACQAAAAB",
  "base64",
);

const box = (type: string, ...parts: (Uint8Array | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
};
const numbers = (...of: number[]): Buffer => {
  const bytes = Buffer.alloc(of.length * 4);
  for (const [index, number] of of.entries()) bytes.writeUInt32BE(number, index * 4);
  return bytes;
};

/** A film as an action camera writes it: one track of pictures, and one that says where each was taken. */
export function film({ brand = "isom", ownTrack = "vide" } = {}): Buffer {
  const ftyp = box("ftyp", brand, numbers(0), brand);
  const pictures = Buffer.from("GAMBAR-GAMBAR");
  const positions = Buffer.from("TANDA-1.2379,116.8529");
  const track = (id: number, handler: string, offset: number, size: number) =>
    box(
      "trak",
      box("tkhd", numbers(0, 3_860_000_000, 3_860_000_000, id)),
      box(
        "mdia",
        box("mdhd", numbers(0, 3_860_000_000, 3_860_000_000, 1000)),
        box("hdlr", numbers(0, 0), handler, numbers(0, 0, 0)),
        box(
          "minf",
          box(
            "stbl",
            box("stsd", numbers(0, 0)),
            box("stsz", numbers(0, 0, 1, size)),
            box("stsc", numbers(0, 1, 1, 1, 1)),
            box("stco", numbers(0, 1, offset)),
          ),
        ),
      ),
    );
  const at = ftyp.length + 8;
  return Buffer.concat([
    ftyp,
    box("mdat", pictures, positions),
    box(
      "moov",
      box("mvhd", numbers(0, 3_860_000_000, 3_860_000_000)),
      track(1, ownTrack, at, pictures.length),
      track(2, "meta", at + pictures.length, positions.length),
      box("udta", box("xyz ", "TANDA+116.85")),
      box("meta", "com.apple.quicktime.location TANDA-tempat"),
    ),
    box("uuid", "TANDA-perangkat"),
  ]);
}
