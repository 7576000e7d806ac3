import { describe, expect, test } from "vitest";
import { uploadOf } from "../../../shared/attachment/folders.ts";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { photo } from "../../fakes/files.ts";
import { type Answer, call } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import type { Who } from "../../fakes/staff.ts";

const linksIn = (answer: Answer): string[] =>
  pageIn(answer).elements.map((link) => attributeOf(link, "href") ?? attributeOf(link, "src") ?? "");

/** A case that its department works on, with a way to attach files to it on the pages of officers. */
async function atWork() {
  const office = anOffice();
  const found = await office.submit();
  const { number, as } = found;
  await as("admin", "verification", { supervised: false });
  const here = `/petugas/laporan/${number}`;
  const get = async (who: Who, part = "") => (await office.browserOf(who)).get(`${here}${part}`);
  const send = async (who: Who, part: string, fields: Record<string, string> = {}, headers = {}) =>
    (await office.browserOf(who)).send(`${here}${part}`, fields, headers);
  /** Sends a photo with the form that a page shows, and has it inspected. */
  const attach = async (who: Who, part = "/lampirkan") => {
    const shown = pageIn(await send(who, part, { name: "Jalan sesudah ditambal" }));
    await found.inspect(office.files.upload(shown.value("key"), await photo({ width: 80, height: 60 })));
    return { shown, id: uploadOf(shown.value("key"))?.attachmentId ?? "" };
  };
  return { office, number, here, get, send, attach, as };
}

describe("files of officers, without JavaScript", () => {
  test("a file goes straight to the bucket, leads back to where it is for, and is ready for the answer once it is inspected", async () => {
    const { number, here, get, attach } = await atWork();
    const { shown, id } = await attach("worker", "/lampirkan?untuk=jawab");
    expect(shown.value("success_action_redirect")).toBe(
      `https://lapor.example${here}/lampirkan?terkirim=ya&untuk=jawab`,
    );
    const back = await get("worker", "/lampirkan?terkirim=ya&untuk=jawab&bucket=b&key=k&etag=e");
    expect(pageIn(back).text).toContain("Berkas sudah diperiksa dan dapat dijadikan bukti.");
    expect(linksIn(back)).toContain(`${here}/jawab`);
    expect(pageIn(back).text).toContain("Jalan sesudah ditambal");
    expect(linksIn(await get("worker"))).toEqual(
      expect.arrayContaining([`${here}/berkas/${id}`, `${here}/berkas/${id}?kecil=ya`]),
    );
    expect(number).toBeTruthy();
  });

  test("a file and its small picture are given to officers of the case, by a short address of the bucket, and not by a link of another site", async () => {
    const { here, office, get, attach } = await atWork();
    const { id } = await attach("worker");
    const picture = await get("worker", `/berkas/${id}?kecil=ya`);
    expect([picture.status, picture.headers.location]).toEqual([302, expect.stringContaining("bucket")]);
    expect(picture.headers["cache-control"]).toBe("no-store");
    // A late picture brings back no session that its officer has left.
    expect(picture.cookies).toEqual([]);
    expect((await get("worker", `/berkas/${id}`)).status).toBe(302);
    expect((await get("elsewhere", `/berkas/${id}`)).status).toBe(404);
    expect((await get("worker", "/berkas/tidak-ada")).status).toBe(404);
    const browser = await office.browserOf("worker");
    const led = await call(office.officerApi, "GET", `${here}/berkas/${id}`, {
      cookies: [...browser.jar].map(([name, value]) => `${name}=${value}`),
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect([led.status, led.headers.location]).toEqual([303, here]);
  });

  test("the side that attached a file can remove it, and nobody else is offered that", async () => {
    const { here, get, send, attach, as } = await atWork();
    const { id } = await attach("worker");
    const remove = `${here}/berkas/${id}/hapus`;
    await as("liaison", "assignment", { agencyId: "balikpapan-uptd-jalan" });
    expect(linksIn(await get("liaison"))).toContain(remove);
    expect(linksIn(await get("roads"))).not.toContain(remove);
    expect(pageIn(await get("roads", `/berkas/${id}/hapus`)).text).toContain("bukan milik instansi Anda");
    expect((await send("roads", `/berkas/${id}/hapus`)).status).toBe(403);
    const done = await send("worker", `/berkas/${id}/hapus`, { reason: "Foto dari tempat lain." });
    expect([done.status, done.headers.location]).toEqual([303, `${here}?sudah=remove-attachment`]);
    expect(linksIn(await get("worker"))).not.toContain(remove);
    expect(pageIn(await get("worker", "?sudah=remove-attachment")).text).toContain(
      "Tersimpan: Hapus lampiran sendiri.",
    );
  });

  test("a form of another site attaches and removes nothing", async () => {
    const { send, attach, get } = await atWork();
    const { id } = await attach("worker");
    const foreign = { "sec-fetch-site": "cross-site" };
    expect((await send("worker", `/berkas/${id}/hapus`, {}, foreign)).status).toBe(403);
    expect((await send("worker", "/lampirkan", { name: "x" }, foreign)).status).toBe(403);
    expect((await get("worker", `/berkas/${id}`)).status).toBe(302);
  });

  test("a script is told in JSON why a document of a word processor is not taken", async () => {
    const { send } = await atWork();
    const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const answer = await send("worker", "/lampirkan/tempat", { name: "surat.docx", type, size: "900" });
    expect([answer.status, answer.headers["content-type"]]).toEqual([400, "application/problem+json"]);
    expect(answer.body.errors[0].message).toContain("PDF");
    const taken = await send("worker", "/lampirkan/tempat", {
      name: "a.jpg",
      type: "image/jpeg",
      size: "900",
    });
    expect([taken.status, taken.body.url]).toEqual([200, expect.stringContaining("https://")]);
  });

  test("a case that takes no more files says so and shows no form", async () => {
    const { get, as } = await atWork();
    await as("national", "archival", { reason: "not-public-service", text: "Bukan layanan." });
    expect(pageIn(await get("worker", "/lampirkan")).text).toContain(
      "Sekarang tidak ada berkas yang dapat dilampirkan",
    );
  });
});
