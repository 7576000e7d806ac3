import { RemovalPolicy } from "aws-cdk-lib";
import type { Stage } from "../config.ts";

/**
 * What becomes of data when their stack ends. Production keeps them, but not those of a stack that could not be made: it could not be made
 * again beside them.
 */
export const stageRemoval = ({ production }: Stage): RemovalPolicy =>
  production ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
