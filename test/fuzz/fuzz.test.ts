import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openOffice, road } from "../e2e/office.ts";
import { pythonWith, run } from "../python.ts";

/**
 * Random requests after the contract, by schemathesis: each answer has a declared status, its media type, its headers and its
 * schema, and none is a fault of ours. `FUZZ_REQUESTS`: how many each route gets of each caller; above 20 the edges of every field
 * are gone through as well. `FUZZ_SEED`: repeats a run, which prints it.
 */
const requests = Number(process.env.FUZZ_REQUESTS ?? 3);
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 1_000_000));
const packages = ["schemathesis==4.32.5", "hypothesis==6.170.17", "jsonschema_rs==0.60.3"];
const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
];

const office = openOffice();
const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";

let python = "";
let real: { numbers: string[]; receipt: string };
/** How long each log was before: while the directory is loaded, the start is told that the system is not ready. */
const logged = new Map<string, number>();
const logs = ["Public", "Reporter", "Officer", "Administration", "Evidence", "Identity"];
const logOf = (name: string) => readFileSync(join(office.dataDir, "logs", `${name}.log`), "utf8");

/** Reports in several states, so that a request that names one comes as far as the rules. The receipt is the first one's. */
async function reports() {
  const sent = await Promise.all(
    ["", "b", "c", "d"].map((more) => office.send({ ...road, title: `${road.title} ${more}` })),
  );
  const numbers = sent.map(({ body }) => body.trackingNumber as string);
  const move = async (email: string, number: string | undefined, path: string, told: object) =>
    expect(await office.as(email, "POST", `/v1/officer/cases/${number}/${path}`, told)).toMatchObject({
      status: 200,
    });
  const [answered, asked, verified] = numbers;
  for (const number of [answered, asked, verified]) await move(city, number, "verification", {});
  await move(unit, answered, "answer", { text: "Lubangnya sudah kami tutup dengan aspal." });
  await move(unit, asked, "question", { text: "Di sisi mana dari pasar?" });
  return { numbers, receipt: sent[0]?.body.receipt as string };
}

/** Names things that are there in nine of ten requests whose path asks for one. */
function knownThings({ numbers }: typeof real): string {
  const known = Object.entries({ trackingNumber: numbers, agencyId: [road.agencyId], year: ["2026"] });
  return [
    ...known.map(([name, values]) => `[dictionaries.${name}]\nvalues = ${JSON.stringify(values)}`),
    "[parameters]",
    ...known.map(([name]) => `${name} = { dictionary = "${name}", probability = 0.9 }`),
  ].join("\n");
}

interface Caller {
  authorization?: string;
  /** Which addresses, as a regular expression. */
  at: string;
  /** Whether it names cases that are there. A stranger makes numbers up. */
  knows?: boolean;
}

/** Has schemathesis ask as this caller. Fails with what it found, and with a command line of curl for each. */
async function ask(name: string, { authorization, at, knows = true }: Caller): Promise<string> {
  const folder = join(office.dataDir, "fuzz", name);
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "schemathesis.toml");
  writeFileSync(config, knows ? knownThings(real) : "");
  const { api } = office.addresses;
  return run(
    python,
    [
      ...["-m", "schemathesis.cli", "--config-file", config, "run", `${api}/v1/openapi.json`],
      ...["--include-path-regex", at, "--checks", checks.join(",")],
      ...["--phases", requests > 20 ? "coverage,fuzzing" : "fuzzing", "--max-examples", String(requests)],
      ...["--seed", String(seed)],
      ...["--workers", "1", "--continue-on-failure", "--no-shrink", "--warnings", "off", "--no-color"],
      ...["--generation-database", "none", "--request-timeout", "20"],
      ...(authorization === undefined ? [] : ["--header", `authorization: ${authorization}`]),
    ],
    { ...process.env, PYTHONWARNINGS: "ignore" },
    4 + requests,
    // What it remembers of a run goes with the folder.
    folder,
  );
}

const bearer = async (email: string) => `Bearer ${await office.tokenOf(email)}`;

describe(`random requests after the contract (seed ${seed})`, () => {
  beforeAll(async () => {
    python = await pythonWith("fuzz", packages, "schemathesis");
    real = await reports();
    for (const name of logs) logged.set(name, logOf(name).length);
  }, 400_000);

  const anywhere = "^/v1/";
  const callers: Record<string, () => Promise<Caller>> = {
    "of somebody without anything": async () => ({ at: anywhere, knows: false }),
    "of a reporter with the receipt": async () => ({
      at: "^/v1/cases",
      authorization: `Receipt ${real.receipt}`,
    }),
    "of an officer at work": async () => ({ at: "^/v1/officer", authorization: await bearer(unit) }),
    "of an administrator of a city": async () => ({
      at: "^/v1/(officer|admin)",
      authorization: await bearer(city),
    }),
    "of an auditor": async () => ({
      at: "^/v1/(officer|admin)",
      authorization: await bearer("auditor@kemenpanrb.example"),
    }),
    // The last one, because it may close an agency or dismiss an officer whom it meets.
    "of the national administrator": async () => ({
      at: "^/v1/(officer|admin)",
      authorization: await bearer("admin.nasional@kemenpanrb.example"),
    }),
  };

  test.each(Object.entries(callers))("%s are answered as it says", async (name, caller) => {
    const told = await ask(name.replaceAll(" ", "-"), await caller());
    const [, selected, , tested] = /Selected: (\d+)\/(\d+)\s+Tested: (\d+)/.exec(told) ?? [];
    console.log(`${name}: ${/(\d+) generated/.exec(told)?.[1]} requests to ${tested} routes`);
    expect([tested, Number(tested) > 20]).toEqual([selected, true]);
  });

  test("the logs hold no fault either", () => {
    const faults = logs.flatMap((name) =>
      logOf(name)
        .slice(logged.get(name))
        .split("\n")
        .filter((line) => line.includes('"level":"ERROR"')),
    );
    expect(faults).toEqual([]);
  });
});
