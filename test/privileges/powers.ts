import { ofType, type Power, powersIn, type Resource } from "../infra/synthesised.ts";

/** One action that the role of a function allows on one resource. */
export interface Grant {
  /** "api/Public" */
  who: string;
  /** "dynamodb:GetItem" */
  action: string;
  /** "data/Cases.Arn/index/by-feed" */
  resource: string;
  condition?: Conditions | undefined;
}

type Conditions = Record<string, Record<string, string | string[]>>;

/** A call that a function made while the tests ran. See infra/local/functions/recorder.ts. */
export interface Called {
  who: string;
  action: string;
  resource: string;
  key?: string | undefined;
}

/** The functions of a stage, as policies call them. */
export const functionsIn = (resources: Resource[]): string[] =>
  ofType(resources, "AWS::Lambda::Function")
    .map(({ path }) => path.replace(/\/Function$/, ""))
    .sort();

/** Everything that the roles of functions allow, action by action and resource by resource. */
export function grantsIn(resources: Resource[]): Grant[] {
  const functions = new Set(functionsIn(resources));
  const each = ({ who, actions, resources: over, condition }: Power): Grant[] =>
    actions.flatMap((action) =>
      over.map((resource) => ({ who, action, resource, condition: condition as Conditions | undefined })),
    );
  return powersIn(resources)
    .filter(({ who }) => functions.has(who))
    .flatMap(each);
}

const meant = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);

/** The resource of a grant as it is called on one machine: paths with hyphens, and buckets in small letters. */
function nameHere(resource: string): string {
  const [, ofMails] = /:ses:.*:(identity|configuration-set)\//.exec(resource) ?? [];
  if (ofMails) return ofMails;
  const [path = "", rest = ""] = resource.split(".Arn");
  return `${path.replaceAll("/", "-").toLowerCase()}${rest}`;
}

const calledName = (resource: string): string => {
  if (/^(identity|configuration-set)\//.test(resource)) return resource.replace(/\/.*/, "");
  if (resource.endsWith("_local")) return "sign-in-officers";
  const [name = "", ...rest] = resource.replace(/^table\//, "").split("/");
  return [name.replace(/^sp4n-lapor-[^-]+-/, "").toLowerCase(), ...rest].join("/");
};

/** The kinds of keys that a grant is for; undefined where it is for all. */
const keysOf = ({ condition = {} }: Grant): string[] | undefined =>
  Object.values(condition)
    .flatMap((keys) => keys["dynamodb:LeadingKeys"] ?? [])
    .reduce<string[] | undefined>((all, one) => [...(all ?? []), one], undefined);

/** Whether a grant allows a call, as far as the call tells: the action, the resource, and the kind of key where the grant asks for it. */
export function allows(grant: Grant, call: Called): boolean {
  const keys = keysOf(grant);
  return (
    grant.who === call.who &&
    grant.action === call.action &&
    meant(nameHere(grant.resource), calledName(call.resource)) &&
    (!keys || keys.some((pattern) => meant(pattern, call.key ?? "")))
  );
}

/** Rights that no call in an end-to-end test shows, and why a function has them nevertheless. */
export const notCalled: { grants: (grant: Grant) => boolean; because: string }[] = [
  {
    grants: ({ action }) => /^(logs|xray):/.test(action),
    because: "Lambda itself writes logs and traces with the role of the function",
  },
  {
    grants: ({ action, resource }) =>
      /^sqs:(ReceiveMessage|ChangeMessageVisibility|GetQueue(Url|Attributes)|DeleteMessage)$/.test(action) &&
      resource.endsWith("/Queue.Arn"),
    because: "Lambda itself takes messages from the queue with the role of the function",
  },
  {
    grants: ({ resource }) => resource === "data/Cases.StreamArn",
    because: "Lambda itself reads the stream with the role of the function",
  },
  {
    grants: ({ who, resource }) =>
      who === "jobs/PublishEvents" && resource.startsWith("data/UnpublishedEvents.Arn"),
    because: "Lambda itself keeps what could not be published, with the role of the function",
  },
  {
    grants: ({ action }) => action.startsWith("kms:"),
    because:
      "keys are not in KMS on one machine: `test/infra/keys.test.ts` and the deployment on the emulator",
  },
  {
    grants: ({ who }) => who === "static/StoreFiles",
    because: "only a deployment calls it: the deployment on the emulator",
  },
  {
    grants: ({ who, action, resource }) => action === "sqs:SendMessage" && resource === `${who}/Queue.Arn`,
    because:
      "work that is too much for one message goes on in the next; no test of the running system has so much",
  },
  {
    grants: ({ who, action, condition }) =>
      who === "jobs/MailFeedback/Worker" &&
      action.startsWith("dynamodb:") &&
      JSON.stringify(condition ?? {}).includes("SUBSCRIBERS#"),
    because: "SES alone tells of those who follow a case: `test/unit/mail-feedback.test.ts`",
  },
  {
    grants: ({ action }) => action === "s3:GetObjectVersion",
    because: "buckets of one machine keep no versions: the deployment on the emulator",
  },
  {
    grants: ({ who, action, resource }) =>
      who === "jobs/Inspections" && action === "s3:DeleteObject" && !resource.includes("/uploads/"),
    because:
      "takes away what it stored where the file was removed meanwhile: `test/unit/removed-files.test.ts`",
  },
  {
    grants: ({ who, action, resource }) =>
      who === "jobs/Recounts" && action === "dynamodb:GetItem" && resource === "data/Cases.Arn",
    because: "reads a case again that moved while it was counted",
  },
  {
    grants: ({ who, action, resource }) =>
      who === "jobs/BuildSearchIndex" && action === "dynamodb:Query" && resource === "data/Cases.Arn",
    because:
      "reads the whole history of a case that its reporter reworded: `test/integration/search.test.ts`",
  },
  {
    grants: ({ who, action, resource }) =>
      /^api\/(Reporter|Identity)$/.test(who) &&
      action === "dynamodb:PutItem" &&
      resource === "data/Traffic.Arn",
    because: "notes a solved challenge as spent, as `api/Public` does: `test/unit/floods.test.ts`",
  },
  {
    grants: ({ who, action, resource }) =>
      who === "jobs/RemoveExpired" && action.startsWith("dynamodb:") && resource === "data/Notifications.Arn",
    because: "forgets addresses a month after their case has ended: `test/unit/following.test.ts`",
  },
  {
    grants: ({ action, resource }) =>
      action === "s3:ListBucket" && ["data/HistoryAnchors.Arn", "data/Derived.Arn"].includes(resource),
    because: "no call: without it S3 answers 403 in place of 404 for an object that is not there",
  },
];

/** Why no test calls what is granted; undefined where one has to. */
export const reasonOf = (grant: Grant): string | undefined =>
  notCalled.find(({ grants }) => grants(grant))?.because;
