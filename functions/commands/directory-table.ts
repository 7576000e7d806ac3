/** The table of the directory that a command loads, and what a command tells of it. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Loaded } from "../../shared/directory/loading-store.ts";
import { Mistake, notRead } from "../../shared/platform/command.ts";
import { atEndpoint, localSystem } from "./local-system.ts";

export type Table = { client: DynamoDBClient; name: string };

async function localTable(dataDir: string): Promise<Table> {
  const { dynamodb, tables } = await localSystem(dataDir);
  if (!tables.Directory) throw new Mistake("The system has no table Directory.");
  return { client: new DynamoDBClient(atEndpoint(dynamodb)), name: tables.Directory };
}

async function deployedTable(stage: string): Promise<Table> {
  // The client is loaded here, because only a deployed stage needs it.
  const { CloudFormationClient, DescribeStacksCommand } = await import("@aws-sdk/client-cloudformation");
  const StackName = `sp4n-lapor-${stage}-data`;
  const { Stacks } = await new CloudFormationClient({})
    .send(new DescribeStacksCommand({ StackName }))
    .catch((error: Error) => {
      throw notRead(StackName, error);
    });
  const name = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === "DirectoryTable")?.OutputValue;
  if (!name) throw new Mistake(`The stack ${StackName} has no output DirectoryTable; deploy it first.`);
  return { client: new DynamoDBClient({}), name };
}

/** The table of a deployed stage, or of the system that runs on this machine with a data folder. */
export const tableOf = ({
  stage,
  local = ".local",
}: {
  stage?: string | undefined;
  local?: string | undefined;
}): Promise<Table> => (stage ? deployedTable(stage) : localTable(local));

/** Tells in one line what a load did. */
export const told = (name: string, { added, changed, unchanged, kept, left }: Loaded): string => {
  const keptOnes = kept > 0 ? `, ${kept} changed by administrators and kept` : "";
  return `${name}: ${added} added, ${changed} changed, ${unchanged} unchanged${keptOnes}, ${left} not in the file and left as they are`;
};
