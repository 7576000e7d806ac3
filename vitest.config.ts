import { defineConfig } from "vitest/config";
import { environment as env } from "./test/environment.ts";

const project = (name: string, timeout: number, more: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    env,
    testTimeout: timeout,
    hookTimeout: timeout,
    ...more,
  },
});

export default defineConfig({
  test: {
    reporters: ["default", "./test/closing-line.ts"],
    projects: [
      project("unit", 20_000),
      project("integration", 60_000),
      // Its files only read the templates, which are synthesised once for all of them.
      project("infra", 120_000, { isolate: false }),
      // A system for each file: more than two at a time would only take turns on two cores.
      project("e2e", 120_000, { globalSetup: "test/e2e/assembly.ts", maxWorkers: 2 }),
      project("deploy", 600_000),
    ],
  },
});
