import { describe, expect, test } from "vitest";
import { anOffice } from "../../fakes/office.ts";
import { staff } from "../../fakes/staff.ts";
import { newOfficer, officerPath, reason } from "./bodies.ts";
import { aCarefulOffice, asThey, cityToo, observer, path, second } from "./careful-office.ts";

describe("who is told at once", () => {
  test("the old address and the level above are mailed when it is asked, never the new address, and not the one who asked", async () => {
    const office = aCarefulOffice();
    await office.ask("admin", officerPath(staff.head.id), asThey("head", { email: "baru@x.example" }));
    expect((await office.mailed()).sort()).toEqual([staff.head.email, cityToo.email].sort());
    for (const mail of office.mailer.sent) {
      expect(mail.text).toContain("Belum ada yang berubah");
      // The day of the request, in both languages of the mail.
      expect(mail.text).toMatch(/Waktu \/ When *: \w+, \d+ \w+ 20\d\d pukul .* \/ \w+, \d+ \w+ 20\d\d at /);
      expect(mail.subject).toBe("Permohonan perubahan data SP4N-LAPOR! / SP4N-LAPOR! change request");
      for (const kept of ["baru@x.example", staff.head.name, staff.admin.name, staff.head.email])
        expect(mail.text + mail.html + mail.subject).not.toContain(kept);
    }
    const [toThem] = office.mailer.sent.filter(({ to }) => to === staff.head.email);
    expect(toThem?.text).toContain(
      "Bila Anda tidak mengenal permohonan ini, segera telepon atau datangi admin",
    );
  });

  test("where only the one who asked administers the level above, the next level is told", async () => {
    const office = anOffice(undefined, { people: [...Object.values(staff), second] });
    await office.admin(
      "admin",
      "PUT",
      officerPath(staff.head.id),
      asThey("head", { email: "baru@x.example" }),
    );
    const [request] = office.requests.stored.values();
    expect(request?.told).toEqual([staff.national.id, second.id]);
  });

  test("where the one who asked has given accounts to all other administrators of a level, the next level is told as well", async () => {
    const office = anOffice(undefined, { people: [...Object.values(staff), second] });
    const puppet = { ...newOfficer, email: "boneka@x.example", role: "agency-admin" };
    const body = { ...puppet, agencyId: "pemkot-balikpapan" };
    expect((await office.admin("admin", "PUT", officerPath("boneka"), body)).status).toBe(201);
    const other = asThey("head", { email: "baru@x.example" });
    await office.admin("admin", "PUT", officerPath(staff.head.id), other);
    const [request] = office.requests.stored.values();
    expect(request?.told).toEqual(["boneka", staff.national.id, second.id]);
  });

  test("where even the only national administrator gave the account that asks, the agency that verifies is told as well", async () => {
    const office = anOffice();
    await office.admin("national", "POST", `${officerPath(staff.admin.id)}/dismissal`, { reason });
    const puppet = { ...newOfficer, email: "boneka@x.example", role: "agency-admin" };
    const body = { ...puppet, agencyId: "pemkot-balikpapan" };
    await office.admin("national", "PUT", officerPath("boneka"), body);
    const asker = (await office.directory.officer("boneka"))!;
    await office.admin(asker, "PUT", officerPath(staff.head.id), asThey("head", { email: "baru@x.example" }));
    const [request] = office.requests.stored.values();
    expect(request?.told).toEqual([staff.national.id, "mailbox@kemenpanrb"]);
  });

  test("an administrator above whose address is the new one is not told", async () => {
    const office = aCarefulOffice();
    await office.ask("national", path, { ...observer, email: second.email.toUpperCase() });
    expect(await office.mailed()).toEqual(["lapor@kemenpanrb.example"]);
  });

  test("a message that comes twice mails once, and so does the same request again", async () => {
    const office = aCarefulOffice();
    const body = asThey("head", { email: "baru@x.example" });
    const first = await office.ask("admin", officerPath(staff.head.id), body, { "if-match": '"1"' });
    office.mails.messages.push(...office.mails.messages);
    expect(await office.mailed()).toHaveLength(2);
    const again = await office.ask("admin", officerPath(staff.head.id), body, { "if-match": '"1"' });
    expect(again).toEqual(first);
    expect(await office.mailed()).toEqual([]);
    expect(office.requests.stored.size).toBe(1);
  });

  test("a request whose mails were not taken is not acknowledged, and the same request again has them sent", async () => {
    const office = aCarefulOffice();
    office.mails.refuses = () => true;
    const body = asThey("head", { email: "baru@x.example" });
    const answer = await office.admin("admin", "PUT", officerPath(staff.head.id), body);
    expect([answer.status, answer.body.detail]).toEqual([503, expect.stringContaining("Kirim lagi")]);
    const [request] = office.requests.stored.values();
    // Nobody confirms what nobody has been told of.
    expect((await office.confirm(cityToo, request!)).status).toBe(503);
    expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
    office.mails.refuses = () => false;
    await office.ask("admin", officerPath(staff.head.id), body);
    expect(await office.mailed()).toHaveLength(2);
  });

  test.each(["confirm", "refuse", "withdraw"] as const)(
    "those concerned are told how it ended: %s",
    async (how) => {
      const office = aCarefulOffice();
      const asked = await office.ask(
        "admin",
        officerPath(staff.head.id),
        asThey("head", { email: "baru@x.example" }),
      );
      await office.mailed();
      const by = how === "withdraw" ? "admin" : second;
      expect((await office[how](by, asked)).status).toBe(200);
      const told = [staff.head.email, cityToo.email, ...(how === "withdraw" ? [] : [staff.admin.email])];
      expect([...new Set(await office.mailed())].sort()).toEqual(told.sort());
      expect(office.mailer.sent.at(-1)?.text).not.toContain("Bukan permintaan");
    },
  );
});
