import { type Addresses, loadDirectory, startSystem } from "../../infra/local/system.ts";

/** The whole system as `npm start` runs it, with the directory loaded. */
export async function openSystem(
  dataDir: string,
  signal: AbortSignal,
): Promise<{ addresses: Addresses; stop(): Promise<void> }> {
  const system = await startSystem({ dataDir, signal });
  try {
    await loadDirectory(dataDir, { signal });
    return system;
  } catch (error) {
    await system.stop();
    throw error;
  }
}
