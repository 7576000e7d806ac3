import { createHmac } from "node:crypto";
import type { Frame } from "../../shared/http/page/visit.ts";
import { cookieSealOf } from "../../shared/platform/cookie-seal.ts";
import { waitingRoom } from "../../shared/traffic/waiting-flow.ts";
import { memoryTraffic } from "./memory/traffic-store.ts";

/** What the pages of a stage share, for tests. Another `stage` has another key. */
export const aFrame = (now: () => Date, stage = "test"): Frame => ({
  siteUrl: "https://lapor.example",
  files: new Proxy({}, { get: (_, name) => `/aset/${String(name)}` }),
  seal: cookieSealOf(async (text) => createHmac("sha256", stage).update(text).digest("base64url")),
  waiting: waitingRoom(memoryTraffic()),
  now,
});
