import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles of functions. Lambda puts credentials into the environment
 * and nowhere else, so a function need not load the chain that looks for them in ten other ways.
 */
export const defaultProvider = () => fromEnv();
