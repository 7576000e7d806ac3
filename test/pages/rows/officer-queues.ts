import type { EveryPage, Way } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { movesOn, officers, sampleCase } from "../samples.ts";

const tree = "cakupan=bawahan";

/** Signs an officer in at a page of theirs. */
const at = (email: string, to: string): EveryPage["at"] => ({
  async walk({ visitor, language, sample }) {
    await sample("submitted");
    await sample("in-progress");
    await asOfficer(visitor, email, { to, language });
  },
});

/** Ticks all cases of a queue that are shown and presses a button. */
async function together({ page, visitor, language, to, sample }: Way, queue: string, move: RegExp) {
  await sample(queue.includes("in-progress") ? "in-progress" : "submitted");
  await asOfficer(visitor, officers.city, { language });
  await visitor.open(to(queue));
  await page.locator('[name="semua"]').check();
  await page.getByRole("button", { name: move }).click();
  await page.getByRole("heading", { level: 1, name: /\(\d+\)$/ }).waitFor();
}

/** Ticks one case that no other row needs. */
async function withOne(way: Way, meanwhile: (number: string) => Promise<void>) {
  const { page, visitor, language, to, site } = way;
  const { trackingNumber } = await sampleCase(site, "in-progress");
  await asOfficer(visitor, officers.city, { language });
  await visitor.open(to(`/petugas/antrean/in-progress?${tree}`));
  await page.locator(`[name="n"][value^="${trackingNumber}:"]`).check();
  await page.getByRole("button", { name: /^(Catat perkembangan|Note progress)$/ }).click();
  await page.locator('[name="text"]').fill("Tim kami menambal jalan ini hari ini.");
  await meanwhile(trackingNumber);
  await page.locator('button[value="kirim"]').click();
  await page.getByRole("heading", { level: 1, name: /^\d+ (dari|of) \d+/ }).waitFor();
}

/** The desk of officers, their queues, and several cases at once. */
export const rows: EveryPage[] = [
  { name: "The desk of an officer", at: at(officers.city, "/petugas"), audience: "private" },
  {
    name: "The desk of an officer, after they answered a case",
    at: at(officers.unit, "/petugas?sudah=answer"),
    audience: "private",
  },
  {
    name: "All queues of an agency and of those below it",
    at: at(officers.city, `/petugas/antrean?${tree}`),
    audience: "private",
  },
  {
    name: "All queues, with a name that fits several agencies",
    at: at(officers.city, "/petugas/antrean?cari=dinas"),
    audience: "private",
  },
  {
    name: "A queue of an agency and of those below it",
    at: at(officers.city, `/petugas/antrean/in-progress?${tree}`),
    audience: "private",
  },
  {
    name: "A queue with filters that nothing passes",
    at: at(officers.city, "/petugas/antrean/verification?jenis=information-request&wilayah=64.71"),
    audience: "private",
  },
  {
    name: "A queue in which nothing waits",
    at: at(officers.unit, "/petugas/antrean/answered"),
    audience: "private",
  },
  {
    name: "A queue with a filter that is none",
    at: at(officers.city, "/petugas/antrean/verification?jenis=lain"),
    audience: "private",
    status: 400,
  },
  {
    name: "The page that confirms a progress note on several cases",
    at: {
      walk: (way) =>
        together(way, `/petugas/antrean/in-progress?${tree}`, /^(Catat perkembangan|Note progress)$/),
    },
    audience: "private",
  },
  {
    name: "The page that confirms an assignment of several cases",
    at: { walk: (way) => together(way, `/petugas/antrean/in-progress?${tree}`, /^(Disposisikan|Assign)$/) },
    audience: "private",
  },
  {
    name: "The page that confirms an archival of several cases",
    at: { walk: (way) => together(way, `/petugas/antrean/verification?${tree}`, /^(Arsipkan|Archive)$/) },
    audience: "private",
  },
  {
    name: "The page that confirms that several cases are joined",
    at: { walk: (way) => together(way, `/petugas/antrean/verification?${tree}`, /^(Gabungkan|Join)$/) },
    audience: "private",
  },
  {
    name: "What came of a move with several cases",
    at: { walk: (way) => withOne(way, async () => undefined) },
    audience: "private",
  },
  {
    name: "What came of a move with several cases, with one that changed meanwhile",
    at: {
      walk: (way) =>
        withOne(way, (number) =>
          movesOn(way.site, number)(officers.unit, "notes", { text: "Tunggu anggaran." }),
        ),
    },
    audience: "private",
  },
];
