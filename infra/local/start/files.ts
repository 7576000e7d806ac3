import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "./start-failure.ts";

/** Writes a file so that a reader, or a start after a crash, sees the old content or the new, never half. */
export const replaceFile = (file: string, content: string, mode = 0o666): void => {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
};

const heldHere = new Set<string>();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** Takes the data folder for this process; answers how to give it back. The lock of a dead process is taken over. */
export const lockFolder = (dataDir: string): (() => void) => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "lock");
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const pid = Number(readFileSync(file, "utf8"));
    // In a container a dead predecessor often had our own process id.
    const held = pid === process.pid ? heldHere.has(file) : pid > 0 && isAlive(pid);
    if (held)
      throw new StartFailure(
        `The data folder ${dataDir} is in use by another start (process ${pid}). Stop that one, or choose another folder: npm start -- --data DIR`,
      );
    rmSync(file, { force: true });
    return lockFolder(dataDir);
  }
  heldHere.add(file);
  return () => {
    heldHere.delete(file);
    rmSync(file, { force: true });
  };
};
