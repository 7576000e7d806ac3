import { Stack, Validations } from "aws-cdk-lib";
import type { IRole } from "aws-cdk-lib/aws-iam";
import { flattenCfnReference } from "cdk-nag/lib/utils/flatten-cfn-reference.js";

/**
 * Tells cdk-nag why a policy of the role names a resource with a wildcard. cdk-nag knows the resource by its ARN as the template
 * writes it. That spelling is final when the stacks are validated, so the acknowledgement is made then.
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
