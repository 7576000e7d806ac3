/**
 * Stands in for `node:http` in the bundles of functions. An import of that module reads all its exports. One of them, WebSocket,
 * loads the whole of undici, which nobody here uses. A build fails if a package imports an export that is missing here.
 */
export const { Agent, request, STATUS_CODES } = process.getBuiltinModule("node:http");
