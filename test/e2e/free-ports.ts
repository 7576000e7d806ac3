import { createServer } from "node:net";

/** Five ports in a row that are free just now: the first of them. */
export async function freePorts(): Promise<{ first: number; occupy(port: number): Promise<() => void> }> {
  const listen = (port: number) =>
    new Promise<{ port: number; close(): Promise<void> }>((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        resolve({
          port: typeof address === "object" && address ? address.port : 0,
          close: () => new Promise((closed) => server.close(() => closed())),
        });
      });
    });
  for (;;) {
    const held = [await listen(0)];
    const first = held[0]?.port ?? 0;
    try {
      for (let offset = 1; offset < 5; offset++) held.push(await listen(first + offset));
    } catch {
      await Promise.all(held.map(({ close }) => close()));
      continue;
    }
    await Promise.all(held.map(({ close }) => close()));
    return {
      first,
      occupy: async (port) => {
        const server = await listen(port);
        return () => void server.close();
      },
    };
  }
}
