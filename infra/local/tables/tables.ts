import { isDeepStrictEqual } from "node:util";
import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  type LocalSecondaryIndex,
  ResourceNotFoundException,
  type StreamViewType,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { StartFailure } from "../start/start-failure.ts";
import { nameOf, physicalName, type Resource, resourcesOf, type Stack } from "../template/template.ts";

export const tableTypes = ["AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table"];

export type LocalTable = { name: string; streamArn?: string };

type TableProperties = {
  TableName?: string;
  KeySchema: KeySchemaElement[];
  AttributeDefinitions: AttributeDefinition[];
  GlobalSecondaryIndexes?: GlobalSecondaryIndex[];
  LocalSecondaryIndexes?: LocalSecondaryIndex[];
  StreamSpecification?: { StreamViewType: StreamViewType };
  TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
};

/** "Cases": the last segment of a table's construct path. */
export const tableId = (table: Resource): string => table.path.split("/").at(-1) ?? table.path;

/**
 * Creates the tables of the templates that do not exist yet; answers all of them by construct id. The database goes by the
 * machine's time: under a simulated clock it must not delete what has expired only there.
 */
export const createTables = async (
  client: DynamoDBClient,
  stacks: Stack[],
  { expiry = true } = {},
): Promise<Record<string, LocalTable>> => {
  const declared = new Map<string, Resource>();
  for (const resource of resourcesOf(stacks, ...tableTypes)) {
    const id = tableId(resource);
    if (declared.has(id))
      throw new StartFailure(`Two tables are called ${id}: give one another construct id.`);
    declared.set(id, resource);
  }
  const tables = [...declared].map(async ([id, resource]): Promise<[string, LocalTable]> => {
    const properties = resource.properties as TableProperties;
    const name = physicalName(resource, properties.TableName);
    const existing = await describe(client, name);
    if (existing) refuseAnotherShape(resource, existing);
    const table = existing ?? (await create(client, name, properties, expiry));
    return [id, { name, streamArn: table?.LatestStreamArn }];
  });
  return Object.fromEntries(await Promise.all(tables));
};

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const create = async (
  client: DynamoDBClient,
  name: string,
  properties: TableProperties,
  expiry: boolean,
): Promise<TableDescription | undefined> => {
  const { StreamSpecification: stream, TimeToLiveSpecification: timeToLive } = properties;
  // Capacity, encryption, backup and replicas have no local meaning.
  const index = <I extends GlobalSecondaryIndex | LocalSecondaryIndex>({
    IndexName,
    KeySchema,
    Projection,
  }: I) => ({
    IndexName,
    KeySchema,
    Projection,
  });
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: properties.KeySchema,
      AttributeDefinitions: properties.AttributeDefinitions,
      GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(index),
      LocalSecondaryIndexes: properties.LocalSecondaryIndexes?.map(index),
      StreamSpecification: stream && { StreamEnabled: true, StreamViewType: stream.StreamViewType },
    }),
  );
  if (timeToLive?.Enabled && expiry)
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: timeToLive }));
  return TableDescription;
};

type Shape = Pick<TableProperties, "KeySchema" | "GlobalSecondaryIndexes" | "LocalSecondaryIndexes"> & {
  StreamSpecification?: { StreamViewType?: string };
};

/** Keys, indexes and stream in one comparable form. */
const shape = (table: Shape) => {
  const keys = (schema: KeySchemaElement[] = []) =>
    schema.map(({ KeyType, AttributeName }) => `${KeyType} ${AttributeName}`).sort();
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    keys: keys(table.KeySchema),
    indexes: indexes.map(({ IndexName, KeySchema }) => `${IndexName}: ${keys(KeySchema)}`).sort(),
    stream: table.StreamSpecification?.StreamViewType,
  };
};

const refuseAnotherShape = (resource: Resource, existing: TableDescription): void => {
  if (isDeepStrictEqual(shape(resource.properties as Shape), shape(existing as Shape))) return;
  throw new StartFailure(
    `The table ${nameOf(resource)} has other keys, indexes or another stream than the one in the data folder. Delete the data folder, or choose another: npm start -- --data DIR`,
  );
};
