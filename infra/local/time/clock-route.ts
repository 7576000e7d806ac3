import * as z from "zod";
import type { OwnRoute } from "../gateway/http-api.ts";
import type { HttpAnswer } from "../gateway/http-event.ts";
import { type Clock, inWita, writtenTime } from "./clock.ts";

/** On this machine only: no function and no template knows it. */
export const clockPath = "/local/clock";

const distance = z.int().min(0).max(100_000);
const move = z
  .strictObject({ now: writtenTime, days: distance, hours: distance, minutes: distance })
  .partial()
  .refine(({ now, ...by }) => (now === undefined) !== (Object.keys(by).length === 0));

const messages: Record<string, string> = {
  now: "Tulis waktu dengan selisihnya (a time with its offset), 2026-03-24T08:00:00+08:00, atau tanggal (or a date).",
  unknown: "Isian ini tidak dikenal (this field is not known).",
  distance: "Isi dengan bilangan bulat 0 sampai 100000 (a whole number from 0 to 100000).",
  object: 'Kirim {"now": ...} atau {"days": ..., "hours": ..., "minutes": ...} (send one of the two).',
  backwards: "Waktu hanya dapat dimajukan (time only moves forward): events would come before their causes.",
};

/**
 * `GET` tells the time of the system. `POST` moves a simulated clock forward, to `{now}` or by `{days, hours, minutes}`, and
 * answers once the schedules whose time came have been called.
 */
export const clockRoute =
  (clock: Clock, callDue: () => Promise<string[]>): OwnRoute =>
  async ({ method, headers }, body) => {
    const told = () => ({ now: inWita(clock.now()), simulated: clock.simulated });
    if (method === "GET") return json(200, told());
    if (method !== "POST")
      return problem(405, "method-not-allowed", "Pakai GET atau POST (use GET or POST).");
    if (!clock.simulated)
      return problem(
        409,
        "conflict",
        "Sistem ini berjalan dengan jam mesin (this system runs on the machine's clock). Start it on a simulated one: npm start -- --data DIR --now 2026-03-13",
      );
    // What a page may not send elsewhere without asking first.
    if (!/^application\/json\b/i.test(headers["content-type"] ?? ""))
      return problem(415, "unsupported-media-type", "Kirim isi sebagai JSON (send JSON).");
    const read = move.safeParse(parsed(body));
    if (!read.success) return invalid(read.error.issues.flatMap(refusals));
    const { now, days = 0, hours = 0, minutes = 0 } = read.data;
    const distance = ((days * 24 + hours) * 60 + minutes) * 60_000;
    const to = new Date((now ?? clock.now()).getTime() + distance);
    if (to < clock.now()) return invalid([["now", messages.backwards]]);
    clock.moveTo(to);
    return json(200, { ...told(), called: await callDue() });
  };

type Wrong = [path: string, message: string | undefined];

const refusals = (issue: z.core.$ZodIssue): Wrong[] => {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [key, messages.unknown]);
  const path = issue.path.join(".");
  return [[path, messages[path] ?? (path ? messages.distance : messages.object)]];
};

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined; // refused as what is not an object
  }
};

const json = (status: number, body: object, type = "application/json"): HttpAnswer => ({
  status,
  headers: { "content-type": type, "cache-control": "no-store" },
  body: JSON.stringify(body),
});

const problem = (status: number, kind: string, detail: string, more: object = {}): HttpAnswer =>
  json(
    status,
    { type: `urn:sp4n-lapor:problem:${kind}`, title: kind, status, detail, ...more },
    "application/problem+json",
  );

const invalid = (wrong: Wrong[]): HttpAnswer =>
  problem(400, "invalid-input", "Isian perlu diperbaiki (invalid input).", {
    errors: wrong.map(([path, message]) => ({ in: "body", path, message })),
  });
