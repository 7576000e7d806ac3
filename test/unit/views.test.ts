import { describe, expect, test } from "vitest";
import { caseState } from "../../shared/case/case.ts";
import { eventContents, eventTypes } from "../../shared/case/history.ts";
import { officerView, publicView, reporterView } from "../../shared/case/views/schemas.ts";
import { caseFields, eventFields, headingFields } from "../../shared/case/views/visibility.ts";
import type { Answer } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

/** Everything that anybody writes in a whole life, each with a mark of its own. */
const written = {
  title: "TANDA-judul lama",
  story: "TANDA-cerita pelapor tentang jalan itu",
  address: "TANDA-alamat",
  corrected: "TANDA-judul baru",
  note: "TANDA-pesan disposisi",
  question: "TANDA-pertanyaan",
  reply: "TANDA-balasan",
  progress: "TANDA-perkembangan",
  internal: "TANDA-catatan dalam",
  answer: "TANDA-jawaban yang panjang sekali untuk pelapor",
  comment: "TANDA-komentar penilaian",
  dispute: "TANDA-sanggahan",
  appeal: "TANDA-banding",
  reason: "TANDA-alasan pengembalian",
  referral: "TANDA-penerusan",
  archive: "TANDA-alasan arsip",
  restore: "TANDA-alasan pulih",
  opening: "TANDA-alasan membuka identitas",
};
type Mark = keyof typeof written;
const marksIn = ({ body }: Answer): Mark[] => {
  const json = JSON.stringify(body);
  return (Object.keys(written) as Mark[]).filter((mark) => json.includes(written[mark]));
};

/** A case in which everything happened that can. */
async function aLife(change: { secret?: boolean; anonymous?: boolean } = {}) {
  const office = anOffice();
  const found = await office.submit({
    title: written.title,
    text: written.story,
    location: { regionCode: "64.71", address: written.address, latitude: -1.2379, longitude: 116.8529 },
    reporter: { name: "TANDA-nama", email: "tanda@contoh.example", phone: "081200001111" },
    ...change,
  });
  const steps = [
    await found.as("admin", "verification", { title: written.corrected }),
    await found.as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan", note: written.note }),
    await found.as("roads", "return", { reason: written.reason }),
    await found.as("worker", "question", { text: written.question }),
    await found.reporter("replies", { text: written.reply }),
    await found.as("worker", "progress", { text: written.progress }),
    await found.as("worker", "notes", { text: written.internal }),
    await found.as("worker", "answer", { text: written.answer }),
    await found.reporter("replies", { text: written.dispute }),
    await found.as("worker", "answer", { text: written.answer }),
    await found.reporter("confirmation", { stars: 2, comment: written.comment }),
  ];
  // The completion limit passes.
  office.at("2027-02-01T09:00:00+08:00");
  steps.push(
    await found.as("head", "answer", { text: `${written.answer} lagi` }),
    await found.reporter("appeal", { text: written.appeal }),
    await found.reporter("referral-consent"),
    await found.as("observer", "referral", { text: written.referral }),
    await found.as("national", "archival", { reason: "under-court", text: written.archive }),
    await found.as("national", "restoration", { text: written.restore }),
  );
  if (change.anonymous) steps.push(await found.reporter("identity-consent", { agreed: true }));
  steps.push(await found.openIdentity("mayor", written.opening));
  expect(steps.map(({ status }) => status)).toEqual(steps.map(() => 200));
  return { ...found, steps, office };
}

const all = Object.keys(written) as Mark[];
const but = (...marks: Mark[]) => all.filter((mark) => !marks.includes(mark));
const officials: Mark[] = ["note", "internal", "referral", "restore"];

describe("who sees a field", () => {
  test("every field of a case has a decision who sees it", () => {
    expect(Object.keys(caseFields).sort()).toEqual(Object.keys(caseState.shape).sort());
  });

  test.each(eventTypes)("every field of the event %s has a decision who sees it", (type) => {
    const decided = Object.keys(eventFields[type].content).sort();
    expect(decided).toEqual(Object.keys(eventContents[type].shape).sort());
  });

  test("every field that all events have has a decision who sees it", () => {
    const fields = [
      "trackingNumber",
      "sequence",
      "type",
      "at",
      "by",
      "officerId",
      "content",
      "salt",
      "previousHash",
      "hash",
    ];
    expect(Object.keys(headingFields).sort()).toEqual(fields.sort());
  });
});

