import * as z from "zod";
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

const part = z.unknown().optional();
const statement = z.object({
  Effect: z.string(),
  Action: part,
  NotAction: part,
  Resource: part,
  NotResource: part,
  Principal: part,
  NotPrincipal: part,
  Condition: part,
});
/** A policy, as a list of its statements. One alone may stand without a list. */
const policy = z
  .object({ Statement: z.union([z.array(statement), statement.transform((one) => [one])]) })
  .transform(({ Statement }) => Statement);
type Statement = z.output<typeof statement>;

const role = z.object({
  AssumeRolePolicyDocument: policy,
  Policies: z.array(z.object({ PolicyDocument: policy })).default([]),
  ManagedPolicyArns: z.array(z.unknown()).default([]),
});
const ofRoles = z.object({ Roles: z.array(z.unknown()).default([]), PolicyDocument: policy });
const ofKey = z.object({ KeyPolicy: policy });
const ofResource = z.object({ PolicyDocument: policy });

/** Where each kind of resource has its policies, and who holds what they give. */
function policiesOf(
  id: string,
  type: string,
  properties: unknown,
): { holder: string; statements: Statement[] }[] {
  if (type === "AWS::IAM::Role") {
    const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns } = role.parse(properties);
    const holder = JSON.stringify({ Ref: id });
    return [
      { holder: `who may become ${id}`, statements: AssumeRolePolicyDocument },
      ...Policies.map(({ PolicyDocument }) => ({ holder, statements: PolicyDocument })),
      ...ManagedPolicyArns.map((arn) => ({
        holder,
        statements: [statement.parse({ Effect: "Allow", Action: "the managed policy", Resource: arn })],
      })),
    ];
  }
  if (type === "AWS::IAM::Policy" || type === "AWS::IAM::ManagedPolicy") {
    const { Roles, PolicyDocument } = ofRoles.parse(properties);
    return Roles.map((one) => ({ holder: JSON.stringify(one), statements: PolicyDocument }));
  }
  if (type === "AWS::KMS::Key") return [{ holder: id, statements: ofKey.parse(properties).KeyPolicy }];
  if (/^AWS::(S3::BucketPolicy|SQS::QueuePolicy|SNS::TopicPolicy)$/.test(type))
    return [{ holder: id, statements: ofResource.parse(properties).PolicyDocument }];
  return [];
}

const each = (value: unknown): string[] =>
  [value ?? ""].flat().map((one) => (typeof one === "string" ? one : JSON.stringify(one)));

/** Each action with each resource by itself, so that the order and the joining of statements do not count. */
const powersIn = (template: Template): Power[] =>
  Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties = {} }]) =>
    policiesOf(id, Type, Properties).flatMap(({ holder, statements }) =>
      statements.flatMap((one) =>
        each(one.NotAction ? { not: one.NotAction } : one.Action).flatMap((action) =>
          each(one.NotResource ? { not: one.NotResource } : one.Resource).map((resource) => ({
            holder,
            effect: one.Effect,
            action,
            resource,
            principal: JSON.stringify(one.Principal ?? one.NotPrincipal ?? null),
            condition: JSON.stringify(one.Condition ?? null),
          })),
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
