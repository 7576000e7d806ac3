import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { App } from "aws-cdk-lib";
import { afterAll, beforeAll } from "vitest";
import { stageNamed } from "../../infra/config.ts";
import { DataStack } from "../../infra/data-stack.ts";
import type { Emulator } from "../../infra/local/start/emulator.ts";
import { startDynamoDb } from "../../infra/local/tables/dynamodb.ts";
import { createTables } from "../../infra/local/tables/tables.ts";
import { readStacks } from "../../infra/local/template/template.ts";

export interface Database {
  readonly client: DynamoDBClient;
  readonly dynamo: DynamoDBDocumentClient;
  /** Gives the name that a table has here: "Cases" becomes the table's own name. */
  table(id: string): string;
}

/**
 * The tables of the data stack on DynamoDB Local, for the tests of one file. The database goes by the machine's time: without
 * `expiry` it deletes nothing of a day on which a test plays.
 */
export function openDatabase({ expiry = true } = {}): Database {
  let emulator: Emulator;
  let client: DynamoDBClient;
  let dynamo: DynamoDBDocumentClient;
  let tables: Record<string, { name: string }>;

  beforeAll(async () => {
    emulator = await startDynamoDb({});
    client = new DynamoDBClient({
      endpoint: emulator.endpoint,
      region: "ap-southeast-3",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const app = new App();
    new DataStack(app, "data", { stage: stageNamed("dev"), env: { region: "ap-southeast-3" } });
    tables = await createTables(client, readStacks(app.synth()), { expiry });
    dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  });
  afterAll(() => emulator.stop());

  return {
    get client() {
      return client;
    },
    get dynamo() {
      return dynamo;
    },
    table: (id) => tables[id]?.name ?? "",
  };
}
