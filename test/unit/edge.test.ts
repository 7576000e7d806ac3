import { describe, expect, test } from "vitest";
import * as z from "zod";
import { endpoint, get } from "../../shared/http/endpoint.ts";
import { ok } from "../../shared/http/reply.ts";
import { serve } from "../../shared/http/serve.ts";
import { edgeHeaders } from "../../shared/traffic/edge.ts";
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

  test("who goes around it is refused, with what to do, and is told nothing of the secret", async () => {
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

  test("whom the edge cannot name shares one network with all of whom it cannot", async () => {
    expect((await ask([old], { [edgeHeaders.secret]: old })).body).toEqual({ network: "unknown" });
  });
});

test("without an edge nobody can say that they are somebody else", async () => {
  const answer = await ask([], { [edgeHeaders.viewer]: "203.0.113.9", [edgeHeaders.secret]: old });
  expect(answer.body).toEqual({ network: "192.0.2.0/24" });
});
