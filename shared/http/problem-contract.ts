import * as z from "zod";
import { declaredFields, type FieldRefusal, Refusal, type RefusalKind } from "../refusal.ts";
import type { NamedRefusal, Route } from "./endpoint.ts";
import { problem, type ProblemKind, problemKinds, problemOf, statusOf, typeOf } from "./problem.ts";

const fieldsOf = (header: z.ZodType | undefined): object =>
  header instanceof z.ZodObject ? header.shape : {};

/** Whoever brings a receipt may be asked for a solved challenge, by routes that declare no such header too. */
export const takesProof = ({ callers, input }: Route): boolean =>
  callers === "reporter" || callers === "anyone-or-reporter" || "proof-of-work" in fieldsOf(input.header);

type Refused = string | NamedRefusal;
type ToldKind = [kind: ProblemKind, refused: Refused];

/** What a route refuses: what every route refuses that reads the same and is called by the same, and what it declares itself. */
function refusedBy(route: Route): Partial<Record<ProblemKind, Refused>> {
  const { callers, input, path, refusals } = route;
  const isOfficers = callers === "officer";
  return {
    "invalid-input": "Something in the request needs correcting. `errors` names each place.",
    ...((isOfficers || callers === "reporter") && {
      "not-signed-in": isOfficers
        ? "Nobody signed in. The gateway answers so, and the function where it is called without one."
        : "The request brings no receipt.",
    }),
    forbidden: isOfficers
      ? "The account is no officer's, or its role does not allow this."
      : "The request did not come by the public address of this service.",
    ...(path.includes("{") && {
      "not-found": "There is no such thing, or the caller may not know of it. Both are answered alike.",
    }),
    ...(input.body && {
      "too-large": "The body has more than 64 KB.",
      "unsupported-media-type": "The body is not JSON.",
    }),
    ...(takesProof(route) && {
      "proof-needed":
        "A solved challenge is needed: too many wrong receipts, or very many reports. `challenges` says where to get one.",
    }),
    unavailable:
      "Something that the answer needs cannot be reached right now. The same request may be sent again shortly.",
    internal: "Our own fault. `instance` names the request.",
    ...refusals,
  };
}

/** What the gateway answers by itself, before or in place of a function. An HTTP API does not let anybody change these bodies. */
function byGateway({ callers, input }: Route): Map<number, string> {
  const always: [number, string][] = [
    [431, "The line and the headers of the request have more than 10,240 bytes."],
    [429, "Very many requests came at once; the gateway or the edge takes no more."],
    [500, "The function failed."],
    [503, "The function did not answer in time."],
  ];
  const ofTokens: [number, string][] = [
    [401, "The token is missing, not valid or not for this service. `www-authenticate` says what is wrong."],
    [403, "The token was not issued for calling this API."],
  ];
  return new Map([
    ...(callers === "officer" ? ofTokens : []),
    ...(input.body ? ([[413, "The body has more than 10 MB."]] as const) : []),
    ...always,
  ]);
}

/** Headers that tell what to bring, and how long to wait. */
const headers: Record<number, object> = {
  401: {
    "www-authenticate": { schema: { type: "string" }, description: "What to bring: a receipt or a token" },
  },
  503: {
    "retry-after": { schema: { type: "integer" }, description: "Seconds to wait; where a function answers" },
  },
};

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
/** Whoever is held off by the edge gets a problem under the gateway's content type. */
const gatewayBody = (status: number) =>
  status === 429 ? { anyOf: [ref("GatewayMessage"), ref("Problem")] } : ref("GatewayMessage");

/** The name of the schema of a kind of problem: "NotFoundProblem". */
const nameOf = (kind: ProblemKind): string =>
  `${kind.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Problem`;

/** The answers of a status: a problem of one kind, or what the gateway says instead. */
function responseOf(status: number, [kind, refusal]: ToldKind | [], byGateway: string | undefined) {
  const when = typeof refusal === "string" ? refusal : refusal?.when;
  const name = typeof refusal === "object" ? refusal.name : kind && nameOf(kind);
  return {
    description: [when, byGateway].filter((one) => one !== undefined).join(" "),
    ...(headers[status] && { headers: headers[status] }),
    content: {
      ...(name && { "application/problem+json": { schema: ref(name) } }),
      ...(byGateway !== undefined && { "application/json": { schema: gatewayBody(status) } }),
    },
  };
}

