import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { copyDaily } from "../../../functions/jobs/check-calendars.ts";
import { moveAddresses } from "../../../shared/page/officer/move-addresses.ts";
import { type FormMove, moveForms } from "../../../shared/page/officer/moves/table.ts";
import { copyForPractice } from "../../../shared/practice/copy-flow.ts";
import { bodyOfMove } from "../../../shared/practice/moves.ts";
import { rulebookOf } from "../../../shared/practice/rulebook.ts";
import { type PracticeState, stateOfRun } from "../../../shared/practice/run.ts";
import { type ScenarioId, scenarioIds } from "../../../shared/practice/scenario.ts";
import { scenarios } from "../../../shared/practice/scenarios.ts";
import { aBrowser, attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { rightBodies, rightStep } from "../../fakes/practice.ts";
import { staff } from "../../fakes/staff.ts";

type Office = ReturnType<typeof anOffice>;
type Browser = ReturnType<typeof aBrowser>;

const worker = { subject: staff.worker.subject };

const visitor = (office: Office) => aBrowser(office.practiceApi);

/** Where the worker stands, as the store has it. */
async function standing(office: Office, id: ScenarioId): Promise<{ state: PracticeState; version: string }> {
  const found = await office.practice.run(worker, id, office.now());
  if (!found || !("run" in found)) throw new Error("There is no run");
  const book = rulebookOf(await office.practice.rules());
  return { state: stateOfRun(found.run, scenarios[id], book), version: String(found.run.version) };
}

const formOf = (body: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));

/** Sends the right step by the forms of the pages. */
async function stepRightly(office: Office, browser: Browser, id: ScenarioId) {
  const { state, version } = await standing(office, id);
  const step = rightStep(state);
  const at = `/latihan/${id}`;
  switch (step.kind) {
    case "move":
      return browser.send(`${at}/langkah/${moveAddresses[step.move]}`, {
        versi: version,
        ...formOf({ ...(step.move === "verify" && { class: state.file.case.class }), ...step.body }),
      });
    case "due":
      return browser.send(`${at}/langkah`, { versi: version, date: step.date ?? "" });
    case "choice":
      return browser.send(`${at}/langkah`, { versi: version, option: step.option });
    case "days":
      return browser.send(`${at}/hari`, { versi: version, days: String(step.days) });
  }
}

/** The page of a move says all that the page of a real case says. */
function expectRealForm(text: string, move: FormMove): void {
  const { does, fields } = moveForms[move];
  expect(text).toContain(does.id);
  for (const { label } of fields) expect([move, text]).toEqual([move, expect.stringContaining(label.id)]);
  expect(text).toMatch(
    /Yang terjadi pada hitungan hari.*(hari kerja|hari kalender|Hitungan|Batas|paling lambat)/s,
  );
  expect(text).toMatch(/Sesudah ini: .*, di (Admin nasional|instansi yang Anda pilih|.*Contoh)/);
  expect(text).toMatch(/Email kepada pelapor|tidak dikirimi email/);
}

const begun = async (id: ScenarioId) => {
  const office = anOffice("2026-11-27T09:00:00+08:00");
  const browser = await office.browserOf("worker");
  expect((await browser.send(`/latihan/${id}`)).headers.location).toBe(`/latihan/${id}/langkah`);
  return { office, browser };
};

