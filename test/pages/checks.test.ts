import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { encode } from "uqr";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forgedRequestsTaken, notTheSameForAll } from "./audience.ts";
import { axeViolations, walk } from "./axe.ts";
import { launchBrowser } from "./launch.ts";
import { qrIn } from "./qr.ts";
import { inOtherLanguage, longSentences, sentencesOf, wordsOf } from "./reading.ts";
import { secretsIn, secretsLogged, secretsSeen } from "./secrets.ts";
import { coldTransfer, largestPaint, overBudget } from "./transfer.ts";
import { invalidHtml } from "./valid.ts";
import { newVisitor, type Wishes } from "./visitor.ts";
import {
  askedAgain,
  draggingNeeded,
  entriesOf,
  keyboardProblems,
  reachProblems,
  sidewaysScroll,
  smallTargets,
  zoomProblems,
} from "./wcag.ts";

/* Each check is shown a page that is bad in one way and has to say so, and a good one and has to be silent. */

const whole = (body: string, style = "") => `<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Contoh</title><style>
body { margin: 0; font: 18px sans-serif }
.skip { position: absolute; left: -999px } .skip:focus { position: static }
a.big, button, input { display: inline-block; box-sizing: border-box; min-height: 44px; min-width: 44px }
:focus { outline: 3px solid #000 }
${style}</style></head><body>
<a class="skip big" href="#isi">Ke isi</a><header><a class="big" href="/">Beranda</a></header>
<main id="isi"><h1>Contoh</h1>
${body}
</main></body></html>`;

