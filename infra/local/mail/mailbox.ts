import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Emulator } from "../start/emulator.ts";
import { replaceFile } from "../start/files.ts";
import { StartFailure } from "../start/start-failure.ts";

const require = createRequire(import.meta.url);

/**
 * Starts the inbox that shows every mail sent. It holds them in memory (one inbox in a process): `file` keeps
 * them over a restart.
 */
export const startMailbox = async (options: { file: string; port?: number }): Promise<Emulator> => {
  // CommonJS, whose default export import() names differently in Node and in Vitest.
  const { default: startServer }: typeof import("aws-ses-v2-local") = require("aws-ses-v2-local");
  const store: typeof import("aws-ses-v2-local/dist/store.js") = require("aws-ses-v2-local/dist/store.js");
  store.clearStore();
  for (const email of readEmails(options.file)) store.saveEmail(email);

  let saved = JSON.stringify(store.getStoreReadonly().emails);
  const save = () => {
    const emails = JSON.stringify(store.getStoreReadonly().emails);
    if (emails !== saved) replaceFile(options.file, emails);
    saved = emails;
  };
  const server = await startServer({ host: "127.0.0.1", port: options.port ?? 0 });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new StartFailure(`Port ${options.port} is not free.`);
  const saving = setInterval(save, 2000);
  const stop = async () => {
    clearInterval(saving);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    save();
    store.clearStore();
  };
  return { endpoint: `http://127.0.0.1:${address.port}`, stop };
};

type Email = Parameters<(typeof import("aws-ses-v2-local/dist/store.js"))["saveEmail"]>[0];

const readEmails = (file: string): Email[] => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new StartFailure(
      `${file} cannot be read (${(error as Error).message}). Delete it to start with an empty mailbox.`,
    );
  }
};
