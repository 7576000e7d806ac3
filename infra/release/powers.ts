import type { Template } from "./template.ts";

/** One thing that somebody may do with something, or must not. */
interface Power {
  holder: string;
  effect: string;
  action: string;
  resource: string;
  principal: string;
  condition: string;
}

/** Where each kind of resource has its policies, and who holds what they give. */
function policiesOf(id: string, type: string, properties: any): { holder: string; document: any }[] {
  if (type === "AWS::IAM::Role")
    return [
      { holder: `who may become ${id}`, document: properties.AssumeRolePolicyDocument },
      ...(properties.Policies ?? []).map(({ PolicyDocument }: any) => ({
        holder: JSON.stringify({ Ref: id }),
        document: PolicyDocument,
      })),
      ...(properties.ManagedPolicyArns ?? []).map((arn: unknown) => ({
        holder: JSON.stringify({ Ref: id }),
        document: { Statement: [{ Effect: "Allow", Action: "the managed policy", Resource: arn }] },
      })),
    ];
  if (type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy")
    return (properties.Roles ?? []).map((role: unknown) => ({
      holder: JSON.stringify(role),
      document: properties.PolicyDocument,
    }));
  if (type === "AWS::KMS::Key") return [{ holder: id, document: properties.KeyPolicy }];
  if (/^AWS::(S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy)$/.test(type))
    return [{ holder: id, document: properties.PolicyDocument }];
  return [];
}

const each = (value: unknown): string[] =>
  [value ?? ""].flat().map((one) => (typeof one === "string" ? one : JSON.stringify(one)));

/** Each action with each resource by itself, so that the order and the joining of statements do not count. */
const powersIn = (template: Template): Power[] =>
  Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties = {} }]) =>
    policiesOf(id, Type, Properties).flatMap(({ holder, document }) =>
      [document?.Statement ?? []].flat().flatMap((statement: any) =>
        each(statement.NotAction ? { not: statement.NotAction } : statement.Action).flatMap((action) =>
          each(statement.NotResource ? { not: statement.NotResource } : statement.Resource).map(
            (resource) => ({
              holder,
              effect: String(statement.Effect),
              action,
              resource,
              principal: JSON.stringify(statement.Principal ?? statement.NotPrincipal ?? null),
              condition: JSON.stringify(statement.Condition ?? null),
            }),
          ),
        ),
      ),
    ),
  );

/** Whether a name with `*` covers another one. */
const covers = (pattern: string, name: string): boolean =>
  pattern === name ||
  (pattern.includes("*") &&
    new RegExp(
      `^${pattern
        .split("*")
        .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
        .join(".*")}$`,
    ).test(name));

const within = (wide: Power, narrow: Power): boolean =>
  wide.holder === narrow.holder &&
  wide.effect === narrow.effect &&
  wide.principal === narrow.principal &&
  covers(wide.action, narrow.action) &&
  covers(wide.resource, narrow.resource) &&
  (wide.condition === "null" || wide.condition === narrow.condition);

/**
 * The powers that somebody did not have before, each in words: an action, a resource or the end of a condition or of a ban. Roles and
 * resources that are new hold what they hold: nobody got more.
 */
export function widened(before: Template, now: Template): string[] {
  const [old, fresh] = [powersIn(before), powersIn(now)];
  const known = new Set(old.map(({ holder }) => holder));
  const isAllow = ({ effect }: Power) => effect === "Allow";
  const gained = fresh
    .filter((one) => isAllow(one) && (known.has(one.holder) || isOld(before, one.holder)))
    .filter((one) => !old.some((wide) => within(wide, one)))
    .map(({ holder, action, resource }) => `${holder} may ${action} on ${resource}`);
  const unbanned = old
    .filter((one) => !isAllow(one) && fresh.some(({ holder }) => holder === one.holder))
    .filter((one) => !fresh.some((wide) => within(wide, one)))
    .map(({ holder, action, resource }) => `${holder} is no longer kept from ${action} on ${resource}`);
  return [...new Set([...gained, ...unbanned])];
}

/** Whether a role was there before, although it held nothing. */
const isOld = (before: Template, holder: string): boolean =>
  Object.keys(before.Resources ?? {}).some((id) => holder === JSON.stringify({ Ref: id }));
