import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";
import type { Stage } from "./config.ts";
import { AlarmTopic, alarmWhenAbove } from "./constructs/alarm.ts";
import { watchRoles } from "./watch-changes.ts";

type Edge = NonNullable<Stage["edge"]>;

const windowSeconds = 300;

/** The same refusal as the API's, in both languages: the edge does not know which one the sender reads. */
const tooMany = {
  type: "urn:sp4n-lapor:problem:too-many-requests",
  title: "Terlalu banyak permintaan (Too many requests)",
  status: 429,
  instance: "urn:sp4n-lapor:edge",
  detail:
    "Terlalu banyak permintaan dari alamat internet ini. Tunggu lima menit, lalu coba lagi; laporan yang belum mendapat nomor pelacakan belum tersimpan. Too many requests from this internet address. Wait five minutes and try again; a report without a tracking number has not been stored.",
};

/**
 * Counts what every address sends, before it costs us anything. It logs and samples nothing, because requests carry receipts and
 * tell who looks at which case. It reads no bodies, because citizens write of attacks in words that look like attacks.
 */
export class EdgeStack extends Stack {
  readonly webAclArn: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, edge, ...props }: StackProps & { stage: Stage; edge: Edge },
  ) {
    super(scope, id, props);

    const acl = new CfnWebACL(this, "WebAcl", {
      name: id,
      description: "Holds off floods from few addresses",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: unsampled(id),
      customResponseBodies: {
        tooMany: { contentType: "APPLICATION_JSON", content: JSON.stringify(tooMany) },
      },
      rules: [
        atMost("SentByAddress", { priority: 0, limit: edge.sentByAddress, methods: ["POST", "PUT"] }),
        atMost("RequestsOfAddress", { priority: 1, limit: edge.requestsOfAddress }),
      ],
    });
    this.webAclArn = acl.attrArn;

    // CloudFront's metrics are in this region, so the alarm and its topic are too.
    const topic = new AlarmTopic(this, "Alarms", stage.alarmAddress);
    alarmWhenAbove(this, "Blocked", {
      threshold: edge.alarmAboveBlocked,
      metric: new Metric({
        namespace: "AWS/WAFV2",
        metricName: "BlockedRequests",
        dimensionsMap: { WebACL: id, Rule: "ALL" },
        period: Duration.seconds(windowSeconds),
        statistic: "sum",
      }),
      impact: "A flood is held off at the edge; people who share an address with it have to wait.",
      runbook: "edge-floods",
      topic,
    });
    if (stage.trail) watchRoles(this, { region: stage.region, topic });
  }
}

const unsampled = (name: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName: name,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

/** Holds off an address above so many requests in five minutes. It counts some methods, or all. */
const atMost = (
  name: string,
  { priority, limit, methods = [] }: { priority: number; limit: number; methods?: string[] },
): CfnWebACL.RuleProperty => ({
  name,
  priority,
  statement: {
    rateBasedStatement: {
      aggregateKeyType: "IP",
      evaluationWindowSec: windowSeconds,
      limit,
      ...(methods.length > 0 && {
        scopeDownStatement: {
          orStatement: {
            statements: methods.map((method) => ({
              byteMatchStatement: {
                fieldToMatch: { method: {} },
                positionalConstraint: "EXACTLY",
                searchString: method,
                textTransformations: [{ priority: 0, type: "NONE" }],
              },
            })),
          },
        },
      }),
    },
  },
  action: {
    block: {
      customResponse: {
        responseCode: tooMany.status,
        customResponseBodyKey: "tooMany",
        responseHeaders: [{ name: "retry-after", value: String(windowSeconds) }],
      },
    },
  },
  visibilityConfig: unsampled(name),
});
