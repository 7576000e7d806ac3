import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import type { Addresses } from "../../infra/local/system.ts";
import { shortReport } from "../bench/reports.ts";
import { outcomeOf, type Sample } from "./figures.ts";

/** Whoever waits longer than this has gone. */
const patienceMs = 30_000;
const officer = "admin@balikpapan.example";

interface Request {
  what: string;
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What people do in turns: most read, some report and track, and an officer looks at a queue. */
export async function openClients(addresses: Addresses) {
  const known: { number: string; receipt: string }[] = [];
  let token = await tokenFor(addresses, officer);
  const renewing = setInterval(() => {
    void tokenFor(addresses, officer).then((fresh) => (token = fresh));
  }, 20 * 60_000);
  let turn = 0;

  const report = (): Request => ({
    what: "report",
    path: "/v1/cases",
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify(shortReport),
  });
  const next = (): Request => {
    const at = turn++ % 20;
    const one = known[turn % Math.max(1, known.length)];
    if (!one || at < 3) return report();
    if (at < 6) return { what: "first page", path: "/" };
    if (at < 9) return { what: "list", path: "/laporan" };
    if (at < 13) return { what: "public case", path: `/laporan/${one.number}` };
    if (at < 17)
      return {
        what: "own case",
        path: `/v1/cases/${one.number}`,
        headers: { authorization: `Receipt ${one.receipt}` },
      };
    if (at < 19)
      return {
        what: "queue",
        path: "/v1/officer/cases?queue=verification",
        headers: { authorization: `Bearer ${token}` },
      };
    return { what: "calculator", path: "/hitung" };
  };

  async function send(request: Request): Promise<string> {
    try {
      const response = await fetch(`${addresses.api}${request.path}`, {
        method: request.method ?? "GET",
        ...(request.headers && { headers: request.headers }),
        ...(request.body !== undefined && { body: request.body }),
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await response.text();
      if (response.status === 201 && known.length < 200) {
        const { trackingNumber: number, receipt } = JSON.parse(text) as Record<string, string>;
        if (number && receipt) known.push({ number, receipt });
      }
      return outcomeOf(response.status, response.headers.get("retry-after"));
    } catch (error) {
      return (error as Error).name === "TimeoutError" ? "no answer in 30 seconds" : "connection lost";
    }
  }

  return {
    /** Sends so many requests a second for so many seconds, whether or not those before are answered. Answers once all are. */
    async arrive(
      began: number,
      { perSecond, seconds }: { perSecond: number; seconds: number },
      samples: Sample[],
      signal: AbortSignal,
    ): Promise<void> {
      const started = performance.now();
      const open: Promise<void>[] = [];
      for (let index = 0; index < perSecond * seconds && !signal.aborted; index++) {
        const due = started + (index * 1000) / perSecond;
        const early = due - performance.now();
        if (early > 1) await wait(early);
        const request = next();
        const sent = performance.now();
        open.push(
          send(request).then((outcome) => {
            samples.push({
              at: sent - began,
              milliseconds: performance.now() - sent,
              what: request.what,
              outcome,
            });
          }),
        );
      }
      await Promise.all(open);
    },
    close: () => clearInterval(renewing),
  };
}
