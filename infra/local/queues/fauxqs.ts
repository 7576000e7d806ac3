import { Server } from "node:net";
import type { Emulator } from "../start/emulator.ts";

/** Starts fauxqs, which is both SQS and S3; what it holds survives in `dataDir`. It tells of every new object in a bucket. */
export const startQueues = async (options: {
  dataDir: string;
  port?: number;
  onObject?: (bucket: string, key: string) => void;
}): Promise<Emulator> => {
  const { startFauxqs } = await import("fauxqs");
  // fauxqs listens on every interface, with no option to change it: nobody outside this machine may reach it.
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...parameters: unknown[]) {
    const [options] = parameters;
    const onLoopback =
      typeof options === "object" && options !== null && "host" in options && options.host === "0.0.0.0"
        ? [{ ...options, host: "127.0.0.1" }, ...parameters.slice(1)]
        : parameters;
    return Reflect.apply(listen, this, onLoopback);
  } as typeof listen;
  try {
    const fauxqs = await startFauxqs({
      port: options.port ?? 0,
      logger: false,
      dataDir: options.dataDir,
      messageSpies: { bufferSize: 1 },
    });
    // It has no notifications, but asks whoever waits for an event about each: we are never satisfied.
    fauxqs.spy
      .waitForMessage((event) => {
        if (event.service === "s3" && event.status === "uploaded")
          options.onObject?.(event.bucket, event.key);
        return false;
      })
      .catch(() => {}); // it is stopping
    return { endpoint: `http://127.0.0.1:${fauxqs.port}`, stop: () => fauxqs.stop() };
  } finally {
    Server.prototype.listen = listen;
  }
};
