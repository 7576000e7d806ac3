import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Topic } from "aws-cdk-lib/aws-sns";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import { buildApp } from "../../infra/app.ts";
import { acknowledgeWildcard } from "../../infra/constructs/wildcard.ts";
import { inFreshFolder } from "./synthesised.ts";

const checked = (app: App) => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return () => app.synth();
};

test.each(["dev", "prod"])(
  "the stacks of %s pass CloudFormation's own rules and the AWS Solutions checks",
  (stage) =>
    inFreshFolder((outdir) => {
      expect(checked(buildApp({ stage, outdir, code: false }))).not.toThrow();
      const report = JSON.parse(readFileSync(join(outdir, "validation-report.json"), "utf8")) as {
        pluginReports: { violations: unknown[] }[];
      };
      const found = report.pluginReports.flatMap(({ violations }) => violations);
      expect(found).toEqual([]);
    }),
);

test("the AWS Solutions checks find a topic that takes messages in the clear", () =>
  inFreshFolder((outdir) => {
    const app = new App({ outdir, builtinCloudFormationValidation: false });
    new Topic(new Stack(app, "careless"), "Topic");
    expect(checked(app)).toThrow("SNS");
  }));

describe("a wildcard in a policy", () => {
  /** A bucket in one stack, and a role in another that may read two folders of it, of which one is explained. */
  const synthesised = (explained: string[], bucketId = "Bucket") =>
    inFreshFolder((outdir) => {
      const app = new App({ outdir, builtinCloudFormationValidation: false });
      const bucket = new Bucket(new Stack(app, "data"), bucketId, { enforceSSL: true });
      const role = new Role(new Stack(app, "api"), "Role", {
        assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      });
      for (const folder of ["photos", "letters"]) bucket.grantRead(role, `${folder}/*`);
      for (const folder of explained)
        acknowledgeWildcard(role, bucket.arnForObjects(`${folder}/*`), "Their names hold ids.");
      try {
        checked(app)();
        return "";
      } catch (error) {
        return String(error);
      }
    });

  test("is found until it is explained", () => {
    const found = synthesised(["photos"]);
    expect(found).toContain("letters/*");
    expect(found).not.toContain("photos/*");
  });

  test("stays explained when what it names is renamed", () => {
    for (const name of ["Bucket", "Files"])
      expect(synthesised(["photos", "letters"], name)).not.toMatch(/photos|letters/);
  });
});
