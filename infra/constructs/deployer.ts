import { DefaultStackSynthesizer, Fn, type Stack } from "aws-cdk-lib";

const qualifierOf = (stack: Stack): string =>
  stack.synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;

const bootstrapped = (stack: Stack, arn: string, region: string): string =>
  Fn.sub(
    arn
      .replace("${Qualifier}", qualifierOf(stack))
      .replace("${AWS::Region}", region === stack.region ? "${AWS::Region}" : region),
  );

/** The ARN of the role with which CloudFormation deploys the stacks of a region. `cdk bootstrap` makes it. */
export const deployerArn = (stack: Stack, region = stack.region): string =>
  bootstrapped(stack, DefaultStackSynthesizer.DEFAULT_CLOUDFORMATION_ROLE_ARN, region);

/** The ARN of the role in which the CDK asks CloudFormation of a region for a deployment. `cdk bootstrap` makes it. */
export const askerArn = (stack: Stack): string =>
  bootstrapped(stack, DefaultStackSynthesizer.DEFAULT_DEPLOY_ROLE_ARN, stack.region);

/** What the names of all roles begin with that `cdk bootstrap` makes: whoever becomes one of them deploys. */
export const bootstrapPrefix = (stack: Stack): string => `cdk-${qualifierOf(stack)}-`;
