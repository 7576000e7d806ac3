// Notes what the function of this thread asks of AWS: which action, of which resource. Tests hold it against the function's role.
import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import type { ClientRequest } from "node:http";
import * as z from "zod";

/**
 * A call as a policy speaks of it. A table is `table/<name>`, with `/index/<name>`; an object is `<bucket>/<its first folder>/`. Of the
 * key of an item there is the kind (`CASE#`), and nothing of whom or what it is about.
 */
export type Call = { action: string; resource: string; key?: string };

/** Writes each call to a file the first time that it is made, one a line. */
export const recordCalls = (file: string): { answered(result: string | undefined): void } => {
  const known = new Set<string>();
  const note = (call: Call) => {
    const line = `${JSON.stringify(call)}\n`;
    if (known.has(line)) return;
    known.add(line);
    appendFileSync(file, line);
  };
  subscribe("http.client.request.created", (message) => {
    const { request } = message as { request: ClientRequest };
    read(request, (body) => callsOf(request, body).forEach(note));
  });
  // Whoever gets a signed address asks in the name of the function that signed it.
  return { answered: (result) => signedIn(result ?? "").forEach(note) };
};

const targetOf = (request: ClientRequest): string => String(request.getHeader("x-amz-target") ?? "");

const mails = "/v2/email/outbound-emails";

/** Calls back with the body of a request that says there what it is about, and with nothing for any other. */
const read = (request: ClientRequest, then: (body: string) => void): void => {
  const parts: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk));
  };
  const { write, end } = request;
  const isRead = () => targetOf(request) !== "" || request.path === mails || request.path.includes("?delete");
  request.write = ((chunk: unknown, ...rest: unknown[]) => {
    if (isRead()) keep(chunk);
    return (write as (...all: unknown[]) => boolean).call(request, chunk, ...rest);
  }) as typeof request.write;
  request.end = ((chunk: unknown, ...rest: unknown[]) => {
    if (isRead()) keep(chunk);
    then(Buffer.concat(parts).toString());
    return (end as (...all: unknown[]) => ClientRequest).call(request, chunk, ...rest);
  }) as typeof request.end;
};

const callsOf = (request: ClientRequest, body: string): Call[] => {
  if (!request.getHeader("amz-sdk-request")) return [];
  const [service = "", operation = ""] = targetOf(request).split(".");
  if (service.startsWith("DynamoDB")) return ofTables(operation, JSON.parse(body));
  if (service === "AmazonSQS") {
    const { QueueUrl } = toQueue.parse(JSON.parse(body));
    const action = `sqs:${operation.replace(/^(SendMessage|DeleteMessage)Batch$/, "$1")}`;
    return [{ action, resource: QueueUrl.replace(/^.*\//, "") }];
  }
  if (service === "AWSCognitoIdentityProviderService")
    return [{ action: `cognito-idp:${operation}`, resource: toUserPool.parse(JSON.parse(body)).UserPoolId }];
  // Keys are local on one machine. Where something plays KMS, its policies are held by test/infra/keys.test.ts.
  if (service === "TrentService") return [];
  if (request.path === mails) {
    const { FromEmailAddress, ConfigurationSetName } = mail.parse(JSON.parse(body));
    const action = "ses:SendEmail";
    return [
      { action, resource: `identity/${FromEmailAddress.split("@")[1]}` },
      { action, resource: `configuration-set/${ConfigurationSetName}` },
    ];
  }
  return ofBuckets(request.method, new URL(request.path, "http://s3"), body);
};

const toQueue = z.object({ QueueUrl: z.string() });
const toUserPool = z.object({ UserPoolId: z.string() });
const mail = z.object({ FromEmailAddress: z.string(), ConfigurationSetName: z.string() });

const item = z.record(z.string(), z.object({ S: z.string().optional() }));
const part = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: item.optional(),
  Item: item.optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeValues: item.optional(),
});
type Part = z.infer<typeof part>;
const batch = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(item) })) });
const transaction = z.object({ TransactItems: z.array(z.record(z.string(), part)) });

/** The kind of the key of what is asked for. */
const kindOf = ({ Key, Item, KeyConditionExpression = "", ExpressionAttributeValues = {} }: Part) => {
  const [, value = ""] = /=\s*(:\w+)/.exec(KeyConditionExpression) ?? [];
  const key = (Key ?? Item)?.pk?.S ?? ExpressionAttributeValues[value]?.S;
  return /^(?:[A-Z-]+#|[A-Z]+$|[a-z]+$)/.exec(key ?? "")?.[0];
};

const ofTables = (operation: string, body: unknown): Call[] => {
  const call = (action: string, asked: Part): Call => {
    const key = asked.IndexName ? undefined : kindOf(asked);
    const index = asked.IndexName ? `/index/${asked.IndexName}` : "";
    return {
      action: `dynamodb:${action}`,
      resource: `table/${asked.TableName}${index}`,
      ...(key && { key }),
    };
  };
  if (operation.startsWith("Batch"))
    return Object.entries(batch.parse(body).RequestItems).flatMap(([TableName, { Keys }]) =>
      Keys.map((Key) => call(operation, { TableName, Key })),
    );
  if (operation.startsWith("Transact"))
    return transaction
      .parse(body)
      .TransactItems.flatMap((one) =>
        Object.entries(one).map(([kind, asked]) =>
          call(kind === "ConditionCheck" ? "ConditionCheckItem" : `${kind}Item`, asked),
        ),
      );
  return [call(operation, part.parse(body))];
};

const firstFolder = (key: string): string => (key.includes("/") ? `${key.split("/")[0]}/` : key);

const ofBuckets = (method: string, { pathname, searchParams }: URL, body: string): Call[] => {
  const [, bucket = "", key = ""] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  const object = (action: string, of = key) => ({
    action: `s3:${action}`,
    resource: `${bucket}/${firstFolder(of)}`,
  });
  const version = searchParams.has("versionId") ? "Version" : "";
  if (searchParams.has("delete"))
    return [...body.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, one = ""]) => object("DeleteObject", one));
  if (key === "") return [{ action: "s3:ListBucket", resource: bucket }];
  if (method === "GET" || method === "HEAD")
    return [object(searchParams.has("tagging") ? `GetObject${version}Tagging` : `GetObject${version}`)];
  if (method === "DELETE") return [object(`DeleteObject${version}`)];
  return [object("PutObject")];
};

/** What an answer lets its reader do: addresses of objects, and forms that upload one. */
const signedIn = (result: string): Call[] => {
  if (!result.includes("X-Amz-Algorithm")) return [];
  const addresses = [...result.matchAll(/https?:\/\/[^"\\\s<>]+?\?[^"\\\s<>]*X-Amz-Algorithm/g)];
  const forms = [...result.matchAll(/https?:\/\/[^/"\\]+\/([a-z0-9.-]+)\/?\\*"[^]*?\b(uploads)\//g)];
  return [
    ...addresses.flatMap(([address]) => ofBuckets("GET", new URL(address), "")),
    ...forms.map(([, bucket, folder]) => ({ action: "s3:PutObject", resource: `${bucket}/${folder}/` })),
  ];
};
