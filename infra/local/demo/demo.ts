/**
 * npm run demo [-- --data DIR]
 *
 * Plays a small day against the system that runs on this machine: citizens of Kalimantan Timur send the reports of
 * demo-reports.json, and the mails about them arrive in the mailbox. On a simulated clock it then lets one of them come due.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Mistake, orUsage, runCommand } from "../../../shared/platform/command.ts";
import type { Addresses } from "../system.ts";
import { showDeadline } from "./demo-deadline.ts";
import demoReports from "./demo-reports.json" with { type: "json" };

type Answer = { status: number; body: unknown };
type Submitted = { trackingNumber: string; receipt: string };
type Case = {
  trackingNumber: string;
  class: string;
  statusText: string;
  agency: { name: string } | null;
  anonymous: boolean;
  secret: boolean;
};
type Problem = { title: string; detail: string; errors?: { path: string; message: string }[] };
type Email = { destination: { to: string[] }; subject: string; body: { text?: string } };

/** One that nobody can accept: it shows what the sender is told. */
const badReport = {
  class: "keluhan",
  title: "Jalan rusak",
  occurredOn: "kemarin",
  anonymous: false,
  secret: false,
  reporter: { email: "budi di contoh", mailReceipt: true },
};

const classes: Record<string, string> = {
  complaint: "Pengaduan",
  aspiration: "Aspirasi",
  "information-request": "Permintaan informasi",
};

const mailPatience = 60_000;

async function main(): Promise<void> {
  const dataDir = dataFolder();
  const addresses = await runningSystem(dataDir);
  const { api, mailbox } = addresses;
  const { now } = (await request(`${api}/local/clock`)).body as { now: string };
  const mailsBefore = (await mailsIn(mailbox)).length;

  console.log("\nSehari di SP4N-LAPOR! Kalimantan Timur (a small day, played on this machine)\n");
  const submitted: Submitted[] = [];
  const repeatKey = randomUUID();
  const reports = reportsOf(new Date(now));
  for (const [index, report] of reports.entries())
    submitted.push(await submit(api, report, index === 0 ? repeatKey : randomUUID()));

  const cases = await Promise.all(submitted.map(({ trackingNumber }) => track(api, trackingNumber)));
  console.log(table(cases));
  console.log(`\n${cases.length} laporan diterima (reports taken).`);

  const [first] = submitted;
  const [firstReport] = reports;
  if (!first) throw new Mistake("demo-reports.json holds no reports.");
  await showRepeat(api, firstReport, repeatKey, first);
  await showRefusal(api);
  await showMails(mailbox, submitted, { mailsBefore, dataDir });

  const url = `${api}/v1/cases/${first.trackingNumber}`;
  console.log(`
Ikuti laporan pertama (follow the first report):
  curl ${url}
Sebagai pelapor, dengan tanda terima (as its reporter, with the receipt):
  curl -H "Authorization: Receipt ${first.receipt}" ${url}
`);
  if (addresses.clock) await showDeadline(addresses, first.trackingNumber);
}

const dataFolder = (): string =>
  orUsage(
    "Usage: npm run demo [-- --data DIR]",
    () => parseArgs({ options: { data: { type: "string", default: ".local" } } }).values.data,
  );

/** The addresses of the system with this data folder, once it has said that it can take reports. */
async function runningSystem(dataDir: string): Promise<Addresses> {
  const withThisFolder = dataDir === ".local" ? "" : ` -- --data ${dataDir}`;
  const notRunning = () => new Mistake(`Start the system first: npm start${withThisFolder}`);
  const text = await readFile(join(dataDir, "addresses.json"), "utf8").catch(() => {
    throw notRunning();
  });
  const addresses: Addresses = JSON.parse(text);
  const health = await request(`${addresses.api}/v1/health`).catch(() => {
    throw notRunning(); // it left its addresses behind when it was killed
  });
  if (health.status !== 200)
    throw new Mistake(`The system is not ready yet: ${(health.body as Problem).detail}`);
  return addresses;
}

/** The reports with the dates of their events, in Kalimantan Timur's time. */
const reportsOf = (now: Date) =>
  demoReports.map(({ daysAgo, report }) => ({
    ...report,
    ...(daysAgo !== undefined && { occurredOn: localDate(now, daysAgo) }),
  }));

const localDate = (now: Date, daysAgo: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Makassar" }).format(
    now.getTime() - daysAgo * 86_400_000,
  );

