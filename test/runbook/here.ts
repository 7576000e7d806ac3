import { checks } from "../../infra/operations/smoke/checks.ts";

// What the commands of docs/runbook.md become where they are tried: on an emulator of AWS, with a stage that it takes.

/** The AWS CLI that runs them. */
export const awsCli = "awscli==1.46.2";

/** The runbook speaks of production. What is deployed here is `dev`, with what only production has (`app.ts`). */
const stageHere: [RegExp, string][] = [
  [/--stage prod\b/g, "--stage dev"],
  [/\bstage=prod\b/g, "stage=dev"],
  [/\bsp4n-lapor-prod-/g, "sp4n-lapor-dev-"],
];

/** What stands for something of the reader's own. The longer one of two that begin alike comes first. */
export const words = [
  "OFFICERS.json",
  "DIRECTORY.json",
  "OFFICER-ID",
  "OFFICER",
  "OLD-TABLE",
  "NUMBER",
  "DAY",
  "ANCHORS",
  "PROOF.json",
  "PART.jsonl",
  "POLICY.json",
  "FILE.ics",
  "YEAR",
  "TEXT",
  "COMMIT",
  "GRANT",
  "/aset/style.css",
] as const;

export type Word = (typeof words)[number];

/** What is written in capitals and means itself. */
const meantSo = new Set(["CLOUDFRONT", "ERROR", "FAILED", "SYSTEM", "NEW_IMAGE"]);

/** The script as it runs here: with the stage, the hours and the words that there are. A word without a value stays. */
export function asHere(script: string, hour: (from: number) => string, values: Map<Word, string>): string {
  let line = script.replace(/--from \d\S+ --to \d\S+/, () => `--from ${hour(-1)} --to ${hour(1)}`);
  for (const [said, here] of stageHere) line = line.replace(said, here);
  for (const word of words) line = line.replaceAll(word, () => values.get(word) ?? word);
  return line;
}

const comments = / #.*$/gm;

/** The words in capitals that a script still has. */
export const leftIn = (script: string): string[] =>
  (script.replace(comments, "").match(/\b[A-Z][A-Z_-]+[A-Z]\b(?:\.\w+)?/g) ?? []).filter(
    (word) => !meantSo.has(word),
  );

/** What a command asks for, without what it asks about: its program, what that shall do, and its options. */
export function kindsOf(script: string): string[] {
  const plain = script
    .replace(/\\\n/g, " ")
    .replace(comments, "")
    // The address of something, what is said between quotes, and the instant that a command works out.
    .replace(/"\$\(npm run -s where -- [^)]*\)"|"[^"]*"|'[^']*'|\$\(\([^]*?\)\)/g, "…");
  return plain.split(/\n|&&/).flatMap((part) => {
    const said = part.trim().split(/\s+/).filter(Boolean);
    if (said.length === 0) return [];
    const named = said.slice(1).filter((one) => !one.startsWith("-"));
    const does = { aws: 2, npm: said.includes("run") ? 2 : 1, npx: 2, git: 1 }[said[0] ?? ""] ?? 0;
    const options = said.filter((one) => /^-\w|^--\w/.test(one) && one !== "-s").sort();
    return [[said[0], ...named.slice(0, does), ...options].join(" ")];
  });
}

/** What the emulator, or the AWS CLI that runs here, does not know. It has to say so. What begins to work has to leave this list. */
export const notKnown = [
  {
    command: /^npm run smoke /,
    says: new RegExp(
      `^ok {3}health\n[^]*^RED {2}officers' sign-in\\.[^]*: ${checks.length - 1} of ${checks.length} checks are well`,
      "m",
    ),
    because: "MiniStack 1.5.33 has no address of an issuer that functions reach; all other checks are well",
  },
  {
    command: /^aws wafv2 get-rate-based-statement-managed-keys /,
    says: /Unknown WAF action/,
    because: "MiniStack 1.5.33 counts no requests at the edge",
  },
  {
    command: /^aws guardduty list-malware-protection-plans$/,
    says: /An error occurred \(400\) when calling the ListMalwareProtectionPlans operation/,
    because: "MiniStack 1.5.33 has no GuardDuty",
  },
  {
    command: /^npm run redrive /,
    says: /StartMessageMoveTask is not valid/,
    because: "MiniStack 1.5.33 moves no messages out of a dead-letter queue",
  },
  {
    command: /^aws cognito-idp admin-delete-software-token /,
    // It lists the calls that it knows.
    says: /ended with code 2:[^]*admin-user-global-sign-out/,
    because: `the AWS CLI of PyPI (${awsCli}) does not know this call yet`,
  },
];

