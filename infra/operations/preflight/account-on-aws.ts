import { AccountClient, GetRegionOptStatusCommand } from "@aws-sdk/client-account";
import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectLockConfigurationCommand, S3Client } from "@aws-sdk/client-s3";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { paginateListSubscriptions, SNSClient } from "@aws-sdk/client-sns";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Mistake } from "../../../shared/platform/command.ts";
import type { Stage } from "../../config.ts";
import { placeNamed, placesOf } from "../deployed.ts";
import { stacksOnAws } from "../stacks-on-aws.ts";
import type { Account, Subscription } from "./account.ts";

/** An account can ask these there whatever regions it uses. */
const home = "us-east-1";

/** The quotas of API Gateway by the codes of Service Quotas, which are the same in all regions. */
const quotaCodes = { rate: "L-8A5B8E43", burst: "L-CDF5615A" };

/** Answers undefined where AWS answers that there is no such thing. */
const orNothing =
  (...names: string[]) =>
  (error: unknown): undefined => {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  };

/** Asks the account of the environment's credentials. */
export function accountOnAws(stage: Stage): Account {
  const { region } = stage;
  const quotas = new ServiceQuotasClient({ region });
  const mail = new SESv2Client({ region });
  const stacks = stacksOnAws();
  /** The address of something of the stage; undefined where nothing of the stage is deployed, or not this yet. */
  const placed = async (name: string): Promise<string | undefined> => {
    try {
      return placeNamed(await placesOf(stage, stacks), name).address;
    } catch (error) {
      if (error instanceof Mistake) return undefined;
      throw error;
    }
  };
  return {
    async own() {
      const { Account: own } = await new STSClient({ region: home }).send(new GetCallerIdentityCommand({}));
      if (!own) throw new Error("STS named no account.");
      return own;
    },
    async regionStatus(RegionName) {
      const { RegionOptStatus } = await new AccountClient({ region: home }).send(
        new GetRegionOptStatusCommand({ RegionName }),
      );
      return RegionOptStatus ?? "UNKNOWN";
    },
    async isBootstrapped(where) {
      return (await stacks.read("CDKToolkit", where)) !== undefined;
    },
    async concurrency() {
      const { AccountLimit } = await new LambdaClient({ region }).send(new GetAccountSettingsCommand({}));
      if (AccountLimit?.ConcurrentExecutions === undefined) throw new Error("Lambda named no limit.");
      return AccountLimit.ConcurrentExecutions;
    },
    async gatewayQuota(quota) {
      const found = await quotas
        .send(new GetServiceQuotaCommand({ ServiceCode: "apigateway", QuotaCode: quotaCodes[quota] }))
        .catch(orNothing("NoSuchResourceException"));
      return found?.Quota?.Value;
    },
    async mail() {
      const { ProductionAccessEnabled, SendingEnabled, SendQuota } = await mail.send(
        new GetAccountCommand({}),
      );
      return {
        production: ProductionAccessEnabled === true,
        sending: SendingEnabled === true,
        ratePerSecond: SendQuota?.MaxSendRate ?? 0,
      };
    },
    async sender(EmailIdentity) {
      const found = await mail
        .send(new GetEmailIdentityCommand({ EmailIdentity }))
        .catch(orNothing("NotFoundException"));
      if (!found) return undefined;
      return {
        verified: found.VerifiedForSendingStatus === true,
        dkim: found.DkimAttributes?.Status ?? "NOT_STARTED",
        mailFrom: found.MailFromAttributes?.MailFromDomainStatus ?? "NOT_STARTED",
      };
    },
    async subscriptions(where) {
      const found: Subscription[] = [];
      for await (const page of paginateListSubscriptions({ client: new SNSClient({ region: where }) }, {}))
        for (const { TopicArn, Endpoint, SubscriptionArn } of page.Subscriptions ?? [])
          if (TopicArn && Endpoint)
            // What nobody has confirmed has no ARN, but says so in its place.
            found.push({
              topicArn: TopicArn,
              endpoint: Endpoint,
              confirmed: SubscriptionArn?.startsWith("arn:") === true,
            });
      return found;
    },
    async certificate(CertificateArn) {
      const found = await new ACMClient({ region: home })
        .send(new DescribeCertificateCommand({ CertificateArn }))
        .catch(orNothing("ResourceNotFoundException"));
      if (!found?.Certificate) return undefined;
      const { Status, DomainName, SubjectAlternativeNames, NotAfter } = found.Certificate;
      return {
        status: Status ?? "UNKNOWN",
        names: [...new Set([...(DomainName ? [DomainName] : []), ...(SubjectAlternativeNames ?? [])])],
        ...(NotAfter && { until: NotAfter }),
      };
    },
    anchors: () => placed("data/HistoryAnchors"),
    userPool: () => placed("sign-in/Officers"),
    async signInPages(Domain) {
      const { DomainDescription: found } = await new CognitoIdentityProviderClient({ region }).send(
        new DescribeUserPoolDomainCommand({ Domain }),
      );
      // AWS describes a prefix that nobody has with nothing.
      return found?.UserPoolId === undefined
        ? undefined
        : { account: found.AWSAccountId ?? "", userPool: found.UserPoolId };
    },
    async lockOf(Bucket) {
      const found = await new S3Client({ region })
        .send(new GetObjectLockConfigurationCommand({ Bucket }))
        .catch(orNothing("NoSuchBucket", "ObjectLockConfigurationNotFoundError"));
      const retention = found?.ObjectLockConfiguration?.Rule?.DefaultRetention;
      if (!retention?.Mode) return undefined;
      return { mode: retention.Mode, days: retention.Days ?? (retention.Years ?? 0) * 365 };
    },
  };
}
