import { describe, expect, test } from "vitest";
import { anOfficer } from "../../fakes/agencies.ts";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";

const city = "/petugas/kelola/instansi/pemkot-balikpapan";
const works = "/petugas/kelola/instansi/balikpapan-dinas-pu";
const worker = "/petugas/kelola/petugas/unit-officer-of-balikpapan-dinas-pu";

const linksOf = (answer: Answer): (string | undefined)[] =>
  pageIn(answer)
    .all("a")
    .map((one) => attributeOf(one, "href"));

const newAgency = {
  name: "Dinas Contoh Baru",
  id: "",
  type: "department",
  regionCode: "64.71",
  timeZone: "Asia/Makassar",
  alertEmail: "dinas-contoh@balikpapan.example",
};

describe("agencies", () => {
  test("an administrator sees their own part of the tree, and finds an agency in it by a part of its name", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const home = await admin.get("/petugas/kelola");
    expect(pageIn(home).h1).toBe("Kelola");
    expect(linksOf(home)).toContain(city);
    expect(linksOf(home)).not.toContain("/petugas/kelola/instansi/pemkot-samarinda");
    const found = await admin.get("/petugas/kelola?cari=umum balik");
    expect(linksOf(found)).toContain(works);
    expect(linksOf(await admin.get("/petugas/kelola?cari=samarinda"))).not.toContain(
      "/petugas/kelola/instansi/pemkot-samarinda",
    );
    const national = await office.browserOf("national");
    expect(linksOf(await national.get("/petugas/kelola"))).toContain(
      "/petugas/kelola/instansi/pemkot-samarinda",
    );
  });

  test("whoever administers nothing is told so, and whoever has not signed in is led to where they do", async () => {
    const office = anOffice();
    const someone = await office.browserOf("worker");
    expect((await someone.get("/petugas/kelola")).status).toBe(403);
    someone.jar.clear();
    const led = await someone.get("/petugas/kelola");
    expect(led.headers.location).toContain("/petugas/masuk?ke=");
  });

  test("an agency shows what it is and what stands below it; one elsewhere is not there", async () => {
    const admin = await anOffice().browserOf("admin");
    const shown = pageIn(await admin.get(city));
    expect(shown.h1).toBe("Pemerintah Kota Balikpapan");
    expect(shown.title).not.toContain("Balikpapan ");
    expect(shown.text).toContain("lapor@balikpapan.example");
    expect(linksOf(await admin.get(city))).toContain(works);
    expect((await admin.get("/petugas/kelola/instansi/pemkot-samarinda")).status).toBe(404);
  });

  test("an agency is created below another one, with an id made of its name; a second click makes no second one", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const form = pageIn(await admin.get(`${city}/baru`));
    expect(form.value("timeZone")).toBe("Asia/Makassar");
    for (const _ of ["first click", "second click"]) {
      const made = await admin.send(`${city}/baru`, newAgency);
      expect(made.headers.location).toBe("/petugas/kelola/instansi/dinas-contoh-baru?sudah=dibuat");
    }
    const shown = await admin.get("/petugas/kelola/instansi/dinas-contoh-baru?sudah=dibuat");
    expect(pageIn(shown).text).toContain("Instansi sudah dibuat.");
    const history = pageIn(await admin.get("/petugas/kelola/instansi/dinas-contoh-baru/riwayat"));
    // Words, not the codes that the entry is stored with.
    expect(history.text).not.toMatch(/Asia\/\w|: 64\.\d\d/);
    expect(history.text).toContain("Dibuat");
    expect(history.text).toContain("Admin instansi (Contoh agency-admin pemkot-balikpapan)");
  });

  test("an id that another agency has is said at its field, and changes nothing", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const refused = await admin.send(`${city}/baru`, { ...newAgency, id: "balikpapan-dinas-pu" });
    expect(refused.status).toBe(400);
    expect(pageIn(refused).problems).toEqual([["#id", "Id ini sudah dipakai instansi lain. Tulis id lain."]]);
    expect(pageIn(refused).value("name")).toBe("Dinas Contoh Baru");
    const elsewhere = await admin.send(`${city}/baru`, { ...newAgency, id: "pemkot-samarinda" });
    expect(pageIn(elsewhere).problems.map(([field]) => field)).toEqual(["#id"]);
    const unnamed = await admin.send(`${city}/baru`, { ...newAgency, name: "", alertEmail: "bukan alamat" });
    expect(pageIn(unnamed).problems.map(([field]) => field)).toContain("#name");
    expect(await office.directory.agency("balikpapan-dinas-pu")).toMatchObject({
      name: "Dinas Pekerjaan Umum Kota Balikpapan",
    });
  });

  test("whoever was overtaken reads what changed, keeps what they typed, and can then decide anew", async () => {
    const office = anOffice();
    const [one, other] = [await office.browserOf("admin"), await office.browserOf("national")];
    const form = pageIn(await one.get(`${works}/ubah`));
    const typed = {
      versi: form.value("versi"),
      name: "Dinas Pekerjaan Umum dan Penataan Ruang",
      type: "department",
      regionCode: "64.71",
      timeZone: "Asia/Makassar",
      alertEmail: "dinas-pu@balikpapan.example",
    };
    await other.send(`${works}/ubah`, { ...typed, name: "Dinas PU", alertEmail: "pu@balikpapan.example" });
    const refused = await one.send(`${works}/ubah`, typed);
    expect(refused.status).toBe(409);
    const shown = pageIn(refused);
    expect(shown.text).toContain("Yang berubah sementara itu");
    expect(shown.text).toContain("pu@balikpapan.example");
    expect(shown.value("name")).toBe("Dinas Pekerjaan Umum dan Penataan Ruang");
    const again = await one.send(`${works}/ubah`, { ...typed, versi: shown.value("versi") });
    expect(again.headers.location).toBe(`${works}?sudah=disimpan`);
  });

  test("a mailbox outside the listed domains waits for a second person, and the form says so beforehand", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const form = pageIn(await admin.get(`${works}/ubah`));
    expect(form.text).toContain("menunggu persetujuan orang kedua");
    const asked = await admin.send(`${works}/ubah`, {
      versi: form.value("versi"),
      name: "Dinas Pekerjaan Umum Kota Balikpapan",
      type: "department",
      regionCode: "64.71",
      timeZone: "Asia/Makassar",
      alertEmail: "pribadi@surat.test",
    });
    const at = asked.headers.location ?? "";
    expect(at).toMatch(/^\/petugas\/kelola\/permintaan\/[\da-f-]+\?sudah=diajukan$/);
    const mine = pageIn(await admin.get(at));
    expect(mine.text).toContain("Belum ada yang berubah");
    expect(mine.text).toContain("Anda tidak dapat menyetujuinya sendiri");
    const national = await office.browserOf("national");
    const list = await national.get("/petugas/kelola/permintaan");
    const request = at.split("?")[0] ?? "";
    expect(linksOf(list)).toContain(request);
    expect(pageIn(await national.get("/petugas/kelola")).text).toMatch(/1\s*Permohonan orang kedua/);
    expect((await admin.send(`${request}/setujui`)).status).toBe(403);
    const confirmed = await national.send(`${request}/setujui`);
    expect(confirmed.headers.location).toBe(`${request}?sudah=disetujui`);
    expect(await office.directory.agency("balikpapan-dinas-pu")).toMatchObject({
      alertEmail: "pribadi@surat.test",
    });
    const history = pageIn(await admin.get(`${works}/riwayat`));
    expect(history.text).toContain("disetujui dua orang");
    expect(history.text).toContain("dimohonkan oleh Admin instansi");
  });

  test("an agency moves below one that is searched for, and never below itself", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const roads = "/petugas/kelola/instansi/balikpapan-uptd-jalan";
    const form = pageIn(await admin.get(`${roads}/pindah?cari=pemerintah kota`));
    expect(form.named("parent").map((one) => attributeOf(one, "value"))).toContain("pemkot-balikpapan");
    const refused = await admin.send(`${works}/pindah?cari=jalan`, {
      versi: "1",
      parent: "balikpapan-uptd-jalan",
    });
    expect(pageIn(refused).problems).toEqual([
      ["#parent", "Instansi di atasnya: instansi tidak dapat berada di bawah dirinya sendiri."],
    ]);
    const moved = await admin.send(`${roads}/pindah`, {
      versi: form.value("versi"),
      parent: "pemkot-balikpapan",
    });
    expect(moved.headers.location).toBe(`${roads}?sudah=dipindah`);
    expect(await office.directory.agency("balikpapan-uptd-jalan")).toMatchObject({
      parent: "pemkot-balikpapan",
    });
  });

  test("closing shows first how many cases move; only that page closes, and an agency with open cases needs a successor", async () => {
    const office = anOffice();
    const found = await office.submit();
    await found.as("national", "verification", { agencyId: "balikpapan-uptd-jalan" });
    const admin = await office.browserOf("admin");
    const roads = "/petugas/kelola/instansi/balikpapan-uptd-jalan";
    const { value } = pageIn(await admin.get(`${roads}/tutup`));
    const alone = await admin.send(`${roads}/tutup`, {
      versi: value("versi"),
      successor: "",
      reason: "Digabung",
    });
    expect(alone.status).toBe(409);
    expect(pageIn(alone).text).toContain("1 laporan terbuka");
    expect(pageIn(alone).value("reason")).toBe("Digabung");
    const filled = { versi: value("versi"), successor: "balikpapan-dinas-pu", reason: "Digabung" };
    const trial = await admin.send(`${roads}/tutup`, filled);
    expect(trial.status).toBe(200);
    expect(pageIn(trial).text).toMatch(/Laporan terbuka yang dialihkan\s*1/);
    expect((await office.directory.agency("balikpapan-uptd-jalan"))?.closedAt).toBeUndefined();
    const closed = await admin.send(`${roads}/tutup/laksanakan`, filled);
    expect(closed.headers.location).toBe(`${roads}?sudah=ditutup`);
    expect(pageIn(await admin.get(roads)).text).toContain("Instansi ini ditutup");
  });
});

