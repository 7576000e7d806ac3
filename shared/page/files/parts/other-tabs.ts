let opened: BroadcastChannel | undefined;

/** Older browsers have no such channel: there a tab reads again when somebody looks at it. A page that says nothing opens none. */
const channel = (): BroadcastChannel | undefined =>
  (opened ??= typeof BroadcastChannel === "function" ? new BroadcastChannel("reports") : undefined);

/** Tells the other tabs that a report has changed. */
export const tellOthers = (): void => channel()?.postMessage("");

export const whenTold = (read: () => void): void => channel()?.addEventListener("message", read);
