import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { matchRoute } from "../../infra/local/gateway/http-event.ts";
import { problem } from "../../shared/http/problem.ts";
import { edgeHeaders } from "../../shared/traffic/edge.ts";
import { dev, ofType, only, prod, type Resource, resourcesIn, stacksOf } from "./synthesised.ts";

/** The rules of the firewall, as far as they are looked at. */
interface Firewall {
  VisibilityConfig: { SampledRequestsEnabled: boolean };
  CustomResponseBodies: Record<string, { Content: string }>;
  Rules: {
    Name: string;
    Statement: {
      RateBasedStatement: {
        Limit: number;
        AggregateKeyType: string;
        ScopeDownStatement?: {
          OrStatement: { Statements: { ByteMatchStatement: { SearchString: string } }[] };
        };
      };
    };
    Action: { Block: { CustomResponse: { ResponseCode: number; CustomResponseBodyKey: string } } };
    VisibilityConfig: { SampledRequestsEnabled: boolean };
  }[];
}

interface Origin {
  Id: string;
  CustomOriginConfig?: object;
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[];
}

/** The other origin is the bucket of static files, which is told no secret. */
const originOfApi = (origins: Origin[]): Origin => {
  const [found, ...others] = origins.filter(({ CustomOriginConfig }) => CustomOriginConfig);
  expect([others, origins.length]).toEqual([[], 2]);
  return found ?? expect.unreachable("The API is no origin");
};

describe("the gateway", () => {
  test("throttles, logs without addresses or paths, and lets the configured pages call it", () => {
    const { properties } = only(prod, "AWS::ApiGatewayV2::Stage");
    const { throttle, reportThrottle, corsOrigins } = stageNamed("prod");
    expect(properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: throttle.ratePerSecond,
      ThrottlingBurstLimit: throttle.burst,
    });
    expect(Object.keys(properties.RouteSettings)).toEqual(["POST /v1/{proxy+}", "POST /{proxy+}"]);
    for (const settings of Object.values(properties.RouteSettings))
      expect(settings).toMatchObject({
        ThrottlingRateLimit: reportThrottle.ratePerSecond,
        ThrottlingBurstLimit: reportThrottle.burst,
      });
    const logged = Object.values(JSON.parse(properties.AccessLogSettings.Format));
    expect(logged).toContain("$context.requestId");
    for (const personal of ["$context.identity.sourceIp", "$context.identity.userAgent", "$context.path"])
      expect(logged).not.toContain(personal);
    const { CorsConfiguration } = only(prod, "AWS::ApiGatewayV2::Api").properties;
    expect(CorsConfiguration.AllowOrigins).toEqual(corsOrigins);
  });

  const routes = ofType(prod, "AWS::ApiGatewayV2::Route").map(({ properties }) => properties);

  test("has the routes of reports that it throttles, by the API and by a form", () => {
    const keys = routes.map(({ RouteKey }) => RouteKey);
    for (const key of ["POST /v1/{proxy+}", "POST /{proxy+}"]) expect(keys).toContain(key);
  });

  test("sends pages to the functions that have the powers for them, in both languages", () => {
    const integrations = new Map(
      ofType(prod, "AWS::ApiGatewayV2::Integration").map(({ path, properties }) => [
        path,
        properties.IntegrationUri,
      ]),
    );
    const functionAt = (method: string, path: string) => {
      const found = matchRoute(
        routes.map(({ RouteKey }) => RouteKey),
        method,
        path,
      );
      const target = routes.find(({ RouteKey }) => RouteKey === found?.routeKey)?.Target;
      return integrations.get(target?.replace("integrations/", "") ?? "")?.replace(/^api\/|\/Live$/g, "");
    };
    for (const method of ["GET", "HEAD", "POST"])
      for (const language of ["", "/en"])
        for (const [path, name] of [
          ["/lapor/cerita", "Public"],
          ["/laporan/LAP-1/batas-waktu", "Public"],
          ["/saya/LAP-1", "Public"],
          ["/saya/LAP-1/nilai", "Reporter"],
          ["/saya/LAP-1/lampiran/x", "Reporter"],
          ["/saya/LAP-1/data", "Identity"],
          ["/saya/LAP-1/surel", "Identity"],
        ])
          expect([method, language, path, functionAt(method, `${language}${path}`)]).toEqual([
            method,
            language,
            path,
            name,
          ]);
    for (const path of ["/", "/en", "/tidak-ada"])
      expect([path, functionAt("GET", path)]).toEqual([path, "Public"]);
    for (const [method, path, name] of [
      ["POST", "/v1/cases", "Public"],
      ["POST", "/v1/cases/LAP-1/replies", "Reporter"],
      ["GET", "/v1/cases/LAP-1/personal-data", "Identity"],
      ["GET", "/v1/unsubscribe/x", "Reporter"],
      ["GET", "/v1/officer/me", "Officer"],
      ["GET", "/v1/tidak-ada", "Public"],
      // Pages are only read and posted to.
      ["PUT", "/lapor/cerita", "Public"],
      ["DELETE", "/saya/7K3M9-P2QXD/tanggapan", "Reporter"],
      ["PATCH", "/en/saya/7K3M9-P2QXD/data", "Identity"],
      ["OPTIONS", "/lapor/cerita", undefined],
    ] as const)
      expect([method, path, functionAt(method, path)]).toEqual([method, path, name]);
  });

  test("sends everything without a token only to functions that meet citizens", () => {
    const open = routes.filter(({ AuthorizationType }) => AuthorizationType !== "JWT");
    for (const { RouteKey } of open) expect(RouteKey).not.toMatch(/officer|admin/);
  });

  test("lets nobody through to officers and administrators without an access token", () => {
    const guarded = routes.filter(({ RouteKey }) => /\/v1\/(officer|admin)\//.test(RouteKey));
    expect(guarded.length).toBeGreaterThan(2);
    for (const { RouteKey, AuthorizationType, AuthorizationScopes } of guarded)
      expect([RouteKey, AuthorizationType, AuthorizationScopes]).toEqual([RouteKey, "JWT", ["openid"]]);
  });

  test("answers the preflights of browsers itself: a route that takes them would ask them for a token", () => {
    // Pages are called from no other origin, and ask for no token.
    const pages = routes.filter(({ RouteKey }) => /^ANY (\/en)?\/(petugas|latihan)(\/|$)/.test(RouteKey));
    for (const { RouteKey, AuthorizationType } of pages)
      expect([RouteKey, AuthorizationType]).toEqual([RouteKey, "NONE"]);
    for (const { RouteKey } of routes.filter((route) => !pages.includes(route)))
      expect(RouteKey).not.toMatch(/^(ANY|OPTIONS|\$default)/);
  });
});

