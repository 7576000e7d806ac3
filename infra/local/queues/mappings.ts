import { StartFailure } from "../start/start-failure.ts";
import { recordFilter } from "../tables/stream-record.ts";
import { tableTypes } from "../tables/tables.ts";
import { nameOf, type Resource, resourceAt, resourcesOf, type Stack } from "../template/template.ts";

/** An event source mapping of the templates: `from` a queue or a table `to` a function. */
export type Mapping = {
  from: Resource;
  to: Resource;
  batchSize: number;
  concurrency: number;
  retries: number;
  bisects: boolean;
  reportsItemFailures: boolean;
  passes(record: unknown): boolean;
  onFailure?: Resource;
};

type MappingProperties = {
  EventSourceArn: unknown;
  FunctionName: unknown;
  Enabled?: boolean;
  BatchSize?: number;
  ScalingConfig?: { MaximumConcurrency?: number };
  MaximumRetryAttempts?: number;
  BisectBatchOnFunctionError?: boolean;
  FunctionResponseTypes?: string[];
  FilterCriteria?: { Filters?: { Pattern?: string }[] };
  DestinationConfig?: { OnFailure?: { Destination?: unknown } };
  TumblingWindowInSeconds?: number;
};

/** Reads the event source mappings that are switched on. */
export const readMappings = (stacks: Stack[]): Mapping[] =>
  resourcesOf(stacks, "AWS::Lambda::EventSourceMapping")
    .filter((mapping) => mapping.properties.Enabled !== false)
    .map((mapping) => {
      const properties = mapping.properties as MappingProperties;
      const at = (property: string, value: unknown, ...types: string[]) =>
        resourceAt(stacks, mapping, property, value, ...types);
      const from = at("EventSourceArn", properties.EventSourceArn, "AWS::SQS::Queue", ...tableTypes);
      const isQueue = from.type === "AWS::SQS::Queue";
      const retries = properties.MaximumRetryAttempts ?? -1;
      const destination = properties.DestinationConfig?.OnFailure?.Destination;
      if (isQueue && destination)
        throw new StartFailure(
          `${nameOf(mapping)}: infra/local knows destinations of streams only, not of queues.`,
        );
      if (isQueue && properties.FilterCriteria)
        throw new StartFailure(
          `${nameOf(mapping)}: infra/local knows filters on streams only, not on queues.`,
        );
      if (properties.TumblingWindowInSeconds)
        throw new StartFailure(`${nameOf(mapping)}: infra/local knows no tumbling windows.`);
      return {
        from,
        to: at("FunctionName", properties.FunctionName, "AWS::Lambda::Function"),
        batchSize: properties.BatchSize ?? (isQueue ? 10 : 100),
        concurrency: properties.ScalingConfig?.MaximumConcurrency ?? 2,
        retries: retries < 0 ? Number.POSITIVE_INFINITY : retries,
        bisects: properties.BisectBatchOnFunctionError ?? false,
        reportsItemFailures: properties.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
        passes: recordFilter(properties.FilterCriteria),
        onFailure: destination
          ? at("OnFailure", destination, "AWS::SQS::Queue", "AWS::S3::Bucket")
          : undefined,
      };
    });
