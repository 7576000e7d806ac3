import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MiniStack, startMiniStack } from "../deploy/ministack.ts";
import { pythonWith, root, run } from "../python.ts";
import { commandsIn } from "./commands.ts";
import { asHere, awsCli, kindsOf, notHere, notKnown, prints, type Word } from "./here.ts";
import { openWayIn, type WayIn } from "./way-in.ts";

// Every command of docs/runbook.md runs as it stands there, in the order in which it stands there, with the real AWS CLI.

const commands = commandsIn(readFileSync(join(root, "docs/runbook.md"), "utf8"));

let aws: MiniStack | undefined;
let wayIn: WayIn | undefined;
let environment: NodeJS.ProcessEnv = {};
const words = new Map<Word, string>();
/** What the commands that ended as they should asked for. */
const ran = new Set<string>();

const at = (name: string) => join(needed(aws).folder, name);

beforeAll(async () => {
  aws = await startMiniStack();
  const real = join(dirname(await pythonWith("awscli", [awsCli])), "aws");
  await mkdir(at("bin"));
  // Version 1 takes the address of SQS from nowhere but the command line.
  const program = `#!/bin/sh\nexec ${real} --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`;
  await writeFile(at("bin/aws"), program, { mode: 0o755 });
  environment = {
    ...aws.env,
    PATH: [at("bin"), aws.env.PATH].join(delimiter),
    AWS_DEFAULT_REGION: aws.env.AWS_REGION,
    // The CDK's command line takes these for options. Nobody is there to agree to a new right.
    CDK_APP: "node test/runbook/app.ts",
    CDK_OUTPUT: at("cdk.out"),
    CDK_REQUIRE_APPROVAL: "never",
  };
  for (const region of ["ap-southeast-3", "us-east-1"])
    await shell(`npx cdk bootstrap aws://000000000000/${region}`);
  await shell("npx cdk deploy --all", 8);
  const { host } = new URL(await where("SiteUrl"));
  const distribution = `--id ${await where("Distribution")} --query Distribution.DomainName --output text`;
  const known = await shell(`aws cloudfront get-distribution ${distribution}`);
  wayIn = await openWayIn({ host, at: known.trim() }, aws.port, aws.folder);
  await makeData();
});

afterAll(async () => {
  wayIn?.stop();
  await aws?.stop();
});

describe("the runbook", () => {
  commands.forEach(({ heading, script }, index) => {
    const here = notHere.every(({ command }) => !command.test(script));
    const missing = notKnown.find(({ command }) => command.test(script));
    const name = `${index + 1}. ${heading}: ${script.split("\n")[0]}`;
    if (!here) return;
    if (missing)
      test(`is more than the emulator knows: ${name}`, async () => {
        const failure = await follow(script).then(
          () => "It works now: take it off the list.",
          (error: Error) => error.message,
        );
        expect(failure).toMatch(missing.says);
        noteKinds(script);
      });
    else
      test(`says what works: ${name}`, async () => {
        const printed = await follow(script);
        for (const { command, print } of prints) if (command.test(script)) expect(printed).toMatch(print);
        noteKinds(script);
      });
  });

  test("leaves a system that takes reports and opens who sent them", async () => {
    // The last that the runbook says of this key is to unlock it as in an earlier step.
    await shell(`aws kms enable-key --key-id ${await where("IdentityKey")}`);
    expect((await report()).trackingNumber).toEqual(expect.any(String));
  });

  test("leaves a note of what ran, which a test without an emulator holds against the runbook", async () => {
    const here = commands.filter(({ script }) => notHere.every(({ command }) => !command.test(script)));
    const asked = [...new Set(here.flatMap(({ script }) => kindsOf(script)))].sort();
    expect([...ran].sort()).toEqual(asked);
    await writeFile(join(import.meta.dirname, "ran.json"), `${JSON.stringify(asked, null, 2)}\n`);
  });

  test("tells what it could not run", () => {
    const told = [...notKnown, ...notHere].flatMap(({ command, because }) =>
      commands
        .filter(({ script }) => command.test(script))
        .map(
          ({ heading, script }) => `  ${heading}: ${script.split(" ").slice(0, 4).join(" ")} (${because})`,
        ),
    );
    console.log(["Commands of the runbook that did not run here:", ...told].join("\n"));
  });
});

