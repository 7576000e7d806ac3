import { describe, expect, test } from "vitest";
import { fileType } from "../../shared/case/views/attachment-view.ts";
import { photo } from "../fakes/files.ts";
import { anOffice } from "../fakes/office.ts";

const file = { name: "foto.jpg", type: "image/jpeg", size: 100_000 };
const seenOrHeard = {
  id: /wajah.*suara.*nomor rumah.*kop surat/,
  en: /faces.*voices.*house numbers.*letterheads/,
};

describe("what cannot be removed from a file", () => {
  test("a reporter reads it with the form for the upload, before they send, in Indonesian and in English", async () => {
    const found = await anOffice().submit();
    const { body } = await found.reporter("attachments", file);
    expect(body.notice).toMatch(/^Sebelum mengirim/);
    expect(body.notice).toMatch(seenOrHeard.id);
    const english = await found.from("192.0.2.7", "POST", "/attachments", {
      body: file,
      headers: { "accept-language": "en" },
    });
    expect(english.body.notice).toMatch(/^Before you send/);
    expect(english.body.notice).toMatch(seenOrHeard.en);
  });

  test("a reporter reads it again once the file is accepted, and not before", async () => {
    const office = anOffice();
    const found = await office.submit();
    const { body } = await found.reporter("attachments", file);
    const text = async (headers = {}) =>
      (await found.from("192.0.2.7", "GET", "", { headers })).body.attachments[0].stateText as string;
    expect(await text()).not.toMatch(seenOrHeard.id);
    await found.inspect(office.files.upload(body.upload.fields.key, await photo()));
    expect(await text()).toMatch(seenOrHeard.id);
    expect(await text({ "accept-language": "en" })).toMatch(seenOrHeard.en);
  });

  test("an officer reads neither: the notice is for whoever reports", async () => {
    const office = anOffice();
    const found = await office.submit();
    const { body } = await found.reporter("attachments", file);
    await found.inspect(office.files.upload(body.upload.fields.key, await photo()));
    expect((await found.seenBy("national")).body.attachments[0].stateText).toBe("Sudah diperiksa");
  });

  test("the description of the API says it where it lists what may be attached", () => {
    for (const words of Object.values(seenOrHeard)) expect(fileType.meta()?.description).toMatch(words);
  });
});
