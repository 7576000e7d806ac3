import { describe, expect, test } from "vitest";
import { dev, ofType, powersIn, powersOver, prod, type Resource } from "./synthesised.ts";

/** The resource itself or a part of it: an index of a table, a folder of a bucket. */
const of = (path: string) => (resource: string) =>
  resource === `${path}.Arn` || resource.startsWith(`${path}.Arn/`);

/** Who may do what in which folder of the bucket of attachments. */
const inFolders: Record<string, Record<string, string[]>> = {
  uploads: {
    "api/Reporter": ["s3:PutObject"],
    "api/Officer": ["s3:PutObject"],
    "jobs/Inspections": [
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:GetObjectTagging",
      "s3:GetObjectVersion",
      "s3:GetObjectVersionTagging",
    ],
    "data/MalwareScan": [
      "s3:GetObject",
      "s3:GetObjectTagging",
      "s3:GetObjectVersion",
      "s3:GetObjectVersionTagging",
      "s3:PutObjectTagging",
      "s3:PutObjectVersionTagging",
    ],
  },
  sealed: {
    "api/Reporter": ["s3:DeleteObject"],
    "api/Officer": ["s3:DeleteObject"],
    "jobs/Inspections": ["s3:DeleteObject", "s3:PutObject"],
    "jobs/RemoveExpired": ["s3:DeleteObject"],
    "api/Evidence": ["s3:GetObject"],
  },
  clean: {
    "jobs/Inspections": ["s3:DeleteObject", "s3:PutObject"],
    "jobs/RemoveExpired": ["s3:DeleteObject"],
    "api/Public": ["s3:GetObject"],
    "api/Officer": ["s3:DeleteObject", "s3:GetObject"],
    "api/Reporter": ["s3:DeleteObject"],
  },
  thumbnails: {
    "jobs/Inspections": ["s3:DeleteObject", "s3:PutObject"],
    "jobs/RemoveExpired": ["s3:DeleteObject"],
    "api/Public": ["s3:GetObject"],
    "api/Officer": ["s3:DeleteObject", "s3:GetObject"],
    "api/Reporter": ["s3:DeleteObject"],
  },
};

const folder = (name: string) => `data/Attachments.Arn/${name}/*`;

test("of attachments, uploads are read by the inspection alone and sealed originals by the one function that opens them", () => {
  for (const [name, rights] of Object.entries(inFolders))
    expect([name, powersOver(prod, (resource) => resource === folder(name))]).toEqual([name, rights]);
});

/** Who may do what with the index of the public search. */
const inDerived: Record<string, Record<string, string[]>> = {
  indexes: { "jobs/BuildSearchIndex": ["s3:PutObject"], "api/Public": ["s3:GetObject"] },
  newest: {
    "jobs/BuildSearchIndex": ["s3:GetObject", "s3:PutObject"],
    "api/Public": ["s3:GetObject"],
  },
};
const derived = (name: string) => `data/Derived.Arn/${name}/*`;

test("indexes of the search are written by one job, which reads none, and read by the function that everybody calls, which writes none", () => {
  for (const [name, rights] of Object.entries(inDerived))
    expect([name, powersOver(prod, (resource) => resource === derived(name))]).toEqual([name, rights]);
  expect(powersOver(prod, (resource) => resource === "data/Derived.Arn")).toEqual({
    "jobs/BuildSearchIndex": ["s3:ListBucket"],
    "api/Public": ["s3:ListBucket"],
  });
});

test("the job that indexes reads public cases and their texts, and neither identities nor keys", () => {
  const powers = powersIn(prod).filter(({ who }) => who === "jobs/BuildSearchIndex");
  const over = powers.flatMap(({ resources }) => resources).filter((one) => one.startsWith("data/"));
  expect([...new Set(over)].sort()).toEqual([
    "data/Cases.Arn",
    "data/Cases.Arn/index/by-feed",
    "data/Derived.Arn",
    "data/Derived.Arn/indexes/*",
    "data/Derived.Arn/newest/*",
  ]);
  expect(powersOver(prod, (resource) => resource === "data/Cases.Arn")["jobs/BuildSearchIndex"]).toEqual([
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
  ]);
});

