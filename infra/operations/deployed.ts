/** What is deployed of a stage, under the names that infra/ gives it. */
import { Mistake } from "../../shared/platform/command.ts";
import type { Stage } from "../config.ts";

/** A stack as CloudFormation tells of it. */
export interface DeployedStack {
  /** arn:aws:cloudformation:<region>:<account>:stack/<name>/<id> */
  id: string;
  outputs: { name: string; value: string }[];
  resources: { logicalId: string; type: string; physicalId: string }[];
}

/** Reads stacks. A stack that is not there is undefined. */
export interface Stacks {
  read(name: string, region: string): Promise<DeployedStack | undefined>;
}

/** Something of a stage that commands address. */
export interface Place {
  /** "jobs" */
  stack: string;
  /** "EmailsQueue": the name in infra/, without what CloudFormation puts behind it. */
  name: string;
  /** "queue" */
  kind: string;
  /** What commands take: the URL of a queue, the name of a table, the id of a key. */
  address: string;
  arn: string;
}

/** The stacks of a stage, in the order in which they are deployed. */
export const stackNames = ["data", "sign-in", "jobs", "static", "api", "edge", "web"] as const;

/** CloudFront's own things are there, wherever the stage is. */
const regionOf = (stack: string, stage: Pick<Stage, "region">) =>
  stack === "edge" ? "us-east-1" : stage.region;

interface Kind {
  kind: string;
  /** What commands take, where CloudFormation's own name holds more than that. */
  address?: (physicalId: string) => string;
  /** The last part of the ARN, and the service before it, from the address. */
  arn: (address: string) => { service: string; resource: string; global?: boolean } | undefined;
}

const lastPart = (address: string) => address.split("/").at(-1) ?? address;

/** The types of resource that commands of the runbook address. */
const kinds: Readonly<Record<string, Kind>> = {
  "AWS::SQS::Queue": { kind: "queue", arn: (url) => ({ service: "sqs", resource: lastPart(url) }) },
  "AWS::DynamoDB::GlobalTable": {
    kind: "table",
    arn: (name) => ({ service: "dynamodb", resource: `table/${name}` }),
  },
  "AWS::Logs::LogGroup": {
    kind: "log group",
    arn: (name) => ({ service: "logs", resource: `log-group:${name}` }),
  },
  "AWS::Lambda::Function": {
    kind: "function",
    arn: (name) => ({ service: "lambda", resource: `function:${name}` }),
  },
  "AWS::S3::Bucket": { kind: "bucket", arn: (name) => ({ service: "s3", resource: name, global: true }) },
  "AWS::KMS::Key": { kind: "key", arn: (id) => ({ service: "kms", resource: `key/${id}` }) },
  "AWS::Cognito::UserPool": {
    kind: "user pool",
    arn: (id) => ({ service: "cognito-idp", resource: `userpool/${id}` }),
  },
  "AWS::SNS::Topic": { kind: "topic", arn: () => undefined },
  "AWS::CloudFront::Distribution": { kind: "distribution", arn: () => undefined },
  "AWS::SecretsManager::Secret": { kind: "secret", arn: () => undefined },
  // CloudFormation calls it <name>|<id>|<scope>.
  "AWS::WAFv2::WebACL": {
    kind: "web ACL",
    address: (physicalId) => physicalId.split("|")[1] ?? physicalId,
    arn: () => undefined,
  },
  "AWS::SES::EmailIdentity": {
    kind: "sender",
    arn: (name) => ({ service: "ses", resource: `identity/${name}` }),
  },
};

/** CloudFormation's names end with eight digits of a hash, where a resource stands in another one. */
const plain = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, "");

function placesIn(stack: string, { id, outputs, resources }: DeployedStack): Place[] {
  const [, partition = "aws", , region = "", account = ""] = id.split(":");
  return [
    ...outputs
      // The others are how stacks read each other.
      .filter(({ name }) => !/^(?:Exports|Publish)Output/.test(name))
      .map(({ name, value }) => ({ stack, name, kind: "output", address: value, arn: value })),
    ...resources.flatMap(({ logicalId, type, physicalId }) => {
      const known = kinds[type];
      if (!known) return [];
      const parts = known.arn(physicalId);
      const owner = parts?.global ? "::" : `${region}:${account}:`;
      return {
        stack,
        name: plain(logicalId),
        kind: known.kind,
        address: known.address?.(physicalId) ?? physicalId,
        arn: parts ? `arn:${partition}:${parts.service}:${owner}${parts.resource}` : physicalId,
      };
    }),
  ];
}

/** Lists what is deployed of a stage. A stage of which no stack is there is refused. */
export async function placesOf(stage: Pick<Stage, "name" | "region">, stacks: Stacks): Promise<Place[]> {
  const read = await Promise.all(
    stackNames.map(async (stack) => {
      const found = await stacks.read(`sp4n-lapor-${stage.name}-${stack}`, regionOf(stack, stage));
      return found ? placesIn(stack, found) : undefined;
    }),
  );
  if (read.every((places) => places === undefined))
    throw new Mistake(
      `No stack of the stage "${stage.name}" is in ${stage.region}. Deploy it first, or look whether your credentials are for its account.`,
    );
  return read.flatMap((places) => places ?? []);
}

/** `Emails/Queue`, `EmailsQueue` and `jobs/EmailsQueue` are the same place. */
const written = (name: string) => name.replaceAll("/", "").toLowerCase();

const line = ({ stack, name, kind, address }: Place) =>
  `${`${stack}/${name}`.padEnd(44)} ${kind.padEnd(13)} ${address}`;

/** Lists places, one a line: name, kind, address. */
export const listed = (places: readonly Place[]): string => places.map(line).join("\n");

/** Finds the one place with this name. Where there is none, or more than one, the refusal names those that come near. */
export function placeNamed(places: readonly Place[], asked: string): Place {
  const found = places.filter(({ stack, name }) =>
    [written(name), written(`${stack}/${name}`)].includes(written(asked)),
  );
  const [place, ...others] = found;
  if (place && others.length === 0) return place;
  if (place)
    throw new Mistake(`"${asked}" is in several stacks. Put the name of one before it:\n${listed(found)}`);
  const near = places.filter(({ stack, name }) => written(`${stack}/${name}`).includes(written(asked)));
  throw new Mistake(
    `Nothing of the stage is called "${asked}". ${near.length > 0 ? "These names hold it" : "These names there are"}:\n${listed(near.length > 0 ? near : places)}`,
  );
}
