import { type Answer, road } from "../e2e/office.ts";
import type { Site } from "./site.ts";

export interface SampleCase {
  trackingNumber: string;
  receipt: string;
}

export type Situation = "submitted" | "in-progress" | "asked" | "answered" | "closed" | "secret";

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

/** Gives the case in a situation. */
export type Sample = (situation: Situation) => Promise<SampleCase>;
const made = new Map<string, Promise<SampleCase>>();

/** One case for each situation, made when somebody asks, and then the same. Whoever changes a case makes a `sampleCase`. */
export function samplesOf(site: Site): Sample {
  return (situation) => {
    const key = `${site.url} ${situation}`;
    const sample = made.get(key) ?? sampleCase(site, situation);
    made.set(key, sample);
    return sample;
  };
}