describe("the views of a case in which everything happened", () => {
  test("every reader is given what the schema of their view declares, and nothing else", async () => {
    const found = await aLife({ anonymous: true });
    const answers = [
      [publicView, await found.seenByPublic()],
      [reporterView, await found.seenByReporter()],
      [officerView, await found.seenBy("mayor")],
      [officerView, await found.seenBy("observer")],
      [officerView, await found.seenBy("auditor")],
    ] as const;
    // Parsing leaves out what a schema does not declare.
    for (const [view, { body }] of answers) expect(view.parse(body)).toEqual(body);
  });

  test("the public reads the report, what was done and the answers, and nothing that was said between the parties", async () => {
    const found = await aLife();
    expect(marksIn(await found.seenByPublic())).toEqual([
      "story",
      "address",
      "corrected",
      "progress",
      "answer",
    ]);
  });

  test("the reporter reads everything but what officers tell each other", async () => {
    const found = await aLife();
    expect(marksIn(await found.seenByReporter())).toEqual(but(...officials));
  });

  test("officers and the Ombudsman read everything that was told, and never who reported", async () => {
    const found = await aLife();
    for (const who of ["mayor", "national", "observer"] as const) {
      const seen = await found.seenBy(who);
      expect([who, marksIn(seen)]).toEqual([who, all]);
      expect(JSON.stringify(seen.body)).not.toMatch(/TANDA-nama|tanda@contoh|081200001111/);
    }
  });

  test("auditors read who did what and why, and nothing of the report", async () => {
    const found = await aLife();
    const seen = await found.seenBy("auditor");
    expect(marksIn(seen)).toEqual(["reason", "referral", "archive", "restore", "opening"]);
    expect(JSON.stringify(seen.body)).toContain(staff.worker.id);
  });

  test("a secret, archived or withdrawn case shows the public where it stands, and nothing of what it is about", async () => {
    const secret = await aLife({ secret: true });
    const archived = await aLife();
    await archived.as("national", "archival", { reason: "abusive", text: written.archive });
    const withdrawn = await aLife();
    await withdrawn.reporter("withdrawal");
    for (const found of [secret, archived, withdrawn]) {
      const seen = await found.seenByPublic();
      expect([seen.status, marksIn(seen)]).toEqual([200, []]);
      expect(seen.body.timeline.length).toBeGreaterThan(10);
      expect(seen.body.clocks.length).toBeGreaterThan(2);
    }
    expect(marksIn(await secret.seenByReporter())).toEqual(but(...officials));
  });

  test("no officer is named to the public or the reporter: role and agency only", async () => {
    const found = await aLife();
    for (const seen of [await found.seenByPublic(), await found.seenByReporter(), await found.proof()])
      for (const { id, name, email } of Object.values(staff))
        for (const personal of [id, name, email])
          expect(JSON.stringify(seen.body)).not.toContain(`"${personal}"`);
    const { body } = await found.seenByPublic();
    expect(body.timeline[1]).toMatchObject({
      by: "agency-admin",
      agency: { name: "Pemerintah Kota Balikpapan" },
    });
    expect((await found.seenBy("mayor")).body.timeline[1].officer).toEqual({
      id: staff.admin.id,
      name: staff.admin.name,
    });
  });

  test("an internal note is not there for the public and the reporter, not even as an event", async () => {
    const found = await aLife();
    for (const seen of [await found.seenByPublic(), await found.seenByReporter()])
      expect(seen.body.timeline.map(({ type }: { type: string }) => type)).not.toContain("noted");
  });

  test("only the parties see coordinates, and the address of an anonymous reporter", async () => {
    const anonymous = await aLife({ anonymous: true });
    expect(marksIn(await anonymous.seenByPublic())).not.toContain("address");
    expect(JSON.stringify((await anonymous.seenByPublic()).body)).not.toMatch(/116\.8|-1\.23/);
    expect((await anonymous.seenBy("mayor")).body.location.latitude).toBe(-1.2379);
  });

  test("nobody sees receipts, salts, digests or hashes of receipts; the proof holds hashes of events only", async () => {
    const found = await aLife();
    const file = await found.office.cases.find(found.number);
    const secrets = [
      file?.case.receiptHash ?? "?",
      file?.case.lastMove?.digest ?? "?",
      ...(file?.events ?? []).map(({ salt }) => salt),
    ];
    const answers = [
      await found.seenByPublic(),
      await found.seenByReporter(),
      await found.seenBy("national"),
      await found.seenBy("auditor"),
      await found.proof(),
      ...found.steps,
    ];
    for (const { body } of answers)
      for (const secret of secrets) expect(JSON.stringify(body)).not.toContain(secret);
    expect(marksIn(await found.proof())).toEqual([]);
  });

  test("a move answers with the same view without the history, and tells a reporter nothing of the officers' words", async () => {
    const found = await aLife();
    for (const step of found.steps) {
      expect(step.body.timeline).toBeUndefined();
      expect(marksIn(step).filter((mark) => !["title", "address", "corrected"].includes(mark))).toEqual([]);
    }
  });
});
