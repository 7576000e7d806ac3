import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArtifactMetadataEntryType } from "aws-cdk-lib/cloud-assembly-schema";
import { type AppOptions, buildApp } from "../../infra/app.ts";
import type { Stage } from "../../infra/config.ts";

/** One of the metrics that an alarm on an expression watches. */
export interface Watched {
  MetricStat?: { Metric: { Namespace: string; Dimensions?: { Name: string; Value: string }[] } };
}

/** A resource of a template. Where it names another one, it holds that one's path instead of a generated name. */
export interface Resource {
  /** Where its construct stands, from the stack on: `data/Cases`, `jobs/Emails/Queue`. */
  path: string;
  /** Its generated name in the template. */
  logicalId: string;
  type: string;
  /** Untyped, as CloudFormation takes it: a test names the place that it is about, and fails where nothing is there. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  properties: any;
  deletionPolicy?: string;
  /** What becomes of it when another takes its place. */
  replacePolicy?: string;
}

interface Template {
  Resources: Record<
    string,
    {
      Type: string;
      Properties: unknown;
      DeletionPolicy?: string;
      UpdateReplacePolicy?: string;
      UpdatePolicy?: { CodeDeployLambdaAliasUpdate?: { DeploymentGroupName: { Ref: string } } };
    }
  >;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
}

export interface Synthesised {
  /** `data`, `api`, ...: its name without that of the stage. */
  name: string;
  template: Template;
  /** The construct's path by the generated name of its resource. */
  paths: Map<string, string>;
}

/** Calls back with a folder that is gone afterwards. */
export function inFreshFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-infra-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The stacks of a stage as their templates say them, without the functions' code. */
export const stacksOf = (
  stage: string | Stage,
  how: Pick<AppOptions, "first" | "urgent"> = {},
): Synthesised[] =>
  inFreshFolder((outdir) =>
    buildApp({ stage, outdir, ...how, code: false, validation: false })
      .synth()
      .stacks.map((artifact) => {
        const name = artifact.stackName.replace(/^sp4n-lapor-[^-]+-/, "");
        const ids = artifact.findMetadataByType(ArtifactMetadataEntryType.LOGICAL_ID);
        return {
          name,
          template: artifact.template as Template,
          paths: new Map(
            ids.map(({ path, data }) => [
              String(data),
              path.replace(/^\/[^/]+/, name).replace(/\/Resource$/, ""),
            ]),
          ),
        };
      }),
  );

/** What a template says, with the paths of other resources in place of the ways in which CloudFormation names them. */
function spelledOut(stacks: Synthesised[], stack: Synthesised, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => spelledOut(stacks, stack, one));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[kind, of] = [""]] = entries;
  if (kind === "Ref") return stack.paths.get(of) ?? of;
  if (kind === "Fn::GetAtt") return `${stack.paths.get(of[0]) ?? of[0]}.${of[1]}`;
  if (kind === "Fn::Join")
    return (spelledOut(stacks, stack, of[1]) as unknown[])
      .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
      .join(of[0]);
  if (kind === "Fn::ImportValue")
    for (const other of stacks)
      for (const { Export, Value } of Object.values(other.template.Outputs ?? {}))
        if (Export?.Name === of) return spelledOut(stacks, other, Value);
  return Object.fromEntries(entries.map(([name, one]) => [name, spelledOut(stacks, stack, one)]));
}

/** The resources of stacks that belong together. */
export const resourcesIn = (stacks: Synthesised[]): Resource[] =>
  stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources).map(
      ([logicalId, { Type, Properties, DeletionPolicy, UpdateReplacePolicy }]) => ({
        path: stack.paths.get(logicalId) ?? logicalId,
        logicalId,
        type: Type,
        properties: spelledOut(stacks, stack, Properties) ?? {},
        ...(DeletionPolicy && { deletionPolicy: DeletionPolicy }),
        ...(UpdateReplacePolicy && { replacePolicy: UpdateReplacePolicy }),
      }),
    ),
  );

/** The resources of a stage. */
export const resourcesOfStage = (...asked: Parameters<typeof stacksOf>): Resource[] =>
  resourcesIn(stacksOf(...asked));

export const prodStacks = stacksOf("prod");
export const prod = resourcesIn(prodStacks);
export const dev = resourcesOfStage("dev");

export const ofType = (resources: Resource[], ...types: string[]): Resource[] =>
  resources.filter(({ type }) => types.includes(type));

/** The one resource of this type at this path. */
export function only(resources: Resource[], type: string, path?: string): Resource {
  const [found, ...others] = ofType(resources, type).filter((one) => !path || one.path === path);
  if (!found || others.length > 0)
    throw new Error(`There are ${found ? others.length + 1 : "no"} ${type} ${path ?? ""}`);
  return found;
}

/** What a policy lets somebody do. */
export interface Power {
  /** Who: the path of the function, or of what else has the role. */
  who: string;
  actions: string[];
  resources: string[];
  condition?: unknown;
}

export const powersIn = (resources: Resource[]): Power[] =>
  ofType(resources, "AWS::IAM::Policy", "AWS::IAM::Role").flatMap(({ path, properties }) =>
    [properties, ...(properties.Policies ?? [])]
      .flatMap(({ PolicyDocument }) => PolicyDocument?.Statement ?? [])
      .map(({ Action, Resource, Condition }) => ({
        who: path.replace(/\/?(Function)?Role(\/(Default)?Policy)?$/, ""),
        actions: [Action].flat(),
        resources: [Resource]
          .flat()
          .map((resource) => (typeof resource === "string" ? resource : JSON.stringify(resource))),
        ...(Condition && { condition: Condition }),
      })),
  );

/** Who may do what with the resources whose names pass, all actions in order. */
export function powersOver(resources: Resource[], named: (resource: string) => boolean) {
  const found: Record<string, string[]> = {};
  for (const { who, actions, resources: over } of powersIn(resources))
    if (over.some(named)) (found[who] ??= []).push(...actions);
  return Object.fromEntries(Object.entries(found).map(([who, actions]) => [who, actions.sort()]));
}
