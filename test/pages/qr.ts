import jsqr from "jsqr";
import { PNG } from "pngjs";

/** Reads the QR code in a picture, as a phone does. Fails where there is none. */
export function qrIn(png: Buffer): string {
  const { data, width, height } = PNG.sync.read(png);
  const code = jsqr.default(new Uint8ClampedArray(data), width, height);
  if (!code) throw new Error(`No QR code can be read in this picture of ${width} × ${height} px.`);
  return code.data;
}
