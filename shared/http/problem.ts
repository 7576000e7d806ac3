import * as z from "zod";
import type { Language, Text } from "../language.ts";
import { Refusal, type RefusalKind, refuseFields } from "../refusal.ts";
import type { Route } from "./endpoint.ts";
import type { Reply } from "./reply.ts";

const problems: Record<RefusalKind | "internal", { status: number; title: Text }> = {
  "invalid-input": { status: 400, title: { id: "Isian perlu diperbaiki", en: "Invalid input" } },
  "not-signed-in": { status: 401, title: { id: "Perlu tanda pengenal", en: "Credentials needed" } },
  forbidden: { status: 403, title: { id: "Tidak berwenang", en: "Not allowed" } },
  "not-found": { status: 404, title: { id: "Tidak ditemukan", en: "Not found" } },
  "method-not-allowed": { status: 405, title: { id: "Metode tidak didukung", en: "Method not allowed" } },
  "proof-needed": { status: 428, title: { id: "Perlu bukti kerja", en: "Proof of work needed" } },
  "too-many-requests": { status: 429, title: { id: "Terlalu banyak percobaan", en: "Too many requests" } },
  conflict: { status: 409, title: { id: "Bertentangan dengan keadaan sekarang", en: "Conflict" } },
  "too-large": { status: 413, title: { id: "Kiriman terlalu besar", en: "Request too large" } },
  "unsupported-media-type": {
    status: 415,
    title: { id: "Jenis isi tidak didukung", en: "Unsupported media type" },
  },
  unavailable: { status: 503, title: { id: "Sedang tidak tersedia", en: "Unavailable" } },
  internal: { status: 500, title: { id: "Gangguan pada sistem", en: "System error" } },
};

/** The body of every answer that is not a success (RFC 9457); a rule that refuses may add fields of its own. */
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

export function problemReply(error: unknown, language: Language, requestId: string): Reply {
  const refusal = asRefusal(error);
  const kind = refusal?.kind ?? "internal";
  const { status, title } = problems[kind];
  const detail = refusal?.text ?? {
    id: `Maaf, ada gangguan pada sistem kami. Coba lagi beberapa saat lagi. Bila masih terjadi, sampaikan nomor ini kepada kami: ${requestId}`,
    en: `Sorry, something went wrong on our side. Try again in a moment. If it goes on, give us this number: ${requestId}`,
  };
  const fields = refusal?.fields ?? [];
  return {
    status,
    headers: {
      ...refusal?.headers,
      "content-type": "application/problem+json",
      ...(kind === "unavailable" && { "retry-after": "5" }),
    },
    body: {
      ...refusal?.more,
      type: `urn:sp4n-lapor:problem:${kind}`,
      title: title[language],
      status,
      detail: detail[language],
      instance: `urn:sp4n-lapor:request:${requestId}`,
      ...(fields.length > 0 && {
        errors: fields.map(({ in: part, path, message }) => ({ in: part, path, message: message[language] })),
      }),
    },
  };
}

/** What middy's parser refuses, in our words. */
function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  switch ((error as { statusCode?: number }).statusCode) {
    case 415:
      return new Refusal("unsupported-media-type", {
        id: "Kirim isi sebagai JSON, dengan tajuk Content-Type: application/json.",
        en: "Send the body as JSON, with the header Content-Type: application/json.",
      });
    case 400:
    case 422:
      return refuseFields([
        {
          in: "body",
          path: "",
          message: { id: "Isi ini bukan JSON yang benar.", en: "This body is not valid JSON." },
        },
      ]);
    default:
      return undefined;
  }
}

export const noSuchRoute = (
  table: readonly Route[],
  { method, path }: { method: string; path: string },
): never => {
  const allowed = table
    .filter((route) => new RegExp(`^${route.path.replace(/\{[^}]+\}/g, "[^/]+")}/?$`).test(path))
    .map((route) => route.method);
  if (allowed.length > 0)
    throw new Refusal(
      "method-not-allowed",
      {
        id: `Alamat ini tidak melayani ${method}.`,
        en: `This address does not answer ${method}.`,
      },
      { headers: { allow: allowed.join(", ") } },
    );
  throw new Refusal("not-found", {
    id: "Alamat ini tidak ada. Lihat /v1/openapi.json.",
    en: "There is nothing at this address. See /v1/openapi.json.",
  });
};
