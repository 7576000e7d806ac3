import { Stack, Validations } from "aws-cdk-lib";
import type { IRole } from "aws-cdk-lib/aws-iam";
import { flattenCfnReference } from "cdk-nag/lib/utils/flatten-cfn-reference.js";

/**
 * Tells cdk-nag why a policy of the role allows a resource with a wildcard. cdk-nag calls what it finds by the ARN as the template
 * writes it. The stacks have settled how they write each other's ARNs when they are validated, so the name is made then.
 */
export function acknowledgeWildcard(role: IRole, resource: string, reason: string): void {
  role.node.addValidation({
    validate: () => {
      const written = flattenCfnReference(Stack.of(role).resolve(resource));
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${written}]`, reason });
      return [];
    },
  });
}
