import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { replaceFile } from "../start/files.ts";
import { StartFailure } from "../start/start-failure.ts";

/** The time that the functions and schedules live in: the machine's, or a simulated one that runs on from where it was set. */
export type Clock = {
  simulated: boolean;
  now(): Date;
  /** Sets a simulated clock. */
  moveTo(time: Date): void;
  /** How many milliseconds a simulated clock is ahead of the machine's (a BigInt64), shared with the functions' threads. */
  ahead?: SharedArrayBuffer;
};

/** A time as people write it: an ISO instant with its offset, or a date, which stands for 08:00 WITA. */
export const writtenTime = z
  .union([z.iso.datetime({ offset: true }), z.iso.date().transform((date) => `${date}T08:00:00+08:00`)])
  .transform((text) => new Date(text));

/** "2026-03-13T08:00:00+08:00": in Kalimantan Timur's time. */
export const inWita = (time: Date): string =>
  `${new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/**
 * The clock of a data folder. What was simulated once stays simulated, in clock.json, and runs on while the system is
 * stopped: what happens next never bears an earlier date than what is stored already.
 */
export const openClock = (dataDir: string, start?: Date): Clock => {
  const file = join(dataDir, "clock.json");
  // A start that failed before the issuer had a key has stored nothing.
  const used = existsSync(join(dataDir, "issuer.json"));
  const kept = used ? read(file) : undefined;
  const reached = new Date(Date.now() + (kept ?? 0));
  if (start && used && start < reached)
    throw new StartFailure(
      `In the data folder ${dataDir} it is ${inWita(reached)} already, and its cases cannot go back to ${inWita(start)}. Start without --now to go on from there, or choose another folder: npm start -- --data DIR --now ${inWita(start)}`,
    );
  if (!start && kept === undefined) return { simulated: false, now: () => new Date(), moveTo: () => {} };

  const ahead = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const milliseconds = new BigInt64Array(ahead);
  const set = (value: number) => {
    replaceFile(file, `${JSON.stringify({ millisecondsAhead: value })}\n`);
    Atomics.store(milliseconds, 0, BigInt(value));
  };
  set(start ? start.getTime() - Date.now() : (kept ?? 0));
  return {
    simulated: true,
    now: () => new Date(Date.now() + Number(Atomics.load(milliseconds, 0))),
    moveTo: (time) => set(time.getTime() - Date.now()),
    ahead,
  };
};

const read = (file: string): number | undefined =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).millisecondsAhead : undefined;
