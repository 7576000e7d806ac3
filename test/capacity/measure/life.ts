import { randomUUID } from "node:crypto";
import { brotliCompressSync } from "node:zlib";
import * as z from "zod";
import { staticFiles } from "../../../infra/bundling/static-files.ts";
import { signedInCookie } from "../../../shared/http/page/officer.ts";
import { cookieSealOf } from "../../../shared/platform/cookie-seal.ts";
import { signedInAt } from "../../../shared/visitor/officer-session.ts";
import { photo } from "../../fakes/files.ts";
import { roadAnswer as answer, roads, sampleOfficers } from "../../fakes/sample-officers.ts";
import type { Ground, Happened, HttpAnswer } from "./ground.ts";

/** What is measured as one: a step of a life, or something that anybody may do. */
export interface Measured extends Happened {
  step: string;
  /** Bytes that left for a browser, as CloudFront compresses them. */
  toBrowsers: number;
  /** Static files that the pages name, for a browser that has none of them. */
  files: { requests: number; bytes: number };
}

const { city, liaison, unit } = sampleOfficers;
const report = {
  story: {
    class: "complaint",
    title: "Jalan berlubang di depan pasar",
    text: "Sudah dua bulan jalan di depan pasar berlubang besar dan kalau hujan tertutup air. Kemarin ada pengendara motor jatuh di situ. Mohon segera ditambal sebelum ada korban lagi.",
    occurredOn: "2026-08-30",
    category: "pekerjaan-umum-dan-penataan-ruang",
  },
  place: { "location.regionCode": "64.71", "location.address": "Depan pasar, Kelurahan Sepinggan" },
  recipient: { agencyId: "balikpapan-dinas-pekerjaan-umum" },
  identity: { asked: "yes", "reporter.name": "Warga Contoh", "reporter.email": "warga@contoh.example" },
};

/** What the API answers, as far as the next step of a life needs it. */
const accepted = z.object({ trackingNumber: z.string(), receipt: z.string() });
const uploadForm = z.object({
  attachmentId: z.string(),
  upload: z.object({ url: z.string(), fields: z.looseObject({ key: z.string() }).catchall(z.string()) }),
});

const minute = 60_000;
const day = 24 * 60 * minute;
const typeOfForm = "application/x-www-form-urlencoded";

const weigh = ({ headers, bytes }: HttpAnswer): number =>
  headers["content-encoding"] ? bytes.length : bytes.length === 0 ? 0 : brotliCompressSync(bytes).length;

/**
 * Plays the whole life of one report with a photo, and what the public and the schedules do beside it. `cold` ends all environments
 * before each step, as on a day on which nobody else comes.
 */
