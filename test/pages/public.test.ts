import { expect, test } from "vitest";
import { walk } from "./axe.ts";
import { openBrowser } from "./browser.ts";
import { longSentences } from "./reading.ts";
import { sampleCase, samplesOf } from "./samples.ts";
import { invalidHtml } from "./valid.ts";
import { reachProblems } from "./wcag.ts";

const ground = openBrowser();

test("Anybody checks the history of a case in the browser, and a tampered one is found", async () => {
  const visitor = await ground.visit();
  const { trackingNumber } = await samplesOf(ground.site)("answered");
  const walking = walk(visitor);
  await walking.open(`/laporan/${trackingNumber}/riwayat`);
  await walking.click("Periksa di peramban ini");
  await visitor.page.getByText(/^Cocok\. \d+ peristiwa/).waitFor();
  await visitor.page.route("**/proof", async (route) => {
    const answer = await route.fetch();
    const proof = (await answer.json()) as { events: { at?: string }[] };
    const [first] = proof.events;
    if (first) first.at = "2026-01-01T00:00:00.000Z";
    await route.fulfill({ response: answer, json: proof });
  });
  await walking.click("Periksa di peramban ini");
  await visitor.page.getByText("Tidak cocok mulai peristiwa ke-1").waitFor();
});

test("Without JavaScript somebody searches, opens a case, says that they have this too, and sees it counted", async () => {
  const visitor = await ground.visit({ javaScript: false, width: 320 });
  const { trackingNumber } = await sampleCase(ground.site, "in-progress", {
    title: "Jembatan gantung miring",
  });
  const walking = walk(visitor);
  await walking.open("/laporan");
  await visitor.page.locator("#q").fill(trackingNumber);
  await walking.click("Cari");
  await walking.click("Jembatan gantung miring");
  await walking.click("Saya juga mengalami ini");
  await walking.click("Ya, saya juga mengalaminya");
  const thanks = await visitor.page.locator("main").innerText();
  expect(thanks).toContain("Dukungan Anda sudah dihitung");
  expect(thanks).toMatch(/1 orang/);
  await visitor.page.reload();
  expect(await visitor.page.locator("main").innerText()).toMatch(/1 orang/);
});

test("When nothing behind the edge answers, a page of our own says in both languages what to do", async () => {
  const visitor = await ground.visit({ javaScript: false, width: 320 });
  const walking = walk(visitor, (one) => reachProblems(one));
  await walking.open("/aset/gangguan.html");
  const html = await (await fetch(visitor.page.url())).text();
  expect([...(await invalidHtml(html)), ...longSentences(html)]).toEqual([]);
  const told = await visitor.page.locator("main").innerText();
  expect(told).toContain("Kami tidak tahu apakah kiriman itu sampai");
  expect(told).toContain("We cannot answer right now");
  await walking.click("Lacak laporan Anda");
});
