import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { routes } from "../../functions/officer/routes.ts";
import { attachmentStore } from "../../shared/attachment/attachment-store.ts";
import { knownFiles } from "../../shared/attachment/upload-flow.ts";
import { submit } from "../../shared/case/case.ts";
import { caseStore } from "../../shared/case/store/case-store.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import { newTrackingNumber, trackingNumberEntropy } from "../../shared/case/tracking-number.ts";
import { directoryStore } from "../../shared/directory/directory-store.ts";
import { requestStore } from "../../shared/directory/request-store.ts";
import { signedInCookie } from "../../shared/http/page/officer.ts";
import { serve } from "../../shared/http/serve.ts";
import { sideBySide } from "../../shared/platform/side-by-side.ts";
import { strainMeter } from "../../shared/platform/strain.ts";
import { signedInAt } from "../../shared/visitor/officer-session.ts";
import { agencies } from "../fakes/agencies.ts";
import { aFrame } from "../fakes/frame.ts";
import { call } from "../fakes/gateway.ts";
import { noIssuer } from "../fakes/issuer.ts";
import { memoryAnswerTemplates } from "../fakes/memory/answer-template-store.ts";
import { memoryCalendars } from "../fakes/memory/calendar-stores.ts";
import { memoryOfficerDrafts } from "../fakes/memory/draft-store.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { knownSeal } from "../fakes/seal.ts";
import { staff } from "../fakes/staff.ts";
import { storeEntries } from "../fakes/trees.ts";
import { openDatabase } from "./database.ts";

const database = openDatabase();
const at = new Date("2026-11-24T01:30:00Z");
const city = "pemkot-balikpapan";

/** Cases that wait at the city. Returns their numbers. */
async function waiting(count: number): Promise<string[]> {
  const cases = caseStore(database.dynamo, {
    cases: database.table("Cases"),
    reporters: { table: database.table("Reporters"), seal: knownSeal },
  });
  return sideBySide([...Array(count).keys()], async () => {
    const trackingNumber = newTrackingNumber(randomBytes(trackingNumberEntropy));
    const submitted = submit(
      { ...roadComplaint, agencyId: city },
      { trackingNumber, receipt: "0", salt: "salt", language: "id", verifyingAgency: "kemenpanrb", at },
    );
    await cases.submit(submitted, sealForRetry(trackingNumber, {}, {}, { at, nonce: new Uint8Array(12) }));
    return trackingNumber;
  });
}

function officers() {
  const directory = directoryStore(database.dynamo, database.table("Directory"));
  const frame = aFrame(() => at);
  const evidence = {
    attachments: attachmentStore(database.dynamo, database.table("Cases")),
    files: () => Promise.reject(new Error("Nobody sends files here")),
    limits: { files: 10, megabytes: 25, megapixels: 50 },
  };
  const desk = {
    cases: caseStore(database.dynamo, { cases: database.table("Cases") }),
    directory,
    evidence,
    verifyingAgency: "kemenpanrb",
    requests: requestStore(database.dynamo, database.table("Directory")),
    undeliverables: { of: async () => undefined },
    filesOf: knownFiles(evidence),
    frame,
    ...memoryCalendars(),
    officerDrafts: memoryOfficerDrafts(),
    answerTemplates: memoryAnswerTemplates(),
    issuer: noIssuer,
    strain: strainMeter(),
    now: () => at,
  };
  const api = serve(routes(desk), directory);
  return async (move: string, numbers: readonly string[], form: Record<string, string>) => {
    const cookie = await signedInCookie(frame, signedInAt(staff.admin.subject, at));
    const began = performance.now();
    const { body } = await call(api, "POST", `/petugas/antrean/verification/bersama/${move}`, {
      cookies: [cookie.split(";")[0] ?? ""],
      form: { semua: "ya", halaman: numbers.map((one) => `${one}:1`).join(" "), langkah: "kirim", ...form },
    });
    return {
      said: /<h1>([^<]*)/.exec(String(body))?.[1],
      seconds: (performance.now() - began) / 1000,
    };
  };
}

test("fifty cases are archived, and fifty are joined to one, in the time that the function has", async () => {
  const directory = { dynamo: database.dynamo, table: database.table("Directory") };
  await storeEntries(directory, "agency", agencies);
  await storeEntries(directory, "officer", Object.values(staff));
  const together = officers();
  const archived = await together("arsipkan", await waiting(50), {
    ...{ reason: "not-public-service", text: "Bukan layanan kami." },
  });
  const [first = "", ...others] = await waiting(51);
  const joined = await together("gabungkan", others, { trackingNumber: first });
  expect([archived.said, joined.said]).toEqual([
    "50 dari 50 laporan diarsipkan",
    "50 dari 50 laporan digabungkan",
  ]);
  expect(Math.max(archived.seconds, joined.seconds)).toBeLessThan(10);
});
