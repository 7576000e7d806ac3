import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What the account answers, as AWS writes it: the status, the content type and the body. */
export interface Said {
  status?: number;
  type: "text/xml" | "application/json" | "application/x-amz-json-1.1";
  body: string;
}

export const json = (body: object, status = 200): Said => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

const xml = (body: string, status = 200): Said => ({
  status,
  type: "text/xml",
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});

const target = (body: object, status = 200): Said => ({
  status,
  type: "application/x-amz-json-1.1",
  body: JSON.stringify(body),
});

const metadata =
  "<ResponseMetadata><RequestId>0a1b2c3d-0000-4000-8000-000000000000</RequestId></ResponseMetadata>";

const queryError = (namespace: string, code: string, message: string, status = 400): Said =>
  xml(
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>0a1b2c3d</RequestId></ErrorResponse>`,
    status,
  );

/** The topics of production, each with somebody who is mailed. */
const topics = [
  "ap-southeast-3:210987654321:sp4n-lapor-prod-data-Alarms04B5A0BF-x",
  "ap-southeast-3:210987654321:sp4n-lapor-prod-data-Tickets83B11BB2-x",
  "us-east-1:210987654321:sp4n-lapor-prod-edge-Alarms04B5A0BF-x",
].map((topic) => `arn:aws:sns:${topic}`);
const subscribed = (topic: string): string =>
  `<member><TopicArn>${topic}</TopicArn><Protocol>email</Protocol><SubscriptionArn>${topic}:0a1b</SubscriptionArn><Owner>210987654321</Owner><Endpoint>piket@contoh.go.id</Endpoint></member>`;

const cloudFormation = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

/** What an operation is called, whichever of AWS's protocols asks for it. */
function operationOf(request: IncomingMessage, url: URL, body: string): string {
  const asked = request.headers["x-amz-target"];
  if (typeof asked === "string") return asked.split(".").at(-1) ?? "";
  const action = new URLSearchParams(body).get("Action");
  if (action) return action;
  const { pathname } = url;
  if (pathname === "/getRegionOptStatus") return "GetRegionOptStatus";
  if (pathname.endsWith("/account-settings")) return "GetAccountSettings";
  if (pathname === "/v2/email/account") return "GetAccount";
  if (pathname.startsWith("/v2/email/identities/")) return "GetEmailIdentity";
  if (url.searchParams.has("object-lock")) return "GetObjectLockConfiguration";
  return `${request.method} ${pathname}`;
}

/** An account in which nothing is missing, as its APIs answer. `over` replaces answers by the name of the operation. */
export async function startAccount(
  over: Readonly<Record<string, (asked: string) => Said>>,
): Promise<{ endpoint: string; asked: string[]; stop: () => Promise<void> }> {
  const answers: Record<string, (asked: string) => Said> = {
    GetCallerIdentity: () =>
      xml(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:user/operator</Arn><UserId>AIDA0000000000000000</UserId><Account>210987654321</Account></GetCallerIdentityResult>${metadata}</GetCallerIdentityResponse>`,
      ),
    GetRegionOptStatus: (asked) =>
      json({
        RegionName: (JSON.parse(asked) as { RegionName: string }).RegionName,
        RegionOptStatus: "ENABLED",
      }),
    GetAccountSettings: () =>
      json({
        AccountLimit: {
          CodeSizeUnzipped: 262144000,
          CodeSizeZipped: 52428800,
          ConcurrentExecutions: 1000,
          TotalCodeSize: 80530636800,
          UnreservedConcurrentExecutions: 1000,
        },
        AccountUsage: { FunctionCount: 0, TotalCodeSize: 0 },
      }),
    GetServiceQuota: (asked) =>
      target({
        Quota: {
          ServiceCode: "apigateway",
          QuotaCode: (JSON.parse(asked) as { QuotaCode: string }).QuotaCode,
          Value: 10000.0,
          Adjustable: true,
        },
      }),
    GetAccount: () =>
      json({
        DedicatedIpAutoWarmupEnabled: true,
        EnforcementStatus: "HEALTHY",
        ProductionAccessEnabled: true,
        SendQuota: { Max24HourSend: 50000.0, MaxSendRate: 14.0, SentLast24Hours: 0.0 },
        SendingEnabled: true,
      }),
    GetEmailIdentity: () =>
      json({
        DkimAttributes: { SigningEnabled: true, Status: "SUCCESS", Tokens: ["a", "b", "c"] },
        FeedbackForwardingStatus: false,
        IdentityType: "DOMAIN",
        MailFromAttributes: {
          BehaviorOnMxFailure: "USE_DEFAULT_VALUE",
          MailFromDomain: "bounces.contoh.go.id",
          MailFromDomainStatus: "SUCCESS",
        },
        VerificationStatus: "SUCCESS",
        VerifiedForSendingStatus: true,
      }),
    ListSubscriptions: () =>
      xml(
        `<ListSubscriptionsResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsResult><Subscriptions>${topics.map(subscribed).join("")}</Subscriptions></ListSubscriptionsResult>${metadata}</ListSubscriptionsResponse>`,
      ),
    DescribeCertificate: (asked) =>
      target({
        Certificate: {
          CertificateArn: (JSON.parse(asked) as { CertificateArn: string }).CertificateArn,
          DomainName: "lapor.contoh.go.id",
          SubjectAlternativeNames: ["lapor.contoh.go.id"],
          Status: "ISSUED",
          Type: "AMAZON_ISSUED",
          NotBefore: 1_764_201_600,
          NotAfter: 4_102_444_800,
          RenewalEligibility: "ELIGIBLE",
        },
      }),
    // A prefix that nobody has.
    DescribeUserPoolDomain: () => target({ DomainDescription: {} }),
    DescribeStacks: (asked) => {
      const name = new URLSearchParams(asked).get("StackName") ?? "";
      if (name !== "CDKToolkit" && !name.endsWith("-data"))
        return queryError(cloudFormation, "ValidationError", `Stack with id ${name} does not exist`);
      return xml(
        `<DescribeStacksResponse xmlns="${cloudFormation}"><DescribeStacksResult><Stacks><member><StackId>arn:aws:cloudformation:ap-southeast-3:210987654321:stack/${name}/0a1b</StackId><StackName>${name}</StackName><CreationTime>2026-11-27T00:00:00.000Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs><member><OutputKey>DirectoryTable</OutputKey><OutputValue>${name}-Directory98167B95-X</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult>${metadata}</DescribeStacksResponse>`,
      );
    },
    // Two pages: whoever reads the first only finds no bucket.
    ListStackResources: (asked) => {
      const page = new URLSearchParams(asked).get("NextToken");
      const [logicalId, type, physicalId] = page
        ? ["HistoryAnchors1CE232C7", "AWS::S3::Bucket", "sp4n-lapor-historyanchors-x"]
        : ["Cases80582F3E", "AWS::DynamoDB::GlobalTable", "sp4n-lapor-Cases80582F3E-X"];
      return xml(
        `<ListStackResourcesResponse xmlns="${cloudFormation}"><ListStackResourcesResult><StackResourceSummaries><member><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><LastUpdatedTimestamp>2026-11-27T00:00:00.000Z</LastUpdatedTimestamp><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member></StackResourceSummaries>${page ? "" : "<NextToken>more</NextToken>"}</ListStackResourcesResult>${metadata}</ListStackResourcesResponse>`,
      );
    },
    GetObjectLockConfiguration: () =>
      xml(
        `<ObjectLockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>3650</Days></DefaultRetention></Rule></ObjectLockConfiguration>`,
      ),
    ...over,
  };
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const body = await text(request);
    const operation = operationOf(request, url, body);
    asked.push(operation);
    const said = answers[operation]?.(body) ?? json({ message: `${operation} is not played` }, 501);
    response
      .writeHead(said.status ?? 200, {
        "content-type": said.type,
        ...(said.type !== "text/xml" &&
          (said.status ?? 200) >= 400 && {
            "x-amzn-errortype": (JSON.parse(said.body) as { __type?: string }).__type ?? "",
          }),
      })
      .end(said.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
