import { describe, expect, test } from "vitest";
import { formMoves } from "../../../shared/page/officer/moves/table.ts";
import { pageIn } from "../../fakes/browsing.ts";
import { anOffice } from "../../fakes/office.ts";

test("smoke", async () => {
  const office = anOffice();
  const { number, as } = await office.submit();
  const browser = await office.browserOf("national");
  const shown = await browser.get(`/petugas/laporan/${number}/verifikasi`);
  console.log(shown.status, shown.body);
  void formMoves; void describe; void pageIn; void as;
  expect(shown.status).toBe(200);
});
