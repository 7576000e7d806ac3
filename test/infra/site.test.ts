import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { routes as publicRoutes } from "../../functions/public/routes.ts";
import { staticFiles } from "../../infra/bundling/static-files.ts";
import { stageNamed } from "../../infra/config.ts";
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

/** AWS's own policies. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

interface Behaviour {
  PathPattern?: string;
  CachePolicyId: string;
  OriginRequestPolicyId?: string;
  [more: string]: unknown;
}

const siteOf = (resources: Resource[]) => {
  const { DistributionConfig: config } = only(resources, "AWS::CloudFront::Distribution").properties;
  const { DefaultCacheBehavior: own, CacheBehaviors: others } = config as {
    DefaultCacheBehavior: Behaviour;
    CacheBehaviors: Behaviour[];
  };
  const policy = (type: string, id: string | undefined) =>
    ofType(resources, type).find(({ path }) => id === path || id === `${path}.Id`)?.properties;
  return {
    config,
    own,
    others,
    all: [own, ...others],
    cachePolicyOf: ({ CachePolicyId }: Behaviour) =>
      policy("AWS::CloudFront::CachePolicy", CachePolicyId)?.CachePolicyConfig,
    originPolicyOf: ({ OriginRequestPolicyId }: Behaviour) =>
      policy("AWS::CloudFront::OriginRequestPolicy", OriginRequestPolicyId)?.OriginRequestPolicyConfig,
    /** The behaviour of a path, as CloudFront chooses: the first whose pattern it has. */
    at: (path: string) =>
      others.find(({ PathPattern = "" }) =>
        new RegExp(
          `^${PathPattern.replace(/[.+^${}()|[\]\\]/g, "\\$&")
            .replaceAll("*", ".*")
            .replaceAll("?", ".")}$`,
        ).test(path),
      ) ?? own,
  };
};

const publicPages = [
  ...["/laporan", "/laporan/LAP-1", "/laporan/LAP-1/batas-waktu", "/laporan/LAP-1/riwayat", "/laporan.atom"],
  ...["/instansi", "/instansi/balikpapan", "/instansi/balikpapan/poster", "/hitung"],
  ...["/cara", "/hak", "/privasi", "/aksesibilitas", "/status"],
];
const privatePages = [
  ...[
    "/lapor/cerita",
    "/lapor/tempat",
    "/lapor/serupa",
    "/lapor/tujuan",
    "/lapor/identitas",
    "/lapor/periksa",
  ],
  ...[
    "/lapor/terkirim",
    "/lacak",
    "/saya/LAP-1",
    "/saya/LAP-1/nilai",
    "/saya/LAP-1/data",
    "/petugas/antrean",
  ],
];
const ofApi = ["/v1/cases", "/v1/cases/LAP-1", "/v1/officer/cases", "/v1/unsubscribe/x", "/v1/challenges"];
const inEnglish = (paths: string[]) => paths.map((path) => `/en${path}`);