const request = async (url: string, options?: RequestInit): Promise<Answer> => {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(15_000) });
  return { status: response.status, body: await response.json() };
};

const send = (api: string, report: unknown, key: string): Promise<Answer> =>
  request(`${api}/v1/cases`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(report),
  });

async function submit(api: string, report: { title: string }, key: string): Promise<Submitted> {
  const { status, body } = await send(api, report, key);
  if (status !== 201) throw new Mistake(`"${report.title}" was refused:\n${inWords(body as Problem)}`);
  return body as Submitted;
}

async function track(api: string, trackingNumber: string): Promise<Case> {
  const { status, body } = await request(`${api}/v1/cases/${trackingNumber}`);
  if (status !== 200) throw new Mistake(`${trackingNumber} cannot be followed: ${inWords(body as Problem)}`);
  return body as Case;
}

const inWords = ({ title, detail, errors = [] }: Problem): string =>
  [`  ${title}. ${detail}`, ...errors.map(({ path, message }) => `    ${path}: ${message}`)].join("\n");

const shortened = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;

function table(cases: Case[]): string {
  const rows = [
    ["Nomor", "Jenis", "Instansi", "Status", "Perlindungan"],
    ...cases.map(({ trackingNumber, class: kind, agency, statusText, anonymous, secret }) => [
      trackingNumber,
      classes[kind] ?? kind,
      shortened(agency?.name ?? "(belum disebut)", 52),
      statusText,
      [anonymous && "anonim", secret && "rahasia"].filter(Boolean).join(", "),
    ]),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [head = "", ...lines] = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join("  ")
      .trimEnd(),
  );
  return [head, "─".repeat(Math.max(...lines.map(({ length }) => length))), ...lines].join("\n");
}

/** A phone that lost its connection sends again: nobody gets a second number. */
async function showRepeat(api: string, report: unknown, key: string, first: Submitted): Promise<void> {
  const { status, body } = await send(api, report, key);
  const again = body as Submitted;
  if (status !== 201 || again.trackingNumber !== first.trackingNumber || again.receipt !== first.receipt)
    throw new Mistake(`The repeat of ${first.trackingNumber} got another answer: ${JSON.stringify(body)}`);
  console.log(
    `\nDikirim ulang dengan Idempotency-Key yang sama: tetap ${again.trackingNumber} (sent again, same number).`,
  );
}

async function showRefusal(api: string): Promise<void> {
  const { status, body } = await send(api, badReport, randomUUID());
  if (status !== 400) throw new Mistake(`The bad report got status ${status}: ${JSON.stringify(body)}`);
  console.log(
    `\nLaporan yang salah isi dijawab (a report with mistakes is told all of them at once):\n${inWords(body as Problem)}`,
  );
}

const mailsIn = async (mailbox: string): Promise<Email[]> =>
  ((await request(`${mailbox}/store`)).body as { emails: Email[] }).emails;

/**
 * Waits for an alert about every case, and a confirmation for whoever left an address; officers may get more. No subject names
 * an anonymous or secret case, and no mail to its reporter does: such a mail is known by its address.
 */
async function showMails(
  mailbox: string,
  submitted: Submitted[],
  { mailsBefore, dataDir }: { mailsBefore: number; dataDir: string },
): Promise<void> {
  const addresses = new Set(demoReports.flatMap(({ report }) => report.reporter?.email ?? []));
  const expected = submitted.length + addresses.size;
  const until = Date.now() + mailPatience;
  const isConfirmation = ({ destination }: Email) => destination.to.some((to) => addresses.has(to));
  const isAlert = ({ body: { text = "" } }: Email) =>
    submitted.some(({ trackingNumber }) => text.includes(trackingNumber));
  let mails: Email[];
  do {
    await wait(250);
    mails = (await mailsIn(mailbox))
      .slice(mailsBefore)
      .filter((mail) => isConfirmation(mail) || isAlert(mail));
  } while (mails.length < expected && Date.now() < until);

  const confirmations = mails.filter(isConfirmation);
  console.log(
    `\n${mails.length} surat sudah sampai: ${mails.length - confirmations.length} untuk instansi, ${confirmations.length} untuk pelapor (mails to agencies and to reporters).`,
  );
  console.log(`Baca di (read them at) ${mailbox}`);
  if (mails.length < expected)
    throw new Mistake(
      `Not all of ${expected} mails came within ${mailPatience / 1000} seconds; the logs are in ${join(dataDir, "logs")}.`,
    );
}

await runCommand(main);
