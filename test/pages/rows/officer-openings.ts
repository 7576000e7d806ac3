import { until } from "../../deploy/ministack.ts";
import { photo } from "../../fakes/files.ts";
import type { EveryPage, Way } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { officers, type SampleCase, sampleCase } from "../samples.ts";

const reporter = { name: "Warga Contoh", phone: "081234567890" };
const reason = "Inspektorat perlu mendengar pelapor secara langsung.";
const auditor = "auditor@kemenpanrb.example";

/** Comes to a page as an officer who has signed in. */
const signsIn = ({ visitor, language }: Way, email: string, to: string) =>
  asOfficer(visitor, email, { to, language });

/** A page of an officer at a fixed address. */
const at = (name: string, email: string, address: string, more: Partial<EveryPage> = {}): EveryPage => ({
  name,
  at: { walk: async (way) => void (await signsIn(way, email, address)) },
  audience: "private",
  ...more,
});

/** The page about the identity of a case of its own, as the head of the department sees it. */
async function beforeIdentity(way: Way, change: object): Promise<void> {
  const { trackingNumber } = await sampleCase(way.site, "in-progress", change);
  await signsIn(way, officers.head, `/petugas/laporan/${trackingNumber}/identitas`);
}

/** Sends the form of the page that is open. */
async function sends({ page }: Way, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).fill(value);
  await Promise.all([page.waitForEvent("load"), page.locator("main form button").first().click()]);
}

/** Sends a photo with a case, and waits until it was inspected. Returns its id. */
async function withPhoto({ site }: Way, { trackingNumber, receipt }: SampleCase): Promise<string> {
  const bytes = await photo();
  const asked = await site.api(`/v1/cases/${trackingNumber}/attachments`, {
    method: "POST",
    headers: { authorization: `Receipt ${receipt}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "lubang.jpg", type: "image/jpeg", size: bytes.length }),
  });
  const { attachmentId, upload } = asked.body as {
    attachmentId: string;
    upload: { url: string; fields: Record<string, string> };
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(bytes)]), "lubang.jpg");
  await fetch(upload.url, { method: "POST", body: form });
  await until("The photo was still inspected", 30, async () => {
    const { body } = await site.as(officers.unit, "GET", `/v1/officer/cases/${trackingNumber}`);
    const { attachments } = body as { attachments: { state: string }[] };
    return attachments.some(({ state }) => state === "clean");
  });
  return attachmentId;
}

/** The page about the original of a photo. */
async function beforeOriginal(way: Way, change: object = {}): Promise<void> {
  const given = await sampleCase(way.site, "in-progress", change);
  const attachmentId = await withPhoto(way, given);
  const { trackingNumber } = given;
  await signsIn(way, officers.head, `/petugas/laporan/${trackingNumber}/berkas/${attachmentId}/asli`);
}

const walks = (
  name: string,
  walk: (way: Way) => Promise<void>,
  more: Partial<EveryPage> = {},
): EveryPage => ({
  name,
  at: { walk },
  audience: "private",
  ...more,
});

let calendarMade: Promise<unknown> = Promise.resolve();

/** An officer makes their calendar's address. One visit does so at a time: each makes the address anew, and one that is late is refused. */
const makesCalendar = (way: Way) => {
  const making = calendarMade.then(async () => {
    await signsIn(way, officers.unit, "/petugas/saya/kalender");
    await sends(way, {});
  });
  calendarMade = Promise.allSettled([making]);
  return making;
};

/** What is sealed and opened for a reason, who reads of it, and the calendar of an officer. */
export const rows: EveryPage[] = [
  walks("Before an identity is opened", (way) => beforeIdentity(way, { reporter })),
  walks("An identity that its anonymous reporter has not let be opened", (way) =>
    beforeIdentity(way, { reporter, anonymous: true }),
  ),
  walks(
    "An opening of an identity without a reason",
    async (way) => {
      await beforeIdentity(way, { reporter });
      await sends(way, { reason: "" });
    },
    { status: 400 },
  ),
  walks("An identity that was opened", async (way) => {
    await beforeIdentity(way, { reporter });
    await sends(way, { reason });
  }),
  walks("Before an original is opened", beforeOriginal),
  walks("An original that was opened", async (way) => {
    await beforeOriginal(way);
    await sends(way, { reason });
  }),
  at("A search by identity", officers.head, "/petugas/pencarian-identitas"),
  walks("What a search by identity found", async (way) => {
    const found = { ...reporter, phone: "081234567891" };
    await sampleCase(way.site, "in-progress", { reporter: found });
    await signsIn(way, officers.head, "/petugas/pencarian-identitas");
    await sends(way, { reason, phone: found.phone });
  }),
  at("Who searched by identity, for an auditor", auditor, "/petugas/pencarian-identitas/catatan"),
  at(
    "The searches of one officer, for an auditor",
    auditor,
    "/petugas/pencarian-identitas/catatan/contoh-kepala-pu-balikpapan",
  ),
  at("A search by identity that is not for this post", officers.unit, "/petugas/pencarian-identitas", {
    status: 403,
  }),
  at("The calendar of an officer, before it has an address", officers.city, "/petugas/saya/kalender"),
  walks("The address of a calendar, shown once", makesCalendar),
];
