import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layOut } from "../../shared/notification/mails/mail.ts";
import { unlinked } from "../../shared/text/unlinked.ts";
import { aMailRoom } from "../fakes/mail-room.ts";
import { anOffice } from "../fakes/office.ts";
import { roadComplaint } from "../fakes/reports.ts";
import { staff } from "../fakes/staff.ts";

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
  expect(new Set(targets)).toEqual(new Set([`https://lapor.example/laporan/${found.number}`]));
});

test("the link of a mail opens the case for its reader: a reporter needs the receipt, an officer has none", async () => {
  const siteUrl = "https://lapor.example";
  const office = anOffice();
  const room = aMailRoom(office, { siteUrl });
  room.at(office.now());
  const found = await office.submit({ ...roadComplaint, reporter: { email: "pelapor@surat.example" } });
  await office.as("admin", found.number, "verification", {});
  const mails = await room.deliver(found.number);
  const linksOf = (isReader: (to: string) => boolean) =>
    new Set(
      mails.filter(({ to }) => isReader(to)).map(({ text }) => /lapor\.example(\/l\S+)/.exec(text)?.[1]),
    );
  expect(linksOf((to) => to === "pelapor@surat.example")).toEqual(new Set([`/lacak?nomor=${found.number}`]));
  expect(linksOf((to) => to !== "pelapor@surat.example")).toEqual(new Set([`/laporan/${found.number}`]));
});
