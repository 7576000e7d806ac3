import { createHash } from "node:crypto";

const firstByte = (trackingNumber: string): number =>
  createHash("sha256").update(trackingNumber).digest()[0] ?? 0;

/** The part of an index that a case belongs to. Cases are spread evenly, so no part takes all the writes. */
export const partOf = (trackingNumber: string, parts: number): number => firstByte(trackingNumber) % parts;
