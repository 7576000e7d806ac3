import {
  Annotations,
  CfnOutput,
  Duration,
  ReferenceStrength,
  Stack,
  type StackProps,
  Validations,
} from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  type CachePolicyProps,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { Stage } from "./config.ts";
import type { DataStack } from "./data-stack.ts";
import { staticHeaders } from "./static-headers.ts";

/** CloudFront sees the caller's address, and the API sees CloudFront's. What a caller wrote into this header is replaced. */
const tellSender = `function handler(event) {
  event.request.headers["x-viewer-address"] = { value: event.viewer.ip };
  return event.request;
}
`;

/** CloudFront keeps these lists for as long as the API says. They are the same for everybody. */
const publicLists = ["/v1/agencies*", "/v1/categories*", "/v1/regions*", "/v1/openapi.json"];

/** Public pages with their filters. The path tells the language. */
const publicPages = [
  ...["/", "/laporan*", "/instansi*"],
  ...["/cara", "/hak", "/privasi", "/aksesibilitas", "/status"],
];
/** The calculator. Its answer follows from other parts of the query. */
const calculator = ["/hitung*"];

const inBothLanguages = (paths: readonly string[]) =>
  paths.flatMap((path) => [path, path === "/" ? "/en" : `/en${path}`]);

/** What of a query tells public pages apart. The rest of it reaches no function. CloudFront takes ten a policy. */
const queryOfPages = [
  ...["q", "instansi", "wilayah", "kategori", "status", "jenis", "kursor", "tingkat", "ukuran", "dari"],
];
const queryOfCalculator = ["class", "supervised", "formal", "region", "from", "timeZone"];

/** CloudFront keeps refusals for ten seconds by itself: one wrong receipt would shut out the right one. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
/** CloudFront answers so when nobody behind it does. Functions never do, so no answer of theirs is replaced. */
const nobodyAnswers = [502, 504];
/** What people see then. Its source says that it can come in place of any page. */
const outagePage = "/aset/gangguan.html";

/**
 * The site: CloudFront in front of the API and of the static files. Where the stage has an edge, it comes with the rules that hold
 * floods off, and proves itself to the functions.
 */
