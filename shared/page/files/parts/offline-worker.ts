import { workerAddress } from "./worker-address.ts";

/** Registers the service worker of the report pages, and lets it read its form again when that is a day old. */
export async function registerOfflineWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  try {
    const registration = await navigator.serviceWorker.register(workerAddress("offline-worker", "/sw.js"));
    registration.active?.postMessage("renew");
    return registration;
  } catch {
    // Without it the pages work as they do without scripts.
    return undefined;
  }
}