test("Ten scenarios are listed with what they teach, and what is recorded of whoever practises", async () => {
  const office = anOffice();
  const signedOut = pageIn(await visitor(office).get("/latihan"));
  expect(signedOut.all("h2").length).toBeGreaterThanOrEqual(10);
  expect(signedOut.text).toContain("LATIHAN: tidak ada yang terkirim");
  expect(signedOut.text).toContain("tidak tercatat atas nama Anda");
  expect(signedOut.text).not.toContain("Antrean");
  const browser = await office.browserOf("worker");
  const shown = pageIn(await browser.get("/latihan"));
  expect(shown.text).toContain("paling lama satu tahun");
  expect(shown.text).toContain("Antrean");
  // Whoever practises is told where the bar leads them before they follow it.
  expect(shown.text).toContain("Keluar dari latihan, ke meja Anda");
  expect(shown.text).not.toContain("Saya");
  expect(signedOut.text).not.toContain("meja Anda");
  const hrefs = (page: typeof shown) => page.all("a").map((link) => attributeOf(link, "href"));
  const toDesk = (page: typeof shown) => hrefs(page).filter((one) => one === "/petugas").length;
  // The foot of every page leads officers to their desk; the bar does too, by its brand and by its last link.
  expect([toDesk(signedOut), toDesk(shown)]).toEqual([1, 3]);
  expect(hrefs(shown)).not.toContain("/petugas/saya");
});

describe.each(scenarioIds)("the pages of the scenario %s", (id) => {
  test("lead an officer through it, say on each that nothing is sent, and end with what was learnt", async () => {
    const { office, browser } = await begun(id);
    let clicks = 1;
    for (;;) {
      const { state } = await standing(office, id);
      if (!state.task) break;
      for (const language of ["", "/en"]) {
        const answer = await browser.get(`${language}/latihan/${id}/langkah`);
        const shown = pageIn(answer);
        expect([answer.status, shown.h1]).toEqual([200, scenarios[id].title[language === "" ? "id" : "en"]]);
        expect(shown.text).toMatch(/LATIHAN: tidak ada yang terkirim|PRACTICE: nothing is sent/);
        expect(answer.headers["cache-control"]).toBe("no-store");
        expect(Buffer.byteLength(String(answer.body))).toBeLessThan(40_000);
      }
      if (state.task.kind === "move") {
        const { right } = state.task;
        const form = pageIn(await browser.get(`/latihan/${id}/langkah/${moveAddresses[right]}`));
        expect(form.text).toContain("LATIHAN: tidak ada yang terkirim");
        expect(form.text).toContain("Panduan untuk langkah ini");
        expectRealForm(form.text, right as FormMove);
        clicks++;
      }
      const sent = await stepRightly(office, browser, id);
      expect([state.task.says.en, sent.status, String(sent.body ?? "")]).toEqual([
        state.task.says.en,
        303,
        "",
      ]);
      clicks++;
    }
    const end = pageIn(await browser.get(`/latihan/${id}/selesai`));
    for (const { text } of scenarios[id].learnt) expect(end.text).toContain(text.id);
    expect(end.text).toContain("Tercatat atas nama Anda");
    expect((await office.practice.of(worker, office.now())).finished).toEqual([
      { scenario: id, finishedAt: office.now().toISOString() },
    ]);
    expect(pageIn(await browser.get("/latihan")).text).toContain("Selesai");
    expect(clicks).toBeLessThan(25);
  });

  test("tell no date while they ask for one", async () => {
    const { office, browser } = await begun(id);
    for (;;) {
      const { state } = await standing(office, id);
      if (!state.task) break;
      if (state.task.kind === "due") {
        const shown = pageIn(await browser.get(`/latihan/${id}/langkah`));
        expect(shown.text).toContain("Kapan batas waktunya?");
        expect(shown.text).not.toMatch(/paling lambat|jatuh tempo/i);
      }
      await stepRightly(office, browser, id);
    }
  });
});

test("What nobody begins costs nothing: only the button stores something, and who has not signed in keeps it by a cookie", async () => {
  const office = anOffice();
  const browser = visitor(office);
  await browser.get("/latihan");
  await browser.get("/latihan/banding");
  expect([office.practice.size(), browser.jar.size]).toEqual([0, 0]);
  expect((await browser.get("/latihan/banding/langkah")).headers.location).toBe(
    "/latihan/banding?sebab=habis",
  );
  const sent = await browser.send("/latihan/banding");
  expect(sent.cookies?.join()).toMatch(
    /^__Host-latihan=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=604800$/,
  );
  expect((await browser.get("/latihan/banding/langkah")).status).toBe(200);
  expect((await visitor(office).get("/latihan/banding/langkah")).status).toBe(303);
});

