import fc from "fast-check";
import { expect, test } from "vitest";
import { routes as identityRoutes } from "../../../functions/identity/routes.ts";
import { routes as publicRoutes } from "../../../functions/public/routes.ts";
import { routes as reporterRoutes } from "../../../functions/reporter/routes.ts";
import { call, type Handler } from "../../fakes/gateway.ts";
import { readPage } from "./markup.ts";
import { carriedBy, ownCaseOpen } from "./own-case.ts";

/** Stands for all stores: the tables are only read here. */
const nothing = { frame: {}, evidence: {} } as never;
const runs = Number(process.env.RUNS ?? 120);

const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "x".repeat(9_000),
    "e\u0301\u0302".repeat(3_000),
    "\u0000",
    "\ud83d",
    "‮abc",
    "__proto__",
    "constructor",
    "true",
    "-1",
    "1e999",
    "NaN",
    "2026-02-29",
    "9999-12-31",
    "64.71",
    "64.71.01.1001",
    "pekerjaan-umum/jalan",
    "balikpapan-dinas-pu",
    "' OR 1=1 --",
    '"*NEAR(',
    "</textarea><script>",
    "a\r\nb",
    "warga@contoh.example",
    "complaint",
    "reword",
    "hide",
  ),
);

const own = await ownCaseOpen();
await own.answered();
const handlers: readonly (readonly [Handler, (needs: never) => { method: string; path: string }[]])[] = [
  [own.office.publicApi, publicRoutes],
  [own.office.reporterApi, (needs) => reporterRoutes(needs)],
  [own.office.identityApi, (needs) => identityRoutes(needs)],
];
const pages = handlers.flatMap(([handler, routes]) =>
  routes(nothing)
    .filter(({ path }) => !/^\/(v1|open311)(\/|$)|\.(atom|json|pdf)$/.test(path))
    .map(({ method, path }) => ({ handler, method, path })),
);

/** A page for people, a way on, or a file; and never a fault of ours. */
function wrongWith(answer: Awaited<ReturnType<typeof call>>): string | undefined {
  const { status, headers } = answer;
  if (status >= 500) return `${status}`;
  if (status >= 300 && status < 400)
    return /^(\/(?![/\\])|https:\/\/)/.test(headers.location ?? "") ? undefined : `to ${headers.location}`;
  if (headers["content-type"] === "text/html; charset=utf-8") readPage(answer);
  else if (status !== 200 && !headers["content-type"]?.includes("json")) return headers["content-type"];
  return undefined;
}

test("whatever is typed into the address of a page, it is answered as a page or leads on", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...pages.filter(({ method }) => method === "GET")),
      fc.array(odd, { minLength: 3, maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          "q",
          "instansi",
          "wilayah",
          "kategori",
          "status",
          "jenis",
          "kursor",
          "nomor",
          "sesi",
          "draf",
          "dari",
          "from",
          "class",
          "timeZone",
          "ukuran",
          "sudah",
          "salah",
          "terkirim",
          "pantau",
          "unduh",
          "kecil",
        ),
        odd,
      ),
      fc.boolean(),
      async ({ handler, path }, parts, query, knowsCase) => {
        let at = 0;
        const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
          name === "trackingNumber" && knowsCase ? own.number : (parts[at++] ?? ""),
        );
        const answer = await call(handler, "GET", address, { query, cookies: own.cookies() });
        expect([address, query, wrongWith(answer)]).toEqual([address, query, undefined]);
      },
    ),
    { numRuns: runs },
  );
}, 60_000);

const names = [
  "class",
  "title",
  "text",
  "occurredOn",
  "category",
  "subcategory",
  "location.regionCode",
  "district",
  "village",
  "location.address",
  "location.latitude",
  "location.longitude",
  "alike",
  "agencyId",
  "agencyWords",
  "asked",
  "anonymous",
  "secret",
  "reporter.name",
  "reporter.email",
  "reporter.phone",
  "reporter.nik",
  "reporter.mailReceipt",
  "lanjut",
  "versi",
  "dari",
  "draf",
  "trackingNumber",
  "receipt",
  "email",
  "stars",
  "comment",
  "how",
  "name",
  "phone",
  "nik",
  "noNik",
  "mails",
  "agreed",
  "seen",
  "idempotencyKey",
  "boundTo",
  "proof",
  "tiket",
  "isian",
  "type",
  "size",
];

test("whatever is sent to a form, it is answered as a page or leads on", async () => {
  const carried = carriedBy(await own.look("tanggapan"));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...pages.filter(({ method }) => method === "POST")),
      odd,
      fc.dictionary(
        fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 9 }, { arbitrary: odd, weight: 1 }),
        odd,
        { maxKeys: 12 },
      ),
      fc.boolean(),
      async ({ handler, path }, part, form, isOpen) => {
        const address = path.replace("{trackingNumber}", own.number).replace("{attachmentId}", part);
        const answer = await call(handler, "POST", address, {
          form: { ...(isOpen && carried), ...form },
          ...(isOpen && { cookies: own.cookies() }),
        });
        expect([address, form, wrongWith(answer)]).toEqual([address, form, undefined]);
      },
    ),
    { numRuns: runs },
  );
}, 60_000);
