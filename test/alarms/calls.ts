import { randomUUID } from "node:crypto";

/** A call to KMS or the scheduler, as CloudTrail tells the event bus of it. */
const calledBy = (service: string, eventName: string, more: object) => ({
  version: "0",
  id: randomUUID(),
  "detail-type": "AWS API Call via CloudTrail",
  source: `aws.${service}`,
  account: "123456789012",
  time: "2026-11-24T03:00:00Z",
  region: "ap-southeast-3",
  resources: [],
  detail: {
    eventVersion: "1.08",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLEEXAMPLEXX:administrator",
      arn: "arn:aws:sts::123456789012:assumed-role/administrator/somebody",
      accountId: "123456789012",
    },
    eventTime: "2026-11-24T03:00:00Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "ap-southeast-3",
    sourceIPAddress: "192.0.2.1",
    responseElements: null,
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    eventCategory: "Management",
    ...more,
  },
});
/** A call to KMS on a key. */
export const onKey = (eventName: string, ARN: string, more: object = {}) =>
  calledBy("kms", eventName, {
    requestParameters: { keyId: ARN, ...more },
    resources: [{ accountId: "123456789012", type: "AWS::KMS::Key", ARN }],
  });

/** A call to EventBridge Scheduler on a schedule. */
export const onSchedule = (eventName: string, name: string, more: object = {}) =>
  calledBy("scheduler", eventName, { requestParameters: { name, groupName: "default", ...more } });
