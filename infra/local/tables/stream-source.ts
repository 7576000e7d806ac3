import { randomUUID } from "node:crypto";
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from "@aws-sdk/client-dynamodb-streams";
import type { LocalFunction } from "../functions/functions.ts";
import { failedItems } from "../queues/queue-source.ts";
import { pauseUntil } from "../time/pause.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { type LambdaRecord, lambdaRecord } from "./stream-record.ts";

export type StreamSource = {
  streamArn: string;
  region: string;
  batchSize: number;
  /** Infinity: until it works, or the stream would have forgotten the record. */
  retries: number;
  bisects: boolean;
  reportsItemFailures: boolean;
  passes(record: unknown): boolean;
  function: LocalFunction;
  /** Where batches go that were tried often enough. */
  onFailure?(givenUp: GivenUp): Promise<unknown>;
};

/** A batch that was tried often or long enough: a note of what happened, and its records. */
export type GivenUp = { note: ReturnType<typeof failureNote>; records: LambdaRecord[] };

/** A stream forgets a record after this time. */
const rememberedMilliseconds = 24 * 60 * 60 * 1000;

/** Feeds the records of a table's stream to a function in order, until `signal`. */
export const followStream = async (
  streams: DynamoDBStreamsClient,
  source: StreamSource,
  checkpoints: Checkpoints,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> => {
  const pause = pauseUntil(signal);
  let iterators = new Map<string, string>();
  let shards: Shard[] = [];
  let quietSince = Date.now();
  while (!signal.aborted) {
    try {
      // New shards come when old ones are closed; after a quiet minute the list is read again all the same.
      if (!shards.some(isOpen(shards, checkpoints)) || Date.now() - quietSince > 60_000) {
        shards = await listShards(streams, source.streamArn);
        checkpoints.keepOnly(shards.map(({ ShardId = "" }) => ShardId));
        quietSince = Date.now();
      }
      let records = 0;
      for (const { ShardId: shardId = "" } of shards.filter(isOpen(shards, checkpoints))) {
        const iterator =
          iterators.get(shardId) ?? (await iteratorAfter(streams, source, shardId, checkpoints));
        const batch = await streams.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: source.batchSize }),
          { abortSignal: signal },
        );
        const read = (batch.Records ?? []).map((each) => lambdaRecord(each, source.streamArn, source.region));
        records += read.length;
        const processed = await deliver(source, shardId, read, checkpoints, signal);
        if (!processed) return;
        if (batch.NextShardIterator) iterators.set(shardId, batch.NextShardIterator);
        else {
          checkpoints.close(shardId);
          iterators.delete(shardId);
        }
      }
      if (records) quietSince = Date.now();
      else await pause(Date.now() - quietSince < 10_000 ? 100 : 200);
    } catch (error) {
      if (signal.aborted) return;
      // Iterators expire, e.g. while the machine sleeps, or point at what has been trimmed: take new ones from the
      // checkpoints.
      iterators = new Map();
      shards = [];
      if (!["ExpiredIteratorException", "TrimmedDataAccessException"].includes((error as Error).name))
        log(`The stream ${source.streamArn} cannot be read: ${(error as Error).message}`);
      await pause(1000);
    }
  }
};

/** Shards still to be read: not read to their end, and their parent is. */
const isOpen =
  (shards: Shard[], checkpoints: Checkpoints) =>
  ({ ShardId = "", ParentShardId: parent }: Shard): boolean => {
    const parentIsRead =
      !shards.some(({ ShardId }) => ShardId === parent) || checkpoints.isClosed(parent ?? "");
    return parentIsRead && !checkpoints.isClosed(ShardId);
  };

const listShards = async (streams: DynamoDBStreamsClient, streamArn: string): Promise<Shard[]> => {
  const shards: Shard[] = [];
  let last: string | undefined;
  do {
    const command = new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: last });
    const { StreamDescription: page } = await streams.send(command);
    shards.push(...(page?.Shards ?? []));
    last = page?.LastEvaluatedShardId;
  } while (last);
  return shards;
};

