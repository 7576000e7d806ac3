import { expect, test } from "vitest";
import { addressOfMove } from "../../../shared/page/officer/move-addresses.ts";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";
import { staff, type Who } from "../../fakes/staff.ts";

const page = "/petugas/kelola/jawaban";
const list = "agencies/balikpapan-dinas-pu/answer-templates";
const patched = {
  title: "Jalan sudah ditambal",
  text: "Laporan {nomor} tentang {judul}: {instansi} sudah menambal jalan.",
};

/** An office where the department of public works keeps one example. */
async function withExample() {
  const office = anOffice();
  const stored = await office.admin("liaison", "PUT", list, { items: [patched] });
  expect(stored.status).toBe(200);
  return office;
}

test("the liaison officer writes an example, and officers of the agency use it in an answer with number, title and agency", async () => {
  const office = anOffice();
  const liaison = await office.browserOf("liaison");
  expect(pageIn(await liaison.get(page)).text).toContain("Belum ada contoh");
  const saved = await liaison.send(page, { ...patched, seen: "0", lakukan: "simpan" });
  expect(saved.headers.location).toBe(`${page}?instansi=balikpapan-dinas-pu&sudah=jawaban`);

  const { number } = await office.submit();
  await office.as("national", number, "verification", { agencyId: "balikpapan-dinas-pu" });
  const worker = await office.browserOf("worker");
  const address = addressOfMove(number, "answer");
  const offered = pageIn(await worker.get(address));
  const [id = ""] = offered
    .all("option")
    .map((option) => attributeOf(option, "value") ?? "")
    .filter((value) => value !== "");
  const led = await worker.send(address, { text: "Terima kasih.", contoh: id, lakukan: "contoh" });
  expect(led.headers.location).toBe(`${address}?contoh=${id}`);
  expect(pageIn(await worker.get(led.headers.location ?? "")).value("text")).toBe(
    `Terima kasih.\n\nLaporan ${number} tentang Jalan berlubang di depan pasar: Dinas Pekerjaan Umum Kota Balikpapan sudah menambal jalan.`,
  );
});

test("the page of an answer leads those who keep the examples there with their text kept, and tells the others who does", async () => {
  for (const office of [anOffice(), await withExample()]) {
    const { number } = await office.submit();
    await office.as("national", number, "verification", { agencyId: "balikpapan-dinas-pu" });
    const address = addressOfMove(number, "answer");
    const liaison = await office.browserOf("liaison");
    const doings = pageIn(await liaison.get(address)).named("lakukan");
    expect(doings.map((one) => attributeOf(one, "value"))).toContain("ubah-contoh");
    const led = await liaison.send(address, { text: "Jalan itu kami tambal.", lakukan: "ubah-contoh" });
    expect(led.headers.location).toBe(`${page}?instansi=balikpapan-dinas-pu`);
    expect((await liaison.get(led.headers.location ?? "")).status).toBe(200);
    expect(pageIn(await liaison.get(address)).value("text")).toBe("Jalan itu kami tambal.");

    const worker = await office.browserOf("worker");
    const shown = pageIn(await worker.get(address));
    expect(shown.named("lakukan").map((one) => attributeOf(one, "value"))).not.toContain("ubah-contoh");
    expect(shown.text).toContain(`pejabat penghubung dan admin instansi Anda: ${staff.liaison.name}.`);
    const noted = pageIn(await worker.get(addressOfMove(number, "progress"))).text;
    expect(noted).not.toContain(staff.liaison.name);
  }
});

test("an example is changed and removed on its own, and the others stay", async () => {
  const office = await withExample();
  const liaison = await office.browserOf("liaison");
  await liaison.send(page, { title: "Lampu", text: "Lampunya sudah menyala.", lakukan: "simpan" });
  const shown = pageIn(await liaison.get(page));
  const changing = shown
    .all("a")
    .map((link) => attributeOf(link, "href") ?? "")
    .filter((to) => to.includes("ubah="));
  expect(changing).toHaveLength(2);
  const first = changing[0] ?? "";
  expect(pageIn(await liaison.get(first)).value("title")).toBe(patched.title);
  await liaison.send(first, { title: "Jalan", text: "Jalannya sudah rata.", lakukan: "simpan" });
  const { body } = await office.admin("admin", "GET", list);
  expect(body.detail).toContain("disimpan oleh pejabat penghubung");
  const kept = async () =>
    ((await office.admin("liaison", "GET", list)).body.items as { title: string }[]).map(
      ({ title }) => title,
    );
  expect(await kept()).toEqual(["Jalan", "Lampu"]);
  const [again = ""] = pageIn(await liaison.get(page))
    .all("a")
    .map((link) => attributeOf(link, "href") ?? "")
    .filter((to) => to.includes("ubah="));
  await liaison.send(again, { title: "Jalan", text: "Jalannya sudah rata.", lakukan: "hapus" });
  expect(await kept()).toEqual(["Lampu"]);
});

test.each<Who>(["worker", "head", "admin", "national", "elsewhere", "auditor"])(
  "%s keeps no examples of the department of public works",
  async (who) => {
    const office = await withExample();
    expect((await office.admin(who, "PUT", list, { items: [] })).status).toBe(403);
    const shown = await (await office.browserOf(who)).get(`${page}?instansi=balikpapan-dinas-pu`);
    expect(shown.status).toBe(403);
  },
);

test("a placeholder that nothing fills in, an empty text and a twenty-first example are refused, and nothing is stored", async () => {
  const office = await withExample();
  const liaison = await office.browserOf("liaison");
  const refused = await liaison.send(page, {
    title: "Salam",
    text: "Yth. {nama}, terima kasih.",
    lakukan: "simpan",
  });
  expect([refused.status, pageIn(refused).problems.map(([to]) => to)]).toEqual([400, ["#text"]]);
  expect(pageIn(refused).value("text")).toBe("Yth. {nama}, terima kasih.");
  const empty = await liaison.send(page, { title: "", text: " ", lakukan: "simpan" });
  expect(pageIn(empty).problems.map(([to]) => to)).toEqual(["#title", "#text"]);
  const many = Array.from({ length: 21 }, (_, at) => ({ title: `Contoh ${at}`, text: "Sudah selesai." }));
  expect((await office.admin("liaison", "PUT", list, { items: many })).status).toBe(400);
  expect((await office.admin("liaison", "GET", list)).body.items).toHaveLength(1);
});

test("of two who change the list at once, the later one is told and loses no word", async () => {
  const office = await withExample();
  const [one, other] = [await office.browserOf("liaison"), await office.browserOf("liaison")];
  const seen = pageIn(await other.get(page)).value("seen");
  await one.send(page, { title: "Lampu", text: "Lampunya sudah menyala.", seen, lakukan: "simpan" });
  const late = await other.send(page, {
    title: "Air",
    text: "Airnya sudah mengalir.",
    seen,
    lakukan: "simpan",
  });
  expect(late.status).toBe(409);
  expect(pageIn(late).value("text")).toBe("Airnya sudah mengalir.");
});

test("a form of another site changes no example", async () => {
  const office = await withExample();
  const liaison = await office.browserOf("liaison");
  const forged = await liaison.send(
    page,
    { title: "X", text: "Y.", lakukan: "simpan" },
    { "sec-fetch-site": "cross-site" },
  );
  expect(forged.status).toBe(403);
  expect((await office.admin("liaison", "GET", list)).body.items).toHaveLength(1);
});
