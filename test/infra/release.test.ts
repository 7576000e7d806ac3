import { expect, test } from "vitest";
import { type Finding, findings } from "../../infra/release/compare.ts";
import { judged } from "../../infra/release/judge.ts";
import type { Template } from "../../infra/release/template.ts";
import { templatesNow } from "../../infra/release/templates.ts";
import type { Statement } from "./key-rights.ts";

const released: Readonly<Record<string, string>> = templatesNow();
const [dataStack = "", jobsStack = ""] = ["data", "jobs"].map((name) => `sp4n-lapor-prod-${name}`);

/** A template that a test changes at a place which it knows. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Changeable = any;
type Change = (template: Changeable) => void;

/** The id of a resource whose id begins so. */
const idOf = (template: Template, front: string): string => {
  const id = Object.keys(template.Resources ?? {}).find((one) => one.startsWith(front));
  if (id === undefined) throw new Error(`There is no ${front}`);
  return id;
};
const of = (template: Template, front: string): Changeable => template.Resources?.[idOf(template, front)];

const parsed = (templates: Readonly<Record<string, string>>): Record<string, Template> =>
  Object.fromEntries(Object.entries(templates).map(([name, text]) => [name, JSON.parse(text) as Template]));

/** What is found where the next release is production's templates with one change. */
function foundAfter(stack: string, change: Change): Finding[] {
  const now = parsed(released);
  change(now[stack]);
  return findings(parsed(released), now);
}

const index = (name: string) => ({
  IndexName: name,
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  Projection: { ProjectionType: "KEYS_ONLY" },
});
const indexes = (template: Template): Changeable[] => of(template, "Cases").Properties.GlobalSecondaryIndexes;
/** The statements of the policy of the function that looks for digests. */
const statements = (template: Template): Changeable[] =>
  of(template, "FindDueDigestsRoleDefaultPolicy").Properties.PolicyDocument.Statement;

test.each<[string, string, string, Change]>([
  [
    "a table whose key changes, which would be replaced by an empty one",
    dataStack,
    "replaced",
    (template) => (of(template, "Cases").Properties.KeySchema[0].AttributeName = "sk"),
  ],
  [
    "a bucket that gets a name, which would be replaced by an empty one",
    dataStack,
    "replaced",
    (template) => (of(template, "HistoryAnchors").Properties.BucketName = "anchors"),
  ],
  [
    "a table that was renamed in the code, which would be an empty one beside the old",
    dataStack,
    "removed",
    (template) => {
      const id = idOf(template, "Reporters");
      template.Resources.People = template.Resources[id];
      delete template.Resources[id];
    },
  ],
  [
    "a key that is gone",
    dataStack,
    "removed",
    (template) => delete template.Resources[idOf(template, "IdentityKey")],
  ],
  [
    "two indexes of a table that are new",
    dataStack,
    "indexes",
    (template) => indexes(template).push(index("by-one"), index("by-two")),
  ],
  [
    "an index that is new while another one goes",
    dataStack,
    "indexes",
    (template) => indexes(template).splice(0, 1, index("by-one")),
  ],
  [
    "an index whose keys change: it would be taken away and made again",
    dataStack,
    "indexes",
    (template) => (indexes(template)[0].KeySchema[0].AttributeName = "pk"),
  ],
  [
    "an export that is gone, which another stack may still read",
    dataStack,
    "export",
    (template) => {
      const outputs = (template as Template).Outputs ?? {};
      const [name = ""] = Object.entries(outputs).find(([, { Export }]) => Export) ?? [];
      delete outputs[name];
    },
  ],
  [
    "a function that may do more with a table",
    jobsStack,
    "power",
    (template) => (statements(template)[0].Action = [statements(template)[0].Action, "dynamodb:Scan"].flat()),
  ],
  [
    "a function that may do the same with everything",
    jobsStack,
    "power",
    (template) => statements(template).push({ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }),
  ],
  [
    "a policy of its own that gives an old function more",
    jobsStack,
    "power",
    (template) =>
      (template.Resources.More = {
        Type: "AWS::IAM::Policy",
        Properties: {
          PolicyName: "More",
          Roles: of(template, "FindDueDigestsRoleDefaultPolicy").Properties.Roles,
          PolicyDocument: { Statement: [{ Effect: "Allow", Action: "dynamodb:*", Resource: "*" }] },
        },
      }),
  ],
  [
    "a key that a role may use without its condition",
    dataStack,
    "power",
    (template) => {
      const policy = of(template, "IdentityKey").Properties.KeyPolicy.Statement;
      delete policy.find(({ Condition }: Statement) => Condition).Condition;
    },
  ],
  [
    "a ban on plain HTTP that is lifted",
    dataStack,
    "power",
    (template) => {
      const document = of(template, "AttachmentsPolicy").Properties.PolicyDocument;
      document.Statement = document.Statement.map((one: Statement) =>
        one.Effect === "Deny" ? { ...one, Action: "s3:GetObject" } : one,
      );
    },
  ],
])("A release with %s is refused", (_, stack, rule, change) => {
  expect(new Set(foundAfter(stack, change).map((one) => one.rule))).toEqual(new Set([rule]));
});

