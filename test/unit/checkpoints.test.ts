import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openCheckpoints } from "../../infra/local/tables/checkpoints.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-checkpoints-"));
  file = join(folder, "streams.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = () => JSON.parse(readFileSync(file, "utf8"));

test("how far a stream was read is known at once and in the file soon after", async () => {
  const { of, stop } = openCheckpoints(file);
  of("Cases -> PublishEvents").advance("shard", "1");
  of("Cases -> PublishEvents").advance("shard", "2");
  of("Cases -> Recounts").close("shard");
  expect(of("Cases -> PublishEvents").last("shard")).toBe("2");
  await vi.waitFor(() =>
    expect(written()).toEqual({
      "Cases -> PublishEvents": { shard: { last: "2" } },
      "Cases -> Recounts": { shard: { closed: true } },
    }),
  );
  await stop();
});

test("stopping writes what is not in the file yet, and the next start goes on from there", async () => {
  const first = openCheckpoints(file);
  first.of("Cases -> PublishEvents").advance("shard", "7");
  await first.stop();
  const second = openCheckpoints(file);
  expect(second.of("Cases -> PublishEvents").last("shard")).toBe("7");
  await second.stop();
});

test("changes that come after the stop are not written: the records come again at the next start", async () => {
  const { of, stop } = openCheckpoints(file);
  of("Cases -> PublishEvents").advance("shard", "7");
  await stop();
  vi.useFakeTimers();
  of("Cases -> PublishEvents").advance("shard", "8");
  const waiting = vi.getTimerCount();
  vi.useRealTimers();
  expect([waiting, written()]).toEqual([0, { "Cases -> PublishEvents": { shard: { last: "7" } } }]);
});

test("a start that has read nothing writes no file", async () => {
  await openCheckpoints(file).stop();
  expect(written).toThrow("ENOENT");
});
