import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { StartFailure } from "../start/start-failure.ts";
import {
  type Locate,
  nameOf,
  physicalName,
  type Properties,
  resolve,
  type Resource,
  type Stack,
} from "../template/template.ts";
import type { FunctionSettings } from "./functions.ts";

export type Endpoints = { dynamodb: string; sqs: string; s3: string; mailbox: string; issuer: string };

export const functionName = (resource: Resource): string =>
  physicalName(resource, resource.properties.FunctionName);

export const functionArn = (resource: Resource): string =>
  `arn:aws:lambda:${resource.stack.region}:000000000000:function:${functionName(resource)}`;

/** What the template says of a function: its bundle, its limits and its whole environment. */
export const functionSettings = (
  stacks: Stack[],
  resource: Resource,
  locate: Locate,
  endpoints: Endpoints,
  logFolder: string,
): FunctionSettings => {
  const {
    Handler = "",
    MemorySize = 128,
    Timeout = 3,
    Environment = {},
  } = resource.properties as {
    Handler?: string;
    MemorySize?: number;
    Timeout?: number;
    Environment?: { Variables?: Properties };
  };
  const [, file = "", handler = ""] = /^(.*)\.([^.]+)$/.exec(Handler) ?? [];
  const variables = Object.entries(Environment.Variables ?? {}).map(([name, value]) => {
    try {
      return [name, String(resolve(stacks, resource.stack, value, locate))];
    } catch (error) {
      throw new StartFailure(`${nameOf(resource)}, variable ${name}: ${(error as Error).message}`);
    }
  });
  return {
    name: functionName(resource),
    arn: functionArn(resource),
    module: bundle(resource, file),
    handler,
    memoryMegabytes: MemorySize,
    timeoutSeconds: Timeout,
    environment: {
      PATH: process.env.PATH ?? "",
      TZ: "UTC",
      ...localVariables(resource, endpoints, MemorySize),
      ...Object.fromEntries(variables),
    },
    logFile: join(logFolder, `${resource.path.replaceAll("/", "-")}.log`),
  };
};

/** Nothing of the developer's own AWS set-up: whatever a function calls is on this machine. */
const localVariables = (
  resource: Resource,
  endpoints: Endpoints,
  memory: number,
): Record<string, string> => ({
  AWS_REGION: resource.stack.region,
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SESV2: endpoints.mailbox,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.issuer,
  AWS_LAMBDA_FUNCTION_NAME: functionName(resource),
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
  AWS_LAMBDA_LOG_FORMAT: "JSON",
});

/** The folder of a function's asset; empty if the stack has none. */
export const assetFolder = (resource: Resource): string => {
  const { Code } = resource.properties as { Code?: { S3Key?: unknown } };
  const key = Code?.S3Key;
  return (typeof key === "string" && resource.stack.assets.get(key.replace(/\.zip$/, ""))) || "";
};

const bundle = (resource: Resource, file: string): string => {
  const folder = assetFolder(resource);
  const module = ["mjs", "js", "cjs"].map((ending) => join(folder, `${file}.${ending}`)).find(existsSync);
  if (!folder || !module)
    throw new StartFailure(`${nameOf(resource)}: no bundle with ${file}.mjs among the assets of the stack.`);
  return module;
};
