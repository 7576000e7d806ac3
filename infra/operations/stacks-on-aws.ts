import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from "@aws-sdk/client-cloudformation";
import type { DeployedStack, Stacks } from "./deployed.ts";

/** CloudFormation says so of a stack that is not there. Everything else that is wrong with a request has the same name. */
const isNotThere = (error: unknown) =>
  error instanceof Error && error.name === "ValidationError" && error.message.includes("does not exist");

/** Reads stacks from CloudFormation, in the account of the environment's credentials. */
export function stacksOnAws(): Stacks {
  const clients = new Map<string, CloudFormationClient>();
  const inRegion = (region: string) => {
    const client = clients.get(region) ?? new CloudFormationClient({ region });
    clients.set(region, client);
    return client;
  };
  return {
    async read(StackName, region): Promise<DeployedStack | undefined> {
      const client = inRegion(region);
      const described = await client
        .send(new DescribeStacksCommand({ StackName }))
        .catch((error: unknown) => {
          if (isNotThere(error)) return undefined;
          throw error;
        });
      const stack = described?.Stacks?.[0];
      if (!stack) return undefined;
      const resources: DeployedStack["resources"] = [];
      for await (const page of paginateListStackResources({ client }, { StackName }))
        for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of page.StackResourceSummaries ??
          [])
          // A resource that could not be made, or is being made, has no address.
          if (LogicalResourceId && ResourceType && PhysicalResourceId)
            resources.push({
              logicalId: LogicalResourceId,
              type: ResourceType,
              physicalId: PhysicalResourceId,
            });
      return {
        id: stack.StackId ?? "",
        outputs: (stack.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
          OutputKey && OutputValue ? [{ name: OutputKey, value: OutputValue }] : [],
        ),
        resources,
      };
    },
  };
}
