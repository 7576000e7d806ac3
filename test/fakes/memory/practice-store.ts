import type { Finish, PracticeStore, StoredRun, Trainee } from "../../../shared/practice/practice-store.ts";
import { runSeconds } from "../../../shared/practice/practice-store.ts";
import { ageOfCopy, type RulesCopy } from "../../../shared/practice/rulebook.ts";
import { practiceRun } from "../../../shared/practice/run.ts";
import { scenarioIds } from "../../../shared/practice/scenario.ts";

const keyOf = (trainee: Trainee, scenario: string) => `${JSON.stringify(trainee)} ${scenario}`;

/** Practice in memory. `spoil` makes a run one of a release that wrote them in another form. */
export function memoryPractice(): PracticeStore & { spoil(): void; size(): number } {
  const runs = new Map<string, { run: unknown; version: number; expiresAt: number }>();
  const finishes = new Map<string, Finish & { expiresAt: number }>();
  let copy: RulesCopy | undefined;
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  return {
    async run(trainee, scenario, at): Promise<StoredRun | undefined> {
      const found = runs.get(keyOf(trainee, scenario));
      if (!found || found.expiresAt <= seconds(at)) return undefined;
      const read = practiceRun.safeParse(structuredClone(found.run));
      return read.success ? { run: read.data } : { unreadable: { version: found.version } };
    },
    async putRun(trainee, run, at) {
      const key = keyOf(trainee, run.scenario);
      const before = runs.get(key);
      if (before && before.version !== run.version - 1 && before.expiresAt > seconds(at)) return false;
      // As DynamoDB keeps it: what is undefined is gone.
      const kept = JSON.parse(JSON.stringify(run)) as unknown;
      runs.set(key, { run: kept, version: run.version, expiresAt: seconds(at) + runSeconds });
      return true;
    },
    async of(trainee, at) {
      const isKept = (one?: { expiresAt: number }) => one !== undefined && one.expiresAt > seconds(at);
      return {
        begun: scenarioIds.filter((id) => isKept(runs.get(keyOf(trainee, id)))),
        finished: scenarioIds.flatMap((id) => {
          const found = finishes.get(keyOf(trainee, id));
          return found && isKept(found) ? [{ scenario: found.scenario, finishedAt: found.finishedAt }] : [];
        }),
      };
    },
    async putFinish(trainee, scenario, at) {
      const lasts = "subject" in trainee ? 365 * 24 * 60 * 60 : runSeconds;
      finishes.set(keyOf(trainee, scenario), {
        scenario,
        finishedAt: at.toISOString(),
        expiresAt: seconds(at) + lasts,
      });
    },
    rules: async () => structuredClone(copy),
    async putRules(given) {
      if (!copy || ageOfCopy(copy) <= ageOfCopy(given)) copy = structuredClone(given);
    },
    spoil() {
      for (const kept of runs.values()) kept.run = { written: "otherwise" };
    },
    size: () => runs.size,
  };
}