describe("the edge in front of the API", () => {
  const edge = stageNamed("prod").edge ?? expect.unreachable("production has no edge");
  const acl: Firewall = only(prod, "AWS::WAFv2::WebACL").properties;
  const { DistributionConfig: config } = only(prod, "AWS::CloudFront::Distribution").properties;
  const behaviours = [config.DefaultCacheBehavior, ...config.CacheBehaviors];

  test("holds off what one address sends too much of, and says so as the API does", () => {
    const rules = acl.Rules.map(({ Name, Statement: { RateBasedStatement: rate } }) => [
      Name,
      rate.Limit,
      rate.AggregateKeyType,
      rate.ScopeDownStatement?.OrStatement.Statements.map(
        ({ ByteMatchStatement }) => ByteMatchStatement.SearchString,
      ),
    ]);
    expect(rules).toEqual([
      ["SentByAddress", edge.sentByAddress, "IP", ["POST", "PUT"]],
      ["RequestsOfAddress", edge.requestsOfAddress, "IP", undefined],
    ]);
    for (const { Action } of acl.Rules) {
      const { ResponseCode, CustomResponseBodyKey } = Action.Block.CustomResponse;
      const body = problem.parse(JSON.parse(acl.CustomResponseBodies[CustomResponseBodyKey]?.Content ?? ""));
      expect([ResponseCode, body.status]).toEqual([429, 429]);
      expect(body.type).toBe("urn:sp4n-lapor:problem:too-many-requests");
    }
  });

  test("keeps no sample and no log of requests, which carry receipts", () => {
    const visible = [acl, ...acl.Rules].map(
      ({ VisibilityConfig }) => VisibilityConfig.SampledRequestsEnabled,
    );
    expect(visible).toEqual([false, false, false]);
    expect(ofType(prod, "AWS::WAFv2::LoggingConfiguration")).toEqual([]);
    expect(config.Logging).toBeUndefined();
  });

  test("is the one of CloudFront, which asks the API over TLS and does not tell it another host", () => {
    expect(config.WebACLId).toEqual({
      "Fn::GetStackOutput": {
        StackName: "sp4n-lapor-prod-edge",
        Region: "us-east-1",
        OutputName: expect.stringContaining("WebAcl"),
      },
    });
    const origin = originOfApi(config.Origins);
    expect(origin.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: "https-only",
      OriginSSLProtocols: ["TLSv1.2"],
    });
    for (const { ViewerProtocolPolicy } of behaviours) expect(ViewerProtocolPolicy).toBe("https-only");
  });

  test("keeps no answer about a case, and no refusal of anything", () => {
    // AWS's own policy "CachingDisabled".
    expect(config.DefaultCacheBehavior.CachePolicyId).toBe("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    for (const { PathPattern } of config.CacheBehaviors) expect(PathPattern).not.toMatch(/cases|\*.*\*/);
    const kept = config.CustomErrorResponses.filter(
      ({ ErrorCachingMinTTL }: { ErrorCachingMinTTL: number }) => ErrorCachingMinTTL !== 0,
    );
    expect([config.CustomErrorResponses.length > 9, kept]).toEqual([true, []]);
  });

  test("tells the API whose request it is, whatever the sender wrote, on every path of ours", () => {
    const { path, properties } = only(prod, "AWS::CloudFront::Function");
    const toApi = behaviours.filter(
      ({ TargetOriginId }) => TargetOriginId === originOfApi(config.Origins).Id,
    );
    expect(toApi.length).toBe(behaviours.length - 2);
    for (const { FunctionAssociations } of toApi)
      expect(FunctionAssociations).toEqual([
        { EventType: "viewer-request", FunctionARN: `${path}.FunctionARN` },
      ]);
    const asked = runInNewContext(`${properties.FunctionCode}; handler(event)`, {
      event: {
        viewer: { ip: "203.0.113.9" },
        request: { headers: { [edgeHeaders.viewer]: { value: "198.51.100.1" } } },
      },
    }) as { headers: unknown };
    expect(asked.headers).toEqual({ [edgeHeaders.viewer]: { value: "203.0.113.9" } });
  });

  test("keeps the lists that everybody reads for each language and each page that asks", () => {
    const { CachePolicyConfig } = only(prod, "AWS::CloudFront::CachePolicy", "web/AsTheApiSays").properties;
    const { ParametersInCacheKeyAndForwardedToOrigin: key, MinTTL } = CachePolicyConfig;
    expect([key.HeadersConfig.Headers, key.QueryStringsConfig.QueryStringBehavior, MinTTL]).toEqual([
      ["Accept-Language", "Origin"],
      "all",
      0,
    ]);
  });

  test("is not optional where citizens report", () => {
    const { edge: _, ...without } = stageNamed("prod");
    expect(() => stacksOf(without)).toThrow("needs an edge");
  });
});

