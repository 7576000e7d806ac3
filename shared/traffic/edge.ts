import { createHash, timingSafeEqual } from "node:crypto";
import { Refusal } from "../refusal.ts";

/** The headers by which CloudFront proves that it is ours, and says whose request it passes on. infra/web-stack.ts sets both. */
export const edgeHeaders = { secret: "x-origin-secret", viewer: "x-viewer-address" } as const;

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * The address of whoever sent a request. Behind an edge (where there are secrets, any of which counts) every request comes
 * from the edge itself, and what it says of its sender counts; one that brings no secret went around it and is refused.
 * Without an edge it is where the connection comes from, whatever headers say.
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
