import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import kalimantanTimur from "../../shared/directory/data/kalimantan-timur.json" with { type: "json" };
import { type MiniStack, run, startMiniStack, until } from "./ministack.ts";

// One story in order: each step needs the one before.
let aws: MiniStack | undefined;
let api: URL | undefined;
let sent: { trackingNumber: string; receipt: string } | undefined;

afterAll(() => aws?.stop());

const agency = kalimantanTimur.agencies.find(({ id }) => id === "balikpapan-dinas-pekerjaan-umum");

const complaint = {
  class: "complaint",
  title: "Jalan berlubang di Jalan MT Haryono",
  text: "Lubang sedalam 20 cm di depan pasar; dua pengendara motor jatuh minggu ini.",
  location: {
    regionCode: "64.71",
    address: "Jalan MT Haryono",
    latitude: -1.2379,
    longitude: 116.8529,
  },
  agencyId: agency?.id,
  anonymous: false,
  secret: false,
  reporter: { name: "Warga Contoh", email: "warga@contoh.example" },
};

step("MiniStack, which stands in for AWS and enforces permissions, starts", async () => {
  aws = await startMiniStack();
});

step("the stacks deploy with the unmodified CDK CLI", async () => {
  const { env, folder } = needed(aws);
  const outputs = join(folder, "outputs.json");
  const cdk = (minutes: number, ...args: string[]) =>
    run("cdk", [...args, "--output", join(folder, "cdk.out")], env, minutes);
  await cdk(2, "bootstrap", "aws://000000000000/ap-southeast-3");
  await cdk(5, "deploy", "--all", "--require-approval", "never", "--outputs-file", outputs);
  const { "sp4n-lapor-dev-api": stack } = JSON.parse(await readFile(outputs, "utf8"));
  api = new URL(stack.ApiUrl);
  expect(api.hostname).toMatch(/^\w+\.execute-api\./);
});

step(
  "the agencies of Kalimantan Timur load into the deployed directory, and those of a city can be listed",
  async () => {
    const data = ["kalimantan-timur.json", "categories.json"].map((file) => `shared/directory/data/${file}`);
    const said = await run(
      "node",
      ["functions/commands/load-directory.ts", "--stage", "dev", ...data],
      needed(aws).env,
      2,
    );
    expect(said).toContain(`agencies: ${kalimantanTimur.agencies.length} added`);
    const { status, body } = await call("GET", "/v1/agencies?region=64.71&limit=500");
    expect(status).toBe(200);
    expect(body.items?.map(({ id }) => id)).toContain(agency?.id);
  },
);

step("the deployed API says that it can take reports", async () => {
  expect(await call("GET", "/v1/health")).toEqual({ status: 200, body: { status: "ok" } });
});

step("a complaint sent twice with the same key gets the same number and receipt", async () => {
  const headers = { "Idempotency-Key": randomUUID() };
  const first = await call("POST", "/v1/cases", headers, complaint);
  expect(first).toEqual({
    status: 201,
    body: { trackingNumber: expect.any(String), receipt: expect.any(String), status: "submitted" },
  });
  sent = first.body;
  expect(await call("POST", "/v1/cases", headers, complaint)).toEqual(first);
});

step("anybody can follow the complaint, and only its reporter sees the exact spot", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const path = `/v1/cases/${trackingNumber}`;
  const { regionCode, address } = complaint.location;
  const shown = { trackingNumber, title: complaint.title, agency: { id: agency?.id, name: agency?.name } };

  const forAnybody = await call("GET", path);
  expect(forAnybody).toMatchObject({ status: 200, body: shown });
  expect(forAnybody.body.location).toEqual({ regionCode, regionName: "Kota Balikpapan", address });

  const forReporter = await call("GET", path, { Authorization: `Receipt ${receipt}` });
  expect(forReporter).toMatchObject({ status: 200, body: { ...shown, location: complaint.location } });
});

step("the complaint reaches the agency's mailbox", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const alert = await mailTo(needed(agency).alertEmail);
  expect(alert.Subject).toContain(trackingNumber);
  expect(JSON.stringify(alert)).not.toContain(receipt);
});

step("the reporter gets a confirmation, without the receipt", async () => {
  const { trackingNumber, receipt } = needed(sent);
  const confirmation = await mailTo(complaint.reporter.email);
  expect(confirmation.Subject).toContain(trackingNumber);
  expect(JSON.stringify(confirmation)).not.toContain(receipt);
});

/** A test that tells what MiniStack wrote when it fails. */
function step(sentence: string, act: () => Promise<void>): void {
  test(sentence, async () => {
    try {
      await act();
    } catch (error) {
      if (!aws || error instanceof EarlierFailure) throw error;
      const { message } = error as Error;
      throw new Error(`${message}\n\nMiniStack's last lines:\n${aws.log()}`, { cause: error });
    }
  });
}

class EarlierFailure extends Error {}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new EarlierFailure("A step before this one failed; see there.");
  return value;
}

/** What the API answers, as far as this story reads it. */
interface Answer {
  status: number | undefined;
  body: { trackingNumber: string; receipt: string; location?: object; items?: { id: string }[] };
}

/** Calls the deployed API. Not with fetch, which does not let us name the host. */
async function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object,
): Promise<Answer> {
  const to = {
    host: "127.0.0.1",
    port: needed(aws).port,
    method,
    path,
    headers: { Host: needed(api).host, "Content-Type": "application/json", ...headers },
    signal: AbortSignal.timeout(60_000),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(to, resolve)
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
  return { status: answer.statusCode, body: JSON.parse(await text(answer)) };
}

interface SentMail {
  To: string[];
  Subject: string;
  BodyText: string;
  BodyHtml: string;
}

/** Waits until SES has a mail to this address. */
const mailTo = (address: string): Promise<SentMail> =>
  until(`No mail to ${address}`, 60, async () => {
    const response = await fetch(`http://127.0.0.1:${needed(aws).port}/_ministack/ses/messages`);
    const { messages } = (await response.json()) as { messages: Record<string, SentMail[]> };
    return Object.values(messages)
      .flat()
      .find(({ To }) => To.includes(address));
  });