function noteKinds(script: string): void {
  for (const kind of kindsOf(script)) ran.add(kind);
}

/** Runs a script of the runbook as an operator does, and tells what it printed. */
async function follow(script: string): Promise<string> {
  for (const { command, first } of beforehand) if (command.test(script)) await first();
  // `npm ci` takes minutes by itself.
  return shell(
    asHere(script, hours, words),
    script.includes("npm ci") ? 9 : 6,
    inCopy.test(script) ? at("checkout") : root,
  );
}

/** What changes the checkout or its packages gets one of its own. */
const inCopy = /^npm ci$|^git checkout |release:record/;

/** What has to be so before a command makes sense. */
const beforehand: { command: RegExp; first: () => Promise<unknown> }[] = [
  {
    command: inCopy,
    async first() {
      if (existsSync(at("checkout"))) return;
      await shell(`git clone --quiet --no-hardlinks ${root} ${at("checkout")}`);
      words.set("COMMIT", (await shell("git rev-parse HEAD")).trim());
    },
  },
  {
    command: /^aws kms cancel-key-deletion /,
    first: async () => shell(`aws kms schedule-key-deletion --key-id ${await where("IdentityKey")}`),
  },
  {
    command: /^aws kms disable-key /,
    async first() {
      const grantee = "--grantee-principal arn:aws:iam::000000000000:root --operations Decrypt";
      const key = await where("IdentityKey");
      // The heading before leaves the key locked, and nobody grants anything on a locked one.
      await shell(`aws kms enable-key --key-id ${key}`);
      const made = await shell(
        `aws kms create-grant --key-id ${key} ${grantee} --query GrantId --output text`,
      );
      words.set("GRANT", made.trim());
    },
  },
  {
    command: /^aws kms put-key-policy /,
    async first() {
      const key = await where("IdentityKey");
      const policy = await shell(`aws kms get-key-policy --key-id ${key} --query Policy --output text`);
      await writeFile(at("policy.json"), policy);
      words.set("POLICY.json", at("policy.json"));
    },
  },
  {
    command: /^npm run -s verify:history /,
    async first() {
      const part = (await readdir(at("anchors"))).find((name) => /-cases-\d+\.jsonl$/.test(name));
      words.set("PART.jsonl", join(at("anchors"), needed(part)));
    },
  },
];

