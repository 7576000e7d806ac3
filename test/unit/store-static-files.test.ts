import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { storeStaticFiles } from "../../functions/jobs/store-static-files.ts";

const ending: (() => void)[] = [];
afterEach(() => ending.splice(0).forEach((end) => end()));

/** CloudFormation, which waits at an address for the answer. */
async function cloudFormation({ takes = true } = {}) {
  const answers: unknown[] = [];
  const types: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    types.push(request.headers["content-type"]);
    void json(request).then((answer) => {
      answers.push(answer);
      response.writeHead(takes ? 200 : 403).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  ending.push(() => server.close());
  const asks = (RequestType: string) => ({
    RequestType,
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jawaban`,
    StackId: "stack",
    RequestId: "request",
    LogicalResourceId: "Stored",
    ResourceType: "Custom::StaticFiles",
    ResourceProperties: { version: "1" },
  });
  return { asks, answers, types };
}

function folderOf(addresses: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-static-"));
  ending.push(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "aset"));
  for (const address of addresses) writeFileSync(join(folder, address), `bytes of ${address}`);
  const headers = { "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" };
  writeFileSync(
    join(folder, "list.json"),
    JSON.stringify(addresses.map((address) => ({ address, headers }))),
  );
  return folder;
}

const files = ["/sw.js", "/aset/style-1.css", "/aset/page-1.js"];

describe("the function that stores the static files of a deployment", () => {
  test.each(["Create", "Update"])(
    "stores all of them at a %s, the service worker last, and says so",
    async (type) => {
      const { asks, answers, types } = await cloudFormation();
      const stored: string[] = [];
      await storeStaticFiles(folderOf(files), async ({ address }, content) => {
        stored.push(`${address}: ${Buffer.from(content).toString()}`);
      })(asks(type));
      expect(stored.slice(0, 2).sort()).toEqual([
        "/aset/page-1.js: bytes of /aset/page-1.js",
        "/aset/style-1.css: bytes of /aset/style-1.css",
      ]);
      expect(stored.slice(2)).toEqual(["/sw.js: bytes of /sw.js"]);
      expect(answers).toEqual([
        {
          Status: "SUCCESS",
          StackId: "stack",
          RequestId: "request",
          LogicalResourceId: "Stored",
          PhysicalResourceId: "static-files",
        },
      ]);
      // The address is signed for a body without a type.
      expect(types).toEqual([undefined]);
    },
  );

  test("removes nothing when the stack goes: pages in caches name the files", async () => {
    const { asks, answers } = await cloudFormation();
    await storeStaticFiles(folderOf(files), () => expect.unreachable("a file was stored"))(asks("Delete"));
    expect(answers).toMatchObject([{ Status: "SUCCESS" }]);
  });

  test("ends the deployment at once when a file cannot be stored, and leaves the service worker as it was", async () => {
    const { asks, answers } = await cloudFormation();
    const stored: string[] = [];
    await storeStaticFiles(folderOf(files), async ({ address }) => {
      if (address.endsWith(".css")) throw new Error("AccessDenied");
      stored.push(address);
    })(asks("Update"));
    expect(answers).toMatchObject([{ Status: "FAILED", Reason: expect.stringContaining("log says why") }]);
    expect(stored).not.toContain("/sw.js");
  });

  test("fails, so that it is called again, when CloudFormation does not take the answer", async () => {
    const { asks } = await cloudFormation({ takes: false });
    await expect(storeStaticFiles(folderOf(files), async () => {})(asks("Create"))).rejects.toThrow("403");
  });
});
