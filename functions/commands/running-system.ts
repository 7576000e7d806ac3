/** The tables and message queues that a command of an operator works on: of a deployed stage, or of this machine's system. */
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Mistake, notRead } from "../../shared/platform/command.ts";
import { atEndpoint, localSystem } from "./local-system.ts";

/** A system that runs somewhere, as a command sees it. */
export interface RunningSystem {
  client: DynamoDBClient;
  dynamo: DynamoDBDocumentClient;
  sqs: SQSClient;
  /** Whether AWS runs it. Emulators cannot do everything. */
  deployed: boolean;
  /** The name of a table: "Cases". */
  table(id: string): string;
  /** The addresses of message queues by their paths: "Emails/DeadLetterQueue". */
  queues: ReadonlyMap<string, string>;
}

const documents = (client: DynamoDBClient) =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

async function onThisMachine(dataDir: string): Promise<RunningSystem> {
  const { dynamodb, sqs, tables, queues } = await localSystem(dataDir);
  const client = new DynamoDBClient(atEndpoint(dynamodb));
  return {
    client,
    dynamo: documents(client),
    sqs: new SQSClient(atEndpoint(sqs)),
    deployed: false,
    table: (id) => known(tables[id], `The system has no table ${id}.`),
    queues: new Map(Object.entries(queues)),
  };
}

function known(found: string | undefined, otherwise: string): string {
  if (found === undefined) throw new Mistake(otherwise);
  return found;
}

/** "EmailsDeadLetterQueueA1B2C3D4": the path of a queue without its slashes, and a hash. */
const queueId = /^(.+?)(DeadLetterQueue|Queue)[0-9A-F]{8}$/;

async function deployedStage(stage: string): Promise<RunningSystem> {
  const cloudFormation = new CloudFormationClient({});
  const ofStack = (name: string) => `sp4n-lapor-${stage}-${name}`;
  const unread = (name: string) => (error: Error) => {
    throw notRead(name, error);
  };
  const data = ofStack("data");
  const { Stacks } = await cloudFormation
    .send(new DescribeStacksCommand({ StackName: data }))
    .catch(unread(data));
  const outputs = new Map(
    Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const queues = new Map<string, string>();
  const jobs = ofStack("jobs");
  const listed = async () => {
    for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName: jobs }))
      for (const { ResourceType, LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ??
        []) {
        const [, worker, queue] = queueId.exec(LogicalResourceId ?? "") ?? [];
        if (ResourceType === "AWS::SQS::Queue" && worker && queue && PhysicalResourceId)
          queues.set(`${worker}/${queue}`, PhysicalResourceId);
      }
  };
  await listed().catch(unread(jobs));
  const client = new DynamoDBClient({});
  return {
    client,
    dynamo: documents(client),
    sqs: new SQSClient({}),
    deployed: true,
    table: (id) =>
      known(outputs.get(`${id}Table`), `The stack ${data} has no output ${id}Table; deploy it first.`),
    queues,
  };
}

/** The system of a deployed stage, or the one that runs on this machine with a data folder. */
export const systemOf = ({
  stage,
  local = ".local",
}: {
  stage?: string | undefined;
  local?: string | undefined;
}): Promise<RunningSystem> => (stage ? deployedStage(stage) : onThisMachine(local));
