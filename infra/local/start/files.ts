import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
    return codeOf(error) === "EPERM";
  }
};

/** Makes a folder level by level. Node's own `recursive` never ends below a folder that takes no entries, such as /proc. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Writes the lock. False where there is one already. Refuses a folder that cannot be used, with a sentence. */
const wroteLock = (dataDir: string, file: string): boolean => {
  try {
    makeFolder(dataDir);
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST" && existsSync(file)) return false;
    throw new StartFailure(
      `The data folder ${dataDir} cannot be written (${codeOf(error)}). Choose another folder: npm start -- --data DIR`,
    );
  }
};

/** Takes the data folder for this process and answers how to give it back. The lock of a dead process is taken over. */
export const lockFolder = (dataDir: string): (() => void) => {
  const file = join(dataDir, "lock");
  if (!wroteLock(dataDir, file)) {
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
