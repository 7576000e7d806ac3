import type { EveryPage } from "../every-page.ts";
import { asOfficer } from "../officer.ts";
import { officers } from "../samples.ts";

type Walk = Extract<EveryPage["at"], { walk: unknown }>["walk"];

/** Begins a scenario without signing in. */
const begun =
  (scenario: string, then?: Walk): Walk =>
  async (way) => {
    await way.visitor.open(way.to(`/latihan/${scenario}`));
    const main = way.page.getByRole("main");
    await main.getByRole("button", { name: way.language === "id" ? "Mulai" : "Begin", exact: true }).click();
    await way.page.waitForURL(/\/langkah$/);
    await then?.(way);
  };

/** The pages on which officers practise. */
export const rows: EveryPage[] = [
  { name: "The scenarios of practice", at: "/latihan", audience: "private", instructs: true },
  { name: "The story of a scenario", at: "/latihan/salah-instansi", audience: "private", instructs: true },
  {
    name: "A scenario that cannot be gone on with",
    at: "/latihan/banding?sebab=berubah",
    audience: "private",
  },
  {
    name: "Moves of practice to choose among",
    at: { walk: begun("salah-instansi") },
    audience: "private",
  },
  {
    name: "The form of a move in practice",
    at: {
      walk: begun("salah-instansi", async ({ page }) => {
        await page.getByRole("main").locator('a[href$="/langkah/kembalikan"]').click();
      }),
    },
    audience: "private",
  },
  {
    name: "A report of practice with its drawn photo",
    at: { walk: begun("anonim-berfoto") },
    audience: "private",
  },
  {
    name: "A move of practice that is saved and shown again",
    at: {
      walk: begun("salah-instansi", async ({ page }) => {
        const main = page.getByRole("main");
        await main.locator('a[href$="/langkah/disposisi"]').click();
        await main.locator('button[value="simpan"]').click();
        await main.locator('.notice[role="status"]').waitFor();
      }),
    },
    audience: "private",
  },
  {
    name: "A move of practice that the rules do not allow",
    at: {
      walk: begun("anonim-berfoto", async ({ page, to, visitor }) => {
        const main = page.getByRole("main");
        await main.locator('input[value="petugas"]').check();
        await main.locator('form:has(input[name="option"]) button').click();
        await page.getByRole("status").waitFor();
        await visitor.open(to("/latihan/anonim-berfoto/langkah/identitas"));
      }),
    },
    audience: "private",
    status: 409,
  },
  {
    name: "A wrong step of practice, to be taken back",
    at: {
      walk: begun("salah-instansi", async ({ page }) => {
        const main = page.getByRole("main");
        await main.locator('a[href$="/langkah/jawab"]').click();
        await main.locator("textarea").fill("Ruas ini bukan kewenangan kami, terima kasih.");
        await main.locator('button[value="kirim"]').click();
        await page.waitForURL(/\/langkah$/);
      }),
    },
    audience: "private",
  },
  {
    name: "A due date that practice asks for, answered wrongly",
    at: {
      walk: begun("jeda-lebaran", async ({ page }) => {
        const main = page.getByRole("main");
        await main.locator('input[name="date"]').fill("2027-03-16");
        await main.locator('form:has(input[name="date"]) button').click();
        await main.getByRole("alert").waitFor();
      }),
    },
    audience: "private",
    status: 400,
  },
  {
    name: "A due date that practice asked for, with its strip of days",
    at: {
      walk: begun("jeda-lebaran", async ({ page }) => {
        await page.getByRole("main").locator('form:has(input[name="show"]) button').click();
        await page.getByRole("status").waitFor();
      }),
    },
    audience: "private",
  },
  {
    name: "A question of practice",
    at: { walk: begun("laporan-ganda") },
    audience: "private",
  },
  {
    name: "Days of practice to let pass",
    at: { walk: begun("banding") },
    audience: "private",
  },
  {
    name: "The end of a scenario",
    at: {
      walk: begun("laporan-ganda", async ({ page, to, visitor }) => {
        const main = page.getByRole("main");
        const answer = async (option: string) => {
          await main.locator(`input[value="${option}"]`).check();
          await main.locator('form:has(input[name="option"]) button').click();
        };
        await answer("semua");
        await page.getByRole("status").waitFor();
        await visitor.open(to("/latihan/laporan-ganda/langkah/gabungkan"));
        await main.locator('input[name="trackingNumber"]').fill("VN5YJ-61JAR");
        await main.locator('button[value="kirim"]').click();
        await page.waitForURL(/\/langkah$/);
        await answer("pisahkan");
        await page.waitForURL(/\/selesai$/);
      }),
    },
    audience: "private",
  },
  {
    name: "The scenarios of practice, for an officer",
    at: {
      async walk({ visitor, language, to }) {
        await asOfficer(visitor, officers.unit, { language });
        await visitor.open(to("/latihan"));
      },
    },
    audience: "private",
  },
  {
    name: "Who of an agency has finished which scenario",
    at: {
      async walk({ visitor, language, to }) {
        await asOfficer(visitor, officers.city, { language });
        await visitor.open(to("/petugas/kelola/latihan"));
      },
    },
    audience: "private",
  },
];
