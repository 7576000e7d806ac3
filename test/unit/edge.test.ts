import { describe, expect, test } from "vitest";
import * as z from "zod";
import { endpoint, get } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { serve } from "../../shared/http/serve.ts";
import { edgeHeaders } from "../../shared/traffic/edge.ts";
import { networkOf } from "../../shared/traffic/network.ts";
import { call } from "../fakes/gateway.ts";

const whoAsks = get(
  "/v1/who",
  endpoint(
    { summary: { id: "Siapa", en: "Who" }, input: {}, output: { 200: z.object({ network: z.string() }) } },
    async (_request, { network }) => ok({ network }),
  ),
);
const secrets = ["lama-0123456789012345678901234567890123", "baru-0123456789012345678901234567890123"];
const [old = "", fresh = ""] = secrets;
const ask = (originSecrets: string[], headers: Record<string, string>) =>
  call(serve([whoAsks], undefined, { originSecrets }), "GET", "/v1/who", { headers, address: "192.0.2.7" });

describe("behind the edge", () => {
  test("a request is counted for the network of its sender, as the edge says, and not for the edge", async () => {
    for (const [address, network] of [
      ["203.0.113.9", "203.0.113.0/24"],
      ["2001:db8:12:34::1", "2001:db8:12::/48"],
    ])
      for (const secret of secrets) {
        const answer = await ask(secrets, {
          [edgeHeaders.secret]: secret,
          [edgeHeaders.viewer]: address ?? "",
        });
        expect(answer.body).toEqual({ network });
      }
  });

  test("a request that goes around the edge is refused, with what to do, and is told nothing of the secret", async () => {
    const wrong: Record<string, string>[] = [
      {},
      { [edgeHeaders.viewer]: "203.0.113.9" },
      { [edgeHeaders.secret]: "" },
      { [edgeHeaders.secret]: old.slice(1) },
      { [edgeHeaders.secret]: `${old},${old}` },
    ];
    for (const headers of wrong) {
      const { status, body } = await ask([old], headers);
      expect([headers, status]).toEqual([headers, 403]);
      expect(body.detail).toContain("alamat umum");
      expect(JSON.stringify(body)).not.toContain(old.slice(1, 20));
    }
    expect((await ask([fresh], { [edgeHeaders.secret]: old })).status).toBe(403);
  });

  test("all senders whom the edge cannot name share one network", async () => {
    expect((await ask([old], { [edgeHeaders.secret]: old })).body).toEqual({ network: "unknown" });
  });
});

test("without an edge nobody can say that they are somebody else", async () => {
  const answer = await ask([], { [edgeHeaders.viewer]: "203.0.113.9", [edgeHeaders.secret]: old });
  expect(answer.body).toEqual({ network: "192.0.2.0/24" });
});

describe("the network of an address", () => {
  test.each([
    ["203.0.113.9", "203.0.113.0/24"],
    ["::ffff:203.0.113.9", "203.0.113.0/24"],
    ["::FFFF:cb00:7109", "203.0.113.0/24"],
    ["0:0:0:0:0:ffff:203.0.113.9", "203.0.113.0/24"],
    ["2001:db8:12:34::1", "2001:db8:12::/48"],
    ["2001:0DB8:0012:0034:0000:0000:0000:0001", "2001:db8:12::/48"],
    ["2001:db8::192.0.2.1", "2001:db8:0::/48"],
    ["fe80::1%eth0", "fe80:0:0::/48"],
    ["::1", "0:0:0::/48"],
  ])("the network of the address %s is %s, however it is written", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test.each([
    "",
    "unknown",
    "localhost",
    "203.0.113",
    "3405803785",
    "0x7f.0.0.1",
    "01.2.3.4",
    "999.1.1.1",
    "::ffff:999.1.1.1",
    "203.0.113.9:443",
    "203.0.113.9, 10.0.0.1",
    "203.0.113.9%eth0",
    "[2001:db8::1]",
    "2001:db8::/32",
    "1::2::3",
    "2001:db8:1:2:3:4:5:6:7",
  ])("the network is unknown where %j is no address", (text) => {
    expect(networkOf(text)).toBe("unknown");
  });
});