test("The page of a move tells what it does to the clock and what the reporter will be mailed, as at a real case", async () => {
  const { browser } = await begun("data-kurang");
  const ask = pageIn(await browser.get("/latihan/data-kurang/langkah/tanya"));
  expect(ask.text).toContain("Pelapor punya 30 hari kalender untuk melengkapi, sampai");
  expect(ask.text).toMatch(/Menghentikan hitungan \d+ hari kerja/);
  expect(ask.text).toContain("Judul email");
  const { browser: secret } = await begun("laporan-rahasia");
  await secret.send("/latihan/laporan-rahasia/langkah", { versi: "1", option: "status" });
  await secret.send("/latihan/laporan-rahasia/langkah", { versi: "2", show: "true" });
  const answer = pageIn(await secret.get("/latihan/laporan-rahasia/langkah/jawab"));
  expect(answer.text).toContain("anonim atau rahasia, maka emailnya tidak menyebut apa pun");
});

test("A form that is saved is shown again with what the move would do, and practice neither keeps nor sends it", async () => {
  const { office, browser } = await begun("salah-instansi");
  const at = "/latihan/salah-instansi/langkah/disposisi";
  const before = await standing(office, "salah-instansi");
  const saved = await browser.send(at, {
    versi: "1",
    agencyId: "latihan-uptd-jalan",
    note: "Mohon ditinjau.",
    lakukan: "simpan",
  });
  const shown = pageIn(saved);
  expect([saved.status, shown.value("note"), shown.value("versi")]).toEqual([200, "Mohon ditinjau.", "1"]);
  expect(shown.text).toContain("UPTD Jalan Kota Contoh");
  expect(shown.text).toContain("Latihan tidak menyimpannya");
  expect(await standing(office, "salah-instansi")).toEqual(before);
  const searched = pageIn(await browser.send(at, { versi: "1", cari: "pendidikan", lakukan: "cari" }));
  expect(searched.text).toContain("Tidak ada yang cocok");
  expect(pageIn(await browser.send(at, { versi: "1", cari: "uptd", lakukan: "cari" })).text).toContain(
    "Hasil pencarian",
  );
});

test("A move that the rules refuse whatever is filled in has no form, as at a real case: it says why, and why it is wrong", async () => {
  const { office, browser } = await begun("anonim-berfoto");
  await stepRightly(office, browser, "anonim-berfoto");
  for (const move of ["identitas", "arsipkan"]) {
    const closed = await browser.get(`/latihan/anonim-berfoto/langkah/${move}`);
    const shown = pageIn(closed);
    expect([move, closed.status]).toEqual([move, expect.toBeOneOf([403, 409])]);
    expect(shown.text).toContain("LATIHAN: tidak ada yang terkirim");
    expect(shown.text).toContain("Mengapa bukan langkah ini");
    expect(shown.all("textarea")).toEqual([]);
  }
});

test("The photo of the anonymous report is a picture to look at, with what it shows in words", async () => {
  const { browser } = await begun("anonim-berfoto");
  const shown = pageIn(await browser.get("/latihan/anonim-berfoto/langkah"));
  const [picture] = shown.all("img");
  if (!picture) throw new Error("There is a picture");
  expect(attributeOf(picture, "src")).toMatch(/^\/aset\/foto-latihan/);
  expect(attributeOf(picture, "alt")).toMatch(/motor berpelat KT 1234 XX.*nomor 17/);
  expect(readFileSync("shared/page/files/foto-latihan.svg", "utf8")).toMatch(/KT 1234 XX[^]*>17</);
});

