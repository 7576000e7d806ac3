import type { EveryPage } from "../every-page.ts";

/** What works now. */
export const rows: EveryPage[] = [
  { name: "The state of the system", at: "/status", audience: "public", instructs: true },
];
