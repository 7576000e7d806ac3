/** What a look before a deployment asks an AWS account. A test plays it. */
export interface Account {
  /** The account of the credentials. */
  own(): Promise<string>;
  /** Whether the account uses a region: "ENABLED", "ENABLED_BY_DEFAULT", "ENABLING", "DISABLED", ... */
  regionStatus(region: string): Promise<string>;
  /** Whether the CDK's own stack is in a region. */
  isBootstrapped(region: string): Promise<boolean>;
  /** So many Lambda functions may run at once, of the whole account in the stage's region. */
  concurrency(): Promise<number>;
  /** So much the gateway takes, of all APIs of the account in the stage's region. A quota that nobody set is not there. */
  gatewayQuota(quota: "rate" | "burst"): Promise<number | undefined>;
  mail(): Promise<MailAccount>;
  /** A domain from which mail is sent. It is not there before somebody made it an identity of SES. */
  sender(domain: string): Promise<Sender | undefined>;
  /** Who gets what the topics of a region tell. */
  subscriptions(region: string): Promise<Subscription[]>;
  certificate(arn: string): Promise<CertificateState | undefined>;
  /** The user pool whose sign-in pages are at a prefix. AWS may not tell of one of another account. */
  signInPages(prefix: string): Promise<{ account: string; userPool: string } | undefined>;
  /** The stage's own user pool. It is not there before the first deployment. */
  userPool(): Promise<string | undefined>;
  /** For how long a bucket keeps each new object. It is not there before the first deployment. */
  lockOf(bucket: string): Promise<{ mode: string; days: number } | undefined>;
  /** The bucket of a stage whose objects nobody can remove. */
  anchors(): Promise<string | undefined>;
}

export interface MailAccount {
  /** Outside the sandbox SES mails everybody. */
  production: boolean;
  sending: boolean;
  ratePerSecond: number;
}

export interface Sender {
  verified: boolean;
  /** "SUCCESS", "PENDING", "FAILED", ... */
  dkim: string;
  mailFrom: string;
}

export interface Subscription {
  topicArn: string;
  endpoint: string;
  confirmed: boolean;
}

export interface CertificateState {
  /** "ISSUED", "PENDING_VALIDATION", "EXPIRED", ... */
  status: string;
  names: string[];
  until?: Date;
}
