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

/** What every scanner takes for malware; in two parts, so that no scanner finds it here. */
export const testVirus = Buffer.from(
  ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""),
  "latin1",
);
