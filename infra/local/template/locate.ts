import { functionArn, functionName } from "../functions/lambda.ts";
import { bucketName, type LocalQueue } from "../queues/queues.ts";
import { clientId } from "../sign-in/issuer.ts";
import { type LocalTable, tableTypes } from "../tables/tables.ts";
import { type Locate, physicalName, type Resource } from "./template.ts";

/** Answers what a Ref or GetAtt of a resource is on this machine. */
export const locator =
  (
    tableOf: (table: Resource) => LocalTable,
    queueOf: (queue: Resource) => LocalQueue,
    issuer: string,
    keyOf: (key: Resource) => string,
  ): Locate =>
  ({ resource, attribute = "Ref" }) => {
    const values = (): Record<string, string | undefined> => {
      if (tableTypes.includes(resource.type)) {
        const { name, streamArn } = tableOf(resource);
        const arn = `arn:aws:dynamodb:${resource.stack.region}:000000000000:table/${name}`;
        return { Ref: name, Arn: arn, StreamArn: streamArn };
      }
      switch (resource.type) {
        case "AWS::SQS::Queue": {
          const { url, arn, name } = queueOf(resource);
          return { Ref: url, QueueUrl: url, Arn: arn, QueueName: name };
        }
        case "AWS::S3::Bucket": {
          const name = bucketName(resource);
          return { Ref: name, Arn: `arn:aws:s3:::${name}` };
        }
        // Instead of a key that stays in KMS: see shared/platform/encryption.ts.
        case "AWS::KMS::Key":
          return { Arn: keyOf(resource) };
        case "AWS::Lambda::Function":
          return { Ref: functionName(resource), Arn: functionArn(resource) };
        // What events say of it.
        case "AWS::ApiGatewayV2::Api":
          return { Ref: "local" };
        case "AWS::Cognito::UserPool": {
          const id = `${resource.stack.region}_local`;
          const arn = `arn:aws:cognito-idp:${resource.stack.region}:000000000000:userpool/${id}`;
          return { Ref: id, UserPoolId: id, Arn: arn, ProviderURL: issuer };
        }
        case "AWS::Cognito::UserPoolClient":
          return { Ref: clientId(resource), ClientId: clientId(resource) };
        // No local meaning, but functions are told its name.
        case "AWS::SES::ConfigurationSet":
          return { Ref: physicalName(resource, resource.properties.Name) };
        default:
          return {};
      }
    };
    return values()[attribute];
  };
