import { readFile, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { CloudFormation } from "@aws-sdk/client-cloudformation";
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, test } from "vitest";
import { root, run } from "../python.ts";
import { type MiniStack, startMiniStack, until } from "./ministack.ts";
import { signInForTheFirstTime } from "./sign-in.ts";
import { account } from "./stage-app.ts";

/** A stage, the folder whose code it is deployed from, and what `-c` says besides. */
interface Wanted {
  stage: "prod" | "rehearsal";
  code?: string;
  context?: string[];
}

/** The addresses that the stacks of a stage put out. */
interface Deployed {
  site: URL;
  /** The gateway's own address, behind the edge. */
  api: URL;
  signIn: { Issuer: string; ClientId: string };
}

/** Where the stacks of a stage are. */
const regions = ["ap-southeast-3", "us-east-1"];

/** The owner of the account, to whom MiniStack allows everything. */
const asOwner = { accessKeyId: account, secretAccessKey: "test" };

/** With these a client asks MiniStack as the owner. */
const clientOf = (aws: MiniStack, region = "ap-southeast-3") => ({
  endpoint: `http://127.0.0.1:${aws.port}`,
  region,
  credentials: asOwner,
});

/** Runs the CDK CLI on the stacks of a stage, in the folder of their code. */
function runCdk(aws: MiniStack, { stage, code = root, context = [] }: Wanted, ...args: string[]) {
  const app = `node ${join(root, "test/deploy/stage-app.ts")}`;
  const more = [
    "--app",
    app,
    "--output",
    join(aws.folder, "cdk.out"),
    ...context.flatMap((one) => ["-c", one]),
  ];
  return run("cdk", [...args, ...more], { ...aws.env, CODE: code, STAGE: stage }, 6, code);
}

/** Starts MiniStack with an account in which nothing is but what `cdk bootstrap` makes. */
async function startAccount(): Promise<MiniStack> {
  const aws = await startMiniStack({ account });
  const environments = regions.map((region) => `aws://${account}/${region}`);
  // Two stories may begin at the same time, and the CDK lets nobody else into the folder in which it works.
  await run("cdk", ["bootstrap", ...environments, "--output", join(aws.folder, "bootstrap")], aws.env, 2);
  return aws;
}

/** Deploys a stage whole, in both of its regions, and returns its addresses. */
async function deploy(aws: MiniStack, wanted: Wanted): Promise<Deployed> {
  const outputs = join(aws.folder, "outputs.json");
  // Stacks that do not wait for each other go side by side.
  const all = ["--all", "--require-approval", "never", "--concurrency", "4"];
  await runCdk(aws, wanted, "deploy", ...all, "--outputs-file", outputs);
  const stacks = JSON.parse(await readFile(outputs, "utf8"));
  const of = (stack: string) => stacks[`sp4n-lapor-${wanted.stage}-${stack}`];
  const { Issuer, ClientId } = of("sign-in");
  return { site: new URL(of("web").SiteUrl), api: new URL(of("api").ApiUrl), signIn: { Issuer, ClientId } };
}

/** Asks a host of the deployed stage as over TLS. `fetch` cannot do it, because it does not let us name the host. */
async function ask(
  aws: MiniStack,
  { host }: URL,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object,
) {
  const to = {
    host: "127.0.0.1",
    port: aws.port,
    method,
    path,
    headers: { Host: host, "X-Forwarded-Proto": "https", "Content-Type": "application/json", ...headers },
    signal: AbortSignal.timeout(60_000),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(to, resolve)
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
  return { status: answer.statusCode, headers: answer.headers, said: await text(answer) };
}

/** Calls a function of the stage as its schedule does. */
async function callFunction(aws: MiniStack, name: string): Promise<void> {
  const lambda = new LambdaClient(clientOf(aws));
  try {
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 50 }));
    const FunctionName = Functions.find((one) => one.FunctionName?.includes(name))?.FunctionName;
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
    if (FunctionError) throw new Error(`${name} failed: ${Buffer.from(Payload ?? []).toString()}`);
  } finally {
    lambda.destroy();
  }
}

/** The id of the one user pool that there is. */
async function userPool(aws: MiniStack): Promise<string> {
  const cognito = new CognitoIdentityProviderClient(clientOf(aws));
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }));
  cognito.destroy();
  if (UserPools.length !== 1) throw new Error(`There are ${UserPools.length} user pools.`);
  return UserPools[0]?.Id ?? "";
}

/** Gives somebody an account, enters them into the directory, and signs them in for the first time on the sign-in page. */
async function appoint(
  aws: MiniStack,
  stage: Wanted["stage"],
  { signIn: { ClientId } }: Deployed,
  { email, role, agencyId }: { email: string; role: string; agencyId: string },
): Promise<{ access_token: string; id_token: string }> {
  const cognito = new CognitoIdentityProviderClient(clientOf(aws));
  const UserPoolId = await userPool(aws);
  const temporaryPassword = "Sementara-2026!";
  const { User } = await cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username: email, TemporaryPassword: temporaryPassword }),
  );
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
  cognito.destroy();
  const tokens = await signInForTheFirstTime(
    `http://127.0.0.1:${aws.port}`,
    { id: ClientId, callbackUrl: UserPoolClient?.CallbackURLs?.[0] ?? "" },
    { email, temporaryPassword, password: "Kata-sandi-sendiri-2026!" },
  );
  const subject = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value;
  const entry = {
    id: "contoh-petugas",
    name: "Contoh Petugas",
    email,
    role,
    agencyId,
    subject,
    mails: "daily",
  };
  const file = join(aws.folder, "officers.json");
  await writeFile(file, JSON.stringify({ officers: [entry] }));
  const said = await loadDirectory(aws, stage, "shared/directory/data/kalimantan-timur.json", file);
  if (!said.includes("officers: 1 added")) throw new Error(said);
  return tokens;
}

