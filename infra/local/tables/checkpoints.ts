import { readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { replaceFile } from "../start/files.ts";

/** How far one event source mapping has read the shards of its stream. */
export type Checkpoints = {
  last(shardId: string): string | undefined;
  isClosed(shardId: string): boolean;
  advance(shardId: string, sequenceNumber: string | undefined): void;
  /** The shard has been read to its end. */
  close(shardId: string): void;
  /** Forgets shards that are gone. */
  keepOnly(shardIds: string[]): void;
};

type Positions = Record<string, { last?: string; closed?: true }>;

const writtenAfterMilliseconds = 200;

/**
 * Opens the file that keeps the checkpoints of all mappings. Changes are written together, soon after: the file may be behind
 * what functions have handled, never ahead of it. After a crash they get a few records again, as on AWS. Stopping writes what
 * is left.
 */
export const openCheckpoints = (
  file: string,
): { of(mapping: string): Checkpoints; stop(): Promise<void> } => {
  const all = read(file);
  const { soon, stop } = writeBehind(file, () => JSON.stringify(all, undefined, 2));
  const of = (mapping: string): Checkpoints => {
    const positions = (): Positions => all[mapping] ?? {};
    const set = (changed: Positions) => {
      all[mapping] = changed;
      soon();
    };
    return {
      last: (shardId) => positions()[shardId]?.last,
      isClosed: (shardId) => positions()[shardId]?.closed ?? false,
      advance: (shardId, last) => {
        if (last && positions()[shardId]?.last !== last) set({ ...positions(), [shardId]: { last } });
      },
      close: (shardId) => set({ ...positions(), [shardId]: { ...positions()[shardId], closed: true } }),
      keepOnly: (shardIds) => {
        const kept = Object.entries(positions()).filter(([shardId]) => shardIds.includes(shardId));
        if (kept.length < Object.keys(positions()).length) set(Object.fromEntries(kept));
      },
    };
  };
  return { of, stop };
};

/** Writes a file a moment after it is asked to, once for all who ask until then, and never twice at the same time. */
const writeBehind = (file: string, content: () => string) => {
  let asked = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const write = async () => {
    asked = false;
    await writeFile(`${file}.new`, content());
    await rename(`${file}.new`, file);
  };
  const soon = () => {
    asked = true;
    if (!stopped) timer ??= setTimeout(begin, writtenAfterMilliseconds);
  };
  const begin = () => {
    writing = writing.then(write).catch(soon); // tries again
    timer = undefined;
  };
  const stop = async () => {
    stopped = true;
    clearTimeout(timer);
    await writing;
    if (asked) replaceFile(file, content());
  };
  return { soon, stop };
};

const read = (file: string): Record<string, Positions> => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
};