/** Every answer of a route that is not a success, by status. */
export function problemResponses(route: Route): Record<number, object> {
  const refused = new Map(
    (Object.entries(refusedBy(route)) as ToldKind[]).map((told) => [statusOf(told[0]), told]),
  );
  const gateway = byGateway(route);
  const statuses = [...new Set([...refused.keys(), ...gateway.keys()])].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [status, responseOf(status, refused.get(status) ?? [], gateway.get(status))]),
  );
}

/** A problem with the fields that rules add. The routes have loaded their rules; the order of loading does not matter. */
const anyProblem = () => {
  const fields = Object.fromEntries(Object.entries(declaredFields()).sort());
  return problem.extend(z.object(fields).partial().shape);
};

/** What each kind of problem looks like. */
const examples: Record<RefusalKind, { said: string; fields?: FieldRefusal[]; more?: object }> = {
  "invalid-input": {
    said: "Ada isian yang perlu diperbaiki. Lihat daftar di bawah, perbaiki, lalu kirim lagi.",
    fields: [{ in: "body", path: "title", message: { id: "Wajib diisi.", en: "This field is required." } }],
  },
  "not-signed-in": {
    said: "Sertakan tanda terima laporan ini, dengan tajuk Authorization: Receipt <tanda terima>.",
  },
  forbidden: { said: "Peran Anda tidak berwenang untuk ini: laporan ini tidak dapat dijawab oleh Anda." },
  "not-found": { said: "Tidak ada laporan dengan nomor dan tanda terima ini." },
  "method-not-allowed": { said: "Alamat ini tidak melayani DELETE." },
  conflict: {
    said: "Laporan ini tidak dapat dinilai sekarang, karena statusnya: Sedang diproses.",
    more: { currentStatus: "in-progress", legalMoves: ["reply", "withdraw", "redact"] },
  },
  "too-large": { said: "Kiriman ini lebih dari 64 KB. Persingkat teksnya, lalu kirim lagi." },
  "unsupported-media-type": { said: "Kirim isi sebagai JSON, dengan tajuk Content-Type: application/json." },
  "proof-needed": {
    said: "Terlalu banyak tanda terima yang salah. Selesaikan satu tantangan, lalu kirim lagi.",
    more: { challenges: "/v1/challenges" },
  },
  "too-many-requests": {
    said: "Anda sudah meminta 30 formulir unggah untuk laporan ini dalam sehari. Coba lagi besok.",
  },
  unavailable: {
    said: "Permintaan ini sedang tidak dapat diperiksa. Belum ada yang berubah; kirim lagi sebentar lagi.",
  },
};

const requestId = "c6a1f4e0-0000-4000-8000-000000000000";

/** A problem as the API answers it. */
function exampleOf(kind: ProblemKind): object {
  if (kind === "internal") return problemOf(undefined, "id", requestId);
  const { said, fields = [], more } = examples[kind];
  return { ...more, ...problemOf(new Refusal(kind, { id: said, en: said }, { fields }), "id", requestId) };
}

/** The schema of one kind of problem, with the fields that it always carries. */
function schemaOf(kind: ProblemKind, fields = z.object({})) {
  const { properties, required = [] } = z.toJSONSchema(fields, { io: "output" });
  return {
    allOf: [
      ref("Problem"),
      {
        type: "object",
        properties: { type: { const: typeOf(kind) }, status: { const: statusOf(kind) }, ...properties },
        required: ["type", "status", ...required],
      },
    ],
    examples: [exampleOf(kind)],
  };
}

function bare(type: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: "output" });
  return schema;
}

/** The schemas that the answers of these routes refer to. */
export function problemSchemas(table: readonly Route[]): Record<string, object> {
  const named = table.flatMap(({ refusals = {} }) =>
    (Object.entries(refusals) as ToldKind[]).flatMap(([kind, refusal]) =>
      typeof refusal === "string" ? [] : [[refusal.name, schemaOf(kind, refusal.fields)] as const],
    ),
  );
  return {
    Problem: bare(anyProblem()),
    GatewayMessage: bare(z.object({ message: z.string() })),
    ...Object.fromEntries(problemKinds.map((kind) => [nameOf(kind), schemaOf(kind)])),
    ...Object.fromEntries(named),
  };
}
