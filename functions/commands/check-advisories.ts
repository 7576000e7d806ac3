/**
 * npm run advisories [-- --must-look]
 *
 * Looks whether an advisory is known for a package in package-lock.json. It asks `osv-scanner` where that is installed, and
 * `npm audit` otherwise. docs/advisories.json lists the advisories that do not count here, each with a reason and a last day.
 *
 * It exits with 0 if nothing is wrong, and also if it could not look, which it says. With `--must-look` that is an error. It
 * exits with 1 if an advisory counts, if the last day of an exception is over, or if an exception is about a package that is
 * no longer installed.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { orUsage, runCommand } from "../../shared/platform/command.ts";

/** An advisory that a package in package-lock.json has. */
export interface Advisory {
  /** All ids by which it is known: GHSA-..., CVE-... */
  ids: string[];
  package: string;
  title: string;
}

/** The advisories that somebody looked at and that do not count here. */
export const exceptionList = z.strictObject({
  exceptions: z.array(
    z.strictObject({
      id: z.string().regex(/^(GHSA|CVE|MAL)-[\w-]+$/),
      package: z.string(),
      /** Why nobody can use the flaw here, or why there is nothing to do yet. */
      reason: z.string().min(20),
      /** The last day on which the exception holds. Somebody looks again before it ends. */
      until: z.iso.date(),
    }),
  ),
});
type Exceptions = z.infer<typeof exceptionList>["exceptions"];

const ofOsv = z.object({
  results: z.array(
    z.object({
      packages: z.array(
        z.object({
          package: z.object({ name: z.string() }),
          vulnerabilities: z
            .array(
              z.object({
                id: z.string(),
                aliases: z.array(z.string()).default([]),
                summary: z.string().default(""),
              }),
            )
            .default([]),
        }),
      ),
    }),
  ),
});

/** Reads what `osv-scanner --format json` prints. */
export const advisoriesOfOsv = (printed: unknown): Advisory[] =>
  ofOsv.parse(printed).results.flatMap(({ packages }) =>
    packages.flatMap(({ package: { name }, vulnerabilities }) =>
      vulnerabilities.map(({ id, aliases, summary }) => ({
        ids: [id, ...aliases],
        package: name,
        title: summary,
      })),
    ),
  );

/** What `npm audit` prints where its registry does not answer. */
const failure = z.object({ message: z.string() });

const ofNpm = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      // A name stands for a package that is affected only because it needs this other one.
      via: z.array(z.union([z.string(), z.object({ name: z.string(), title: z.string(), url: z.string() })])),
    }),
  ),
});

/** Reads what `npm audit --json` prints. */
export function advisoriesOfNpm(printed: unknown): Advisory[] {
  const refused = failure.safeParse(printed);
  if (refused.success) throw new Error(refused.data.message);
  return Object.values(ofNpm.parse(printed).vulnerabilities).flatMap(({ via }) =>
    via.flatMap((one) =>
      typeof one === "string"
        ? []
        : [{ ids: [one.url.split("/").at(-1) ?? one.url], package: one.name, title: one.title }],
    ),
  );
}

/**
 * Finds what is wrong, one sentence each. `found` is undefined where nobody could look; the exceptions are checked all the
 * same. `today` is a date in UTC.
 */
export function wrongWith(
  found: readonly Advisory[] | undefined,
  exceptions: Exceptions,
  { installed, today }: { installed: ReadonlySet<string>; today: string },
): string[] {
  const excepted = ({ ids, package: name }: Advisory) =>
    exceptions.some((one) => one.package === name && ids.includes(one.id));
  return [
    ...exceptions.flatMap(({ id, package: name, until }) => [
      ...(until < today
        ? [`The exception for ${id} ended on ${until}. Look at the advisory again, then update or renew.`]
        : []),
      ...(installed.has(name)
        ? []
        : [`The exception for ${id} is about ${name}, which is no longer installed. Remove it.`]),
    ]),
    ...(found ?? [])
      .filter((one) => !excepted(one))
      .map(({ ids, package: name, title }) => `${name}: ${title || "no summary"} (${ids.join(", ")})`),
  ];
}

const lock = z.object({ packages: z.record(z.string(), z.unknown()) });

/** Lists the names of the packages that a package-lock.json installs. */
export const installedBy = (printed: unknown): Set<string> =>
  new Set(
    Object.keys(lock.parse(printed).packages).flatMap((path) => {
      const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
      return name ?? [];
    }),
  );

const patienceMs = 60_000;

/** Runs a command and gives the JSON that it printed. Both scanners end with 1 where they find something. */
const printedBy = (command: string, ...args: string[]): Promise<unknown> =>
  new Promise((resolve, reject) =>
    execFile(command, args, { timeout: patienceMs, maxBuffer: 2 ** 26 }, (error, out, complaint) => {
      if ((error as NodeJS.ErrnoException | null)?.code === "ENOENT")
        return reject(new Error("it is not installed"));
      try {
        resolve(JSON.parse(out));
      } catch {
        reject(new Error(complaint.trim().split("\n").at(0) || error?.message || "it printed nothing"));
      }
    }),
  );

const scanners: Record<string, () => Promise<Advisory[]>> = {
  "osv-scanner": async () =>
    advisoriesOfOsv(
      await printedBy("osv-scanner", "scan", "source", "--lockfile", "package-lock.json", "--format", "json"),
    ),
  "npm audit": async () =>
    advisoriesOfNpm(await printedBy("npm", "audit", "--json", "--fetch-retries=0", "--fetch-timeout=20000")),
};

interface Look {
  by: string;
  found: Advisory[];
}

/** Asks the scanners one after another, and says why those before the first answer did not answer. */
async function look(): Promise<{ looked: Look | undefined; failures: string[] }> {
  const failures: string[] = [];
  for (const [by, scan] of Object.entries(scanners))
    try {
      return { looked: { by, found: await scan() }, failures };
    } catch (error) {
      failures.push(`${by}: ${error instanceof z.ZodError ? "it gave no report" : (error as Error).message}`);
    }
  return { looked: undefined, failures };
}

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, "utf8"));

async function main(): Promise<void> {
  const { values } = orUsage("Usage: npm run advisories [-- --must-look]", () =>
    parseArgs({ options: { "must-look": { type: "boolean", default: false } } }),
  );
  const { exceptions } = exceptionList.parse(await readJson("docs/advisories.json"));
  const installed = installedBy(await readJson("package-lock.json"));
  const { looked, failures } = await look();
  const wrong = wrongWith(looked?.found, exceptions, {
    installed,
    today: new Date().toISOString().slice(0, 10),
  });
  console.log(
    looked
      ? `Advisories: ${looked.by} looked at ${installed.size} packages and found ${looked.found.length}.`
      : `Advisories: NOBODY LOOKED. ${failures.join("; ")}.`,
  );
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0 || (!looked && values["must-look"])) process.exitCode = 1;
}

if (import.meta.main) await runCommand(main);
