import { randomUUID } from "node:crypto";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import type { Addresses } from "../../infra/local/system.ts";
import { shortReport } from "./reports.ts";
import { quantile, table } from "./table.ts";

const perRun = 60;
const text = "Kami sudah meninjau lokasi dan menambal jalan itu dengan aspal panas kemarin pagi.";

/** How long an officer waits for an answer to be stored, through the local gateway, beside reading the same case. */
export async function answersTime(addresses: Addresses, signal: AbortSignal): Promise<string> {
  const [admin, unit] = await Promise.all([
    tokenFor(addresses, "admin@balikpapan.example"),
    tokenFor(addresses, "petugas.pu@balikpapan.example"),
  ]);
  const call = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const response = await fetch(`${addresses.api}${path}`, {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      signal,
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { trackingNumber: string };
    if (response.status >= 300) throw new Error(`${method} ${path} was answered with ${response.status}`);
    return answer;
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const ready = async (): Promise<string> => {
    const key = { "idempotency-key": randomUUID() };
    const { trackingNumber } = await call("POST", "/v1/cases", key, shortReport);
    await call("POST", `/v1/officer/cases/${trackingNumber}/verification`, bearer(admin), {});
    return `/v1/officer/cases/${trackingNumber}`;
  };
  const timed = async (paths: string[], connections: number, act: (path: string) => Promise<unknown>) => {
    const waiting = [...paths];
    const milliseconds: number[] = [];
    const work = async () => {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        const began = performance.now();
        await act(path);
        milliseconds.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: connections }, work));
    return milliseconds;
  };

  const rows: string[][] = [];
  for (const connections of [1, 4]) {
    const paths: string[] = [];
    for (let each = 0; each < perRun; each++) paths.push(await ready());
    const reads = await timed(paths, connections, (path) => call("GET", path, bearer(unit)));
    const answers = await timed(paths, connections, (path) =>
      call("POST", `${path}/answer`, bearer(unit), { text }),
    );
    rows.push([
      String(connections),
      ...[0.5, 0.95].flatMap((share) => {
        const [answer, read] = [quantile(answers, share), quantile(reads, share)];
        return [answer.toFixed(0), read.toFixed(0), (answer / read).toFixed(2)];
      }),
    ]);
  }
  return table(
    ["Connections", ...["p50", "p95"].flatMap((at) => [`answer ${at} (ms)`, `reading ${at} (ms)`, "ratio"])],
    rows,
  );
}
