import type { Reporter, TestModule } from "vitest/node";

const shown = 10;

/** Tells at the end of a run which tests took longest: "  5.8 s  e2e: a bad message in the queue of mails > comes again". */
export default class SlowestTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const timed = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        name: `${module.project.name}: ${test.fullName}`,
        milliseconds: test.diagnostic()?.duration ?? 0,
      })),
    );
    const slowest = timed.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, shown);
    const lines = slowest.map(
      ({ name, milliseconds }) => `${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${name}`,
    );
    if (lines.length > 0) console.log(["The slowest tests:", ...lines, ""].join("\n"));
  }
}
