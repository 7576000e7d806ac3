import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles of functions: Lambda puts credentials into the
 * environment and nowhere else, so the chain that looks in ten other places is not worth loading.
 */
export const defaultProvider = () => fromEnv();
