import type { RefusalReason } from "../../case/views/attachment-view.ts";
import type { Copy } from "../attachment.ts";
import { amrCopy } from "./sound/amr.ts";
import { mpegCopy } from "./sound/mpeg.ts";
import { oggCopy } from "./sound/ogg.ts";
import { Unheard } from "./sound/unheard.ts";
import { webmCopy } from "./sound/webm.ts";

/** How each kind of recording is written anew, and what its copy is. Sound of a browser's own recorder is put into Ogg. */
const writers = {
  "audio/mpeg": { write: mpegCopy, type: "audio/mpeg" },
  "audio/ogg": { write: oggCopy, type: "audio/ogg" },
  "audio/webm": { write: webmCopy, type: "audio/ogg" },
  "audio/amr": { write: amrCopy, type: "audio/amr" },
} as const;

/**
 * Copies a recording and keeps nothing but its sound: pieces of sound in their order, without titles, names, pictures, positions
 * and what a program wrote between, before and behind them. The voice itself stays what it is.
 */
export function soundCopy(
  bytes: Uint8Array,
  type: keyof typeof writers,
): { copy: Copy } | { refused: RefusalReason } {
  const { write, type: written } = writers[type];
  try {
    return {
      copy: { type: written, bytes: write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) },
    };
  } catch (error) {
    if (error instanceof Unheard) return { refused: error.reason };
    if (error instanceof RangeError) return { refused: "unreadable" };
    throw error;
  }
}
