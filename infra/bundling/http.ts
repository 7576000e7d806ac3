/**
 * Stands in for `node:http` in the bundles of functions. An import of that module reads all its exports, and the one
 * of them that is WebSocket loads the whole of undici, which nobody here uses. What is missing here fails the build.
 */
export const { Agent, request, STATUS_CODES } = process.getBuiltinModule("node:http");
