import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { isOverload, tooBusy } from "../platform/overload.ts";
import { Refusal, type RefusalKind } from "../refusal.ts";
import type { Rendering, Reply } from "./reply.ts";

/** A kind of refusal, or a fault of our own. */
export type ProblemKind = RefusalKind | "internal";

const problems: Record<ProblemKind, { status: number; title: Text }> = {
  "invalid-input": { status: 400, title: { id: "Isian perlu diperbaiki", en: "Invalid input" } },
  "not-signed-in": { status: 401, title: { id: "Perlu tanda pengenal", en: "Credentials needed" } },
  forbidden: { status: 403, title: { id: "Tidak berwenang", en: "Not allowed" } },
  "not-found": { status: 404, title: { id: "Tidak ditemukan", en: "Not found" } },
  "method-not-allowed": { status: 405, title: { id: "Metode tidak didukung", en: "Method not allowed" } },
  conflict: { status: 409, title: { id: "Bertentangan dengan keadaan sekarang", en: "Conflict" } },
  "too-large": { status: 413, title: { id: "Kiriman terlalu besar", en: "Request too large" } },
  "unsupported-media-type": {
    status: 415,
    title: { id: "Jenis isi tidak didukung", en: "Unsupported media type" },
  },
  "proof-needed": { status: 428, title: { id: "Perlu bukti kerja", en: "Proof of work needed" } },
  "too-many-requests": { status: 429, title: { id: "Terlalu banyak percobaan", en: "Too many requests" } },
  internal: { status: 500, title: { id: "Gangguan pada sistem", en: "System error" } },
  unavailable: { status: 503, title: { id: "Sedang tidak tersedia", en: "Unavailable" } },
};

export const problemKinds = Object.keys(problems) as ProblemKind[];
export const statusOf = (kind: ProblemKind): number => problems[kind].status;
export const typeOf = (kind: ProblemKind): string => `urn:sp4n-lapor:problem:${kind}`;

/** The body of every answer that is not a success (RFC 9457). A rule that refuses may add fields of its own. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Names this request in our log. */
  instance: z.string(),
  errors: z
    .array(
      z.object({ in: z.enum(["body", "query", "path", "header"]), path: z.string(), message: z.string() }),
    )
    .optional(),
});
export type Problem = z.output<typeof problem>;

/**
 * Shows a problem to people, for a table of routes that answers with pages. `address`: the page's, without its language.
 * `retrySeconds`: what "Retry-After" says.
 */
export type ErrorPage = (
  problem: Problem,
  language: Language,
  address: string,
  retrySeconds?: number,
) => Rendering;

const ourFault = (requestId: string): Text => ({
  id: `Maaf, ada gangguan pada sistem kami. Coba lagi beberapa saat lagi. Bila masih terjadi, sampaikan nomor ini kepada kami: ${requestId}`,
  en: `Sorry, something went wrong on our side. Try again in a moment. If it goes on, give us this number: ${requestId}`,
});

/** What was thrown as a refusal. A store that is asked too much refuses as well; anything else is a fault of our own. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  return isOverload(error) ? tooBusy() : undefined;
}

/** The headers of a refusal. Who finds us busy is told when to come again. */
export const refusalHeaders = (refusal: Refusal | undefined): Record<string, string> => ({
  ...(refusal?.kind === "unavailable" && { "retry-after": "5" }),
  ...refusal?.headers,
});

/** A refusal as its problem, for a program or for a page. Without one it is a fault of our own. */
export function problemOf(
  refusal: Refusal | undefined,
  language: Language,
  requestId: string,
  reading: "program" | "page" = "program",
): Problem {
  const kind = refusal?.kind ?? "internal";
  const fields = refusal?.fields ?? [];
  return {
    ...refusal?.more,
    type: typeOf(kind),
    title: problems[kind].title[language],
    status: statusOf(kind),
    detail: (refusal?.text ?? ourFault(requestId))[language],
    instance: `urn:sp4n-lapor:request:${requestId}`,
    ...(fields.length > 0 && {
      errors: fields.map(({ in: part, path, message, onPage }) => ({
        in: part,
        path,
        message: ((reading === "page" && onPage) || message)[language],
      })),
    }),
  };
}

/** The answer to whatever was thrown: a refusal says what to do, anything else is our own fault. */
export function problemReply(
  error: unknown,
  {
    language,
    requestId,
    errorPage,
    address = "/",
  }: { language: Language; requestId: string; errorPage?: ErrorPage | undefined; address?: string },
): Reply {
  const refusal = refusalOf(error);
  const body = problemOf(refusal, language, requestId);
  const headers = refusalHeaders(refusal);
  const retrySeconds = Number(headers["retry-after"]) || undefined;
  return {
    status: body.status,
    headers,
    body,
    bodyType: "application/problem+json",
    ...(errorPage && { renderings: { "text/html": () => errorPage(body, language, address, retrySeconds) } }),
  };
}
