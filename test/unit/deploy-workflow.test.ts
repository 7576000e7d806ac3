import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { stages } from "../../infra/config.ts";

const workflow = readFileSync(".github/workflows/deploy.yml", "utf8");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

/** The text of each job, by its id. */
const jobs = new Map(
  (workflow.split(/^jobs:$/m)[1] ?? "")
    .split(/^(?= {2}\w+:$)/m)
    .slice(1)
    .map((job): [string, string] => [/^ {2}(\w+):/.exec(job)?.[1] ?? "", job]),
);

test("production comes after the rehearsal, and the rehearsal after all checks and tests", () => {
  expect([...jobs.keys()]).toEqual(["check", "rehearsal", "production"]);
  expect(jobs.get("check")).toContain("run: .ci/run");
  expect(jobs.get("rehearsal")).toMatch(/^ {4}needs: check$/m);
  expect(jobs.get("production")).toMatch(/^ {4}needs: rehearsal$/m);
});

test("whoever approves production is asked by its environment, and each environment has a role of its own", () => {
  expect(jobs.get("rehearsal")).toMatch(/^ {4}environment: rehearsal$/m);
  expect(jobs.get("production")).toMatch(/^ {4}environment: production$/m);
  expect(workflow.match(/role-to-assume: \$\{\{ vars\.DEPLOY_ROLE \}\}/g)).toHaveLength(2);
  expect(workflow).not.toMatch(/secrets\.|aws-access-key-id/);
});

test("nothing is allowed but to read the code, and to ask for the role where something is deployed", () => {
  expect(workflow).toMatch(/^permissions: \{\}$/m);
  const allowed = (job: string) =>
    [...(jobs.get(job) ?? "").matchAll(/^ {6}([\w-]+): (read|write)$/gm)].map(
      ([, what, how]) => `${what}: ${how}`,
    );
  expect(allowed("check")).toEqual(["contents: read"]);
  expect(allowed("rehearsal")).toEqual(["contents: read", "id-token: write"]);
  expect(allowed("production")).toEqual(["contents: read", "id-token: write"]);
});

test("every action is pinned to a commit, which says the version that it is", () => {
  const used = [...workflow.matchAll(/uses: (.+)/g)].map(([, action = ""]) => action);
  expect(used.length).toBeGreaterThan(5);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("a stage is looked at before it is deployed and asked after, and stages and scripts are there", () => {
  for (const job of ["rehearsal", "production"]) {
    const runs = [...(jobs.get(job) ?? "").matchAll(/- run: (.+)/g)].map(([, command = ""]) => command);
    expect(runs.map((command) => /preflight|deploy|smoke/.exec(command)?.[0])).toEqual([
      undefined,
      "preflight",
      "deploy",
      "smoke",
    ]);
    for (const [, script = ""] of runs.join("\n").matchAll(/npm run (?:-s )?(\w+)/g))
      expect([script, scripts[script] !== undefined]).toEqual([script, true]);
  }
  // A write that is denied shows to nobody who reads only. Production takes reports of people alone.
  const asked = (job: string) => /npm run smoke .*/.exec(jobs.get(job) ?? "")?.[0] ?? "";
  expect(asked("rehearsal")).toMatch(/ --with-report$/);
  expect(asked("production")).not.toContain("--with-report");
  const rehearsal = /^ {2}REHEARSAL: (\w+)$/m.exec(workflow)?.[1] ?? "";
  expect(stages[rehearsal]?.production).toBe(false);
  expect(stages.prod?.region).toBe(/^ {2}REGION: (\S+)$/m.exec(workflow)?.[1]);
});

test("a job that hangs ends, and two deployments never run at once", () => {
  for (const job of jobs.values()) expect(job).toMatch(/^ {4}timeout-minutes: \d+$/m);
  expect(workflow).toMatch(/cancel-in-progress: false/);
});

describe("a release that is not the newest is deployed nowhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-releases-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ...{ GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@lapor.example" },
    ...{ GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@lapor.example" },
  };
  const steps = ["rehearsal", "production"].map(
    (job) =>
      /- name: Refuse a release that is not the newest\n {8}run: \|\n((?: {10}.*\n)+)/.exec(
        jobs.get(job) ?? "",
      )?.[1],
  );

  test("an older tag and one that lacks what the one before holds are refused, the newest is not", () => {
    const git = (...args: string[]) => expect(spawnSync("git", args, { cwd: folder, env }).status).toBe(0);
    const commit = (tag: string) => {
      git("commit", "--quiet", "--allow-empty", "-m", tag);
      git("tag", tag);
    };
    const [step = "", ofProduction] = steps;
    expect(ofProduction).toBe(step);
    /** What the step says where this tag is to be deployed, as GitHub runs it. */
    const deploying = (tag: string) => {
      git("checkout", "--quiet", tag);
      const { status, stdout } = spawnSync("bash", ["-e", "-c", step], {
        cwd: folder,
        env: { ...env, GITHUB_REF_NAME: tag },
        encoding: "utf8",
      });
      return [status, stdout.trim()];
    };
    git("init", "--quiet");
    commit("v0.9.0");
    expect(deploying("v0.9.0")).toEqual([0, ""]);
    commit("v0.10.0");
    expect(deploying("v0.10.0")).toEqual([0, ""]);
    expect(deploying("v0.9.0")).toEqual([1, expect.stringContaining("v0.10.0 is newer than v0.9.0")]);
    git("checkout", "--quiet", "v0.9.0");
    commit("v0.10.1");
    expect(deploying("v0.10.1")).toEqual([1, expect.stringContaining("does not hold what v0.10.0 holds")]);
  });
});
