import type { _Record as StreamRecord } from "@aws-sdk/client-dynamodb-streams";
import { StartFailure } from "../start/start-failure.ts";

/** A stream record as a function gets it. */
export type LambdaRecord = ReturnType<typeof lambdaRecord>;

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

/** Gives a record of the stream API the shape in which Lambda passes it on: bytes in base64, time in seconds. */
export const lambdaRecord = (record: StreamRecord, eventSourceARN: string, awsRegion: string) => {
  const { ApproximateCreationDateTime: created, Keys, NewImage, OldImage, ...rest } = record.dynamodb ?? {};
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion,
    eventSource: "aws:dynamodb",
    awsRegion,
    dynamodb: {
      ...rest,
      SequenceNumber: rest.SequenceNumber ?? "",
      ApproximateCreationDateTime: created && Math.floor(created.getTime() / 1000),
      Keys: plain(Keys),
      NewImage: plain(NewImage),
      OldImage: plain(OldImage),
    },
    eventSourceARN,
    userIdentity: record.userIdentity,
  };
};

type Filter = (value: unknown) => boolean;

/** Reads the filter criteria of an event source mapping: a record passes when any pattern matches it. */
export const recordFilter = (criteria: { Filters?: { Pattern?: string }[] } | undefined): Filter => {
  const filters = (criteria?.Filters ?? []).map(({ Pattern = "{}" }) => patternFilter(JSON.parse(Pattern)));
  return (record) => filters.length === 0 || filters.some((matches) => matches(record));
};

/** Reads an event pattern, of a stream or of the event bus. */
export const patternFilter = (pattern: unknown): Filter => {
  if (Array.isArray(pattern)) {
    const rules = pattern.map(ruleFilter);
    return (value) => rules.some((matches) => matches(value));
  }
  if (typeof pattern !== "object" || pattern === null) return unknownRule(pattern);
  const fields = Object.entries(pattern).map(([key, inner]) => [key, patternFilter(inner)] as const);
  return (value) =>
    fields.every(([key, matches]) =>
      matches(
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      ),
    );
};

const ruleFilter = (rule: unknown): Filter => {
  if (typeof rule !== "object" || rule === null) return (value) => value === rule;
  const [[operator, operand] = [], ...others] = Object.entries(rule);
  if (others.length === 0 && operator === "prefix" && typeof operand === "string")
    return (value) => typeof value === "string" && value.startsWith(operand);
  if (others.length === 0 && operator === "exists" && typeof operand === "boolean")
    return (value) => (value !== undefined) === operand;
  return unknownRule(rule);
};

const unknownRule = (rule: unknown): never => {
  throw new StartFailure(
    `infra/local does not know the filter rule ${JSON.stringify(rule)}; it knows values, "prefix" and "exists".`,
  );
};
