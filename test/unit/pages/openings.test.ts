import { describe, expect, test } from "vitest";
import type { Officer } from "../../../shared/directory/directory.ts";
import { anOfficer } from "../../fakes/agencies.ts";
import { pageIn } from "../../fakes/browsing.ts";
import { photo } from "../../fakes/files.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";

const reporter = {
  name: "Warga Contoh",
  email: "warga@contoh.example",
  phone: "081234567890",
  nik: "6471015708850001",
};
const reason = "Pelapor perlu didengar langsung oleh inspektorat.";

/** A case that the department works on, and an officer's browser. */
async function atWork(change: object = {}, who: Who = "head") {
  const office = anOffice();
  const found = await office.submit({ reporter, ...change });
  await found.as("national", "verification", { class: "complaint", supervised: false });
  await found.as("national", "assignment", { agencyId: "balikpapan-dinas-pu" });
  const address = `/petugas/laporan/${found.number}/identitas`;
  const browser = await office.browserOf(who);
  const typed = async (at = address) => ({ seen: pageIn(await browser.get(at)).value("seen"), reason });
  const history = async () => (await office.cases.find(found.number))?.events.map(({ type }) => type) ?? [];
  return { office, ...found, address, browser, typed, history };
}

describe("the page on which an identity is opened", () => {
  test("it says who reads the reason, that the reporter is told, and what consent and second person it needs", async () => {
    const { browser, address, number } = await atWork();
    const { text, title, h1 } = pageIn(await browser.get(address));
    expect(h1).toBe("Buka identitas pelapor");
    for (const told of [
      "Pelapor, petugas laporan ini, Ombudsman, dan auditor membacanya",
      "Pelapor diberi tahu",
      "Pelapor tidak anonim, jadi izinnya tidak diperlukan",
      "tidak memerlukan orang kedua",
      "Identitas tampil sekali",
    ])
      expect(text).toContain(told);
    expect(text).not.toContain("Warga Contoh");
    expect(title).not.toContain(number);
  });

  test("with a reason the answer shows who reported, but for the NIK, and nobody keeps that answer", async () => {
    const { browser, address, typed, history } = await atWork();
    const answer = await browser.send(address, await typed());
    expect([answer.status, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    const { text, title } = pageIn(answer);
    for (const told of ["Warga Contoh", "warga@contoh.example", "6281234567890", "tidak pernah ditampilkan"])
      expect(text.replace("+62", "62").replace("081234567890", "6281234567890")).toContain(told);
    expect(text).not.toContain(reporter.nik);
    expect(title).not.toContain("Warga");
    expect((await history()).at(-1)).toBe("identity-opened");
  });

  test("two clicks on its button are one opening: both answers show who reported, and it is recorded once", async () => {
    for (const isAtOnce of [true, false]) {
      const { browser, address, typed, history } = await atWork();
      const form = await typed();
      const first = browser.send(address, form);
      if (!isAtOnce) await first;
      const answers = await Promise.all([first, browser.send(address, form)]);
      for (const answer of answers)
        expect([isAtOnce, answer.status, pageIn(answer).text.includes("Warga Contoh")]).toEqual([
          isAtOnce,
          200,
          true,
        ]);
      expect((await history()).filter((type) => type === "identity-opened")).toHaveLength(1);
    }
  });

  test("a form that was opened before something else happened shows nothing, however soon it is sent", async () => {
    const { office, number, browser, address, typed, history } = await atWork();
    const form = await typed();
    await browser.send(address, form);
    await office.as("worker", number, "progress", { text: "Tim meninjau lokasi hari ini." });
    expect((await browser.send(address, form)).status).toBe(409);
    const other = await atWork();
    const early = await other.typed();
    await other.office.as("worker", other.number, "progress", { text: "Tim meninjau lokasi hari ini." });
    expect((await other.browser.send(other.address, early)).status).toBe(409);
    expect([await history(), await other.history()].map((one) => one.join()).join()).toMatch(
      /^(?!.*identity-opened.*identity-opened)/,
    );
  });

  test("the same form sent again later shows nothing and opens nothing", async () => {
    const { office, browser, address, typed, history } = await atWork();
    const form = await typed();
    await browser.send(address, form);
    const before = await history();
    office.at("2026-11-24T09:00:30+08:00");
    const again = await browser.send(address, form);
    expect(again.status).toBe(409);
    const { text, value } = pageIn(again);
    expect(text).toContain("Belum ada yang dibuka");
    expect(text).not.toContain("Warga Contoh");
    expect(value("reason")).toBe(reason);
    expect(await history()).toEqual(before);
    expect(pageIn(await browser.get(address)).text).not.toContain("Warga Contoh");
  });

  test("without a reason the field says so, and nothing is opened", async () => {
    const { browser, address, typed, history } = await atWork();
    const answer = await browser.send(address, { ...(await typed()), reason: " " });
    expect(answer.status).toBe(400);
    expect(pageIn(answer).problems.map(([to]) => to)).toEqual(["#reason"]);
    expect(await history()).not.toContain("identity-opened");
  });

  test("an anonymous reporter has to agree first, and the page says whether they did", async () => {
    const { browser, address, reporter: as } = await atWork({ anonymous: true });
    const closed = await browser.get(address);
    expect([closed.status, pageIn(closed).named("reason").length]).toEqual([200, 0]);
    expect(pageIn(closed).text).toContain("Pelapor anonim, dan belum atau tidak lagi mengizinkan");
    const tried = await browser.send(address, { seen: "3", reason });
    expect([tried.status, pageIn(tried).text.includes(reason)]).toEqual([409, true]);
    await as("identity-consent", { agreed: true });
    expect(pageIn(await browser.get(address)).text).toContain("mengizinkan identitasnya dibuka");
  });

  test("who may open no identity has no such page, and who has not signed in is led to sign in", async () => {
    const { office, address, number } = await atWork();
    for (const who of ["worker", "liaison", "admin", "national", "auditor"] as const) {
      const browser = await office.browserOf(who);
      expect([who, (await browser.get(address)).status]).toEqual([who, 403]);
      expect((await browser.send(address, { seen: "3", reason })).status).toBe(403);
    }
    expect((await (await office.browserOf("elsewhere")).get(address)).status).toBe(404);
    const outside = await office.browserOf("head");
    outside.jar.clear();
    const led = await outside.get(address);
    expect([led.status, led.headers.location]).toEqual([
      303,
      `/petugas/masuk?ke=${encodeURIComponent(`/petugas/laporan/${number}/identitas`)}`,
    ]);
  });

  test("a form of another site is refused, and opens nothing", async () => {
    const { browser, address, typed, history } = await atWork();
    const form = await typed();
    expect((await browser.send(address, form, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await history()).not.toContain("identity-opened");
  });

  test("who deletes the identity while the form is open leaves nothing to see", async () => {
    const { browser, address, typed, reporter: as, deleteIdentity } = await atWork();
    const form = await typed();
    await as("withdrawal");
    expect((await deleteIdentity()).status).toBe(200);
    const answer = await browser.send(address, form);
    expect(answer.status).toBe(409);
    expect(pageIn(answer).text).not.toContain("Warga Contoh");
  });

  test("it speaks English below /en", async () => {
    const { browser, address } = await atWork();
    expect(pageIn(await browser.get(`/en${address}`)).h1).toBe("Open the reporter's identity");
  });
});

describe("the page on which an original is opened", () => {
  async function withPhoto(change: object = {}, who: Who = "head") {
    const found = await atWork(change, who);
    const { body } = await found.reporter("attachments", {
      name: "lubang.jpg",
      type: "image/jpeg",
      size: 100_000,
    });
    await found.inspect(found.office.files.upload(body.upload.fields.key, await photo()));
    return { ...found, original: `/petugas/laporan/${found.number}/berkas/${body.attachmentId}/asli` };
  }

  test("a reason opens it for a quarter of an hour, and the way to the file works as long", async () => {
    const { office, browser, original, typed, history } = await withPhoto();
    const before = pageIn(await browser.get(original));
    expect(before.text).toContain("Untuk berkas ini izin pelapor tidak diperlukan");
    expect(before.text).toContain("lubang.jpg");
    expect((await browser.get(`${original}?unduh=ya`)).status).toBe(200);
    const sent = await browser.send(original, await typed(original));
    expect([sent.status, sent.headers.location]).toEqual([303, original]);
    const again = await browser.send(original, { seen: before.value("seen"), reason });
    expect([again.status, again.headers.location]).toEqual([303, original]);
    expect((await history()).filter((type) => type === "original-opened")).toHaveLength(1);
    expect(pageIn(await browser.get(original)).text).toContain(
      "Terbuka untuk Anda sampai Selasa, 24 November",
    );
    const file = await browser.get(`${original}?unduh=ya`);
    expect([file.status, file.headers.location?.startsWith("http")]).toEqual([302, true]);
    office.at("2026-11-24T09:16:00+08:00");
    const late = await browser.get(`${original}?unduh=ya`);
    expect([late.status, pageIn(late).named("reason").length]).toEqual([200, 1]);
  });

  test("a consent that is taken back closes it at once", async () => {
    const { browser, original, typed, reporter: as } = await withPhoto({ anonymous: true });
    expect(pageIn(await browser.get(original)).text).toContain("Pakai salinannya");
    await as("identity-consent", { agreed: true });
    await browser.send(original, await typed(original));
    expect((await browser.get(`${original}?unduh=ya`)).status).toBe(302);
    await as("identity-consent", { agreed: false });
    const closed = await browser.get(`${original}?unduh=ya`);
    expect([closed.status, pageIn(closed).text.includes("tidak dapat dibuka sekarang")]).toEqual([200, true]);
  });

  test("an unknown file is not there, and who may open none is told so", async () => {
    const { office, browser, number, original } = await withPhoto();
    const unknown = `/petugas/laporan/${number}/berkas/tidak-ada/asli`;
    expect((await browser.get(unknown)).status).toBe(404);
    const worker = await office.browserOf("worker");
    expect((await worker.get(original)).status).toBe(403);
    expect((await worker.send(original, { seen: "4", reason })).status).toBe(403);
  });
});

describe("the pages of a search by identity", () => {
  const address = "/petugas/pencarian-identitas";

  test("what was typed goes in the form alone, what was found stands in its answer, and the search counts", async () => {
    const { browser, number, history } = await atWork();
    expect(pageIn(await browser.get(address)).text).toContain("Pencarian Anda hari ini: 0 dari 30.");
    const answer = await browser.send(address, { reason, nik: reporter.nik, phone: "" });
    expect([answer.status, answer.headers["cache-control"], answer.headers.location]).toEqual([
      200,
      "no-store",
      undefined,
    ]);
    const { text } = pageIn(answer);
    expect(text).toContain(number);
    expect(text).not.toContain(reporter.nik);
    expect((await history()).at(-1)).toBe("identity-opened");
    expect(pageIn(await browser.get(address)).text).toContain("Pencarian Anda hari ini: 1 dari 30.");
  });

  test("a search that finds nothing says so, and stays on record", async () => {
    const { browser } = await atWork();
    const answer = await browser.send(address, { reason, nik: "", phone: "081299998888" });
    expect(pageIn(answer).text).toContain("Tidak ada laporan yang boleh ditampilkan");
    expect(pageIn(await browser.get(address)).text).toContain("1 dari 30");
  });

  test("a wrong number is told at its field, everything typed stays, and nothing is counted", async () => {
    const { browser } = await atWork();
    for (const [typed, to] of [
      [{ reason, nik: "123", phone: "" }, "#nik"],
      [{ reason: "x", nik: reporter.nik, phone: "" }, "#reason"],
      [{ reason, nik: "", phone: "" }, "#nik"],
      [{ reason: `Pemilik ${reporter.nik} datang sendiri.`, nik: reporter.nik, phone: "" }, "#reason"],
    ] as const) {
      const answer = await browser.send(address, typed);
      expect([answer.status, pageIn(answer).problems.map(([id]) => id)]).toEqual([400, [to]]);
      expect([pageIn(answer).value("reason"), pageIn(answer).value("nik")]).toEqual([
        typed.reason,
        typed.nik,
      ]);
    }
    expect(pageIn(await browser.get(address)).text).toContain("0 dari 30");
  });

  test("who may open no identity has no such page; auditors read who searched, and nobody else does", async () => {
    const { office, browser } = await atWork();
    await browser.send(address, { reason, nik: reporter.nik, phone: "" });
    for (const who of ["worker", "national", "auditor"] as const)
      expect((await (await office.browserOf(who)).get(address)).status).toBe(403);
    const auditor = await office.browserOf("auditor");
    const list = pageIn(await auditor.get(`${address}/catatan`));
    expect(list.text).toContain(staff.head.id);
    const one = pageIn(await auditor.get(`${address}/catatan/${staff.head.id}`));
    expect(one.text).toContain(reason);
    expect(one.text).toContain("1 laporan ditampilkan");
    expect(one.text).toContain("Rangkaian catatan ini utuh");
    expect(one.text).toMatch(/1\. Selasa, 24 November 2026 pukul 08\.00 WIB/);
    expect(one.text).not.toContain(reporter.nik);
    expect(pageIn(await auditor.get(`${address}/catatan/tidak-pernah`)).text).toContain(
      "tidak pernah mencari",
    );
    expect((await browser.get(`${address}/catatan`)).status).toBe(403);
  });
});

test("auditors read when somebody searched in the time of their own agency, which is named", async () => {
  const inBorneo = anOfficer("auditor", "pemkot-balikpapan");
  const office = anOffice(undefined, { people: [staff.head, staff.auditor, inBorneo] });
  const address = "/petugas/pencarian-identitas";
  const head = await office.browserOf("head");
  expect((await head.send(address, { reason, nik: "", phone: "081299998888" })).status).toBe(200);
  const seenBy = async (auditor: Officer) => {
    const browser = await office.browserOf(auditor);
    return pageIn(await browser.get(`${address}/catatan/${staff.head.id}`)).text;
  };
  expect(await seenBy(staff.auditor)).toContain("24 November 2026 pukul 08.00 WIB");
  expect(await seenBy(inBorneo)).toContain("24 November 2026 pukul 09.00 WITA");
});

describe("the page of an officer's calendar", () => {
  const address = "/petugas/saya/kalender";

  test("the address is shown once, a reload makes no other, and it is revoked with one button", async () => {
    const { office, browser } = await atWork({}, "worker");
    const first = pageIn(await browser.get(address));
    expect(first.text).toContain("Anda belum punya alamat kalender");
    const made = await browser.send(address, { apa: "buat", seen: first.value("seen") });
    const [url = ""] = /https:\/\/lapor\.example\/v1\/calendar\/[\w-]+\.ics/.exec(pageIn(made).text) ?? [];
    const fetched = async () => {
      const { call } = await import("../../fakes/gateway.ts");
      return (await call(office.officerApi, "GET", new URL(url).pathname)).status;
    };
    expect(await fetched()).toBe(200);
    const again = await browser.send(address, { apa: "buat", seen: first.value("seen") });
    expect([again.status, pageIn(again).text.includes(url)]).toEqual([409, false]);
    expect(await fetched()).toBe(200);
    const page = await browser.get(address);
    expect(pageIn(page).text).toContain("Alamat kalender Anda dibuat");
    expect(pageIn(page).text).not.toContain(url);
    const revoked = await browser.send(address, { apa: "cabut" });
    expect(revoked.headers.location).toBe(`${address}?sudah=cabut`);
    expect(pageIn(await browser.get(`${address}?sudah=cabut`)).text).toContain("Sudah dicabut");
    expect(await fetched()).toBe(404);
  });

  test("who works on no cases reads that the calendar would be empty", async () => {
    const { browser } = await atWork({}, "auditor");
    const answer = await browser.get(address);
    expect([answer.status, pageIn(answer).text.includes("kalendernya kosong")]).toEqual([403, true]);
  });
});
