/** Something that listens on 127.0.0.1 until it is stopped. */
export type Emulator = { endpoint: string; stop(): Promise<void> };