test("no policy allows an action by a wildcard, and none but tracing, folders of files and the scanner's rule a wildcard resource", () => {
  const folders = [...Object.keys(inFolders).map(folder), ...Object.keys(inDerived).map(derived)];
  for (const { who, actions, resources } of powersIn(prod)) {
    expect([who, actions.filter((action) => action.includes("*"))]).toEqual([who, []]);
    for (const resource of resources) {
      if (!resource.includes("*") || folders.includes(resource)) continue;
      if (resource === "data/HistoryAnchors.Arn/anchors/*")
        expect([who, actions]).toEqual(["jobs/AnchorHistories", ["s3:PutObject", "s3:GetObject"]]);
      else if (resource === "data/UnpublishedEvents.Arn/aws/lambda/*")
        expect([who, actions]).toEqual(["jobs/PublishEvents", ["s3:PutObject"]]);
      else if (resource === "static/Files.Arn/aset/*")
        expect([who, actions]).toEqual(["static/StoreFiles", ["s3:PutObject"]]);
      else if (who === "api/Canary")
        expect([resource, actions]).toEqual(["*", ["cloudwatch:DescribeAlarms"]]);
      else if (resource.endsWith(":rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*"))
        expect(who).toBe("data/MalwareScan");
      else
        expect([who, resource, actions.sort()]).toEqual([
          who,
          "*",
          ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        ]);
    }
  }
});

