import { encode } from "uqr";

/** A QR code to draw: a square of so many units, and one path of the dark ones. The path is for SVG and for PDF alike. */
export interface QrCode {
  /** Units from side to side, with the quiet zone around the code. */
  size: number;
  path: string;
}

/** Scanners want four light units around a code. */
const quietZone = 4;

/** A longer address makes units too small for old cameras on a small poster. */
const longestAddress = 250;

/** The dark runs of one row, each as a rectangle. */
function runsOf(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const begin = x;
    while (row[x + 1]) x++;
    const length = x - begin + 1;
    path += `M${begin + quietZone} ${y + quietZone}h${length}v1h-${length}z`;
  }
  return path;
}

/**
 * The QR code of a web address, with error correction M: about a seventh of it may be dirty. In a page:
 * `<svg viewBox="0 0 ${size} ${size}"><path d="${path}"/></svg>`, dark on white. Throws for what is no web address in ASCII, or too
 * long.
 */
export function qrOf(address: string): QrCode {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(address) || !URL.canParse(address))
    throw new Error("A QR code is made of a web address that is spelt in ASCII");
  if (address.length > longestAddress)
    throw new RangeError(
      `An address of more than ${longestAddress} signs makes no QR code that old cameras read`,
    );
  const { data } = encode(address, { ecc: "M", boostEcc: false, border: 0 });
  return { size: data.length + 2 * quietZone, path: data.map(runsOf).join("") };
}
