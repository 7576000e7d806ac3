import { CloudFormation, waitUntilStackCreateComplete } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MiniStack, startMiniStack, until } from "./ministack.ts";

// What the emulator refuses here, CloudFormation refuses to whoever deploys stacks in the wrong order.

let aws: MiniStack;
let client: CloudFormation;

beforeAll(async () => {
  aws = await startMiniStack();
  client = new CloudFormation({
    endpoint: `http://127.0.0.1:${aws.port}`,
    region: "ap-southeast-3",
    credentials: { accessKeyId: "000000000000", secretAccessKey: "test" },
  });
  for (const [StackName, template] of [
    ["gives", giving({ address: "lama" })],
    ["takes", taking],
  ] as const) {
    await client.createStack({ StackName, TemplateBody: JSON.stringify(template) });
    await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1 }, { StackName });
  }
});

afterAll(async () => {
  client?.destroy();
  await aws?.stop();
});

const topic = (name: unknown) => ({ Type: "AWS::SNS::Topic", Properties: { DisplayName: name } });
const giving = (exported: Record<string, string>) => ({
  Resources: { Topic: topic(Object.values(exported).join(" ") || "nothing") },
  Outputs: Object.fromEntries(
    Object.entries(exported).map(([name, value]) => [name, { Value: value, Export: { Name: name } }]),
  ),
});
const taking = { Resources: { Topic: topic({ "Fn::ImportValue": "address" }) } };

/** Updates the stack that exports. Answers how that ended, and the reasons that CloudFormation gives. */
async function given(exported: Record<string, string>): Promise<{ status: string; reasons: string }> {
  const StackName = "gives";
  await client.updateStack({ StackName, TemplateBody: JSON.stringify(giving(exported)) });
  const status = await until("The update has not ended", 30, async () => {
    const { Stacks: [stack] = [] } = await client.describeStacks({ StackName });
    return /_IN_PROGRESS$/.test(stack?.StackStatus ?? "") ? undefined : stack?.StackStatus;
  });
  const { StackEvents = [] } = await client.describeStackEvents({ StackName });
  return {
    status,
    reasons: StackEvents.map(({ ResourceStatusReason = "" }) => ResourceStatusReason).join("\n"),
  };
}

const exportsThere = async () => {
  const { Exports = [] } = await client.listExports({});
  return Object.fromEntries(Exports.map(({ Name = "", Value }) => [Name, Value]));
};

test("an export that another stack imports is neither taken away nor changed, and the update is rolled back", async () => {
  const gone = await given({});
  expect(gone.status).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(gone.reasons).toContain("Export address cannot be deleted as it is in use by takes");
  const changed = await given({ address: "baru" });
  expect(changed.status).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(changed.reasons).toContain("Export address cannot be updated as it is in use by takes");
  expect(await exportsThere()).toEqual({ address: "lama" });
});

test("an export beside it comes and goes, and the imported one goes after the stack that imports it", async () => {
  expect((await given({ address: "lama", other: "satu" })).status).toBe("UPDATE_COMPLETE");
  expect((await given({ address: "lama", other: "dua" })).status).toBe("UPDATE_COMPLETE");
  expect(await exportsThere()).toEqual({ address: "lama", other: "dua" });
  expect((await given({ address: "lama" })).status).toBe("UPDATE_COMPLETE");
  expect(await exportsThere()).toEqual({ address: "lama" });

  await client.updateStack({
    StackName: "takes",
    TemplateBody: JSON.stringify({ Resources: { Topic: topic("takes nothing") } }),
  });
  await until("The stack still imports", 30, async () => {
    const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: "takes" });
    return stack?.StackStatus === "UPDATE_COMPLETE";
  });
  expect((await given({})).status).toBe("UPDATE_COMPLETE");
  expect(await exportsThere()).toEqual({});
});
