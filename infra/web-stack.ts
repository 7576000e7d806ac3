import { CfnOutput, Duration, ReferenceStrength, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Construct } from "constructs";
import type { Stage } from "./config.ts";
import type { DataStack } from "./data-stack.ts";

/** CloudFront sees the caller's address, and the API sees CloudFront's. What a caller wrote into this header is replaced. */
const tellSender = `function handler(event) {
  event.request.headers["x-viewer-address"] = { value: event.viewer.ip };
  return event.request;
}
`;

/** CloudFront keeps these lists for as long as the API says. They are the same for everybody. */
const publicLists = ["/v1/agencies*", "/v1/categories*", "/v1/regions*", "/v1/openapi.json"];

/** CloudFront keeps refusals for ten seconds by itself: one wrong receipt would shut out the right one. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** The public address: CloudFront in front of the API, with the rules of the edge. */
export class WebStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      stage,
      data,
      edge,
      apiHost,
      webAclArn,
      ...props
    }: StackProps & {
      stage: Stage;
      data: DataStack;
      edge: NonNullable<Stage["edge"]>;
      apiHost: string;
      webAclArn: string;
    },
  ) {
    super(scope, id, props);

    const [sent] = data.originSecrets;
    if (!sent) throw new Error("An edge needs a secret to prove itself with.");
    const api: BehaviorOptions = {
      origin: new HttpOrigin(apiHost, {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        customHeaders: { "x-origin-secret": sent.secretValue.unsafeUnwrap() },
      }),
      // Plain HTTP is refused, not redirected: a receipt that was sent in the clear has been read.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
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
    const asTheApiSays = new CachePolicy(this, "AsTheApiSays", {
      comment: "Public lists, for as long as the API says",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.minutes(5),
      // The API answers each origin with its own permission to read it.
      headerBehavior: CacheHeaderBehavior.allowList("Accept-Language", "Origin"),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
    const { domain } = edge;
    const distribution = new Distribution(this, "Distribution", {
      comment: `SP4N-LAPOR! ${stage.name}`,
      webAclId: Stack.consumeReference(webAclArn, ReferenceStrength.WEAK),
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      defaultBehavior: api,
      additionalBehaviors: Object.fromEntries(
        publicLists.map((path) => [path, { ...api, cachePolicy: asTheApiSays }]),
      ),
      errorResponses: errorStatuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
      }),
    });
    Validations.of(distribution).acknowledge(
      {
        id: "AwsSolutions-CFR3",
        reason: "Its log would hold who looked at which case.",
      },
      {
        id: "AwsSolutions-CFR1",
        reason: "Citizens report from wherever they are.",
      },
    );
    if (!domain)
      Validations.of(distribution).acknowledge({
        id: "AwsSolutions-CFR4",
        reason: "CloudFront's own certificate comes with a security policy of its own; a domain ends that.",
      });

    new CfnOutput(this, "PublicUrl", { value: `https://${domain?.name ?? distribution.domainName}` });
  }
}
