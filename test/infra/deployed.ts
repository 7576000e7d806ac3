import type { DeployedStack, Stacks } from "../../infra/operations/deployed.ts";
import type { Synthesised } from "./synthesised.ts";

const account = "210987654321";

/** What AWS calls a resource. The hash of its logical id makes the name its own. */
const addressOf = (logicalId: string, type: string, region: string) =>
  ({
    "AWS::SQS::Queue": `https://sqs.${region}.amazonaws.com/${account}/${logicalId}`,
    "AWS::WAFv2::WebACL": `name-of-${logicalId}|id-of-${logicalId}|CLOUDFRONT`,
    "AWS::SNS::Topic": `arn:aws:sns:${region}:${account}:${logicalId}`,
  })[type] ?? `physical-${logicalId}`;

/** CloudFormation with the stacks of a stage deployed, as it answers about them. */
export function deployedStacks(stage: string, synthesised: readonly Synthesised[]): Stacks {
  const stacks = new Map<string, DeployedStack>(
    synthesised.map(({ name, template }) => {
      const region = name === "edge" ? "us-east-1" : "ap-southeast-3";
      const full = `sp4n-lapor-${stage}-${name}`;
      return [
        `${region}/${full}`,
        {
          id: `arn:aws:cloudformation:${region}:${account}:stack/${full}/0a1b`,
          outputs: Object.keys(template.Outputs ?? {}).map((output) => ({
            name: output,
            value: `value-of-${output}`,
          })),
          resources: Object.entries(template.Resources).map(([logicalId, { Type }]) => ({
            logicalId,
            type: Type,
            physicalId: addressOf(logicalId, Type, region),
          })),
        },
      ];
    }),
  );
  return { read: async (name, region) => stacks.get(`${region}/${name}`) };
}
