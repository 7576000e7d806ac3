import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The top folder of the project. */
export const root = join(import.meta.dirname, "..");

/**
 * Makes a Python that has these packages, `name==version` each, and keeps it in `.local/<name>-venv` for the next run. Answers the
 * path of its program. `module`: what must be importable from it.
 */
export async function pythonWith(name: string, packages: readonly string[], module = name): Promise<string> {
  const venv = join(root, `.local/${name}-venv`);
  const python = join(venv, "bin/python");
  const complete = join(venv, "complete");
  const kept = await readFile(complete, "utf8").catch(() => "");
  const works = () => run(python, ["-c", `import ${module}`], process.env, 1).then(() => true);
  if (kept === packages.join(" ") && (await works().catch(() => false))) return python;

  const or = (sentence: string) => (error: Error) => {
    throw new Error(`${sentence}\n\n${error.message}`);
  };
  await run("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"], process.env, 1).catch(
    or("This test needs Python 3.10 or newer as python3, and this machine does not have it."),
  );
  await rm(venv, { recursive: true, force: true });
  await run("python3", ["-m", "venv", venv], process.env, 2).catch(
    or("python3 could not make a virtual environment (Debian: apt-get install python3-venv)."),
  );
  const install = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--retries", "2"];
  await run(python, [...install, ...packages], process.env, 5).catch(
    or(`${packages.join(" and ")} could not be installed: PyPI did not answer, or does not have it.`),
  );
  await writeFile(complete, packages.join(" "));
  return python;
}

/**
 * Runs a program in the top folder of the project, or in another, and returns its output. If the program fails, the error holds the
 * output.
 */
export const run = (
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  minutes: number,
  folder = root,
) =>
  new Promise<string>((resolve, reject) => {
    let output = "";
    const child = spawn(program, args, {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: minutes * 60_000,
      killSignal: "SIGKILL",
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const how = signal ? `was ended by ${signal} (it had ${minutes} minutes)` : `ended with code ${code}`;
      reject(new Error(`${[program, ...args].join(" ")} ${how}:\n${lastLines(output)}`));
    });
  });

/** The end of what a program wrote, where it says why it failed. */
export const lastLines = (text: string): string => text.trimEnd().split("\n").slice(-60).join("\n");
