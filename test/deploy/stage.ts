import { readFile, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { root, run } from "../python.ts";
import type { MiniStack } from "./ministack.ts";
import { signInForTheFirstTime } from "./sign-in.ts";
import { account } from "./stage-app.ts";

/** A stage, the folder whose code it is deployed from, and what `-c` says besides. */
export interface Wanted {
  stage: "prod" | "rehearsal";
  code?: string;
  context?: string[];
}

/** The addresses that the stacks of a stage put out. */
export interface Deployed {
  site: URL;
  /** The gateway's own address, behind the edge. */
  api: URL;
  signIn: { Issuer: string; ClientId: string };
}

/** The owner of the account, to whom MiniStack allows everything. */
export const asOwner = { accessKeyId: account, secretAccessKey: "test" };

/** With these a client asks MiniStack as the owner. */
export const clientOf = (aws: MiniStack, region = "ap-southeast-3") => ({
  endpoint: `http://127.0.0.1:${aws.port}`,
  region,
  credentials: asOwner,
});

/** Runs the CDK CLI on the stacks of a stage, in the folder of their code. */
export function runCdk(aws: MiniStack, { stage, code = root, context = [] }: Wanted, ...args: string[]) {
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

/** Deploys a stage whole, in both of its regions, and returns its addresses. */
export async function deploy(aws: MiniStack, wanted: Wanted): Promise<Deployed> {
  const environments = ["ap-southeast-3", "us-east-1"].map((region) => `aws://${account}/${region}`);
  await run("cdk", ["bootstrap", ...environments], aws.env, 2);
  const outputs = join(aws.folder, "outputs.json");
  await runCdk(aws, wanted, "deploy", "--all", "--require-approval", "never", "--outputs-file", outputs);
  const stacks = JSON.parse(await readFile(outputs, "utf8"));
  const of = (stack: string) => stacks[`sp4n-lapor-${wanted.stage}-${stack}`];
  const { Issuer, ClientId } = of("sign-in");
  return { site: new URL(of("web").SiteUrl), api: new URL(of("api").ApiUrl), signIn: { Issuer, ClientId } };
}

/** Asks a host of the deployed stage as over TLS. `fetch` cannot do it, because it does not let us name the host. */
export async function ask(
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
export async function callFunction(aws: MiniStack, name: string): Promise<void> {
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
export async function userPool(aws: MiniStack): Promise<string> {
  const cognito = new CognitoIdentityProviderClient(clientOf(aws));
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }));
  cognito.destroy();
  if (UserPools.length !== 1) throw new Error(`There are ${UserPools.length} user pools.`);
  return UserPools[0]?.Id ?? "";
}

/** Gives somebody an account, enters them into the directory, and signs them in for the first time on the sign-in page. */
export async function appoint(
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
export const loadDirectory = (aws: MiniStack, stage: Wanted["stage"], ...files: string[]): Promise<string> =>
  run("node", ["functions/commands/load-directory.ts", "--stage", stage, ...files], aws.env, 2);
