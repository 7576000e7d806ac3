import { describe, expect, test } from "vitest";
import type { Officer } from "../../shared/directory/directory.ts";
import { readablePosts } from "../../shared/directory/directory-store.ts";
import { anOfficer } from "../fakes/agencies.ts";
import { pageIn } from "../fakes/browsing.ts";
import { call } from "../fakes/gateway.ts";
import { anOffice } from "../fakes/office.ts";
import { staff } from "../fakes/staff.ts";

/** An officer whom newer code gave a role that this code does not know. */
const mediator = {
  ...anOfficer("unit-officer", "balikpapan-dinas-pu"),
  ...{ id: "contoh-mediator", name: "Contoh Mediator", email: "mediator@balikpapan.example" },
  ...{ subject: "subject-of-mediator", role: "mediator" },
} as unknown as Officer;
const people = [...Object.values(staff), mediator];
const list = "officers?agency=balikpapan-dinas-pu";

describe("an officer whose role this version does not know", () => {
  test("is told so when they sign in, may do nothing, and hears when to come again", async () => {
    const office = anOffice(undefined, { people });
    const { subject } = mediator;
    for (const path of ["/v1/officer/me", "/v1/officer/cases"]) {
      const answer = await call(office.officerApi, "GET", path, { subject, query: { queue: "assigned" } });
      expect([path, answer.status, answer.headers["retry-after"]]).toEqual([path, 503, "600"]);
      expect(answer.body.detail).toContain("Jabatan Anda dicatat oleh versi sistem yang lebih baru");
    }
    const page = await (await office.browserOf(mediator)).get("/petugas");
    expect([page.status, pageIn(page).text]).toEqual([503, expect.stringContaining("Jabatan Anda dicatat")]);
    expect(JSON.stringify(page)).not.toContain("mediator@");
  });

  test("goes on with another post of theirs that it knows", () => {
    const known = { ...staff.roads, subject: mediator.subject };
    expect(readablePosts([mediator, known])).toEqual([known]);
    expect(readablePosts([])).toEqual([]);
  });

  test("is named to their administrator apart from the others, with what that means and nothing else of them", async () => {
    const office = anOffice(undefined, { people });
    const { status, body } = await office.admin("admin", "GET", list);
    expect(status).toBe(200);
    expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(mediator.id);
    expect(body.unreadable).toEqual([
      { id: mediator.id, name: mediator.name, text: expect.stringContaining("belum dikenal") },
    ]);
    const browser = await office.browserOf("admin");
    const shown = pageIn(await browser.get("/petugas/kelola/petugas?instansi=balikpapan-dinas-pu"));
    expect(shown.text).toContain("Petugas dengan peran yang belum dikenal");
    expect(shown.text).toContain("Contoh Mediator (contoh-mediator)");
  });

  test("stands in no list where everybody is known", async () => {
    const { body } = await anOffice().admin("admin", "GET", list);
    expect(body.unreadable).toEqual([]);
  });
});