describe.each([
  ["production", prod],
  ["dev", dev],
])("the site of %s", (_, resources) => {
  const { own, others, all, at, cachePolicyOf, originPolicyOf } = siteOf(resources);
  const forwardsCookies = (one: Behaviour) =>
    one.OriginRequestPolicyId === allViewerExceptHostHeader ||
    ![undefined, "none"].includes(originPolicyOf(one)?.CookiesConfig.CookieBehavior) ||
    ![undefined, "none"].includes(
      cachePolicyOf(one)?.ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig.CookieBehavior,
    );

  test("keeps nothing of a path that is told cookies, and tells no cookie where it keeps anything", () => {
    expect([own.CachePolicyId, forwardsCookies(own)]).toEqual([cachingDisabled, true]);
    for (const one of all)
      expect([one.PathPattern, forwardsCookies(one)]).toEqual([
        one.PathPattern,
        one.CachePolicyId === cachingDisabled,
      ]);
    expect(others.filter((one) => one.CachePolicyId === cachingDisabled)).toEqual([]);
  });

  test("keeps for no longer than it is told: every policy begins at nothing", () => {
    const policies = ofType(resources, "AWS::CloudFront::CachePolicy").map(
      ({ properties }) => properties.CachePolicyConfig,
    );
    expect(policies.map(({ MinTTL, DefaultTTL }) => [MinTTL, DefaultTTL])).toEqual(
      policies.map(() => [0, 0]),
    );
    for (const one of others)
      expect([one.PathPattern, cachePolicyOf(one)?.MinTTL]).toEqual([one.PathPattern, 0]);
    for (const one of others) expect([one.PathPattern, one.Compress]).toEqual([one.PathPattern, true]);
  });

  test("knows every word of a query that a kept page reads: what it does not know reaches no function", () => {
    const pages = publicRoutes({ frame: {}, evidence: {} } as never).filter(
      ({ pageIn, method }) => pageIn && method === "GET",
    );
    const unknown = pages.flatMap(({ path, input: { query } }) => {
      const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
      const kept = at(path.replaceAll(/\{[^}]+\}/g, "contoh"));
      const known =
        cachePolicyOf(kept)?.ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig.QueryStrings;
      return kept === own
        ? []
        : names.filter((name) => !known?.includes(name)).map((name) => `${path}?${name}`);
    });
    expect(unknown).toEqual([]);
    expect(pages.length).toBeGreaterThan(20);
  });

  test("keeps every public page in both languages, and none that is somebody's own", () => {
    for (const path of ["/", "/en", ...publicPages, ...inEnglish(publicPages)])
      expect([path, cachePolicyOf(at(path))?.MaxTTL]).toEqual([path, 300]);
    for (const path of [...privatePages, ...inEnglish(privatePages), ...ofApi])
      expect([path, at(path) === own]).toEqual([path, true]);
  });

  test("tells public pages apart by the listed query alone: no header, no cookie", () => {
    for (const path of ["/", ...publicPages]) {
      const { HeadersConfig, QueryStringsConfig, EnableAcceptEncodingGzip } = cachePolicyOf(
        at(path),
      ).ParametersInCacheKeyAndForwardedToOrigin;
      expect([path, HeadersConfig, QueryStringsConfig.QueryStringBehavior, EnableAcceptEncodingGzip]).toEqual(
        [path, { HeaderBehavior: "none" }, "whitelist", true],
      );
      expect(originPolicyOf(at(path))).toMatchObject({
        HeadersConfig: {
          HeaderBehavior: "whitelist",
          Headers: ["x-viewer-address", "Content-Type", "Origin", "Sec-Fetch-Site"],
        },
        QueryStringsConfig: { QueryStringBehavior: "none" },
      });
    }
    const queryOf = (path: string) =>
      cachePolicyOf(at(path)).ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig.QueryStrings;
    for (const name of ["q", "instansi", "wilayah", "kategori", "status", "jenis", "kursor", "dari"])
      expect(queryOf("/laporan")).toContain(name);
    for (const name of ["dari", "ukuran", "tingkat"]) expect(queryOf("/instansi/x/poster")).toContain(name);
    for (const name of ["class", "supervised", "formal", "region", "from", "timeZone"])
      expect(queryOf("/en/hitung")).toContain(name);
  });

  test("fits into what CloudFront takes: 25 behaviours, and ten names a policy", () => {
    expect(all.length).toBeLessThanOrEqual(25);
    for (const one of others) {
      const key = cachePolicyOf(one).ParametersInCacheKeyAndForwardedToOrigin;
      expect(key.QueryStringsConfig.QueryStrings?.length ?? 0).toBeLessThanOrEqual(10);
      expect(key.HeadersConfig.Headers?.length ?? 0).toBeLessThanOrEqual(10);
      expect(originPolicyOf(one)?.HeadersConfig.Headers.length ?? 0).toBeLessThanOrEqual(10);
    }
  });

  test("says where it is", () => {
    const stacks = stacksOf(resources === prod ? "prod" : "dev");
    const web = stacks.find(({ name }) => name === "web")?.template.Outputs ?? {};
    expect(Object.keys(web)).toEqual(["SiteUrl"]);
  });
});