test.each<[string, string, Change]>([
  ["nothing new", dataStack, () => {}],
  ["one index that is new", dataStack, (template) => indexes(template).push(index("by-one"))],
  ["one index that goes", dataStack, (template) => indexes(template).pop()],
  [
    "a table that is new",
    dataStack,
    (template) => (template.Resources.New = structuredClone(of(template, "Cases"))),
  ],
  [
    "an export that is new",
    dataStack,
    (template) => (template.Outputs.New = { Value: "new", Export: { Name: "new" } }),
  ],
  [
    "the protection of a table lifted, which replaces nothing",
    dataStack,
    (template) => (of(template, "Cases").Properties.Replicas[0].DeletionProtectionEnabled = false),
  ],
  ["a function that may do less", jobsStack, (template) => statements(template).pop()],
  ["statements in another order", jobsStack, (template) => statements(template).reverse()],
  [
    "a queue from which messages go later",
    jobsStack,
    (template) => (of(template, "EmailsQueue").Properties.VisibilityTimeout = 600),
  ],
  [
    "a function that is new, with a role of its own",
    jobsStack,
    (template) => {
      template.Resources.NewRole = structuredClone(of(template, "FindDueDigestsRole"));
      template.Resources.NewPolicy = {
        Type: "AWS::IAM::Policy",
        Properties: {
          PolicyName: "New",
          Roles: [{ Ref: "NewRole" }],
          PolicyDocument: { Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn" }] },
        },
      };
    },
  ],
])("A release with %s passes", (_, stack, change) => {
  expect(foundAfter(stack, change)).toEqual([]);
});

test("What was accepted passes, and a line that was accepted and is not so any more is told", () => {
  const found = foundAfter(dataStack, (template) => indexes(template).push(index("by-one"), index("by-two")));
  const [{ line } = { line: "" }] = found;
  const reason = "The table is empty in every account.";
  expect(judged(found, [{ line, reason }])).toEqual({ refused: [], stale: [] });
  expect(judged(found, [{ line: "data: something else", reason }])).toEqual({
    refused: found,
    stale: ["data: something else"],
  });
});

test("A release is recorded the same twice, and tells nothing of the contents of bundles", () => {
  expect(templatesNow()).toEqual(released);
  expect(JSON.stringify(released)).not.toMatch(/[0-9a-f]{64}\.zip/);
});

test("A whole stack that is gone loses all that it kept", () => {
  const { [dataStack]: _, ...rest } = parsed(released);
  const rules = findings(parsed(released), rest).map(({ rule }) => rule);
  expect(rules.filter((rule) => rule === "removed").length).toBeGreaterThan(10);
});
