import { AssetManifestArtifact, type CloudAssembly } from "aws-cdk-lib/cx-api";
import { StartFailure } from "../start/start-failure.ts";

export type Properties = Record<string, unknown>;

/** A declared resource; `path` is its construct path under the stack without the last "Resource", "Emails/Queue". */
export type Resource = {
  stack: Stack;
  logicalId: string;
  path: string;
  type: string;
  properties: Properties;
};

/** A synthesised stack: its resources by logical id, its exports by name, its asset folders by hash. */
export type Stack = {
  name: string;
  region: string;
  resources: Map<string, Resource>;
  exports: Map<string, unknown>;
  assets: Map<string, string>;
};

/** The resource that a Ref (no attribute) or a GetAtt points at. */
export type Target = { resource: Resource; attribute?: string };

/** What a Ref or GetAtt is on this machine; undefined when it is nothing here. */
export type Locate = (target: Target) => string | undefined;

const run = [
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::SQS::Queue",
  "AWS::S3::Bucket",
  "AWS::Lambda::Function",
  "AWS::Lambda::Alias",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Scheduler::Schedule",
  "AWS::Events::Rule",
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "Custom::StaticFiles",
];

/** They guard, watch or pay for what runs on AWS; on one machine there is nothing for them to do. */
const withoutLocalMeaning =
  /^AWS::(CDK::Metadata|IAM::.*|KMS::.*|Logs::.*|CloudWatch::.*|SNS::.*|SES::.*|Cognito::UserPoolDomain|Cognito::ManagedLoginBranding|Lambda::Permission|Lambda::Version|CodeDeploy::.*|Lambda::EventInvokeConfig|SQS::QueuePolicy|Scheduler::ScheduleGroup|S3::BucketPolicy|GuardDuty::.*|CloudFront::.*|ApplicationAutoScaling::.*|XRay::.*|Backup::.*|Budgets::.*|WAFv2::.*)$/;

const pseudoParameters = (region: string): Record<string, string> => ({
  "AWS::Region": region,
  "AWS::AccountId": "000000000000",
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
});

type Template = {
  Resources?: Record<string, { Type: string; Properties?: Properties }>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
};

/** Reads the stacks of a synthesised app, and refuses resource types that it neither runs nor knows to skip. */
export const readStacks = (assembly: CloudAssembly): Stack[] =>
  assembly.stacks.map((artifact) => {
    const template: Template = artifact.template;
    const paths = new Map(
      artifact.findMetadataByType("aws:cdk:logicalId").map(({ path, data }) => [String(data), path]),
    );
    const stack: Stack = {
      name: artifact.stackName,
      region: artifact.environment.region,
      resources: new Map(),
      exports: new Map(
        Object.values(template.Outputs ?? {}).flatMap(({ Export, Value }) =>
          Export ? [[Export.Name, Value] as const] : [],
        ),
      ),
      assets: new Map(
        artifact.dependencies
          .filter((dependency) => AssetManifestArtifact.isAssetManifestArtifact(dependency))
          .flatMap((manifest) => Object.entries(manifest.contents.files ?? {}))
          .map(([hash, { source }]) => [hash, `${assembly.directory}/${source.path}`]),
      ),
    };
    for (const [logicalId, { Type: type, Properties: properties = {} }] of Object.entries(
      template.Resources ?? {},
    )) {
      // "/stack/Emails/Queue/Resource" -> "Emails/Queue"
      const path = (paths.get(logicalId) ?? logicalId).replace(/^\/[^/]+\//, "").replace(/\/Resource$/, "");
      if (!run.includes(type) && !withoutLocalMeaning.test(type))
        throw new StartFailure(
          `${stack.name} declares ${path} of type ${type}, which infra/local neither runs nor knows to skip (see template.ts).`,
        );
      stack.resources.set(logicalId, { stack, logicalId, path, type, properties });
    }
    return stack;
  });

/** All resources of these types. */
export const resourcesOf = (stacks: Stack[], ...types: string[]): Resource[] =>
  stacks.flatMap((stack) => [...stack.resources.values()]).filter(({ type }) => types.includes(type));

/** "sp4n-lapor-dev-jobs/Emails/Queue": how messages name a resource. */
export const nameOf = (resource: Resource): string => `${resource.stack.name}/${resource.path}`;

/** The name that a resource gets on this machine unless the template names it. */
export const physicalName = (resource: Resource, declared: unknown): string =>
  typeof declared === "string" ? declared : nameOf(resource).replaceAll("/", "-");

const intrinsic = (value: unknown): [name: string, argument: unknown] | undefined => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  return entry && others.length === 0 && (entry[0] === "Ref" || entry[0].startsWith("Fn::"))
    ? entry
    : undefined;
};

