import { keyedHashOf } from "../../shared/platform/encryption.ts";
import { reporterSeal } from "../../shared/reporter/reporter-store.ts";
import { subscriberSeal } from "../../shared/subscriber/subscriber-store.ts";

const bytes = (fill: number) => `local:${Buffer.alloc(32, fill).toString("base64")}`;

/** Seals as on one machine, under keys that everybody may know. */
export const knownSeal = reporterSeal({ key: bytes(1), hashKey: bytes(2) });

/** Seals the addresses of those who follow cases, as on one machine. */
export const knownSubscriberSeal = subscriberSeal(bytes(1));

/** Names what is counted, as on one machine. */
export const knownHash = keyedHashOf(bytes(3));