describe("a stage without an edge", () => {
  test("has the site, without rules against floods and without a secret to prove itself with", () => {
    const { config } = siteOf(dev);
    expect(config.WebACLId).toBeUndefined();
    expect(JSON.stringify(config.Origins)).not.toMatch(/OriginCustomHeaders|secret/i);
    expect(ofType(dev, "AWS::SecretsManager::Secret", "AWS::WAFv2::WebACL")).toEqual([]);
  });

  test("can have a domain of its own", () => {
    const domain = {
      name: "coba.lapor.example",
      certificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000",
    };
    const stage = { ...stageNamed("dev"), domain, siteUrl: "https://coba.lapor.example" };
    const { config } = siteOf(resourcesOfStage(stage));
    expect([config.Aliases, config.ViewerCertificate.AcmCertificateArn]).toEqual([
      [domain.name],
      domain.certificateArn,
    ]);
  });
});

describe("the static files", () => {
  test("lie in a bucket that is private and spoken to over TLS only: CloudFront of this account reads it, and nobody else", () => {
    for (const resources of [prod, dev]) {
      const { properties } = only(resources, "AWS::S3::Bucket", "static/Files");
      expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      const { Statement } = only(resources, "AWS::S3::BucketPolicy", "static/Files/Policy").properties
        .PolicyDocument;
      expect(Statement).toEqual([
        expect.objectContaining({
          Effect: "Deny",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
        {
          Sid: "CloudFrontReads",
          Effect: "Allow",
          Principal: { Service: "cloudfront.amazonaws.com" },
          Action: "s3:GetObject",
          Resource: "static/Files.Arn/*",
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:AWS::Partition:cloudfront::AWS::AccountId:distribution/*" },
          },
        },
      ]);
    }
    expect(only(prod, "AWS::S3::Bucket", "static/Files").deletionPolicy).toBe("RetainExceptOnCreate");
  });

  test("are written by the one function that a deployment asks, which can read and remove none", () => {
    const over = powersIn(prod).filter(({ resources }) =>
      resources.some((one) => one.startsWith("static/Files")),
    );
    expect(over.map(({ who, actions, resources }) => [who, actions, resources])).toEqual([
      ["static/StoreFiles", ["s3:PutObject"], ["static/Files.Arn/aset/*"]],
      ["static/StoreFiles", ["s3:PutObject"], ["static/Files.Arn/sw.js"]],
    ]);
  });

  test("are stored again when one of them changes, and before the functions are deployed whose pages name them", () => {
    const { properties } = only(prod, "Custom::StaticFiles");
    expect(properties).toMatchObject({
      ServiceToken: "static/StoreFiles.Arn",
      ServiceTimeout: "300",
      version: staticFiles().version,
    });
    const names = stacksOf("prod").map(({ name }) => name);
    expect(names.indexOf("static")).toBeLessThan(names.indexOf("api"));
  });

  test("are told to the functions with pages, by the names that pages know", () => {
    const told = ofType(prod, "AWS::Lambda::Function").filter(
      ({ properties }) => properties.Environment.Variables.STATIC_FILES,
    );
    expect(told.map(({ path }) => path).sort()).toEqual([
      "api/Administration",
      "api/Evidence",
      "api/Identity",
      "api/Officer",
      "api/Practice",
      "api/Public",
      "api/Reporter",
    ]);
    for (const { properties } of told)
      expect(JSON.parse(properties.Environment.Variables.STATIC_FILES)).toEqual(staticFiles().addresses);
  });

  test("leave room in a function's environment, of which Lambda takes 4 KB", () => {
    for (const resources of [prod, dev])
      for (const { path, properties } of ofType(resources, "AWS::Lambda::Function"))
        expect([path, JSON.stringify(properties.Environment.Variables).length < 4_096]).toEqual([path, true]);
  });

  test("come out of CloudFront compressed, and with what a page asks of its parts", () => {
    const { at, own } = siteOf(prod);
    const { config } = siteOf(prod);
    const bucket = config.Origins.find(({ S3OriginConfig }: { S3OriginConfig?: object }) => S3OriginConfig);
    expect(bucket.OriginAccessControlId).toBeDefined();
    for (const path of ["/aset/style-0123456789.css", "/sw.js"])
      expect([path, at(path).TargetOriginId, at(path).AllowedMethods]).toEqual([
        path,
        bucket.Id,
        ["GET", "HEAD"],
      ]);
    expect(own.TargetOriginId).not.toBe(bucket.Id);
    const { ResponseHeadersPolicyConfig: told } = only(
      prod,
      "AWS::CloudFront::ResponseHeadersPolicy",
    ).properties;
    expect(
      told.CustomHeadersConfig.Items.map(({ Header, Value }: Record<string, string>) => [Header, Value]),
    ).toEqual([
      ["cross-origin-embedder-policy", "require-corp"],
      ["cross-origin-resource-policy", "same-origin"],
    ]);
  });
});

/** An error for which CloudFront answers with a page of ours. */
interface Replaced {
  ErrorCode: number;
  ResponseCode?: number;
  ResponsePagePath?: string;
}

describe("the addresses of static files", () => {
  const { addresses, files } = staticFiles();

  test("name their content, so they may be kept for ever; the service worker keeps its address and is asked for each time", () => {
    expect(Object.keys(addresses)).toEqual(expect.arrayContaining(["style.css", "page.js"]));
    const atOneAddress = ["/aset/gangguan.html", "/sw.js"];
    for (const { address, headers } of files)
      if (atOneAddress.includes(address)) expect(headers["cache-control"]).toBe("no-cache");
      else {
        expect(address).toMatch(/^\/aset\/[\w-]+-[0-9a-f]{10}\.\w+$/);
        expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      }
    expect(files.map(({ address }) => address).sort()).toEqual(
      [...atOneAddress, ...Object.values(addresses)].sort(),
    );
  });

  test("stand in the page that people see when nothing answers, and CloudFront knows that page", () => {
    const page = Buffer.from(
      files.find(({ address }) => address === "/aset/gangguan.html")?.content ?? "",
    ).toString();
    expect(page).toContain(`href="${addresses["style.css"]}"`);
    expect(page).not.toContain("<script");
    const { CustomErrorResponses } = only(dev, "AWS::CloudFront::Distribution").properties.DistributionConfig;
    const replaced = (CustomErrorResponses as Replaced[]).filter((one) => one.ResponsePagePath);
    expect(replaced.map((one) => [one.ErrorCode, one.ResponseCode, one.ResponsePagePath])).toEqual([
      [502, 502, "/aset/gangguan.html"],
      [504, 504, "/aset/gangguan.html"],
    ]);
    // Whatever a function answers reaches its reader as it is.
    const { paths } = JSON.parse(readFileSync("functions/public/openapi.json", "utf8")) as {
      paths: Record<string, Record<string, { responses?: object }>>;
    };
    const statuses = Object.values(paths).flatMap((routes) =>
      Object.values(routes).flatMap(({ responses = {} }) => Object.keys(responses)),
    );
    expect(statuses).toContain("503");
    for (const status of ["502", "504"]) expect(statuses).not.toContain(status);
  });

  test("are kept by a service worker that knows their version, and is a script that browsers of 2019 run", () => {
    const worker = Buffer.from(files.find(({ address }) => address === "/sw.js")?.content ?? "").toString();
    expect(worker).toMatch(/"form-[0-9a-f]{10}"/);
    expect(worker).not.toMatch(/STATIC_FILE_|^import |^export /m);
  });
});