const exporterOf = (stacks: Stack[], name: unknown): Stack => {
  const exporter = stacks.find(({ exports }) => exports.has(String(name)));
  if (!exporter)
    throw new StartFailure(`No stack exports ${JSON.stringify(name)}, which another one imports.`);
  return exporter;
};

/** The resource that a value points at: a Ref, a GetAtt, an import of one, or a Join around just one. */
const targetOf = (stacks: Stack[], stack: Stack, value: unknown): Target | undefined => {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === "Ref") {
    const resource = stack.resources.get(String(argument));
    return resource && { resource };
  }
  if (name === "Fn::GetAtt") {
    const [logicalId, attribute] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
    const resource = stack.resources.get(String(logicalId));
    return resource && { resource, attribute: String(attribute) };
  }
  if (name === "Fn::ImportValue") {
    const exporter = exporterOf(stacks, argument);
    return targetOf(stacks, exporter, exporter.exports.get(String(argument)));
  }
  if (name === "Fn::Join") {
    const parts = (argument as [string, unknown[]])[1];
    const targets = parts.flatMap((part) => targetOf(stacks, stack, part) ?? []);
    return targets.length === 1 ? targets[0] : undefined;
  }
  return undefined;
};

/** The resource of one of these types that a property of `owner` points at. */
export const resourceAt = (
  stacks: Stack[],
  owner: Resource,
  property: string,
  value: unknown,
  ...types: string[]
): Resource => {
  const resource = targetOf(stacks, owner.stack, value)?.resource;
  if (!resource || !types.includes(resource.type))
    throw new StartFailure(
      `${nameOf(owner)}: ${property} is ${JSON.stringify(value)}${resource ? `, ${resource.type}` : ""}; infra/local knows only ${types.join(" or ")} there.`,
    );
  return resource;
};

/** The properties of a resource as they are on this machine. */
export const resolved = (stacks: Stack[], { stack, properties }: Resource, locate: Locate): Properties =>
  resolve(stacks, stack, properties, locate) as Properties;

/** Replaces the intrinsic functions in a value of the template by what they are on this machine. */
export const resolve = (stacks: Stack[], stack: Stack, value: unknown, locate: Locate): unknown => {
  const within = (inner: unknown): unknown => resolve(stacks, stack, inner, locate);
  const fail = (): never => {
    throw new StartFailure(`${stack.name}: infra/local cannot resolve ${JSON.stringify(value)}.`);
  };
  const found = intrinsic(value);
  if (!found) {
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, within(inner)]));
  }
  const [name, argument] = found;
  switch (name) {
    case "Ref":
    case "Fn::GetAtt": {
      const target = targetOf(stacks, stack, value);
      return (target ? locate(target) : pseudoParameters(stack.region)[String(argument)]) ?? fail();
    }
    case "Fn::ImportValue": {
      const exporter = exporterOf(stacks, argument);
      return resolve(stacks, exporter, exporter.exports.get(String(argument)), locate);
    }
    case "Fn::Join": {
      const [separator, parts] = argument as [string, unknown];
      return (within(parts) as unknown[]).join(separator);
    }
    case "Fn::Split": {
      const [separator, text] = argument as [string, unknown];
      return String(within(text)).split(separator);
    }
    case "Fn::Select": {
      const [index, list] = argument as [number, unknown];
      return (within(list) as unknown[])[Number(index)] ?? fail();
    }
    case "Fn::Sub": {
      const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Properties];
      return text.replace(/\$\{([^!}][^}]*)\}/g, (_, key: string) => {
        if (key in variables) return String(within(variables[key]));
        return String(within(key.includes(".") ? { "Fn::GetAtt": key } : { Ref: key }));
      });
    }
    default:
      return fail();
  }
};
