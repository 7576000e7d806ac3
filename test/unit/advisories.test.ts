import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  advisoriesOfNpm,
  advisoriesOfOsv,
  exceptionList,
  installedBy,
  wrongWith,
} from "../../functions/commands/check-advisories.ts";

const osvReport = {
  results: [
    {
      source: { path: "package-lock.json", type: "lockfile" },
      packages: [
        {
          package: { name: "contoh", version: "1.0.0", ecosystem: "npm" },
          vulnerabilities: [
            { id: "GHSA-aaaa-bbbb-cccc", aliases: ["CVE-2026-0001"], summary: "Reads too much" },
          ],
          groups: [{ ids: ["GHSA-aaaa-bbbb-cccc"], max_severity: "7.5" }],
        },
      ],
    },
  ],
};
const npmReport = {
  auditReportVersion: 2,
  vulnerabilities: {
    contoh: {
      name: "contoh",
      via: [
        {
          source: 1,
          name: "contoh",
          title: "Reads too much",
          url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
          severity: "high",
        },
      ],
    },
    pemakai: { name: "pemakai", via: ["contoh"] },
  },
};
const exception = {
  id: "GHSA-aaaa-bbbb-cccc",
  package: "contoh",
  reason: "Only the tests use it, on files of our own.",
  until: "2026-12-31",
};
const context = { installed: new Set(["contoh", "pemakai"]), today: "2026-11-26" };

describe("advisories on the packages that are installed", () => {
  test("Both scanners tell of the same advisory, and a package that only needs the bad one is not counted twice", () => {
    expect(advisoriesOfOsv(osvReport)).toEqual([
      { ids: ["GHSA-aaaa-bbbb-cccc", "CVE-2026-0001"], package: "contoh", title: "Reads too much" },
    ]);
    expect(advisoriesOfNpm(npmReport)).toEqual([
      { ids: ["GHSA-aaaa-bbbb-cccc"], package: "contoh", title: "Reads too much" },
    ]);
  });

  test("An advisory without an exception is wrong, and one with an exception is not", () => {
    const found = advisoriesOfOsv(osvReport);
    expect(wrongWith(found, [], context)).toEqual([
      "contoh: Reads too much (GHSA-aaaa-bbbb-cccc, CVE-2026-0001)",
    ]);
    expect(wrongWith(found, [exception], context)).toEqual([]);
    expect(wrongWith(found, [{ ...exception, id: "CVE-2026-0001" }], context)).toEqual([]);
  });

  test("An exception for another package, or for another advisory of the package, lets nothing pass", () => {
    const found = advisoriesOfOsv(osvReport);
    expect(wrongWith(found, [{ ...exception, package: "pemakai" }], context)).toHaveLength(1);
    expect(wrongWith(found, [{ ...exception, id: "GHSA-zzzz-zzzz-zzzz" }], context)).toHaveLength(1);
  });

  test("An exception holds through its last day and is wrong from the next day on, even if nobody could look", () => {
    expect(wrongWith(undefined, [exception], { ...context, today: "2026-12-31" })).toEqual([]);
    expect(wrongWith(undefined, [exception], { ...context, today: "2027-01-01" })).toEqual([
      "The exception for GHSA-aaaa-bbbb-cccc ended on 2026-12-31. Look at the advisory again, then update or renew.",
    ]);
  });

  test("An exception for a package that is no longer installed is wrong", () => {
    expect(wrongWith(undefined, [exception], { ...context, installed: new Set() })).toEqual([
      "The exception for GHSA-aaaa-bbbb-cccc is about contoh, which is no longer installed. Remove it.",
    ]);
  });

  test("An exception needs a known kind of id, a reason in words and a last day", () => {
    for (const wrong of [{ id: "contoh" }, { reason: "ok" }, { until: "soon" }, { note: "x" }])
      expect(exceptionList.safeParse({ exceptions: [{ ...exception, ...wrong }] }).success).toBe(false);
    expect(exceptionList.safeParse({ exceptions: [exception] }).success).toBe(true);
  });

  test("The packages of a lock file are found at every depth, those with a scope too", () => {
    expect(
      installedBy({
        packages: {
          "": {},
          "node_modules/contoh": {},
          "node_modules/pemakai/node_modules/@lingkup/dalam": {},
          "infra/local": {},
        },
      }),
    ).toEqual(new Set(["contoh", "@lingkup/dalam"]));
  });
});

describe("the command that looks for advisories", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "advisories-"));
    await mkdir(join(folder, "docs"));
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "package-lock.json"), '{"packages":{"node_modules/contoh":{}}}');
    await exceptions();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const exceptions = (...listed: object[]) =>
    writeFile(join(folder, "docs/advisories.json"), JSON.stringify({ exceptions: listed }));
  /** Puts a program on the path that prints this and ends with this code. */
  const scanner = async (name: string, prints: string, code: number) => {
    const file = join(folder, "bin", name);
    await writeFile(file, `#!/bin/sh\ncat <<'END'\n${prints}\nEND\nexit ${code}\n`);
    await chmod(file, 0o755);
  };
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const path = [join(folder, "bin"), dirname(process.execPath), "/bin", "/usr/bin"].join(delimiter);
      const command = join(import.meta.dirname, "../../functions/commands/check-advisories.ts");
      execFile(
        process.execPath,
        [command, ...args],
        { cwd: folder, env: { PATH: path } },
        (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const silent = '{"message":"405 Method Not Allowed"}';

  test("An advisory found by osv-scanner fails the check by the name of its package", async () => {
    await scanner("osv-scanner", JSON.stringify(osvReport), 1);
    const { code, out, err } = await run();
    expect(code).toBe(1);
    expect(out).toContain("osv-scanner looked at 1 packages and found 1");
    expect(err).toContain("contoh: Reads too much");
  });

  test("A known exception lets the check pass", async () => {
    await scanner("osv-scanner", JSON.stringify(osvReport), 1);
    await exceptions({ ...exception, until: "2999-12-31" });
    expect(await run()).toMatchObject({ code: 0, err: "" });
  });

  test("Without osv-scanner npm audit looks", async () => {
    await scanner("osv-scanner", "", 127);
    await scanner("npm", JSON.stringify(npmReport), 1);
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out).toContain("npm audit looked");
  });

  test("If nobody can look, the check says so and why, and fails only where looking is a must", async () => {
    await scanner("osv-scanner", "", 127);
    await scanner("npm", silent, 1);
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toContain("NOBODY LOOKED");
    expect(out).toContain("npm audit: 405 Method Not Allowed");
    expect((await run("--must-look")).code).toBe(1);
  });

  test("An exception that is over fails the check even if nobody can look", async () => {
    await scanner("osv-scanner", "", 127);
    await scanner("npm", silent, 1);
    await exceptions({ ...exception, until: "2026-01-01" });
    expect((await run()).code).toBe(1);
  });
});
