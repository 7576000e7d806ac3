import { type Answer, road } from "../e2e/office.ts";
import type { Site } from "./site.ts";

export interface SampleCase {
  trackingNumber: string;
  receipt: string;
}

export const situations = ["submitted", "in-progress", "asked", "answered", "closed", "secret"] as const;
export type Situation = (typeof situations)[number];

const city = "admin@balikpapan.example";
const unit = "petugas.pu@balikpapan.example";
const roads = "balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";

const taken = ({ status, body }: Answer): any => {
  if (status >= 300) throw new Error(`A sample cannot be made (${status}): ${JSON.stringify(body)}`);
  return body;
};

/** Sends a report about a road and brings it as far as this. */
export async function sampleCase(site: Site, situation: Situation, change: object = {}): Promise<SampleCase> {
  const { trackingNumber, receipt } = taken(
    await site.send({ ...road, ...(situation === "secret" && { secret: true }), ...change }),
  );
  const move = async (officer: string, path: string, told: object) =>
    taken(await site.as(officer, "POST", `/v1/officer/cases/${trackingNumber}/${path}`, told));
  if (situation !== "submitted" && situation !== "secret") {
    await move(city, "verification", { supervised: false });
    await move(city, "assignment", { agencyId: roads, note: "Mohon ditinjau." });
    if (situation === "asked") await move(unit, "question", { text: "Di sisi mana dari pasar?" });
    else await move(unit, "progress", { text: "Tim meninjau lokasi hari ini." });
  }
  if (situation === "answered" || situation === "closed")
    await move(unit, "answer", { text: "Kami sudah menambal jalan di depan pasar." });
  if (situation === "closed")
    taken(
      await site.api(`/v1/cases/${trackingNumber}/confirmation`, {
        method: "POST",
        headers: { authorization: `Receipt ${receipt}`, "content-type": "application/json" },
        body: JSON.stringify({ stars: 5, comment: "Terima kasih, jalannya sudah rata." }),
      }),
    );
  return { trackingNumber, receipt };
}

export type SampleCases = Readonly<Record<Situation, SampleCase>>;
const made = new Map<string, Promise<SampleCases>>();

/** One case in each situation, the same ones for everybody in a file. Whoever changes a case makes a `sampleCase`. */
export function sampleCases(site: Site): Promise<SampleCases> {
  const making =
    made.get(site.url) ??
    Promise.all(situations.map(async (each) => [each, await sampleCase(site, each)] as const)).then(
      (cases) => Object.fromEntries(cases) as SampleCases,
    );
  made.set(site.url, making);
  return making;
}
