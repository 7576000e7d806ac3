import { submit } from "../../shared/case/case.ts";
import { clocked, opened } from "../../shared/case/clocks/case-clocks.ts";
import { countingOf } from "../../shared/case/clocks/counting-flow.ts";
import { verify } from "../../shared/case/moves/handing/handing.ts";
import { sealForRetry } from "../../shared/case/submission/retry.ts";
import { agencies, anOfficer } from "./agencies.ts";
import { aMailRoom } from "./mail-room.ts";
import { memoryDirectory } from "./memory/directory-store.ts";
import { roadComplaint } from "./reports.ts";
import { memoryStores } from "./stores.ts";

const inWita = (local: string) => `${local}:00+08:00`;

/**
 * Makes cases that are all due on Tuesday, 1 December 2026. They are spread evenly over officers who have an agency each.
 */
export async function fiveHundredDue(among = 20) {
  const stores = memoryStores();
  const directory = memoryDirectory();
  const offices = Array.from({ length: among }, (_, index) => ({
    ...agencies[2]!,
    id: `dinas-${String(index).padStart(2, "0")}`,
  }));
  for (const one of offices) {
    await directory.put("agency", one);
    await directory.put("officer", anOfficer("liaison-officer", one.id));
  }
  const room = aMailRoom({ ...stores, directory });
  const at = new Date(inWita("2026-11-24T10:00"));
  const numbers = Array.from({ length: 500 }, (_, index) => `CASE-${String(index).padStart(5, "0")}`);
  for (const [index, trackingNumber] of numbers.entries()) {
    const agencyId = offices[index % among]!.id;
    const counting = await countingOf(directory, agencyId);
    const sent = submit(
      { ...roadComplaint, agencyId },
      { trackingNumber, receipt: "0", salt: "s", language: "id", verifyingAgency: "kemenpanrb", at },
    );
    const before = opened(sent.case, counting);
    const retry = sealForRetry(trackingNumber, {}, {}, { at, nonce: new Uint8Array(12) });
    await stores.cases.submit({ ...sent, case: before }, retry);
    const act = { by: { role: "national-admin" as const }, at, salt: "s" };
    const verified = verify(
      before,
      { supervised: false, formal: false },
      { ...act, target: undefined, knownCategory: true, within: agencyId, verifyingAgency: "kemenpanrb" },
    );
    await stores.cases.append(before, clocked(before, verified, counting));
  }
  await room.forget(numbers);
  room.at(inWita("2026-12-01T08:00"));
  await room.check(numbers);
  const mails = await room.flush(inWita("2026-12-01T08:03"));
  return {
    mails,
    later: await room.flush(inWita("2026-12-01T16:30")),
    officers: offices.map(({ id }) => `liaison-officer@${id}`),
    cases: numbers,
  };
}
