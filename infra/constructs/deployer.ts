import { DefaultStackSynthesizer, Fn, type Stack } from "aws-cdk-lib";

/** The ARN of the role with which CloudFormation deploys the stacks of a region. `cdk bootstrap` makes it. */
export function deployerArn(stack: Stack, region = stack.region): string {
  return Fn.sub(
    DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN.replace(
      "${Qualifier}",
      stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    ).replace("${AWS::Region}", region === stack.region ? "${AWS::Region}" : region),
  );
}

/** What the names of all roles begin with that `cdk bootstrap` makes: whoever becomes one of them deploys. */
export const bootstrapPrefix = (stack: Stack): string =>
  `cdk-${stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER}-`;
