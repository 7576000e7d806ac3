import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contract } from "../../functions/commands/describe-api.ts";

test("The contract that the API serves is the contract of its routes", () => {
  const served: unknown = JSON.parse(readFileSync("functions/public/openapi.json", "utf8"));
  expect(served).toEqual(JSON.parse(JSON.stringify(contract()))); // npm run openapi
});
