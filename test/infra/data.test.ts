import { describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { uploadsKeptDays } from "../../shared/attachment/attachment.ts";
import { rememberedSeconds } from "../../shared/notification/notification-store.ts";
import {
  dev,
  ofType,
  only,
  powersIn,
  prod,
  type Resource,
  resourcesOfStage,
  stacksOf,
} from "./synthesised.ts";

const table = "AWS::DynamoDB::GlobalTable";
const expires = { AttributeName: "expiresAt", Enabled: true };

describe("the tables", () => {
  const isForMinutes = ({ path }: Resource) =>
    ["data/Traffic", "data/Drafts", "data/Practice"].includes(path);

  test("cost nothing when idle and can be restored to any second", () => {
    for (const { path, properties } of [...ofType(prod, table), ...ofType(dev, table)].filter(
      (one) => !isForMinutes(one),
    )) {
      expect([path, properties.BillingMode]).toEqual([path, "PAY_PER_REQUEST"]);
      for (const replica of properties.Replicas)
        expect([path, replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled]).toEqual([
          path,
          true,
        ]);
    }
  });

  test("of production outlive their stack and refuse to be deleted, and so do the keys", () => {
    const kept = ofType(prod, table, "AWS::KMS::Key").filter((one) => !isForMinutes(one));
    for (const { path, deletionPolicy } of kept)
      expect([path, deletionPolicy]).toEqual([path, "RetainExceptOnCreate"]);
    for (const { path, properties } of kept)
      if (properties.Replicas)
        expect([path, properties.Replicas[0].DeletionProtectionEnabled]).toEqual([path, true]);
  });

  test("forget addresses that reporters gave up, also where nobody could be told there", () => {
    expect(only(prod, table, "data/Reporters").properties.TimeToLiveSpecification).toEqual(expires);
  });

  test("forget who sent how much: that one table expires, a job empties it every ten minutes, and no copies are kept of it", () => {
    for (const resources of [prod, dev]) {
      const { properties, deletionPolicy } = only(resources, table, "data/Traffic");
      expect(properties.TimeToLiveSpecification).toEqual(expires);
      expect(properties.Replicas[0].PointInTimeRecoverySpecification).toBeUndefined();
      expect(properties.StreamSpecification).toBeUndefined();
      expect(deletionPolicy).toBe("Delete");
      expect(ofType(resources, "AWS::Backup::BackupSelection", "AWS::Backup::BackupPlan")).toEqual([]);
      const schedule = only(
        resources,
        "AWS::Scheduler::Schedule",
        "jobs/ForgetTrafficEveryTenMinutes/Schedule",
      );
      expect(schedule.properties.ScheduleExpression).toBe("rate(10 minutes)");
    }
  });

  test("forget drafts after their day: the table expires, goes with its stack, and no copies are kept of it", () => {
    for (const resources of [prod, dev]) {
      const { properties, deletionPolicy } = only(resources, table, "data/Drafts");
      expect(properties.TimeToLiveSpecification).toEqual(expires);
      expect(properties.KeySchema).toEqual([{ AttributeName: "pk", KeyType: "HASH" }]);
      expect(properties.Replicas[0].PointInTimeRecoverySpecification).toBeUndefined();
      expect([properties.StreamSpecification, deletionPolicy]).toEqual([undefined, "Delete"]);
    }
  });

  test("forget practice: the table expires, goes with its stack, and no copies are kept of it", () => {
    for (const resources of [prod, dev]) {
      const { properties, deletionPolicy } = only(resources, table, "data/Practice");
      expect(properties.TimeToLiveSpecification).toEqual(expires);
      expect(properties.Replicas[0].PointInTimeRecoverySpecification).toBeUndefined();
      expect([properties.StreamSpecification, deletionPolicy]).toEqual([undefined, "Delete"]);
    }
  });

  test("keep reporters under a key of their own", () => {
    const [replica] = only(prod, table, "data/Reporters").properties.Replicas;
    expect(replica.SSESpecification.KMSMasterKeyId).toBe("data/ReportersKey.Arn");
  });
});

describe("the keys", () => {
  const keys = ofType(prod, "AWS::KMS::Key");

  test("are rotated, but for the one that hashes: what it hashed could not be found any more", () => {
    for (const { path, properties } of keys)
      expect([path, properties.EnableKeyRotation]).toEqual([
        path,
        properties.KeySpec === "HMAC_256" ? undefined : true,
      ]);
  });
});

describe("the bucket of attachments", () => {
  const bucketOf = (resources: Resource[]) => only(resources, "AWS::S3::Bucket", "data/Attachments");

  test("is private, encrypted with a key of its own, versioned, spoken to over TLS only, and of production outlives its stack", () => {
    for (const resources of [prod, dev]) {
      const { properties } = bucketOf(resources);
      expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      const [encryption] = properties.BucketEncryption.ServerSideEncryptionConfiguration;
      expect(encryption.ServerSideEncryptionByDefault).toEqual({
        SSEAlgorithm: "aws:kms",
        KMSMasterKeyID: "data/AttachmentsKey.Arn",
      });
      expect(properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
      const policy = only(resources, "AWS::S3::BucketPolicy", "data/Attachments/Policy").properties;
      expect([policy.Bucket, JSON.stringify(policy)]).toEqual([
        "data/Attachments",
        expect.stringContaining("aws:SecureTransport"),
      ]);
    }
    expect(bucketOf(prod).deletionPolicy).toBe("RetainExceptOnCreate");
  });

  test("forgets uploads after the days for which an inspection is waited for, and else what was removed when tables forget it too", () => {
    expect(bucketOf(prod).properties.LifecycleConfiguration.Rules).toEqual([
      expect.objectContaining({
        Prefix: "uploads/",
        ExpirationInDays: uploadsKeptDays,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      }),
      {
        Status: "Enabled",
        NoncurrentVersionExpiration: { NoncurrentDays: 35 },
        ExpiredObjectDeleteMarker: true,
      },
    ]);
  });

  test("takes uploads only from the site and the configured pages elsewhere", () => {
    const stage = { ...stageNamed("prod"), corsOrigins: ["https://aplikasi.example"] };
    const [post, get] = bucketOf(resourcesOfStage(stage)).properties.CorsConfiguration.CorsRules;
    expect([post.AllowedMethods, post.AllowedOrigins]).toEqual([
      ["POST"],
      [stage.siteUrl, "https://aplikasi.example"],
    ]);
    const [ofDev] = bucketOf(dev).properties.CorsConfiguration.CorsRules;
    expect(ofDev.AllowedOrigins).toEqual(stageNamed("dev").corsOrigins);
    expect(get.AllowedMethods).toEqual(["GET"]);
  });

  test("is scanned for malware in production, where nothing is inspected before GuardDuty's tag says that it is clean", () => {
    const { properties: plan } = only(prod, "AWS::GuardDuty::MalwareProtectionPlan");
    expect(plan.Actions).toEqual({ Tagging: { Status: "ENABLED" } });
    expect(plan.ProtectedResource.S3Bucket.ObjectPrefixes).toEqual(["uploads/"]);
    const reading = powersIn(prod).find(
      ({ who, actions, resources }) =>
        who === "jobs/Inspections" &&
        actions.includes("s3:GetObject") &&
        resources.includes("data/Attachments.Arn/uploads/*"),
    );
    expect(reading?.condition).toEqual({
      StringEquals: { "s3:ExistingObjectTag/GuardDutyMalwareScanStatus": "NO_THREATS_FOUND" },
    });
    expect(() => stacksOf({ ...stageNamed("prod"), malwareScan: "eicar" })).toThrow("guardduty");
  });
});

test("the bucket of the search index is private, encrypted, spoken to over TLS only, keeps no versions, and forgets an index after three days", () => {
  for (const resources of [prod, dev]) {
    const { properties } = only(resources, "AWS::S3::Bucket", "data/Derived");
    expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(properties.BucketEncryption).toBeDefined();
    expect(properties.VersioningConfiguration).toBeUndefined();
    const policy = only(resources, "AWS::S3::BucketPolicy", "data/Derived/Policy").properties;
    expect(JSON.stringify(policy)).toContain("aws:SecureTransport");
    expect(properties.LifecycleConfiguration.Rules).toEqual([
      expect.objectContaining({ Prefix: "indexes/", ExpirationInDays: 3, Status: "Enabled" }),
    ]);
  }
});

test("the bucket of events that were given up is private, encrypted, and forgets them before marks of mails are forgotten", () => {
  for (const resources of [prod, dev]) {
    const { properties } = only(resources, "AWS::S3::Bucket", "data/UnpublishedEvents");
    expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(properties.BucketEncryption).toBeDefined();
    const policy = only(resources, "AWS::S3::BucketPolicy", "data/UnpublishedEvents/Policy").properties;
    expect(JSON.stringify(policy)).toContain("aws:SecureTransport");
    const [{ ExpirationInDays }] = properties.LifecycleConfiguration.Rules;
    expect(ExpirationInDays * 24 * 60 * 60).toBeLessThan(rememberedSeconds);
  }
  expect(only(prod, "AWS::S3::Bucket", "data/UnpublishedEvents").deletionPolicy).toBe("RetainExceptOnCreate");
});

test("the daily copies of newest hashes cannot be overwritten or removed, in production not even by whoever runs the account", () => {
  for (const [resources, mode] of [
    [prod, "COMPLIANCE"],
    [dev, "GOVERNANCE"],
  ] as const) {
    const { properties } = only(resources, "AWS::S3::Bucket", "data/HistoryAnchors");
    expect(properties.ObjectLockEnabled).toBe(true);
    expect(properties.ObjectLockConfiguration.Rule.DefaultRetention.Mode).toBe(mode);
    expect(properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
  }
  const removers = powersIn(prod).filter(({ actions }) =>
    actions.some((action) => /^s3:(Delete|Bypass|PutObjectRetention|\*)/.test(action)),
  );
  expect(removers.length).toBeGreaterThan(0);
  for (const { who, resources } of removers)
    expect([who, JSON.stringify(resources)]).toEqual([who, expect.not.stringContaining("Anchors")]);
});
