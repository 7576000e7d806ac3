import { createHash, timingSafeEqual } from "node:crypto";
import { Refusal } from "../refusal.ts";

/** CloudFront proves with the first header that it is ours, and names the sender in the second. infra/web-stack.ts sets both. */
export const edgeHeaders = { secret: "x-origin-secret", viewer: "x-viewer-address" } as const;

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * The address of whoever sent a request. Where there are origin secrets, an edge stands in front: a request with any of them
 * comes from the edge, and its header names the sender; a request without one went around the edge and is refused. Without an
 * edge the connection names the sender, and headers count for nothing.
 */
export function senderAddress(
  { headers, source }: { headers: Readonly<Record<string, string | undefined>>; source: string },
  originSecrets: readonly string[],
): string {
  if (originSecrets.length === 0) return source;
  const given = digest(headers[edgeHeaders.secret] ?? "");
  if (!originSecrets.some((secret) => timingSafeEqual(digest(secret), given)))
    throw new Refusal("forbidden", {
      id: "Alamat ini bukan alamat umum layanan ini. Pakai alamat yang diumumkan oleh penyelenggara.",
      en: "This is not the public address of this service. Use the one that its operator has announced.",
    });
  return headers[edgeHeaders.viewer] ?? "";
}
