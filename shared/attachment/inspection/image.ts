import libheif from "libheif-js/wasm-bundle.js";
import sharp from "sharp";
import type { FileType, RefusalReason } from "../../case/views/attachment-view.ts";
import type { Copy } from "../attachment.ts";

const thumbnailEdge = 480;
const secondsAtMost = 60;

export const imageTypes = ["image/jpeg", "image/png", "image/webp", "image/heic"] as const;
type ImageType = (typeof imageTypes)[number];

/**
 * Decodes an image and writes it anew, upright. The copy holds pixels only: no position, no camera, no embedded preview and
 * nothing that came behind the image's end. Pixels are counted before they are decoded.
 */
export async function imageCopy(
  bytes: Uint8Array,
  type: ImageType,
  megapixels: number,
): Promise<{ copy: Copy } | { refused: RefusalReason }> {
  const limitInputPixels = megapixels * 1_000_000;
  try {
    const picture = type === "image/heic" ? await heic(bytes, limitInputPixels) : { input: bytes };
    if (!picture) return { refused: "too-many-pixels" };
    const { input, ...raw } = picture;
    // Cameras write small faults that every program takes, so a warning refuses no photo. One that is cut off is refused.
    const decoded = sharp(input, { ...raw, limitInputPixels, failOn: "error", unlimited: false }).timeout({
      seconds: secondsAtMost,
    });
    const { width = 0, height = 0 } = await decoded.metadata();
    if (width * height > limitInputPixels) return { refused: "too-many-pixels" };
    const upright = type === "image/heic" ? decoded : decoded.autoOrient();
    // The copy has no colour profile, so programs show it in sRGB.
    const written = upright.toColourspace("srgb");
    const copied: Copy = await (async () => {
      switch (type) {
        case "image/png":
          return { type, bytes: await written.png().toBuffer() };
        case "image/webp":
          return { type, bytes: await written.webp({ quality: 88 }).toBuffer() };
        default:
          return {
            type: "image/jpeg" satisfies FileType,
            bytes: await written.jpeg({ quality: 88 }).toBuffer(),
          };
      }
    })();
    const thumbnail = await sharp(copied.bytes, { limitInputPixels })
      .resize(thumbnailEdge, thumbnailEdge, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#fff" })
      .jpeg({ quality: 75 })
      .toBuffer();
    return { copy: { ...copied, thumbnail } };
  } catch (error) {
    return { refused: /pixel limit/.test(String(error)) ? "too-many-pixels" : "unreadable" };
  }
}

/** The pixels of a HEIC photo; undefined where there are too many. sharp's own build does not decode HEIC. */
async function heic(bytes: Uint8Array, limit: number) {
  const [image, ...others] = new libheif.HeifDecoder().decode(bytes);
  try {
    if (!image) throw new Error("There is no image in this file");
    const width = image.get_width();
    const height = image.get_height();
    if (width * height > limit) return undefined;
    const pixels = await new Promise<Uint8ClampedArray>((resolve, reject) => {
      const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
      image.display(target, (shown) =>
        shown ? resolve(shown.data) : reject(new Error("The image cannot be decoded")),
      );
    });
    return { input: pixels, raw: { width, height, channels: 4 as const } };
  } finally {
    for (const each of [image, ...others]) each?.free();
  }
}
