import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contract } from "../../functions/commands/describe-api.ts";

test("the contract that the API serves is the one of its routes", () => {
  const served: unknown = JSON.parse(readFileSync("functions/public/openapi.json", "utf8"));
  expect(served).toEqual(JSON.parse(JSON.stringify(contract()))); // npm run openapi
});
