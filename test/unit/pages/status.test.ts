import { describe, expect, onTestFinished, test, vi } from "vitest";
import { routes } from "../../../functions/public/routes.ts";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import { serve } from "../../../shared/http/serve.ts";
import { aFrame } from "../../fakes/frame.ts";
import { type Answer, call } from "../../fakes/gateway.ts";
import { memoryDirectory } from "../../fakes/memory/directory-store.ts";
import { memoryFiles } from "../../fakes/memory/file-store.ts";
import { anOffice } from "../../fakes/office.ts";
import { attachmentLimits, memoryStores } from "../../fakes/stores.ts";
import { longSentences } from "../../pages/reading.ts";
import { readPage as readMarkup } from "./markup.ts";

/** The text of a page. A full stop that follows markup stands right behind it. */
const readPage = (answer: Answer): string => readMarkup(answer).replaceAll(" .", ".");

const failing = () => Promise.reject(new Error("secret-table: the database does not answer"));

/** The page of a system at a moment, with parts of it changed. */
function aSystem(
  at: string,
  change: (stores: ReturnType<typeof memoryStores>, directory: ReturnType<typeof memoryDirectory>) => void,
) {
  const stores = memoryStores();
  const directory = memoryDirectory();
  change(stores, directory);
  const now = () => new Date(at);
  const frame = aFrame(now);
  const table = routes({
    ...stores,
    directory,
    evidence: { attachments: stores.attachments, files: async () => memoryFiles(), limits: attachmentLimits },
    threshold: { ofNetwork: Infinity, ofAll: Infinity, holdsAlike: false },
    verifyingAgency: "kemenpanrb",
    frame,
    now,
  } as Parameters<typeof routes>[0]);
  const api = serve(table, undefined, { errorPage: errorPageOf(frame) });
  return (address = "/status", headers: Record<string, string> = {}) =>
    call(api, "GET", address, { headers });
}

const cached = "public, max-age=0, s-maxage=60";

describe("the state of the system", () => {
  test("Anybody reads that reports are taken and shown, and when deadlines were last looked at", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    await office.sweep();
    office.at("2026-11-24T09:04:00+08:00");
    const shown = await call(office.publicApi, "GET", "/status");
    const text = readPage(shown);
    expect([shown.status, shown.headers["cache-control"]]).toEqual([200, cached]);
    expect(text).toContain("Sistem siap.");
    expect(text).toContain("Terakhir: Selasa, 24 November 2026 pukul 09.00 WITA.");
    expect(text).not.toContain("Tidak siap");
  });

  test("The English page says the same in English", async () => {
    const office = anOffice("2026-11-24T09:00:00+08:00");
    await office.sweep();
    const text = readPage(await call(office.publicApi, "GET", "/en/status"));
    expect(text).toContain("The system is ready.");
    expect(text).toContain("Last: Tuesday, 24 November 2026 at 09:00 WITA.");
  });

  test.each([
    ["09:20:00", false],
    ["09:20:01", true],
    ["23:59:00", true],
  ])(
    "At %s, after the sweep of nine o'clock, it says that the next one is late: %s",
    async (time, isLate) => {
      const office = anOffice("2026-11-24T09:00:00+08:00");
      await office.sweep();
      office.at(`2026-11-24T${time}+08:00`);
      const shown = await call(office.publicApi, "GET", "/status");
      const text = readPage(shown);
      expect(shown.status).toBe(200);
      expect(text.includes("Terlambat Peringatan kepada petugas bisa terlambat.")).toBe(isLate);
      expect(text.includes("Ada yang perlu Anda ketahui.")).toBe(isLate);
      expect(text).toContain("Terakhir: Selasa, 24 November 2026 pukul 09.00 WITA.");
    },
  );

  test("Before the first sweep it says that none is on record, and nothing of an error", async () => {
    const text = readPage(await aSystem("2026-11-24T01:00:00Z", () => {})());
    expect(text).toContain("Pemeriksaan pertama belum tercatat.");
  });

  test("From November on it names the next year whose decree is missing, until the decree is stored", async () => {
    const office = anOffice("2027-11-02T09:00:00+08:00");
    const look = async () => readPage(await call(office.publicApi, "GET", "/status"));
    expect(await look()).toContain("belum ada: 2028. Tanggal di tahun itu masih sementara.");
    office.at("2027-10-20T09:00:00+08:00");
    expect(await look()).toContain("Keputusan hari libur yang diperlukan sudah ada.");
  });
});

