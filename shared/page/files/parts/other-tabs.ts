/** Older browsers have no such channel: there a tab reads again when somebody looks at it. */
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("reports") : undefined;

/** Tells the other tabs, and the service worker, that a report has changed. */
export const tellOthers = (): void => channel?.postMessage("");

export const whenTold = (read: () => void): void => channel?.addEventListener("message", read);
