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
      project("e2e", 120_000, { fileParallelism: false }),
      project("deploy", 600_000),
    ],
  },
});
