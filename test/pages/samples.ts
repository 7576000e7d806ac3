import { type Answer, road } from "../e2e/office.ts";
import type { Site } from "./site.ts";

export interface SampleCase {
  trackingNumber: string;
  receipt: string;
}

export type Situation = "submitted" | "in-progress" | "asked" | "answered" | "closed" | "secret";

/** Officers who work on the sample cases. */
export const officers = {
  city: "admin@balikpapan.example",
  unit: "petugas.pu@balikpapan.example",
  head: "kepala.pu@balikpapan.example",
  province: "admin@kaltim.example",
} as const;
const { city, unit } = officers;
const roads = "balikpapan-uptd-pemeliharaan-jalan-dan-jembatan";

const taken = ({ status, body }: Answer): any => {
  if (status >= 300) throw new Error(`A sample cannot be made (${status}): ${JSON.stringify(body)}`);
  return body;
};

/** Makes moves of officers on a case. */
export const movesOn =
  (site: Site, trackingNumber: string) =>
  async (officer: string, path: string, told: object): Promise<void> =>
    taken(await site.as(officer, "POST", `/v1/officer/cases/${trackingNumber}/${path}`, told));

/** Verifies a case and hands it to the unit for roads. */
export async function takenUp(site: Site, trackingNumber: string): Promise<void> {
  const move = movesOn(site, trackingNumber);
  await move(city, "verification", { supervised: false });
  await move(city, "assignment", { agencyId: roads, note: "Mohon ditinjau." });
}

/** Sends a report about a road and brings it as far as this. */
export async function sampleCase(site: Site, situation: Situation, change: object = {}): Promise<SampleCase> {
  const { trackingNumber, receipt } = taken(
    await site.send({ ...road, ...(situation === "secret" && { secret: true }), ...change }),
  );
  const move = movesOn(site, trackingNumber);
  if (situation !== "submitted" && situation !== "secret") {
    await takenUp(site, trackingNumber);
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
