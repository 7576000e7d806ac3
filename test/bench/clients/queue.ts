import { SQSClient } from "@aws-sdk/client-sqs";

export const handler = new SQSClient({});
