import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Stage } from "../../infra/config.ts";
import type { Account } from "../../infra/operations/preflight/account.ts";
import { accountOnAws } from "../../infra/operations/preflight/account-on-aws.ts";
import { lineOf, preflight } from "../../infra/operations/preflight/looks.ts";
import { json, startAccount } from "../fakes/aws-account.ts";
import { filledIn as stage } from "../fakes/filled-in.ts";

const now = new Date("2026-11-27T02:00:00Z");

const topicArn = "arn:aws:sns:ap-southeast-3:210987654321:sp4n-lapor-prod-data-Alarms04B5A0BF-x";
const topics = [
  topicArn,
  "arn:aws:sns:ap-southeast-3:210987654321:sp4n-lapor-prod-data-Tickets83B11BB2-x",
  "arn:aws:sns:us-east-1:210987654321:sp4n-lapor-prod-edge-Alarms04B5A0BF-x",
];

/** An account in which nothing is missing. */
const ready: Account = {
  own: async () => "210987654321",
  regionStatus: async () => "ENABLED",
  isBootstrapped: async () => true,
  concurrency: async () => 1_000,
  gatewayQuota: async () => 10_000,
  mail: async () => ({ production: true, sending: true, ratePerSecond: 14 }),
  sender: async () => ({ verified: true, dkim: "SUCCESS", mailFrom: "SUCCESS" }),
  subscriptions: async (region) =>
    topics
      .filter((one) => one.includes(`:${region}:`))
      .map((one) => ({ topicArn: one, endpoint: "piket@contoh.go.id", confirmed: true })),
  certificate: async () => ({
    status: "ISSUED",
    names: ["lapor.contoh.go.id"],
    until: new Date("2027-11-01T00:00:00Z"),
  }),
  lockOf: async () => ({ mode: "COMPLIANCE", days: 3_650 }),
  anchors: async () => "anchors",
  signInPages: async () => ({ account: "210987654321", userPool: "ap-southeast-3_Own" }),
  userPool: async () => "ap-southeast-3_Own",
};

const wrongWith = async (account: Partial<Account>, of: Stage = stage) =>
  (await preflight(of, { ...ready, ...account }, now)).filter(({ weight }) => weight !== "notes");

test("nothing is wrong with an account that is ready, and only what Object Lock holds is told", async () => {
  const findings = await preflight(stage, ready, now);
  expect(findings.map(({ weight }) => weight)).toEqual(["notes"]);
  expect(findings.map(lineOf)).toEqual([
    expect.stringMatching(
      /^note +Daily copies of hashes are locked for 3650 days \(compliance\)\. This means: nobody, not the root user/,
    ),
  ]);
});

test("copies in this account alone are told: they end with it", async () => {
  const { copiesTo: _, ...without } = stage;
  const [told, ...others] = await wrongWith({}, without);
  expect([told?.weight, told?.found, others]).toEqual(["warns", "All copies are in this account", []]);
  expect(await wrongWith({}, { ...without, production: false })).toEqual([]);
});

