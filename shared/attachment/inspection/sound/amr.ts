import { Unheard } from "./unheard.ts";

/** How many bytes follow the first one of a frame, by its type, in narrow and in wide sound. The other types are not in use. */
const narrow: Readonly<Record<number, number>> = { ...[12, 13, 15, 17, 19, 20, 26, 31, 5], 15: 0 };
const wide: Readonly<Record<number, number>> = { ...[17, 23, 32, 36, 40, 46, 50, 58, 60, 5], 14: 0, 15: 0 };

/** Voice notes of older phones: frames of a twentieth of a second behind one line. Nothing else is copied. */
export function amrCopy(file: Buffer): Buffer {
  const head = file.subarray(0, file.indexOf(0x0a) + 1);
  const sizes = { "#!AMR\n": narrow, "#!AMR-WB\n": wide }[head.toString("latin1")];
  if (!sizes) throw new Unheard("unknown-type");
  const pieces = [head];
  for (let at = head.length; at < file.length;) {
    const first = file[at] ?? 0;
    const size = sizes[(first >> 3) & 15];
    const end = at + 1 + (size ?? 0);
    // Whatever is no frame ends the sound.
    if (size === undefined || end > file.length || (first & 0x83) !== 0) break;
    pieces.push(file.subarray(at, end));
    at = end;
  }
  if (pieces.length < 2) throw new Unheard();
  return Buffer.concat(pieces);
}