export class WebStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      data,
      files,
      apiHost,
      webAclArn,
      ...props
    }: StackProps & {
      stage: Stage;
      data: DataStack;
      files: Bucket;
      apiHost: string;
      webAclArn: string | undefined;
    },
  ) {
    super(scope, id, props);

    const [sent] = data.originSecrets;
    // Plain HTTP is refused, not redirected: a receipt that was sent in the clear has been read.
    const viewerProtocolPolicy = ViewerProtocolPolicy.HTTPS_ONLY;
    /** Of one person, or of nobody: nothing is kept, and everything is told. */
    const own: BehaviorOptions = {
      origin: new HttpOrigin(apiHost, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        ...(sent && { customHeaders: { "x-origin-secret": sent.secretValue.unsafeUnwrap() } }),
      }),
      viewerProtocolPolicy,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new EdgeFunction(this, "TellSender", {
            code: FunctionCode.fromInline(tellSender),
            runtime: FunctionRuntime.JS_2_0,
            comment: "Tells the API whose request it is",
          }),
        },
      ],
    };
    /** The same for everybody, so the API is told nothing that tells people apart. It counts networks, and knows a foreign form. */
    const ofEverybody: BehaviorOptions = {
      ...own,
      originRequestPolicy: new OriginRequestPolicy(this, "OfEverybody", {
        comment: "No cookies, and of the headers what counting and forms need",
        cookieBehavior: OriginRequestCookieBehavior.none(),
        headerBehavior: OriginRequestHeaderBehavior.allowList(
          "x-viewer-address",
          "Content-Type",
          "Origin",
          "Sec-Fetch-Site",
        ),
        queryStringBehavior: OriginRequestQueryStringBehavior.none(),
      }),
    };
    /** Keeps answers for as long as the API says, and no answer of which it says nothing. */
    const keptAsSaid = (name: string, comment: string, key: Partial<CachePolicyProps>) =>
      new CachePolicy(this, name, {
        comment,
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: Duration.minutes(5),
        cookieBehavior: CacheCookieBehavior.none(),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
        ...key,
      });
    const lists = keptAsSaid("AsTheApiSays", "Public lists, for as long as the API says", {
      // The API answers each origin with its own permission to read it.
      headerBehavior: CacheHeaderBehavior.allowList("Accept-Language", "Origin"),
      queryStringBehavior: CacheQueryStringBehavior.all(),
    });
    const pages = keptAsSaid("PublicPages", "Public pages, by path and filters", {
      queryStringBehavior: CacheQueryStringBehavior.allowList(...queryOfPages),
    });
    const calculated = keptAsSaid("Calculator", "The calculator, by what it is asked", {
      queryStringBehavior: CacheQueryStringBehavior.allowList(...queryOfCalculator),
    });
    const at = (paths: readonly string[], behaviour: BehaviorOptions) =>
      Object.fromEntries(paths.map((path) => [path, behaviour]));
    const { domain } = stage;
    const distribution = new Distribution(this, "Distribution", {
      comment: `SP4N-LAPOR! ${stage.name}`,
      ...(webAclArn && { webAclId: Stack.consumeReference(webAclArn, ReferenceStrength.WEAK) }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: own,
      additionalBehaviors: {
        ...at(["/aset/*", "/sw.js"], this.stored(files, viewerProtocolPolicy)),
        ...at(inBothLanguages(publicPages), { ...ofEverybody, cachePolicy: pages }),
        ...at(inBothLanguages(calculator), { ...ofEverybody, cachePolicy: calculated }),
        ...at(publicLists, { ...ofEverybody, cachePolicy: lists }),
      },
      errorResponses: errorStatuses.map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
        ...(nobodyAnswers.includes(httpStatus) && {
          responseHttpStatus: httpStatus,
          responsePagePath: outagePage,
        }),
      })),
      ...(domain && {
        domainNames: [domain.name],
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
      }),
    });
    Validations.of(distribution).acknowledge(
      { id: "AwsSolutions-CFR3", reason: "Its log would hold who looked at which case." },
      { id: "AwsSolutions-CFR1", reason: "Citizens report from wherever they are." },
    );
    if (!webAclArn)
      Validations.of(distribution).acknowledge({
        id: "AwsSolutions-CFR2",
        reason:
          "Only developers call this stage. Production is refused without an edge (infra/contradictions.ts).",
      });
    if (!domain)
      Validations.of(distribution).acknowledge({
        id: "AwsSolutions-CFR4",
        reason: "CloudFront's own certificate comes with a security policy of its own; a domain ends that.",
      });

    new CfnOutput(this, "SiteUrl", { value: `https://${domain?.name ?? distribution.domainName}` });
  }

  /** The static files, out of a bucket that nobody else reads. */
  private stored(files: Bucket, viewerProtocolPolicy: ViewerProtocolPolicy): BehaviorOptions {
    // The bucket's own policy lets CloudFront read it already. Without this, the two stacks would need each other.
    const bucket = Bucket.fromBucketAttributes(this, "Files", {
      bucketArn: files.bucketArn,
      bucketRegionalDomainName: files.bucketRegionalDomainName,
    });
    Annotations.of(this).acknowledgeWarning("@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac");
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: new CachePolicy(this, "StaticFiles", {
        comment: "Static files, for as long as each says",
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: Duration.days(365),
        cookieBehavior: CacheCookieBehavior.none(),
        headerBehavior: CacheHeaderBehavior.none(),
        queryStringBehavior: CacheQueryStringBehavior.none(),
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
      }),
      responseHeadersPolicy: new ResponseHeadersPolicy(this, "StaticHeaders", {
        comment: "As the functions answer",
        customHeadersBehavior: {
          customHeaders: Object.entries(staticHeaders).map(([header, value]) => ({
            header,
            value,
            override: true,
          })),
        },
        securityHeadersBehavior: {
          contentTypeOptions: { override: true },
          strictTransportSecurity: {
            accessControlMaxAge: Duration.seconds(63_072_000),
            includeSubdomains: true,
            preload: true,
            override: true,
          },
        },
      }),
    };
  }
}
