import { format, resolveConfig } from "prettier";
import type { LoadMeasured, Rush } from "../load/measured.ts";
import { assumptions } from "./model/assumptions.ts";
import type { Inventory } from "./model/inventory.ts";
import type { MeasuredStep, Measurement } from "./model/measurement.ts";
import type { PriceList } from "./model/prices.ts";
import { disaster, peakFactor, rushesOf, scenariosOf } from "./model/scenarios.ts";
import { stepsOfLife } from "./model/usage.ts";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const number = (value: number, digits = 0): string =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** Dollars with as many digits as say something. */
const dollars = (value: number): string =>
  value >= 100 ? number(value) : value >= 1 ? number(value, 2) : value === 0 ? "0" : value.toPrecision(2);
const rupiah = (value: number, rate: number): string =>
  `Rp${number(value * rate, value * rate < 100 ? 1 : 0)}`;

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const others = ({ requests }: MeasuredStep): string =>
  Object.entries(requests)
    .filter(([name]) => !name.startsWith("dynamodb"))
    .map(([name, count]) => `${count} ${name}`)
    .join(", ") || "–";

function rowOfStep(step: MeasuredStep, alone: MeasuredStep | undefined): string[] {
  const functions = Object.entries(step.functions);
  const milliseconds = (of: MeasuredStep | undefined) =>
    number(sum(Object.values(of?.functions ?? {}).map((one) => one.milliseconds)));
  return [
    step.step,
    functions.map(([name, { calls }]) => `${calls} ${name.replace("/Function", "")}`).join(", ") || "–",
    milliseconds(step),
    milliseconds(alone),
    number(sum(Object.values(step.units).map(({ write }) => write)), 1),
    number(sum(Object.values(step.units).map(({ read }) => read)), 1),
    number(step.unitsLocally, 1),
    others(step),
    number(step.bytes.toBrowsers + step.bytes.files),
  ];
}

