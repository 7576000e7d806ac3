import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import { addressNames } from "../../shared/notification/addresses/address-names-flow.ts";
import { stopTokens } from "../../shared/notification/addresses/unsubscribe-flow.ts";
import type { MailMessage } from "../../shared/notification/mail-message.ts";
import { followTokens, subscriberIds } from "../../shared/notification/subscribers/following-flow.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { indexesAtHand } from "../../shared/search/newest-index-flow.ts";
import type { TrafficExpiry } from "../../shared/traffic/traffic-expiry-store.ts";
import type { TrafficStore } from "../../shared/traffic/traffic-store.ts";
import { aFrame } from "./frame.ts";
import { memoryAddressMarks } from "./memory/address-mark-store.ts";
import { memoryAnswerTemplates } from "./memory/answer-template-store.ts";
import { memoryAttachments } from "./memory/attachment-store.ts";
import { memoryCalendars } from "./memory/calendar-stores.ts";
import { memoryCases } from "./memory/case-store.ts";
import { memoryDrafts, memoryOfficerDrafts } from "./memory/draft-store.ts";
import { memorySearches } from "./memory/identity-search-store.ts";
import { memoryIndexPlace } from "./memory/index-place.ts";
import { memoryLastSweep } from "./memory/last-sweep-store.ts";
import { memoryNotifications } from "./memory/notification-store.ts";
import { memoryPractice } from "./memory/practice-store.ts";
import { type Identities, memoryReporters } from "./memory/reporter-store.ts";
import { memoryRequests } from "./memory/request-store.ts";
import { memorySubscribers } from "./memory/subscriber-store.ts";
import { memoryTraffic } from "./memory/traffic-store.ts";
import { memoryUndeliverables } from "./memory/undeliverable-store.ts";
import { memoryOutbox } from "./outbox.ts";

export const attachmentLimits = { files: 10, megabytes: 25, megapixels: 50 };

/**
 * Stores in memory that keep the same contract as those on DynamoDB. test/integration/*stores.test.ts hold both to it.
 */
export function memoryStores() {
  const shared: Identities = { identities: new Map(), formers: new Map() };
  const cases = memoryCases(shared);
  const traffic = memoryTraffic();
  const attachments = memoryAttachments(cases);
  const indexPlace = memoryIndexPlace();
  return {
    cases,
    reporters: memoryReporters(shared),
    ...memoryNotifications(),
    attachments,
    filesOf: knownFiles({ attachments, limits: attachmentLimits }),
    traffic: traffic as TrafficStore,
    expiry: traffic as TrafficExpiry,
    searches: memorySearches(),
    indexPlace,
    indexes: indexesAtHand(async () => indexPlace),
    strain: strainMeter(),
    requests: memoryRequests(),
    undeliverables: memoryUndeliverables(),
    addressMarks: memoryAddressMarks(),
    addressNames: addressNames(async (text) => `keyed ${text}`),
    stopTokens: stopTokens(async (text) => `keyed ${text}`),
    drafts: memoryDrafts(),
    ...memoryCalendars(),
    officerDrafts: memoryOfficerDrafts(),
    answerTemplates: memoryAnswerTemplates(),
    practice: memoryPractice(),
    lastSweep: memoryLastSweep(),
    frame: aFrame(() => new Date()),
    subscribers: memorySubscribers(),
    /** The message queue of mails. */
    emails: memoryOutbox<MailMessage>(),
    subscriberIds: subscriberIds(async (text) => `keyed ${text}`),
    followTokens: followTokens(async (text) => `keyed ${text}`),
  };
}