export async function playLife(
  ground: Ground,
  { cold, startsAt }: { cold: boolean; startsAt: string },
): Promise<Measured[]> {
  const steps: Measured[] = [];
  let time = new Date(startsAt).getTime();
  let toBrowsers = 0;
  const filesNamed = new Set<string>();
  /** What happened in a step before it ended. */
  let kept: Happened[] = [];

  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    if (cold) await ground.forget();
    ground.at(new Date(time));
    ground.happened();
    toBrowsers = 0;
    kept = [];
    filesNamed.clear();
    const result = await act();
    kept.push(ground.happened());
    const files = staticFiles().files.filter(({ address }) => filesNamed.has(address));
    steps.push({
      step: name,
      invocations: kept.flatMap(({ invocations }) => invocations),
      calls: kept.flatMap(({ calls }) => calls),
      toBrowsers,
      files: {
        requests: files.length,
        bytes: files.reduce((sum, { content }) => sum + brotliCompressSync(content).length, 0),
      },
    });
    time = Math.max(time, ground.now().getTime());
    return result;
  };
  /** Does what a move brings with it: events, mails, and what waits for minutes. */
  const followed = (name: string) =>
    step(name, async () => {
      await ground.follow();
      while (Number.isFinite(ground.nextMessage())) {
        ground.at(new Date(Math.max(ground.nextMessage(), ground.now().getTime())));
        await ground.follow();
      }
      // What lies on a pile is mailed by the job that looks every minute.
      for (let waited = 0; waited < 12; waited++) {
        ground.at(new Date(ground.now().getTime() + 3 * minute));
        await flush();
      }
    });
  /** A run of the job that mails piles. Only one that found something is a part of the life: the others run anyway. */
  const flush = async () => {
    kept.push(ground.happened());
    await ground.scheduled("FindDueDigests");
    const given = await ground.drain();
    const run = ground.happened();
    if (given > 0) kept.push(run);
  };
  const sweep = async () => {
    ground.post("Sweeps/Queue", {});
    await ground.drain();
  };
  const pass = (milliseconds: number) => (time += milliseconds);

  const get = async (address: string, more: Parameters<Ground["http"]>[2] = {}) => {
    const answered = await ground.http("GET", address, more);
    if (answered.status >= 400) throw new Error(`GET ${address}: ${answered.status} ${answered.body}`);
    toBrowsers += weigh(answered);
    for (const [address] of answered.body.matchAll(/\/aset\/[\w.-]+/g)) filesNamed.add(address);
    return answered;
  };
  const jar = new Map<string, string>();
  const remember = ({ cookies }: HttpAnswer) => {
    for (const cookie of cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (cookie.includes("Max-Age=0")) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`);
  const open = async (address: string) => {
    const answered = await get(address, { cookies: cookies() });
    remember(answered);
    return answered;
  };
  /** Sends a form of a page and opens the page to which that leads. */
  const press = async (address: string, fields: Record<string, string> = {}) => {
    const answered = await ground.http("POST", address, {
      cookies: cookies(),
      headers: { "content-type": typeOfForm, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams(fields).toString(),
    });
    remember(answered);
    toBrowsers += weigh(answered);
    const { location } = answered.headers;
    if (answered.status !== 303 || !location)
      throw new Error(`POST ${address}: ${answered.status} ${answered.body.slice(0, 2000)}`);
    return location;
  };
  const send = async (method: string, address: string, body: object, more: Parameters<Ground["http"]>[2]) => {
    const answered = await ground.http(method, address, {
      ...more,
      headers: { "content-type": "application/json", ...more?.headers },
      body: JSON.stringify(body),
    });
    if (answered.status >= 300)
      throw new Error(`${method} ${address}: ${answered.status} ${answered.body.slice(0, 2000)}`);
    toBrowsers += weigh(answered);
    return JSON.parse(answered.body) as unknown;
  };

  let number = "";
  let receipt = { authorization: "" };
  const seal = cookieSealOf(ground.pagesHash);
  const signedIn = async (subject: string) => {
    const cookie = await signedInCookie({ seal }, signedInAt(subject, ground.now()));
    return [cookie.split(";")[0] ?? ""];
  };
  /** What an officer opens before a move: the desk, the queue, the case and the page of the move. */
  const looks = async (subject: string, queue: string, page: string) => {
    const session = { cookies: await signedIn(subject) };
    for (const address of [
      "/petugas",
      `/petugas/antrean/${queue}`,
      `/petugas/laporan/${number}`,
      ...(page ? [`/petugas/laporan/${number}/${page}`] : []),
    ])
      await get(address, session);
  };
  const move = (subject: string, path: string, body: object) =>
    send("POST", `/v1/officer/cases/${number}/${path}`, body, { subject });
  const reporter = (path: string, body: object) =>
    send("POST", `/v1/cases/${number}/${path}`, body, { headers: receipt });

  await step("Write and send on pages", async () => {
    await open("/lapor");
    for (const [address, fields] of [
      ["/lapor/cerita", report.story],
      ["/lapor/tempat", report.place],
      ["/lapor/tujuan", report.recipient],
      ["/lapor/identitas", report.identity],
    ] as const) {
      await open(address);
      await open(await press(address, fields));
    }
    const sent = await press("/lapor/periksa");
    const page = await open(sent);
    number = /[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(page.body)?.[0] ?? "";
    if (number === "") throw new Error("The page of a sent report shows no number");
  });
  const waiting = number;
  await followed("Mails about the report");
  pass(minute);

  // The API of programs and of the counter: one call in place of the pages.
  await step("Send by the API", async () => {
    const sent = await send(
      "POST",
      "/v1/cases",
      {
        class: "complaint",
        title: report.story.title,
        text: report.story.text,
        occurredOn: report.story.occurredOn,
        category: report.story.category,
        location: { regionCode: "64.71", address: report.place["location.address"] },
        agencyId: report.recipient.agencyId,
        anonymous: false,
        secret: false,
        reporter: { name: "Warga Contoh", email: "warga@contoh.example" },
      },
      { headers: { "idempotency-key": randomUUID() }, address: "203.0.113.9" },
    );
    const taken = accepted.parse(sent);
    number = taken.trackingNumber;
    receipt = { authorization: `Receipt ${taken.receipt}` };
  });
  await followed("Mails about the report sent by the API");
  pass(30 * minute);

  let fileId = "";
  await step("Attach a photo", async () => {
    const bytes = await photo({ width: 1600, height: 1200 });
    const form = uploadForm.parse(
      await reporter("attachments", { name: "jalan.jpg", type: "image/jpeg", size: bytes.length }),
    );
    fileId = form.attachmentId;
    const body = new FormData();
    for (const [name, value] of Object.entries(form.upload.fields)) body.append(name, value);
    body.append("file", new Blob([new Uint8Array(bytes)]), "jalan.jpg");
    const { status } = await fetch(form.upload.url, { method: "POST", body });
    if (status !== 204) throw new Error(`The upload was answered with ${status}`);
    ground.post("Inspections/Queue", await ground.objectCreated(form.upload.fields.key));
    await ground.follow();
  });
  pass(10 * minute);
  await step("Reporter looks at the case", async () => {
    await get(`/v1/cases/${number}`, { headers: receipt });
  });
  pass(2 * 60 * minute);

  await step("City looks, and verifies", async () => {
    await looks(city, "verification", "verifikasi");
    await move(city, "verification", { title: report.story.title });
  });
  await followed("Mails about the verification");
  pass(day);
  await step("Liaison looks, and assigns to the unit", async () => {
    await looks(liaison, "assigned", "disposisi");
    await move(liaison, "assignment", { agencyId: roads, note: answer });
  });
  await followed("Mails about the assignment");
  pass(60 * minute);
  await step("Liaison looks, and asks the reporter", async () => {
    await looks(city, "assigned", "");
    await move(city, "question", { text: "Di sisi mana dari pasar?" });
  });
  await followed("Mails about the question");
  pass(3 * 60 * minute);
  await step("Reporter replies", async () => {
    await get(`/v1/cases/${number}`, { headers: receipt });
    await reporter("replies", { text: "Di depan pintu utara, dekat halte." });
  });
  await followed("Mails about the reply");
  pass(day);
  await step("Unit looks, opens the photo, and notes progress", async () => {
    await looks(unit, "assigned", "");
    await get(`/v1/officer/cases/${number}/attachments/${fileId}?thumbnail=true`, { subject: unit });
    await move(unit, "progress", { text: "Tim meninjau besok pagi." });
  });
  await followed("Mails about the progress");
  pass(2 * day);
  await step("Unit looks, and answers", async () => {
    await looks(unit, "assigned", "");
    await move(unit, "answer", { text: answer });
  });
  await followed("Mails about the answer");
  pass(2 * 60 * minute);
  await step("Reporter looks, and disputes", async () => {
    await get(`/v1/cases/${number}`, { headers: receipt });
    await reporter("replies", { text: "Lubang di sisi kiri masih ada." });
  });
  await followed("Mails about the dispute");
  pass(day);
  await step("Unit looks, and answers again", async () => {
    await looks(unit, "assigned", "");
    await move(unit, "answer", { text: `${answer} Sisi kiri juga.` });
  });
  await followed("Mails about the second answer");
  pass(2 * 60 * minute);
  await step("Reporter rates, and the case closes", async () => {
    await get(`/v1/cases/${number}`, { headers: receipt });
    await reporter("confirmation", { stars: 4 });
  });
  await followed("Mails about the closing");
  pass(day);

  // The first report waited on: nobody verified it, so its clock has run out, and people are told.
  time = new Date(startsAt).getTime() + 7 * day + 90 * minute;
  await step("Sweep of a case whose clock ran out, and its check", sweep);
  await followed("Mails about a clock that ran out");
  // The first runs make up for the days and hours before.
  ground.at(new Date(time));
  await ground.scheduled("BuildSearchIndex");
  await ground.scheduled("AnchorHistories");
  pass(day);
  await step("Job: search index of the hour", () => ground.scheduled("BuildSearchIndex"));
  await step("Job: copy of the day's hashes", () => ground.scheduled("AnchorHistories"));
  await step("Job: what has expired", () => ground.scheduled("RemoveExpired"));
  await step("Job: calendars", () => ground.scheduled("CheckCalendars"));
  await step("Job: counts of networks", () => ground.scheduled("ForgetTraffic"));
  await step("Job: piles of mails, every minute", () => ground.scheduled("FindDueDigests"));
  await sweep();
  pass(10 * minute);
  await step("Job: sweep with nothing due", sweep);

  for (const [name, address] of [
    ["Page: first", "/"],
    ["Page: public reports", "/laporan"],
    ["Page: one public report", `/laporan/${number}`],
    ["Page: search", "/laporan?q=jalan"],
    ["Page: agencies", "/instansi"],
    ["Page: calculator", "/hitung"],
  ] as const)
    await step(name, async () => {
      await get(address);
    });

  // Nothing of this life is due in the next one.
  await send(
    "POST",
    `/v1/officer/cases/${waiting}/archival`,
    { reason: "private-matter", text: answer },
    {
      subject: city,
    },
  );
  await ground.follow();
  return steps;
}
