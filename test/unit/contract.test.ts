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

test("The contract asks for a body only where a request has to say something", () => {
  expect(named("POST /v1/cases/{trackingNumber}/original-erasure").requestBody.required).toBe(false);
  expect(named("POST /v1/cases/{trackingNumber}/replies").requestBody.required).toBe(true);
});
