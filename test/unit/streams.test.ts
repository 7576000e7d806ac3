import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { expect, test, vi } from "vitest";
import { followStream, type GivenUp } from "../../infra/local/tables/stream-source.ts";

const day = 24 * 60 * 60 * 1000;

/** A stream of one shard with one record of this age. */
function streamWith(ageMs: number) {
  let given = false;
  const answers: Record<string, () => object> = {
    DescribeStreamCommand: () => ({ StreamDescription: { Shards: [{ ShardId: "shard" }] } }),
    GetShardIteratorCommand: () => ({ ShardIterator: "start" }),
    GetRecordsCommand: () => {
      const first = !given;
      given = true;
      const created = new Date(Date.now() - ageMs);
      const dynamodb = {
        SequenceNumber: "1",
        ApproximateCreationDateTime: created,
        NewImage: { sk: { S: "EVENT#000001" } },
      };
      return { NextShardIterator: "next", Records: first ? [{ eventName: "INSERT", dynamodb }] : [] };
    },
  };
  const send = async (command: object) => answers[command.constructor.name]?.();
  return { send } as unknown as DynamoDBStreamsClient;
}

/** Follows the stream with a function that fails so many times, until the record is done or given up. */
async function followed(ageMs: number, failures: number) {
  const stopping = new AbortController();
  const kept: GivenUp[] = [];
  let calls = 0;
  let done: string | undefined;
  const source = {
    streamArn: "arn",
    region: "ap-southeast-3",
    batchSize: 100,
    retries: Number.POSITIVE_INFINITY,
    bisects: true,
    reportsItemFailures: true,
    passes: () => true,
    function: {
      arn: "arn",
      invoke: async () => ({ batchItemFailures: calls++ < failures ? [{ itemIdentifier: "1" }] : [] }),
      stop: async () => {},
    },
    onFailure: async (one: GivenUp) => void kept.push(one),
  };
  const checkpoints = {
    last: () => undefined,
    isClosed: () => false,
    advance: (_shard: string, to: string | undefined) => (done = to ?? done),
    close: () => {},
    keepOnly: () => {},
  };
  const following = followStream(streamWith(ageMs), source, checkpoints, stopping.signal, () => {});
  await vi.waitFor(() => expect(done).toBe("1"), { timeout: 10_000 });
  stopping.abort();
  await following;
  return { kept, calls };
}

test("a record of the stream is tried again for as long as the stream would hold it", async () => {
  const { kept, calls } = await followed(0, 3);
  expect([kept, calls]).toEqual([[], 4]);
});

test("a record that the stream would have forgotten is kept whole, and those behind it go on", async () => {
  const { kept } = await followed(day + 60_000, Number.POSITIVE_INFINITY);
  expect(kept).toHaveLength(1);
  const [{ note, records } = {}] = kept;
  expect(note?.requestContext.condition).toBe("RecordAgeExceeded");
  expect(records?.[0]?.dynamodb.NewImage).toEqual({ sk: { S: "EVENT#000001" } });
});
