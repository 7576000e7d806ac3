import { describe, expect, test } from "vitest";
import type { Officer } from "../../../shared/directory/directory.ts";
import { staff, type Who } from "../../fakes/staff.ts";
import { agencyPath, fieldsOf, newOfficer, officerPath, reason } from "./bodies.ts";
import {
  aCarefulOffice,
  asThey,
  cityToo,
  elsewhere,
  newHead,
  observer,
  path,
  second,
} from "./careful-office.ts";

describe("a request that comes too late, twice or wrong", () => {
  const at = officerPath(staff.head.id);
  const moved = asThey("head", { email: "baru@x.example" });

  test("a request goes after seven days to the second, is not confirmed then, and keeps nothing of what was wanted", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    expect(asked.expiresAt).toBe("2026-12-01T01:00:00.000Z");
    office.at("2026-12-01T09:00:00+08:00");
    const late = await office.confirm(cityToo, asked);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining("kedaluwarsa")]);
    expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
    expect(JSON.stringify([...office.requests.stored.values()])).not.toContain("baru@x.example");
    const { body } = await office.admin("admin", "GET", `requests/${asked.id}`);
    expect(body.request).toMatchObject({ state: "expired", wanted: null });
    expect((await office.ask("admin", at, moved)).id).not.toBe(asked.id);
  });

  test("a second before that it is confirmed, and a second click gets the same answer", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    office.at("2026-12-01T08:59:59+08:00");
    const first = await office.confirm(cityToo, asked);
    const again = await office.confirm(cityToo, asked);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(first.body.request.wanted).toBeNull();
    const other = await office.confirm(second, asked);
    expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining("sudah disetujui")]);
    expect(JSON.stringify([...office.requests.stored.values()])).not.toContain("baru@x.example");
    await office.mailed();
    const texts = office.mailer.sent.map(({ to, text }) => `${to}${text.includes("berlaku sekarang")}`);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("a request whose officer has changed meanwhile is refused, and says what changed", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    await office.admin("national", "PUT", at, asThey("head", { name: "Contoh Nama Lain" }));
    const late = await office.confirm(cityToo, asked);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining("Diubah: nama")]);
    expect((await office.officer(staff.head.id))?.email).toBe(staff.head.email);
    expect((await office.ask("admin", at, moved)).id).not.toBe(asked.id);
  });

  test.each<[string, (office: ReturnType<typeof aCarefulOffice>) => Promise<unknown>]>([
    [
      "the officer was dismissed",
      (office) => office.admin("national", "POST", `${at}/dismissal`, { reason }),
    ],
    [
      "whoever asked was dismissed",
      (office) => office.admin("national", "POST", `${officerPath(staff.admin.id)}/dismissal`, { reason }),
    ],
    [
      "whoever asked may not do it any more",
      (office) =>
        office.admin(
          "national",
          "PUT",
          officerPath(staff.admin.id),
          asThey("admin", { role: "unit-officer" }),
        ),
    ],
    [
      "the one who would confirm was dismissed",
      (office) => office.admin("national", "POST", `${officerPath(cityToo.id)}/dismissal`, { reason }),
    ],
    [
      "the agency was closed",
      async (office) => {
        await office.admin("national", "POST", `${agencyPath("balikpapan-uptd-jalan")}/closing`, { reason });
        await office.admin("national", "POST", `${agencyPath("balikpapan-dinas-pu")}/closing`, { reason });
      },
    ],
  ])("a request is refused and nothing changes where %s meanwhile", async (_what, meanwhile) => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    await meanwhile(office);
    const before = await office.officer(staff.head.id);
    const late = await office.confirm(cityToo, asked);
    expect([403, 409]).toContain(late.status);
    expect(await office.officer(staff.head.id)).toEqual(before);
    expect(office.accounts.enabled.get("account-of-baru@x.example")).toBeUndefined();
  });

  test("an invitation is refused where somebody else has taken the id meanwhile", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", path, newHead);
    await office.admin("national", "PUT", path, newOfficer);
    expect((await office.confirm(cityToo, asked)).status).toBe(409);
    expect((await office.officer("contoh-kepala-baru"))?.role).toBe("unit-officer");
  });

  test("of two confirmations at once one is carried out, and it is carried out once", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    const answers = await Promise.all([office.confirm(cityToo, asked), office.confirm(second, asked)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const types = (await office.directory.history("officer", staff.head.id)).map(({ type }) => type);
    expect(types).toEqual(["created", "asked", "changed"]);
  });

  test("a confirmation and a refusal at once do not both happen", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    const answers = await Promise.all([office.refuse(second, asked), office.confirm(cityToo, asked)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("one request waits at an entry at a time, and another one is told which", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    for (const who of ["admin", "national"] as const) {
      const other = await office.admin(who, "PUT", at, asThey("head", { email: "lain@x.example" }));
      expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining(asked.id)]);
    }
    // Asking for the same is no confirmation.
    expect((await office.admin(cityToo, "PUT", at, moved)).status).toBe(409);
    await office.withdraw("admin", asked);
    expect((await office.ask("national", at, asThey("head", { email: "lain@x.example" }))).id).not.toBe(
      asked.id,
    );
  });

  test("whoever asks and withdraws by turns is held up after ten times in a day, and the one who waits to confirm is not", async () => {
    const office = aCarefulOffice();
    for (let count = 0; count < 9; count++)
      await office.withdraw("admin", await office.ask("admin", at, moved));
    const last = await office.ask("admin", at, moved);
    await office.withdraw("admin", last);
    const held = await office.admin("admin", "PUT", at, moved);
    expect([held.status, held.headers["retry-after"]]).toEqual([429, String(24 * 60 * 60)]);
    office.at("2026-11-25T09:00:01+08:00");
    const asked = await office.ask("admin", at, moved);
    expect((await office.confirm(second, asked)).status).toBe(200);
  });

  test("a refusal needs a reason and somebody in charge, a withdrawal the one who asked, and neither leaves what was wanted", async () => {
    const office = aCarefulOffice();
    const asked = await office.ask("admin", at, moved);
    const bare = await office.admin(cityToo, "POST", `requests/${asked.id}/refusal`, {});
    expect([bare.status, fieldsOf(bare)]).toEqual([400, ["reason"]]);
    expect((await office.refuse("admin", asked)).status).toBe(403);
    expect((await office.refuse("liaison", asked)).status).toBe(403);
    expect((await office.refuse(elsewhere, asked)).status).toBe(404);
    expect((await office.withdraw(cityToo, asked)).status).toBe(403);
    const refused = await office.refuse(cityToo, asked, "Kepala tidak memintanya.");
    expect(refused.body.request).toMatchObject({
      state: "refused",
      wanted: null,
      ended: { reason: "Kepala tidak memintanya." },
    });
    expect((await office.refuse(cityToo, asked)).body).toEqual(refused.body);
    expect((await office.confirm(second, asked)).body.detail).toContain("sudah ditolak");
    expect((await office.withdraw("admin", asked)).status).toBe(409);
    expect(JSON.stringify([...office.requests.stored.values()])).not.toContain("baru@x.example");
    const withdrawn = await office.ask("admin", at, moved);
    expect((await office.withdraw("admin", withdrawn)).status).toBe(200);
    expect((await office.confirm(second, withdrawn)).status).toBe(409);
  });

  test.each(["bukan-nomor", "00000000-0000-4000-8000-000000000000"])(
    "the request %s is not there",
    async (id) => {
      const office = aCarefulOffice();
      const status = id.length === 36 ? 404 : 400;
      expect((await office.admin("national", "GET", `requests/${id}`)).status).toBe(status);
      const { status: answered, body } = await office.confirm("national", { id });
      expect(answered).toBe(status);
      if (status === 400) expect(body.errors[0].message).toContain("Salin seluruhnya");
    },
  );

  test("a request that may not be made is refused as before, and nobody is told", async () => {
    const office = aCarefulOffice();
    expect((await office.admin("admin", "PUT", path, observer)).status).toBe(403);
    expect((await office.admin(elsewhere, "PUT", at, moved)).status).toBe(404);
    expect(
      (await office.admin("admin", "PUT", path, { ...newHead, agencyId: "pemkot-samarinda" })).status,
    ).toBe(400);
    expect((await office.admin("admin", "PUT", at, moved, { "if-match": '"7"' })).status).toBe(409);
    expect([office.mails.messages, office.requests.stored.size]).toEqual([[], 0]);
  });
});