test("Runs are counted where they begin and where they end, by their scenario and by nobody's name", async () => {
  const { office, browser } = await begun("laporan-ganda");
  expect(office.runsCounted).toEqual(["PracticeBegun laporan-ganda"]);
  while ((await standing(office, "laporan-ganda")).state.task)
    await stepRightly(office, browser, "laporan-ganda");
  const ended = ["PracticeBegun laporan-ganda", "PracticeFinished laporan-ganda"];
  expect(office.runsCounted).toEqual(ended);
  await visitor(office).send("/latihan/banding");
  expect(office.runsCounted).toEqual([...ended, "PracticeBegun banding"]);
});

test("A calendar that was stored before there was practice reaches it by the daily check, and so does one whose copy failed", async () => {
  const office = anOffice("2026-11-27T09:00:00+08:00");
  const { putRules } = office.practice;
  office.practice.putRules = () => Promise.reject(new Error("no table"));
  const { body: year } = await office.admin("national", "GET", "calendars/2026");
  const sent = { year: 2026, decree: "Keputusan perubahan", days: year.days };
  expect((await office.admin("national", "PUT", "calendars/2026", sent)).status).toBe(200);
  const { limits, practice } = office;
  expect(await copyForPractice({ limits, practice })).toBe(false);
  await copyDaily({ limits, practice })();
  expect(await practice.rules()).toBeUndefined();
  office.practice.putRules = putRules;
  await copyDaily({ limits, practice })();
  expect((await practice.rules())?.calendars.find((one) => one.year === 2026)?.decree).toBe(
    "Keputusan perubahan",
  );
});

test("A step that the rules refuse is shown with their reason, with why it is wrong, and with what was typed", async () => {
  const { office, browser } = await begun("anonim-berfoto");
  await stepRightly(office, browser, "anonim-berfoto");
  const { version } = await standing(office, "anonim-berfoto");
  const address = "/latihan/anonim-berfoto/langkah/identitas";
  const refused = await browser.send(address, { versi: version, reason: "Ingin menelepon pelapor." });
  expect(refused.status).toBe(409);
  const shown = pageIn(refused);
  expect(shown.text).toContain("Aturan menolak langkah ini");
  expect(shown.text).toContain("Pelapor anonim, dan belum atau tidak lagi mengizinkan identitasnya dibuka");
  expect(shown.text).toContain("Untuk memeriksa jam loket Anda tidak memerlukannya");
  expect(shown.text).toContain("Ingin menelepon pelapor.");
  expect((await standing(office, "anonim-berfoto")).version).toBe(version);
});

test("A tempting step that the rules take is explained, and nothing goes on until it is taken back", async () => {
  const { office, browser } = await begun("salah-instansi");
  const at = "/latihan/salah-instansi";
  const archived = { versi: "1", reason: "not-public-service", text: "Bukan urusan kami." };
  expect((await browser.send(`${at}/langkah/arsipkan`, archived)).status).toBe(303);
  const astray = pageIn(await browser.get(`${at}/langkah`));
  expect(astray.text).toContain("Ini bukan langkah yang tepat");
  expect(astray.text).toContain("Jalan rusak adalah urusan layanan publik");
  expect(astray.text).toContain("Diarsipkan");
  expect((await browser.get(`${at}/langkah/kembalikan`)).status).toBe(303);
  expect(
    (await browser.send(`${at}/langkah/kembalikan`, { versi: "2", reason: "Jalan provinsi." })).status,
  ).toBe(409);
  expect((await browser.send(`${at}/kembali`, { versi: "2" })).status).toBe(303);
  const { state } = await standing(office, "salah-instansi");
  expect([state.astray, state.file.case.status]).toEqual([undefined, "assigned"]);
  expect(pageIn(await browser.get(`${at}/langkah`)).text).not.toContain("Ini bukan langkah yang tepat");
});