describe("officers", () => {
  test("the list of an agency's officers filters by role and state, and no address names a person", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const all = await admin.get("/petugas/kelola/petugas?instansi=balikpapan-dinas-pu");
    expect(linksOf(all)).toContain(worker);
    const heads = await admin.get("/petugas/kelola/petugas?instansi=balikpapan-dinas-pu&peran=agency-head");
    expect(linksOf(heads)).not.toContain(worker);
    expect(linksOf(all).join()).not.toContain("Contoh");
  });

  test("an address outside the listed mail domains is marked in the list, on the officer's page and on their own", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const outside = { ...staff.worker, email: "petugas@surat.test" };
    await office.directory.put("officer", outside, { overwrite: true });
    const mark = "Email di luar domain dinas";
    const list = "/petugas/kelola/petugas?instansi=balikpapan-dinas-pu";
    expect(
      linksOf(await admin.get(`${list}&keadaan=luar-domain`)).filter((one) => one === worker),
    ).toHaveLength(1);
    expect(linksOf(await admin.get(`${list}&keadaan=luar-domain`))).not.toContain(
      `/petugas/kelola/petugas/${staff.head.id}`,
    );
    for (const shown of [
      pageIn(await admin.get(worker)).text,
      pageIn(await (await office.browserOf(outside)).get("/petugas/saya")).text,
    ])
      expect(shown).toContain(mark);
    expect(pageIn(await admin.get(`/petugas/kelola/petugas/${staff.head.id}`)).text).not.toContain(mark);
  });

  test("a registered officer has an id that tells nothing, and a second click registers no second one", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const { value } = pageIn(await admin.get(`${works}/undang`));
    const typed = {
      id: value("id"),
      name: "Contoh Baru",
      email: "baru@balikpapan.example",
      role: "unit-officer",
    };
    const made = await admin.send(`${works}/undang`, typed);
    expect(made.headers.location).toMatch(
      /^\/petugas\/kelola\/petugas\/petugas-[\da-f]{10}\?sudah=diundang$/,
    );
    expect((await admin.send(`${works}/undang`, typed)).headers.location).toBe(made.headers.location);
    expect(await office.directory.officersOf("balikpapan-dinas-pu")).toHaveLength(4);
    const again = await admin.send(`${(made.headers.location ?? "").split("?")[0]}/undangan`);
    expect([303, 429]).toContain(again.status);
  });

  test("a role with power over secrets waits for a second person; what is wrong is said at its field", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const form = pageIn(await admin.get(`${works}/undang`));
    expect(form.text).toContain("Kepala instansi");
    const empty = await admin.send(`${works}/undang`, { id: form.value("id") });
    expect(
      pageIn(empty)
        .problems.map(([field]) => field)
        .sort(),
    ).toEqual(["#email", "#name", "#role"]);
    const head = await admin.send(`${works}/undang`, {
      id: form.value("id"),
      name: "Contoh Kepala",
      email: "kepala@balikpapan.example",
      role: "agency-head",
    });
    expect(head.headers.location).toContain("/petugas/kelola/permintaan/");
    const request = (head.headers.location ?? "").split("?")[0] ?? "";
    const refused = await (await office.browserOf("national")).send(`${request}/tolak`, { reason: "" });
    expect(pageIn(refused).problems.map(([field]) => field)).toEqual(["#reason"]);
    const withdrawn = await admin.send(`${request}/tarik`, {});
    expect(withdrawn.headers.location).toBe(`${request}?sudah=ditarik`);
  });

  test("an officer is changed, moved, given a deputy and dismissed, and the history says by whom", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const version = async () => pageIn(await admin.get(`${worker}/ubah`)).value("versi");
    const changed = await admin.send(`${worker}/ubah`, {
      versi: await version(),
      name: "Contoh Petugas",
      email: staff.worker.email,
      role: "liaison-officer",
      mails: "daily",
    });
    expect(changed.headers.location).toBe(`${worker}?sudah=disimpan`);
    const choices = pageIn(await admin.get(`${worker}/wakil`));
    expect(choices.text).toContain("Contoh liaison-officer");
    const away = { deputyId: staff.liaison.id, from: "1/12/2026", until: "2026-12-05" };
    const named = await admin.send(`${worker}/wakil`, { versi: await version(), ...away });
    expect(named.headers.location).toBe(`${worker}?sudah=wakil`);
    expect(pageIn(await admin.get(worker)).text).toContain("Selasa, 1 Desember 2026");
    expect((await admin.send(`${worker}/wakil/akhiri`)).headers.location).toBe(`${worker}?sudah=kembali`);
    const moved = await admin.send(`${worker}/pindah`, {
      versi: await version(),
      agencyId: "balikpapan-uptd-jalan",
    });
    expect(moved.headers.location).toBe(`${worker}?sudah=dipindah`);
    const early = await admin.send(`${worker}/berhentikan`, { versi: await version(), reason: "" });
    expect(pageIn(early).problems.map(([field]) => field)).toEqual(["#reason"]);
    await admin.send(`${worker}/berhentikan`, { versi: await version(), reason: "Pindah tugas" });
    const history = pageIn(await admin.get(`${worker}/riwayat`));
    for (const said of ["Diberhentikan", "Pindah tugas", "peran", "Riwayat ini utuh"])
      expect(history.text).toContain(said);
    const someone = await office.browserOf("worker");
    expect((await someone.get("/petugas/saya")).status).toBe(403);
  });

  test("a national administrator's post is not an agency administrator's to change", async () => {
    const office = anOffice(undefined, {
      people: [...Object.values(staff), anOfficer("auditor", "balikpapan-dinas-pu")],
    });
    const admin = await office.browserOf("admin");
    const auditor = "/petugas/kelola/petugas/auditor-of-balikpapan-dinas-pu";
    const shown = await admin.get(auditor);
    expect(linksOf(shown)).not.toContain(`${auditor}/ubah`);
    expect(pageIn(shown).text).toContain("Admin nasional yang mengurusnya");
    expect((await admin.send(`${auditor}/berhentikan`, { reason: "x" })).status).toBe(403);
  });
});

