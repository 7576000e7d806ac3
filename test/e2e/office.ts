import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, vi } from "vitest";
import { tokenFor } from "../../infra/local/sign-in/token.ts";
import { type Addresses, type LocalSystem, startSystem } from "../../infra/local/system.ts";

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

export interface ReceivedMail {
  subject: string;
  destination: { to: string[] };
  body: { text: string; html: string };
}

/** The whole system with its directory and sample officers, as `npm start` runs it, for the tests of one file. */
export interface Office {
  readonly dataDir: string;
  /** The folder in which the stacks of this system are synthesised. */
  readonly assembly: string;
  readonly addresses: Addresses;
  /** Calls the API as anybody. */
  api(path: string, init?: RequestInit): Promise<Answer>;
  /** Calls the API as the officer with this e-mail address. A body is sent as JSON. */
  as(email: string, method: string, path: string, body?: unknown, headers?: object): Promise<Answer>;
  /** The token of the officer with this e-mail address. */
  tokenOf(email: string): Promise<string>;
  /** Submits a report. */
  send(report: unknown, headers?: Record<string, string>): Promise<Answer>;
  mailbox(): Promise<ReceivedMail[]>;
  /** Waits until there are as many mails about a case as expected, and returns them. */
  mailsAbout(trackingNumber: string, count: number): Promise<ReceivedMail[]>;
  /** Moves the simulated clock to this instant. Answers once the schedules whose time came have been called. */
  at(instant: string): Promise<Answer>;
  /** Stops the system and starts it again with the same data. */
  restart(): Promise<void>;
}

/**
 * Starts the system before the tests of a file and stops it after them. With `firstPort` it keeps its addresses. With
 * `now` it begins at that instant on a simulated clock.
 */
export function openOffice({
  stage,
  firstPort,
  now,
}: { stage?: string; firstPort?: number; now?: string } = {}): Office {
  const dataDir = mkdtempSync(join(tmpdir(), "sp4n-lapor-e2e-"));
  // Only one file uses another stage than "dev". That file synthesises its own stacks.
  const assembly = stage === undefined ? inject("assembly") : join(dataDir, "cdk.out");
  let system: LocalSystem;
  let client: Client;
  const start = async (from?: Date) => {
    client = clientOf(() => system.addresses);
    system = await startSystem({ stage, dataDir, assembly, firstPort, now: from });
  };

  beforeAll(() => start(now === undefined ? undefined : new Date(now)));
  afterAll(async () => {
    await system?.stop();
    rmSync(dataDir, { recursive: true });
  });

  return {
    dataDir,
    assembly,
    get addresses() {
      return system.addresses;
    },
    api: (path, init) => client.api(path, init),
    as: (email, method, path, body, headers) => client.as(email, method, path, body, headers),
    tokenOf: (email) => client.tokenOf(email),
    send: (report, headers) => client.send(report, headers),
    mailbox: () => client.mailbox(),
    mailsAbout: (trackingNumber, count) => client.mailsAbout(trackingNumber, count),
    at: (instant) =>
      client.api("/local/clock", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ now: instant }),
      }),
    async restart() {
      await system.stop();
      await start();
    },
  };
}

type Client = Pick<Office, "api" | "as" | "tokenOf" | "send" | "mailbox" | "mailsAbout">;

/** Asks a running system, as citizens and as officers. Each officer signs in once. */
export function clientOf(addressesNow: () => Addresses): Client {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (email: string) => {
    const token = tokens.get(email) ?? tokenFor(addressesNow(), email);
    tokens.set(email, token);
    return token;
  };
  const api: Office["api"] = async (path, init = {}) => {
    const response = await fetch(`${addressesNow().api}${path}`, init);
    const text = await response.text();
    const isText = !/json/.test(response.headers.get("content-type") ?? "json");
    const body = isText ? text : text ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, body };
  };
  const mailbox: Office["mailbox"] = async () => {
    const response = await fetch(`${addressesNow().mailbox}/store`);
    return ((await response.json()) as { emails: ReceivedMail[] }).emails;
  };

  return {
    api,
    tokenOf,
    as: async (email, method, path, body, headers = {}) =>
      api(path, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(email)}`,
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    send: (report, headers = {}) =>
      api("/v1/cases", {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": randomUUID(), ...headers },
        body: typeof report === "string" ? report : JSON.stringify(report),
      }),
    mailbox,
    mailsAbout: (trackingNumber, count) =>
      vi.waitFor(
        async () => {
          const mails = (await mailbox()).filter(({ subject, body }) =>
            // Of an anonymous or secret case the number stands in the text of officers' mails only.
            `${subject} ${body.text}`.includes(trackingNumber),
          );
          expect(mails).toHaveLength(count);
          return mails;
        },
        { timeout: 20_000, interval: 50 },
      ),
  };
}

/** A complaint about a road in Balikpapan, to its department of public works. */
export const road = {
  class: "complaint",
  title: "Jalan berlubang di depan pasar",
  text: "Sudah dua bulan jalan di depan pasar berlubang besar. Kemarin ada pengendara motor jatuh.",
  location: { regionCode: "64.71", address: "Jalan Contoh depan pasar" },
  agencyId: "balikpapan-dinas-pekerjaan-umum",
  category: "pekerjaan-umum-dan-penataan-ruang",
  anonymous: false,
  secret: false,
};

/** Sends a report, and gives back what its reporter and officers then do with it and see of it. */
export async function openReport(office: Pick<Office, "api" | "as" | "send">, report: object) {
  const { status, body } = await office.send(report);
  expect(status).toBe(201);
  const number = body.trackingNumber as string;
  const receipt = { authorization: `Receipt ${body.receipt}` };
  return {
    number,
    move: (email: string, path: string, told: object = {}, headers: object = {}) =>
      office.as(email, "POST", `/v1/officer/cases/${number}/${path}`, told, headers),
    reporter: (path: string, told: object = {}) =>
      office.api(`/v1/cases/${number}/${path}`, {
        method: "POST",
        headers: { ...receipt, "content-type": "application/json" },
        body: JSON.stringify(told),
      }),
    seen: async () => (await office.api(`/v1/cases/${number}`)).body,
    mine: async () => (await office.api(`/v1/cases/${number}`, { headers: receipt })).body,
  };
}

/** Uploads a file as a browser sends a form. */
export async function upload(
  { url, fields }: { url: string; fields: Record<string, string> },
  bytes: Uint8Array,
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(bytes)]), "apa saja.jpg");
  const { status } = await fetch(url, { method: "POST", body: form });
  expect(status).toBe(204);
}
