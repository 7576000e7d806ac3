import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { tokenFor } from "../sign-in/token.ts";
import type { Addresses } from "../system.ts";

const clocksOfCase = z.object({
  clocks: z.array(
    z.object({
      clock: z.string(),
      name: z.string(),
      state: z.string(),
      dueDate: z.string().nullable(),
      daysLeft: z.number().nullable(),
      explanation: z
        .object({ skipped: z.array(z.object({ date: z.string(), name: z.string() })) })
        .nullable(),
    }),
  ),
});
const storedMails = z.object({
  emails: z.array(z.looseObject({ destination: z.object({ to: z.array(z.string()) }), subject: z.string() })),
});
const history = z.object({ timeline: z.array(z.object({ type: z.string() })) });
const time = z.object({ now: z.string() });

const states: Record<string, string> = {
  running: "berjalan",
  paused: "dihentikan sementara",
  met: "terpenuhi",
  missed: "terlewati",
  cancelled: "batal",
};

/** Longer than any first response takes, Lebaran between. */
const mostDays = 40;

/**
 * Verifies a case as the administrator of its city, and then moves the simulated clock day by day, past the date by which the
 * agency had to respond: the days that are left, and the mails that came.
 */
export async function showDeadline(addresses: Addresses, trackingNumber: string): Promise<void> {
  const { api, clock = "", mailbox } = addresses;
  const json = { "content-type": "application/json" };
  const call = async (url: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(url, init);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(body)}`);
    return body;
  };
  const post = (url: string, body: object, headers = {}) =>
    call(url, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const clocks = async () =>
    clocksOfCase.parse(await call(`${api}/v1/cases/${trackingNumber}/clocks`)).clocks;
  const mails = async () => storedMails.parse(await call(`${mailbox}/store`)).emails;
  const running = async () => (await clocks()).filter(({ daysLeft }) => daysLeft !== null);
  const response = async () => (await clocks()).find((one) => one.clock === "response");

  let shown = (await mails()).length;
  const newMails = async (): Promise<string[]> => {
    const emails = await mails();
    const ours = emails.slice(shown).filter((email) => JSON.stringify(email).includes(trackingNumber));
    shown = emails.length;
    return ours.map(({ destination, subject }) => `    surat ke ${destination.to.join(", ")}: ${subject}`);
  };

  const admin = "admin@balikpapan.example";
  const authorization = `Bearer ${await tokenFor(addresses, admin)}`;
  await post(`${api}/v1/officer/cases/${trackingNumber}/verification`, {}, { authorization });
  console.log(
    `\nLaporan ${trackingNumber} diverifikasi ${admin}, lalu tidak ada yang bertindak (nobody acts on it):`,
  );
  for (const { name, dueDate, explanation } of await running()) {
    const holidays = Map.groupBy(explanation?.skipped ?? [], ({ name }) => name);
    const days = [...holidays].map(([name, skipped]) => `${name} ${skipped.map(dayAndMonth).join(", ")}`);
    console.log(
      `  ${name}: paling lambat (due) ${dueDate ? inWords(dueDate) : "-"}\n    tidak dihitung (not counted): ${days.join("; ")}`,
    );
  }

  const warnings = async (): Promise<number> => {
    const url = `${api}/v1/officer/cases/${trackingNumber}`;
    const { timeline } = history.parse(await call(url, { headers: { authorization } }));
    return timeline.filter(({ type }) => type === "warned").length;
  };
  let warned = await warnings();
  console.log("");
  for (let day = 0; day < mostDays; day++) {
    const { now } = time.parse(await call(clock));
    const tomorrow = new Date(Date.parse(now.slice(0, 10)) + 86_400_000).toISOString().slice(0, 10);
    // Soon after offices have opened: that is when alerts are sent.
    await post(clock, { now: `${tomorrow}T08:05:00+08:00` });
    const left = (await running()).map(
      ({ name, state, daysLeft }) => `${name} ${daysLeft} hari (${states[state] ?? state})`,
    );
    console.log(`${weekday(tomorrow)} ${tomorrow}  ${left.join(", ")}`);
    // Mails take a moment; one that takes longer is shown a day later.
    await wait(1500);
    if ((await warnings()) > warned) {
      warned = await warnings();
      // Alerts wait for others some seconds; ten minutes later they have been mailed.
      await wait(1500);
      await post(clock, { now: `${tomorrow}T08:15:00+08:00` });
      await wait(1500);
    }
    for (const line of await newMails()) console.log(line);
    if (((await response())?.daysLeft ?? -1) < 0) break;
  }
}

const dayAndMonth = ({ date }: { date: string }): string =>
  `${Number(date.slice(8))}/${Number(date.slice(5, 7))}`;

const inWords = (date: string): string =>
  new Intl.DateTimeFormat("id-ID", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(date));

const weekday = (date: string): string =>
  new Intl.DateTimeFormat("id-ID", { weekday: "short", timeZone: "UTC" }).format(new Date(date));