describe("what refuses a deployment", () => {
  test.each<[string, Partial<Account>, Stage, string, string]>([
    [
      "a region that the account has not enabled",
      { regionStatus: async (region) => (region === "ap-southeast-3" ? "DISABLED" : "ENABLED_BY_DEFAULT") },
      stage,
      "ap-southeast-3 is DISABLED",
      "aws account enable-region --region-name ap-southeast-3",
    ],
    [
      "a region that the CDK has not bootstrapped",
      { isBootstrapped: async (region) => region !== "us-east-1" },
      stage,
      "CDKToolkit is not in us-east-1",
      "npx cdk bootstrap aws://210987654321/us-east-1",
    ],
    [
      "a certificate elsewhere than in us-east-1",
      {},
      {
        ...stage,
        domain: {
          name: "lapor.contoh.go.id",
          certificateArn: "arn:aws:acm:ap-southeast-3:210987654321:certificate/x",
        },
      },
      "is in ap-southeast-3",
      "request it in us-east-1",
    ],
    [
      "a certificate that is not there",
      { certificate: async () => undefined },
      stage,
      "is not there",
      "request one",
    ],
    [
      "a certificate that is not issued",
      { certificate: async () => ({ status: "PENDING_VALIDATION", names: ["*.contoh.go.id"] }) },
      stage,
      "is PENDING_VALIDATION",
      "the record that ACM names",
    ],
    [
      "a certificate for another name",
      { certificate: async () => ({ status: "ISSUED", names: ["contoh.go.id", "*.lain.go.id"] }) },
      stage,
      "is for contoh.go.id, *.lain.go.id",
      "request a certificate for lapor.contoh.go.id",
    ],
    [
      "a new account, which runs ten functions at once",
      { concurrency: async () => 10 },
      stage,
      "Lambda runs 10 functions at once in this account, and the stage reserves 612 or more of them",
      "Service Quotas",
    ],
    [
      "sign-in pages at an address that another user pool has",
      { userPool: async () => undefined },
      stage,
      "The sign-in pages at sp4n-lapor in ap-southeast-3 belong to the user pool ap-southeast-3_Own",
      "choose another signIn.domainPrefix",
    ],
    [
      "an alarm address that nobody has",
      {},
      { ...stage, alarmAddress: "alarm@lapor.example" },
      "alarmAddress",
      "infra/config.ts",
    ],
  ])("%s is refused, with what to do", async (_what, account, of, found, toDo) => {
    const [finding, ...others] = await wrongWith(account, of);
    expect(finding).toMatchObject({
      weight: "refuses",
      found: expect.stringContaining(found),
      toDo: expect.stringContaining(toDo),
    });
    expect(others).toEqual([]);
  });

  test("credentials for another account are refused, and nothing of that account is looked at", async () => {
    const looked = vi.fn();
    const other = new Proxy(ready, {
      get: (account, name: keyof Account) =>
        name === "own" ? async () => "999999999999" : (looked(), account[name]),
    });
    expect(await preflight(stage, other, now)).toEqual([
      expect.objectContaining({
        weight: "refuses",
        found: "The credentials are for the account 999999999999, and prod is in 210987654321",
      }),
    ]);
    expect(looked).not.toHaveBeenCalled();
  });

  test("without credentials nothing is looked at, and that is no success", async () => {
    const own = async () =>
      Promise.reject(
        Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" }),
      );
    const [finding] = await wrongWith({ own });
    expect(finding).toMatchObject({
      weight: "refuses",
      found: expect.stringContaining("Could not load credentials"),
    });
  });
});

