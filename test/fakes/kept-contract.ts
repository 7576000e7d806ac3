import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Answer } from "./gateway.ts";

interface Response {
  content?: Record<string, { schema: object }>;
}
interface Contract {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
  components: { schemas: Record<string, object> };
}

/** The contract that the API serves. A test holds it to the routes (contract.test.ts). */
const { paths, components } = JSON.parse(readFileSync("functions/public/openapi.json", "utf8")) as Contract;

const addresses = Object.keys(paths)
  .sort((a, b) => a.split("{").length - b.split("{").length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}/?$`) }));

const pointed = <T extends object>(schema: T): T =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"#/$defs/')) as T;
const $defs = pointed(components.schemas);
const schemas = new Map<string, z.ZodType>();

function schemaOf(declared: object): z.ZodType {
  const name = JSON.stringify(declared);
  const known = schemas.get(name) ?? z.fromJSONSchema({ ...pointed(declared), $defs } as never);
  schemas.set(name, known);
  return known;
}

/**
 * What an answer has that the contract does not say: a status, a kind of problem, a field. Undefined where the contract says it
 * all, and where it does not know the address.
 */
export function undeclared(
  method: string,
  path: string,
  { status, headers, body }: Answer,
): string | undefined {
  const found = addresses.find(({ pattern }) => pattern.test(path));
  const operation = found && paths[found.path]?.[method.toLowerCase()];
  if (!found || !operation) return undefined;
  // Any address may be typed with a slash at its end, and leads on.
  if (status === 308 && path.endsWith("/")) return undefined;
  const where = `${method} ${found.path} ${status}`;
  const response = operation.responses[status];
  if (!response) return `${where} is not in the contract: ${JSON.stringify(body)}`;
  const [type = ""] = headers["content-type"]?.split(";") ?? [];
  if (type === "") return undefined;
  const declared = response.content?.[type];
  if (!declared) return `${where} as ${type} is not in the contract: ${JSON.stringify(body)}`;
  if (!type.endsWith("json")) return undefined;
  const issues = [
    declared.schema,
    ...(status >= 400 ? [{ $ref: "#/components/schemas/Problem" }] : []),
  ].flatMap((schema) => schemaOf(schema).safeParse(body).error?.issues ?? []);
  return issues.length > 0
    ? `${where} is not as the contract says: ${z.prettifyError({ issues })}`
    : undefined;
}
