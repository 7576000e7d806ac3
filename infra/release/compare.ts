import { fullDiff, ResourceImpact } from "@aws-cdk/cloudformation-diff";
import * as z from "zod";
import { widened } from "./powers.ts";
import type { Template } from "./template.ts";

/** Something that an update must not do by mistake. */
export interface Finding {
  rule: "replaced" | "removed" | "indexes" | "export" | "power";
  /** Names it in releases/accepted.json. */
  line: string;
}

/** What these hold is lost, or cannot be read any more, once another takes their place. */
const stateful = new Set([
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::KMS::Key",
  "AWS::S3::Bucket",
  "AWS::SecretsManager::Secret",
  "AWS::SQS::Queue",
]);

const replacing = [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE];

/** Stateful resources that another takes the place of, and those that are gone or have another name. */
function lostState(stack: string, before: Template, now: Template): Finding[] {
  return Object.entries(fullDiff(before as never, now as never).resources.changes).flatMap(
    ([id, change]): Finding[] => {
      const type = before.Resources?.[id]?.Type;
      if (type === undefined || !stateful.has(type)) return [];
      if (change.isRemoval || change.newResourceType !== type)
        return [{ rule: "removed", line: `${stack}: ${type} ${id} is removed or renamed` }];
      return replacing.includes(change.changeImpact)
        ? [{ rule: "replaced", line: `${stack}: ${type} ${id} is replaced` }]
        : [];
    },
  );
}

const indexed = z.object({
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: z.unknown(), Projection: z.unknown() }))
    .default([]),
});

/** The indexes of a table by their names, each with what it is. */
const indexesOf = (template: Template, id: string): Map<string, string> =>
  new Map(
    indexed
      .parse(template.Resources?.[id]?.Properties ?? {})
      .GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => [
        IndexName,
        JSON.stringify([KeySchema, Projection]),
      ]),
  );

/** Tables with more changes of indexes than the one that DynamoDB takes in one update. */
const tooManyIndexes = (stack: string, before: Template, now: Template): Finding[] =>
  Object.keys(before.Resources ?? {}).flatMap((id): Finding[] => {
    if (now.Resources?.[id] === undefined) return [];
    const [old, fresh] = [indexesOf(before, id), indexesOf(now, id)];
    const changed = [...new Set([...old.keys(), ...fresh.keys()])]
      .filter((name) => old.get(name) !== fresh.get(name))
      // An index whose keys change is taken away and made again.
      .flatMap((name) => (old.has(name) && fresh.has(name) ? [name, name] : [name]));
    return changed.length > 1
      ? [
          {
            rule: "indexes",
            line: `${stack}: table ${id} changes ${changed.length} indexes in one update (${[...new Set(changed)].join(", ")})`,
          },
        ]
      : [];
  });

const exportsOf = (template: Template): string[] =>
  Object.values(template.Outputs ?? {}).flatMap(({ Export }) =>
    Export === undefined ? [] : [typeof Export.Name === "string" ? Export.Name : JSON.stringify(Export.Name)],
  );

const removedExports = (stack: string, before: Template, now: Template): Finding[] => {
  const left = new Set(exportsOf(now));
  return exportsOf(before)
    .filter((name) => !left.has(name))
    .map((name) => ({ rule: "export", line: `${stack}: export ${name} is removed` }));
};

/** Everything that an update of stacks from one release to the next must not do by mistake. */
export function findings(
  before: Readonly<Record<string, Template>>,
  now: Readonly<Record<string, Template>>,
): Finding[] {
  return Object.entries(before).flatMap(([stack, old]) => {
    const fresh = now[stack] ?? {};
    return [
      ...lostState(stack, old, fresh),
      ...tooManyIndexes(stack, old, fresh),
      ...removedExports(stack, old, fresh),
      ...widened(old, fresh).map((power): Finding => ({ rule: "power", line: `${stack}: ${power}` })),
    ];
  });
}
