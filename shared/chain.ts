import { createHash } from "node:crypto";

/** JSON with the keys of every object in order, so that equal values have equal hashes wherever they were stored. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What the links of a history are made of: the SHA-256 of a value, whatever the order of its fields. */
export const digest = (value: unknown): string =>
  createHash("sha256").update(canonical(value)).digest("base64url");