describe("about me", () => {
  test("an officer sees their posts, chooses how mails come, and names a deputy for an absence", async () => {
    const office = anOffice();
    const worker = await office.browserOf("worker");
    const shown = pageIn(await worker.get("/petugas/saya"));
    expect(shown.text).toContain("Dinas Pekerjaan Umum Kota Balikpapan");
    expect(shown.value("mails")).toBe("immediate");
    expect((await worker.send("/petugas/saya", { mails: "daily" })).headers.location).toBe(
      "/petugas/saya?sudah=disimpan",
    );
    expect(pageIn(await worker.get("/petugas/saya")).value("mails")).toBe("daily");
    const form = pageIn(await worker.get("/petugas/saya/wakil"));
    expect(form.text).toContain("Contoh liaison-officer");
    const wrong = await worker.send("/petugas/saya/wakil", {
      deputyId: staff.liaison.id,
      from: "2026-12-05",
      until: "2026-12-01",
    });
    expect(pageIn(wrong).problems.map(([field]) => field)).toEqual(["#until"]);
    const named = await worker.send("/petugas/saya/wakil", {
      deputyId: staff.liaison.id,
      from: "2026-12-01",
      until: "2026-12-05",
    });
    expect(named.headers.location).toBe("/petugas/saya?sudah=wakil");
    expect(pageIn(await worker.get("/petugas/saya")).text).toContain("Contoh liaison-officer");
    await worker.send("/petugas/saya/wakil/akhiri");
    expect(pageIn(await worker.get("/petugas/saya")).text).toContain("Tidak ada wakil yang ditunjuk");
    expect((await worker.get("/petugas/saya/wakil?jabatan=agency-head-of-pemkot-balikpapan")).status).toBe(
      403,
    );
  });

  test("the pages are there in English, keep nothing, and refuse another site's form", async () => {
    const office = anOffice();
    const admin = await office.browserOf("admin");
    const english = await admin.get("/en/petugas/kelola");
    expect(pageIn(english).h1).toBe("Manage");
    expect(english.headers["cache-control"]).toBe("no-store");
    expect(pageIn(await admin.get("/en/petugas/saya")).h1).toBe("About me");
    const forged = await admin.send("/petugas/saya", { mails: "daily" }, { "sec-fetch-site": "cross-site" });
    expect(forged.status).toBe(403);
    expect((await office.directory.officer(staff.admin.id))?.mails).toBe("immediate");
  });
});
