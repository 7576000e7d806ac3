import { readFileSync, writeFileSync } from "node:fs";
import type { IndexPlace } from "../../../shared/search/index-place-store.ts";
import type { IndexPointer } from "../../../shared/search/pointer.ts";

/** A bucket of indexes in memory. */
export function memoryIndexPlace(): IndexPlace & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  let pointer: IndexPointer | undefined;
  return {
    kept,
    newest: async () => structuredClone(pointer),
    async fetch(name, file) {
      const bytes = kept.get(name);
      if (bytes) writeFileSync(file, bytes);
      return bytes !== undefined;
    },
    async keep(name, file) {
      kept.set(name, readFileSync(file));
    },
    async point(to) {
      pointer = structuredClone(to);
    },
  };
}
