import * as z from "zod";
import { declaredFields } from "../refusal.ts";
import type { Route } from "./endpoint.ts";
import { problem } from "./problem.ts";

/** Schemas with a name (`meta({ id })`). They stand once in the document, which refers to them. */
const components = new Map<string, unknown>();

const schema = (type: z.ZodType, io: "input" | "output") => {
  const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(type, { io, unrepresentable: "any" });
  const referring = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, definition] of Object.entries($defs)) {
    const { id: _id, ...named } = definition;
    components.set(name, referring(named));
  }
  return referring(rest);
};

const parameters = (route: Route) =>
  (["path", "query", "header"] as const).flatMap((part) => {
    const declared = route.input[part];
    if (!declared) return [];
    const { properties = {}, required = [] } = z.toJSONSchema(declared, {
      io: "input",
      unrepresentable: "any",
    });
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: part,
      required: part === "path" || required.includes(name),
      schema: property,
    }));
  });

/** A problem with the fields that rules add. The routes have loaded their rules; the order of loading does not matter. */
const anyProblem = () => {
  const fields = Object.fromEntries(Object.entries(declaredFields()).sort());
  return problem.extend(z.object(fields).partial().shape);
};

const problemResponse = {
  description: "Anything else: what went wrong and what to do",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** The same answer as documents for people to keep. */
const renderings = {
  "text/plain": { schema: { type: "string", description: "To copy" } },
  "text/html": { schema: { type: "string", description: "To print" } },
};

const aPage = { "text/html": { schema: { type: "string" } } };

const security: Record<Route["callers"], object> = {
  anyone: {},
  "anyone-or-reporter": { security: [{}, { receipt: [] }] },
  reporter: { security: [{ receipt: [] }] },
  officer: { security: [{ officer: [] }] },
};

const bodyContent = (body: z.ZodType, { takesForms }: Route) => {
  const content = { schema: schema(body, "input") };
  return {
    "application/json": content,
    ...(takesForms && { "application/x-www-form-urlencoded": content }),
  };
};

const operation = (route: Route) => ({
  summary: route.summary.en,
  description: route.summary.id,
  parameters: parameters(route),
  ...(route.input.body && {
    requestBody: { required: true, content: bodyContent(route.input.body, route) },
  }),
  responses: {
    ...Object.fromEntries(
      Object.entries(route.output).map(([status, body]) => [
        status,
        status === "302"
          ? { description: "The address in Location, which works for a minute" }
          : {
              description: status === "201" ? "Created" : "OK",
              content:
                body === "page"
                  ? aPage
                  : {
                      "application/json": { schema: schema(body, "output") },
                      ...(route.hasRenderings && renderings),
                    },
            },
      ]),
    ),
    default: problemResponse,
  },
  ...security[route.callers],
});

/** The contract of a table of routes as an OpenAPI 3.1 document. */
export function openApi(table: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of table) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operation(route);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "SP4N-LAPOR!",
      version: "1",
      description:
        "Complaints, aspirations and information requests about public services in Indonesia. Errors are application/problem+json (RFC 9457), in Indonesian unless Accept-Language asks for English.",
    },
    paths,
    components: {
      schemas: { Problem: schema(anyProblem(), "output"), ...Object.fromEntries(components) },
      securitySchemes: {
        receipt: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "Receipt <receipt>: the secret that came with the tracking number",
        },
        officer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token of the issuer of sign-in",
        },
      },
    },
  };
}
