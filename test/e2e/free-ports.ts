import { createServer } from "node:net";

/** The operating system gives out ports above this by itself, to the other files of a run too. */
const lowest = 10_000;
const highest = 30_000;

/** Finds five ports in a row that are free just now. `first` is the first of them. */
export async function freePorts(): Promise<{ first: number; occupy(port: number): Promise<() => void> }> {
  const listen = (port: number) =>
    new Promise<{ close(): Promise<void> }>((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () =>
        resolve({ close: () => new Promise((closed) => server.close(() => closed())) }),
      );
    });
  for (;;) {
    const first = lowest + Math.floor(Math.random() * (highest - lowest));
    const held: { close(): Promise<void> }[] = [];
    try {
      for (let offset = 0; offset < 5; offset++) held.push(await listen(first + offset));
    } catch {
      continue; // one of them is taken: try others
    } finally {
      await Promise.all(held.map(({ close }) => close()));
    }
    return {
      first,
      occupy: async (port) => {
        const server = await listen(port);
        return () => void server.close();
      },
    };
  }
}