/** What does not run here, and where it does. */
export const notHere = [
  { command: /^npm run test:runbook$/, because: "it is this test" },
  { command: /^npm run test:versions$/, because: "it is a test of its own, and needs nothing deployed" },
  { command: /^npm run bench -- search$/, because: "it measures for minutes, and needs nothing deployed" },
];

/** What commands print where the runbook says what to look for. */
export const prints: { command: RegExp; print: RegExp }[] = [
  { command: /^npm run -s where -- --stage/, print: /api\/PublicLog[^]*https?:\/\/\S+EmailsDeadLetterQueue/ },
  { command: /account-settings$/, print: /"ConcurrentExecutions": \d+/ },
  { command: /list-schedules$/, print: /"Name": "sp4n-lapor-dev-jobs-Sweep[^]*"State": "ENABLED"/ },
  { command: /^aws logs /, print: /"level":"ERROR"/ },
  { command: /^curl .*\/v1\/health$/, print: /"status":"ok"/ },
  { command: /^curl -i .*\/v1\/health$/, print: /^HTTP\/1\.1 200/m },
  { command: /^npm run directory:load /, print: /agencies: \d+/ },
  { command: /OFFICERS\.json/, print: /officers: 1 added/ },
  { command: /^git checkout .* cdk deploy /, print: /sp4n-lapor-dev-api/ },
  { command: /^curl -I .*\/sw\.js$/, print: /^cache-control: no-cache/im },
  { command: /\/aset\/style\.css$/, print: /^HTTP\/1\.1 200/m },
  { command: /^aws s3 ls .*\/aset\/"$/, print: /style-[0-9a-f]{10}\.css/ },
  { command: /sesv2 get-account$/, print: /"ProductionAccessEnabled": / },
  { command: /get-email-identity /, print: /"MailFromDomain": "bounces\./ },
  { command: /^aws sqs receive-message /, print: /"Body": "\{\\"kind\\":/ },
  { command: /^aws sqs send-message /, print: /"MessageId"/ },
  { command: /^npm run replay /, print: /^[1-9]\d* messages about [1-9]\d* events of [1-9]/m },
  { command: /^aws s3 ls --recursive /, print: /aws\/lambda\/\S+/ },
  {
    command: /^npm run restore /,
    print: /^restored: 0, kept: [2-9], absent: 0, broken: 0, contradicted: 0$/m,
  },
  { command: /LatestStreamArn/, print: /^arn:aws:dynamodb:.*cases-restored\/stream\//m },
  { command: /^aws backup list-backup-jobs /, print: /"BackupJobs": / },
  { command: /^aws backup list-copy-jobs /, print: /"CopyJobs": / },
  { command: /list-backups /, print: /"BackupSummaries": / },
  { command: /describe-stack-events /, print: /"ResourceStatus": "(CREATE|UPDATE)_COMPLETE"/ },
  { command: /admin-get-user /, print: /"Name": "sub"/ },
  { command: /^aws lambda invoke /, print: /^(?![^]*FunctionError)[^]*"StatusCode": 200/ },
  { command: /^npm run -s verify:history /, print: /^Unbroken: .* recorded elsewhere/ },
  { command: /^npm run -s calendar:read /, print: /"year": 2027/ },
  { command: /^aws kms get-key-policy /, print: /"kms:DescribeKey"/ },
  { command: /^aws kms list-grants /, print: /"GrantId"/ },
  { command: /^aws kms cancel-key-deletion /, print: /"KeyId"/ },
  { command: /list-object-versions /, print: /"VersionId"/ },
  { command: /GlobalSecondaryIndexes/, print: /"by-retention"/ },
  { command: /^npm run release:record$/, print: /templates are recorded/ },
];