test("A wrong date is told what was counted until then, and the right one shows the strip of days", async () => {
  const { office, browser } = await begun("jeda-lebaran");
  const at = "/latihan/jeda-lebaran/langkah";
  const wrong = await browser.send(at, { versi: "1", date: "16/3/2027" });
  expect(wrong.status).toBe(400);
  expect(pageIn(wrong).problems).toEqual([
    ["#date", expect.stringContaining("Sampai Selasa, 16 Maret 2027 yang dihitung 3 hari. Batasnya 14 hari")],
  ]);
  expect(pageIn(wrong).value("date")).toBe("16/3/2027");
  for (const date of ["besok", "2027-02-31", ""])
    expect(pageIn(await browser.send(at, { versi: "1", date })).problems[0]?.[1]).toContain(
      "Tulis tanggalnya",
    );
  expect((await browser.send(at, { versi: "1", date: "2/4/2027" })).status).toBe(303);
  const shown = pageIn(await browser.get(at));
  expect(shown.elements.filter((one) => attributeOf(one, "class") === "days").length).toBeGreaterThan(0);
  expect(shown.text).toContain("Libur Lebaran dan cuti bersama tidak dihitung");
  expect((await standing(office, "jeda-lebaran")).state.done).toBe(1);
});

test("Whoever does not find a date may be shown it", async () => {
  const { office, browser } = await begun("nilai-rendah");
  expect((await browser.send("/latihan/nilai-rendah/langkah", { versi: "1", show: "true" })).status).toBe(
    303,
  );
  expect((await standing(office, "nilai-rendah")).state.done).toBe(1);
});

test("An interrupted practice goes on where it stood for seven days, and no longer", async () => {
  const { office, browser } = await begun("laporan-ganda");
  await stepRightly(office, browser, "laporan-ganda");
  office.at("2026-12-04T08:00:00+08:00");
  const later = await office.browserOf("worker");
  expect(pageIn(await later.get("/latihan")).text).toContain("Belum selesai");
  expect(pageIn(await later.get("/latihan/laporan-ganda")).text).toContain("Lanjutkan");
  expect(pageIn(await later.get("/latihan/laporan-ganda/langkah")).text).toContain("Tugas 2 dari 3");
  office.at("2026-12-04T10:00:00+08:00");
  const tooLate = await office.browserOf("worker");
  expect((await tooLate.get("/latihan/laporan-ganda/langkah")).headers.location).toBe(
    "/latihan/laporan-ganda?sebab=habis",
  );
});

test("Of two tabs the slower one is told so, with its text, and takes nothing back", async () => {
  const { office, browser } = await begun("data-kurang");
  const at = "/latihan/data-kurang";
  const text = "Di jalan mana lampunya mati?";
  expect((await browser.send(`${at}/hari`, { versi: "1", days: "1" })).status).toBe(303);
  const slower = await browser.send(`${at}/langkah/tanya`, { versi: "1", text });
  expect([slower.status, pageIn(slower).value("text"), pageIn(slower).value("versi")]).toEqual([
    409,
    text,
    "2",
  ]);
  expect(pageIn(slower).text).toContain("sudah maju di tab atau perangkat lain");
  expect((await browser.send(`${at}/kembali`, { versi: "1" })).status).toBe(409);
  expect((await browser.send(`${at}/langkah/tanya`, { versi: "2", text })).status).toBe(303);
  // A second click on the same button.
  expect((await browser.send(`${at}/langkah/tanya`, { versi: "2", text })).status).toBe(409);
  expect((await standing(office, "data-kurang")).state.done).toBe(1);
});

test("The form of another task is told that the practice stands elsewhere, and not what is wrong with a field that is not there", async () => {
  const { browser } = await begun("data-kurang");
  const answer = await browser.send("/latihan/data-kurang/langkah", { versi: "1", date: "besok" });
  expect([answer.status, pageIn(answer).problems]).toEqual([409, []]);
});

test("What a release no longer knows how to read, and what a decree has changed, is begun again", async () => {
  const { office, browser } = await begun("banding");
  office.practice.spoil();
  expect((await browser.get("/latihan/banding/langkah")).headers.location).toBe(
    "/latihan/banding?sebab=berubah",
  );
  const told = pageIn(await browser.get("/latihan/banding?sebab=berubah"));
  expect(told.text).toContain("Mulai dari awal dengan yang berlaku sekarang");
  expect((await browser.send("/latihan/banding")).status).toBe(303);
  expect((await browser.get("/latihan/banding/langkah")).status).toBe(200);
});

