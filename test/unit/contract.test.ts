import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contract } from "../../functions/commands/describe-api.ts";

test("The contract that the API serves is the contract of its routes", () => {
  const served: unknown = JSON.parse(readFileSync("functions/public/openapi.json", "utf8"));
  expect(served).toEqual(JSON.parse(JSON.stringify(contract()))); // npm run openapi
});

const operations = Object.entries(contract().paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, told]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...(told as any),
  })),
);
const named = (name: string) => operations.find((one) => one.name === name);

test("The contract names the header for a solved challenge wherever an answer may ask for one, and says what it holds", () => {
  const takesReceipt = ({ security = [] }: { security?: object[] }) =>
    security.some((one) => "receipt" in one);
  const asking = operations.filter((one) => takesReceipt(one) || one.name === "POST /v1/cases");
  expect(asking.length).toBeGreaterThan(15);
  for (const { name, parameters, responses } of asking) {
    const header = parameters.find((one: { name: string }) => one.name === "proof-of-work");
    expect([name, header?.description]).toEqual([name, expect.stringContaining("base64 of the JSON")]);
    expect([name, responses["428"]?.description]).toEqual([name, expect.stringContaining("challenges")]);
  }
});

test("The contract tells what waits for a second person, what may be asked for too often, and how long an original can be fetched", () => {
  expect(named("PUT /v1/admin/officers/{id}").responses["202"].description).toContain("second person");
  expect(named("POST /v1/officer/identity-search").responses["429"].description).toContain("searches");
  expect(named("POST /v1/cases/{trackingNumber}/attachments").responses["429"].description).toContain(
    "forms",
  );
  const original = "GET /v1/officer/cases/{trackingNumber}/attachments/{attachmentId}/original";
  expect(named(original).responses["302"].description).toContain("ten seconds");
});

test("The contract names every status with its kind of problem, and leaves nothing to a default", () => {
  const { schemas } = contract().components as { schemas: Record<string, any> };
  for (const { name, responses } of operations) {
    expect([name, Object.keys(responses).filter((status) => !/^\d{3}$/.test(status))]).toEqual([name, []]);
    expect([name, Object.keys(responses)]).toEqual([
      name,
      expect.arrayContaining(["400", "403", "429", "500", "503"]),
    ]);
    for (const [status, { content }] of Object.entries<any>(responses)) {
      const declared = content?.["application/problem+json"]?.schema.$ref.split("/").at(-1);
      if (declared === undefined) continue;
      const { allOf, examples } = schemas[declared];
      expect([name, allOf[1].properties.status.const]).toEqual([name, Number(status)]);
      expect(examples).toMatchObject([{ status: Number(status), type: allOf[1].properties.type.const }]);
    }
  }
});

test("Whoever stands before a case learns from every conflict where it stands and what they can do", () => {
  const conflicts = operations.filter(
    ({ name, responses }) => name.includes("{trackingNumber}") && "409" in responses,
  );
  expect(conflicts.length).toBeGreaterThan(25);
  for (const { name, responses } of conflicts)
    expect([name, responses["409"].content]).toEqual([
      name,
      { "application/problem+json": { schema: { $ref: "#/components/schemas/CaseConflict" } } },
    ]);
});

test("The contract says of the gateway's own answers what they are", () => {
  const message = { schema: { $ref: "#/components/schemas/GatewayMessage" } };
  const { responses } = named("GET /v1/officer/me");
  expect(responses["401"].content["application/json"]).toEqual(message);
  expect(responses["401"].headers).toHaveProperty("www-authenticate");
  expect(responses["403"].content["application/json"]).toEqual(message);
  const ofReporter = named("POST /v1/cases/{trackingNumber}/replies").responses;
  expect(Object.keys(ofReporter["401"].content)).toEqual(["application/problem+json"]);
});

test("The contract asks for a body only where a request has to say something", () => {
  expect(named("POST /v1/cases/{trackingNumber}/original-erasure").requestBody.required).toBe(false);
  expect(named("POST /v1/cases/{trackingNumber}/replies").requestBody.required).toBe(true);
});
