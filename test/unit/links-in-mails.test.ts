import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layOut, type Mail } from "../../shared/notification/mails/mail.ts";
import { officersCase } from "../../shared/page/officer/move-addresses.ts";
import { unlinked } from "../../shared/text/unlinked.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff } from "../fakes/staff.ts";
import { officerPath } from "./administration/bodies.ts";
import { aCarefulOffice, asThey } from "./administration/careful-office.ts";

const siteUrl = "https://lapor.example";

/** What mail programs make links of, as generously as any of them. Invisible characters are left out first. */
const links: Record<string, RegExp> = {
  scheme: /[a-z][a-z0-9+.-]*:\/\/\S/iu,
  "other scheme": /\b(?:mailto|tel|sms|geo|news|file|data|javascript|callto|skype|whatsapp|xmpp|magnet):\S/iu,
  "host after slashes": /(?:^|[^[\w:]|[^[]:)(?:\/\/|\\\\)[\p{L}\p{N}]/u,
  www: /(?:www|ftp)\.\S/iu,
  domain: /[\p{L}\p{N}\p{M}-][.\u3002\uFF0E\uFF61\u2024][\p{L}\p{M}]{2,}/u,
  mail: /\S[@\uFF20\uFE6B]\S/u,
  address: /\b\d{1,3}(?:\.\d{1,3}){3}\b/u,
};
const seenLinks = (text: string): string[] => {
  const visible = text.replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return Object.keys(links).filter((kind) => links[kind]?.test(text) || links[kind]?.test(visible));
};

describe("text that people typed, in a mail", () => {
  test.each([
    ["http://jahat.example/a?b=c", "http[://]jahat[.]example/a?b=c"],
    ["https:\\\\jahat.example", "https[:\\\\]jahat[.]example"],
    ["//jahat.example/a", "[//]jahat[.]example/a"],
    ["\\\\jahat\\berkas", "[\\\\]jahat\\berkas"],
    ["www.jahat.example", "www[.]jahat[.]example"],
    ["www.123", "www[.]123"],
    ["jahat.co.id", "jahat[.]co[.]id"],
    ["bit.ly/abc", "bit[.]ly/abc"],
    ["warga@contoh.example", "warga[at]contoh[.]example"],
    ["mailto:warga@contoh.example", "mailto[:]warga[at]contoh[.]example"],
    ["tel:+6281200000000", "tel[:]+6281200000000"],
    ["javascript:alert(1)", "javascript[:]alert(1)"],
    ["jahat。example", "jahat[.]example"],
    ["ｊａｈａｔ．ｅｘａｍｐｌｅ", "ｊａｈａｔ[.]ｅｘａｍｐｌｅ"],
    ["http｡\u0301\u0301", "http[.]\u0301\u0301"],
    ["xn--jht-5oa.example", "xn--jht-5oa[.]example"],
    ["192.0.2.1", "192[.]0.2.1"],
    ["192.0.2.1:8080/a", "192[.]0.2.1:8080/a"],
    ["jahat.\u200Bexample", "jahat[.]\u200Bexample"],
    ["www\u00AD.jahat", "www\u00AD[.]jahat"],
    ["/\u2060/jahat", "[/\u2060/]jahat"],
    ["jahat\uFEFF.example", "jahat\uFEFF[.]example"],
    ["mailto:\uFEFFwarga", "mailto[:]\uFEFFwarga"],
    ["192\u200B.0.2.\u200B1", "192\u200B[.]0.2.\u200B1"],
    ["w\u200Bww.123", "w\u200Bww[.]123"],
  ])("%s is shown as %s, and no mail program makes a link of it", (typed, shown) => {
    expect(seenLinks(typed)).not.toEqual([]);
    expect(unlinked(typed)).toBe(shown);
    expect(seenLinks(unlinked(typed))).toEqual([]);
  });

  test.each([
    "Jalan Contoh No. 5, RT.03/RW.02, depan pasar",
    "Kel. Contoh, Kec. Contoh",
    "Senin, 23 November 2026 pukul 09.30 WITA",
    "Monday, 23 November 2026 at 09:30 WITA",
    "SP4N-LAPOR!. Jangan membalas surat ini.",
    "7K3MQ-P4X9C",
    "Alasannya: berkasnya banyak.",
  ])("%s stays as it is", (typed) => {
    expect(unlinked(typed)).toBe(typed);
  });

  const piece = fc.constantFrom(
    ..."http https mailto tel www ftp WWW contoh co id com 例 é 1 192 0 2 : / // :// \\ . 。 ． ｡ ․ @ ＠ - _ ? # [ ] ( ) < > \" ' & , ; ".split(
      " ",
    ),
    " ",
    "\u200B",
    "\u00AD",
    "\u2060",
    "\uFEFF",
    "\u0301",
    "\n",
  );
  const typed = fc.oneof(
    fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join("")),
    fc.webUrl(),
    fc.emailAddress(),
    fc.domain(),
    fc.ipV4(),
    fc.string({ unit: "grapheme" }),
  );

  test("no text at all becomes a link, wherever in a mail it stands", () => {
    fc.assert(
      fc.property(typed, typed, (one, other) => {
        const mail = layOut("a@contoh.example", "id", {
          subject: one,
          greeting: one,
          paragraphs: [other],
          facts: [[one, other]],
          lists: [{ under: other, entries: [{ heading: one, facts: [[other, one]], link: undefined }] }],
          afterLists: other,
          closing: one,
        });
        expect(seenLinks(mail.text)).toEqual([]);
        expect(mail.subject).not.toMatch(/[\r\n]/);
        // Somebody may type the word href.
        expect(mail.html).not.toMatch(/<a\s|<[^>]*\shref/);
        const shown = mail.html
          .replace(/<[^>]*>/g, "\n")
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&");
        expect(seenLinks(shown)).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a text that was changed once is not changed again", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const once = unlinked(text);
        expect(unlinked(once).replace(/[[\]]/g, "")).toBe(once.replace(/[[\]]/g, ""));
      }),
    );
  });

  test("text of any length is changed in no time", () => {
    for (const long of [
      "a.".repeat(50_000),
      "a".repeat(100_000),
      "1.".repeat(50_000),
      "/".repeat(100_000),
      "\u200B".repeat(20_000),
    ])
      expect(unlinked(`${long}x`).length).toBeGreaterThan(1_000);
  });
});

test("an alert shows the address that a reporter typed without a link in it, and only our own link is one", async () => {
  const office = anOffice();
  const room = aMailRoom(office, { siteUrl: "https://lapor.example" });
  room.at(office.now());
  await office.directory.put("officer", { ...staff.admin, name: "Admin www.jahat.example" });
  const found = await office.submit({
    ...roadComplaint,
    occurredOn: undefined,
    agencyId: "pemkot-balikpapan",
    title: "Buka http://jahat.example sekarang",
    location: { regionCode: "64.71", address: "Jalan jahat.example/masuk atau tanya@jahat.example" },
  });
  const mails = await room.deliver(found.number);
  expect(mails).toHaveLength(2);
  const whole = mails.map(({ subject, text, html }) => [subject, text, html].join("\n")).join("\n");
  expect(whole).toContain("Jalan jahat[.]example/masuk atau tanya[at]jahat[.]example");
  expect(whole).toContain("Yth. Admin www[.]jahat[.]example,");
  expect(whole).not.toContain("jahat.example");
  const targets = [...whole.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
  expect(new Set(targets)).toEqual(new Set([`https://lapor.example/petugas/laporan/${found.number}`]));
});

test("the link of a mail opens the case for its reader: a reporter at the page that asks for the receipt, an officer at their desk", async () => {
  const office = anOffice();
  const room = aMailRoom(office, { siteUrl });
  room.at(office.now());
  const found = await office.submit({ ...roadComplaint, reporter: { email: "pelapor@surat.example" } });
  await office.as("admin", found.number, "verification", {});
  const mails = await room.deliver(found.number);
  const linksOf = (isReader: (to: string) => boolean) =>
    new Set(
      mails.filter(({ to }) => isReader(to)).map(({ text }) => /lapor\.example(\/\S+)/.exec(text)?.[1]),
    );
  expect(linksOf((to) => to === "pelapor@surat.example")).toEqual(new Set([`/lacak?nomor=${found.number}`]));
  expect(linksOf((to) => to !== "pelapor@surat.example")).toEqual(
    new Set([`/petugas/laporan/${found.number}`]),
  );
});

const person = /[?#]|@|%40|pelapor|contoh/i;

/** The addresses that a mail leads to, in its HTML. Its text has the same. */
function targetsOf({ text, html }: Mail): string[] {
  const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target = ""]) => target);
  const written = [...text.matchAll(/https:\/\/\S+/g)].map(([target]) => target);
  expect(written).toEqual(targets);
  return targets;
}
const buttonsIn = ({ html }: Mail): number =>
  [...html.matchAll(/<a [^>]*style="display:inline-block/g)].length;

describe("mails to officers lead to their desk", () => {
  test.each([
    ["a public report", {}],
    ["an anonymous report", { anonymous: true }],
    ["a secret report", { secret: true }],
  ])("of %s each has one button, which names the number and nobody", async (_, privacy) => {
    const office = anOffice();
    const room = aMailRoom(office, { siteUrl });
    room.at(office.now());
    const found = await office.submit({
      ...roadComplaint,
      ...privacy,
      reporter: { email: "pelapor@surat.example" },
    });
    await office.as("admin", found.number, "verification", {});
    const mails = (await room.deliver(found.number)).filter(({ to }) => to !== "pelapor@surat.example");
    expect(mails.length).toBeGreaterThan(2);
    for (const mail of mails) {
      expect(targetsOf(mail)).toEqual([`${siteUrl}${officersCase(found.number)}`]);
      expect(buttonsIn(mail)).toBe(1);
      expect(mail.html).toContain(">Buka laporan</a>");
      expect(new URL(targetsOf(mail)[0] ?? "").pathname).not.toMatch(person);
    }
  });

  test("a digest links each of its cases, and one of several has no button", async () => {
    const office = anOffice();
    const room = aMailRoom(office, { siteUrl });
    room.at(office.now());
    await office.directory.put("officer", { ...staff.worker, mails: "daily" });
    const both = [await office.submit(roadComplaint), await office.submit(roadComplaint)];
    const numbers = both.map(({ number }) => number);
    for (const number of numbers) await office.as("admin", number, "verification", {});
    await room.deliver(...numbers);
    const mails = (await room.flush("2026-11-25T08:10:00+08:00")).filter(
      ({ to }) => to === staff.worker.email,
    );
    expect(mails).toHaveLength(1);
    expect(mails.flatMap(targetsOf)).toEqual(numbers.map((number) => `${siteUrl}${officersCase(number)}`));
    expect(mails.map(buttonsIn)).toEqual([0]);
  });

  test.each(["2026-12-02", "2026-12-08"])(
    "an alert that a limit has passed leads its head or its coordinator to the case (%s)",
    async (date) => {
      const office = anOffice();
      const room = aMailRoom(office, { siteUrl });
      room.at(office.now());
      const found = await office.submit(roadComplaint);
      await office.as("admin", found.number, "verification", {});
      await room.forget([found.number]);
      await room.sweep(`${date}T08:00:00+08:00`);
      const mails = await room.flush(`${date}T08:05:00+08:00`);
      expect(mails.length).toBeGreaterThan(0);
      for (const mail of mails) {
        expect(targetsOf(mail)).toEqual([`${siteUrl}${officersCase(found.number)}`]);
        expect(buttonsIn(mail)).toBe(1);
      }
    },
  );

  test("a request for a second person leads administrators to the requests, and whoever it is about nowhere", async () => {
    const office = aCarefulOffice({ siteUrl });
    await office.ask("admin", officerPath(staff.head.id), asThey("head", { email: "baru@x.example" }));
    await office.mailed();
    const concerned = office.mailer.sent.filter(({ to }) => to === staff.head.email);
    const others = office.mailer.sent.filter(({ to }) => to !== staff.head.email);
    expect(concerned.flatMap(targetsOf)).toEqual([]);
    expect(others.length).toBeGreaterThan(0);
    for (const mail of others) {
      expect(targetsOf(mail)).toEqual([`${siteUrl}/petugas/kelola/permintaan`]);
      expect(buttonsIn(mail)).toBe(1);
    }
  });

  test("without a site no mail leads anywhere", async () => {
    const office = anOffice();
    const room = aMailRoom(office);
    room.at(office.now());
    const found = await office.submit(roadComplaint);
    expect((await room.deliver(found.number)).flatMap(targetsOf)).toEqual([]);
  });
});
