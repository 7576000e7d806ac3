import { randomUUID } from "node:crypto";

const account = "123456789012";

/** Somebody who calls as a role, as CloudTrail tells of it. */
export const inRole = (role: string, session = "somebody") => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLEEXAMPLEXX:${session}`,
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
  accountId: account,
  accessKeyId: "ASIAEXAMPLEEXAMPLEXX",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAEXAMPLEEXAMPLEXX",
      arn: `arn:aws:iam::${account}:role/${role}`,
      accountId: account,
      userName: role,
    },
    attributes: { creationDate: "2026-11-24T02:55:00Z", mfaAuthenticated: "false" },
  },
});

/** CloudFormation, as it deploys with the role of the bootstrap. */
export const aDeployment = (region = "ap-southeast-3") => ({
  ...inRole(`cdk-hnb659fds-cfn-exec-role-${account}-${region}`, "AWSCloudFormation"),
  invokedBy: "cloudformation.amazonaws.com",
});

/** An administrator of the account with keys of their own, and the root user. Neither is in the session of a role. */
export const aUser = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLEEXAMPLEXX",
  arn: `arn:aws:iam::${account}:user/somebody`,
  accountId: account,
  accessKeyId: "AKIAEXAMPLEEXAMPLEXX",
  userName: "somebody",
};
export const theRootUser = {
  type: "Root",
  principalId: account,
  arn: `arn:aws:iam::${account}:root`,
  accountId: account,
};

/** A call to a service, as CloudTrail tells the event bus of it. An administrator makes it, if nothing is said. */
export const aCall = (service: string, eventName: string, more: object) => ({
  version: "0",
  id: randomUUID(),
  "detail-type": "AWS API Call via CloudTrail",
  source: `aws.${service}`,
  account,
  time: "2026-11-24T03:00:00Z",
  region: "ap-southeast-3",
  resources: [],
  detail: {
    eventVersion: "1.08",
    userIdentity: inRole("administrator"),
    eventTime: "2026-11-24T03:00:00Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "ap-southeast-3",
    sourceIPAddress: "192.0.2.1",
    responseElements: null,
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    ...more,
  },
});
/** A call to KMS on a key. */
export const onKey = (eventName: string, ARN: string, more: object = {}) =>
  aCall("kms", eventName, {
    requestParameters: { keyId: ARN, ...more },
    resources: [{ accountId: account, type: "AWS::KMS::Key", ARN }],
  });

/** A call to EventBridge Scheduler on a schedule. */
export const onSchedule = (eventName: string, name: string, more: object = {}) =>
  aCall("scheduler", eventName, { requestParameters: { name, groupName: "default", ...more } });
