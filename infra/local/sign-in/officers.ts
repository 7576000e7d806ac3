import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

/** An officer as the directory holds them now, as far as signing in has to know. */
export type SignInOfficer = {
  name: string;
  email: string;
  role: string;
  subject: string;
  dismissedAt?: string;
  agencyName: string;
};

/** Reads the officers from the directory's table, by agency and name. */
export const readOfficers = async (client: DynamoDBClient, table: string): Promise<SignInOfficer[]> => {
  const dynamo = DynamoDBDocumentClient.from(client);
  const found: (Omit<SignInOfficer, "agencyName"> & { agencyId: string })[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: "pk = :officer",
        ExpressionAttributeValues: { ":officer": "officer" },
        ExclusiveStartKey: from,
      }),
    );
    found.push(...(page.Items ?? []).map(({ entry }) => entry));
    from = page.LastEvaluatedKey;
  } while (from);

  const agencyName = async (id: string): Promise<[string, string]> => {
    const { Item } = await dynamo.send(new GetCommand({ TableName: table, Key: { pk: "agency", sk: id } }));
    return [id, Item?.entry.name ?? id];
  };
  const agencies = new Map(
    await Promise.all([...new Set(found.map(({ agencyId }) => agencyId))].map(agencyName)),
  );
  const agencyAndName = ({ agencyName, name }: SignInOfficer) => `${agencyName}\n${name}`;
  return found
    .map(({ agencyId, ...officer }) => ({ ...officer, agencyName: agencies.get(agencyId) ?? agencyId }))
    .sort((a, b) => agencyAndName(a).localeCompare(agencyAndName(b), "id"));
};
