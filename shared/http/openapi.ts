import * as z from "zod";
import { officerId } from "../text/id.ts";
import { proofOfWork } from "../traffic/load.ts";
import { needsNothing } from "./body.ts";
import { postHeader, type Route } from "./endpoint.ts";
import { problemResponses, problemSchemas, takesProof } from "./problem-contract.ts";

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

const officerPost = officerId
  .optional()
  .describe("The id of the post to act in, for a person who holds several. Without it the first that may.");

/** Headers that routes take without declaring them. */
const undeclared = (route: Route): z.ZodRawShape => ({
  ...(takesProof(route) && { "proof-of-work": proofOfWork }),
  ...(route.callers === "officer" && { [postHeader]: officerPost }),
});

const withUndeclared = (route: Route): z.ZodType | undefined => {
  const { header } = route.input;
  const added = undeclared(route);
  if (Object.keys(added).length === 0) return header;
  return (header instanceof z.ZodObject ? header : z.object({})).extend(added);
};

const parameters = (route: Route) => {
  const header = withUndeclared(route);
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

const described: Record<string, string> = {
  201: "Created",
  202: "Nothing has changed yet: this needs a second person, who finds the request at the address in Location",
};

/** The same answer as documents for people to keep. */
const renderings = {
  "text/plain": { schema: { type: "string", description: "To copy" } },
  "text/html": { schema: { type: "string", description: "To print" } },
};

const aPage = (type = "text/html") => ({ [type]: { schema: { type: "string" } } });

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

const unchanged = "What the caller has is still so";

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
        status === "302" || status === "304"
          ? { description: status === "302" ? redirected(body) : unchanged }
          : {
              description: described[status] ?? "OK",
              content:
                body === "page"
                  ? aPage(route.documentType)
                  : {
                      [route.documentType ?? "application/json"]: { schema: schema(body, "output") },
                      ...(route.hasRenderings && renderings),
                    },
            },
      ]),
    ),
    ...problemResponses(route),
  },
  ...security[route.callers],
});

/** The contract of a table of routes as an OpenAPI 3.1 document. */
export function openApi(table: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of table.filter(({ pageIn }) => pageIn === undefined)) {
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
        "Complaints, aspirations and information requests about public services in Indonesia. Errors are application/problem+json (RFC 9457), in Indonesian unless Accept-Language asks for English. Only where the gateway itself answers is an error plain JSON with a message. An address that is not in this document answers 404, and a method that its address does not serve 405, or 404 where another function serves it.",
    },
    paths,
    components: {
      schemas: { ...problemSchemas(table), ...Object.fromEntries(components) },
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