const iteratorAfter = async (
  streams: DynamoDBStreamsClient,
  { streamArn }: StreamSource,
  shardId: string,
  checkpoints: Checkpoints,
): Promise<string | undefined> => {
  const start = { StreamArn: streamArn, ShardId: shardId };
  const oldest = () =>
    streams.send(new GetShardIteratorCommand({ ...start, ShardIteratorType: "TRIM_HORIZON" }));
  const after = checkpoints.last(shardId);
  if (!after) return (await oldest()).ShardIterator;
  try {
    const next = { ...start, ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after } as const;
    return (await streams.send(new GetShardIteratorCommand(next))).ShardIterator;
  } catch (error) {
    // A stream keeps a day: after a longer rest, go on with the oldest record that is left.
    if ((error as Error).name !== "TrimmedDataAccessException") throw error;
    return (await oldest()).ShardIterator;
  }
};

/** Passes records on until all are done or given up, in order; false when `signal` came first. */
const deliver = async (
  source: StreamSource,
  shardId: string,
  read: LambdaRecord[],
  checkpoints: Checkpoints,
  signal: AbortSignal,
): Promise<boolean> => {
  const pause = pauseUntil(signal);
  // One batch, until bisecting splits it.
  const batches = [read.filter(source.passes)];
  let attempts = 0;
  for (let batch = batches[0]; batch; batch = batches[0]) {
    if (batch.length === 0) {
      batches.shift();
      continue;
    }
    if (signal.aborted) return false;
    const firstFailed = await invoke(source, batch);
    if (signal.aborted && firstFailed !== batch.length) return false;
    const done = batch[firstFailed - 1];
    if (done) {
      checkpoints.advance(shardId, done.dynamodb.SequenceNumber);
      attempts = 0;
    }
    batches[0] = batch = batch.slice(firstFailed);
    if (batch.length === 0) continue;
    if (source.bisects && firstFailed === 0 && batch.length > 1) {
      // Splitting counts as no attempt, as on AWS.
      const half = Math.ceil(batch.length / 2);
      batches.splice(0, 1, batch.slice(0, half), batch.slice(half));
    } else if (attempts++ >= source.retries || isForgotten(batch)) {
      const condition = isForgotten(batch) ? "RecordAgeExceeded" : "RetryAttemptsExhausted";
      const note = failureNote(source, { shardId, batch, attempts, condition });
      await source.onFailure?.({ note, records: batch });
      checkpoints.advance(shardId, batch.at(-1)?.dynamodb.SequenceNumber);
      batches.shift();
      attempts = 0;
    } else await pause(500);
  }
  // Past the records that the filter held back, too.
  checkpoints.advance(shardId, read.at(-1)?.dynamodb.SequenceNumber);
  return true;
};

/** The index of the first record that failed: the batch's length when none did. */
const invoke = async (source: StreamSource, batch: LambdaRecord[]): Promise<number> => {
  const known = batch.map(({ dynamodb }) => dynamodb.SequenceNumber);
  try {
    const result = await source.function.invoke({ Records: batch });
    const failed = failedItems(result, known, source.reportsItemFailures);
    if (!failed) return 0;
    const first = known.findIndex((sequenceNumber) => failed.includes(sequenceNumber));
    return first === -1 ? batch.length : first;
  } catch {
    return 0; // the function's log says why
  }
};

const arrivedAt = (record: LambdaRecord | undefined): Date =>
  new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000);

const isForgotten = ([first]: LambdaRecord[]): boolean =>
  Date.now() - arrivedAt(first).getTime() > rememberedMilliseconds;

const failureNote = (
  source: StreamSource,
  {
    shardId,
    batch,
    attempts,
    condition,
  }: { shardId: string; batch: LambdaRecord[]; attempts: number; condition: string },
) => {
  const arrival = (record: LambdaRecord | undefined) => arrivedAt(record).toISOString();
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: source.function.arn,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: batch[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: batch.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(batch[0]),
      approximateArrivalOfLastRecord: arrival(batch.at(-1)),
      batchSize: batch.length,
      streamArn: source.streamArn,
    },
  };
};