/** Makes what the commands look at: a directory, a report, an officer, and what did not arrive. */
async function makeData(): Promise<void> {
  const { officers, calendar } = { officers: at("officers.json"), calendar: at("decree.ics") };
  const data = "shared/directory/data";
  await shell(`npm run directory:load -- --stage dev ${data}/kalimantan-timur.json ${data}/categories.json`);
  const email = "petugas.contoh@balikpapan.example";
  const pool = await where("Officers");
  const subject = await shell(
    `aws cognito-idp admin-create-user --user-pool-id ${pool} --username ${email} --query User.Username --output text`,
  );
  const officer = { id: "petugas-contoh", name: "Petugas Contoh", email, subject: subject.trim() };
  await writeFile(
    officers,
    JSON.stringify({
      officers: [
        { ...officer, role: "unit-officer", agencyId: "balikpapan-dinas-pekerjaan-umum", mails: "daily" },
      ],
    }),
  );
  await writeFile(calendar, decree);

  await report();
  const { trackingNumber } = await report();
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  // Copies of histories are those of cases that moved on a day before today.
  const key = JSON.stringify({ pk: { S: `CASE#${trackingNumber}` }, sk: { S: "CASE" } });
  const moved = JSON.stringify({ ":day": { S: `moved#${yesterday}#0` } });
  await shell(
    `aws dynamodb update-item --table-name ${await where("Cases")} --key '${key}' --update-expression "SET movedOn = :day" --expression-attribute-values '${moved}'`,
  );
  const dead = JSON.stringify({ kind: "alert", trackingNumber, event: 1 });
  await shell(
    `aws sqs send-message --queue-url ${await where("Emails/DeadLetterQueue")} --message-body '${dead}'`,
  );
  for (const [bucket, object] of [
    ["UnpublishedEvents", "aws/lambda/contoh.json"],
    ["Attachments", `clean/${trackingNumber}/contoh/1`],
  ] as const)
    await shell(`aws s3 cp ${calendar} s3://${await where(bucket)}/${object}`);
  // What a function could not do stands in its log.
  const log = await where("PublicLog");
  await shell(`aws logs create-log-stream --log-group-name ${log} --log-stream-name contoh`);
  const message = JSON.stringify([
    { timestamp: Date.now(), message: '{"level":"ERROR","message":"contoh"}' },
  ]);
  await shell(
    `aws logs put-log-events --log-group-name ${log} --log-stream-name contoh --log-events '${message}'`,
  );
  const { "style.css": style } = JSON.parse(
    await shell(
      `aws lambda get-function-configuration --function-name ${await where("Public")} --query Environment.Variables.STATIC_FILES --output text`,
    ),
  ) as Record<string, string>;

  // All but those that come right before their command.
  const made: Record<Exclude<Word, "COMMIT" | "PART.jsonl" | "GRANT" | "POLICY.json">, string> = {
    "OFFICERS.json": `${data}/kalimantan-timur.json ${officers}`,
    "DIRECTORY.json": `${data}/kalimantan-timur.json ${data}/categories.json`,
    "OFFICER-ID": officer.id,
    OFFICER: email,
    "OLD-TABLE": await where("Cases"),
    NUMBER: trackingNumber,
    DAY: yesterday,
    ANCHORS: at("anchors"),
    "PROOF.json": at("proof.json"),
    "FILE.ics": calendar,
    YEAR: "2027",
    TEXT: "'SKB contoh'",
    "/aset/style.css": needed(style),
  };
  for (const [word, here] of Object.entries(made)) words.set(word as Word, here);
}

const decree = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//contoh//ID
BEGIN:VEVENT
UID:contoh@contoh.example
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20270101
DTEND;VALUE=DATE:20270102
SUMMARY:Tahun Baru Masehi
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");

/** Sends a report from outside. */
async function report(): Promise<{ trackingNumber: string }> {
  const body = at("report.json");
  const written = {
    class: "complaint",
    title: `Lampu jalan padam ${randomUUID()}`,
    text: `Lampu jalan di depan pasar padam sejak malam ${randomUUID()}.`,
    location: { regionCode: "64.71" },
    anonymous: false,
    secret: false,
    reporter: { name: "Warga Contoh", email: "warga@contoh.example" },
  };
  await writeFile(body, JSON.stringify(written));
  const headers = `-H 'Content-Type: application/json' -H 'Idempotency-Key: ${randomUUID()}'`;
  const said = await shell(
    `curl -sS --fail-with-body ${headers} --data @${body} "$(npm run -s where -- SiteUrl --stage dev)"/v1/cases`,
  );
  return JSON.parse(said) as { trackingNumber: string };
}

const where = async (name: string) =>
  (await run("node", ["infra/operations/where.ts", name, "--stage", "dev"], environment, 1)).trim();

const hours = (count: number) => new Date(Date.now() + count * 60 * 60 * 1000).toISOString();

/** Where this machine gets packages from, without what it knows of AWS. */
const ofMachine = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => name === "HOME" || !(name in environment || name.startsWith("AWS_")),
    ),
  );

const shell = (line: string, minutes = 2, folder = root) =>
  run(
    "bash",
    // A pipe, as operators have it: /dev/stdout cannot be opened where it is a socket.
    ["-euo", "pipefail", "-c", `{ ${line}\n} | cat`],
    {
      ...environment,
      ...(line.includes("SiteUrl") && wayIn?.env),
      ...(line.includes("npm ci") && ofMachine()),
    },
    minutes,
    folder,
  );

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("What the commands need could not be made.");
  return value;
}
