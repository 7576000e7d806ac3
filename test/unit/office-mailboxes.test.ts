import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isOfficeMailbox, officeMailboxBefore } from "../../shared/reporter/office-mailbox.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";

const home = "198.51.100.7";
const atWork = "warga@dinas.contoh.go.id";
const report = { ...roadComplaint, occurredOn: undefined, anonymous: true };

describe("an address whose mailbox an office runs", () => {
  test.each([
    "a@contoh.go.id",
    "a@go.id",
    "A@Dinas.Contoh.GO.ID",
    "a@contoh.desa.id",
    "a@contoh.mil.id",
    "a@contoh.ac.id",
    "a@contoh.sch.id",
    "a@contoh.go.id.",
    "a@contoh.go.id..",
    " a@contoh.go.id ",
    "a@contoh。go。id",
    "a@ｃｏｎｔｏｈ．ｇｏ．ｉｄ",
    "a@contoh.ｇo.id",
    '"a@b"@contoh.go.id',
    "a@xn--conth-jua.go.id",
  ])("%s is one", (email) => {
    expect(isOfficeMailbox(email)).toBe(true);
  });

  test.each([
    "a@contoh.example",
    "a@notgo.id",
    "a@contohgo.id",
    "a@go.id.example",
    "a@contoh.go.id.example",
    "go.id@contoh.example",
    "a.go.id@contoh.co.id",
    "a@id",
    "a@",
    "",
    "contoh",
  ])("%s is none", (email) => {
    expect(isOfficeMailbox(email)).toBe(false);
  });

  test("a stage can name other domains", () => {
    expect(isOfficeMailbox("a@pegawai.bumd.example", ["bumd.example"])).toBe(true);
  });

  test("a form can say before anything is sent what to do instead, in both languages", () => {
    expect(officeMailboxBefore.id).toMatch(/pakai alamat pribadi atau kosongkan/);
    expect(officeMailboxBefore.en).toMatch(/use a private address or leave the address out/);
  });
});

describe("whoever reports with such an address", () => {
  const send = (change: object, headers = {}) => anOffice().send({ ...report, ...change }, home, headers);

  test("reads in the answer that others can read along, and what to do", async () => {
    const { status, body } = await send({ reporter: { email: atWork } });
    expect(status).toBe(201);
    expect(body.notices).toHaveLength(1);
    expect(body.notices[0]).toEqual({
      code: "office-mailbox",
      text: expect.stringMatching(
        /milik kantor.*melihat bahwa SP4N-LAPOR! mengirim email.*ganti alamatnya.*hentikan/s,
      ),
    });
    expect(JSON.stringify(body.notices)).not.toContain(atWork);
    const english = await send({ reporter: { email: atWork } }, { "accept-language": "en" });
    expect(english.body.notices[0].text).toMatch(
      /belongs to an office.*change the address.*stop the emails/s,
    );
  });

  test("reads also that the receipt goes there, if they asked for it by mail", async () => {
    const { body } = await send({ reporter: { email: atWork, mailReceipt: true } });
    expect(body.notices[0].text).toMatch(
      /Tanda terima yang Anda minta juga dikirim ke sana.*receipt-rotation/s,
    );
    const without = await send({ reporter: { email: atWork } });
    expect(without.body.notices[0].text).not.toContain("receipt-rotation");
  });

  test("gets the same answer again, the notice included", async () => {
    const office = anOffice();
    const key = { "idempotency-key": randomUUID() };
    const sent = () => office.send({ ...report, reporter: { email: atWork } }, home, key);
    const [first, again] = [await sent(), await sent()];
    expect(first.body.notices).toHaveLength(1);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
  });

  test("reads nothing of it where the address is another one or none, and the sheet never says it", async () => {
    expect((await send({ reporter: { email: "warga@contoh.example" } })).body).not.toHaveProperty("notices");
    expect((await send({})).body).not.toHaveProperty("notices");
    for (const accept of ["text/plain", "text/html"])
      expect((await send({ reporter: { email: atWork } }, { accept })).body).not.toMatch(/kantor, kampus/);
  });

  test("is not told apart by the length of the sealed answer", async () => {
    const sizeOf = async (email: string) => {
      const office = anOffice();
      const stored: number[] = [];
      const { submit } = office.cases;
      office.cases.submit = (submitted, retry) => {
        stored.push(retry.sealedAnswer.length);
        return submit(submitted, retry);
      };
      await office.send({ ...report, reporter: { email } }, home);
      return stored[0];
    };
    const sizes = await Promise.all(["a@contoh.go.id", "a@contoh.example"].map(sizeOf));
    expect(sizes[0]).toBeGreaterThan(100);
    expect(Math.abs((sizes[0] ?? 0) - (sizes[1] ?? 0))).toBeLessThan(20);
  });

  test("reads it when they correct their contact to such an address, and not when they change something else", async () => {
    const office = anOffice();
    const found = await office.submit({ ...report, reporter: { email: "warga@contoh.example" } });
    const { status, body } = await found.correct({ email: atWork });
    expect([status, body.notices]).toEqual([200, [expect.objectContaining({ code: "office-mailbox" })]]);
    expect((await found.correct({ name: "Warga Contoh" })).body).not.toHaveProperty("notices");
    expect((await found.correct({ email: null })).body).not.toHaveProperty("notices");
  });
});
