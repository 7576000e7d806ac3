import { describe, expect, test } from "vitest";
import * as z from "zod";
import { errorPageOf } from "../../../shared/http/page/error-page.ts";
import { actionAt, formAt } from "../../../shared/http/page/route.ts";
import { problemOf } from "../../../shared/http/problem.ts";
import { serve } from "../../../shared/http/serve.ts";
import type { Language } from "../../../shared/language.ts";
import { changedSince, Refusal, type RefusalKind } from "../../../shared/refusal.ts";
import { aFrame } from "../../fakes/frame.ts";
import { type Answer, call } from "../../fakes/gateway.ts";
import { readPage } from "./markup.ts";

const frame = aFrame(() => new Date("2026-11-26T09:00:00+08:00"));
const said = { id: "Inilah sebabnya.", en: "This is why." };

const kinds: readonly (RefusalKind | "internal")[] = [
  "invalid-input",
  "not-signed-in",
  "forbidden",
  "not-found",
  "method-not-allowed",
  "conflict",
  "too-many-requests",
  "proof-needed",
  "too-large",
  "unsupported-media-type",
  "unavailable",
  "internal",
];

/** The page of a refusal, as a browser gets it. */
function shown(
  kind: RefusalKind | "internal",
  {
    language = "id",
    address = "/saya/7K3MQ-P4X9C/tanggapan",
    seconds,
  }: { language?: Language; address?: string; seconds?: number } = {},
  refusal = kind === "internal" ? undefined : new Refusal(kind, said),
) {
  const problem = problemOf(refusal, language, "c6a1f4e0");
  const { text } = errorPageOf(frame)(problem, language, address, seconds);
  return readPage({
    headers: { "content-type": "text/html; charset=utf-8" },
    body: text,
  } as unknown as Answer);
}

describe("a page that cannot be shown", () => {
  test.each(
    kinds.flatMap(
      (kind) =>
        [
          [kind, "id"],
          [kind, "en"],
        ] as const,
    ),
  )("%s (%s) says what happened, and where to go on", (kind, language) => {
    const text = shown(kind, { language });
    expect(text).toContain(language === "id" ? "Ke halaman awal" : "To the home page");
    if (kind !== "internal") expect(text).toContain(said[language]);
    expect(text).not.toMatch(/undefined|\{\w+\}|Proof-Of-Work|Idempotency/);
  });

  test("A fault of ours has its number, and does not say that anything was stored", () => {
    const text = shown("internal");
    expect(text).toContain("Nomor gangguan: c6a1f4e0");
    expect(text).not.toMatch(/tersimpan/);
  });

  test("What has changed meanwhile is told", () => {
    const more = changedSince({ changes: [{ type: "answered", text: "Dinas PU menjawab <laporan> ini." }] });
    const text = shown("conflict", {}, new Refusal("conflict", said, { more }));
    expect(text).toContain("Yang berubah sementara itu Dinas PU menjawab <laporan> ini.");
  });

  test("How long to wait is said in words", () => {
    expect(shown("too-many-requests", { seconds: 540 })).toContain("Coba lagi sesudah 9 menit.");
    expect(shown("too-many-requests", { seconds: 7_200, language: "en" })).toContain(
      "Try again after 2 hours.",
    );
    expect(shown("unavailable", { seconds: 5 })).toContain("Coba lagi sesudah 5 detik.");
  });

  test("A page that is not there has a search, and no other problem has one", () => {
    expect(shown("not-found")).toContain("Cari laporan warga");
    expect(shown("conflict")).not.toContain("Cari laporan warga");
  });
});

describe("a form that fails outside its page", () => {
  let fault: unknown = new Error("rahasia");
  const fails = async () => {
    throw fault;
  };
  const api = serve(
    [
      ...actionAt(
        frame,
        "/saya/{trackingNumber}/tombol",
        { path: z.strictObject({ trackingNumber: z.string() }) },
        fails,
      ),
      ...formAt(frame, "/dua-kali-gagal", { input: {}, show: fails, send: fails }),
    ],
    undefined,
    { errorPage: errorPageOf(frame) },
  );
  const typed = {
    text: "Jalan di depan pasar\nberlubang <besar> sekali & dalam.",
    receipt: "7K3M-QP4X-9CAA-BBBB-CCCC",
  };
  const path = "/saya/7K3MQ-P4X9C/tombol";
  const send = (form: Record<string, string>, headers: Record<string, string> = {}, at = path) =>
    call(api, "POST", at, { form, headers });

  test.each(["/saya/7K3MQ-P4X9C/tombol", "/dua-kali-gagal", "/en/dua-kali-gagal"])(
    "%s gives back what was typed, escaped and to be copied, and never a receipt",
    async (at) => {
      fault = new Error("rahasia");
      const answer = await send(
        { ...typed, comment: `Tanda terima saya ${typed.receipt}, tolong dibantu` },
        {},
        at,
      );
      expect([answer.status, answer.headers["cache-control"]]).toEqual([500, "no-store"]);
      expect(readPage(answer)).toContain("berlubang <besar> sekali & dalam.");
      expect(answer.body).toMatch(/<textarea [^>]*readonly>/);
      expect(answer.body).not.toContain(typed.receipt);
      expect(answer.body).not.toContain("rahasia");
    },
  );

  test("Refusals keep their headers", async () => {
    fault = new Refusal("too-many-requests", said, { headers: { "retry-after": "120" } });
    const answer = await send(typed);
    expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "120"]);
    expect(readPage(answer)).toContain("Coba lagi sesudah 2 menit.");
  });

  test("Whoever's browser does not say where the form comes from gets their text back; another site's text is not shown", async () => {
    const unknown = await call(api, "POST", path, {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(typed).toString(),
    });
    expect(unknown.status).toBe(403);
    expect(readPage(unknown)).toContain("Belum ada yang tersimpan.");
    expect(readPage(unknown)).toContain("berlubang <besar> sekali");
    const foreign = await send(typed, { "sec-fetch-site": "cross-site" });
    expect(foreign.status).toBe(403);
    expect(readPage(foreign)).not.toContain("berlubang");
  });

  test("A body that is no form, or far too long, is answered with a page", async () => {
    const headers = { "sec-fetch-site": "same-origin" };
    const json = await call(api, "POST", path, { headers, body: { text: "x" } });
    expect([json.status, readPage(json).includes("Kiriman ini tidak dapat dibaca")]).toEqual([415, true]);
    const long = await send({ text: "kata ".repeat(60_000) });
    expect([long.status, readPage(long).includes("Kiriman ini terlalu panjang")]).toEqual([413, true]);
  });

  test("The address of a button, opened by hand, leads to a page", async () => {
    const answer = await call(api, "GET", path);
    expect(answer.status).toBe(405);
    expect(answer.body).toContain('href="/saya/7K3MQ-P4X9C"');
    expect(readPage(answer)).toContain("Ini alamat sebuah tombol");
  });
});
