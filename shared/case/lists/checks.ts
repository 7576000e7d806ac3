import type { Case } from "../case.ts";
import { partOf } from "./spread.ts";

/** Cases that clocks run on are spread over these shards, so that no sweep and no million submissions meet one partition. */
export const checkShards = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export const checkPartition = (shard: number): string => `check#${shard}`;

/** Where a case waits for the next look at its clocks; nothing while no clock runs. */
export const checkEntry = ({ trackingNumber, nextCheckAt }: Case): { check?: string } =>
  nextCheckAt === undefined ? {} : { check: checkPartition(partOf(trackingNumber, checkShards.length)) };