test("A decree that an administrator stores changes the dates of practice, and limits change them likewise", async () => {
  const office = anOffice("2026-11-27T09:00:00+08:00");
  const dueOf = async () => {
    const browser = await office.browserOf("worker");
    await browser.send("/latihan/ombudsman");
    const { state } = await standing(office, "ombudsman");
    return state.file.case.clocks.find(({ name }) => name === "completion")?.due;
  };
  expect(await dueOf()).toBe("2026-12-17");
  const { body: year } = await office.admin("national", "GET", "calendars/2026");
  const days = [
    ...(year.days as object[]),
    { date: "2026-12-09", kind: "election-day", name: "Pemungutan suara" },
  ];
  const stored = await office.admin("national", "PUT", "calendars/2026", {
    year: 2026,
    decree: "Keputusan perubahan",
    days,
  });
  expect(stored.status).toBe(200);
  const old = await office.browserOf("worker");
  expect((await old.get("/latihan/ombudsman/langkah")).headers.location).toBe(
    "/latihan/ombudsman?sebab=berubah",
  );
  expect(await dueOf()).toBe("2026-12-18");
  const { body: policies } = await office.admin("national", "GET", "policies");
  const [first] = policies.items as [{ limits: { clock: string; class?: string; supervised?: boolean }[] }];
  const limits = first.limits.map((limit) =>
    limit.clock === "completion" && limit.class === "complaint" && limit.supervised === false
      ? { ...limit, days: 7 }
      : limit,
  );
  const set = await office.admin("national", "PUT", "policies", { effectiveFrom: "2026-11-27", limits });
  expect(set.status).toBe(200);
  expect(await dueOf()).toBe("2026-12-08");
});

test("A dry run of a decree leaves practice as it is, and real work goes on where its copy fails", async () => {
  const office = anOffice("2026-11-27T09:00:00+08:00");
  const { body: year } = await office.admin("national", "GET", "calendars/2026");
  const sent = { year: 2026, decree: "Keputusan perubahan", days: year.days };
  await office.admin("national", "PUT", "calendars/2026?dryRun=true", sent);
  expect(await office.practice.rules()).toBeUndefined();
  const { putRules } = office.practice;
  office.practice.putRules = () => Promise.reject(new Error("no table"));
  expect((await office.admin("national", "PUT", "calendars/2026", sent)).status).toBe(200);
  office.practice.putRules = putRules;
  expect((await office.admin("national", "PUT", "calendars/2026", sent)).status).toBe(200);
  expect(await office.practice.rules()).toBeDefined();
});

test("No form of practice is taken from another site, and no address leads anywhere that is not there", async () => {
  const { browser } = await begun("banding");
  for (const room of ["", "/langkah", "/hari", "/kembali", "/langkah/jawab"]) {
    const forged = await browser.send(
      `/latihan/banding${room}`,
      { versi: "1" },
      { "sec-fetch-site": "cross-site" },
    );
    expect([room, forged.status]).toEqual([room, 403]);
  }
  for (const address of ["/latihan/tidak-ada", "/latihan/banding/langkah/tidak-ada", "/latihan/banding/x"])
    expect([address, (await browser.get(address)).status]).toEqual([address, 404]);
  // A move of the table that this task does not offer.
  expect((await browser.get("/latihan/banding/langkah/ombudsman")).status).toBe(303);
  for (const version of ["", "-1", "x", "99999999999", "0"])
    expect((await browser.send("/latihan/banding/hari", { versi: version, days: "1" })).status).toBe(409);
});

