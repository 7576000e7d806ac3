/**
 * The headers of every static file, besides its own. Pages take only what says that it may be used with them, and start a worker only
 * from a file that asks the same of others.
 */
export const staticHeaders = {
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
};