describe("what people would notice", () => {
  test("a stage that reserves nothing is told what it needs about", async () => {
    const { concurrency: _, ...unreserved } = stage;
    expect(await wrongWith({ concurrency: async () => 10 }, unreserved)).toMatchObject([
      {
        weight: "warns",
        found: "Lambda runs 10 functions at once in this account, and the stage's settings need about 510",
      },
    ]);
  });

  test.each<[string, Partial<Account>, string, string]>([
    [
      "a gateway that takes less than the stage lets through",
      { gatewayQuota: async (quota) => (quota === "rate" ? 2_500 : 1_250) },
      "throttle.burst is 4000, and the account's quota is 1250",
      "lower throttle.burst",
    ],
    [
      "the sandbox of SES",
      { mail: async () => ({ production: false, sending: true, ratePerSecond: 14 }) },
      "SES is in its sandbox in ap-southeast-3",
      "production access",
    ],
    [
      "sending that SES has paused",
      { mail: async () => ({ production: true, sending: false, ratePerSecond: 14 }) },
      "SES has paused sending",
      "answer it",
    ],
    [
      "a rate of mails below what the stage sends",
      { mail: async () => ({ production: true, sending: true, ratePerSecond: 1 }) },
      "SES takes 1 mails a second, and mailConcurrency is 10",
      "lower mailConcurrency to 2",
    ],
    [
      "a sender that SES does not know",
      { sender: async () => undefined },
      "does not know the sender's domain lapor.contoh.go.id",
      "DKIM",
    ],
    [
      "a sender that is not verified",
      { sender: async () => ({ verified: false, dkim: "PENDING", mailFrom: "SUCCESS" }) },
      "lapor.contoh.go.id is not verified (DKIM is PENDING)",
      "DNS",
    ],
    [
      "bounces that go nowhere",
      { sender: async () => ({ verified: true, dkim: "SUCCESS", mailFrom: "FAILED" }) },
      "bounces.lapor.contoh.go.id has no MX record",
      "MX",
    ],
    [
      "an alarm that reaches nobody",
      {
        subscriptions: async (region) =>
          (await ready.subscriptions(region)).map((one) => ({ ...one, confirmed: region !== "us-east-1" })),
      },
      "(us-east-1) is not confirmed",
      "press the link",
    ],
    [
      "a topic that somebody has ended the mails of",
      {
        subscriptions: async (region) =>
          (await ready.subscriptions(region)).filter(({ topicArn: one }) => !one.includes("Tickets")),
      },
      "Nobody is subscribed to sp4n-lapor-prod-data-Tickets (ap-southeast-3)",
      "press the new link",
    ],
    [
      "a certificate that ends soon",
      {
        certificate: async () => ({
          status: "ISSUED",
          names: ["*.contoh.go.id"],
          until: new Date("2026-12-20T00:00:00Z"),
        }),
      },
      "ends on 2026-12-20",
      "renewed",
    ],
    [
      "a lock that is not the stage's",
      { lockOf: async () => ({ mode: "COMPLIANCE", days: 30 }) },
      "locked for 30 days (compliance), and the stage says 3650 (compliance)",
      "decided",
    ],
  ])("%s is a warning, with what to do", async (_what, account, found, toDo) => {
    const [finding, ...others] = await wrongWith(account);
    expect(finding).toMatchObject({
      weight: "warns",
      found: expect.stringContaining(found),
      toDo: expect.stringContaining(toDo),
    });
    expect(others).toEqual([]);
  });

  test("topics of other stages and other systems say nothing of this one", async () => {
    const subscriptions = async () => [
      { topicArn: topicArn.replace("-prod-", "-staging-"), endpoint: "a@contoh.go.id", confirmed: false },
      {
        topicArn: "arn:aws:sns:ap-southeast-3:210987654321:lain",
        endpoint: "b@contoh.go.id",
        confirmed: false,
      },
    ];
    expect(await wrongWith({ subscriptions })).toEqual([]);
    expect((await preflight(stage, { ...ready, subscriptions }, now)).map(lineOf)[0]).toContain(
      "press the links",
    );
  });
});

test.each(Object.keys(ready).filter((name) => name !== "own"))(
  "credentials that may not ask for %s are told which right they lack, and all else is looked at",
  async (name) => {
    const refused = async () =>
      Promise.reject(Object.assign(new Error("not authorized"), { name: "AccessDeniedException" }));
    const found = await wrongWith({ [name]: refused });
    expect(found).toEqual([
      expect.objectContaining({
        weight: "warns",
        found: expect.stringMatching(/could not be looked at: the credentials may not do [\w-]+:\w+$/),
        toDo: expect.stringMatching(/^use credentials that may do [\w-]+:\w+$/),
      }),
    ]);
  },
);

test("the rights that the looks need are those that the workflow's role gets", async () => {
  const refused = async () =>
    Promise.reject(Object.assign(new Error("not authorized"), { name: "AccessDeniedException" }));
  const nothing = Object.fromEntries(Object.keys(ready).map((name) => [name, refused])) as unknown as Account;
  const found = await wrongWith({ ...nothing, own: ready.own });
  const needed = found.map(({ toDo }) => toDo.split(" ").at(-1) ?? "");
  expect(needed.length).toBeGreaterThan(8);
  const granted = readFileSync("docs/first-deployment.md", "utf8");
  for (const action of needed) expect(granted).toContain(`\`${action}\``);
});