/** Loads files into the directory of a stage, as an operator does, and returns what the command says. */
const loadDirectory = (aws: MiniStack, stage: Wanted["stage"], ...files: string[]): Promise<string> =>
  run("node", ["functions/commands/load-directory.ts", "--stage", stage, ...files], aws.env, 2);

/** The stacks of ours that there are, in both regions. */
async function stacksThere(aws: MiniStack) {
  const found = [];
  for (const region of regions) {
    const client = new CloudFormation(clientOf(aws, region));
    const { Stacks = [] } = await client.describeStacks({});
    client.destroy();
    found.push(...Stacks.map((one) => ({ region, ...one })));
  }
  return found.filter(({ StackName }) => StackName?.startsWith("sp4n-lapor-"));
}

/** Whose report a file belongs to. */
interface Receipt {
  trackingNumber: string;
  receipt: string;
}

/** Sends a photo to a report as its reporter: asks for a form, and sends it. */
async function sendFile(
  aws: MiniStack,
  site: URL,
  { trackingNumber, receipt }: Receipt,
  name: string,
  bytes: Buffer,
): Promise<{ attachmentId: string }> {
  const { status, said } = await ask(
    aws,
    site,
    "POST",
    `/v1/cases/${trackingNumber}/attachments`,
    { Authorization: `Receipt ${receipt}` },
    { name, type: "image/jpeg", size: bytes.length },
  );
  if (status !== 201) throw new Error(`No form for the file: ${status} ${said}`);
  const { attachmentId, upload } = JSON.parse(said) as {
    attachmentId: string;
    upload: { url: string; fields: Record<string, string> };
  };
  const form = new FormData();
  for (const [field, value] of Object.entries(upload.fields)) form.append(field, value);
  form.append("file", new Blob([new Uint8Array(bytes)]), name);
  const stored = await fetch(upload.url, { method: "POST", body: form });
  if (!stored.ok) throw new Error(`The file was not taken: ${stored.status} ${await stored.text()}`);
  return { attachmentId };
}

/** Waits until a file of a report was inspected, and tells what came of it. */
const settledFile = (
  aws: MiniStack,
  site: URL,
  { trackingNumber, receipt }: Receipt,
  attachmentId: string,
): Promise<{ state: string; reason?: string }> =>
  until("The file was not inspected", 90, async () => {
    const headers = { Authorization: `Receipt ${receipt}` };
    const { said } = await ask(aws, site, "GET", `/v1/cases/${trackingNumber}`, headers);
    const { attachments = [] } = JSON.parse(said) as {
      attachments?: { attachmentId: string; state: string; reason?: string }[];
    };
    return attachments.find((one) => one.attachmentId === attachmentId && one.state !== "waiting");
  });

class EarlierFailure extends Error {}

/** What an earlier step of a story found out. */
export function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new EarlierFailure("A step before this one failed; see there.");
  return value;
}

/** The steps of a story as tests. One that fails tells what MiniStack wrote last. */
const storyOf =
  (aws: () => MiniStack | undefined) =>
  (sentence: string, act: () => Promise<void>): void => {
    test(sentence, async () => {
      try {
        await act();
      } catch (error) {
        const log = aws()?.log();
        if (log === undefined || error instanceof EarlierFailure) throw error;
        throw new Error(`${(error as Error).message}\n\nMiniStack's last lines:\n${log}`, { cause: error });
      }
    });
  };

/**
 * A stage on MiniStack, whose story the tests of a file tell in order: each step needs the ones before. Whatever is asked here is asked
 * of that stage. It stops after the last step.
 */
export function openStory(stage: Wanted["stage"]) {
  let aws: MiniStack | undefined;
  let deployed: Deployed | undefined;
  afterAll(() => aws?.stop());
  const there = () => needed(aws);
  const site = () => needed(deployed).site;
  return {
    step: storyOf(() => aws),
    there,
    /** Starts the account. */
    async start(): Promise<void> {
      aws = await startAccount();
    },
    /** Deploys the stage whole, and keeps its addresses for all that is asked from then on. */
    async deploy(how: Omit<Wanted, "stage"> = {}): Promise<Deployed> {
      deployed = await deploy(there(), { stage, ...how });
      return deployed;
    },
    addresses: () => needed(deployed),
    /** With these a client asks as the owner of the account. */
    asOwner: (region?: string) => clientOf(there(), region),
    cdk: (how: Omit<Wanted, "stage">, ...args: string[]) => runCdk(there(), { stage, ...how }, ...args),
    /** Runs a command of ours, for a minute at most, and returns what it says. */
    command: (file: string, ...args: string[]) => run("node", [file, ...args], there().env, 1),
    load: (...files: string[]) => loadDirectory(there(), stage, ...files),
    stacks: () => stacksThere(there()),
    pool: () => userPool(there()),
    appoint: (who: Parameters<typeof appoint>[3]) => appoint(there(), stage, needed(deployed), who),
    /** Asks the site. */
    ask: (method: string, path: string, headers?: Record<string, string>, body?: object) =>
      ask(there(), site(), method, path, headers, body),
    /** Asks the gateway, past the edge. */
    askAround: (method: string, path: string) => ask(there(), needed(deployed).api, method, path),
    attach: (to: Receipt, name: string, bytes: Buffer) => sendFile(there(), site(), to, name, bytes),
    settled: (of: Receipt, attachmentId: string) => settledFile(there(), site(), of, attachmentId),
    /** Calls a function as its schedule does. */
    invoke: (name: string) => callFunction(there(), name),
  };
}
