import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import project from "../../package.json" with { type: "json" };

/** What a command is given that it cannot work with, and what it then says. */
type Refusal = readonly [args: string[], says: RegExp];

interface Command {
  /** It works where it is given nothing, or it says what it needs. */
  nothing: "works" | RegExp;
  refuses?: readonly Refusal[];
  /** What has it ask AWS. */
  asksAws?: string[];
  /** A stage that nobody knows is refused before AWS is asked. */
  knowsStages?: true;
  /** What has it look for the system of this machine. */
  asksLocally?: string[];
  /** Where 1 says something of what was looked at. */
  failsWith?: number;
}

const period = ["--from", "2026-11-27T08:00:00+08:00", "--to", "2026-11-27T09:00:00+08:00"];
const twoPlaces: Refusal = [["--stage", "dev", "--local", ".local"], /give one of them/];
const directoryFile = resolve("shared/directory/data/kalimantan-timur.json");

const commands: Readonly<Record<string, Command>> = {
  start: {
    nothing: "works",
    refuses: [
      [["--port", "x"], /--port takes a number/],
      [["--stage", "prod"], /--stage takes dev/],
    ],
  },
  demo: { nothing: "works", asksLocally: [], refuses: [[["now"], /Unexpected argument 'now'/]] },
  token: {
    nothing: /One e-mail address/,
    asksLocally: ["admin.nasional@kemenpanrb.example"],
    refuses: [[["a@b.example", "c@d.example"], /One e-mail address/]],
  },
  "calendar:read": {
    nothing: /Name one iCalendar file/,
    refuses: [
      [["x.ics"], /--year takes a year/],
      [["x.ics", "--year", "2027"], /--decree takes/],
      [["x.ics", "--year", "2027", "--decree", "SKB"], /x\.ics cannot be read/],
    ],
  },
  "directory:load": {
    nothing: /Name the files/,
    asksAws: [directoryFile, "--stage", "dev"],
    asksLocally: [directoryFile],
    refuses: [
      [["none.json"], /none\.json cannot be read/],
      [[directoryFile, ...twoPlaces[0]], twoPlaces[1]],
    ],
  },
  "regions:load": {
    nothing: "works",
    asksAws: ["--stage", "dev"],
    asksLocally: [],
    refuses: [[["Kaltim"], /"Kaltim" is not the code of a province/], twoPlaces],
  },
  moves: { nothing: "works" },
  powers: { nothing: "works" },
  openapi: { nothing: "works" },
  advisories: { nothing: "works", refuses: [[["x"], /Unexpected argument 'x'/]] },
  redrive: {
    nothing: "works",
    asksAws: ["--stage", "dev"],
    asksLocally: [],
    refuses: [
      [["Emails", "Recounts"], /one queue at a time/],
      [["--per-second", "0"], /--per-second takes/],
      twoPlaces,
    ],
  },
  replay: {
    nothing: /--from and --to take an instant each/,
    asksAws: [...period, "--stage", "dev"],
    asksLocally: period,
    refuses: [
      [["--from", "yesterday", "--to", "today"], /take an instant each/],
      [[...period, "--per-second", "x"], /--per-second takes/],
      [[...period, ...twoPlaces[0]], twoPlaces[1]],
    ],
  },
  restore: {
    nothing: /--from takes the name of the restored table/,
    asksAws: ["--from", "old", "--all", "--stage", "dev"],
    asksLocally: ["--from", "old", "--all"],
    refuses: [
      [["--from", "old"], /numbers of cases, or --all/],
      [["--from", "old", "--cases", "7K3MQ-P4X90"], /is no number of a case/],
      [["--from", "old", "--all", ...twoPlaces[0]], twoPlaces[1]],
    ],
  },
  "verify:history": {
    nothing: /Name one file/,
    failsWith: 2,
    refuses: [[["none.json"], /none\.json cannot be read/]],
  },
  preflight: { nothing: /Name the stage/, asksAws: ["--stage", "dev"], knowsStages: true },
  smoke: {
    nothing: /Name one site/,
    refuses: [
      [["lapor.example"], /"lapor\.example" is no address of a site/],
      [["https://lapor.example", "https://two.example"], /Name one site/],
    ],
  },
  where: {
    nothing: /Name the stage/,
    asksAws: ["--stage", "dev"],
    knowsStages: true,
    refuses: [[["Cases", "Emails", "--stage", "dev"], /one name at a time/]],
  },
  "release:check": { nothing: "works" },
  "release:record": { nothing: "works" },
  "lint:templates": { nothing: "works" },
  bench: { nothing: "works" },
  capacity: { nothing: "works", refuses: [[["nonsense"], /Unexpected argument 'nonsense'/]] },
  load: {
    nothing: "works",
    refuses: [
      [["nonsense"], /There is no "nonsense" to load/],
      [["--rate", "fast"], /--rate takes a number/],
    ],
  },
};

/** The scripts of package.json that are commands of ours. The others run somebody else's tool. */
const scripts = new Map(
  Object.entries(project.scripts).flatMap(([name, script]) => {
    const [, file] = /^node (\S+)$/.exec(script) ?? [];
    return file === undefined ? [] : [[name, file] as const];
  }),
);