describe("AWS itself, played by a server that answers as it does", () => {
  const ending: (() => Promise<void>)[] = [];
  afterEach(async () => {
    vi.unstubAllEnvs();
    for (const end of ending.splice(0)) await end();
  });

  const environment = (endpoint: string) => ({
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_MAX_ATTEMPTS: "1",
  });

  const played = async (over: Parameters<typeof startAccount>[0]) => {
    const account = await startAccount(over);
    ending.push(account.stop);
    return account;
  };

  test("is asked for everything, and its answers are read", async () => {
    const { endpoint, asked } = await played({});
    for (const [name, value] of Object.entries(environment(endpoint))) vi.stubEnv(name, value);
    const findings = await preflight(stage, accountOnAws(stage), now);
    expect(findings.map(lineOf)).toEqual([
      expect.stringMatching(/^note +Daily copies .* 3650 days \(compliance\)/),
    ]);
    expect([...new Set(asked)].sort()).toEqual([
      "DescribeCertificate",
      "DescribeStacks",
      "DescribeUserPoolDomain",
      "GetAccount",
      "GetAccountSettings",
      "GetCallerIdentity",
      "GetEmailIdentity",
      "GetObjectLockConfiguration",
      "GetRegionOptStatus",
      "GetServiceQuota",
      "ListStackResources",
      "ListSubscriptions",
    ]);
  });

  test("refuses, knows no sender and has no certificate: each is told in its line", async () => {
    const { endpoint } = await played({
      GetAccountSettings: () => json({ __type: "AccessDeniedException", Message: "no" }, 403),
      GetEmailIdentity: () => json({ __type: "NotFoundException", message: "no" }, 404),
      DescribeCertificate: () => json({ __type: "ResourceNotFoundException", message: "no" }, 400),
      DescribeUserPoolDomain: () =>
        json({ DomainDescription: { AWSAccountId: "999999999999", UserPoolId: "ap-southeast-3_Other" } }),
      GetServiceQuota: () => json({ __type: "NoSuchResourceException", Message: "no" }, 400),
    });
    for (const [name, value] of Object.entries(environment(endpoint))) vi.stubEnv(name, value);
    const lines = (await preflight(stage, accountOnAws(stage), now)).map(lineOf);
    expect(lines).toEqual([
      expect.stringContaining("may not do lambda:GetAccountSettings"),
      expect.stringContaining("SES does not know the sender's domain"),
      expect.stringMatching(/^REFUSED +The certificate .* is not there/),
      expect.stringMatching(
        /^REFUSED +The sign-in pages .* the user pool ap-southeast-3_Other of the account 9{12}/,
      ),
      expect.stringMatching(/^note/),
    ]);
  });

  /** Runs `npm run preflight` against the played account. */
  const command = async (endpoint: string, ...args: string[]) => {
    const child = spawn(process.execPath, ["infra/operations/preflight/preflight.ts", ...args], {
      env: { ...process.env, ...environment(endpoint) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const code = new Promise((resolve) => child.on("close", resolve));
    const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, complaint };
  };

  test("the command ends with 0 and warnings for a stage that can be deployed", async () => {
    const { endpoint } = await played({
      GetAccount: () =>
        json({ ProductionAccessEnabled: false, SendingEnabled: true, SendQuota: { MaxSendRate: 1 } }),
    });
    const { code, out, complaint } = await command(endpoint, "--stage", "staging");
    expect([code, complaint]).toEqual([0, ""]);
    expect(out).toMatch(/^WARNING +SES is in its sandbox in ap-southeast-3\. This means: .+\. To do: .+\.$/m);
    expect(out).toMatch(/^staging: 0 refused, \d warnings, \d+ notes\.\n$/m);
  });

  test("the command ends with 1 for production as it is shipped, whose addresses are invented", async () => {
    const { endpoint } = await played({});
    const { code, out } = await command(endpoint, "--stage", "prod");
    expect(code).toBe(1);
    expect(out).toMatch(/^REFUSED +account is not set/m);
    expect(out).toMatch(/^REFUSED +senderAddress is/m);
  });

  test("a stage that nobody configured is refused with the usage", async () => {
    const { code, complaint } = await command("http://127.0.0.1:1", "--stage", "elsewhere");
    expect([code, complaint]).toEqual([1, expect.stringContaining("Usage: npm run preflight")]);
  });
});