test("A form of a move with wrong fields is refused at its fields, and a right one is read by the schema of the real route", async () => {
  const { office, browser } = await begun("laporan-ganda");
  await stepRightly(office, browser, "laporan-ganda");
  const { state, version } = await standing(office, "laporan-ganda");
  const at = "/latihan/laporan-ganda/langkah/gabungkan";
  const mistyped = await browser.send(at, { versi: version, trackingNumber: "7K3MQ-P4X9D" });
  expect([mistyped.status, pageIn(mistyped).problems[0]?.[0]]).toEqual([400, "#trackingNumber"]);
  const itself = await browser.send(at, {
    versi: version,
    trackingNumber: scenarios["laporan-ganda"].trackingNumber,
  });
  expect(pageIn(itself).problems[0]?.[1]).toContain(
    "Nomor laporan pertama: tidak ada laporan lain dengan nomor pelacakan ini",
  );
  expect(bodyOfMove("join").safeParse(rightBodies("join", state)).success).toBe(true);
});

test("An officer's session goes on while they practise, and one that has ended is nobody's", async () => {
  const { office, browser } = await begun("banding");
  office.at("2026-11-27T09:50:00+08:00");
  await browser.get("/latihan/banding/langkah");
  office.at("2026-11-27T10:40:00+08:00");
  expect((await browser.get("/latihan/banding/langkah")).status).toBe(200);
  office.at("2026-11-27T12:00:00+08:00");
  expect((await browser.get("/latihan/banding/langkah")).headers.location).toBe(
    "/latihan/banding?sebab=habis",
  );
});

describe("Who has finished what", () => {
  const finished = async () => {
    const office = anOffice("2026-11-27T09:00:00+08:00");
    await office.practice.putFinish(worker, "banding", office.now());
    return office;
  };

  test("is shown to the administrator of the agency and of those above, with names and dates, and to nobody else", async () => {
    const office = await finished();
    const seen = await office.admin("admin", "GET", "practice?agency=balikpapan-dinas-pu");
    expect(seen.status).toBe(200);
    const items = seen.body.items as { id: string; name: string; finished: object[] }[];
    expect(items.find(({ id }) => id === staff.worker.id)).toMatchObject({
      name: staff.worker.name,
      finished: [{ scenario: "banding", title: "Banding", finishedAt: office.now().toISOString() }],
    });
    expect(items.find(({ id }) => id === staff.liaison.id)?.finished).toEqual([]);
    expect((seen.body.scenarios as object[]).length).toBe(10);
    expect(JSON.stringify(seen.body)).not.toContain(staff.worker.subject);
    const own = await office.admin("admin", "GET", "practice");
    expect(own.body.below).toContainEqual(expect.objectContaining({ id: "balikpapan-dinas-pu" }));
    for (const who of ["worker", "liaison", "head", "auditor", "observer"] as const)
      expect([who, (await office.admin(who, "GET", "practice")).status]).toEqual([who, 403]);
    expect((await office.admin("admin", "GET", "practice?agency=pemkot-samarinda")).status).toBe(404);
    expect((await office.admin("national", "GET", "practice?agency=balikpapan-dinas-pu")).status).toBe(200);
  });

  test("has a page, which leads to the agencies below", async () => {
    const office = await finished();
    const browser = await office.browserOf("admin");
    const own = pageIn(await browser.get("/petugas/kelola/latihan"));
    expect(own.h1).toBe("Latihan petugas");
    const below = own
      .all("a")
      .map((link) => attributeOf(link, "href"))
      .find((href) => href?.endsWith("instansi=balikpapan-dinas-pu"));
    const shown = pageIn(await browser.get(below ?? ""));
    expect(shown.text).toContain(staff.worker.name);
    expect(shown.text).toContain("Banding, Jumat, 27 November 2026");
    expect(shown.text).toContain("Belum ada latihan yang selesai");
    expect((await (await office.browserOf("worker")).get("/petugas/kelola/latihan")).status).toBe(403);
  });

  test("is forgotten after a year", async () => {
    const office = await finished();
    office.at("2027-11-28T09:00:00+08:00");
    expect((await office.practice.of(worker, office.now())).finished).toEqual([]);
  });
});
