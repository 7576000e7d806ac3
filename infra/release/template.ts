/** A template of CloudFormation, as far as releases are compared by it. */
export interface Template {
  Resources?: Record<string, { Type: string; Properties?: Record<string, unknown>; [more: string]: unknown }>;
  Outputs?: Record<string, { Value?: unknown; Export?: { Name: unknown } }>;
  [more: string]: unknown;
}