/** Units of all steps, by table and index. */
function unitsByPlace(steps: readonly MeasuredStep[]): [string, { read: number; write: number }][] {
  const total = new Map<string, { read: number; write: number }>();
  for (const { units } of steps)
    for (const [place, { read, write }] of Object.entries(units)) {
      const before = total.get(place) ?? { read: 0, write: 0 };
      total.set(place, { read: before.read + read, write: before.write + write });
    }
  return [...total].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the local system did under load. */
function measuresOf({ rush, soak }: LoadMeasured): string {
  const row = (name: string, one: Rush["steady"]) => [
    name,
    `${number(one.seconds)} s`,
    number(one.requests),
    number(one.perSecond, 1),
    number(one.p50),
    number(one.p99),
    number(one.shed),
    number(sum(Object.values(one.errors))),
  ];
  const runs = [...(rush ? [rush] : []), ...(soak ? [soak] : [])];
  const about = runs.map(
    ({ measuredOn, busyness }) =>
      `${measuredOn.slice(0, 16).replace("T", " ")} UTC, while ${number(busyness, 1)} processes wanted a processor`,
  );
  return `## Measures

\`npm run load\` loads the system as one machine runs it, with four environments a function: people read, track and report, and an officer looks at
a queue. Measured on ${runs[0]?.machine}: ${about.join("; ")}. Times of such a machine say little of AWS. Errors, growth of memory and
recovery say something of the code.

${table(
  ["Phase", "Lasted", "Requests", "A second", "p50 (ms)", "p99 (ms)", "Shed", "Errors"],
  [
    ...(rush ? [row("Steady", rush.steady), row(`Spike, ${rush.factor} times as much`, rush.spike)] : []),
    ...(soak ? [row("Soak", soak.soak)] : []),
  ],
)}

- "Shed" is an answer of 503 that says when to come again. Here a request waits for 20 seconds for an environment before that. Any other
  5xx, a lost connection, and no answer in 30 seconds are errors, and the command fails on one.
${
  rush
    ? rush.recoverySeconds === undefined
      ? "- Two minutes after the spike p99 was not within twice the steady one yet.\n"
      : `- ${rush.recoverySeconds} seconds after the spike p99 was within twice the steady one, and stayed there.\n`
    : ""
}${
    soak
      ? `- Over the soak the memory of the process of gateway and functions went from ${number(soak.memory.start)} to ${number(soak.memory.end)} MB. The line that fits it best rises by
  ${number(soak.memory.perMinute, 2)} MB a minute, over the second half by ${number(soak.memory.perMinuteOfSecondHalf, 2)}. Some twenty threads collect their garbage when they like, so this shows a large
  leak and no small one. On AWS an environment lives for hours at most.
`
      : ""
  }
`;
}

/** The document: it follows from what was measured, from the templates, the settings of the stages, and the prices. */
export async function capacityDocument(
  measured: Measurement,
  stages: { dev: Inventory; prod: Inventory },
  prices: PriceList,
  load: LoadMeasured,
): Promise<string> {
  const { rate, of, source, status } = prices.rupiahOfDollar;
  const { prod } = stages;
  const scenarios = scenariosOf(measured, stages, prices);
  const rushes = rushesOf(measured, prod);
  const idle = scenarios.find(({ name }) => name.includes("`prod`"));
  const country = scenarios.find(({ name }) => name.startsWith("LAPOR!"));
  const short = rushes[0]?.needs.filter(({ needed, there }) => needed > there) ?? [];
  const standIns = Object.values(prices.prices).filter(({ status: of }) => of === "stand-in").length;
  const memory = Object.values(prices.prices).filter(({ status: of }) => of === "memory").length;
  const life = stepsOfLife(measured.busy);
  const bill = (name: string, found: typeof idle) => `### ${name}

${table(
  ["What", "Count", "US$", "Share"],
  (found?.bill.lines ?? [])
    .filter(({ usd }) => usd >= 0.005)
    .map(({ what, count, usd }) => [
      what,
      number(count, count < 10 ? 2 : 0),
      dollars(usd),
      `${number((usd / (found?.bill.usd ?? 1)) * 100)} %`,
    ]),
)}`;

  const text = `# Capacity and cost

\`npm run capacity\` writes this file. It plays the whole life of a report with the functions' own bundles on DynamoDB Local, counts what
goes over the wire, and multiplies that by the prices in [prices.json](prices.json). What was measured is in
[capacity.json](capacity.json). \`npm run capacity -- --stored\` computes the file anew without measuring. A test holds that units and requests
are still those of the code, and that this file follows from them.

Measured on ${measured.measuredOn} with the settings of \`${measured.stage}\`, on ${measured.machine}. Units, requests and bytes are those of the code.
Milliseconds are those of that machine, which did other things too. Lambda's differ: its processor, its distance to DynamoDB and its starts are others.

**Read the money with care.** Of ${Object.keys(prices.prices).length} prices ${memory} are from memory and ${standIns} are those of another region. Only the others were found for Jakarta, or for
everywhere. The table at the end says which. The rate is Rp${number(rate)} a dollar of ${of} (${source}; ${status}).

## What it costs

${table(
  ["Situation", "", "US$", "Rupiah", "US$ after what is free every month", "One more"],
  scenarios.map(({ name, of: counted, lasts, bill: { usd, usdAfterFree } }) => [
    name,
    `a ${lasts}`,
    dollars(usd),
    rupiah(usd, rate),
    dollars(usdAfterFree),
    counted
      ? `${dollars(usd / counted.count)} a ${counted.what} (${rupiah(usd / counted.count, rate)})`
      : "–",
  ]),
)}

A month of reports holds the idle stage, the pages that people open for them, and what ${assumptions.monthsKept} months of reports keep in tables, buckets and logs.
Officers who get many cases get fewer mails than counted here, because mails are gathered. The line of the disaster is what the reports of that one day cost over their whole lives, beside whatever the month costs anyway.
Free allowances belong to the account, and something else may have used them.

${bill("What an idle month of `prod` is made of", idle)}

${bill("What a month of LAPOR! is made of", country)}

## What one report asks for

Each message has a call of its own here, as on a quiet day; on a busy one a call takes up to ten. "Alone" are the milliseconds where every
step starts its functions. Writes and reads are units by AWS's published rules. DynamoDB Local says the number beside them: it doubles the indexes
of transactions too, and asks nothing for a query that finds nothing.

${table(
  [
    "Step",
    "Calls",
    "ms",
    "ms, alone",
    "Writes",
    "Reads",
    "Units, locally",
    "Other requests",
    "Bytes to browsers",
  ],
  measured.busy.map((step) =>
    rowOfStep(
      step,
      measured.alone.find((one) => one.step === step.step),
    ),
  ),
)}

Of tables and indexes a whole life asks this (a photo included, and the API's own way of sending not):

${table(
  ["Table or index", "Writes", "Reads"],
  unitsByPlace(stepsOfLife(measured.busy)).map(([place, { write, read }]) => [
    place,
    number(write, 1),
    number(read, 1),
  ]),
)}

It writes ${number(sum(life.flatMap(({ functions }) => Object.values(functions).map(({ logged }) => logged))) / 1024, 1)} KB into logs of its own, beside what the platform writes, sends ${number(sum(life.map(({ requests }) => requests["ses SendEmail"] ?? 0)))} mails of ${number(sum(life.map(({ bytes }) => bytes.mails)) / 1024)} KB together, and asks KMS ${number(sum(life.flatMap(({ requests }) => Object.entries(requests).map(([name, count]) => (name.startsWith("kms") ? count : 0)))))} times.

A report keeps ${number(sum(Object.values(measured.keptOfReport)) / 1024, 1)} KB in tables, indexes included (${Object.entries(
    measured.keptOfReport,
  )
    .map(([id, bytes]) => `${id} ${number(bytes / 1024, 1)}`)
    .join(", ")}).

## Which bound comes first

The disaster is ${number(disaster.reports)} reports in a day. Its peak is ${disaster.perSecond} a second, ${number(peakFactor, 1)} times the day's average. All of them are written on pages, by people of one
city, to one agency, and ${assumptions.photoShare * 100} % come with a photo. ${
    short.length > 0
      ? `Above its bound is: ${short.map(({ what }) => what.replace(/^./, (first) => first.toLowerCase())).join("; ")}.`
      : "Nothing is above its bound."
  } What is above 100 % waits or is refused as the last column says. Nothing that was acknowledged is lost.

Mails to officers do not count here: in a rush each gets one about new cases in ${number((prod.stage.gathering.newCaseSeconds ?? 0) / 60)} minutes. The count of all reports in the Traffic table
is one item, and takes at most one write a report: ${disaster.perSecond} of 1,000 units.

${rushes
  .map(
    ({ name, needs, partitions }) => `### ${name}

${table(
  ["Of what", "Needed", "There", "Used", "Above it"],
  needs.map(({ what, needed, there, unit, then }) => [
    what,
    `${number(needed, needed < 10 ? 2 : 0)} ${unit}`,
    number(there, there < 10 ? 2 : 0),
    `${number((needed / there) * 100)} %`,
    then,
  ]),
)}

The hottest partitions, of which each takes 1,000 units of writes and 3,000 of reads a second. "{part}" is one of those over which cases are spread:

${table(
  ["Table or index", "Partition", "Writes a second", "Reads a second"],
  partitions
    .slice(0, 6)
    .map(({ place, partition, write, read }) => [
      `\`${place}\``,
      partition,
      number(write, 1),
      number(read, 1),
    ]),
)}`,
  )
  .join("\n\n")}

## Which knob when

The knobs are fields of a stage in \`infra/config.ts\`.

${table(
  ["Knob", "`prod` now", "Turn it when"],
  [
    [
      "`freeReports`",
      `${prod.stage.freeReports.ofNetwork} of a network, ${number(prod.stage.freeReports.ofAll)} of all, in ten minutes`,
      "a disaster has begun and reports have to come without a proof of work. Back when it is over.",
    ],
    [
      "`reportThrottle`",
      `${number(prod.stage.reportThrottle.ratePerSecond)} a second`,
      "answers of 429 to forms rise in the access log. Each report on pages is five forms.",
    ],
    [
      "`throttle`",
      `${number(prod.stage.throttle.ratePerSecond)} a second`,
      "the gateway's `Count` comes near it. Ask for a higher quota of API Gateway first.",
    ],
    [
      "`concurrency`",
      `public ${prod.stage.concurrency?.public}, reporter ${prod.stage.concurrency?.reporter}, officer ${prod.stage.concurrency?.officer}`,
      "the alarm [none-free](runbook.md#none-free) rings. Ask for more Lambda concurrency first: the sum has to fit.",
    ],
    [
      "`mailConcurrency`",
      String(prod.stage.mailConcurrency),
      "the oldest message of `Emails` grows older and SES sends below its rate. Ask SES for a higher rate first.",
    ],
    [
      "`inspectionConcurrency`",
      String(prod.stage.inspectionConcurrency),
      "the oldest message of `Inspections` grows older than minutes.",
    ],
    [
      "`holdsBack`",
      String(prod.stage.holdsBack),
      "tables are strained and many people search, as on a day with news.",
    ],
    [
      "`edge.requestsOfAddress`",
      number(prod.stage.edge?.requestsOfAddress ?? 0),
      "an address of a mobile network is held off in numbers.",
    ],
  ],
)}

${load.rush || load.soak ? measuresOf(load) : ""}## What is assumed

${table(
  ["Assumption", "Value"],
  [
    [
      "Reports with a photo",
      `${assumptions.photoShare * 100} %, of ${assumptions.photoMegabytes} MB each, which take ${assumptions.photoTimes} times as long as the measured one`,
    ],
    [
      "What the platform writes into logs",
      `${assumptions.platformLogBytes} bytes a call, ${assumptions.accessLogBytes} a request at the gateway`,
    ],
    ["Headers of an answer", `${assumptions.headerBytes} bytes`],
    [
      "Polls of an idle message queue",
      `${assumptions.idlePollers} pollers, one request in ${assumptions.pollSeconds} seconds each`,
    ],
    [
      "Metrics of our own",
      `${assumptions.ownMetrics}; calls that are traced: ${assumptions.tracedShare * 100} %`,
    ],
    [
      "Public pages",
      `${assumptions.pagesOfReport} a report; ${Object.entries(assumptions.pages)
        .map(([name, share]) => `${share} % ${name.replace("Page: ", "")}`)
        .join(", ")}; ${assumptions.pagesOfVisit} a visit`,
    ],
    [
      "Pages that the edge answers",
      `${assumptions.fromEdge.quiet * 100} % on quiet days, ${assumptions.fromEdge.crowd * 100} % where a crowd reads: each is kept for a minute`,
    ],
    [
      "Officers who sign in during a month",
      `${number(assumptions.officers.kaltim)} in the province, ${number(assumptions.officers.country)} in the country`,
    ],
    ["The busiest hour of a year", `${assumptions.busiestHour} times an average one`],
    [
      "Quotas of a new account",
      `SES ${assumptions.mailsPerSecond} mails a second, API Gateway in Jakarta ${number(assumptions.gatewayPerSecond)} requests a second`,
    ],
  ],
)}

Not counted: taxes, support plans, the domain, a second trail of the account, alarm mails of SNS, and KMS requests of DynamoDB and S3 for
keys of their own, which both remember. People are not counted either: a million reports wait for who reads them, not for machines.

## Prices

"found": a source says it of this region, or of all. "stand-in": a source says it of another region. "memory": nobody looked it up; check it first.

${table(
  ["What", "US$", "For", "Region", "Status", "Source", "Read on"],
  Object.values(prices.prices).map(({ what, usd, per, unit, region, status: is, source: from, readOn }) => [
    what,
    String(usd),
    per === 1 ? `a ${unit}` : `${number(per)}, each a ${unit}`,
    region,
    is,
    from,
    readOn,
  ]),
)}
`;
  return format(text, { ...(await resolveConfig("docs/capacity.md")), parser: "markdown" });
}
