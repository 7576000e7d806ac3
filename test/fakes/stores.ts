import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import type { TrafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import { aFrame } from "./frame.ts";
import { memoryAttachments } from "./memory/attachment-store.ts";
import { memoryCases } from "./memory/case-store.ts";
import { memoryDrafts } from "./memory/draft-store.ts";
import { memorySearches } from "./memory/identity-search-store.ts";
import { memoryNotifications } from "./memory/notification-store.ts";
import { type Identities, memoryReporters } from "./memory/reporter-store.ts";
import { memoryRequests } from "./memory/request-store.ts";
import { memoryTraffic } from "./memory/traffic-store.ts";
import { memoryUndeliverables } from "./memory/undeliverable-store.ts";

export const attachmentLimits = { files: 10, megabytes: 25, megapixels: 50 };

/**
 * Stores in memory that keep the same contract as those on DynamoDB. test/integration/stores.test.ts holds both to it.
 */
export function memoryStores() {
  const shared: Identities = { identities: new Map(), formers: new Map() };
  const cases = memoryCases(shared);
  const traffic = memoryTraffic();
  const attachments = memoryAttachments(cases);
  return {
    cases,
    reporters: memoryReporters(shared),
    ...memoryNotifications(),
    attachments,
    filesOf: knownFiles({ attachments, limits: attachmentLimits }),
    traffic: traffic as TrafficStore,
    expiry: traffic as TrafficExpiry,
    searches: memorySearches(),
    requests: memoryRequests(),
    undeliverables: memoryUndeliverables(),
    stopTokens: stopTokens(async (text) => `keyed ${text}`),
    drafts: memoryDrafts(),
    frame: aFrame(() => new Date()),
  };
}
