import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeOf, pageIn } from "../../fakes/browsing.ts";
import type { Answer } from "../../fakes/gateway.ts";
import { anOffice } from "../../fakes/office.ts";
import type { Who } from "../../fakes/staff.ts";

const runs = Number(process.env.RUNS ?? 60);

const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "x".repeat(12_000),
    "\u0000",
    "\u202Eabc",
    "__proto__",
    "constructor",
    "-1",
    "1e999",
    "NaN",
    "1.000",
    "2026-02-29",
    "31/12/2026",
    "64.71",
    "balikpapan-dinas-pu",
    "pemkot-samarinda",
    "<script>alert(1)</script>",
    "x@y.example\r\nBcc: z@y.example",
    "=1+1",
    "0812-3456-7890 (a+b)* [x] {nomor} $& \\d",
    "Kami-periksa",
    "ombudsman-observer",
  ),
);

const asked = ["verifikasi", "disposisi", "gabungkan", "arsipkan", "jawab", "tanya", "perkembangan"];
const later = ["catatan", "kembalikan", "tutup-tulisan", "perpanjang", "ralat-jawaban", "ombudsman"];
const managed = [
  "",
  "/batas/ubah",
  "/kalender/2027/ubah",
  "/muat",
  "/jawaban",
  "/instansi/balikpapan-dinas-pu/ubah",
];

/** The forms of a page that are sent: where to, the names of their fields, and what is in them. */
function formsOf(answer: Answer): { to: string; fields: [string, string][] }[] {
  // It may lead elsewhere.
  if (!answer.headers["content-type"]?.startsWith("text/html")) return [];
  const { all, elements } = pageIn(answer);
  return all("form")
    .filter((form) => attributeOf(form, "method") === "post" && attributeOf(form, "enctype") === undefined)
    .map((form) => {
      const below = elements.filter((one) => {
        for (let at = one.parentNode; at; at = "parentNode" in at ? at.parentNode : null)
          if (at === form) return true;
        return false;
      });
      return {
        to: attributeOf(form, "action") ?? "",
        fields: below.flatMap((one): [string, string][] => {
          const name = attributeOf(one, "name");
          return name === undefined ? [] : [[name, attributeOf(one, "value") ?? "Kami-periksa"]];
        }),
      };
    })
    .filter(({ to }) => /^\/(petugas|latihan)\//.test(to) && !to.includes("keluar"));
}

test.each(["national", "admin", "head", "worker", "observer"] as const satisfies readonly Who[])(
  "whatever the %s sends in the forms of their pages, it is answered as a page or leads on",
  async (who) => {
    const office = anOffice();
    const [fresh, working] = [await office.submit(), await office.submit({ secret: true })];
    await working.as("admin", "verification");
    await working.as("worker", "progress", { text: "Kami-periksa. Hubungi 0812-3456-7890." });
    const browser = await office.browserOf(who);
    await browser.send("/latihan/data-kurang");
    const addresses = [
      ...[fresh, working].flatMap(({ number }) =>
        [...asked, ...later].map((move) => `/petugas/laporan/${number}/${move}`),
      ),
      ...managed.map((below) => `/petugas/kelola${below}`),
      "/petugas/saya",
      "/petugas/saya/wakil",
      "/petugas/antrean/assigned",
      "/petugas/pencarian-identitas",
      "/latihan/data-kurang/langkah",
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...addresses),
        fc.array(fc.option(odd, { freq: 2 }), { minLength: 8, maxLength: 8 }),
        async (address, typed) => {
          for (const { to, fields } of formsOf(await browser.get(address))) {
            const form = {
              ...Object.fromEntries(
                fields.map(([name, value], at) => [name, typed[at % typed.length] ?? value]),
              ),
              // Of several buttons the one is pressed that sends.
              lakukan: "kirim",
            };
            const { status, headers, body } = await browser.send(to, form);
            expect([to, form, status < 500]).toEqual([to, form, true]);
            if (status === 303) expect(headers.location).toMatch(/^\/(?![/\\])/);
            else if (headers["content-type"]?.startsWith("text/html"))
              pageIn({ status, headers, body, cookies: [] });
          }
        },
      ),
      { numRuns: runs },
    );
  },
  60_000,
);