describe("while something has failed", () => {
  test.each([
    ["the directory cannot say whether a report could be taken", "Laporan belum dapat dikirim."],
    ["no agency is there that verifies", "Laporan belum dapat dikirim."],
    ["cases cannot be read", "Laporan belum dapat dibuka. Tidak ada laporan yang hilang."],
  ])("The page answers where %s: it says so in words, and no cache keeps it", async (what, said) => {
    const look = aSystem("2026-11-24T01:00:00Z", ({ cases }, directory) => {
      if (what.startsWith("cases")) cases.feed = failing;
      else directory.answers = what.startsWith("no") ? async () => false : failing;
    });
    for (const [address, whole] of [
      ["/status", "Sistem tidak siap."],
      ["/en/status", "The system is not ready."],
    ] as const) {
      const shown = await look(address);
      expect([shown.status, shown.headers["cache-control"]]).toEqual([200, "no-store"]);
      expect(readPage(shown)).toContain(whole);
    }
    expect(readPage(await look())).toContain(said);
  });

  test("The page answers where nothing at all can be read, and tells nothing of what is inside", async () => {
    const look = aSystem("2026-11-24T01:00:00Z", ({ cases, lastSweep }, directory) => {
      cases.feed = failing;
      lastSweep.last = failing;
      directory.answers = failing;
      directory.calendarYears = failing;
    });
    const shown = await look();
    const text = readPage(shown);
    expect([shown.status, shown.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(text.match(/Saat ini kami tidak dapat membacanya\./g)).toHaveLength(2);
    expect(text).toContain("Kirim SMS ke 1708.");
    expect(text).toContain("Tulisan Anda tidak hilang.");
    expect(JSON.stringify(shown)).not.toMatch(/secret|table|database/i);
  });

  test("The page does not wait for a database that never answers", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const silent = () => new Promise<never>(() => {});
    const look = aSystem("2026-11-24T01:00:00Z", ({ cases, lastSweep }, directory) => {
      cases.feed = silent;
      lastSweep.last = silent;
      directory.answers = silent;
      directory.calendarYears = silent;
    });
    const answers: Answer[] = [];
    const looking = look().then((answer) => answers.push(answer));
    while (answers.length === 0) await vi.advanceTimersByTimeAsync(1_000);
    await looking;
    const [shown] = answers as [Answer];
    expect([shown.status, shown.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(readPage(shown)).toContain("Sistem tidak siap.");
  });
});

test("Whoever looks, the page is the same: cookies and headers change nothing", async () => {
  const office = anOffice();
  const plain = await call(office.publicApi, "GET", "/status");
  office.at("2026-11-24T09:01:30+08:00");
  const other = await call(office.publicApi, "GET", "/status", {
    cookies: ["__Host-saya=contoh", "__Host-draf=contoh"],
    headers: { "accept-language": "en", accept: "application/json", "user-agent": "contoh" },
    query: { utm_source: "contoh" },
  });
  expect(other.body).toBe(plain.body);
  expect(other.cookies).toEqual([]);
});

test.each(["/status", "/en/status"])("Sentences of %s have at most twenty words", async (address) => {
  const down = aSystem("2027-11-24T01:00:00Z", (_, directory) => {
    directory.answers = failing;
  });
  for (const look of [down, aSystem("2026-11-24T01:00:00Z", () => {})])
    expect(longSentences(String((await look(address)).body))).toEqual([]);
});
