import { expect, test } from "vitest";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";

test.each([
  ["/petugas/pencarian-identitas", 403, "Ini bukan untuk jabatan Anda"],
  ["/petugas/kelola/kalender/2027/ubah", 403, "Ini bukan untuk jabatan Anda"],
  ["/petugas/panduan/tidak-ada", 404, "Tidak ditemukan"],
])(
  "what an officer cannot open (%s) is said at their desk, with the ways on from there",
  async (address, status, title) => {
    const worker = await anOffice().browserOf("worker");
    const answer = await worker.get(address);
    expect(answer.status).toBe(status);
    const { text, all } = pageIn(answer);
    const ways = all("a").map((link) => attributeOf(link, "href"));
    expect(text).toContain(title);
    expect(text).not.toContain("Kami tidak menerima kiriman ini");
    expect(ways).toEqual(expect.arrayContaining(["/petugas", "/petugas/antrean"]));
  },
);
