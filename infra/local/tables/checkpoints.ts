import { readFileSync } from "node:fs";
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

/** Opens the file that keeps the checkpoints of all mappings; each change is on disk before the next batch. */
export const openCheckpoints = (file: string): ((mapping: string) => Checkpoints) => {
  const all = read(file);
  return (mapping) => {
    const positions = (): Positions => all[mapping] ?? {};
    const set = (changed: Positions) => {
      all[mapping] = changed;
      replaceFile(file, JSON.stringify(all, undefined, 2));
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
};

const read = (file: string): Record<string, Positions> => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
};
