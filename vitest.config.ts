import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { environment as env } from "./test/environment.ts";
import { recordedCalls } from "./test/privileges/recording.ts";

/** Two files at a time also on two cores: most wait for a database. Each may start one, so not as many as there are cores. */
const maxWorkers = Math.min(Math.max(availableParallelism(), 2), 4);

const project = (name: string, timeout: number, more: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    env,
    testTimeout: timeout,
    hookTimeout: timeout,
    maxWorkers,
    ...more,
  },
});

export default defineConfig({
  test: {
    reporters: ["default", "./test/slowest-tests.ts", "./test/closing-line.ts"],
    projects: [
      project("unit", 20_000),
      project("integration", 60_000),
      // Its files only read the templates, which are synthesised once for all of them.
      project("infra", 120_000, { isolate: false }),
      // What functions ask of AWS here and in the browser is noted, for the project "privileges".
      project("e2e", 120_000, {
        globalSetup: "test/e2e/assembly.ts",
        env: { ...env, RECORD_CALLS: join(recordedCalls, "e2e") },
      }),
      // Holds what was called there against what roles allow, so it runs after both.
      project("privileges", 120_000, { sequence: { groupOrder: 1 } }),
      project("pages", 120_000, { globalSetup: "test/pages/ground.ts" }),
      // No tests: it takes pictures of every page. `npm run pages:look` runs it.
      project("look", 120_000, { globalSetup: "test/pages/ground.ts", include: ["test/pages/look.ts"] }),
      project("fuzz", 3_600_000, { globalSetup: "test/e2e/assembly.ts" }),
      // Functions and stores on a wire that fails. `FAULTS_SEED` and `FAULTS_LIVES` repeat a run.
      project("faults", 2_700_000),
      // Plays that cases and a table were lost, and brings them back as an operator does.
      project("drill", 600_000),
      // Plays faults, and asks the alarms of the templates whether they ring. What functions count is looked at here.
      project("alarms", 600_000, { env: { ...env, STAGE: "prod", POWERTOOLS_METRICS_DISABLED: "false" } }),
      project("deploy", 600_000, { globalSetup: "test/deploy/install.ts" }),
      // Every command of the runbook, on what is deployed to the emulator.
      project("runbook", 600_000),
      // The code of the last release beside the code here. `npm run test:versions` runs it.
      project("versions", 300_000),
    ],
  },
});
