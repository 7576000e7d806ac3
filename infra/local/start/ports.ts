import { createServer } from "node:net";
import { StartFailure } from "./start-failure.ts";

export type Ports = { api?: number; mailbox?: number; issuer?: number; dynamodb?: number; sqs?: number };

/** The ports from `first` on. Without `first`, any free ones. */
export const portsFrom = (first: number | undefined): Ports =>
  first === undefined
    ? {}
    : { api: first, mailbox: first + 1, issuer: first + 2, dynamodb: first + 3, sqs: first + 4 };

/** Refuses ports that another program has. */
export const refuseTakenPorts = async (ports: Ports, first = 0): Promise<void> => {
  for (const port of Object.values(ports)) {
    const problem = await tryPort(port);
    if (!problem) continue;
    const reason = problem === "EADDRINUSE" ? "is taken by another program" : `cannot be used (${problem})`;
    throw new StartFailure(
      `Port ${port} ${reason}. Choose another first port: npm start -- --port ${first < 60_000 ? first + 1000 : 4000}`,
    );
  }
};

const tryPort = (port: number): Promise<string | undefined> =>
  new Promise((answer) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => answer(error.code ?? error.message));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => answer(undefined)));
  });