const good = whole(`<p>Baca <a href="/hak">hak Anda</a> dulu.</p>
<form method="post"><label for="judul">Judul</label> <input id="judul" name="judul" type="text"> <button type="submit">Lanjut</button></form>`);

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; img-src 'self'; form-action 'self'";
const pages: Record<string, { html: string; headers?: Record<string, string> }> = {
  "/baik": { html: good },
  "/kontras": { html: whole('<p class="pale">Pucat</p>', ".pale { color: #bbb }") },
  "/kontras-terkurung": {
    html: whole('<p class="pale">Pucat</p>', ".pale { color: #bbb }"),
    headers: { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" },
  },
  "/buka": {
    html: whole(
      '<details><summary>Buka</summary><img src="/tiada.png"></details>',
      "summary { min-height: 44px }",
    ),
  },
  "/lebar": { html: whole('<div class="wide">Lebar</div>', ".wide { width: 700px }") },
  "/gulir": {
    html: whole(
      '<div class="scroll"><div class="wide">Lebar</div></div>',
      ".wide { width: 700px } .scroll { overflow-x: auto }",
    ),
  },
  "/kecil": {
    html: whole(
      '<p><a href="/a">Lihat</a></p><button class="small">Ya</button>',
      ".small { min-height: 30px }",
    ),
  },
  "/tertutup": {
    html: whole(
      `${'<p><a class="big" href="/a">Satu</a></p>'.repeat(30)}<div class="bar">Bilah</div>`,
      ".bar { position: fixed; inset: auto 0 0 0; height: 150px; background: #fff }",
    ),
  },
  "/tanpa-tanda": { html: whole('<button class="plain">Ya</button>', ".plain:focus { outline: none }") },
  "/tak-terjangkau": {
    html: whole(
      '<div role="button" class="div" onclick="1">Kirim</div><button tabindex="3">Dahulu</button>',
      ".div { height: 44px }",
    ),
  },
  "/tanggal": {
    html: whole('<label for="t">Tanggal</label> <input id="t" type="date"> <button>Lanjut</button>'),
  },
  "/tanpa-lompatan": { html: whole("").replace("#isi", "#tiada") },
  "/terjebak": {
    html: whole('<input id="a" aria-label="a"><input aria-label="b"><script src="/jebak.js"></script>'),
  },
  "/seret": { html: whole('<ul><li draggable="true">Satu</li></ul><script src="/seret.js"></script>') },
  "/sebaris": { html: whole("<script>document.title = 'diubah'</script>") },
  "/gagal": { html: whole('<script src="/gagal.js"></script>') },
  "/asing": { html: whole('<img alt="" src="http://localhost:9/x.png">') },
  "/noscript": { html: whole("<noscript><p>Tanpa skrip</p></noscript>") },
};
const scripts: Record<string, string> = {
  "/jebak.js": "document.getElementById('a').addEventListener('keydown', (e) => e.preventDefault())",
  "/seret.js": "document.addEventListener('pointermove', () => {})",
  "/gagal.js": "throw new Error('gagal')",
};

let server: Server;
let browser: Browser;
let site: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const script = scripts[path];
    const { html, headers } = pages[path] ?? { html: good };
    response.writeHead(path === "/kirim" && request.headers.origin ? 403 : 200, {
      "content-type": script ? "text/javascript" : "text/html; charset=utf-8",
      "content-security-policy": policy,
      ...(path === "/publik" && { "cache-control": "public, s-maxage=60" }),
      ...headers,
    });
    response.end(script ?? (path === "/sapa" ? html + String(request.headers.cookie ?? "") : html));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function at<T>(
  path: string,
  look: (visitor: Awaited<ReturnType<typeof newVisitor>>) => Promise<T>,
  wishes: Wishes = { width: 320 },
): Promise<T> {
  const visitor = await newVisitor(browser, site, wishes);
  try {
    await visitor.open(path);
    return await look(visitor);
  } finally {
    await visitor.close();
  }
}

describe("what axe does", () => {
  test.each([true, false])(
    "it finds pale letters, and nothing on a good page (JavaScript: %s)",
    async (javaScript) => {
      const wishes = { javaScript, width: 320 } as const;
      expect(await at("/kontras", (one) => axeViolations(one), wishes)).toEqual([
        expect.stringMatching(/^color-contrast \(serious\)[^]*Pucat/),
      ]);
      expect(await at("/baik", (one) => axeViolations(one), wishes)).toEqual([]);
    },
  );

  test.each([true, false])(
    "it looks into a page that is sandboxed too (JavaScript: %s)",
    async (javaScript) => {
      const found = await at("/kontras-terkurung", (one) => axeViolations(one), { javaScript });
      expect(found).toEqual([expect.stringMatching(/^color-contrast/)]);
    },
  );

  test("a walk fails at the click that shows a picture without words", async () => {
    await at("/baik", async (visitor) => {
      const walking = walk(visitor);
      await walking.open("/buka");
      await expect(walking.click(visitor.page.getByText("Buka"))).rejects.toThrow(/After "click.*image-alt/s);
    });
  });

  test("a visitor without JavaScript runs no script, also after axe has looked", async () => {
    await at(
      "/gagal",
      async (visitor) => {
        await axeViolations(visitor);
        await visitor.open("/gagal");
        await visitor.settle();
        expect(visitor.seen.pageErrors).toEqual([]);
        await visitor.open("/noscript");
        expect(await visitor.page.locator("noscript p").isVisible()).toBe(true);
      },
      { javaScript: false },
    );
  });
});

describe("what axe does not do", () => {
  test("a good page has none of the problems", async () => {
    expect(await at("/baik", reachProblems)).toEqual([]);
    expect(await at("/gulir", sidewaysScroll)).toEqual([]);
    expect(await at("/tanggal", (one) => keyboardProblems(one))).toEqual([]);
  });

  test.each([
    ["something wider than the window", "/lebar", sidewaysScroll, /700 px/],
    ["a link that stands alone and is as low as its line", "/kecil", smallTargets, /Lihat/],
    ["a button of 30 px", "/kecil", smallTargets, /30 px: <button/],
    ["a link behind a bar that stays", "/tertutup", (one) => keyboardProblems(one), /something lies over it/],
    [
      "a link behind a bar that stays, at 400 %",
      "/tertutup",
      zoomProblems,
      /at 400 %: something lies over it/,
    ],
    [
      "a button that does not show its focus",
      "/tanpa-tanda",
      (one) => keyboardProblems(one),
      /nothing shows/,
    ],
    ["a button that is none", "/tak-terjangkau", (one) => keyboardProblems(one), /does not reach.*Kirim/],
    [
      "an order of the focus that jumps",
      "/tak-terjangkau",
      (one) => keyboardProblems(one),
      /jumps to.*Dahulu/,
    ],
    ["a first stop that leads nowhere", "/tanpa-lompatan", (one) => keyboardProblems(one), /first stop/],
    ["a field that keeps the focus", "/terjebak", (one) => keyboardProblems(one), /does not leave/],
    ["a list to drag", "/seret", draggingNeeded, /draggable/],
    ["a script that listens for dragging", "/seret", draggingNeeded, /pointermove/],
  ] as [string, string, typeof sidewaysScroll, RegExp][])(
    "%s is found",
    async (_what, path, check, problem) => {
      expect((await at(path, check)).join("\n")).toMatch(problem);
    },
  );

  test("a step that asks again is found, and one that has the answer already is not", async () => {
    const [opened = []] = [await at("/baik", entriesOf)];
    expect(opened).toEqual([{ name: "judul", autocomplete: "", value: "" }]);
    const left = [{ name: "surel", autocomplete: "email", value: "warga@contoh.example" }];
    const again = [{ name: "alamat-surel", autocomplete: "email", value: "" }];
    expect(
      askedAgain([
        { opened: [], left },
        { opened: again, left: again },
      ]),
    ).toEqual([expect.stringContaining("step 2 asks again for autocomplete email")]);
    expect(
      askedAgain([
        { opened: [], left },
        { opened: left, left },
      ]),
    ).toEqual([]);
  });
});

describe("what the browser tells", () => {
  test.each([true, false])("what the policy forbids is seen (JavaScript: %s)", async (javaScript) => {
    const { cspViolations, foreignHosts } = await at(
      "/asing",
      async ({ seen, settle }) => {
        await settle();
        return seen;
      },
      { javaScript },
    );
    expect(cspViolations).toEqual([expect.stringMatching(/^img-src.*localhost:9/)]);
    expect([...foreignHosts]).toEqual(["localhost:9"]);
  });

  test("a script inside the page and a script that fails are seen", async () => {
    await at("/sebaris", async ({ seen, settle, open }) => {
      await settle();
      expect(seen.cspViolations).toEqual([expect.stringMatching(/^script-src/)]);
      await open("/gagal");
      await settle();
      expect(seen.pageErrors).toEqual(["Error: gagal"]);
    });
  });

  test("a secret in an address, a Referer, a title, a header and a kept answer is found, however it is written", async () => {
    const secrets = { receipt: "WWQX-MMNN-7H3P-8R2T-4V9Z", name: "Siti Contoh", phone: "081200001111" };
    await at(
      "/baik?t=wwqxmmnn7h3p8r2t4v9z&n=siti+contoh&p=%2B62%20812-0000-1111",
      async ({ seen, page, settle }) => {
        await page.getByRole("link", { name: "hak Anda" }).click();
        await page.waitForURL("**/hak");
        await settle();
        const found = secretsSeen(secrets, seen);
        expect(found).toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^the receipt is in an address/),
            expect.stringMatching(/^the name is in an address/),
            expect.stringMatching(/^the phone is in an address/),
            expect.stringMatching(/^the receipt is in a Referer/),
            expect.stringMatching(/^the receipt is in a header of a request/),
            expect.stringMatching(/^the receipt is in an answer that may be kept/),
          ]),
        );
        expect(secretsSeen({ nik: "6471016001900001", name: "Contoh" }, seen)).toEqual(
          expect.arrayContaining([expect.stringMatching(/^the name is in a title/)]),
        );
      },
    );
    expect(
      secretsIn({ name: "Siti Contoh" }, "a text", [Buffer.from("Siti Contoh").toString("base64")]),
    ).toHaveLength(1);
    expect(secretsIn({ phone: "0812-0000-1111" }, "a text", ["panggil +62 812 0000 1111"])).toHaveLength(1);
    expect(secretsIn(secrets, "a text", ["tidak ada apa-apa"])).toEqual([]);
    expect(() => secretsIn({ name: "Adi" }, "a text", [])).toThrow("too short");
  });

  test("a secret in a log of the data folder is found", () => {
    const folder = mkdtempSync(join(tmpdir(), "sp4n-lapor-logs-"));
    mkdirSync(join(folder, "logs"));
    writeFileSync(join(folder, "logs", "Public.log"), '{"ok":1}\n{"nik":"6471016001900001"}\n');
    expect(secretsLogged({ nik: "6471016001900001" }, folder)).toEqual([
      expect.stringContaining("the nik is in logs/Public.log"),
    ]);
    expect(secretsLogged({ nik: "6471016001900002" }, folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe("what a page weighs and who may keep it", () => {
  test("bytes, requests and hosts over the budget are found", async () => {
    const cost = await coldTransfer(browser, `${site}/gagal`);
    expect(cost.requests).toBe(2);
    expect(cost.bytes).toBeGreaterThan(Buffer.byteLength(pages["/gagal"]?.html ?? ""));
    expect(overBudget(cost, { bytes: cost.bytes, requests: 2 })).toEqual([]);
    expect(overBudget(cost, { bytes: 100, requests: 1 })).toHaveLength(2);
    expect(overBudget({ ...cost, hosts: ["a", "b"] }, { bytes: 1e6, requests: 9 })).toHaveLength(1);
  });

  test("on a slow line the first page is painted after its answer came", async () => {
    const milliseconds = await largestPaint(browser, `${site}/baik`);
    expect(milliseconds).toBeGreaterThan(400);
    expect(milliseconds).toBeLessThan(20_000);
  });

  test("a page that says other things to somebody with cookies is not public", async () => {
    expect(await notTheSameForAll(`${site}/publik`)).toEqual([]);
    expect(await notTheSameForAll(`${site}/sapa`)).toEqual([
      "other bytes with cookies than without",
      expect.stringContaining("no s-maxage=60"),
    ]);
  });

  test("a form that takes what another site sends is found", async () => {
    expect((await forgedRequestsTaken(`${site}/kirim`)).map((each) => each.slice(0, 17))).toEqual([
      "200 for a request",
    ]);
    expect(await forgedRequestsTaken(`${site}/baik`)).toHaveLength(6);
  });
});

describe("what a document says", () => {
  test("an unknown element, a twice used id and a tag that is not closed are found", async () => {
    expect(await invalidHtml(good)).toEqual([]);
    const bad = whole('<p id="isi">Dua<p><i>tutup</b><blink>x</blink>');
    expect((await invalidHtml(bad)).join("\n")).toMatch(/no-dup-id[^]*/);
    expect((await invalidHtml("<p>Tanpa jenis")).join("\n")).toContain("missing-doctype (parse5)");
  });

  test("sentences end where a reader ends them", () => {
    expect(sentencesOf("Kantor di Jl. Contoh No. 3 buka pukul 08.00. Apakah tutup? Ya.")).toEqual([
      "Kantor di Jl. Contoh No. 3 buka pukul 08.00.",
      "Apakah tutup?",
      "Ya.",
    ]);
    expect(wordsOf("Ada 10.000 laporan – dan lain-lain.")).toBe(5);
  });

  test("a sentence of 21 words is found, and paragraphs are no one sentence together", () => {
    const words = (count: number) => Array.from({ length: count }, () => "kata").join(" ");
    expect(longSentences(`<p>${words(20)}</p><p>${words(20)}.</p><script>${words(30)}</script>`)).toEqual([]);
    expect(longSentences(`<ul><li>${words(10)} <b>${words(11)}</b>.</li></ul>`)).toEqual([
      expect.stringMatching(/^21 words/),
    ]);
  });

  test("a paragraph in the other language is found, unless it says so", () => {
    const paragraph = "<p>You will see the report and its date on this page.</p>";
    expect(inOtherLanguage(paragraph, "id")).toHaveLength(1);
    expect(inOtherLanguage(paragraph, "en")).toEqual([]);
    expect(inOtherLanguage(paragraph.replace("<p>", '<p lang="en">'), "id")).toEqual([]);
  });

  test("a QR code is read from a picture, and a picture without one is named", () => {
    const { data, size } = encode("https://contoh.example/instansi/dinas", { border: 4 });
    const scale = 4;
    const png = new PNG({ width: size * scale, height: size * scale });
    for (let y = 0; y < png.height; y++)
      for (let x = 0; x < png.width; x++) {
        const dark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)];
        png.data.set([dark ? 0 : 255, dark ? 0 : 255, dark ? 0 : 255, 255], (y * png.width + x) * 4);
      }
    expect(qrIn(PNG.sync.write(png))).toBe("https://contoh.example/instansi/dinas");
    png.data.fill(255);
    expect(() => qrIn(PNG.sync.write(png))).toThrow("No QR code");
  });
});