describe("the secret of the edge", () => {
  const functionsTold = (resources: Resource[]) =>
    ofType(resources, "AWS::Lambda::Function")
      .filter(({ properties }) => properties.Environment?.Variables.ORIGIN_SECRETS)
      .map(({ path }) => path);

  test("can change without a gap: two count at a time, and the old one can be taken away", () => {
    const { edge } = stageNamed("prod");
    if (!edge) throw new Error("production has no edge");
    const stacks = stacksOf({ ...stageNamed("prod"), edge: { ...edge, originSecrets: ["b", "a"] } });
    // An export that others import could not be taken away.
    for (const { template } of stacks)
      for (const { Export } of Object.values(template.Outputs ?? {}))
        expect(Export?.Name ?? "").not.toContain("OriginSecret");
    const { Environment } = only(resourcesIn(stacks), "AWS::Lambda::Function", "api/Public").properties;
    expect(Environment.Variables.ORIGIN_SECRETS.match(/resolve:secretsmanager/g)).toHaveLength(2);
    expect(Environment.Variables.ORIGIN_SECRETS).toContain("}} {{");
  });

  test("is in no template, and is told to every function behind the API and to no other", () => {
    const { Origins } = only(prod, "AWS::CloudFront::Distribution").properties.DistributionConfig;
    const origin = originOfApi(Origins);
    const [header] = origin.OriginCustomHeaders ?? [];
    expect(header?.HeaderName).toBe(edgeHeaders.secret);
    expect(header?.HeaderValue).toContain("{{resolve:secretsmanager:");
    expect(only(prod, "AWS::SecretsManager::Secret").properties.SecretString).toBeUndefined();
    const behindTheApi = ofType(prod, "AWS::Lambda::Function")
      .map(({ path }) => path)
      .filter((path) => path.startsWith("api/"));
    expect(functionsTold(prod)).toEqual(behindTheApi);
    expect(functionsTold(dev)).toEqual([]);
  });
});
