import * as z from "zod";
import { declaredFields } from "../refusal.ts";
import { proofOfWork } from "../traffic/load.ts";
import { needsNothing } from "./body.ts";
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

/** Whoever brings a receipt may be asked for a solved challenge, by routes that declare no such header too. */
const takesProof = ({ callers, input }: Route): boolean =>
  callers === "reporter" || callers === "anyone-or-reporter" || "proof-of-work" in propertiesOf(input.header);

const propertiesOf = (declared: z.ZodType | undefined): object =>
  declared instanceof z.ZodObject ? declared.shape : {};

const withProof = (header: z.ZodType | undefined): z.ZodType =>
  (header instanceof z.ZodObject ? header : z.object({})).extend({ "proof-of-work": proofOfWork });

const parameters = (route: Route) => {
  const header = takesProof(route) ? withProof(route.input.header) : route.input.header;
  return (["path", "query", "header"] as const).flatMap((part) => {
    const declared = part === "header" ? header : route.input[part];
    if (!declared) return [];
    const { properties = {}, required = [] } = z.toJSONSchema(declared, {
      io: "input",
      unrepresentable: "any",
    });
    return Object.entries(properties).map(([name, property]) => {
      const { description, ...bare } = property as { description?: string };
      return {
        name,
        in: part,
        required: part === "path" || required.includes(name),
        ...(description && { description }),
        schema: bare,
      };
    });
  });
};

/** A problem with the fields that rules add. The routes have loaded their rules; the order of loading does not matter. */
const anyProblem = () => {
  const fields = Object.fromEntries(Object.entries(declaredFields()).sort());
  return problem.extend(z.object(fields).partial().shape);
};

const problemThat = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

const proofNeeded = {
  428: "A solved challenge is needed: too many wrong receipts, or very many reports. `challenges` says where to get one.",
};

const refusals = (route: Route) =>
  Object.fromEntries(
    Object.entries({ ...(takesProof(route) && proofNeeded), ...route.refusals }).map(([status, when]) => [
      status,
      problemThat(when),
    ]),
  );

const described: Record<string, string> = {
  201: "Created",
  202: "Nothing has changed yet: this needs a second person, who finds the request at the address in Location",
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
    ...(takesForms === "in-parts" && { "multipart/form-data": content }),
  };
};

const redirected = (body: z.ZodType | "page"): string =>
  (body !== "page" && body.description) || "The address in Location, which works for a minute";

const operation = (route: Route) => ({
  summary: route.summary.en,
  description: route.summary.id,
  parameters: parameters(route),
  ...(route.input.body && {
    requestBody: {
      required: !needsNothing(route.input.body),
      content: bodyContent(route.input.body, route),
    },
  }),
  responses: {
    ...Object.fromEntries(
      Object.entries(route.output).map(([status, body]) => [
        status,
        status === "302"
          ? { description: redirected(body) }
          : {
              description: described[status] ?? "OK",
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
    ...refusals(route),
    default: problemThat("Anything else: what went wrong and what to do"),
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
          description:
            "Receipt <receipt>: the secret that came with the tracking number. After ten wrong ones a network has to send a solved challenge with each.",
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