describe("who reported", () => {
  const throughDynamo = {
    StringEquals: { "kms:ViaService": "dynamodb.ap-southeast-3.amazonaws.com" },
  };

  test.each([
    ["production", prod],
    ["dev", dev],
  ])("is touched by six functions in %s, each exactly with its own powers", (_, resources) => {
    expect(powersOver(resources, of("data/Reporters"))).toEqual({
      // It reads one attribute, which the next test looks at.
      "api/Public": ["dynamodb:GetItem", "dynamodb:PutItem"],
      "api/Reporter": ["dynamodb:UpdateItem"],
      "api/Identity": [
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
      ],
      "jobs/Emails": ["dynamodb:GetItem", "dynamodb:UpdateItem"],
      // It marks an address without seeing it, which the next but one test looks at.
      "jobs/MailFeedback/Worker": ["dynamodb:UpdateItem"],
      "jobs/RemoveExpired": ["dynamodb:DeleteItem"],
    });
    // Who writes an identity cannot read one; who sends mails cannot make one or look for anybody.
    expect(powersOver(resources, of("data/IdentityKey"))).toEqual({
      "api/Public": ["kms:GenerateDataKey"],
      "api/Identity": ["kms:Decrypt", "kms:GenerateDataKey"],
      // It seals the addresses of those who follow a case, and opens nothing.
      "api/Reporter": ["kms:GenerateDataKey"],
      "jobs/Emails": ["kms:Decrypt"],
    });
    expect(powersOver(resources, of("data/IdentityHashKey"))).toEqual({
      "api/Public": ["kms:GenerateMac"],
      "api/Identity": ["kms:GenerateMac"],
    });
  });

  test("is not read by the function that everybody calls, but for whether mails reach the reporter", () => {
    const reading = powersIn(prod).filter(
      ({ who, actions, resources }) =>
        who === "api/Public" && actions.includes("dynamodb:GetItem") && resources.some(of("data/Reporters")),
    );
    expect(reading.map(({ condition }) => condition)).toEqual([
      {
        "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "undeliverable"] },
        StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      },
    ]);
  });

  test("what hears of mails that came back writes marks, reads nothing, and holds no key that opens or hashes", () => {
    const powers = powersIn(prod).filter(({ who }) => who === "jobs/MailFeedback/Worker");
    const over = (path: string) =>
      powers
        .filter(({ resources }) => resources.some(of(path)))
        .map(({ actions, condition }) => [actions, condition]);
    expect(over("data/Reporters")).toEqual([
      [
        ["dynamodb:UpdateItem"],
        {
          "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "undeliverable", "addressFreedAt"] },
          StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
        },
      ],
    ]);
    const under = (front: string) => ({
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${front}*`] },
    });
    expect(over("data/Notifications")).toEqual([
      [["dynamodb:UpdateItem"], under("ADDRESS#")],
      [["dynamodb:UpdateItem"], under("UNDELIVERABLE")],
      [["dynamodb:UpdateItem", "dynamodb:DeleteItem"], under("SUBSCRIBERS#")],
    ]);
    expect(JSON.stringify(powers)).not.toMatch(
      /GetItem|Query|Scan|GenerateMac|ses:|(Identity|Unsubscribing)Key/,
    );
  });

  test("of the marks of mails, officers and administrators read only those of officers whom no mail reaches", () => {
    const reading = powersIn(prod).filter(
      ({ who, resources }) => who.startsWith("api/") && resources.some(of("data/Notifications")),
    );
    expect(reading.map(({ who, actions }) => [who, actions])).toEqual([
      [
        "api/Reporter",
        ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
      ],
      ["api/Officer", ["dynamodb:GetItem"]],
      ["api/Administration", ["dynamodb:Query"]],
    ]);
    const [ofSubscribers, ...others] = reading;
    expect(ofSubscribers?.condition).toEqual({
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["SUBSCRIBERS#*"] },
    });
    for (const { condition } of others)
      expect(condition).toEqual({
        "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["UNDELIVERABLE"] },
      });
  });

  test.each([
    ["production", prod],
    ["dev", dev],
  ])("is named to nobody else in %s, and the table's key works by way of DynamoDB only", (_, resources) => {
    const known = [
      "api/Public",
      "api/Reporter",
      "api/Identity",
      "jobs/Emails",
      "jobs/MailFeedback/Worker",
      "jobs/RemoveExpired",
    ];
    for (const { who, actions, resources: over, condition } of powersIn(resources)) {
      // By whatever spelling.
      if (!/Reporters|Identity/.test(JSON.stringify(over))) continue;
      // Which version of the function answers is no secret.
      if (who === "api/Canary") continue;
      expect(known).toContain(who);
      if (/ReportersKey/.test(JSON.stringify(over)) && /kms:/.test(JSON.stringify(actions)))
        expect(condition).toEqual(throughDynamo);
    }
  });

  test("is told to no function but those: neither the table of reporters nor a key of theirs", () => {
    const told = ofType(prod, "AWS::Lambda::Function").filter(({ properties }) =>
      /REPORTERS|IDENTITY/.test(JSON.stringify(properties.Environment)),
    );
    expect(told.map(({ path }) => path).sort()).toEqual([
      "api/Identity",
      "api/Public",
      "api/Reporter",
      "jobs/Emails/Function",
      "jobs/MailFeedback/Worker/Function",
      "jobs/RemoveExpired",
    ]);
  });
});

test.each([
  ["production", prod],
  ["dev", dev],
])(
  "the counts of who sent how much are touched in %s only by functions that meet citizens, by the one that counts its mails there, and by the job that removes them, which cannot tell what they are about",
  (_, resources) => {
    const counts = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
    expect(powersOver(resources, of("data/Traffic"))).toEqual({
      "api/Identity": counts,
      "api/Public": counts,
      "api/Reporter": counts,
      "jobs/Emails": ["dynamodb:UpdateItem"],
      "jobs/ForgetTraffic": ["dynamodb:DeleteItem", "dynamodb:Scan"],
    });
    expect(powersOver(resources, of("data/TrafficKey"))).toEqual({
      "api/Identity": ["kms:GenerateMac"],
      "api/Public": ["kms:GenerateMac"],
      "api/Reporter": ["kms:GenerateMac"],
      "jobs/Emails": ["kms:GenerateMac"],
    });
  },
);

test.each([
  ["production", prod],
  ["dev", dev],
])(
  "drafts are stored, read and deleted in %s by the function of the pages that make them, each of its own kind, and by nobody else",
  (_, resources) => {
    expect(powersOver(resources, of("data/Drafts"))).toEqual({
      "api/Officer": ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
      "api/Public": ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"],
    });
    const keys = powersIn(resources)
      .filter(({ resources: over }) => over.some(of("data/Drafts")))
      .map(({ who, condition }) => [who, condition]);
    expect(keys).toEqual([
      ["api/Public", { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["DRAFT#*"] } }],
      ["api/Officer", { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["OFFICER-DRAFT#*"] } }],
    ]);
    expect(powersOver(resources, of("data/PagesKey"))).toEqual({
      "api/Public": ["kms:GenerateMac"],
      "api/Reporter": ["kms:GenerateMac"],
      "api/Identity": ["kms:GenerateMac"],
      // They read who has signed in.
      "api/Officer": ["kms:GenerateMac"],
      "api/Evidence": ["kms:GenerateMac"],
      "api/Administration": ["kms:GenerateMac"],
      "api/Practice": ["kms:GenerateMac"],
    });
  },
);

test("no function but the job that empties the table of counts reads a whole table", () => {
  const scanning = powersIn(prod).filter(({ actions }) => actions.includes("dynamodb:Scan"));
  expect(scanning.map(({ who, resources }) => [who, resources])).toEqual([
    ["jobs/ForgetTraffic", ["data/Traffic.Arn"]],
  ]);
});

describe("the administration", () => {
  const writes = /PutItem|UpdateItem|DeleteItem/;

  test("alone writes what the directory holds, and deletes nothing from it: a sweep of deadlines notes there only that it ran", () => {
    const writing = powersIn(prod).filter(
      ({ actions, resources }) => resources.some(of("data/Directory")) && writes.test(actions.join()),
    );
    const [sweep, administration] = writing;
    expect(writing.map(({ who }) => who)).toEqual(["jobs/Sweeps", "api/Administration"]);
    expect(administration?.actions).not.toContain("dynamodb:DeleteItem");
    expect([sweep?.actions, sweep?.condition]).toEqual([
      ["dynamodb:PutItem"],
      { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["SWEEP#*"] } },
    ]);
    expect(powersOver(prod, of("data/Directory"))["jobs/Sweeps"]).toEqual(["dynamodb:PutItem"]);
  });

  test("alone makes and ends accounts, in our user pool alone", () => {
    const accounts = powersIn(prod).filter(({ actions }) => actions.join().includes("cognito-idp:"));
    expect(accounts).toEqual([
      {
        who: "api/Administration",
        actions: [
          "cognito-idp:AdminCreateUser",
          "cognito-idp:AdminGetUser",
          "cognito-idp:AdminDisableUser",
          "cognito-idp:AdminDeleteUser",
          "cognito-idp:AdminDeleteSoftwareToken",
          "cognito-idp:AdminUserGlobalSignOut",
        ],
        resources: ["sign-in/Officers.Arn"],
      },
    ]);
  });

  test("changes no case: it counts cases, and reads them to try a calendar", () => {
    const { "api/Administration": actions } = powersOver(prod, of("data/Cases"));
    expect(new Set(actions)).toEqual(new Set(["dynamodb:Query", "dynamodb:BatchGetItem"]));
  });
});

test("what looks for digests reads one index and asks for mails, and can do nothing else", () => {
  const powers = powersIn(prod).filter(({ who }) => who === "jobs/FindDueDigests");
  const may = (resources: Resource["path"][]) =>
    powers.filter((power) => power.resources.join() === resources.join()).flatMap(({ actions }) => actions);
  expect(may(["data/Notifications.Arn/index/by-flush"])).toEqual(["dynamodb:Query"]);
  expect(may(["jobs/Emails/Queue.Arn"])).toEqual(["sqs:SendMessage"]);
  expect(powers.flatMap(({ actions }) => actions).sort()).toEqual([
    "dynamodb:Query",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "sqs:SendMessage",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ]);
});