/** A folder in which there is nothing, so that whatever a command writes is found. */
let folder = "";
/** A port on which nobody listens. */
let closed = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-commands-"));
  mkdirSync(join(folder, "empty"));
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  closed = typeof address === "object" ? (address?.port ?? 0) : 0;
  await new Promise((end) => server.close(end));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs a command where nobody has signed in to AWS, and looks that it writes nothing and prints no stack. */
async function run(name: string, args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const file = scripts.get(name);
  if (file === undefined) throw new Error(`package.json has no command ${name}`);
  const cwd = join(folder, "empty");
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    AWS_REGION: "ap-southeast-3",
    // Nobody asks the machine itself for credentials.
    AWS_EC2_METADATA_DISABLED: "true",
    ...environment,
  };
  const ended = await new Promise<Ended>((resolved) =>
    execFile(process.execPath, [resolve(file), ...args], { cwd, env }, (error, out, err) =>
      resolved({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    ),
  );
  expect(ended.err).not.toMatch(/^\s+at .+:\d+/m);
  expect(readdirSync(cwd)).toEqual([]);
  return ended;
}

const failureOf = ({ failsWith = 1 }: Command): number => failsWith;
const all = Object.entries(commands);

test("every command of package.json is tried here", () => {
  expect(Object.keys(commands).sort()).toEqual([...scripts.keys()].sort());
});

describe.concurrent("a command", () => {
  test.each(all)("%s says how it is used where somebody asks, and does nothing else", async (name) => {
    const { code, out, err } = await run(name, ["--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^Usage: npm (run|start)/);
    expect(out).toContain(`npm ${name === "start" ? "start" : "run"}`);
  });

  test.each(all)(
    "%s refuses an option that it does not know, and says how it is used",
    async (name, command) => {
      const { code, out, err } = await run(name, ["--nonsense"]);
      expect([code, out]).toEqual([failureOf(command), ""]);
      expect(err).toMatch(/^Unknown option '--nonsense'\.\nUsage: npm (run|start)/);
    },
  );

  test.each(all.filter(([, { nothing }]) => nothing !== "works"))(
    "%s says what it needs where it is given nothing",
    async (name, command) => {
      const { code, out, err } = await run(name, []);
      expect([code, out]).toEqual([failureOf(command), ""]);
      expect(err).toMatch(command.nothing);
      expect(err).toContain("\nUsage: npm run");
    },
  );

  test.each(
    all.flatMap(([name, command]) =>
      (command.refuses ?? []).map(([args, says]) => [name, args, says, failureOf(command)] as const),
    ),
  )("%s with %j says %s", async (name, args, says, failsWith) => {
    const { code, out, err } = await run(name, args);
    expect([code, out]).toEqual([failsWith, ""]);
    expect(err).toMatch(says);
  });
});

describe.concurrent("a command that works on a deployed stage", () => {
  const asking = all.flatMap(([name, { asksAws }]) => (asksAws ? [[name, asksAws] as const] : []));

  test.each(asking)("%s says how to sign in where nobody has", async (name, args) => {
    const { code, out, err } = await run(name, args);
    expect(code).toBe(1);
    expect(`${out}${err}`).toContain("Sign in to the account of the stage first");
  });

  test.each(["redrive", "preflight", "where"])(
    "%s says where to look where AWS_PROFILE is a profile that is not there",
    async (name) => {
      const { code, out, err } = await run(name, ["--stage", "dev"], { AWS_PROFILE: "nobody" });
      expect(code).toBe(1);
      expect(`${out}${err}`).toContain("Sign in to the account of the stage first");
      expect(`${out}${err}`).toContain("~/.aws/config has to have that profile");
    },
  );

  test.each(all.filter(([, { knowsStages }]) => knowsStages).map(([name]) => name))(
    "%s knows which stages there are",
    async (name) => {
      const { code, err } = await run(name, ["--stage", "nowhere"]);
      expect(code).toBe(1);
      expect(err).toMatch(/^There is no stage "nowhere"; infra\/config\.ts has dev, .+\nUsage: npm run/);
    },
  );
});

describe.concurrent("a command that works on the system of this machine", () => {
  const asking = all.flatMap(([name, { asksLocally }]) =>
    asksLocally ? [[name, asksLocally] as const] : [],
  );

  test.each(asking)("%s says that it has to be started first", async (name, args) => {
    const { code, out, err } = await run(name, args);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/Start.+npm start/);
  });

  test("a system that was killed has left its addresses behind, and is told from one that runs", async () => {
    const data = join(folder, "killed");
    mkdirSync(data);
    const nobody = `http://127.0.0.1:${closed}`;
    const addresses = { dynamodb: nobody, sqs: nobody, tables: {}, queues: {} };
    writeFileSync(join(data, "addresses.json"), JSON.stringify(addresses));
    const { code, err } = await run("redrive", ["--local", data]);
    expect([code, err.trim()]).toEqual([
      1,
      `The system with the data folder ${data} has ended: nobody answers at ${nobody}. Start it with npm start -- --data ${data}.`,
    ]);
  });
});

test("a smoke test of a site that does not answer says so in one sentence", async () => {
  const { code, out, err } = await run("smoke", [`http://127.0.0.1:${closed}`]);
  expect([code, out, err.trim().split("\n")]).toEqual([
    1,
    "",
    [expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ does not answer at all \(.*ECONNREFUSED.*\): look /)],
  ]);
});
