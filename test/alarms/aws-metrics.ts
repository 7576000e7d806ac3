import type { MetricBook } from "./metric-book.ts";

/**
 * What AWS itself counts while our functions run. Each says what AWS documents of it, because the alarms rest on that. Names of functions,
 * queues and tables are their paths in infra/, as test/infra/synthesised.ts writes them into the templates.
 */
export function awsMetrics(book: MetricBook, minute: () => number) {
  const put = (namespace: string, name: string, dimensions: Record<string, string>, value: number) =>
    book.put({ namespace, name, dimensions }, value, minute());

  return {
    /**
     * "Invocations – the number of times that your function code is invoked, including successful invocations and invocations that
     * result in a function error." "Errors – the number of invocations that result in a function error": a batch that answers
     * `batchItemFailures` is none. With each invocation also a zero is counted of what did not happen.
     * "Duration – the amount of time that your function code spends processing an event", in milliseconds.
     */
    invoked(FunctionName: string, { failed, milliseconds }: { failed: boolean; milliseconds: number }) {
      put("AWS/Lambda", "Invocations", { FunctionName }, 1);
      put("AWS/Lambda", "Errors", { FunctionName }, failed ? 1 : 0);
      put("AWS/Lambda", "Throttles", { FunctionName }, 0);
      put("AWS/Lambda", "Duration", { FunctionName }, milliseconds);
    },
    /** "Throttled requests and other invocation errors don't count as either Invocations or Errors." */
    throttled: (FunctionName: string) => put("AWS/Lambda", "Throttles", { FunctionName }, 1),
    /** "IteratorAge – for DynamoDB event sources, the age of the last record in the event": in milliseconds, of each invocation. */
    iteratorAge: (FunctionName: string, milliseconds: number) =>
      put("AWS/Lambda", "IteratorAge", { FunctionName }, milliseconds),
    /**
     * SQS counts every minute, for as long as a queue has been used within six hours. "After a message is received three times (or
     * more) and not processed, the message is moved to the back of the queue and the ApproximateAgeOfOldestMessage metric points at
     * the second-oldest message that hasn't been received more than three times." In a dead-letter queue the age starts again.
     */
    queue(QueueName: string, { oldestSeconds, visible }: { oldestSeconds: number; visible: number }) {
      put("AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName }, oldestSeconds);
      put("AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName }, visible);
    },
    /** "Count – the total number of API requests in a given period." "5xx – the number of server-side errors". */
    answered(ApiId: string, status: number) {
      put("AWS/ApiGateway", "Count", { ApiId }, 1);
      put("AWS/ApiGateway", "5xx", { ApiId }, status >= 500 ? 1 : 0);
    },
    /** "ReadThrottleEvents" and "WriteThrottleEvents – requests to DynamoDB that exceed the capacity of a table". No zeros. */
    tableThrottled: (TableName: string, kind: "Read" | "Write") =>
      put("AWS/DynamoDB", `${kind}ThrottleEvents`, { TableName }, 1),
    /** "TriggeredRules – the number of rules that have run and matched with any event". No zeros. */
    ruleTriggered: (RuleName: string) => put("AWS/Events", "TriggeredRules", { RuleName }, 1),
    /** "Reputation.BounceRate" of a configuration set, as a share of "a representative volume" of its mails: here those of six hours. */
    bounceRate: (set: string, share: number) =>
      put("AWS/SES", "Reputation.BounceRate", { "ses:configuration-set": set }, share),
  };
}
