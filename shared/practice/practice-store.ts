import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { itemsOf } from "../platform/dynamo.ts";
import { readStored } from "../platform/read-stored.ts";
import { asItem, tryStored } from "../stored.ts";
import { ageOfCopy, type RulesCopy, rulesCopy } from "./rulebook.ts";
import { type PracticeRun, practiceRun } from "./run.ts";
import { type ScenarioId, scenarioIds } from "./scenario.ts";

/** Who practises: an officer who has signed in, or whoever has the secret of a cookie. */
export type Trainee = { subject: string } | { visitor: string };

const finish = z.object({ scenario: z.enum(scenarioIds), finishedAt: z.iso.datetime() });
/** A scenario that somebody has practised to its end, and when last. */
export type Finish = z.infer<typeof finish>;

/** What is there of a run: the run, or what a release no longer knows how to read, with its version. */
export type StoredRun = { run: PracticeRun } | { unreadable: { version: number } };

/** Keeps what people practise, who has finished what, and the rules that practice counts by. */
export interface PracticeStore {
  run(trainee: Trainee, scenario: ScenarioId, at: Date): Promise<StoredRun | undefined>;
  /** Stores a run in place of the version before. False where somebody stored another one meanwhile. */
  putRun(trainee: Trainee, run: PracticeRun, at: Date): Promise<boolean>;
  /** The runs that can be gone on with, and the scenarios that were finished. */
  of(trainee: Trainee, at: Date): Promise<{ begun: ScenarioId[]; finished: Finish[] }>;
  putFinish(trainee: Trainee, scenario: ScenarioId, at: Date): Promise<void>;
  rules(): Promise<RulesCopy | undefined>;
  /** Stores a copy of the rules, unless a newer one is there. */
  putRules(copy: RulesCopy): Promise<void>;
}

const day = 24 * 60 * 60;
/** A run is forgotten so many seconds after its last step. */
export const runSeconds = 7 * day;
/** That an officer finished a scenario is forgotten after a year. */
const finishSeconds = 365 * day;

const pkOf = (trainee: Trainee): string =>
  "subject" in trainee ? `PERSON#${trainee.subject}` : `VISITOR#${trainee.visitor}`;
const runSk = (scenario: ScenarioId) => `RUN#${scenario}`;
const finishSk = (scenario: ScenarioId) => `FINISH#${scenario}`;
const ofRules = { pk: "RULES", sk: "RULES" };

const inSeconds = (at: Date): number => Math.floor(at.getTime() / 1000);

const lasting = z.object({ expiresAt: z.int() });
const runItem = z.object({ run: z.unknown(), version: z.int() });

/** What is kept of a run. What lies there in another form than now is known by its version alone. */
function storedRun(item: unknown): StoredRun {
  const { run, version } = readStored(runItem, item);
  const read = tryStored(practiceRun, run);
  return "value" in read ? { run: read.value } : { unreadable: { version } };
}

const keptAt =
  (at: Date) =>
  (item: unknown): boolean =>
    readStored(lasting, item).expiresAt > inSeconds(at);

/** Keeps practice in a table of its own. */
export const practiceStore = (dynamo: DynamoDBDocumentClient, table: string): PracticeStore => ({
  async run(trainee, scenario, at) {
    const { Item } = await dynamo.send(
      new GetCommand({
        TableName: table,
        Key: { pk: pkOf(trainee), sk: runSk(scenario) },
        ConsistentRead: true,
      }),
    );
    return Item && keptAt(at)(Item) ? storedRun(Item) : undefined;
  },

  async putRun(trainee, run, at) {
    const now = inSeconds(at);
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: asItem({
            pk: pkOf(trainee),
            sk: runSk(run.scenario),
            run,
            version: run.version,
            expiresAt: now + runSeconds,
          }),
          // DynamoDB takes days to remove what has expired.
          ConditionExpression: "attribute_not_exists(pk) OR version = :before OR expiresAt <= :now",
          ExpressionAttributeValues: { ":before": run.version - 1, ":now": now },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  },

  async of(trainee, at) {
    const items = await itemsOf(dynamo, {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pkOf(trainee) },
      ConsistentRead: true,
    });
    const kept = items.filter(keptAt(at));
    return {
      begun: scenarioIds.filter((id) => kept.some(({ sk }) => sk === runSk(id))),
      // A scenario that a release no longer has is no longer told of.
      finished: kept.flatMap(({ pk: _pk, sk: _sk, expiresAt: _expiry, ...item }) => {
        const read = tryStored(finish, item);
        return "value" in read ? [read.value] : [];
      }),
    };
  },

  async putFinish(trainee, scenario, at) {
    await dynamo.send(
      new PutCommand({
        TableName: table,
        Item: asItem({
          pk: pkOf(trainee),
          sk: finishSk(scenario),
          scenario,
          finishedAt: at.toISOString(),
          expiresAt: inSeconds(at) + ("subject" in trainee ? finishSeconds : runSeconds),
        }),
      }),
    );
  },

  async rules() {
    const { Item } = await dynamo.send(
      new GetCommand({ TableName: table, Key: ofRules, ConsistentRead: true }),
    );
    // A copy that this release cannot read is as good as none.
    const read = tryStored(rulesCopy, Item?.copy);
    return "value" in read ? read.value : undefined;
  },

  async putRules(copy) {
    try {
      await dynamo.send(
        new PutCommand({
          TableName: table,
          Item: asItem({ ...ofRules, copy, age: ageOfCopy(copy) }),
          ConditionExpression: "attribute_not_exists(pk) OR age <= :age",
          ExpressionAttributeValues: { ":age": ageOfCopy(copy) },
        }),
      );
    } catch (error) {
      // Another administrator was faster, with more.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});
