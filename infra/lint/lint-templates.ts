/**
 * npm run lint:templates
 *
 * Has cfn-lint read the templates of `dev` and `prod`. What it need not find is in .cfnlintrc.yaml.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mistake, runCommand, takesNothing } from "../../shared/platform/command.ts";

const root = join(import.meta.dirname, "../..");
const venv = join(root, ".local/cfn-lint-venv");
/** cfn-lint and what it needs, each by its hash. */
const requirements = join(import.meta.dirname, "requirements.txt");

/** Runs a program with this terminal. Says what is missing where it cannot be run. */
function run(program: string, args: string[]): number {
  const { error, status } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
  if (error)
    throw new Mistake(
      `${program} could not be run (${error.message}). This check needs Python 3.10 or newer.`,
    );
  return status ?? 1;
}

/** cfn-lint in a folder of its own, installed anew when its versions change. */
function cfnLint(): string {
  const mark = join(venv, "requirements.sha256");
  const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  const program = join(venv, "bin/cfn-lint");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted && existsSync(program)) return program;
  rmSync(venv, { recursive: true, force: true });
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", venv]],
    [
      join(venv, "bin/pip"),
      ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements],
    ],
  ];
  for (const [step, args] of steps)
    if (run(step, args) !== 0)
      throw new Mistake(
        `cfn-lint could not be installed into ${venv}. It needs Python 3.10 or newer, and PyPI.`,
      );
  writeFileSync(mark, wanted);
  return program;
}

async function main(): Promise<void> {
  takesNothing("Usage: npm run lint:templates (it takes nothing)");
  // The CDK takes two seconds to load.
  const { buildApp } = await import("../app.ts");
  const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-lint-"));
  try {
    const program = cfnLint();
    // The other stages have the same resources as one of these (test/infra/first-deployment.test.ts).
    const templates = ["dev", "prod"].flatMap((stage) =>
      buildApp({ stage, outdir: join(folder, stage), code: false, validation: false })
        .synth()
        .stacks.map(({ templateFullPath }) => templateFullPath),
    );
    process.exitCode = run(program, ["--", ...templates]);
    if (process.exitCode === 0) console.log(`cfn-lint finds nothing in ${templates.length} templates.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await runCommand(main);