describe("the list and the history of requests", () => {
  test("each administrator sees the requests that they made or may decide on, and no account's subject", async () => {
    const office = aCarefulOffice({ ownAccounts: false });
    const head = await office.ask("admin", path, { ...newHead, subject: "sub-kepala" });
    const seer = await office.ask("national", officerPath("pengamat-baru"), {
      ...observer,
      email: "p@x.example",
      subject: "sub-pengamat",
    });
    const listed = async (who: Who | Officer) => {
      const { status, body } = await office.admin(who, "GET", "requests");
      expect(JSON.stringify(body)).not.toContain("sub-");
      return status === 200 ? body.items.map(({ id, own }: any) => [id, own]) : status;
    };
    expect(await listed("admin")).toEqual([[head.id, true]]);
    expect(await listed(cityToo)).toEqual([[head.id, false]]);
    expect((await listed(second)).sort()).toEqual(
      [
        [head.id, false],
        [seer.id, false],
      ].sort(),
    );
    expect(await listed(elsewhere)).toEqual([]);
    for (const who of ["mayor", "head", "liaison", "worker", "observer", "auditor"] as const)
      expect(await listed(who)).toBe(403);
    const shown = await office.admin(cityToo, "GET", `requests/${head.id}`, undefined, {
      "accept-language": "en",
    });
    expect(shown.body.request).toMatchObject({
      text: "appointment to a role with power over secrets",
      wanted: newHead,
    });
    expect((await office.admin("admin", "GET", `requests/${seer.id}`)).status).toBe(404);
  });

  test("the list comes in pages, and a cursor that is none is refused", async () => {
    const office = aCarefulOffice();
    for (let each = 0; each < 60; each++)
      await office.ask("admin", officerPath(`kepala-${each}`), {
        ...newHead,
        email: `kepala-${each}@x.example`,
      });
    const first = (await office.admin("admin", "GET", "requests")).body;
    const rest = (await office.admin("admin", "GET", `requests?cursor=${first.cursor}`)).body;
    expect([first.items.length, rest.items.length, rest.cursor]).toEqual([50, 10, null]);
    const ids = [...first.items, ...rest.items].map(({ id }: any) => id);
    expect(new Set(ids).size).toBe(60);
    expect((await office.admin("admin", "GET", "requests?cursor=abc")).status).toBe(400);
  });

  test("the history of an officer tells who asked, who refused and who confirmed, without an address, and proves itself", async () => {
    const office = aCarefulOffice();
    const at = officerPath(staff.head.id);
    const moved = asThey("head", { email: "baru@x.example" });
    await office.refuse(second, await office.ask("admin", at, moved), "Belum ditanyakan.");
    await office.withdraw("admin", await office.ask("admin", at, moved));
    await office.confirm(cityToo, await office.ask("admin", at, moved));
    const { body } = await office.admin("admin", "GET", `${at}/history`);
    expect(body.flaws).toEqual([]);
    expect(body.items.map(({ text, by }: any) => [text, by.officerId]).slice(1)).toEqual([
      ["Dimohonkan, menunggu persetujuan orang kedua: alamat email", staff.admin.id],
      ["Permohonan ditolak", second.id],
      ["Dimohonkan, menunggu persetujuan orang kedua: alamat email", staff.admin.id],
      ["Permohonan ditarik kembali", staff.admin.id],
      ["Dimohonkan, menunggu persetujuan orang kedua: alamat email", staff.admin.id],
      ["Diubah: alamat email, akun (disetujui dua orang)", cityToo.id],
    ]);
    expect(body.items.at(-1).request.askedBy.officerId).toBe(staff.admin.id);
    expect(JSON.stringify(body)).not.toContain("baru@x.example");
    expect(office.accounts.enabled.get("account-of-baru@x.example")).toBe(true);
  });
});
